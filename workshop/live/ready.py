"""Ready marks: they belong to the room, never to the journal."""
from dataclasses import replace
from typing import Any

from workshop.room import Room
from workshop.rules import Refused
from workshop.rules.stages import standing
from workshop.state import Workshop
from workshop.words import N_


def mark_ready(room: Room, w: Workshop, person: str, args: Any) -> Room:
    """*room* in which *person* is ready for what comes next, or (``on`` false) is not after all."""
    on = args.get("on", True) if isinstance(args, dict) else None
    on = {"true": True, "false": False}.get(on, on) if isinstance(on, str) else on   # forms send words
    if not isinstance(on, bool):
        raise Refused(N_("This page is out of date. Load it again."))
    if person not in w.people:
        raise Refused(N_("Join the workshop first: scan the code on the wall."))
    here = standing(w)
    others = room.ready.get(here, frozenset()) - {person}
    return replace(room, ready={here: others | {person} if on else others})
