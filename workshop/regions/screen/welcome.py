"""Coming in and sitting down; and the end, when everybody goes."""
from workshop.regions.region import Context, region
from workshop.regions.screen.frame import is_open, site
from workshop.regions.shared import sides
from workshop.room import Room
from workshop.state import Workshop

MOSTLY = 0.6


@region("screen")
def screen_welcome(w: Workshop, room: Room, key: str) -> Context:
    """Code, QR code and who has joined; the question takes the room when 60 % of those expected are in."""
    shown = is_open(w, "", "welcome")
    here = len(w.people) if shown else 0
    return {"shown": shown, "base": room.base, "site": site(room), "code": w.code, "sides": sides(w) if shown else (), "people": here,
            "mostly": here > 0 and here >= MOSTLY * w.plan.people > 0, "question": w.plan.question}


@region("screen")
def screen_break(w: Workshop, room: Room, key: str) -> Context:
    """Time to move: to the tables, or away from them."""
    shown = is_open(w, "break")
    return {"shown": shown, "seated": shown and w.open.groups}


@region("screen")
def screen_ended(w: Workshop, room: Room, key: str) -> Context:
    """Where the documents are."""
    return {"shown": bool(w.ended) and not w.amending, "base": room.base, "code": w.code, "next_date": w.next_date, "shared": bool(w.plan.downloads), "both": {"charter", "report"} <= set(w.plan.downloads)}
