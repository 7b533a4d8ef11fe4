"""What workshop.json holds: one source for what is written, for its JSON Schema, and for what is read back.

The sentences here stand in the schema, for those who write programs.
"""
import inspect
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from workshop.agenda import Plan

VERSION = 1
ID = "https://json-schema.org/draft/2020-12/schema"

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


class Row(Struct, frozen=True, kw_only=True):
    """One option of a closed vote.  paper: how many of its dots were counted on paper, null where that would tell how few voted;
    one: without one person's dots it would be no priority; sides: side -> [dots, people] of each that is shown."""

    name: str
    option: Option
    rank: Number
    dots: Number
    people: Told
    paper: Number | None
    one: bool
    sides: dict[str, tuple[Number, Told]]


class Vote(Struct, frozen=True, kw_only=True):
    """A vote that opened.  What is below known is there only where its result is.

    title: of its stage; run_off: the vote whose tie it decides; round: 1 or 2; second_of: the vote of which it is the second round;
    shown: the rank from which on everybody sees the result, 0 for all of it, null for nothing yet; sides: how many of each side shown voted;
    hidden: the sides that are not shown; with_first: those of them that only stay hidden because the first vote is told too; both: options among the first of every side; close: options that one more ballot could have moved;
    sure: there is none; over: ballots that did not count; paper: how many voted on paper; proxies: ballots entered for somebody."""

    stage: Key
    title: str
    run_off: str
    round: Number
    second_of: str
    dots: Number
    cap: Number
    criteria: tuple[str, ...]
    options: tuple[Option, ...]
    voted: Number
    known: bool
    shown: Number | None | UnsetType = UNSET
    rows: tuple[Row, ...] | UnsetType = UNSET
    voters: Number | UnsetType = UNSET
    priorities: tuple[Option, ...] | UnsetType = UNSET
    tied: tuple[Option, ...] | UnsetType = UNSET
    sides: Sides | UnsetType = UNSET
    hidden: tuple[str, ...] | UnsetType = UNSET
    with_first: tuple[str, ...] | UnsetType = UNSET
    both: tuple[Option, ...] | UnsetType = UNSET
    close: tuple[Option, ...] | UnsetType = UNSET
    sure: bool | UnsetType = UNSET
    over: Number | UnsetType = UNSET
    paper: Number | UnsetType = UNSET
    proxies: Number | UnsetType = UNSET


class Priority(Struct, frozen=True, kw_only=True):
    """What is to be started with, as the vote that counts has it."""

    option: Option
    name: str
    vote: Key
    rank: Number
    dots: Number
    people: Told
    help_offered: Number


class Spread(Struct, frozen=True, kw_only=True):
    """The median of the answers from 1 to 5, and Tukey's hinges."""

    low: float
    median: float
    high: float


class Weight(Struct, frozen=True, kw_only=True):
    """What people said of a priority, as it was shown.  place: now, plan, time, leave or middle; merges: how many of merged there had been by then."""

    stage: Key
    priority: Option
    raters: Number
    place: str
    merges: Number
    effort: Spread
    impact: Spread


class Reason(Struct, frozen=True, kw_only=True):
    """Why somebody answered so, and what was done with it."""

    answer: str
    text: str
    done: str


class Agreement(Struct, frozen=True, kw_only=True):
    """A question who agrees, once it was closed.  round: for the how many-th time; method: consent (agree, aside, object) or fist (5 to 0);
    people: how many answered; counts: answer -> people, null where fewer than 5 answered; merges: as of a weight."""

    stage: Key
    priority: Option
    round: Number
    method: str
    merges: Number
    people: Number
    silent: Number
    counts: dict[str, Number] | None
    reasons: tuple[Reason, ...]


class Point(Struct, frozen=True, kw_only=True):
    """Something said about a priority.  kind: power, others, later, obstacle or how."""

    stage: Key
    priority: str
    kind: str
    text: str


class Action(Struct, frozen=True, kw_only=True):
    """What was decided to do first, and for which priority ("" for none)."""

    id: Key
    stage: Key
    priority: str
    what: str
    owner: str
    support: str
    first: str
    due: str


class Adopted(Struct, frozen=True, kw_only=True):
    """How people stand, or stood when the charter was adopted at (milliseconds since 1970; 0: not adopted yet).  earlier: how many of
    them before the last change of its words; sections: id -> how often it was changed by then, null where what was offered counted too."""

    at: Number
    agree: Number
    live: Number
    objections: tuple[str, ...]
    silent: Number
    earlier: Number
    sections: dict[str, Number] | None


class Version(Struct, frozen=True, kw_only=True):
    """A version of the charter that was adopted: its words, how often each section was changed by then, and how it was adopted."""

    sections: dict[str, str]
    edits: dict[str, Number]
    adopted: Adopted


class Charter(Struct, frozen=True, kw_only=True):
    """sections: id -> what stands in it; edits: how often each was changed; adopted: how the version in force was, null before the first;
    stands: how people stand on what is drafted, null where nobody said; versions: all that were adopted, oldest first;
    amending: a change is proposed and open; proposals: how many were."""

    sections: dict[str, str]
    edits: dict[str, Number]
    adopted: Adopted | None
    stands: Adopted | None
    versions: tuple[Version, ...]
    amending: bool
    proposals: Number


class Feedback(Struct, frozen=True, kw_only=True):
    """One word each and the ratings from 1 to 5, both sorted, so that no order tells who spoke when."""

    words: tuple[str, ...]
    ratings: tuple[Number, ...]


class Export(Struct, frozen=True, kw_only=True):
    """All of a workshop that whoever asked may see: no ballot, no author, no name but of those who agreed.

    draft: it has not ended; made_for: who asked; made, at, ended: when it was prepared, when something last changed, when it ended;
    opened_from: where it was opened from an export again; left_out: what is missing for now, in sentences; withdrawn: how many ideas
    their authors took back; help_offered: option -> how many people will help."""

    version: Annotated[int, Meta(ge=1)]
    code: str
    draft: bool
    made_for: str
    made: Moment
    at: Moment
    ended: Moment
    journal: Source
    opened_from: Origin | None
    left_out: tuple[str, ...]
    plan: Plan
    timeline: tuple[Opened, ...]
    people: People
    participants: tuple[Participant, ...]
    groups: tuple[Group, ...]
    ideas: tuple[Idea, ...]
    withdrawn: Number
    boards: tuple[Board, ...]
    themes: tuple[Theme, ...]
    merged: tuple[Merge, ...]
    parking: tuple[Note, ...]
    votes: tuple[Vote, ...]
    priorities: tuple[Priority, ...]
    help_offered: dict[str, Number]
    weights: tuple[Weight, ...]
    agreements: tuple[Agreement, ...]
    points: tuple[Point, ...]
    actions: tuple[Action, ...]
    charter: Charter
    feedback: Feedback
    next_date: str
    note: str


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of workshop.json."""
    made = msgspec.json.schema(Export)
    for kind in made["$defs"].values():
        if "description" in kind:
            kind["description"] = " ".join(inspect.cleandoc(kind["description"]).split())
    return {"$schema": ID, "title": f"workshop.json, version {VERSION}", **made}
