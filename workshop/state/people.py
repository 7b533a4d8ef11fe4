"""Who is there, and where they sit."""
from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """A participant.  *number* counts joins from 1; *phone* is False for people the facilitator added."""

    id: str
    number: int
    name: str
    constituency: str = ""
    language: str = "en"
    phone: bool = True


@dataclass(frozen=True)
class Facilitator:
    id: str
    name: str


@dataclass(frozen=True)
class Group:
    """A breakout group; *name* is the number that people see."""

    id: str
    name: str
    people: tuple[str, ...] = ()
