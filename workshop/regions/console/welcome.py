"""Coming in and finding a table: who is there, from which side, and where they sit."""
from dataclasses import dataclass

from workshop.regions.console.frame import seating, stage_kind
from workshop.regions.region import Context, region
from workshop.regions.shared import fill_of, sides
from workshop.room import Room
from workshop.rules.stages import standing
from workshop.state import Workshop

SHOWN = ("welcome", "break")


@dataclass(frozen=True)
class Row:
    """One person as the console lists them; *here*: a page of theirs is open."""

    number: int
    name: str
    side: str
    fill: str
    table: str
    phone: bool
    here: bool


@region("console")
def coming_in(w: Workshop, room: Room, key: str) -> Context:
    """How many are in, from each side, whose phones answered the warm-up tap, and what tables they make."""
    shown = stage_kind(w) in SHOWN
    groups = w.groups_of(w.open_id) if w.open else ()
    return {"shown": shown, "people": len(w.people), "wanted": w.plan.people, "sides": sides(w) if shown else (),
            "tapped": len(room.ready.get(standing(w), frozenset())) if w.open and w.open.kind == "welcome" else 0,
            "seating": seating(w) if shown and not groups else None, "tables": len(groups), "word": w.plan.group_word}


@region("console", listed=True)
def people_in(w: Workshop, room: Room, key: str) -> Context:
    """Everybody who joined, newest first while they come in."""
    shown = stage_kind(w) in SHOWN
    tables = {person: g.name for g in (w.groups_of(w.open_id) if w.open else ()) for person in g.people} if shown else {}
    rows = [(p.id, (Row(p.number, p.name, p.constituency, fill_of(w, p.constituency), tables.get(p.id, ""), p.phone, p.id in room.here),
                    w.open_id, w.plan.group_word)) for p in reversed(w.people.values())] if shown else []
    return {"shown": shown, "entries": rows, "word": w.plan.group_word}
