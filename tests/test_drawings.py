"""The charts of the documents: what they draw can be counted and measured, and is the same in every kind of file."""
import re
import xml.etree.ElementTree as Tree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.test_documents import whole
from workshop.charter import drawings, files, html, matrix, model
from workshop.charter.blocks import FILLS, Cell, Dots, Figure, Table
from workshop.state import Figures, Spread

SVG = "{http://www.w3.org/2000/svg}"
WEIGHED = [(name, Figures(9, Spread(1, 2, 3), Spread(4, 4, 5))) for name in ("one", "two")]


def discs(drawing: drawings.Drawing) -> int:
    """How many dots *drawing* holds: middles of whole discs, each once."""
    return len({(float(x) + float(r), y) for x, y, r in re.findall(r"M([\d.]+) ([\d.]+)a([\d.]+)", drawing.svg)})


@given(st.integers(0, drawings.MOST_DOTS), st.sampled_from(["solid", "ring"]), st.sampled_from([5, 10, 30]))
def test_as_many_dots_are_drawn_as_were_given(n, fill, across):
    drawing = drawings.dots(n, fill, across=across)
    assert discs(drawing) == n and Tree.fromstring(drawing.svg).tag == f"{SVG}svg"
    assert drawing.high == pytest.approx(drawings.DOT + drawings.LEADING * (max(-(-n // across), 1) - 1), abs=.02)


def test_every_side_has_dots_of_its_own_that_a_grey_print_keeps_apart():
    drawn = {drawings.dots(3, fill).svg for fill in FILLS}
    assert len(drawn) == len(FILLS) and all(drawing.count("color=\"#0f1b33\"") == 1 for drawing in drawn)


def width(drawing: drawings.Drawing) -> float:
    found = re.search(r'<rect [^>]*width="([\d.]+)"', drawing.svg)
    return float(found[1]) if found else 0


@given(st.integers(1, 5000), st.integers(1, 5000))
def test_bars_are_as_long_as_their_numbers(n, most):
    n, most = sorted((n, most))
    assert width(drawings.bar(n, most)) == pytest.approx(max(60 * n / most, .1), abs=.011)
    assert width(drawings.bar(0, most)) == 0


def test_past_sixty_dots_all_that_are_compared_are_bars_on_one_scale():
    many, few = (Dots("Civil service", n, "solid", most=200).drawing for n in (200, 20))
    assert discs(many) == discs(few) == 0 and width(many) == pytest.approx(10 * width(few), abs=.02)


def test_the_field_on_the_cover_starts_a_row_for_each_side():
    drawing = drawings.field([(24, "solid"), (23, "ring")])
    assert discs(drawing) == 47
    rows = {round(float(y), 1) for y in re.findall(r"M[\d.]+ ([\d.]+)a", drawing.svg)}
    assert len(rows) == 4, "two rows of twelve for each side, as in a room of 47"
    assert drawings.field([]).svg.count("<path") == 0


def test_a_stage_is_drawn_where_it_was_open_and_as_long_as_it_was_planned():
    drawing = drawings.spans([(10, 30), (50, 60)], 40, (0, 100), wide=50)
    boxes = [tuple(float(rect.get(key)) for key in ("x", "width")) for rect in Tree.fromstring(drawing.svg).iter(f"{SVG}rect")]
    assert boxes == [(5, 10), (25, 5), (5.15, 19.7)]


def test_the_2x2_says_in_words_what_it_shows_and_draws_each_priority():
    spots = matrix.spots(WEIGHED)
    drawing = drawings.two_by_two(zip("12", spots, strict=True), "One & two: start now")
    root = Tree.fromstring(drawing.svg)
    assert root.get("role") == "img" and root.find(f"{SVG}title").text == "One & two: start now"
    assert [text.text for text in root.iter(f"{SVG}text")] == ["1", "2"]


def charts(w) -> list[drawings.Drawing]:
    """The SVGs of a report, as its model holds them."""
    found = []
    for section in (section for part in model.report(w, "facilitator").parts for section in part.sections):
        for block in section.blocks:
            cells = [cell.drawing for row in block.rows for cell in row if isinstance(cell, Cell)] if isinstance(block, Table) else []
            found += [block.drawing] if isinstance(block, Figure) else cells
    return found


def test_a_page_holds_the_charts_of_the_model_and_no_id_twice():
    w = whole()
    page = files.make(w, "report", "html", asker="facilitator")[0].decode()
    assert charts(w) and all(html._inline(drawing) in page for drawing in charts(w))
    assert " id=" not in page and "<use" not in page
