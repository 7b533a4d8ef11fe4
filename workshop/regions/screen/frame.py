"""What stands in the same place in every stage: heading, clock, caption, code."""
from workshop.regions.region import Context, region
from workshop.regions.shared import caption, clock, heading
from workshop.room import Room
from workshop.state import Workshop


@region("screen")
def screen_heading(w: Workshop, room: Room, key: str) -> Context:
    """The question, or the stage's heading."""
    return {"heading": heading(w), "kind": w.open.kind if w.open else "", "community": w.plan.community, "title": w.plan.title}


@region("screen")
def screen_clock(w: Workshop, room: Room, key: str) -> Context:
    return {"clock": clock(w)}


@region("screen")
def screen_caption(w: Workshop, room: Room, key: str) -> Context:
    """What people do now, and how to come in."""
    return {"caption": caption(w), "base": room.base, "code": w.code}
