"""The phone's head, its banners, and where the room is."""
from workshop.regions.region import Context, region
from workshop.regions.shared import clock, heading
from workshop.room import Room
from workshop.rules.brainstorm import stars_open
from workshop.rules.stages import standing
from workshop.state import Workshop


@region("phone", "person")
def my_place(w: Workshop, room: Room, person: str) -> Context:
    """The head: the stage or, where people sit in groups, the table."""
    group = w.group_of(person, w.open_id) if w.open else None
    at_table = group and len(w.groups_of(w.open_id)) > 1 and w.open.kind in ("brainstorm", "break")
    return {"title": w.open.title if w.open else w.plan.title, "group": group.name if at_table else "", "live": bool(w.open) and not w.ended,
            "clock": clock(w), "word": w.plan.group_word}


@region("phone", "phones")
def news(w: Workshop, room: Room, key: str) -> Context:
    """What is said from the front."""
    return {"told": w.told, "eyes_up": w.eyes_up}


@region("phone", "phones")
def stage(w: Workshop, room: Room, key: str) -> Context:
    """Where the room is, the question, and what everybody's phone shows of the open stage."""
    source = w.source(w.open_id) if w.open else ""
    return {"kind": "ended" if w.ended else w.open.kind if w.open else "", "id": w.open_id, "standing": standing(w), "heading": heading(w),
            "plan": w.plan, "step": w.step, "silent": w.is_silent(w.open_id), "stars": bool(w.open) and stars_open(w, source),
            "code": w.code}
