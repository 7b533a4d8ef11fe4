"""Coming in: the code, and a dot for everybody who did."""
from workshop.regions.region import Context, region
from workshop.regions.shared import sides
from workshop.room import Room
from workshop.state import Workshop


@region("screen")
def screen_welcome(w: Workshop, room: Room, key: str) -> Context:
    """Code, QR code and who has joined; the question takes the room when most are in."""
    shown = not w.open or w.open.kind == "welcome"
    mostly = bool(w.plan.people) and len(w.people) >= 0.6 * w.plan.people
    return {"shown": shown and not w.ended, "base": room.base, "code": w.code, "sides": sides(w) if shown else (), "people": len(w.people) if shown else 0,
            "mostly": mostly and shown, "question": w.plan.question}
