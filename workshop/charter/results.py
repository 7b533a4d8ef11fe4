"""Every vote whose result is known, in a report: each option with its dots, over all and for each side that may be shown."""
from workshop.charter import drawings, rounds
from workshop.charter.backing import not_alone, number, turnout
from workshop.charter.blocks import Block, Cell, Heading, Table, Words
from workshop.charter.figures import both_votes, closed_votes, how_sure, labelled, option_mark, option_name, stage_title
from workshop.charter.pieces import note
from workshop.state import Result, Row, Vote, Workshop
from workshop.words import _, counted, listed

BESIDE = 3                          # sides in one table
LONG = {1: 40, 2: 24, 3: 15}        # of the longest bar, by how many sides stand beside each other


def votes(w: Workshop) -> list[Block]:
    """Every vote whose result is known, with every option."""
    return [block for vote in closed_votes(w) for block in _vote(w, vote)]


def _vote(w: Workshop, vote: Vote) -> list[Block]:
    result, sides = vote.result, [s for s in w.plan.constituencies if s in vote.result.sides]
    voted = listed([f"{side} {result.sides[side]}" for side in sides])
    said = turnout(result) + (f" {voted}." if voted else "")
    said += " " + _over(result.over) if result.over else ""
    said += " " + _("Of each side: dots, and from how many people.") if sides else ""
    return [Heading(stage_title(w, vote.stage)), Words(said), *note(both_votes(w, vote)), *_ranking(w, vote, sides), *_beside(w, vote),
            *note(how_sure(w, vote)), *note(not_alone(result))]


def _beside(w: Workshop, vote: Vote) -> list[Block]:
    """Both rounds in one table, under the second."""
    rows = tuple((option_name(w, vote.stage, both.option), *((str(both.then.rank), both.then.dots) if both.then else ("", "")),
                  str(both.now.rank), both.now.dots, rounds.way(both)) for both in rounds.compared(w, vote))
    head = (_("Option"), _("Place in the first"), _("Dots"), _("Place in the second"), _("Dots"), _("Change"))
    return [Table(_("Both votes"), head, rows, counts=(2, 4))] if rows else []


def _ranking(w: Workshop, vote: Vote, sides: list[str]) -> list[Table]:
    """Every option of *vote*, and its dots from each side as bars on one scale: beside it for few sides, in tables of their own for more."""
    names = [_named(w, vote, row) for row in vote.result.rows]
    beside, more = (sides, []) if len(sides) <= BESIDE else ([], [sides[n:n + BESIDE] for n in range(0, len(sides), BESIDE)])
    on_paper = (_("On paper"),) if vote.result.paper else ()
    rows = tuple((str(row.rank), name, row.dots, *((_on_paper(vote.result, row),) if on_paper else ()), number(row.people_in_all), *given)
                 for name, row, given in zip(names, vote.result.rows, _given(vote.result, beside), strict=True))
    whole = Table("", (_("Rank"), _("Option"), _("Dots"), *on_paper, _("People"), *beside), rows, wide=(1,), counts=tuple(range(2, 4 + len(on_paper))))
    return [whole, *(_side_by_side(names, vote.result, some) for some in more)]


def _side_by_side(names: list[str], result: Result, sides: list[str]) -> Table:
    return Table("", (_("Option"), *sides), tuple((name, *given) for name, given in zip(names, _given(result, sides), strict=True)))


def _named(w: Workshop, vote: Vote, row: Row) -> str:
    found = option_mark(w, vote.stage, row.option)
    return labelled(found.letter if found else "", option_name(w, vote.stage, row.option))


def _given(result: Result, sides: list[str]) -> list[tuple[Cell, ...]]:
    """For each option what each of *sides* gave it."""
    most, wide = max((dots for row in result.rows for dots, _people in row.sides.values()), default=0), LONG.get(len(sides), 0)
    return [tuple(Cell(_("%(dots)d from %(people)s", dots=row.sides[side][0], people=number(row.people_of(side))),
                       drawings.bar(row.sides[side][0], most, wide)) for side in sides) for row in result.rows]


def _on_paper(result: Result, row: Row) -> str:
    n = result.on_paper(row)
    return _("not told") if n is None else str(n)


def _over(n: int) -> str:
    return counted("1 ballot had more dots than there were at the close, and did not count.",
                   "%(n)d ballots had more dots than there were at the close, and did not count.", n)
