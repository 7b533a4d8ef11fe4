"""Tables at work: who is quiet, and what is new."""
from dataclasses import dataclass

from workshop.regions.region import Context, region
from workshop.regions.shared import Side, sides
from workshop.room import Room
from workshop.rules.stages import standing
from workshop.state import Workshop

NEWEST = 8


@dataclass(frozen=True)
class Table:
    """One group as the console lists it."""

    name: str
    sides: tuple[Side, ...]
    people: int
    ideas: int
    newest: int
    ready: int


@region("console", listed=True)
def tables(w: Workshop, room: Room, key: str) -> Context:
    """A row for each table while people write: counts only, so that silence stays silent."""
    shown = bool(w.open) and w.open.kind == "brainstorm"
    groups = w.groups_of(w.open_id) if shown else ()
    ready = room.ready.get(standing(w), frozenset())
    rows = []
    for group in groups:
        ideas = w.chart(w.open_id, group.id)
        rows.append((group.id, Table(group.name, sides(w, group.people), len(group.people), len(ideas), max((i.at for i in ideas), default=0),
                                     len(ready & set(group.people)))))
    return {"shown": shown, "entries": rows, "people": len(w.people), "ideas": len(w.ideas_of(w.open_id)) if shown else 0,
            "silent": w.is_silent(w.open_id), "stage": w.open_id}


@region("console", listed=True)
def newest(w: Workshop, room: Room, key: str) -> Context:
    """The ideas that came last; none while writing is silent."""
    shown = bool(w.open) and w.open.kind == "brainstorm" and not w.is_silent(w.open_id)
    ideas = w.ideas_of(w.open_id)[-NEWEST:][::-1] if shown else ()
    names = {g.id: g.name for g in w.groups_of(w.open_id)} if shown else {}
    return {"shown": shown, "entries": [(i.id, (names.get(i.group, ""), i.text, i.at)) for i in ideas]}
