"""The console in Chromium: a facilitator runs the room by keys and menus, and two of them lose no words."""
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from workshop import plans
from workshop.journal import Journal
from workshop.registry import Listed, Registry
from workshop.rules.discuss import on_the_table
from workshop.rules.stages import standing
from workshop.session import Session

pytestmark = pytest.mark.browser
COMMAND = """async ([command, args]) => {
  const wire = document.querySelector("script[type=module]").src.replace(/[^/]*$/, "wire.js");
  return (await import(wire)).ask(command, args);
}"""
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}
WORDS = ("Mobile clinics on market days", "One form for everything", "A bus to the office", "Voice notes instead of leaflets",
         "Une seule porte", "Say no quickly and say why", "Open on Saturdays", "Ask the elders first", "Pay the interpreters",
         "Radio in three languages", "Letters that people understand", "Count problems solved")


class Room:
    """A workshop filled straight into its journal, which the server opens when somebody asks for it."""

    def __init__(self, served, plan: str = "cop-inception") -> None:
        self._folder, self._plan = served.folder, plans.read(plans.find(plan, served.folder))
        self._registry = Registry(served.folder)
        self.code = self._registry.new_code()

    def filled(self, fill) -> "Room":
        """Play *fill* on the workshop's journal, then put it on the server's list."""
        session = Session(Journal(self._folder / f"{self.code}.db"))
        session.do("make_workshop", "organiser", "organiser", code=self.code, plan=self._plan)
        fill(session)
        session.close()
        token = self._registry.add(Listed(self.code, self._plan.title, self._plan.community, "", 0))
        self._registry.close()
        self.made = {"code": self.code, "token": token}
        return self

    def console(self, people, width: int = 1280, height: int = 800, name: str = "Maya", **options):
        page = people(f"/{self.code}/console#{self.made['token']}", width, height, **options)
        page.get_by_label("Your name").fill(name)
        page.get_by_role("button", name="Open the console").click()
        expect(page.locator("body")).to_have_attribute("data-live", "yes")
        return page


def facilitate(session, command, **args):
    session.do(command, "bo", "facilitator", **args)


def opened(session, stage, step=0):
    facilitate(session, "open_stage", stage=stage, step=step, was=standing(session.state))


def come_in(session):
    facilitate(session, "welcome_facilitator", name="Bo")
    sides = session.state.plan.constituencies or ("", "")
    for n in range(12):
        session.do("join", f"p{n}", "participant", name=f"Person {n}", constituency=sides[n % 2])
    facilitate(session, "add_person", person="rosa", name="Rosa", constituency=sides[0])


def write(session, stage="ideas"):
    for n, text in enumerate(WORDS):
        session.do("submit_idea", f"p{n}", "participant", idea=f"i{n}", text=text, stage=stage)


def up_to(place):
    """A function that brings a cop-inception workshop to *place*, one of ``PLACES``."""
    def fill(session):
        for name, move in MOVES.items():
            move(session)
            if name == place:
                return
    return fill


def silent(session):
    opened(session, "tables")
    opened(session, "ideas", 0)
    write(session)


def stars(session):
    opened(session, "ideas", 2)
    for group in session.state.groups_of("ideas"):
        for idea in session.state.chart("ideas", group.id)[:2]:
            session.do("star_idea", idea.author, "participant", idea=idea.id)


def board(session):
    opened(session, "themes")
    for n, name in enumerate(("Go to where people are", "One door, one form", "Be understood")):
        facilitate(session, "make_theme", stage="themes", key=f"k{n}", name=name, ideas=[f"i{i}" for i in range(n, 9, 3)])


def voted(session):
    opened(session, "vote")
    options = session.state.votes["vote"].options
    for n in range(12):
        session.do("cast_ballot", f"p{n}", "participant", stage="vote", dots={options[n % 2]: 2, options[2]: 1}, number=1)


def discussed(session):
    facilitate(session, "show_result", stage="vote")
    opened(session, "discuss")
    option = on_the_table(session.state, "discuss")[0]
    session.do("add_point", "p1", "participant", point="q1", stage="discuss", priority=option, kind="power", text="We have a bus")
    facilitate(session, "set_action", action="a1", stage="discuss", priority=option, what="Ask for the bus", owner="Ana", due="June", measure="A bus stops here")
    session.do("offer_help", "p2", "participant", priority=option)


def charter(session):
    opened(session, "charter")
    session.do("take_stand", "p1", "participant", stand="agree")
    session.do("take_stand", "p2", "participant", stand="object", why="Who pays for the bus?")


def close(session):
    opened(session, "close")
    session.do("say_word", "p1", "participant", word="together")
    session.do("rate_workshop", "p1", "participant", rating=5)


MOVES = {"before": come_in, "welcome": lambda s: opened(s, "welcome"), "silent": silent, "talk": lambda s: opened(s, "ideas", 1), "stars": stars,
         "plenary": lambda s: opened(s, "plenary"), "board": board, "voted": voted,
         "closed": lambda s: facilitate(s, "close_vote", stage="vote"), "discussed": discussed, "charter": charter, "close": close,
         "ended": lambda s: facilitate(s, "end_workshop")}


@pytest.mark.slow
@pytest.mark.parametrize("scheme, width, places", [("light", 1280, MOVES), ("dark", 768, ("talk", "board", "voted", "discussed")),
                                                   ("dark", 360, MOVES)])
@pytest.mark.slow
def test_every_stage_is_readable_by_everybody(scheme, width, places, served, people):
    for place in places:
        page = Room(served).filled(up_to(place)).console(people, width, 800, color_scheme=scheme)
        found = [(fault["id"], fault["nodes"][0]["html"]) for fault in Axe().run(page, options=RULES).response["violations"]]
        assert not found, (place, found)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, place
        if width == 1280 and place != "ended":
            expect(page.locator("#next-stage .go")).to_be_in_viewport()
        page.context.close()


def test_a_facilitator_goes_from_welcome_to_the_end_with_one_key(served, people):
    def fill(session):
        come_in(session)
        for stage, step in (("welcome", 0), ("ideas", 0), ("ideas", 1)):
            opened(session, stage, step)
        write(session)
        board(session)
    page = Room(served, "quick").filled(fill).console(people)
    go = page.locator("#next-stage .go")
    for words in ("Go to Vote", "Close the vote", "Show the whole result", "Go to Result and next move", "End the workshop"):
        expect(go).to_contain_text(words)
        page.wait_for_timeout(750)
        page.keyboard.press("n")
    sheet = page.locator("#ending-sheet")
    expect(sheet).to_be_visible()
    sheet.get_by_role("button", name="End the workshop").click()
    expect(page.locator("#next-stage")).to_contain_text("The workshop has ended")
    expect(page.locator("#at-the-end").get_by_role("link", name="Charter")).to_be_visible()


def test_what_is_written_in_silence_is_not_on_the_console_until_it_is_revealed(served, people):
    page = Room(served).filled(up_to("silent")).console(people)
    expect(page.locator("#tables tbody tr")).to_have_count(2)
    assert not any(text in page.content() for text in WORDS)
    page.get_by_role("button", name="Reveal the ideas").click()
    expect(page.locator("#newest")).to_contain_text(WORDS[-1])


def test_the_clock_is_paused_with_space_and_goes_on_with_it(served, people):
    page = Room(served).filled(up_to("talk")).console(people)
    page.locator(".title").click()
    page.keyboard.press(" ")
    expect(page.get_by_role("button", name="Go on")).to_be_visible()
    page.wait_for_timeout(750)
    page.keyboard.press(" ")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.keyboard.press("t")
    page.locator("#tell-text").fill("Five more minutes")
    page.keyboard.press("Enter")
    expect(page.locator("#console-clock")).to_contain_text("Five more minutes")


def test_the_board_is_sorted_with_the_keyboard_alone(served, people):
    page = Room(served).filled(up_to("board")).console(people)
    tray = page.locator("#board-tray [data-idea]")
    expect(tray).to_have_count(3)
    tray.first.focus()
    page.keyboard.press("x")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("x")
    expect(page.locator("#selected")).to_contain_text("2 selected")
    page.keyboard.press("m")
    page.keyboard.press("b")
    expect(tray).to_have_count(1)
    expect(page.locator("#theme-1 [data-idea]")).to_have_count(5)
    expect(tray.first).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("r")
    page.get_by_role("textbox", name="Name").fill("Go there")
    page.keyboard.press("Enter")
    expect(page.locator("#theme-0 h3")).to_have_text("Go there")
    page.locator("#theme-0 [data-idea]").first.focus()
    page.keyboard.press("g")
    page.keyboard.press("c")
    expect(page.locator("#theme-0")).to_have_count(0)
    expect(page.locator("#theme-2 [data-idea]")).to_have_count(6)


def test_a_theme_is_split_worded_and_closed_by_menu(served, people):
    page = Room(served).filled(up_to("board")).console(people, 768, 1024)
    page.locator("#theme-0 [data-idea]").first.click()
    page.get_by_role("button", name="New theme from these").click()
    page.get_by_role("textbox", name="Name").fill("Clinics")
    page.get_by_role("button", name="Make the theme").click()
    expect(page.locator("#theme-3 [data-idea]")).to_have_count(1)
    expect(page.locator("#theme-0 [data-idea]")).to_have_count(2)
    page.get_by_label("Menu of Clinics").click()
    page.locator("#theme-3").get_by_role("button", name="Wording").click()
    expect(page.get_by_label("One sentence that a group could start on")).to_have_value(WORDS[0])
    page.get_by_role("button", name="Keep this wording").click()
    expect(page.locator("#theme-3 .wording")).to_have_text(WORDS[0])
    page.get_by_label("Menu of Clinics").click()
    page.get_by_role("button", name="Close: ideas go to the tray").click()
    expect(page.locator("#board-tray [data-idea]")).to_have_count(4)


def test_a_suggestion_says_what_it_would_do_and_is_taken_theme_by_theme(served, people):
    def fill(session):
        up_to("plenary")(session)
        opened(session, "themes")
    page = Room(served).filled(fill).console(people)
    line = page.locator(".suggestion")
    expect(line).to_contain_text("Opens", timeout=30_000)
    expect(page.locator(".suggested").first).to_be_visible()
    page.locator(".suggested").first.get_by_role("button", name="Accept").click()
    expect(page.locator("#board-shelves .theme:not(.suggested)")).to_have_count(1)
    page.get_by_role("button", name="Accept all").click()
    expect(line).to_have_count(0)
    expect(page.locator(".suggested")).to_have_count(0)


def test_somebody_without_a_phone_takes_part(served, people):
    def fill(session):
        up_to("board")(session)
        opened(session, "vote")
    room = Room(served).filled(fill)
    page = room.console(people)
    expect(page.locator("#waiting")).to_contain_text("Rosa")
    page.get_by_role("button", name="Enter a ballot").click()
    page.locator("#dots-2").fill("2")
    page.get_by_role("button", name="Send these dots").click()
    expect(page.locator("#waiting")).to_contain_text("done")
    expect(page.locator("#turnout")).to_contain_text("1 of 13")
    page.get_by_role("button", name="Change the dots").click()
    page.get_by_label("Dots each").fill("1")
    page.get_by_label("At most on one").fill("1")
    page.locator("#budget").get_by_role("button", name="Change the dots").click()
    expect(page.locator("#waiting")).to_contain_text("too many dots, enter it again")


def test_a_person_is_added_and_an_idea_written_for_them(served, people):
    page = Room(served).filled(up_to("welcome")).console(people)
    page.keyboard.press("p")
    page.get_by_role("textbox", name="Name").fill("Sami")
    page.get_by_label("Comes from").select_option(index=1)
    page.keyboard.press("Enter")
    expect(page.locator("#people-in")).to_contain_text("Sami")
    page.keyboard.press("Escape")
    for _ in range(3):
        page.wait_for_timeout(750)
        page.keyboard.press("n")
    expect(page.locator("#tables tbody tr")).to_have_count(2)
    page.locator("#waiting li", has_text="Sami").get_by_role("button", name="Write an idea").click()
    page.get_by_label("Their words").fill("A bench at the bus stop")
    page.get_by_role("button", name="Add idea").click()
    expect(page.locator("#tables h2")).to_contain_text("1 idea")


def comes_into_the_file(served, room, page, of, expected):
    """Wait until *of* (the workshop, as the journal has it) is what is *expected*, and until a button takes the next press."""
    for _moment in range(300):
        session = Session(Journal(served.folder / f"{room.code}.db"))
        session.close()
        page.wait_for_timeout(100)
        if of(session.state) == expected:
            break
    assert of(session.state) == expected
    page.wait_for_timeout(750)


def test_support_and_a_better_place_are_said_for_somebody_without_a_phone(served, people):
    room = Room(served).filled(up_to("talk"))
    page = room.console(people)
    rosa = page.locator("#waiting li", has_text="Rosa")
    rosa.get_by_text("Support for them").click()
    idea = rosa.get_by_label("Supports", exact=True).locator("option").first.get_attribute("value")
    for button, given in (("They support it", {idea: ("rosa",)}), ("Take it back", {idea: ()})):
        rosa.get_by_role("button", name=button).click()
        comes_into_the_file(served, room, page, lambda w: w.support, given)
    page.evaluate(COMMAND, ["submit_idea", {"idea": "r1", "text": "A bench at the bus stop", "stage": "ideas", "person": "rosa"}])
    page.evaluate(COMMAND, ["open_stage", {"stage": "themes", "step": 0, "was": page.evaluate("document.body.dataset.standing")}])
    page.evaluate(COMMAND, ["make_theme", {"stage": "themes", "key": "k1", "name": "One door"}])
    rosa.get_by_text("An idea in the wrong place?").click()
    rosa.get_by_label("Rather in").select_option(label="One door")
    rosa.get_by_label("Says of").select_option(label="A bench at the bus stop")
    for button, said in (("Say so for them", {"r1": {"rosa": 0}}), ("Take it back", {})):
        if not said:
            rosa.get_by_label("Says no more of").select_option(label="A bench at the bus stop")
        rosa.get_by_role("button", name=button).click()
        comes_into_the_file(served, room, page, lambda w: w.boards["themes"].flags, said)
    assert not Axe().run(page, options=RULES).response["violations"]


def test_somebody_without_a_phone_is_named_in_the_charter_where_they_say_so(served, people, accessible):
    def fill(session):
        up_to("board")(session)
        opened(session, "charter")
    room = Room(served).filled(fill)
    page = room.console(people)
    button = page.get_by_role("button", name="Name them in the charter")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    comes_into_the_file(served, room, page, lambda w: [w.people[p].name for p in w.printed], ["Rosa"])
    accessible(page)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")


def test_an_idea_is_taken_back_for_somebody_without_a_phone(served, people):
    room = Room(served).filled(up_to("talk"))
    page = room.console(people)
    page.evaluate(COMMAND, ["submit_idea", {"idea": "r1", "text": "A bench at the bus stop", "stage": "ideas", "person": "rosa"}])
    rosa = page.locator("#waiting li", has_text="Rosa")
    rosa.get_by_text("Take an idea back").click()
    rosa.get_by_label("Takes back").select_option(label="A bench at the bus stop")
    rosa.get_by_role("button", name="Take it off the chart").click()
    comes_into_the_file(served, room, page, lambda w: w.ideas["r1"].withdrawn, True)
    assert not Axe().run(page, options=RULES).response["violations"]


def test_an_offer_of_help_is_taken_back_for_somebody_without_a_phone(served, people):
    room = Room(served).filled(up_to("discussed"))
    page = room.console(people)
    rosa = page.locator("#waiting li", has_text="Rosa")
    for button, helping in (("Will help there", ["rosa"]), ("Will not help there", [])):
        rosa.get_by_role("button", name=button).click()
        comes_into_the_file(served, room, page, lambda w: [who for by in w.helpers.values() for who in by if who == "rosa"], helping)


def test_two_facilitators_write_notes_and_both_are_kept(served, people):
    room = Room(served).filled(up_to("talk"))
    maya, bo = room.console(people), room.console(people, name="Bo")
    maya.get_by_label("Notes for the report").fill("Table 3 asked for a glossary.")
    bo.get_by_label("Notes for the report").fill("The heating was off.")
    for page in (maya, bo):
        for words in ("Table 3 asked for a glossary.", "The heating was off."):
            expect(page.locator("[data-note]")).to_contain_text(words)
            expect(page.get_by_label("Notes for the report")).to_have_value(re.compile(re.escape(words)))


def test_words_typed_into_a_sheet_outlive_its_closing_and_a_reload(served, people):
    page = Room(served).filled(up_to("charter")).console(people)
    page.keyboard.press("t")
    page.locator("#tell-text").fill("Five more minutes")
    page.keyboard.press("Escape")
    page.reload()
    expect(page.locator("body")).to_have_attribute("data-live", "yes")
    page.keyboard.press("t")
    expect(page.locator("#tell-text")).to_have_value("Five more minutes")
