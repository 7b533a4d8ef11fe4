"""What stays on the console in every stage: rail, clock, controls, script, next."""
from dataclasses import dataclass

from workshop.agenda import Stage
from workshop.regions.region import Context, region
from workshop.regions.shared import clock
from workshop.room import Room
from workshop.rules.stages import standing
from workshop.state import Workshop


@dataclass(frozen=True)
class Stop:
    """A stage on the rail; *state* is ``done``, ``now`` or ``ahead``."""

    id: str
    title: str
    state: str


@dataclass(frozen=True)
class Way:
    """Where the room could go: a step of a stage, and what it is called."""

    stage: str
    step: int
    title: str
    kind: str
    minutes: float


@region("console")
def rail(w: Workshop, room: Room, key: str) -> Context:
    """The stages of the plan and where the room is."""
    at = w.plan.place(w.open_id)
    return {"stops": tuple(Stop(s.id, s.title, "now" if n == at else "done" if n < at else "ahead") for n, s in enumerate(w.plan.stages)),
            "was": standing(w)}


@region("console")
def here(w: Workshop, room: Room, key: str) -> Context:
    """How many people have a page open, of how many who joined."""
    return {"here": len(room.here.keys() & w.people.keys()), "joined": len(w.people)}


@region("console")
def console_clock(w: Workshop, room: Room, key: str) -> Context:
    """The clock and what moves it."""
    return {"clock": clock(w), "stage": w.open_id, "paused": w.clock.left is not None, "ends": w.clock.ends, "left": w.clock.left,
            "eyes_up": w.eyes_up, "told": w.told}


@region("console")
def say(w: Workshop, room: Room, key: str) -> Context:
    """The script of the step, or of its stage."""
    script = w.step.script if w.open and w.step.script.say else w.open.script if w.open else None
    return {"script": script, "step": w.step.title if w.open and len(w.open.steps) > 1 else ""}


@region("console")
def next_stage(w: Workshop, room: Room, key: str) -> Context:
    """What comes next, and the way back."""
    parts = list(w.plan.parts())
    places = [(stage.id, step) for stage, step in parts]
    at = places.index((w.open_id, w.steps[w.open_id])) if w.open else -1
    ahead = parts[at + 1] if at + 1 < len(parts) else None
    return {"ahead": ahead and _way(w, *ahead), "back": _way(w, *parts[at - 1]) if at > 0 else None, "was": standing(w), "ended": bool(w.ended)}


def _way(w: Workshop, stage: Stage, step: int) -> Way:
    here = stage.id == w.open_id
    return Way(stage.id, step, stage.steps[step].title if here else stage.title, stage.kind, stage.steps[step].minutes)
