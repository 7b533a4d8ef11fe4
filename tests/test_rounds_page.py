"""A run-off, a second vote and a merge while people vote, in browsers: console, phone and screen."""
import os
from pathlib import Path

from playwright.sync_api import expect

from tests.test_console import Room, come_in, facilitate, opened, write

DISCUSS = "Go to Discuss"
NAMES = ("Go to where people are", "One door, one form", "Be understood", "Letters a child can read", "Open until eight")


def tie(session):
    """Twelve people have voted: two priorities, and two level for the third place."""
    come_in(session)
    for stage, step in (("welcome", 0), ("tables", 0), ("ideas", 0), ("ideas", 1)):
        opened(session, stage, step)
    write(session)
    opened(session, "themes")
    for n, name in enumerate(NAMES):
        facilitate(session, "make_theme", stage="themes", key=f"k{n}", name=name, ideas=[f"i{i}" for i in range(n, 9, 5)])
    opened(session, "vote")
    for n in range(12):
        dots = {"theme:0": 2, "theme:1": 1} if n % 3 else {"theme:1": 1, "theme:2": 1, "theme:3": 1}
        session.do("cast_ballot", f"p{n}", "participant", stage="vote", dots=dots, number=1)


def shot(page, name):
    if folder := os.environ.get("SHOTS"):
        page.wait_for_timeout(600)
        page.screenshot(path=str(Path(folder) / f"{name}.png"))


def goes(console, words):
    button = console.locator("#next-stage .go")
    expect(button).to_contain_text(words)
    console.wait_for_timeout(750)
    button.click()


def goes_on_until(console, words):
    """Press what comes next until it would take the room to *words*, then do that."""
    button = console.locator("#next-stage .go")
    while words not in (now := button.inner_text()):
        console.wait_for_timeout(750)
        button.click()
        expect(button).not_to_have_text(now)
    goes(console, words)


def puts(phone, name, n):
    for _dot in range(n):
        phone.get_by_role("button", name=f"Put one dot on {name}").click()


def joins(people, room):
    phone = people(f"/{room.code}", 360, 740, has_touch=True)
    phone.fill("[name=name]", "Ana")
    phone.click("text=Civil service")
    phone.click("text=Join")
    expect(phone.locator("body[data-live=yes]")).to_be_attached()
    return phone


def test_a_run_off_then_a_second_vote_in_which_two_options_become_one(served, people, accessible):
    room = Room(served).filled(tie)
    console, phone, screen = room.console(people, 1366, 768), joins(people, room), people(f"/{room.code}/screen", 1920, 1080)
    goes(console, "Close the vote")
    console.get_by_role("button", name="Run-off between").click()
    expect(console.locator("#rounds")).to_contain_text("“Run-off” is in the plan, and nobody has voted in it.")
    console.get_by_role("button", name="Take the run-off back").click()
    expect(console.locator("#rounds")).not_to_contain_text("Run-off")
    console.wait_for_timeout(750)
    console.get_by_role("button", name="Run-off between").click()
    expect(console.locator("#stage-rail")).to_contain_text("Run-off")
    goes_on_until(console, "Go to Run-off")
    expect(phone.locator("#paper [data-option]")).to_have_count(2)
    puts(phone, "Be understood", 1)
    shot(phone, "phone-run-off")
    phone.get_by_role("button", name="Send").click()
    expect(console.locator("#turnout")).to_contain_text("1 of")
    goes_on_until(console, DISCUSS)
    expect(console.locator("#talk")).to_contain_text("Be understood")
    console.get_by_role("button", name="Add a second vote").click()
    shot(console, "console-discuss-second")
    goes_on_until(console, "Go to Second vote")
    expect(phone.locator("#paper [data-option]")).to_have_count(5)
    expect(phone.locator("#paper")).to_contain_text("Both results are shown: where few vote differently, that shows.")
    puts(phone, "Go to where people are", 2)
    puts(phone, "One door, one form", 1)
    phone.get_by_role("button", name="Send").click()
    expect(console.locator("#turnout")).to_contain_text("1 of")
    console.get_by_text("Merge or split what is voted on").click()
    console.get_by_label("Merge this").select_option(label="One door, one form")
    console.get_by_label("into this").select_option(label="Go to where people are")
    shot(console, "console-merge")
    console.get_by_role("button", name="Merge", exact=True).click()
    expect(phone.locator("#option-news")).to_contain_text("“One door, one form” went into “Go to where people are”. The dots of both count together.")
    expect(phone.locator("#my-ballot")).to_contain_text("You have more than 2 dots on “Go to where people are” now")
    expect(phone.locator("#paper [data-option='theme:0'] .placed-dots")).to_have_attribute("aria-label", "3")
    shot(phone, "phone-merged")
    accessible(console, phone, screen)
    goes(console, "Close the vote")
    expect(console.locator("#counted-up")).to_contain_text("Go to where people are")
    expect(console.locator("#rounds")).to_contain_text("The second vote counts.")
    goes_on_until(console, "Show the whole result")
    expect(screen.locator("#screen-result")).to_contain_text("The second vote counts.")
    expect(screen.locator("#screen-result")).to_contain_text("First vote: place 1, 28 dots. It kept its place.")
    expect(phone.locator("#phone-result")).to_contain_text("The second vote counts.")
    shot(console, "console-second-result")
    console.locator("#rounds").scroll_into_view_if_needed()
    shot(console, "console-rounds")
    shot(phone, "phone-second-result")
    shot(screen, "screen-second-result")
    accessible(console, phone, screen)


def test_a_theme_is_split_on_the_board_and_the_question_is_asked(served, people, accessible):
    def fill(session):
        tie(session)
        facilitate(session, "close_vote", stage="vote")
        opened(session, "themes")
    console = Room(served).filled(fill).console(people, 1366, 768)
    console.locator("[data-idea=i0], #board-shelves [data-id=i0], #idea-i0").first.click()
    console.get_by_role("button", name="New theme from these").click()
    sheet = console.locator("#new-theme-sheet")
    sheet.get_by_label("Name").fill("Vans")
    expect(sheet).to_contain_text("Where do its dots go?")
    shot(console, "console-split")
    accessible(console)
    sheet.get_by_label("All go to the new theme.").check()
    sheet.get_by_role("button", name="Make the theme").click()
    expect(console.locator("#board-shelves")).to_contain_text("Vans")
    console.get_by_role("button", name="Undo:").click()
    expect(console.locator("#board-shelves")).not_to_contain_text("Vans")
