"""The wall of ideas."""
from workshop.regions.region import Context, region
from workshop.room import Room
from workshop.state import Workshop

WALLS = (16, 24, 40, 48, 61)
MOST = 300


@region("screen")
def just_in(w: Workshop, room: Room, key: str) -> Context:
    """The count, the newest idea, and while writing is silent the tallies alone."""
    shown = bool(w.open) and w.open.kind == "brainstorm" and not w.ended
    silent = w.is_silent(w.open_id)
    ideas = w.ideas_of(w.open_id) if shown else ()
    last = ideas[-1] if ideas and not silent else None
    groups = w.groups_of(w.open_id) if shown else ()
    return {"shown": shown, "silent": silent, "count": len(ideas), "newest": last.text if last else "",
            "table": next((g.name for g in groups if last and g.id == last.group), ""), "word": w.plan.group_word,
            "tallies": tuple((g.name, len(w.chart(w.open_id, g.id))) for g in groups) if silent else ()}


@region("screen", listed=True)
def wall(w: Workshop, room: Room, key: str) -> Context:
    """Every idea, oldest first, in the text size that fits them."""
    shown = bool(w.open) and w.open.kind == "brainstorm" and not w.is_silent(w.open_id) and not w.ended
    ideas = w.ideas_of(w.open_id)[-MOST:] if shown else ()
    names = {g.id: g.name for g in w.groups_of(w.open_id)} if shown else {}
    size = next((n for n in WALLS if len(ideas) <= n), WALLS[-1])
    return {"shown": shown, "size": size, "entries": [(i.id, (names.get(i.group, ""), i.text)) for i in ideas]}
