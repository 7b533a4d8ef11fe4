"""A workshop that was opened again from an export."""
from collections.abc import Mapping
from dataclasses import dataclass, field

from workshop.events.event import Event
from workshop.state import (Action, Adoption, Board, Figures, Group, Idea, Note, Origin, Person, Point, Question, Section, Stand,
                            Vote, Weight, Workshop)
from workshop.state.changed import replace


@dataclass(frozen=True)
class Weighed:
    """What was known of one priority: its figures as they were shown *at* some merge, and the questions that were closed."""

    stage: str
    priority: str
    shown: Figures | None = None
    asked: tuple[Question, ...] = ()
    at: int = 0


@dataclass(frozen=True)
class Version:
    """A version of the charter as it was adopted."""

    charter: Mapping[str, Section]
    adopted: Adoption


@dataclass(frozen=True)
class WorkshopReopened(Event):
    """The second event of a workshop that was opened again: all that the export of another one held.

    No ballot, author or name but of those who agreed was in it.  *people* stand for the people who were there, as many of
    each side; *last*: when something last changed; *stars*: ideas that were starred; *support*, *helpers*, *stands*,
    *words*, *ratings*: as many of *people* as said so, whoever it was.
    """

    origin: Origin
    made: int
    last: int
    ended: int = 0
    timeline: tuple[tuple[int, str, int], ...] = ()
    unsaved: tuple[tuple[int, int], ...] = ()
    revealed: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    printed: tuple[str, ...] = ()
    groups: Mapping[str, tuple[Group, ...]] = field(default_factory=dict)
    ideas: tuple[Idea, ...] = ()
    stars: tuple[str, ...] = ()
    support: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parking: tuple[Note, ...] = ()
    boards: tuple[Board, ...] = ()
    votes: tuple[Vote, ...] = ()
    criteria: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    points: tuple[Point, ...] = ()
    actions: tuple[Action, ...] = ()
    helpers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    weighed: tuple[Weighed, ...] = ()
    charter: Mapping[str, Section] = field(default_factory=dict)
    stands: Mapping[str, Stand] = field(default_factory=dict)
    versions: tuple[Version, ...] = ()
    amending: bool = False
    proposals: int = 0
    words: Mapping[str, str] = field(default_factory=dict)
    ratings: Mapping[str, int] = field(default_factory=dict)
    next_date: str = ""
    note: str = ""

    def apply(self, w: Workshop) -> Workshop:
        w = replace(w, at=self.last, made=self.made, ended=self.ended, opened_from=self.origin, next_date=self.next_date, note=self.note)
        return _agreed(_voted(_said(_there(w, self), self), self), self)


def _there(w: Workshop, e: WorkshopReopened) -> Workshop:
    """Who was there, and where the workshop was."""
    opened = {}
    for at, stage, _step in e.timeline:
        opened.setdefault(stage, at)
    return replace(w, people={p.id: p for p in e.people}, printed=frozenset(e.printed), groups=dict(e.groups), timeline=e.timeline, opened=opened, unsaved=e.unsaved,
                   steps={stage: step for _at, stage, step in e.timeline}, open_id=e.timeline[-1][1] if e.timeline else "", revealed=frozenset(e.revealed))


def _said(w: Workshop, e: WorkshopReopened) -> Workshop:
    """What was written and how it was sorted."""
    charts, written, stars, supported = {}, {}, {}, {}
    for idea in e.ideas:
        charts.setdefault((idea.stage, idea.group), []).append(idea.id)
        written.setdefault((idea.stage, idea.author), []).append(idea.id)
        if idea.id in e.stars:
            stars.setdefault((idea.stage, idea.group), []).append(idea.id)
        for person in e.support.get(idea.id, ()):
            supported.setdefault(person, []).append(idea.id)
    return replace(w, ideas={i.id: i for i in e.ideas}, charts=_kept(charts), written=_kept(written), stars=_kept(stars), support=dict(e.support),
                   supported=_kept(supported), parking={note.id: note for note in e.parking}, boards={board.stage: board for board in e.boards})


def _kept(lists: Mapping) -> dict:
    return {key: tuple(found) for key, found in lists.items()}


def _voted(w: Workshop, e: WorkshopReopened) -> Workshop:
    """The votes with their results as they were told."""
    return replace(w, votes={vote.stage: vote for vote in e.votes}, criteria={stage: (said,) for stage, said in e.criteria.items()})


def _agreed(w: Workshop, e: WorkshopReopened) -> Workshop:
    """What came of the result."""
    w = replace(w, points={p.id: p for p in e.points}, actions={a.id: a for a in e.actions}, helpers=dict(e.helpers),
                weights={(x.stage, x.priority): Weight(shown=x.shown, at=x.at) for x in e.weighed if x.shown},
                questions={(x.stage, x.priority): x.asked for x in e.weighed if x.asked},
                words=dict(e.words), ratings=dict(e.ratings), worded=w.seq)
    return _chartered(w, e)


def _chartered(w: Workshop, e: WorkshopReopened) -> Workshop:
    """The charter in its versions.  What stands beside an earlier one is that of the last: no more is known."""
    for version in e.versions:
        w = replace(w, charter=dict(version.charter), adopted=version.adopted)
        w = replace(w, versions=(*w.versions, w))
    return replace(w, charter=dict(e.charter), stands=dict(e.stands), amending=e.amending, proposals=e.proposals)
