"""Actions in Chromium: a phone writes one down, the console changes it, both say how people will know that it worked."""
import pytest
from playwright.sync_api import expect

from tests.test_console import Room, up_to
from tests.test_weighing_page import phone_in

pytestmark = pytest.mark.browser


def test_how_people_will_know_is_written_on_a_phone_and_changed_on_the_console(people, served, accessible):
    room = Room(served).filled(up_to("discussed"))
    console, phone = room.console(people, 1366, 768), phone_in(people, room)
    phone.locator("#my-seat .choice").first.click()
    expect(phone.get_by_text("How we will know: A bus stops here")).to_be_visible()
    phone.get_by_role("button", name="Add an action").click()
    phone.get_by_label("What will be done").fill("Open one door on Saturdays")
    phone.get_by_label("How will we know?").fill("Thirty people come by June")
    accessible(phone)
    phone.get_by_role("button", name="Save the action").click()
    expect(phone.get_by_text("How we will know: Thirty people come by June")).to_be_visible()
    row = console.get_by_role("row", name="Open one door on Saturdays")
    expect(row).to_contain_text("How we will know: Thirty people come by June")
    row.get_by_role("button", name="Change the action").click()
    field = console.get_by_label("How will we know?")
    expect(field).to_have_value("Thirty people come by June")
    field.fill("Fifty people come by June")
    accessible(console)
    console.get_by_role("button", name="Keep this action").click()
    expect(phone.get_by_text("How we will know: Fifty people come by June")).to_be_visible()
    phone.locator(".action", has_text="Saturdays").get_by_role("button", name="Edit").click()
    expect(phone.get_by_label("How will we know?")).to_have_value("Fifty people come by June")
