"""The result on the screen and a paper chart on the console, in Chromium: with six sides, many voters and long names, by keyboard, in forced colours."""
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from tests.test_console import Room, facilitate, opened, up_to

SIX = ("Ministry for regional development and so", "Association of neighbourhood initiatives", "Citizens of the north-eastern districts,", "Energy", "Universities of all regions, and students", "Guests")
NAMES = ("Go to where people are, with a van that visits every village", "One door, one form", "Say it so that it is understood", "Letters a child can read",
         "Open until eight", "Teach the teachers", "A bench at every bus stop", "Share what we know")
CUT = """() => [...document.querySelectorAll('#screen-result .podium > li')].flatMap((place) => {
    const all = place.parentElement.getBoundingClientRect(), edge = document.querySelector('.rest').getBoundingClientRect().left
    return [...place.querySelectorAll('h2, p, b, span')].filter((part) => {
        const box = part.getBoundingClientRect()
        return box.bottom > all.bottom + 1 || box.right > edge || part.matches('b') && box.height > 1.6 * parseFloat(getComputedStyle(part).fontSize)
    }).map((part) => part.textContent)
})"""
"""What is cut off, runs into the column beside it, or is a number on two lines."""


def voted_by(sides, people):
    """The room of *people* of *sides* in turn, whose vote is closed and shown."""
    def fill(session):
        facilitate(session, "welcome_facilitator", name="Bo")
        for n in range(people):
            session.do("join", f"p{n}", "participant", name=f"Person {n}", constituency=sides[n % len(sides)])
        for stage, step in (("welcome", 0), ("tables", 0), ("ideas", 0), ("ideas", 1)):
            opened(session, stage, step)
        for n in range(16):
            session.do("submit_idea", f"p{n}", "participant", idea=f"i{n}", text=f"Idea {n}", stage="ideas")
        opened(session, "themes")
        for n, name in enumerate(NAMES):
            facilitate(session, "make_theme", stage="themes", key=f"k{n}", name=name, ideas=[f"i{i}" for i in range(n, 16, len(NAMES))])
        opened(session, "vote")
        for n in range(people):
            dots = {"theme:0": 2, f"theme:{1 + n % 7 % 3}": 1} if n % 3 else {f"theme:{n % 7}": 1, "theme:1": 1}
            session.do("cast_ballot", f"p{n}", "participant", stage="vote", dots=dots, number=1)
        facilitate(session, "close_vote", stage="vote")
        facilitate(session, "show_result", stage="vote")
    return fill


@pytest.mark.parametrize("sides, people_there", [(SIX, 60), (SIX[:3], 300)], ids=["six sides", "300 voters"])
def test_nothing_of_the_result_is_cut_off_on_the_screen(served, people, sides, people_there, accessible):
    room = Room(served)
    room._plan = replace(room._plan, constituencies=sides)
    room.filled(voted_by(sides, people_there))
    screen = people(f"/{room.code}/screen", 1920, 1080)
    expect(screen.locator("#screen-result .seen")).to_have_count(3)
    key = [words.rpartition(",")[0].strip() for words in screen.locator("#screen-result .key").all_inner_texts()[:len(sides)]]
    assert key == list(sides), "in the order of the bars"
    for forced in ("none", "active"):
        screen.emulate_media(forced_colors=forced)
        screen.wait_for_timeout(300)
        assert screen.evaluate(CUT) == [], forced
    console = room.console(people, 1366, 768)
    expect(console.locator("#counted-up")).to_contain_text("backed by all")
    expect(console.locator("#counted-up")).not_to_contain_text("backed by both")
    accessible(screen, console)


def test_a_paper_chart_is_entered_by_keyboard_alone(served, people, accessible):
    def fill(session):
        up_to("board")(session)
        opened(session, "vote")
    console = Room(served).filled(fill).console(people, 1366, 768)
    console.locator("#on-paper").get_by_role("button", name="Enter dots").first.focus()
    console.keyboard.press("Enter")
    expect(console.locator("#chart-sheet, dialog[open]").first).to_be_visible()
    console.keyboard.type("6")
    for dots in "431":
        console.keyboard.press("Tab")
        console.keyboard.type(dots)
    accessible(console)
    console.keyboard.press("Tab")
    console.keyboard.press("Enter")
    expect(console.locator("#on-paper")).to_contain_text("6 people, 8 dots")
    expect(console.locator("#on-paper").get_by_role("button", name="Enter again")).to_be_focused()
    expect(console.locator("#turnout")).to_contain_text("6 of")
