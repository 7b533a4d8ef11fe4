"""The ideas that facilitators withhold."""
from workshop.regions.region import Context, region
from workshop.room import Room
from workshop.state import Workshop


@region("console", listed=True)
def withheld(w: Workshop, room: Room, key: str) -> Context:
    """What is withheld, the last written first, each with why; but for what came without its words out of a file."""
    found = [i for i in w.ideas.values() if i.withheld and i.text and not i.withdrawn]
    return {"count": len(found), "entries": [(i.id, (i.text, i.withheld.reason, i.turns, w.code)) for i in reversed(found)]}
