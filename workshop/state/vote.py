"""Dots, and what they came to."""
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class Ballot:
    """One person's dots.  *number* is counted by their page; *proxy*: entered for them by a facilitator.

    *budget*: how many dots each person had when it was cast, and how many of them could go on one option.
    """

    dots: Mapping[str, int]
    number: int
    proxy: bool = False
    budget: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Budget:
    """What the facilitators gave each person for a vote, before it opened or since; *number*: how often they set it."""

    dots: int = 0
    cap: int = 0
    number: int = 0


@dataclass(frozen=True)
class Count:
    """A number of people as it may be told: from *least* to *most*, the same where it may be known."""

    least: int
    most: int

    def __str__(self) -> str:
        return str(self.most) if self.least == self.most else f"{self.least} to {self.most}"


def _blurred(people: int) -> Count:
    return Count(1, 2) if people in (1, 2) else Count(people, people)


@dataclass(frozen=True)
class Row:
    """One option's result.  *rank* counts from 1 and is shared by ties.  *sides*: constituency -> (dots, people).

    *people* and *sides* are exact and stay in the journal; pages and files tell ``people_of`` and ``people_in_all``.
    """

    option: str
    rank: int
    dots: int
    people: int
    sides: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def people_of(self, side: str) -> Count:
        """How many of the *side* shown placed dots here; 1 and 2 are told as 1 to 2."""
        return _blurred(self.sides[side][1])

    @property
    def people_in_all(self) -> Count:
        """How many placed dots here: the sum of what is told of the sides shown and of everybody else together.

        An exact sum would give away a side told as 1 to 2.  Where no side is shown there is none to give away.
        """
        if not self.sides:
            return Count(self.people, self.people)
        rest = self.people - sum(people for _dots, people in self.sides.values())
        parts = [_blurred(rest), *map(self.people_of, self.sides)]
        return Count(sum(part.least for part in parts), sum(part.most for part in parts))


@dataclass(frozen=True)
class Result:
    """A closed vote.  *tied*: the options that share the last place at the cut, empty where the cut is clear.

    *sides*: how many of each constituency voted, for those whose results may be shown; *both*: options among
    the first of every side shown; *close*: options that one more ballot could bring in, level or push out;
    *sure*: there are none.  *over*: how many ballots held more dots than there were at the close; none of these counts.
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


@dataclass(frozen=True)
class Vote:
    """One vote.  *options* in the board's order; *papers* are orders of them, one drawn per paper.

    *dots* and *cap* may change while people vote: a ballot that was cast before stays as it is, and counts while it fits.
    """

    stage: str
    options: tuple[str, ...]
    papers: tuple[tuple[str, ...], ...]
    dots: int
    cap: int
    ballots: Mapping[str, Ballot] = field(default_factory=dict)
    result: Result | None = None
    shown: bool = False

    def fits(self, dots: Mapping[str, int]) -> bool:
        """Whether a ballot with these *dots* holds no more than there are now."""
        return sum(dots.values()) <= self.dots and all(n <= self.cap for n in dots.values())

    @cached_property
    def counted(self) -> Mapping[str, Ballot]:
        """The ballots that count as things stand: person -> ballot."""
        return {person: ballot for person, ballot in self.ballots.items() if self.fits(ballot.dots)}

    @property
    def over(self) -> tuple[str, ...]:
        """The people whose ballots hold more dots than there are now."""
        return tuple(person for person in self.ballots if person not in self.counted)
