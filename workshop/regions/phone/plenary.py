"""Listening to the tables in turn."""
from workshop.regions.phone.view import view
from workshop.regions.region import Context, Within, region
from workshop.room import Room
from workshop.state import Workshop

STARRED = 6_000   # bytes, of which a phone's page has 60,000


@region("phone", "group", listed=True)
def turn(w: Workshop, room: Room, group: str) -> Context:
    """Whose turn it is.  *away*: how many turns until one's own, 0 now, less once it is over, None for nobody's."""
    groups = [g.id for g in w.groups_of(w.open_id)] if view(w) == "plenary" else []
    if not groups:
        return {"speaker": ""}
    now = w.sharing[w.open_id]
    stars = w.stars.get((w.source(w.open_id), now), ())
    said = [(i, w.ideas[i].text) for i in stars if w.ideas[i].stands]
    return {"speaker": w.groups_of(w.open_id)[groups.index(now)].name, "word": w.plan.group_word, "alone": len(groups) == 1,
            "away": groups.index(group) - groups.index(now) if group in groups else None,
            "within": Within(STARRED, newest=False), "some": bool(said), "entries": said}
