"""What we sign, and who stands behind it; the last round."""
from collections import Counter

from workshop.charter.sections import words
from workshop.regions.changed import changed
from workshop.regions.region import Context, region
from workshop.regions.screen.frame import is_open
from workshop.regions.options import decided
from workshop.regions.shared import asked_anew
from workshop.room import Room
from workshop.state import Workshop


@region("screen")
def screen_charter(w: Workshop, room: Room, key: str) -> Context:
    """The heart of the charter, or what would change in it, and a dot for each person's stand.  Objections are words without a name."""
    shown = is_open(w, "charter") or asked_anew(w)
    stands = Counter(s.stand for s in w.stands.values()) if shown else Counter()
    return {"shown": shown, "purpose": words(w, "purpose") if shown else "", "priorities": decided(w, w.open_id) if shown else (),
            "practice": (words(w, "practice") or w.next_date) if shown else "", "agree": stands["agree"], "live": stands["live"],
            "object": stands["object"], "reading": len(w.people) - len(w.stands) if shown else 0,
            "why": tuple(s.why for s in w.stands.values() if s.stand == "object") if shown else (), "adopted": not w.drafting,
            "version": w.version, "amending": w.amending, "changed": changed(w) if shown and w.amending else ()}


@region("screen")
def screen_close(w: Workshop, room: Room, key: str) -> Context:
    """One word each, in the order they came, and when we meet again."""
    shown = is_open(w, "close")
    return {"shown": shown, "words": tuple(w.words.values()) if shown else (), "next_date": w.next_date}
