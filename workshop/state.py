"""What a workshop is, after every event so far: frozen values that share structure.

Nothing here asks the time, chance or the disk.  Maps are plain dicts that nobody
changes once they are in a ``Workshop``; an event puts a new dict in their place, so
that "did this change?" is an ``is``.  Times are milliseconds since 1970, UTC.
"""
from collections.abc import Mapping
from dataclasses import dataclass, field

from workshop.agenda import Plan, Stage, Step

IDEA_MOST = 500
MARKS = "ABCDEFGHJKLMNOPQRSTUVWXYZ"


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


@dataclass(frozen=True)
class Clock:
    """One clock for everybody: it runs until *ends*, or stands with *left* ms to go; *total* ms were planned."""

    ends: int = 0
    left: int | None = None
    total: int = 0


@dataclass(frozen=True)
class Idea:
    """What one person wrote.  *first* keeps the words before an edit; *at* is when it was written."""

    id: str
    stage: str
    group: str
    author: str
    text: str
    at: int = 0
    late: bool = False
    parked: bool = False
    withdrawn: bool = False
    first: str = ""


@dataclass(frozen=True)
class Note:
    """Something put in the parking lot, from any stage."""

    id: str
    author: str
    text: str
    stage: str
    at: int = 0


@dataclass(frozen=True)
class Theme:
    """A named clump of ideas.  *id* is its number for life; *named*: by a person; *wording*: what a group could start on."""

    id: int
    name: str
    wording: str = ""
    named: bool = False

    @property
    def mark(self) -> str:
        """The letter that people call it by."""
        return MARKS[self.id % len(MARKS)]


@dataclass(frozen=True)
class Suggestion:
    """The clusterer's answer.  *labels*: idea -> theme, -1 for the tray; *asked*: the journal number it answers."""

    labels: Mapping[str, int]
    names: Mapping[int, str]
    examples: Mapping[int, tuple[str, ...]]
    confidence: Mapping[str, float]
    theme_confidence: Mapping[int, float]
    near: Mapping[str, tuple[int, ...]]
    encoder: str
    asked: int = 0


@dataclass(frozen=True)
class Board:
    """Which idea is in which theme.  Ideas in no theme are in the tray; *held* ones were put there by a person.

    *made* knows each theme that a person opened by the id its sender gave, so that sent twice is once.
    *asked* is the journal number at which a suggestion was asked for, 0 where none is wanted.
    """

    stage: str
    themes: Mapping[int, Theme] = field(default_factory=dict)
    place: Mapping[str, int] = field(default_factory=dict)
    held: frozenset[str] = frozenset()
    made: Mapping[str, int] = field(default_factory=dict)
    gone: frozenset[int] = frozenset()
    suggestion: Suggestion | None = None
    encoder: str = ""
    asked: int = 0

    @property
    def unused(self) -> int:
        """The next theme number: one more than any that was ever used here."""
        return max([-1, *self.themes, *self.gone]) + 1

    @property
    def waiting(self) -> bool:
        """Whether a suggestion was asked for and has not come."""
        return bool(self.asked) and (self.suggestion is None or self.suggestion.asked != self.asked)

    def ideas_in(self, theme: int) -> tuple[str, ...]:
        """The ids of the ideas in *theme*, in the order they were placed."""
        return tuple(idea for idea, at in self.place.items() if at == theme)


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


@dataclass(frozen=True)
class Point:
    """Something said about a priority; *kind* is one of ``POINT_KINDS``."""

    id: str
    stage: str
    priority: str
    kind: str
    text: str
    author: str


POINT_KINDS = ("power", "others", "later", "obstacle", "how")


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


@dataclass(frozen=True)
class Workshop:
    """Everything that is known of one workshop after journal entry *seq*, which *by* asked for at *at*.

    *steps*: stage -> the step of it that was open last.  *opened*: stage -> when it first was.
    *timeline*: (at, stage, step), each opening.  *charts* and *stars*: (stage, group) -> ideas.
    *sharing*: plenary -> the group whose turn it is.  *on_stage*: discuss stage -> the priority talked about.
    *tables*: discuss stage -> person -> the priority they sit down with.  *helpers*: priority -> people.
    """

    code: str = ""
    seq: int = 0
    at: int = 0
    by: str = ""
    made: int = 0
    plan: Plan = Plan("", "", ())
    people: Mapping[str, Person] = field(default_factory=dict)
    facilitators: Mapping[str, Facilitator] = field(default_factory=dict)
    open_id: str = ""
    steps: Mapping[str, int] = field(default_factory=dict)
    opened: Mapping[str, int] = field(default_factory=dict)
    timeline: tuple[tuple[int, str, int], ...] = ()
    clock: Clock = Clock()
    told: str = ""
    eyes_up: bool = False
    groups: Mapping[str, tuple[Group, ...]] = field(default_factory=dict)
    ideas: Mapping[str, Idea] = field(default_factory=dict)
    charts: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    revealed: frozenset[str] = frozenset()
    stars: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    sharing: Mapping[str, str] = field(default_factory=dict)
    parking: Mapping[str, Note] = field(default_factory=dict)
    boards: Mapping[str, Board] = field(default_factory=dict)
    votes: Mapping[str, Vote] = field(default_factory=dict)
    points: Mapping[str, Point] = field(default_factory=dict)
    actions: Mapping[str, Action] = field(default_factory=dict)
    on_stage: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    helpers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    charter: Mapping[str, Section] = field(default_factory=dict)
    stands: Mapping[str, Stand] = field(default_factory=dict)
    adopted: Adoption | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    ratings: Mapping[str, int] = field(default_factory=dict)
    next_date: str = ""
    note: str = ""
    ended: int = 0

    @property
    def open(self) -> Stage | None:
        """The stage that is open, or None before the first."""
        return self.plan.stage(self.open_id)

    @property
    def step(self) -> Step | None:
        """The step of the open stage that the room is in."""
        return self.open.steps[self.steps[self.open_id]] if self.open else None

    def has_opened(self, stage: str) -> bool:
        """Whether the stage is open or ever was."""
        return stage in self.opened

    def last(self, kind: str, before: str = "") -> Stage | None:
        """The last stage of *kind* in the plan, or the last one ahead of the stage *before*."""
        stages = self.plan.stages[: self.plan.place(before)] if before else self.plan.stages
        return next((s for s in reversed(stages) if s.kind == kind), None)

    def source(self, stage: str) -> str:
        """The id of the stage that *stage* takes from, itself where it takes from none."""
        at = self.plan.stage(stage)
        return (at and at.source) or stage

    def groups_of(self, stage: str) -> tuple[Group, ...]:
        """The groups people sit in during *stage*: its own, or those formed last before it in the plan."""
        upto = self.plan.stages[: self.plan.place(stage) + 1]
        return next((self.groups[s.id] for s in reversed(upto) if s.id in self.groups), ())

    def group_of(self, person: str, stage: str) -> Group | None:
        """The group that *person* sits in during *stage*, or None."""
        return next((g for g in self.groups_of(stage) if person in g.people), None)

    def chart(self, stage: str, group: str) -> tuple[Idea, ...]:
        """The ideas on one group's flip chart, oldest first, those withdrawn left out."""
        ideas = (self.ideas[idea] for idea in self.charts.get((stage, group), ()))
        return tuple(idea for idea in ideas if not idea.withdrawn)

    def ideas_of(self, stage: str) -> tuple[Idea, ...]:
        """Every idea written in *stage* that still stands, in the order of arrival."""
        return tuple(i for i in self.ideas.values() if i.stage == stage and not i.withdrawn)

    def is_silent(self, stage: str) -> bool:
        """Whether the words written in *stage* are still hidden from everybody but their author."""
        at = self.plan.stage(stage)
        if not at or stage not in self.steps or stage in self.revealed:
            return False
        return at.steps[self.steps[stage]].silent

    def tray(self, stage: str) -> tuple[Idea, ...]:
        """The ideas on the board of the themes stage *stage* that are in no theme."""
        place = self.boards[stage].place if stage in self.boards else {}
        return tuple(i for i in self.ideas_of(self.source(stage)) if i.id not in place and not i.parked)

    def option_text(self, vote: str, option: str) -> str:
        """What stands on the ballot for *option* (``theme:N`` or ``idea:ID``) of the vote stage *vote*."""
        kind, _, key = option.partition(":")
        if kind == "idea":
            return self.ideas[key].text
        return self.boards[self.source(vote)].themes[int(key)].name

    def result(self, stage: str) -> Result | None:
        """The result that the stage *stage* builds on: that of its own vote or of the vote it takes from."""
        vote = self.votes.get(stage) or self.votes.get(self.source(stage)) or self.last_vote
        return vote.result if vote else None

    @property
    def last_vote(self) -> Vote | None:
        """The vote that was closed last, in the plan's order."""
        closed = [self.votes[s.id] for s in self.plan.stages if s.id in self.votes and self.votes[s.id].result]
        return closed[-1] if closed else None
