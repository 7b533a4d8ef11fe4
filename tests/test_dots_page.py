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
