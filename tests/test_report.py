"""What the report tells of how the workshop went: the day, the sides, what people changed, who is named."""
import re
from dataclasses import replace

from tests.test_documents import PLAN, SIDES, THEMES, Play, said
from workshop.charter import model
from workshop.charter.blocks import Cell, Table
from workshop.charter.seen import seen
from workshop.events.discuss import ActionSet
from workshop.events.people import NamePrinted
from workshop.events.themes import IdeasMoved, ThemeMade, ThemeRenamed
from workshop.state import Action, Workshop


def section(w: Workshop, title: str, name: str = "report", asker: str = "facilitator"):
    document = getattr(model, name)(w, asker)
    return next(s for part in document.parts for s in part.sections if s.title == title)


def table(w: Workshop, title: str, head: str) -> Table:
    """The table of section *title* whose head has the column *head*."""
    return next(block for block in section(w, title).blocks if isinstance(block, Table) and head in block.head)


def test_how_many_people_is_a_number_also_where_it_stands_as_from_and_to():
    w = Play().writes().sorts().votes().counts().w
    columns = dict(table(w, "Every vote", "People").columns)
    assert columns["People"] and columns["Dots"] and not columns["Option"] and not columns["Rank"]


def length(cell: Cell) -> float:
    found = re.search(r'<rect [^>]*width="([\d.]+)"', cell.drawing.svg)
    return float(found[1]) if found else 0


def test_the_day_is_drawn_as_it_went_beside_what_was_planned():
    play = Play().writes()
    play.at += 600_000
    play.opens("themes").opens("ideas", 1)
    rows = {row[0]: row for row in table(play.w, "How it went", "Open").rows}
    silent, again = rows["Ideas: In silence"], rows["Ideas: Talk"]
    assert silent[2:] == (5, 15), "twenty ideas, a quarter of a minute each, and ten minutes more"
    assert re.fullmatch(r"\d\d:\d\d–\d\d:\d\d", silent[1].text) and length(silent[1]) > 10 * length(again[1])


def test_each_side_has_bars_of_its_own_on_one_scale():
    w = Play().writes().sorts().votes().counts().w
    shown = table(w, "Every vote", SIDES[0])
    cells = [cell for row in shown.rows for cell in row if isinstance(cell, Cell)]
    dots = {int(cell.text.split()[0]): length(cell) for cell in cells}
    longest = max(dots)
    assert len(cells) == 2 * len(THEMES) and {n: round(long, 1) for n, long in dots.items()} == {n: round(dots[longest] * n / longest, 1) for n in dots}


def test_many_sides_stand_three_to_a_table_in_the_order_of_the_result():
    sides = ("Health", "Schools", "Police", "Farmers")
    w = Play(replace(PLAN, constituencies=sides)).writes(people=48)
    for n, person in enumerate(list(w.w.people)):
        w.w = replace(w.w, people={**w.w.people, person: replace(w.w.people[person], constituency=sides[n % 4])})
    tables = [block for block in section(w.sorts().votes().counts().w, "Every vote").blocks if isinstance(block, Table)]
    assert [len(t.head) for t in tables] == [4, 4, 2] and tables[1].head[1:] + tables[2].head[1:] == sides
    assert [row[1] for row in tables[0].rows] == [row[0] for row in tables[1].rows] == [row[0] for row in tables[2].rows]


def test_a_side_that_is_too_small_has_no_bars_and_is_named():
    w = Play().writes(people=8).sorts().votes().counts().w
    tables = [block for block in section(w, "Every vote").blocks if isinstance(block, Table)]
    assert [side for t in tables for side in t.head if side in SIDES] == []
    assert "Civil service and Civil society: not shown alone" in said(w, "report", "pdf")


def test_the_method_says_which_themes_people_changed():
    play = Play().writes().sorts()
    play.does(IdeasMoved("themes", ("idea-4", "idea-6"), 0), ThemeRenamed("themes", 1, "One door"), ThemeMade("themes", "t9", 9, "Nobody waits", ("idea-9",)))
    rows = {row[0]: row[2:] for row in table(play.w, "How it went", "Placed by people").rows}
    assert rows["A: Go to where people are"] == (2, "suggested") and rows["B: One door"] == (0, "suggested, named by people")
    assert rows["K: Nobody waits"] == (1, "made by people")


def test_who_agreed_is_named_in_both_documents_and_nobody_else():
    w = Play().writes().does(NamePrinted("p1"), NamePrinted("p4"), NamePrinted("p5"), NamePrinted("p5", on=False)).w
    for name in ("charter", "report"):
        for ext in ("pdf", "html", "md"):
            text = said(w, name, ext, "participant")
            assert set(re.findall(r"Secret Name \d+", text)) == {"Secret Name 1", "Secret Name 4"} and "10 more people took part." in text
    assert section(w, "Participants who agreed to be named").blocks[0].rows == (("Secret Name 1", SIDES[1]), ("Secret Name 4", SIDES[0]))
    assert {p.name for p in seen(w, "organiser").w.people.values()} == {"", "Secret Name 1", "Secret Name 4"}


def test_the_report_says_from_when_to_when_people_met():
    w = Play().writes().sorts().votes().counts().closes().w
    facts = dict(section(w, "The workshop").blocks[0].pairs)
    assert re.fullmatch(r"(\d\d:\d\d)–(\d\d:\d\d)", facts["Time"]) and facts["Time"][:5] in table(w, "How it went", "Open").rows[0][1].text
    assert "Time" not in dict(section(Play().w, "The workshop").blocks[0].pairs)


def test_the_foot_of_a_page_names_a_long_title_in_short():
    w = Play(replace(PLAN, community="A community whose name is longer than any designer of covers would ever wish for")).writes().w
    document = model.report(w, "facilitator")
    assert document.foot.startswith("A community whose name is longer than any…, Prioritised outcomes report, ") and document.title == w.plan.community


def test_actions_stand_in_the_order_of_what_was_decided_and_say_who_helps_where_anybody_does():
    play = Play().writes().sorts().votes().counts()
    first, last = play.w.last_vote.result.priorities[0], play.w.last_vote.result.priorities[-1]
    play.does(ActionSet(Action("a1", "discuss", last, "Find a key", "Bo")), ActionSet(Action("a2", "discuss", first, "Ask the office", "Ana", support="Both sides")),
              ActionSet(Action("a3", "discuss", "", "Write to all", "Chidi")))
    tables = [b for b in section(play.w, "Actions").blocks if isinstance(b, Table)]
    assert [[row[0] for row in t.rows] for t in tables] == [["Ask the office"], ["Find a key"], ["Write to all"]]
    assert [len(t.head) for t in tables] == [4, 3, 3]
    assert [row[0] for row in next(b for b in model.report(play.w, "organiser").front if isinstance(b, Table)).rows] == ["Ask the office", "Find a key", "Write to all"]
