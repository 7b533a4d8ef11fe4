"""What is possible, and who helps: one priority on the stage, or all of them side by side."""
from dataclasses import dataclass

from workshop.regions.region import Context, region
from workshop.regions.options import Option, decided
from workshop.regions.weighing import Weighing, weighing
from workshop.room import Room
from workshop.state import Action, Workshop


@dataclass(frozen=True)
class Points:
    """The points of one kind, each with the number it is drawn with; *more* that do not find room."""

    kind: str
    points: tuple[tuple[int, str], ...]
    more: int


@dataclass(frozen=True)
class Talk:
    """What was said about a priority."""

    option: Option
    people: int
    said: tuple[Points, ...]
    actions: tuple[Action, ...]
    more: int
    helpers: int
    weighing: Weighing


def on_stage(w: Workshop) -> Option | None:
    """The priority that the room talks about together; None while they are side by side or weighed, or there is none."""
    if not w.open or w.open.kind != "discuss" or w.ended or w.open_id in w.matrix_on:
        return None
    options = decided(w, w.open_id)
    chosen = next((o for o in options if o.key == w.on_stage.get(w.open_id)), None)
    return chosen or (options[0] if options and not w.open.side_by_side else None)


@region("screen")
def screen_priority(w: Workshop, room: Room, key: str) -> Context:
    """One priority: points by whose power it is in, what is in the way, and the actions."""
    talked = on_stage(w)
    return {"talk": _talk(w, talked, room_for=5) if talked else None}


@region("screen")
def screen_priorities(w: Workshop, room: Room, key: str) -> Context:
    """A column for each priority that people sit down with."""
    shown = bool(w.open) and w.open.kind == "discuss" and not w.ended and not on_stage(w) and w.open_id not in w.matrix_on
    options = decided(w, w.open_id) if shown else ()
    return {"shown": shown, "talks": tuple(_talk(w, o, room_for=3) for o in options)}


KINDS = ("power", "others", "later", "obstacle", "how")


def _talk(w: Workshop, option: Option, room_for: int) -> Talk:
    points = [p for p in w.points.values() if p.stage == w.open_id and p.priority == option.key]
    ordered = [p for kind in KINDS for p in points if p.kind == kind]
    numbers = {p.id: n for n, p in enumerate(ordered, start=1)}
    said = []
    for kind in KINDS:
        of_kind = tuple((numbers[p.id], p.text) for p in ordered if p.kind == kind)
        said.append(Points(kind, of_kind[:room_for], max(0, len(of_kind) - room_for)))
    actions = tuple(a for a in w.actions.values() if a.priority == option.key)
    sitting = list(w.tables.get(w.open_id, {}).values()).count(option.key)
    return Talk(option, sitting, tuple(said), actions[:room_for], max(0, len(actions) - room_for), len(w.helpers.get(option.key, ())),
                weighing(w, w.open_id, option, 0))
