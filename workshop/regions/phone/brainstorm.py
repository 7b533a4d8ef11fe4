"""The flip chart of a group, and what is one's own."""
from workshop.regions.region import Context, region
from workshop.room import Room
from workshop.rules.brainstorm import vote_opened
from workshop.rules.stages import standing
from workshop.state import Workshop


def charted(w: Workshop) -> str:
    """The stage whose chart phones show now: the open one, or the one that it takes from; empty where there is none."""
    if not w.open or w.open.kind not in ("brainstorm", "plenary"):
        return ""
    return w.source(w.open_id)


@region("phone", "group", listed=True)
def flip_chart(w: Workshop, room: Room, group: str) -> Context:
    """The ideas of the group, oldest first; none while writing is silent."""
    stage = charted(w)
    hidden = not stage or w.is_silent(stage)
    return {"open": bool(stage) and w.open.kind == "brainstorm", "silent": hidden, "entries": [] if hidden else [(i.id, i.text) for i in w.chart(stage, group)]}


@region("phone", "person", listed=True)
def my_ideas(w: Workshop, room: Room, person: str) -> Context:
    """One's own ideas of the open brainstorm, which one may edit or take back until the vote opens."""
    stage = charted(w)
    mine = [i for i in w.ideas_of(stage) if i.author == person] if stage and w.open.kind == "brainstorm" else []
    return {"entries": [(i.id, (i.id, i.text, not vote_opened(w, stage))) for i in mine]}


@region("phone", "person")
def my_ready(w: Workshop, room: Room, person: str) -> Context:
    """Whether one has said that one is ready, where the stage asks for it."""
    asks = bool(w.open) and w.open.kind in ("welcome", "brainstorm", "plenary") and not w.ended
    return {"asks": asks, "kind": w.open.kind if w.open else "", "ready": person in room.ready.get(standing(w), ())}
