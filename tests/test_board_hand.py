"""The board in Chromium: taking steps back, cards, offers for what is in the tray, and what phones say of its places."""
import re

import pytest
from playwright.sync_api import expect

from tests.test_console import Room, facilitate, opened
from workshop.state import Suggestion

pytestmark = pytest.mark.browser
WORDS = ("A desk in the village", "A desk in each village", "One form for everything", "A bus on Sundays", "Free tea")


def answered(session, labels: dict[str, int], names: dict[int, str], **more) -> None:
    """The clusterer answers what the board asked."""
    asked = session.state.boards["themes"].asked
    session.do("suggest_themes", "server", "server", stage="themes",
               suggestion=Suggestion(labels, names, {}, {}, {}, more.get("near", {}), "a test", asked, more.get("alike", ())))


def sorted_board(session) -> None:
    """Ana's and Ben's five ideas: on desks, on buses and forms, and one in the tray."""
    facilitate(session, "welcome_facilitator", name="Bo")
    sides = session.state.plan.constituencies
    for person, side in (("ana", sides[0]), ("ben", sides[1])):
        session.do("join", person, "participant", name=person.title(), constituency=side)
    opened(session, "ideas", 1)
    for n, text in enumerate(WORDS):
        session.do("submit_idea", ("ana", "ben")[n % 2], "participant", idea=f"i{n}", text=text, stage="ideas")
    opened(session, "themes", 1)
    answered(session, {"i0": 0, "i1": 0, "i2": 1, "i3": 1, "i4": -1}, {0: "Desks", 1: "Ways"}, near={"i4": (1, 0)}, alike=(("i0", "i1"),))
    facilitate(session, "accept_suggestion", stage="themes")


@pytest.fixture
def room(served):
    return Room(served).filled(sorted_board)


def test_a_step_says_names_as_they_are_written(served, people):
    def renamed(session):
        sorted_board(session)
        facilitate(session, "rename_theme", stage="themes", theme=0, name="Desks & <offices>")

    maya = Room(served).filled(renamed).console(people, 1440, 900)
    expect(maya.locator("#board-history")).to_contain_text("“Desks” is now “Desks & <offices>”")


def test_two_facilitators_take_steps_back(room, people, accessible):
    maya, tom = room.console(people, 1440, 900), room.console(people, 1440, 900, name="Tom")
    tray = maya.locator("#board-tray")
    tray.get_by_role("button", name="Put into Ways").click()
    expect(maya.locator("#theme-1")).to_contain_text("Free tea")
    expect(tom.locator("#board-history")).to_contain_text("Last, Maya: 1 idea to “Ways”")
    accessible(maya)
    tom.locator("body").press("z")
    expect(maya.locator("#board-tray")).to_contain_text("Free tea")
    maya.get_by_role("button", name="Do again").click()
    expect(tom.locator("#theme-1")).to_contain_text("Free tea")
    tom.get_by_label("Menu of Ways").click()
    tom.get_by_role("button", name="Close: ideas go to the tray").click()
    expect(maya.locator("#board-tray [data-idea]")).to_have_count(3)
    maya.locator(".last-step").click()
    step = maya.locator("#board-steps li").nth(1)
    expect(step).to_contain_text("After that Tom: “Ways” closed")
    step.get_by_role("button", name="Undo that first").click()
    expect(step.get_by_role("button", name=re.compile("^Undo ?:"))).to_be_visible()
    accessible(maya)
    step.get_by_role("button", name=re.compile("^Undo ?:")).click()
    expect(step).to_contain_text("undone")
    maya.keyboard.press("Escape")
    expect(tom.locator("#board-tray [data-idea]")).to_have_count(1)


def test_ideas_that_say_the_same_become_one_card_with_both_behind_it(room, people, accessible):
    page = room.console(people, 1440, 900)
    pair = page.locator("#board-alike li")
    expect(pair).to_contain_text(WORDS[1])
    accessible(page)
    pair.get_by_role("button", name="One card").click()
    card = page.locator("#theme-0 [data-idea]")
    expect(card).to_have_count(1)
    expect(card).to_contain_text(WORDS[0])
    expect(card.locator(".also")).to_have_text(WORDS[1])
    expect(card.locator(".behind-it")).to_contain_text("2")
    expect(pair).to_have_count(0)
    card.click()
    page.get_by_role("button", name="Take the card apart").click()
    expect(page.locator("#theme-0 [data-idea]")).to_have_count(2)
    pair.get_by_role("button", name="Leave as two").click()
    expect(pair).to_have_count(0)
    page.locator("#theme-0 [data-idea]").first.click()
    page.locator("#theme-1 [data-idea]").first.click()
    page.get_by_role("button", name="Make one card").click()
    expect(page.locator("#theme-0 [data-idea]", has_text=WORDS[2]).or_(page.locator("#theme-1 [data-idea]", has_text=WORDS[0]))).to_have_count(1)


def test_ideas_are_held_and_let_go(room, people):
    page = room.console(people, 1440, 900)
    page.locator("#theme-0 [data-idea]").first.click()
    page.get_by_role("button", name="Hold P").click()
    expect(page.locator("#theme-0 [data-idea]").first.get_by_label("placed by hand")).to_be_visible()
    page.get_by_label("Menu of Desks").click()
    page.get_by_role("button", name="Let its ideas go").click()
    expect(page.locator("#theme-0").get_by_label("placed by hand")).to_have_count(0)


def test_a_board_without_themes_says_how_they_come(served, people):
    def fill(session):
        sorted_board(session)
        facilitate(session, "undo", stage="themes", step=session.state.boards["themes"].history[-1].seq)
        facilitate(session, "discard_suggestion", stage="themes")
    page = Room(served).filled(fill).console(people, 1440, 900)
    expect(page.locator(".board-empty")).to_contain_text("No themes yet.")


def test_what_is_to_decide_is_a_press_away(room, people):
    page = room.console(people, 1440, 900)
    page.get_by_role("link", name="1 to decide").click()
    expect(page.locator("#board-alike")).to_be_in_viewport()
