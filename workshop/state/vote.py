"""Dots, and what they came to."""
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Ballot:
    """One person's dots.  *number* is counted by their page; *proxy*: entered for them by a facilitator."""

    dots: Mapping[str, int]
    number: int
    proxy: bool = False


@dataclass(frozen=True)
class Row:
    """One option's result.  *rank* counts from 1 and is shared by ties.  *sides*: constituency -> (dots, people)."""

    option: str
    rank: int
    dots: int
    people: int
    sides: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    """A closed vote.  *tied*: the options that share the last place at the cut, empty where the cut is clear.

    *sides*: how many of each constituency voted, for those whose results may be shown; *both*: options among
    the first of every side shown; *close*: options that one more ballot could bring in or push out.
    """

    rows: tuple[Row, ...]
    voters: int
    priorities: tuple[str, ...]
    tied: tuple[str, ...] = ()
    sides: Mapping[str, int] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    both: tuple[str, ...] = ()
    close: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vote:
    """One vote.  *options* in the board's order; *papers* are orders of them, one drawn per paper."""

    stage: str
    options: tuple[str, ...]
    papers: tuple[tuple[str, ...], ...]
    dots: int
    cap: int
    ballots: Mapping[str, Ballot] = field(default_factory=dict)
    result: Result | None = None
    shown: bool = False
