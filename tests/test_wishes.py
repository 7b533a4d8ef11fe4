"""A facilitator wishes for another suggestion: fewer themes, names of their own, a fuller tray."""
import pytest
from playwright.sync_api import expect

from tests.raw import Browser
from tests.test_console import Room, opened, up_to

BY_WHOM = ("Interpreters", "Office", "Radio")


def asked(session):
    up_to("plenary")(session)
    opened(session, "themes")


@pytest.mark.browser
def test_wishes_are_asked_for_in_a_sheet_and_stand_there_next_time(served, people, accessible):
    page = Room(served).filled(asked).console(people)
    line, again = page.locator(".suggestion"), page.get_by_role("button", name="Suggest again")
    expect(line).to_contain_text("Opens", timeout=30_000)
    again.click()
    accessible(page)
    page.get_by_label("How many themes").select_option("2")
    page.get_by_label("What may stay in the tray").select_option(label="Generous: nothing")
    page.get_by_role("button", name="Suggest", exact=True).click()
    expect(line).to_contain_text("Opens 2 themes", timeout=30_000)
    again.click()
    expect(page.get_by_label("How many themes")).to_have_value("2")
    expect(page.get_by_label("What may stay in the tray")).to_have_value("0.0")
    page.get_by_label("Sort into these names").fill("x" * 61)
    page.get_by_role("button", name="Suggest", exact=True).click()
    expect(page.locator("#wishes [data-refusal]")).to_contain_text("1 to 60 characters")
    page.get_by_label("Sort into these names").fill(", ".join(BY_WHOM))
    page.get_by_role("button", name="Suggest", exact=True).click()
    expect(line).to_contain_text("Opens 3 themes", timeout=30_000)
    expect(page.locator(".suggested h3", has_text="Interpreters")).to_be_visible()
    page.get_by_role("button", name="Accept all").click()
    expect(page.locator("#board-shelves .theme:not(.suggested)")).to_have_count(3)
    again.click()
    expect(page.get_by_label("Sort into these names")).to_have_value("\n".join(BY_WHOM))
    expect(page.get_by_label("How many themes")).to_have_value("0")


@pytest.mark.browser
def test_without_a_script_the_button_asks_as_it_did(served, people):
    room = Room(served).filled(asked)
    page = people(f"/{room.code}/console", java_script_enabled=False)
    maya = Browser(served.local).leads(room.made)
    name, _, value = maya.cookie.partition("=")
    page.context.add_cookies([{"name": name, "value": value, "url": served.url}])
    page.goto(f"{served.url}/{room.code}/console")
    before = page.locator("#board-tools [name=was]").get_attribute("value")
    page.get_by_role("button", name="Suggest again").click()
    assert page.locator("#board-tools [name=was]").get_attribute("value") != before


def test_wishes_are_a_plain_form_too(served):
    room = Room(served).filled(asked)
    maya = Browser(served.local).leads(room.made)
    was = maya.asks(f"/{room.code}/console")[1].partition('data-field-was="')[2].partition('"')[0]
    assert maya.does(room.code, "ask_suggestion", seat="console", stage="themes", was=was, about="0", into="Young people\nElders", strict="0.25") == 303
    status, page = maya.asks(f"/{room.code}/do/ask_suggestion", seat="console", stage="themes", was=was, about="3", into="", strict="0.5")
    assert status == 422 and "asked for another suggestion first" in page
    assert 'data-field-into="Young people\nElders" data-field-strict="0.25"' in page
