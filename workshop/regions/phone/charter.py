"""What we sign, where one stands, and the last round."""
from workshop.charter.pieces import paragraphs
from workshop.charter.sections import SECTIONS, words
from workshop.regions.phone.view import view
from workshop.regions.region import Context, region
from workshop.regions.options import decided
from workshop.room import Room
from workshop.state import Workshop
from workshop.words import speaking


@region("phone", "phones")
def phone_charter(w: Workshop, room: Room, key: str) -> Context:
    """The purpose and the priorities, then every section, in the plan's language.  *adopted*: how many agreed, or None."""
    if view(w) not in ("charter", "adopted"):
        return {"open": False}
    with speaking(w.plan.language):
        written = {s.id: paragraphs(words(w, s.id)) for s in SECTIONS if not s.generated}
    sections = tuple((s.id, s.title, written[s.id]) for s in SECTIONS if written.get(s.id))
    return {"open": True, "purpose": written["purpose"], "priorities": decided(w, w.open_id), "adopted": w.adopted,
            "sections": tuple(s for s in sections if s[0] != "purpose")}


@region("phone", "person")
def my_stand(w: Workshop, room: Room, person: str) -> Context:
    """Where one stands on the charter, and why."""
    stand = w.stands.get(person) if view(w) in ("charter", "adopted") else None
    return {"stand": stand.stand if stand else "", "why": stand.why if stand else ""}


@region("phone", "phones")
def phone_close(w: Workshop, room: Room, key: str) -> Context:
    """When we meet again."""
    return {"open": view(w) in ("close", "ended"), "next_date": w.next_date}


@region("phone", "person")
def my_last_word(w: Workshop, room: Room, person: str) -> Context:
    """One's own word and rating; 0 before one has rated."""
    open = view(w) == "close"
    return {"open": open, "code": w.code, "word": w.words.get(person, "") if open else "", "rating": w.ratings.get(person, 0) if open else 0}
