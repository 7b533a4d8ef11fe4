"""Dots, and what they came to."""
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from workshop.state.board import Edit

LEAST_SHOWN = 5


class Placed:
    """A ballot or a sheet.  *dots*: option -> how many, as they count now.

    *cast*: the dots as they were placed, where themes were merged or split since and they count otherwise; *knew*: the
    splits (steps of the board) that had been made by then.
    """

    dots: Mapping[str, int]
    cast: Mapping[str, int] | None
    knew: tuple[int, ...]

    @property
    def placed(self) -> Mapping[str, int]:
        """The dots as they were placed."""
        return self.dots if self.cast is None else self.cast


@dataclass(frozen=True)
class Ballot(Placed):
    """One person's dots.  *number* is counted by their page; *proxy*: entered for them by a facilitator.

    *budget*: how many dots each person had when it was cast, and how many of them could go on one option.
    """

    dots: Mapping[str, int]
    number: int
    proxy: bool = False
    budget: tuple[int, int] = (0, 0)
    cast: Mapping[str, int] | None = None
    knew: tuple[int, ...] = ()


@dataclass(frozen=True)
class Budget:
    """What the facilitators gave each person for a vote, before it opened or since; *number*: how often they set it."""

    dots: int = 0
    cap: int = 0
    number: int = 0


@dataclass(frozen=True)
class Sheet(Placed):
    """The dots that *people* of one side placed on a paper chart, counted by a facilitator.  *number* is counted by the page."""

    dots: Mapping[str, int]
    people: int
    number: int
    cast: Mapping[str, int] | None = None
    knew: tuple[int, ...] = ()


@dataclass(frozen=True)
class OnPaper:
    """The dots of one option on one sheet, and what is known of how many people placed them."""

    dots: int
    least: int
    most: int


@dataclass(frozen=True)
class Count:
    """A number of people as it may be told: from *least* to *most*, the same where it may be known."""

    least: int
    most: int

    def __str__(self) -> str:
        return str(self.most) if self.least == self.most else f"{self.least} to {self.most}"


def blurred(people: int) -> Count:
    """*people* as they are told of a side: 1 and 2 as 1 to 2."""
    return Count(1, 2) if people in (1, 2) else Count(people, people)


@dataclass(frozen=True)
class Row:
    """One option's result.  *rank* counts from 1 and is shared by ties.  *sides*: constituency -> (dots, people).

    *dots* holds those on *paper* (constituency or "" -> what is known of them); *people* are those of ballots alone.
    *people*, *sides* and *paper* are exact and stay in the journal; pages and files tell ``people_of``,
    ``people_in_all`` and ``Result.on_paper``.  *told*: how many people the dots alone allow, where more would tell too
    much.  *one*: without the dots of a single person it would be no priority, as far as what is told shows it.
    *between*: side, or "" for all -> how many people, where the option held other dots when its result was told.
    """

    option: str
    rank: int
    dots: int
    people: int
    sides: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    paper: Mapping[str, OnPaper] = field(default_factory=dict)
    told: Count | None = None
    one: bool = False
    between: Mapping[str, Count] = field(default_factory=dict)

    def people_of(self, side: str) -> Count:
        """How many of the *side* shown placed dots here; 1 and 2 are told as 1 to 2."""
        return self.between.get(side) or _sum([blurred(self.sides[side][1]), *(on for s, on in self.paper.items() if s == side)])

    @property
    def people_in_all(self) -> Count:
        """How many placed dots here: the sum of what is told of the sides shown and of everybody else together.

        An exact sum would give away a side told as 1 to 2.  Where no side is shown there is none to give away.
        """
        if self.told or "" in self.between:
            return self.told or self.between[""]
        if not self.sides:
            return _sum([Count(self.people, self.people), *self.paper.values()])
        rest = self.people - sum(people for _dots, people in self.sides.values())
        return _sum([blurred(rest), *(blurred(people) for _dots, people in self.sides.values()), *self.paper.values()])


def _sum(parts: Iterable[Count | OnPaper]) -> Count:
    parts = tuple(parts)
    return Count(sum(part.least for part in parts), sum(part.most for part in parts))


@dataclass(frozen=True)
class Result:
    """A closed vote.  *tied*: the options that share the last place at the cut, empty where the cut is clear.

    *voters* and *sides* (how many of each constituency voted, for those whose results may be shown) hold those on
    paper, who are *paper* (constituency or "" -> people) too.  *hidden*: the other sides; *with_first*: those of them that are
    hidden only since the first vote is told beside this second one.  *both*: options among the first of every side shown;
    *close*: options that one more ballot could bring in, level or push out; *sure*: there are none.  *proxies*: how
    many ballots a facilitator entered for somebody.  *over*: how many ballots held more dots than there were at the
    close; none of these counts.
    """

    rows: tuple[Row, ...]
    voters: int
    priorities: tuple[str, ...]
    tied: tuple[str, ...] = ()
    sides: Mapping[str, int] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    both: tuple[str, ...] = ()
    close: tuple[str, ...] = ()
    sure: bool = False
    over: int = 0
    paper: Mapping[str, int] = field(default_factory=dict)
    proxies: int = 0
    with_first: tuple[str, ...] = ()

    @property
    def places(self) -> tuple[int, ...]:
        """What is shown one after the other: the ranks of the priorities and of those tied, last first, then 0 for all."""
        first = {*self.priorities, *self.tied}
        return (*sorted({row.rank for row in self.rows if row.option in first}, reverse=True), 0)

    def on_paper(self, row: Row) -> int | None:
        """How many dots of *row* are on paper; None where that would tell how fewer than 5 people voted."""
        return None if row.told else sum(on.dots for on in row.paper.values())


@dataclass(frozen=True)
class Vote:
    """One vote.  *options* in the board's order; *papers* are orders of them, one drawn per paper.

    *dots* and *cap* may change while people vote: a ballot that was cast before stays as it is, and counts while it fits.
    *sheets*: constituency, or "" for none -> what a facilitator counted on a paper chart.  *from_rank*: the result is
    on the screen and the phones from this rank on, the last places first; 0: the whole of it; None: nothing yet.
    *at*: the journal number at which it opened; *drawn*: its options and then its papers as they were then, where themes
    were merged or split since; *told*: all such edits of its board as they stood when it closed and its result was told.
    """

    stage: str
    options: tuple[str, ...]
    papers: tuple[tuple[str, ...], ...]
    dots: int
    cap: int
    ballots: Mapping[str, Ballot] = field(default_factory=dict)
    result: Result | None = None
    sheets: Mapping[str, Sheet] = field(default_factory=dict)
    from_rank: int | None = None
    at: int = 0
    drawn: tuple[tuple[str, ...], ...] = ()
    told: tuple[Edit, ...] = ()

    def fits(self, dots: Mapping[str, int], people: int = 1) -> bool:
        """Whether a ballot with these *dots*, or the sheet of so many *people*, holds no more than there are now."""
        return sum(dots.values()) <= people * self.dots and all(n <= people * self.cap for n in dots.values())

    @cached_property
    def counted(self) -> Mapping[str, Ballot]:
        """The ballots that count as things stand: person -> ballot."""
        return {person: ballot for person, ballot in self.ballots.items() if self.fits(ballot.placed)}

    @property
    def over(self) -> tuple[str, ...]:
        """The people whose ballots hold more dots than there are now."""
        return tuple(person for person in self.ballots if person not in self.counted)

    @property
    def overfull(self) -> tuple[str, ...]:
        """The sides whose sheets hold more dots than their people have now."""
        return tuple(side for side, sheet in self.sheets.items() if not self.fits(sheet.placed, sheet.people))

    @property
    def has_its_ballots(self) -> bool:
        """Whether the ballots that its result counts are here: not where the workshop was opened again from an export."""
        return not self.result or self.result.voters == self.voters

    @property
    def shown(self) -> bool:
        """Whether everybody sees the whole result."""
        return self.from_rank == 0

    @property
    def next_place(self) -> int | None:
        """The rank to be shown next, 0 for the whole result; None where there is nothing to show, or nothing left."""
        if not self.result or self.shown:
            return None
        return next(n for n in self.result.places if self.from_rank is None or n < self.from_rank)

    @property
    def voters(self) -> int:
        """How many have voted, on paper too."""
        return len(self.counted) + sum(sheet.people for sheet in self.sheets.values())
