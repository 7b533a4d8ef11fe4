"""The dots in Chromium: what a phone is told when the facilitator changes them while people vote."""
import pytest
from playwright.sync_api import expect

from tests.test_console import Room, opened, up_to

pytestmark = pytest.mark.browser


def voting(session):
    up_to("board")(session)
    opened(session, "vote")


@pytest.fixture
def room(served):
    return Room(served).filled(voting)


def comes_in(people, room, width=360, height=740):
    phone = people(f"/{room.code}", width, height)
    phone.fill("[name=name]", "Ana")
    phone.click("text=Civil society")
    phone.click("text=Join")
    expect(phone.locator("body")).to_have_attribute("data-live", "yes")
    return phone


def plus(phone, n):
    return phone.locator("#paper .option").nth(n).locator("[data-step='1']")


def minus(phone, n):
    return phone.locator("#paper .option").nth(n).locator("[data-step='-1']")


def change_the_dots(console, dots, cap):
    console.get_by_role("button", name="Change the dots").click()
    console.get_by_label("Dots each").fill(str(dots))
    console.get_by_label("At most on one").fill(str(cap))
    console.locator("#budget").get_by_role("button", name="Change the dots").click()


@pytest.mark.slow
@pytest.mark.parametrize("width", [360, 320])
def test_fewer_dots_are_told_and_asked_and_more_are_told(width, room, people, accessible):
    console, phone = room.console(people), comes_in(people, room, width)
    for n in (0, 0, 1):
        plus(phone, n).click()
    expect(phone.locator("#dots-left [data-left='0']")).to_be_visible()
    phone.get_by_role("button", name="Send my dots").click()
    expect(phone.locator("#my-ballot [data-same]")).to_be_visible()
    change_the_dots(console, 2, 1)
    told = phone.locator("#my-ballot [role=alert]")
    expect(told).to_contain_text("there are 2 now, at most 1 on one")
    expect(told).to_contain_text("Take 1 back from")
    expect(phone.get_by_text("1 dot too many. Take it back.")).to_be_visible()
    expect(console.locator("#turnout")).to_contain_text("1 ballot has more dots than there are now")
    expect(console.locator("#next-stage")).to_contain_text("would not count")
    assert phone.evaluate("document.documentElement.scrollWidth") <= width
    accessible(phone)
    minus(phone, 0).press("Enter")
    phone.get_by_role("button", name="Send my dots").click()
    expect(told).to_be_hidden()
    expect(console.locator("#turnout")).not_to_contain_text("more dots than there are now")
    change_the_dots(console, 4, 2)
    expect(phone.locator("#my-ballot")).to_contain_text("you have 2 left")
    expect(phone.locator("#dots-left [data-left='2']")).to_be_visible()


@pytest.mark.slow
def test_the_facilitator_says_what_to_vote_by_and_every_page_shows_it(room, people, accessible):
    console, phone, screen = room.console(people, 1366, 768), comes_in(people, room), people(f"/{room.code}/screen", 1920, 1080)
    console.get_by_role("button", name="Change the criteria").click()
    console.get_by_label("One question a line").fill("Which can start in May?\nWhich needs no money?")
    console.get_by_role("button", name="Show these to everyone").click()
    for page in (phone.locator("#paper"), screen.locator("#screen-vote"), console.locator("#before-vote")):
        expect(page).to_contain_text("Which needs no money?")
        expect(page).to_contain_text("You choose the 3 that we start work on.")
    expect(phone.locator("#paper")).to_contain_text("No page, screen or document shows who voted what. Where everyone of a side agrees, that shows.")
    accessible(console, phone, screen)
    assert screen.evaluate("document.documentElement.scrollHeight <= innerHeight")


@pytest.mark.slow
def test_two_themes_that_would_split_the_vote_are_merged_in_one_press(served, people):
    def twice(session):
        up_to("plenary")(session)
        opened(session, "themes")
        for n, (name, ideas) in enumerate({"Clinics": [0, 2], "One form": [1, 10], "Listen": [7, 8], "Radio": [3, 9]}.items()):
            session.do("make_theme", "bo", "facilitator", stage="themes", key=f"k{n}", name=name, ideas=[f"i{i}" for i in ideas])
        for n, text in enumerate(("Mobile clinics on market days in every village", "Clinics on market days")):
            session.do("submit_idea", f"p{n}", "participant", idea=f"more{n}", text=text, stage="ideas")
        session.do("make_theme", "bo", "facilitator", stage="themes", key="k9", name="Doctors who travel", ideas=["more0", "more1"])
    console = Room(served).filled(twice).console(people, 1366, 768)
    close = console.locator("#before-vote .waits li")
    expect(close).to_contain_text("“Doctors who travel” and “Clinics” are close.", timeout=30_000)
    close.get_by_role("button", name="Merge them").click()
    expect(close).to_have_count(0)
    expect(console.locator("#before-vote")).to_contain_text("Advised for 4 options")
