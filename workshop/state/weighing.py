"""How people weigh a priority: what it would take, what it would change, and whether they agree to it."""
from collections.abc import Mapping
from dataclasses import dataclass, field

SCALE = 5
WEIGHED_LEAST = 5
"""Fewer people than this are counted and nothing more: with four, each could work out the others."""
ANSWERS = {"consent": ("agree", "aside", "object"), "fist": ("5", "4", "3", "2", "1", "0")}
"""The ways to ask who agrees, and what can be answered, from the most agreeing to the objection."""


@dataclass(frozen=True)
class Rating:
    """What one person says of one priority: effort and impact, 1 to ``SCALE``, 0 where they have not said yet."""

    effort: int
    impact: int
    number: int

    @property
    def whole(self) -> bool:
        return bool(self.effort and self.impact)


@dataclass(frozen=True)
class Spread:
    """The middle of many answers, and between which two numbers at least half of them lie."""

    low: float
    median: float
    high: float


@dataclass(frozen=True)
class Figures:
    """What *raters* people said of a priority, as it was shown."""

    raters: int
    effort: Spread
    impact: Spread


@dataclass(frozen=True)
class Weight:
    """The ratings of one priority.  *shown*: the figures last shown, at journal number *at*; *since*: who has rated anew after that."""

    ratings: Mapping[str, Rating] = field(default_factory=dict)
    shown: Figures | None = None
    since: frozenset[str] = frozenset()
    at: int = 0

    @property
    def raters(self) -> int:
        """How many have said both."""
        return sum(rating.whole for rating in self.ratings.values())


@dataclass(frozen=True)
class Answer:
    """Where one person stands, one of ``ANSWERS``, and why."""

    answer: str
    why: str
    number: int


@dataclass(frozen=True)
class Outcome:
    """What came of a question.  *counts*: answer -> people.  *silent*: who was asked and did not answer.

    *reasons*: the people who said why, objections first, otherwise shuffled: their place here names a reason on pages.
    """

    at: int
    counts: Mapping[str, int]
    silent: int
    reasons: tuple[str, ...] = ()

    @property
    def people(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class Done:
    """What was done with a reason, in the facilitator's words; *version* counts its edits from 1."""

    text: str
    version: int


@dataclass(frozen=True)
class Question:
    """One asking of who agrees to a priority: open until it has an *outcome*, at journal number *closed*.

    *done*: place of a reason -> what was done.
    """

    method: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    outcome: Outcome | None = None
    done: Mapping[int, Done] = field(default_factory=dict)
    closed: int = 0
