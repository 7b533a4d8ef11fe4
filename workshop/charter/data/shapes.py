"""The parts of workshop.json up to the themes: people, ideas, boards, and the kinds of values that all parts use.

The sentences here stand in the JSON Schema, for those who write programs.
"""
from typing import Annotated

from msgspec import Meta, Struct

Number = Annotated[int, Meta(ge=0)]
Key = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{1,60}$")]
Option = Annotated[str, Meta(pattern=r"^(theme:\d+|idea:[A-Za-z0-9_-]{1,60})$", description="What people vote on: theme:NUMBER or idea:ID.")]
Minute = Annotated[str, Meta(pattern=r"^(\d{4}-\d\d-\d\dT\d\d:\d\dZ)?$", description="UTC to the minute, so that no time gives an author away; empty where it is not known.")]
Moment = Annotated[str, Meta(pattern=r"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)?$", description="UTC; empty where it is not known.")]
Told = Annotated[int, Meta(ge=0)] | Annotated[str, Meta(pattern=r"^\d+ to \d+$", description="A number of people from and to, where the exact one would tell of a few.")]
Sides = dict[str, Number]


class Source(Struct, frozen=True, kw_only=True):
    """The journal this was made from: how many entries it had, and their SHA-256."""

    entries: Number
    hash: str


class Origin(Struct, frozen=True, kw_only=True):
    """The export that this workshop was opened from again: its code, and the journal it was made from."""

    code: str
    journal: Source


class Opened(Struct, frozen=True, kw_only=True):
    """The room went to a step (its place in the stage, from 0)."""

    at: Moment
    stage: Key
    step: Number


class Gap(Struct, frozen=True, kw_only=True):
    """Nothing could be saved from since until until; phones kept what people wrote."""

    since: Moment
    until: Moment


class People(Struct, frozen=True, kw_only=True):
    """How many took part, how many of them without a phone, and how many of each side; "" for those who named none."""

    count: Number
    without_phone: Number
    sides: Sides


class Participant(Struct, frozen=True, kw_only=True):
    """Somebody who agreed to be named."""

    name: str
    side: str


class Group(Struct, frozen=True, kw_only=True):
    """A group that was formed in a stage, and how many of each side sat in it."""

    stage: Key
    id: Key
    name: str
    people: Number
    sides: Sides


class Idea(Struct, frozen=True, kw_only=True):
    """An idea that stands.  group: its table as people say it; group_id: as groups has it; support: how many others stand behind it;
    same_as: the idea on whose card it lies."""

    id: Key
    text: str
    stage: Key
    group: str
    group_id: str
    at: Minute
    starred: bool
    late: bool
    parked: bool
    support: Number
    same_as: Key | None


class Board(Struct, frozen=True, kw_only=True):
    """A board of themes.  encoder: what suggested them, empty where people alone made them; held: ideas that people placed;
    made: themes that people opened; gone: themes that were taken away; top: the highest number of a theme so far."""

    stage: Key
    encoder: str
    held: tuple[Key, ...]
    made: tuple[Number, ...]
    gone: tuple[Number, ...]
    top: Annotated[int, Meta(ge=-1)]


class Theme(Struct, frozen=True, kw_only=True):
    """A theme of the board of a stage, with its letter and its ideas.  named: by a person."""

    stage: Key
    id: Number
    name: str
    wording: str
    named: bool
    mark: str
    ideas: tuple[Key, ...]


class Merge(Struct, frozen=True, kw_only=True):
    """A theme that people put into another one after they had voted, by its name of then: what it had counts for that one."""

    stage: Key
    option: Option
    into: Option
    name: str


class Note(Struct, frozen=True, kw_only=True):
    """Something that was put aside."""

    text: str
    stage: str
    at: Minute
