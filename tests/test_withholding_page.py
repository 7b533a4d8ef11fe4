"""Withholding in Chromium: on the console, on the phone of the author, and on everybody else's."""
import os

import pytest
from playwright.sync_api import expect

from tests import test_console
from tests.test_console import up_to
from tests.test_phone import fits, room, writes  # noqa: F401  (a fixture)

pytestmark = pytest.mark.browser
RUDE = "Sack Mr Smith of the permit office"


def pictures(name: str, *pages) -> None:
    """The pages as they stand, where ``PICTURES`` names a folder for them."""
    for n, page in enumerate(pages if os.environ.get("PICTURES") else ()):
        page.screenshot(path=f"{os.environ['PICTURES']}/{name}-{n}.png")


def withholds(console, place, why: str = "") -> None:
    """The facilitator presses the button near an idea, says why, and sends it."""
    place.get_by_role("button", name="Withhold").first.click()
    sheet = console.locator("#withhold-sheet")
    expect(sheet).to_contain_text(RUDE)
    sheet.get_by_label("Why").fill(why)
    sheet.get_by_role("button", name="Withhold it").click()
    expect(sheet).to_be_hidden()


def test_an_idea_that_names_a_person_is_withheld_from_everybody_and_given_back(room, people, accessible):  # noqa: F811
    author, other = room.joins(), room.joins(1)
    screen = people(f"/{room.code}/screen", 1366, 768)
    room.opens("ideas", 1)
    writes(author, RUDE, "A bus on Sundays")
    writes(other, "One desk for all")
    expect(screen.locator("#idea-wall")).to_contain_text(RUDE)
    newest = room.console.locator("#newest li", has_text=RUDE)
    withholds(room.console, newest, "names a person")
    own = author.locator("#my-ideas li", has_text=RUDE)
    expect(own).to_contain_text("The facilitator withholds this idea: nobody else sees it. Why: names a person")
    expect(own.get_by_role("button")).to_have_count(0)
    expect(screen.locator("#idea-wall")).not_to_contain_text(RUDE)
    withheld = room.console.locator("#withheld")
    expect(withheld).to_contain_text("names a person")
    for page in (other, screen):
        assert RUDE not in page.content() and "names a person" not in page.content()
    pictures("withheld", room.console, author, other, screen)
    fits(author), accessible(room.console)
    author.reload()
    expect(author.locator("#my-ideas li", has_text=RUDE)).to_contain_text("nobody else sees it")
    withheld.get_by_role("button", name="Give back").press("Enter")
    expect(withheld).not_to_contain_text(RUDE)
    expect(screen.locator("#idea-wall")).to_contain_text(RUDE)
    expect(author.locator("#my-ideas li", has_text=RUDE).get_by_role("button", name="Withdraw")).to_be_visible()


def test_all_ideas_are_read_found_and_withheld_without_scripts(served, people, accessible):
    room = test_console.Room(served).filled(up_to("talk"))  # noqa: F811
    console = room.console(people)
    page = people(f"/{room.code}/console", 1366, 768, beside=console)
    page.get_by_role("link", name="All ideas").click()
    expect(page.locator("tbody tr")).to_have_count(len(test_console.WORDS))
    accessible(page)
    page.get_by_role("searchbox").fill("BUS office")
    page.keyboard.press("Enter")
    row = page.locator("tbody tr")
    expect(row).to_have_count(1)
    row.get_by_text("Withhold", exact=False).first.click()
    row.get_by_label("Why").fill("names an office")
    row.get_by_role("button", name="Withhold it").click()
    expect(row).to_contain_text("Withheld: names an office")
    assert page.url.endswith("find=BUS+office")
    expect(console.locator("#withheld")).to_contain_text("A bus to the office")
    pictures("all-ideas", page)
    row.get_by_role("button", name="Give back").click()
    expect(row.get_by_text("Withhold", exact=False).first).to_be_visible()
    stranger = people(f"/{room.code}/console/ideas")
    expect(stranger.get_by_role("heading", name="Run this workshop")).to_be_visible()
    assert "bus" not in stranger.content().lower()


def test_while_people_write_in_silence_there_is_nothing_to_read(served, people):
    room = test_console.Room(served).filled(up_to("silent"))  # noqa: F811
    page = people(f"/{room.code}/console/ideas", beside=room.console(people))
    expect(page.locator("main")).to_contain_text("Nothing to read yet")
    assert not any(text in page.content() for text in test_console.WORDS)


def test_on_the_board_an_idea_is_withheld_by_keyboard_and_that_is_undone_like_any_step(served, people, accessible):
    page = test_console.Room(served).filled(up_to("board")).console(people, 1366, 768)
    words = test_console.WORDS[0]
    line = page.locator("#board [data-idea]", has_text=words)
    line.focus()
    page.keyboard.press("h")
    sheet = page.locator("#withhold-sheet")
    expect(sheet).to_contain_text(words)
    expect(sheet.get_by_label("Why")).to_be_focused()
    pictures("sheet", page)
    page.keyboard.type("names a place")
    page.keyboard.press("Enter")
    expect(line).to_have_count(0)
    expect(page.locator("#board-news")).to_have_text("The idea is withheld.")
    expect(page.locator("#withheld")).to_contain_text(words)
    assert page.evaluate("document.activeElement.matches('[data-idea]')"), "the arrows stand on the next idea"
    pictures("board", page)
    accessible(page)
    page.keyboard.press("z")
    expect(line).to_have_count(1)
    page.wait_for_timeout(750)
    page.keyboard.press("y")
    expect(line).to_have_count(0)
    page.locator("#withheld").get_by_role("button", name="Give back").click()
    expect(line).to_have_count(1)
    line.click()
    page.locator("#board [data-idea]", has_text=test_console.WORDS[1]).click()
    expect(page.locator("#selected").get_by_role("button", name="Withhold")).to_be_hidden()
