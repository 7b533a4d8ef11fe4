"""Several facilitators write the charter at once, in Chromium: nothing is lost, nothing is forced."""
import re

import pytest
from playwright.sync_api import expect

from tests.test_board_page import until
from tests.test_console import COMMAND, Room, comes_into_the_file, facilitate, up_to
from workshop.charter.sections import words

pytestmark = pytest.mark.browser


@pytest.fixture
def room(served):
    return Room(served).filled(up_to("charter"))


def field(page, section: str = "Purpose"):
    return page.get_by_role("textbox", name=f"Words of: {section}", exact=True)


def cut(page) -> None:
    """The laptop's line is gone, without a word to the server."""
    page.context.set_offline(True)
    page.evaluate("import(document.querySelector('script[type=module]').src.replace(/[^/]*$/, 'wire.js')).then(({ socket }) => socket.disconnect())")


def test_who_types_is_shown_to_the_others_until_they_stop(room, people):
    maya, bo = room.console(people), room.console(people, name="Bo")
    field(bo).press_sequentially("We", delay=20)
    marks = maya.locator(".typing:visible")
    expect(marks).to_have_text(re.compile("Bo is typing"))
    assert maya.locator("[data-section]:has(.typing:visible)").get_attribute("data-section") == "purpose"
    expect(bo.locator(".typing:visible")).to_have_count(0)
    field(bo, "Roles").press_sequentially("Two", delay=20)
    expect(maya.locator("[data-section]:has(.typing:visible)")).to_have_attribute("data-section", "roles")
    bo.locator("h1").click()
    expect(marks).to_have_count(0)
    field(bo).press_sequentially(" walk", delay=20)
    expect(marks).to_have_count(1)
    bo.context.close()
    expect(marks).to_have_count(0)



def test_two_write_at_once_and_neither_loses_a_letter_or_the_caret(room, people):
    maya, bo = room.console(people), room.console(people, name="Bo")
    field(maya).fill("Services for people.")
    field(maya).press("Home")
    for n in range(12):
        maya.keyboard.type("ab"[n % 2], delay=60)
        bo_at = field(bo, "Roles")
        bo_at.press_sequentially("cd"[n % 2], delay=60)
    expect(field(bo)).to_have_value("abababababab" + "Services for people.")
    expect(field(maya, "Roles")).to_have_value("cd" * 6)
    assert field(maya).evaluate("(field) => [field === document.activeElement, field.selectionStart]") == [True, 12]
    expect(maya.locator("#sum [data-when=saved]")).to_be_visible()


def test_the_second_of_two_who_write_one_section_has_both_texts(room, people):
    maya, ana = room.console(people), room.console(people, name="Ana")
    for page, text in ((ana, "We walk together."), (maya, "We bring services to people.")):
        field(page).evaluate("(field, text) => { field.focus(); field.value = text; field.dispatchEvent(new Event('input', { bubbles: true })); }", text)
    ana.locator("h1").click()
    box = maya.locator(".theirs:visible")
    expect(box).to_contain_text("Ana's words came first. Yours are below, nothing is lost.")
    expect(box).to_contain_text("We walk together.")
    expect(field(maya)).to_have_value("We bring services to people.")
    box.get_by_role("button", name="Put both together").click()
    for page in (maya, ana):
        expect(field(page)).to_have_value("We walk together.\nWe bring services to people.")
        expect(page.locator(".theirs")).to_have_count(0)
    ana.get_by_role("button", name="Undo in: Purpose").click()
    expect(field(maya)).to_have_value("We walk together.")
    maya.get_by_role("button", name="Do again in: Purpose").click()
    expect(field(ana)).to_have_value("We walk together.\nWe bring services to people.")


def test_two_who_write_in_different_places_of_one_section_are_put_together(room, people):
    maya, ana = room.console(people), room.console(people, name="Ana")
    field(maya).fill("We bring services to people. We start small. We meet often.")
    expect(field(ana)).to_have_value(re.compile("often"))
    for n in range(6):
        field(ana).evaluate("(field) => { if (document.activeElement !== field) { field.focus(); field.setSelectionRange(9, 9); } }")
        ana.keyboard.type("ab"[n % 2], delay=50)
        field(maya).press("End") if not n else None
        maya.keyboard.type("xy"[n % 2], delay=50)
    for page in (maya, ana):
        expect(field(page)).to_have_value("We bring abababservices to people. We start small. We meet often.xyxyxy")
        expect(page.locator(".theirs")).to_have_count(0)
    assert [field(page).evaluate("(field) => field.selectionStart") for page in (ana, maya)] == [15, len("We bring abababservices to people. We start small. We meet often.xyxyxy")]


MERGE = """async (cases) => {
  const { merged } = await import(document.querySelector("script[type=module]").src.replace(/[^/]*$/, "merge.js"));
  return cases.map(([base, mine, theirs, at]) => merged(base, mine, theirs, at));
}"""


def test_texts_are_put_together_only_where_they_differ_in_different_places(room, people):
    page = room.console(people)
    given = [("a b c d", "a x c d", "a b c y", 3), ("a b c d", "x b c d", "a b c y", 1), ("a b c d", "a b c y", "x y z b c d", 7),
             ("a b", "a x", "y b", 3), ("a b c", "a x c", "a y c", 3), ("", "mine", "theirs", 4), ("a b c", "a b c d", "a b c e", 7),
             ("a b c", "b c", "a b", 0), ("one two\nthree four", "one two\nthree five", "zero two\nthree four", 18)]
    expected = [["a x c y", 3], ["x b c y", 1], ["x y z b c y", 11], None, None, None, None, ["b", 0], ["zero two\nthree five", 19]]
    assert page.evaluate(MERGE, given) == expected


def test_words_typed_without_a_line_outlive_a_closed_page_and_join_what_came_meanwhile(room, people):
    people.cut = True
    maya, bo = room.console(people), room.console(people, name="Bo")
    cut(bo)
    field(bo, "Roles").fill("Two hosts for half a year")
    field(bo).fill("So that nobody is out of reach.")
    expect(bo.locator("#sum [data-when=waiting]")).to_be_visible()
    field(maya, "Roles").fill("A host from each side")
    maya.locator("h1").click()
    expect(maya.locator("#sum [data-when=saved]")).to_be_visible()
    bo.context.set_offline(False)
    bo.reload()
    expect(field(bo)).to_have_value("So that nobody is out of reach.")
    expect(field(maya)).to_have_value("So that nobody is out of reach.")
    expect(field(bo, "Roles")).to_have_value("Two hosts for half a year")
    box = bo.locator(".theirs:visible")
    expect(box).to_contain_text("A host from each side")
    box.get_by_role("button", name="Keep mine").click()
    expect(field(maya, "Roles")).to_have_value("Two hosts for half a year")
    maya.get_by_role("button", name="Undo in: Roles").click()
    expect(field(bo, "Roles")).to_have_value("A host from each side")


def test_a_line_that_comes_back_saves_what_was_typed(room, people):
    people.cut = True
    maya, bo = room.console(people), room.console(people, name="Bo")
    cut(bo)
    field(bo, "Roles").fill("Two hosts")
    bo.context.set_offline(False)
    expect(field(maya, "Roles")).to_have_value("Two hosts")
    expect(bo.locator("#sum [data-when=saved]")).to_be_visible()


def test_what_is_offered_is_taken_with_one_press_and_put_back_with_one(room, people):
    maya = room.console(people)
    scope = maya.locator("[data-section=scope-in]")
    expect(scope.locator(".offered")).to_contain_text("- Go to where people are")
    expect(field(maya, "In scope")).to_have_value("")
    scope.get_by_role("button", name="Add what is offered").click()
    expect(field(maya, "In scope")).to_have_value(re.compile("^- Go to where people are\n- One door, one form"))
    expect(scope.locator(".offered")).to_have_count(0)
    scope.get_by_role("button", name="Undo in").click()
    expect(field(maya, "In scope")).to_have_value("")
    field(maya, "In scope").fill("All of it")
    scope.get_by_role("button", name="Replace the words").click()
    expect(field(maya, "In scope")).to_have_value(re.compile("^- Go to where"))
    scope.get_by_role("button", name="Undo in").click()
    expect(field(maya, "In scope")).to_have_value("All of it")
    maya.get_by_role("button", name="Take them all").click()
    expect(field(maya)).not_to_have_value("")
    expect(field(maya, "In scope")).to_have_value("All of it")
    expect(maya.get_by_role("button", name="Take them all")).to_have_count(0)


def test_words_typed_as_the_room_moves_on_are_saved(room, people, served):
    maya, bo = room.console(people), room.console(people, name="Bo")
    field(bo, "Roles").press_sequentially("Two hosts")
    maya.evaluate(COMMAND, ["open_stage", {"stage": "close", "step": 0, "was": maya.evaluate("document.body.dataset.standing")}])
    expect(field(bo, "Roles")).to_have_count(0)
    expect(bo.locator("#sum [data-when=saved]")).to_be_visible()
    comes_into_the_file(served, room, bo, lambda w: words(w, "roles"), "Two hosts")


@pytest.mark.parametrize("width", [1366, 768, 320])
def test_the_charter_is_written_with_the_keyboard_alone(width, room, people, accessible):
    page = room.console(people, width, 768)
    accessible(page)
    opens = page.locator("#charter-head summary")
    opens.focus()
    if not page.locator("#charter-head details[open]").count():
        page.keyboard.press("Enter")
    page.get_by_role("link", name="Write: Roles").focus()
    page.keyboard.press("Enter")
    expect(field(page, "Roles")).to_be_focused()
    page.keyboard.type("Two hosts")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Write: Roles")).to_have_count(0)
    page.keyboard.press("Shift+Tab")
    expect(field(page, "Roles")).to_be_focused()
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_charter_is_changed_long_after_and_adopted_again_by_a_show_of_phones(served, people, accessible):
    def ended(session):
        up_to("charter")(session)
        facilitate(session, "write_section", section="purpose", text="So that nobody is out of reach.", was=0)
        facilitate(session, "adopt_charter")
        facilitate(session, "end_workshop")
    room = Room(served).filled(ended)
    maya, screen = room.console(people, 1366, 768), people(f"/{room.code}/screen", 1920, 1080)
    phone = people(f"/{room.code}", 360, 740, has_touch=True)
    expect(phone.get_by_role("heading", name="This workshop has ended")).to_be_visible()
    maya.get_by_role("button", name="Propose a change").click()
    maya.locator("#amending-sheet").get_by_role("button", name="Propose a change").click()
    expect(maya.locator("#version-changes")).to_be_attached()
    until(phone, lambda: phone.reload() and phone.locator("[name=name]").count() == 1)
    phone.fill("[name=name]", "Ana")
    phone.locator("label", has_text="Civil service").first.click()
    phone.click("text=Join")
    field(maya).fill("So that nobody, old or young, is out of reach.")
    for page in (maya.locator("#version-changes"), phone.locator("#phone-changes"), screen.locator("#screen-charter")):
        expect(page.locator("ins")).to_have_text(re.compile("added: ?nobody, old or young,"))
        expect(page.locator("del")).to_have_text(re.compile("removed: ?nobody"))
    phone.get_by_label("I can live with it").check()
    phone.get_by_role("button", name="Send my answer").click()
    expect(phone.locator("#my-stand")).to_contain_text("you can live with it")
    expect(maya.locator("#adoption-now")).to_contain_text(re.compile(r"Can live with it\s*1"))
    accessible(maya, phone, screen)
    field(maya, "Roles").fill("Two hosts")
    expect(phone.locator("#my-stand")).to_contain_text("The words changed since you answered.")
    phone.get_by_label("I agree", exact=True).check()
    phone.get_by_role("button", name="Send my answer").click()
    expect(maya.locator("#adoption-now")).to_contain_text(re.compile(r"Agree\s*1"))
    maya.get_by_role("button", name="Adopt version 2.0").click()
    maya.locator("#adopting-sheet").get_by_role("button", name="Adopt the charter").click()
    expect(maya.locator("#charter-versions li")).to_have_count(2)
    expect(maya.locator("#charter-sections textarea")).to_have_count(0)
    expect(phone.locator("#stage")).to_contain_text("Ended")
    for name, there, gone in (("Version 1.0 as Page", "nobody is out of reach", "old or young"), ("Version 2.0 as Page", "nobody, old or young", "nowhere")):
        link = maya.get_by_role("link", name=name).get_attribute("href")
        text = maya.evaluate("(link) => fetch(link, { headers: { Accept: '*/*' } }).then((answer) => answer.text())", link)   # waits, as a program
        assert there in text and gone not in text
    accessible(maya)


def test_the_words_cannot_change_under_the_press_that_adopts_them(room, people):
    maya, bo = room.console(people), room.console(people, name="Bo")
    field(maya).fill("So that nobody is out of reach.")
    expect(field(bo)).to_have_value("So that nobody is out of reach.")
    maya.get_by_role("button", name="Adopt the charter").click()
    field(bo).fill("So that somebody is out of reach.")
    bo.locator("h1").click()
    expect(field(maya)).to_have_value("So that somebody is out of reach.")
    maya.locator("#adopting-sheet").get_by_role("button", name="Adopt the charter").click()
    expect(maya.locator("#adopting-sheet")).to_contain_text("The words changed while you pressed.")
    maya.locator("#adopting-sheet").get_by_role("button", name="Close").click()
    maya.get_by_role("button", name="Adopt the charter").click()
    maya.locator("#adopting-sheet").get_by_role("button", name="Adopt the charter").click()
    expect(bo.locator("#charter-head")).to_contain_text("adopted")
