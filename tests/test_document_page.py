"""Charter and report as pages that stand alone, in a real browser: on a small phone and a laptop, read from both sides."""
import io
import re

import pypdf
import pytest

from tests.test_documents import MARK, whole
from tests.test_pdf import ARABIC, amended, from_right, typical, weighed
from workshop.charter import brand, files

PRINTED, DOTS = (178, 265), 96 / 25.4    # mm between the margins of a sheet, and how many dots a mm is
WORKSHOPS = {"ltr": lambda: weighed(whole()), "rtl": from_right, "many": typical, "changed": lambda: amended(amended(from_right(), *ARABIC[:2]), *ARABIC[1:3])}


@pytest.fixture
def opened(browser, tmp_path):
    """``opened(name, workshop, width)``: the document *name* as somebody opens it from their disk."""
    contexts = []

    def come(name: str, workshop: str, width: int):
        worn = brand.checked("#1d4f91", b"")
        path = tmp_path / f"{name}.html"
        path.write_bytes(files.make(WORKSHOPS[workshop](), name, "html", asker="participant", mark=MARK, brand=worn)[0])
        contexts.append(browser.new_context(bypass_csp=True, viewport={"width": width, "height": 740}))   # for the checker's script
        page = contexts[-1].new_page()
        page.goto(path.as_uri())
        return page
    yield come
    for context in contexts:
        context.close()


@pytest.mark.browser
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("name", ["charter", "report"])
def test_a_document_opens_on_any_width_and_is_accessible(opened, accessible, name, direction):
    for width in (320, 1366):
        page = opened(name, direction, width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("document.documentElement.dir") == direction
        accessible(page)


@pytest.mark.browser
def test_a_page_that_is_read_from_the_right_turns_dots_and_bars_around_and_leaves_the_2x2(opened):
    page = opened("report", "rtl", 1366)
    turned = page.evaluate("[...document.querySelectorAll('svg.mirrors')].map(svg => getComputedStyle(svg).transform)")
    assert turned and set(turned) == {"matrix(-1, 0, 0, 1, 0, 0)"}
    assert page.evaluate("getComputedStyle(document.querySelector('figure svg')).transform") == "none"
    rating = page.locator(".bars.narrow tbody tr").first
    assert rating.locator("th").bounding_box()["width"] < 60, "the bar begins beside its number"
    bar, count = (page.locator(f".bars tbody {cell}").first.bounding_box() for cell in ("svg.mirrors", ".count"))
    assert count["x"] < bar["x"], "the number ends the row at the left"


@pytest.mark.browser
@pytest.mark.parametrize("workshop", ["ltr", "rtl", "many"])
def test_the_decisions_are_printed_on_one_page(opened, workshop):
    page = opened("report", workshop, 1366)
    sheets = [sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages]
    page.emulate_media(media="print")
    page.set_viewport_size({"width": round(PRINTED[0] * DOTS), "height": 740})
    assert page.locator(".first").bounding_box()["height"] < (PRINTED[1] - 12) * DOTS, "and there is the binding above it"
    if workshop != "rtl":   # joined letters are not read back as they were written
        assert "In full" not in sheets[0] and "In full" in sheets[1].lstrip()[:20]


@pytest.mark.browser
def test_a_line_that_was_changed_runs_the_way_of_its_own_words(opened):
    """Not the way of the word that says what was done to it, which may be in another language."""
    page = opened("charter", "changed", 1366)
    ways = page.evaluate("[...document.querySelectorAll('p:has(> del), p:has(> ins)')].map(p => getComputedStyle(p).direction)")
    assert ways and set(ways) == {"rtl"}


@pytest.mark.browser
def test_what_stands_beside_runs_its_own_way_on_a_page_from_the_right(opened):
    page = opened("report", "rtl", 1366)
    beside = page.locator("h4 small > span").first
    assert re.fullmatch(r"\d+ نقطة، \d+ أفكار", beside.inner_text()) and beside.evaluate("e => getComputedStyle(e).direction") == "rtl"
    small = page.locator("h4 small").first.bounding_box()
    assert small["x"] < page.locator("h4 > span").first.bounding_box()["x"], "and it ends the line at the left"
