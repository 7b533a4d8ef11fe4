"""A vote by keyboard alone, on the phone and on the console, and in the colours that somebody's system forces on pages."""
import pytest
from playwright.sync_api import expect

from tests.test_dots_page import change_the_dots, comes_in, room  # noqa: F401  (a fixture)

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TABS = 80
FOCUSED = """() => { const e = document.activeElement, box = e.getBoundingClientRect();
  return {tag: e.tagName, step: e.dataset.step ?? "", option: e.closest("[data-option]")?.dataset.option ?? "", words: e.textContent.trim(),
          seen: box.top >= 0 && box.bottom <= innerHeight + 1 && box.width > 0, outline: getComputedStyle(e).outlineStyle}; }"""
PAINTED = """(selector) => [...document.querySelectorAll(selector)].filter((e) => e.checkVisibility()).map((e) => getComputedStyle(e).fill)"""
TEXT = "() => getComputedStyle(document.body).color"


def tabs_to(page, what) -> dict:
    """Press Tab until *what* holds of the focused element; everything on the way is on screen and has an outline."""
    for _ in range(TABS):
        page.keyboard.press("Tab")
        now = page.evaluate(FOCUSED)
        if now["tag"] not in ("BODY", "IFRAME"):
            assert now["seen"] and now["outline"] != "none", now
        if what(now):
            return now
    raise AssertionError("No key leads there.")


def left(phone) -> str:
    return phone.locator("#left [data-left]:visible").inner_text()


def test_a_whole_ballot_by_keyboard_on_a_phone(room, people):  # noqa: F811
    console, phone = room.console(people), comes_in(people, room)
    expect(phone.locator("#left")).to_have_attribute("aria-live", "polite")
    first = tabs_to(phone, lambda now: now["step"] == "1")
    before = left(phone)
    phone.keyboard.press("Enter")
    phone.keyboard.press("Space")
    assert left(phone) != before
    assert phone.evaluate(FOCUSED)["option"] == first["option"], "a press keeps the focus where it is"
    phone.keyboard.press("Enter")
    expect(phone.locator("#refusal")).to_be_visible()
    change_the_dots(console, 5, 2)
    expect(phone.locator("#paper [data-paper]")).to_have_attribute("data-dots", "5")
    now = phone.evaluate(FOCUSED)
    assert (now["step"], now["option"]) == ("1", first["option"]), "nor does a patch of the paper take it"
    phone.keyboard.press("Shift+Tab")
    assert phone.evaluate(FOCUSED)["step"] == "-1"
    phone.keyboard.press("Space")
    phone.keyboard.press("Enter")
    now = phone.evaluate(FOCUSED)
    assert (now["step"], now["option"]) == ("1", first["option"]), "the last dot is back: its button is gone, the focus is not"
    other = tabs_to(phone, lambda now: now["step"] == "1" and now["option"] != first["option"])
    phone.keyboard.press("Enter")
    tabs_to(phone, lambda now: now["words"] == "Send my dots")
    phone.keyboard.press("Enter")
    expect(phone.locator("#my-ballot [data-same]")).to_be_visible()
    assert phone.evaluate("[...document.querySelectorAll('#my-ballot [data-saved]')].map((e) => [e.dataset.saved, e.value])") == [[other["option"], "1"]]
    assert phone.evaluate(FOCUSED)["words"] == "Send my dots"


def test_a_vote_is_closed_and_shown_by_keyboard(room, people):  # noqa: F811
    console = room.console(people)
    tabs_to(console, lambda now: now["words"].startswith("Close the vote"))
    console.keyboard.press("Enter")
    expect(console.locator("#counted-up")).to_contain_text("It is here alone so far.")
    assert console.evaluate(FOCUSED)["tag"] != "BODY", "the focus is not lost with the button"
    console.wait_for_timeout(750)
    tabs_to(console, lambda now: now["words"].startswith("Show the whole result"))
    console.keyboard.press("Enter")
    expect(console.locator("#counted-up")).to_contain_text("It is on the screen.")


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (320, "dark")])
def test_dots_bars_and_focus_are_seen_in_forced_colours(room, people, width, scheme):  # noqa: F811
    console, phone, screen = room.console(people), comes_in(people, room, width), people(f"/{room.code}/screen", 1366, 768)
    for page in (console, phone, screen):
        page.emulate_media(forced_colors="active", color_scheme=scheme, reduced_motion="reduce")
    tabs_to(phone, lambda now: now["step"] == "1")
    phone.keyboard.press("Enter")
    painted = phone.evaluate(PAINTED, ".placed-dots .dots, #left .dots")
    assert len(painted) == 2 and set(painted) == {phone.evaluate(TEXT)}, "in the colour of the text, whatever that is"
    assert phone.evaluate("document.documentElement.scrollWidth") <= width
    tabs_to(phone, lambda now: now["words"] == "Send my dots")
    phone.keyboard.press("Enter")
    expect(console.locator("#turnout")).to_contain_text("1 of ")
    console.get_by_role("button", name="Close the vote").click()
    console.wait_for_timeout(750)
    console.get_by_role("button", name="Show everything at once").click()
    expect(screen.locator("#screen-result .side-bar").first).to_be_visible()
    bars = screen.evaluate("[...document.querySelectorAll('#screen-result .side-bar')].map((bar) => getComputedStyle(bar).color)")
    assert set(bars) == {screen.evaluate(TEXT)}, "a bar is filled with its colour, or with a pattern of it"
    painted = console.evaluate(PAINTED, "#counted-up .dots, #counted-up .bar")
    assert painted and set(painted) <= {console.evaluate(TEXT), "none"}, "a ring is a line"
