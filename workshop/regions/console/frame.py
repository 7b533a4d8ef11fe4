"""What stays on the console in every stage: rail, clock, controls, script, next."""
from collections import Counter
from dataclasses import dataclass

from workshop.agenda import Stage
from workshop.regions.console import reveal
from workshop.regions.region import Context, region
from workshop.regions.shared import clock
from workshop.room import Room
from workshop.rules import Refused
from workshop.rules.breakout import advised
from workshop.rules.stages import MINUTE, standing
from workshop.rules.vote import drawn_up
from workshop.state import Workshop


@dataclass(frozen=True)
class Stop:
    """A stage on the rail, and the step of it that the room would come to; *state* is ``done``, ``now`` or ``ahead``."""

    id: str
    title: str
    state: str
    step: int


@dataclass(frozen=True)
class Tables:
    """How many groups a number of people make, and how many sit at each."""

    people: int
    count: int
    small: int
    large: int
    even: bool


@dataclass(frozen=True)
class Way:
    """Where the room could go, and what would happen.

    *forms*: the groups it makes.  *reveals*: the silent ideas come out.  *clumps*: a board is made.  *ballot*: (options,
    dots, most on one) of the vote it opens, or () where there is too little to vote on.
    """

    stage: str
    step: int
    title: str
    kind: str
    minutes: float
    caption: str
    forms: Tables | None = None
    reveals: bool = False
    clumps: bool = False
    ballot: tuple[int, ...] | None = None


@region("console")
def stage_rail(w: Workshop, room: Room, key: str) -> Context:
    """The stages of the plan, where the room is, and the way to each."""
    at = w.plan.place(w.open_id)
    stops = (Stop(s.id, s.title, "now" if n == at else "done" if n < at else "ahead", w.steps.get(s.id, 0)) for n, s in enumerate(w.plan.stages))
    return {"stops": tuple(stops), "was": standing(w), "code": w.code, "ended": bool(w.ended)}


@region("console")
def here(w: Workshop, room: Room, key: str) -> Context:
    """How many people have a page open, of how many who joined."""
    return {"here": len(room.here.keys() & w.people.keys()), "joined": len(w.people)}


@region("console")
def console_clock(w: Workshop, room: Room, key: str) -> Context:
    """The clock, what moves it, and what stands on every phone."""
    left = w.clock.left
    more = {"ends": w.clock.ends + MINUTE} if left is None else {"left": left + MINUTE}
    return {"clock": clock(w), "stage": w.open_id, "running": bool(w.open) and not w.ended, "paused": left is not None, "more": more,
            "eyes_up": w.eyes_up, "told": w.told, "code": w.code}


@region("console")
def to_say(w: Workshop, room: Room, key: str) -> Context:
    """The script of the step, or of its stage; while a result is shown place by place, what to say with the next."""
    script = reveal.script(w) or (w.step.script if w.open and w.step.script.say else w.open.script if w.open else None)
    steps = w.open.steps if w.open else ()
    at = w.steps.get(w.open_id, 0)
    return {"script": script, "steps": tuple((n, step.title, n == at) for n, step in enumerate(steps)) if len(steps) > 1 else (),
            "stage": w.open_id, "was": standing(w), "code": w.code}


@region("console")
def next_stage(w: Workshop, room: Room, key: str) -> Context:
    """The one thing to do next, and the way back.

    *do*: ``open`` a stage, ``close`` the vote, ``show`` what is *coming* of its result, ``end`` the workshop, or "" after that.
    """
    parts = list(w.plan.parts())
    places = [(stage.id, step) for stage, step in parts]
    at = places.index((w.open_id, w.steps[w.open_id])) if w.open else -1
    ahead = _way(w, *parts[at + 1]) if at + 1 < len(parts) else None
    vote = w.votes.get(w.open_id)
    do = "" if w.ended else "close" if vote and not vote.result else "show" if vote and not vote.shown else "open" if ahead else "end"
    return {"do": do, "ahead": ahead, "back": _way(w, *parts[at - 1]) if at > 0 else None, "was": standing(w), "code": w.code,
            "kind": stage_kind(w), "stage": w.open_id, "silent": max(0, len(w.people) - vote.voters - len(vote.over)) if vote else 0,
            "over": len(vote.over) if vote else 0, "word": w.plan.group_word, "coming": reveal.coming(vote) if vote else None}


def stage_kind(w: Workshop) -> str:
    """The kind of the open stage as the page's layout follows it: ``welcome`` before the first, ``ended`` after the last."""
    return "ended" if w.ended else w.open.kind if w.open else "welcome"


def seating(w: Workshop) -> Tables | None:
    """The groups that would be made of the people who are in, as the plan or the rules advise."""
    sides = Counter(person.constituency for person in w.people.values())
    people = len(w.people) or w.plan.people
    if not people:
        return None
    count = w.plan.groups or advised(sides or Counter({"": people}), w.plan.group_size)
    return Tables(people, count, people // count, -(-people // count), bool(sides) and all(n % count == 0 for n in sides.values()))


def _way(w: Workshop, stage: Stage, step: int) -> Way:
    here, to = stage.id == w.open_id, stage.steps[step]
    forms = seating(w) if stage.groups and not w.groups_of(stage.id) else None
    reveals = here and stage.kind == "brainstorm" and w.is_silent(stage.id) and not to.silent and bool(w.ideas_of(stage.id))
    return Way(stage.id, step, to.title if here else stage.title, stage.kind, to.minutes, to.caption or stage.caption, forms, reveals,
               stage.kind == "themes" and stage.id not in w.boards, _ballot(w, stage))


def _ballot(w: Workshop, stage: Stage) -> tuple[int, ...] | None:
    try:
        vote = drawn_up(w, stage, 0)
    except Refused:
        return ()
    return (len(vote.options), vote.dots, vote.cap) if vote else None
