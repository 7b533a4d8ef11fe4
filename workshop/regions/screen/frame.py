"""What stands in the same place in every stage: heading, clock, caption, code, and words from the front."""
from workshop.regions.region import Context, region
from workshop.regions.screen.discuss import on_stage
from workshop.regions.options import decided
from workshop.regions.shared import caption, clock, heading
from workshop.room import Room
from workshop.state import Workshop


def site(room: Room) -> str:
    """The address as people type it."""
    return room.base.partition("://")[2].rstrip("/")


def is_open(w: Workshop, *kinds: str) -> bool:
    """Whether a stage of one of *kinds* is what the screen shows; "" stands for before the first."""
    return not w.ended and (w.open.kind if w.open else "") in kinds


@region("screen")
def screen_heading(w: Workshop, room: Room, key: str) -> Context:
    """Who meets here while people come in; the result from its first place on; a run-off stays one; the priority that is on the stage; effort and impact; else the stage's heading.

    *number* is the priority's place, 0 where none is on the stage.
    """
    coming = is_open(w, "", "welcome")
    vote = w.votes.get(w.open_id)
    talked = on_stage(w)
    options = decided(w, w.open_id) if talked else ()
    return {"heading": w.plan.community or heading(w) if coming else heading(w), "practice": coming and bool(w.plan.community),
            "decided": bool(vote and vote.from_rank is not None and not w.open.run_off) and not w.ended, "ended": bool(w.ended) and not w.amending,
            "matrix": is_open(w, "discuss") and w.open_id in w.matrix_on, "priority": talked, "number": options.index(talked) + 1 if talked in options else 0}


@region("screen")
def screen_clock(w: Workshop, room: Room, key: str) -> Context:
    return {"clock": clock(w)}


@region("screen")
def screen_caption(w: Workshop, room: Room, key: str) -> Context:
    """What people do now, and how to come in."""
    vote = w.votes.get(w.open_id)
    return {"caption": caption(w), "begun": bool(w.open), "site": site(room), "code": w.code, "ended": bool(w.ended) and not w.amending,
            "closed": bool(vote and vote.result and not vote.shown),
            "told": bool(vote and vote.shown and not w.steps[w.open_id])}


@region("screen")
def screen_news(w: Workshop, room: Room, key: str) -> Context:
    """What is said from the front."""
    return {"told": "" if w.ended else w.told, "eyes_up": w.eyes_up and not w.ended}
