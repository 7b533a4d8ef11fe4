"""One whole workshop in real browsers: console and screen on one laptop, six phones, from the code to the PDF."""
import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

pytestmark = pytest.mark.browser
NAMES = [("Amina", "Civil service"), ("Bo", "Civil society"), ("Chen", "Civil service"), ("Dora", "Civil society"), ("Emil", "Civil service"),
         ("Fay", "Civil society")]
IDEAS = ["A single desk where no one is sent away", "One desk for every form", "Voice notes instead of leaflets", "Letters a child can read",
         "Mobile clinics on market days", "Take the benefits office to the village"]


class Room:
    """The people of this story and their pages."""

    def __init__(self, people, served) -> None:
        self.made = served.make(groups="2", people="6")
        code = self.made["code"]
        self.console = people(f"/{code}/console#{self.made['token']}", 1280, 800, accept_downloads=True)
        self.console.get_by_label("Your name").fill("Maya")
        self.console.get_by_role("button", name="Open the console").click()
        self.screen = people(f"/{code}/screen", 1920, 1080, beside=self.console)
        self.phones = [self.joins(people, code, *who) for who in NAMES]
        for page in self.all:
            expect(page.locator("body[data-live=yes]")).to_be_attached()

    @property
    def all(self):
        return [self.console, self.screen, *self.phones]

    def joins(self, people, code: str, name: str, side: str):
        phone = people("/", 360, 740, has_touch=True)
        phone.get_by_label("What is the code on the wall?").fill(f"{code[:3]} {code[3:]}".upper())
        phone.get_by_role("button", name="Come in").click()
        phone.get_by_label("Your name").fill(name)
        phone.get_by_label(side).check()
        phone.get_by_role("button", name="Join", exact=True).click()
        return phone

    def goes_on(self, to: str) -> None:
        """Next, and every page follows by itself."""
        self.console.locator(".next-stage [data-key=n]").click()
        for page in [self.console, *self.phones]:
            expect(page.locator(f"body[data-standing='{to}']")).to_be_attached()
        self.console.wait_for_timeout(750)


@pytest.mark.slow
def test_a_whole_workshop_from_the_code_to_the_charter(people, served, accessible):
    room = Room(people, served)
    console, screen, phones = room.console, room.screen, room.phones
    first = phones[0]
    spoken = f"{room.made['code'][:3]} {room.made['code'][3:]}".upper()
    expect(screen.locator("main").get_by_text(spoken)).to_be_visible()
    accessible(*room.all[:3])

    room.goes_on("welcome.0")
    first.get_by_role("button", name=re.compile("hello|tap", re.I)).click()
    room.goes_on("welcome.1")
    accessible(first)
    room.goes_on("tables.0")
    expect(first.get_by_text("Your table", exact=True)).to_be_visible()
    accessible(first, screen)

    room.goes_on("ideas.0")
    for phone, idea in zip(phones, IDEAS):
        phone.get_by_label("Your idea", exact=True).fill(idea)
        phone.get_by_role("button", name="Add idea").click()
        expect(phone.locator("#my-ideas").get_by_text(idea)).to_be_visible()
    expect(screen.locator("main").get_by_text("6", exact=True).first).to_be_visible()
    for page in [console, screen, *phones]:
        others = [idea for phone, idea in zip(phones, IDEAS) if phone is not page]
        assert not any(idea in page.content() for idea in others), "words written in silence are on nobody else's page"
    accessible(*room.all[:3])

    first.get_by_label("Your idea", exact=True).fill("Half a sentence, and then")
    room.goes_on("ideas.1")
    expect(first.get_by_label("Your idea", exact=True)).to_have_value("Half a sentence, and then")
    expect(screen.get_by_text(IDEAS[5]).first).to_be_visible()
    first.reload()
    expect(first.get_by_label("Your idea", exact=True)).to_have_value("Half a sentence, and then")
    first.get_by_role("button", name="Add idea").click()
    expect(first.locator("#my-ideas").get_by_text("Half a sentence, and then")).to_be_visible()

    people.cut = True
    served.kill()
    first.get_by_label("Your idea", exact=True).fill("Written while the power was out")
    first.get_by_role("button", name="Add idea").click()
    expect(first.get_by_text("waiting for the line").first).to_be_visible()
    served.start()
    expect(first.locator("#my-ideas").get_by_text("Written while the power was out")).to_be_visible(timeout=15000)
    for page in room.all:
        expect(page.locator("body[data-live=yes]")).to_be_attached(timeout=15000)

    room.goes_on("ideas.2")
    first.locator("#starring").get_by_role("button").first.click()
    expect(first.locator("#starring").get_by_role("button", pressed=True)).to_have_count(1)
    accessible(*room.all[:3])
    room.goes_on("plenary.0")
    accessible(*room.all[:3])

    room.goes_on("themes.0")
    accept = console.get_by_role("button", name=re.compile("Accept all"))
    expect(accept).to_be_visible(timeout=30000)
    assert "theme-" not in screen.locator("main").inner_html(), "a suggestion is the facilitators' alone"
    accessible(console)
    accept.click()
    expect(accept).to_be_hidden()
    console.wait_for_timeout(750)
    themes = console.locator("#board-shelves section")
    while themes.count() < 3:
        make_theme(console, themes)
    room.goes_on("themes.1")
    accessible(*room.all[:3])

    room.goes_on("vote.0")
    for n, phone in enumerate(phones):
        plus = phone.locator("#paper [data-step='1']")
        expect(plus.first).to_be_visible()
        phone.locator("#paper [data-step='1']").nth(n % 3).press("Enter")
        phone.locator("#paper [data-step='1']").nth(0).click()
        phone.get_by_role("button", name="Send my dots").click()
    expect(console.get_by_text(re.compile("6 of 6")).first).to_be_visible()
    for page in room.all:
        for result in page.locator("#phone-result, #counted-up, #screen-result").all():
            expect(result).to_be_empty()
    accessible(*room.all[:3])
    console.get_by_role("button", name=re.compile("Close the vote")).click()
    show = console.get_by_role("button", name="Show everything at once")
    expect(show).to_be_visible()
    console.wait_for_timeout(750)
    show.click()
    expect(screen.locator("main ol > li").first).to_be_visible()
    accessible(*room.all[:3])
    console.wait_for_timeout(750)
    room.goes_on("vote.1")

    room.goes_on("discuss.0")
    first.get_by_role("button", name=re.compile(".")).and_(first.locator("#my-seat button")).first.click()
    first.get_by_label("What you want to say").fill("We have a room in the library")
    first.get_by_role("button", name="Add point").click()
    expect(first.get_by_text("We have a room in the library").first).to_be_visible()
    first.get_by_role("button", name="Add an action").click()
    first.get_by_label("What will be done").fill("Ask the library for the room")
    first.get_by_label("Who owns it").fill("Amina")
    first.get_by_label("Until when").fill("1 March")
    first.get_by_label("How will we know?").fill("The room is ours each Monday")
    first.get_by_role("button", name="Save the action").click()
    expect(first.get_by_text("Ask the library for the room").first).to_be_visible()
    expect(first.get_by_text("How we will know: The room is ours each Monday")).to_be_visible()
    first.locator("#my-help button").first.click()
    expect(first.locator("#my-help button[aria-pressed=true]").first).to_be_visible()
    accessible(*room.all[:3])
    room.goes_on("discuss.1")

    room.goes_on("charter.0")
    console.get_by_role("button", name="Take them all").click()
    console.get_by_role("textbox", name="Words of: Purpose").fill("So that nobody is out of reach of a service.")
    expect(first.get_by_text("So that nobody is out of reach of a service.").first).to_be_visible()
    for phone, stand in zip(phones, ["I agree"] * 4 + ["I can live with it", "I object, and say why"]):
        phone.get_by_label(stand).check()
        if "object" in stand:
            phone.locator("#stand").get_by_label(re.compile("^Why")).fill("Six months is too long without a check.")
        phone.get_by_role("button", name="Send my answer").click()
    expect(screen.get_by_text("Six months is too long without a check.").first).to_be_visible()
    accessible(*room.all[:3])
    console.locator("#adoption-now").get_by_role("button", name="Adopt the charter").click()
    console.locator("#adopting-sheet").get_by_role("button", name="Adopt the charter").click()
    expect(console.get_by_text("Adopted.").first).to_be_visible()

    room.goes_on("close.0")
    first.get_by_label(re.compile("One word")).fill("Hopeful")
    first.get_by_role("button", name="Send my word").click()
    first.get_by_role("button", name="5", exact=True).click()
    expect(screen.get_by_text("Hopeful").first).to_be_visible()
    accessible(*room.all[:3])
    console.locator(".next-stage [data-key=n]").click()
    console.locator("#ending-sheet").get_by_role("button", name="End the workshop").click()
    expect(first.get_by_role("link", name=re.compile("charter", re.I)).first).to_be_visible()
    accessible(*room.all[:3])

    text = downloaded(console, "Charter, PDF")
    for words in ("So that nobody is out of reach of a service", "Ask the library for the room", "Six months is too long"):
        assert words in text, words
    report = downloaded(console, "Report, PDF")
    for idea in [*IDEAS, "Half a sentence, and then", "Written while the power was out"]:
        assert idea in report, idea


def make_theme(console, themes) -> None:
    """Split a theme by selecting an idea, where the suggestion found fewer than three."""
    before = themes.count()
    console.locator("#board [data-idea]").first.click()
    console.get_by_role("button", name="New theme from these").click()
    console.locator("#new-theme input[name=name]").fill(f"By hand {before}")
    console.get_by_role("button", name="Make the theme").click()
    expect(themes).to_have_count(before + 1)
    console.wait_for_timeout(750)


def downloaded(console, name: str) -> str:
    """The text of a PDF that a click on *name* brings, with white space folded."""
    files = console.locator("#files")
    if not files.evaluate("(details) => details.open"):
        files.locator("summary").click()
    got = []
    console.on("download", lambda download: got.append(download))
    console.context.on("page", lambda page: page.on("download", lambda download: got.append(download)))   # waited for in another tab
    files.get_by_role("link", name=name).click()
    while not got:
        console.wait_for_timeout(100)
    pages = PdfReader(io.BytesIO(got[0].path().read_bytes())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())
