"""What comes of the result: points, actions, the charter and where people stand on it."""
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


@dataclass(frozen=True)
class Section:
    """One part of the charter.  *version* counts its edits from 1; *was* keeps what the last edit replaced."""

    text: str
    version: int
    by: str


@dataclass(frozen=True)
class Stand:
    """Where one person stands on the charter: ``agree``, ``live`` (can live with it) or ``object``, and why."""

    stand: str
    why: str = ""


@dataclass(frozen=True)
class Adoption:
    """The charter as adopted: when, and how many stood where."""

    at: int
    agree: int
    live: int
    objections: tuple[str, ...]
    silent: int
