"""Sitting down with a priority: what is possible, what is in the way, who does what first."""
from dataclasses import dataclass

from workshop.regions.phone.view import view
from workshop.regions.region import Context, Within, region
from workshop.regions.options import Option, decided
from workshop.room import Room
from workshop.rules.discuss import on_the_table
from workshop.state import POINT_KINDS, Action, Workshop

# Bytes, of which a phone's page has 60,000.
TO_CHOOSE, SAID, DONE, MINE, TO_HELP = 5_000, 6_500, 6_500, 3_000, 3_000


@dataclass(frozen=True)
class Choice:
    """A priority that one may sit down with, or offer help for."""

    option: Option
    chosen: bool


def _talked(w: Workshop, priority: str) -> tuple[int, Option] | None:
    """The place (from 1) and the option of the priority *priority* in the open discussion."""
    options = decided(w, w.open_id) if view(w) == "discuss" else ()
    return next(((n, o) for n, o in enumerate(options, start=1) if o.key == priority), None)


@region("phone", "person", listed=True)
def my_seat(w: Workshop, room: Room, person: str) -> Context:
    """The priorities to choose from, where people choose: which one this person sits down with."""
    chooses = view(w) == "discuss" and w.open.side_by_side
    chosen = w.tables.get(w.open_id, {}).get(person) if chooses else None
    options = decided(w, w.open_id) if chooses else ()
    return {"stage": w.open_id, "code": w.code, "word": w.plan.group_word, "seated": any(o.key == chosen for o in options),
            "some": bool(options), "within": Within(TO_CHOOSE, newest=False), "entries": [(o.key, Choice(o, o.key == chosen)) for o in options]}


@region("phone", "table", listed=True)
def talked_about(w: Workshop, room: Room, priority: str) -> Context:
    """The priority, and what was said about it, under the heading of each kind that there is.  *priority* is empty where nobody has one to talk about."""
    found = _talked(w, priority)
    said = [p for p in w.points.values() if found and (p.stage, p.priority) == (w.open_id, priority)]
    kinds = [(f".{kind}", (kind, "")) for kind in POINT_KINDS if any(p.kind == kind for p in said)]
    entries = [entry for head in kinds for entry in (head, *((p.id, ("", p.text)) for p in said if p.kind == head[1][0]))]
    return {"open": view(w) == "discuss", "chooses": bool(w.open) and w.open.side_by_side, "priority": priority if found else "",
            "number": found[0] if found else 0, "option": found[1] if found else None,
            "some": bool(said), "within": Within(SAID, foremost=(*(key for key, _ in kinds), *(p.id for p in reversed(said)))), "entries": entries}


@region("phone", "table", listed=True)
def table_actions(w: Workshop, room: Room, priority: str) -> Context:
    """What will be done: by whom, the first move, until when, how people will know."""
    open = bool(_talked(w, priority))
    actions: tuple[Action, ...] = tuple(a for a in w.actions.values() if a.priority == priority) if open else ()
    return {"open": open, "some": bool(actions), "within": Within(DONE), "entries": [(a.id, a) for a in actions], "helpers": len(w.helpers.get(priority, ())) if open else 0}


@region("phone", "person", listed=True)
def my_points(w: Workshop, room: Room, person: str) -> Context:
    """What one has said oneself in this discussion, to take back."""
    mine = [p for p in w.points.values() if p.author == person and p.stage == w.open_id] if view(w) == "discuss" else []
    return {"some": bool(mine), "code": w.code, "within": Within(MINE), "entries": [(p.id, p.text) for p in mine]}


@region("phone", "person", listed=True)
def my_help(w: Workshop, room: Room, person: str) -> Context:
    """Whether one has offered to help with the priority one talks about, and with the others."""
    options = decided(w, w.open_id) if view(w) == "discuss" else ()
    offers = {o.key: Choice(o, person in w.helpers.get(o.key, ())) for o in options}
    here = offers.pop(talked_by(w, person), None)
    return {"code": w.code, "here": here, "some": bool(here and offers), "within": Within(TO_HELP, newest=False),
            "entries": [*offers.items()] if here else []}


def talked_by(w: Workshop, person: str) -> str:
    """The priority that *person* talks about: the one they chose, or the one on the screen."""
    if w.open.side_by_side if w.open else True:
        return w.tables.get(w.open_id, {}).get(person, "")
    return w.on_stage.get(w.open_id) or next(iter(on_the_table(w, w.open_id)), "")
