"""The parts of workshop.json from the votes on: results, priorities, what was said of them, the charter.

The sentences here stand in the JSON Schema, for those who write programs.
"""
from msgspec import UNSET, Struct, UnsetType

from workshop.charter.data.shapes import Key, Number, Option, Sides, Told


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
    """What was decided to do first, and for which priority ("" for none).  measure: how people will know that it worked."""

    id: Key
    stage: Key
    priority: str
    what: str
    owner: str
    support: str
    first: str
    due: str
    measure: str = ""


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
