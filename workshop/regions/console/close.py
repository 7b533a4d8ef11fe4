"""The last round, and the end."""
from collections import Counter

from workshop.charter.offered import offered
from workshop.regions.console.frame import stage_kind
from workshop.regions.region import Context, region
from workshop.room import Room
from workshop.state import Workshop


@region("console")
def last_round(w: Workshop, room: Room, key: str) -> Context:
    """One word each, a rating, the next date; nobody's name is on them."""
    count = Counter(w.ratings.values())
    return {"shown": stage_kind(w) == "close", "words": tuple(sorted(w.words.values(), key=str.casefold)), "people": len(w.people),
            "ratings": tuple((n, count[n]) for n in (5, 4, 3, 2, 1)), "rated": len(w.ratings),
            "mean": f"{sum(w.ratings.values()) / len(w.ratings):.1f}" if w.ratings else "", "next_date": w.next_date}


@region("console")
def at_the_end(w: Workshop, room: Room, key: str) -> Context:
    """What there is to take home."""
    return {"ended": w.ended, "code": w.code, "adopted": bool(w.adopted), "people": len(w.people), "ideas": w.idea_count,
            "actions": len(w.actions), "shared": bool(w.plan.downloads)}


@region("console")
def downloads(w: Workshop, room: Room, key: str) -> Context:
    """Every file that can be had, as it stands now."""
    return {"code": w.code, "offered": offered(w) if w.opened else ()}
