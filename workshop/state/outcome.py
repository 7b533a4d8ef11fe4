"""What comes of the result: points, actions, the charter and where people stand on it."""
from collections.abc import Mapping
from dataclasses import dataclass

POINT_KINDS = ("power", "others", "later", "obstacle", "how")


@dataclass(frozen=True)
class Point:
    """Something said about a priority; *kind* is one of ``POINT_KINDS``."""

    id: str
    stage: str
    priority: str
    kind: str
    text: str
    author: str


@dataclass(frozen=True)
class Action:
    id: str
    stage: str
    priority: str
    what: str
    owner: str = ""
    support: str = ""
    first: str = ""
    due: str = ""
    measure: str = ""


@dataclass(frozen=True)
class Section:
    """One part of the charter.  *version* counts its edits from 1, *by* wrote the last one.

    *past*: the words before each step, oldest first.  *ahead*: the words after steps that were undone, the next to do
    again last.  *typed*: when (ms) its writer typed last, 0 where the last step was something else.
    """

    text: str
    version: int
    by: str
    past: tuple[str, ...] = ()
    ahead: tuple[str, ...] = ()
    typed: int = 0


@dataclass(frozen=True)
class Stand:
    """Where one person stands on the charter: ``agree``, ``live`` (can live with it) or ``object``, and why.

    *words*: the journal number of the last change of its words that the person had seen.
    """

    stand: str
    why: str = ""
    words: int = 0


@dataclass(frozen=True)
class Adoption:
    """The charter as adopted: when, and how many stood where; *earlier* of them before the last change of its words.

    *sections*: the version of each section that was adopted; None where what the workshop offered counted too.
    """

    at: int
    agree: int
    live: int
    objections: tuple[str, ...]
    silent: int
    earlier: int = 0
    sections: Mapping[str, int] | None = None
