"""Weighing priorities in Chromium: two taps on a phone, one press on the console, the 2x2 on the screen."""
import pytest
from playwright.sync_api import expect

from tests.test_console import Room, facilitate, up_to
from workshop.rules.discuss import on_the_table

pytestmark = pytest.mark.browser


def rated(session):
    """Eleven people rate every priority; the first is on the screen, and the room is asked about it."""
    up_to("discussed")(session)
    options = on_the_table(session.state, "discuss")
    for option, (effort, impact) in zip(options, ((2, 4), (2, 4), (5, 5))):
        for n in range(11):
            session.do("rate_priority", f"p{n}", "participant", stage="discuss", priority=option, effort=min(5, effort + n % 2), impact=impact, number=1)
    facilitate(session, "put_on_stage", stage="discuss", priority=options[0])
    facilitate(session, "ask_agreement", stage="discuss", priority=options[0], method="consent", round=1)
    for n in range(8):
        session.do("answer_agreement", f"p{n}", "participant", stage="discuss", priority=options[0], round=1, answer="agree", number=1)


def phone_in(people, room):
    phone = people(f"/{room.code}", 360, 740, has_touch=True)
    phone.fill("[name=name]", "Zoe")
    phone.click("text=Civil society")
    phone.click("text=Join")
    expect(phone.locator("body[data-live=yes]")).to_be_attached()
    return phone


def test_two_taps_an_objection_and_the_room_sees_where_it_stands(people, served, accessible):
    room = Room(served).filled(rated)
    console, phone, screen = room.console(people), phone_in(people, room), people(f"/{room.code}/screen", 1280, 720)
    # The room is asked: an objection without a reason does not go, one with a reason does, and it can be changed.
    phone.locator("#my-question").get_by_label("I object, and say why").check()
    phone.fill("#answer-why", "Not without a date")
    phone.locator("#answer").get_by_role("button", name="Send this answer").click()
    expect(phone.locator("#my-question")).to_contain_text("Because: Not without a date")
    expect(console.locator("#weighing")).to_contain_text("9 of")
    # Two taps, with the keyboard as well; each is sent by itself.
    phone.locator("#my-seat .choice").first.click()
    expect(phone.locator("#rate-1")).to_be_visible()
    phone.locator("#effort-1-2").click()
    expect(phone.locator("#my-rating")).to_contain_text("Now the other one")
    phone.locator("#impact-1-1").focus()
    phone.keyboard.press("ArrowRight")
    expect(phone.locator("#impact-1-2")).to_be_checked()
    expect(phone.locator("#my-rating")).to_contain_text("Your rating is saved")
    expect(console.locator("#weighing")).to_contain_text("12 of")
    accessible(phone)
    # Until the facilitator says so, everybody sees a number alone.
    expect(screen.locator("#screen-priority")).to_contain_text("12 of 14 have rated it")
    expect(phone.locator("#weighed")).not_to_contain_text("How we rated them")
    console.locator("#weighing").get_by_role("button", name="Show the ratings of").first.click()
    expect(screen.locator("#screen-matrix svg.quadrant")).to_have_attribute("aria-label", "Go to where people are: effort 2, impact 4, start now")
    console.locator("#weighing").get_by_role("button", name="Show the ratings of").first.click()
    expect(screen.locator(".quadrant .tie")).to_have_count(1)
    console.locator("#weighing").get_by_role("button", name="Close and show").click()
    expect(screen.locator("#screen-matrix")).to_contain_text("8 of 9 agree, 1 objects.")
    expect(phone.locator("#weighed table")).to_contain_text("start now")
    expect(phone.locator("#answer")).to_be_hidden()
    console.get_by_role("button", name="Write what is done with it").click()
    console.fill("#reason-text", "It starts on 2 May.")
    console.get_by_role("button", name="Keep these words").click()
    expect(console.locator("#weighing")).to_contain_text("Done with it: It starts on 2 May.")
    accessible(console, phone, screen)


def test_a_rating_without_a_line_waits_on_the_phone_and_is_shown(people, served):
    room = Room(served).filled(rated)
    people.cut = True
    phone = phone_in(people, room)
    phone.locator("#my-seat .choice").first.click()
    expect(phone.locator("#rate-1")).to_be_visible()
    phone.context.set_offline(True)
    phone.locator("#effort-1-2").click()
    phone.locator("#impact-1-4").click()
    expect(phone.locator("#impact-1-4")).to_be_checked()
    assert phone.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('outbox')).length") == 1
    phone.context.set_offline(False)
    expect(phone.locator("#my-rating")).to_contain_text("Your rating is saved", timeout=30_000)


def test_without_a_script_a_rating_is_a_plain_post(people, served):
    room = Room(served).filled(rated)
    phone = people(f"/{room.code}", 360, 740, java_script_enabled=False)
    phone.fill("[name=name]", "Zoe")
    phone.click("text=Civil society")
    phone.click("text=Join")
    phone.locator("#my-seat .choice").first.click()
    phone.locator("#effort-1-2").check(force=True)
    phone.locator("#impact-1-5").check(force=True)
    phone.locator("#rate-1").get_by_role("button", name="Send my rating").click()
    expect(phone.locator("#my-rating")).to_contain_text("Your rating is saved")
    phone.locator("#my-question").get_by_label("I agree").check()
    phone.locator("#answer").get_by_role("button", name="Send this answer").click()
    expect(phone.locator("#my-question")).to_contain_text("Your answer is saved")
