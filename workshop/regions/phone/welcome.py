"""Coming in, and finding one's table."""
from workshop.regions.phone.view import view
from workshop.regions.region import Context, region
from workshop.room import Room
from workshop.state import Workshop


@region("phone", "phones")
def phone_welcome(w: Workshop, room: Room, key: str) -> Context:
    """What people read when they are in: what this is, how words will be used, who sees what."""
    shown = view(w) in ("before", "welcome")
    return {"shown": shown, "begun": bool(w.open), "tap": shown and bool(w.open) and not w.steps[w.open_id],
            "domain": w.plan.domain, "words_used": w.plan.words_used, "sees_what": w.plan.sees_what}


@region("phone", "group")
def your_table(w: Workshop, room: Room, group: str) -> Context:
    """The number of one's table, large enough to be held up; before the first group is formed nothing."""
    shown = bool(w.open) and w.open.kind == "break" and not w.ended
    found = next((g for g in w.groups_of(w.open_id) if g.id == group), None) if shown else None
    return {"name": found.name if found else "", "people": len(found.people) if found else 0, "word": w.plan.group_word}
