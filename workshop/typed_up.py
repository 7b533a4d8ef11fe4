"""A workshop made of a list of ideas that hung on paper: its journal is like any other's, so all else works on it."""
import logging
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from math import ceil

import gevent

from workshop import plans
from workshop.agenda import Plan
from workshop.ideas_file import EMPTY, Ideas, Line
from workshop.rules import Refused
from workshop.rules.command import cleaned
from workshop.rules.stages import standing
from workshop.session import NotSaved, Session
from workshop.words import N_, InWords, _, counted

log = logging.getLogger(__name__)
BY = "organiser"
PATIENCE, LOOK = 300, .5   # seconds: how long themes may take, and how often to look
DOTS_MOST, PEOPLE_MOST = 20, 2000
STAGES = ({"id": "ideas", "kind": "brainstorm", "minutes": 1, "groups": True}, {"id": "themes", "kind": "themes", "minutes": 15},
          {"id": "vote", "kind": "vote", "minutes": 10}, {"id": "discuss", "kind": "discuss", "minutes": 30},
          {"id": "charter", "kind": "charter", "minutes": 15}, {"id": "close", "kind": "close", "minutes": 5})
NO_IDEAS = N_("There is no idea in this list.")
HOW_MANY = N_("This list has dots. Say how many people placed them.")
TOO_FEW = N_("%(people)d people cannot have placed %(n)d dots: that is more than %(most)d each. Count both again.")


class NotTyped(InWords):
    """Why no workshop can be made of a list."""


@dataclass(frozen=True)
class Paper:
    """A list, and what its organiser says of it.  *people*: how many placed the dots, where it has any."""

    ideas: Ideas
    file: str
    title: str
    question: str
    community: str = ""
    language: str = "en"
    people: int = 0
    dots: Counter = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ideas", _fitting(self.ideas))
        object.__setattr__(self, "dots", Counter({line.row: line.dots for line in self.ideas.lines if line.dots}))


def _fitting(ideas: Ideas) -> Ideas:
    """*ideas* without letters that only disturb, as a workshop takes words in; where none are left the row is left out."""
    lines = [replace(line, text=cleaned(line.text), group=cleaned(line.group), side=cleaned(line.side)) for line in ideas.lines]
    empty = [(line.row, _(EMPTY)) for line in lines if not line.text]
    return Ideas(ideas.first, [line for line in lines if line.text], sorted([*ideas.rejected, *empty]))


def plan_of(paper: Paper) -> Plan:
    """The plan of a workshop that begins with what is on *paper*; with dots its vote is on single ideas.

    Raises ``NotTyped`` where there is no idea, or dots that so many people cannot have placed, and ``PlanWrong``.
    """
    table = {"title": paper.title, "question": paper.question, "community": paper.community, "language": paper.language, "group_word": _("chart"),
             "about": _("Typed up from flip charts."), "stages": [dict(stage) for stage in STAGES]}
    if not paper.ideas.lines:
        raise NotTyped(NO_IDEAS)
    if paper.dots:
        each = _dots_each(paper)
        ideas, themes, vote, *rest = table["stages"]
        table |= {"dots": each, "cap": each, "stages": [ideas, vote | {"options": "ideas"}, themes, *(stage | _from_the_vote(stage) for stage in rest)]}
    return plans.make(table)


def fill(session: Session, paper: Paper) -> None:
    """Put *paper* into the journal of a workshop made from ``plan_of``: charts, ideas, dots, an open board, and a note of it all."""
    names = [name for name in dict.fromkeys(map(_chart, paper.ideas.lines)) if name]
    session.do("open_charts", BY, "organiser", stage="ideas", charts=tuple(names))
    charts = dict(zip(names, (group.id for group in session.state.groups["ideas"]))) | {"": ""}
    typed = [gevent.spawn(session.do, "type_idea", BY, "organiser", idea=f"row-{line.row}", text=line.text, stage="ideas", group=charts[_chart(line)])
             for line in paper.ideas.lines]
    gevent.joinall(typed, raise_error=True)
    if paper.dots:
        _count(session, paper)
    _lead(session, "write_note", text=_note(paper))
    _lead(session, "open_stage", stage="themes", was=standing(session.state))


def _count(session: Session, paper: Paper) -> None:
    """Enter the dots as a chart on paper has them, and close that vote."""
    dots = {f"idea:row-{row}": n for row, n in paper.dots.items()}
    _lead(session, "open_stage", stage="vote", was=standing(session.state))
    _lead(session, "enter_sheet", stage="vote", side="", people=paper.people, number=1, dots=dots)
    _lead(session, "close_vote", stage="vote")
    _lead(session, "show_result", stage="vote")


def _lead(session: Session, command: str, **args) -> None:
    session.do(command, BY, "facilitator", **args)


def _chart(line: Line) -> str:
    """The name of the chart that a line stood on: its group, its side, or both."""
    return ", ".join(filter(None, (line.group, line.side)))


def _dots_each(paper: Paper) -> int:
    """The fewest dots that each person can have had; one person may have put all of theirs on one idea."""
    if not 1 <= paper.people <= PEOPLE_MOST:
        raise NotTyped(HOW_MANY)
    placed, most = paper.dots.total(), max(paper.dots.values())
    each = max(ceil(placed / paper.people), ceil(most / paper.people))
    if each > DOTS_MOST:
        raise NotTyped(TOO_FEW, people=paper.people, n=placed, most=DOTS_MOST)
    return each


def _from_the_vote(stage: dict) -> dict:
    return {"from": "vote"} if stage["kind"] == "discuss" else {}


def _note(paper: Paper) -> str:
    """What the report says of where all this comes from, with every row that was left out as far as notes have room."""
    taken = counted("1 idea was typed up from paper, from the file %(file)s.", "%(n)d ideas were typed up from paper, from the file %(file)s.",
                    len(paper.ideas.lines), file=paper.file)
    left = [_("Row %(row)d was left out: %(why)s", row=row + paper.ideas.first, why=why) for row, why in paper.ideas.rejected]
    return "\n".join([taken, *left])[:3900]


def take_themes(session: Session) -> None:
    """Wait until themes are suggested, then take them in, as whoever typed the list up asked; people correct them on the board."""
    until = time.monotonic() + PATIENCE
    while not (suggested := session.state.boards["themes"].suggestion) and time.monotonic() < until:
        gevent.sleep(LOOK)
    if suggested:
        try:
            _lead(session, "accept_suggestion", stage="themes")
        except (NotSaved, Refused) as why:   # somebody was quicker, or the disk is full; the console offers it still
            log.warning("%s: the themes were not taken in: %s", session.state.code, why)
