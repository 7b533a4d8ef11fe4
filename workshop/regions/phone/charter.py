"""What we sign, where one stands, and the last round."""
from collections.abc import Iterable

from workshop.charter.blocks import Bullets
from workshop.charter.pieces import paragraphs
from workshop.charter.sections import SECTIONS, words
from workshop.regions.changed import changed
from workshop.regions.phone.view import view
from workshop.regions.region import Context, Within, region
from workshop.regions.options import decided
from workshop.room import Room
from workshop.state import Workshop
from workshop.words import N_, speaking

# Bytes, of which a phone's page has 60,000: purpose and priorities; the other sections.
FOREMOST, SECTIONED = 12_000, 14_000


@region("phone", "phones", listed=True)
def phone_charter(w: Workshop, room: Room, key: str) -> Context:
    """The purpose and the priorities, in the plan's language.  *adopted*: how many agreed, or None; *bare*: nothing is written."""
    if view(w) not in ("charter", "adopted"):
        return {"open": False}
    priorities = [(option.key, ("priority", option)) for option in decided(w, w.open_id)]
    entries = [*_lines(w, ("purpose",)), *([(".priorities", ("head", N_("We start with")))] if priorities else []), *priorities]
    return {"open": True, "adopted": None if w.drafting else w.adopted, "bare": not entries and not _others(w), "within": Within(FOREMOST, newest=False), "entries": entries}


@region("phone", "phones", listed=True)
def phone_changes(w: Workshop, room: Room, key: str) -> Context:
    """What the proposed change says otherwise than the charter in force: heads, and lines in pieces."""
    there = w.amending and view(w) == "charter"
    found = changed(w) if there else ()
    lines = [(f"{change.section}.{n}", line) for change in found
             for n, line in enumerate([("head", (change.title, change.how)), *(("line", pieces) for pieces in change.lines)])]
    return {"open": there, "version": w.version, "code": w.code, "ended": bool(w.ended), "within": Within(FOREMOST, newest=False), "entries": lines}


@region("phone", "phones", listed=True)
def charter_more(w: Workshop, room: Room, key: str) -> Context:
    """The other sections that have words.  *count*: how many."""
    others = _others(w) if view(w) in ("charter", "adopted") else []
    return {"count": len(others), "within": Within(SECTIONED, newest=False), "entries": _lines(w, others)}


def _others(w: Workshop) -> list[str]:
    return [s.id for s in SECTIONS if not s.generated and s.id != "purpose" and _words(w, s.id).strip()]


def _words(w: Workshop, section: str) -> str:
    with speaking(w.plan.language):
        return words(w, section)


def _lines(w: Workshop, sections: Iterable[str]) -> list[tuple[str, tuple[str, str]]]:
    """(key, (what it is, words)) of each heading, paragraph and bullet of *sections*; those without words are left out."""
    titles, lines = {s.id: s.title for s in SECTIONS}, []
    for section in sections:
        blocks = paragraphs(_words(w, section))
        found = [("bullet", line) if isinstance(block, Bullets) else ("text", line)
                 for block in blocks for line in (block.entries if isinstance(block, Bullets) else (block.text,))]
        lines += [(f"{section}.{n}", line) for n, line in enumerate([("head", titles[section]), *found] if found else ())]
    return lines


@region("phone", "person")
def my_stand(w: Workshop, room: Room, person: str) -> Context:
    """Where one stands on the charter, and why; *earlier*: the words changed since."""
    stand = w.stands.get(person) if view(w) in ("charter", "adopted") else None
    return {"stand": stand.stand if stand else "", "why": stand.why if stand else "", "earlier": bool(stand and w.drafting and stand.words < w.worded)}


@region("phone", "person")
def my_name(w: Workshop, room: Room, person: str) -> Context:
    """Whether one's name may be printed; nothing for who gave none."""
    me = w.people.get(person)
    shown = view(w) in ("charter", "adopted", "close", "ended") and bool(me and me.name)
    return {"code": w.code, "shown": shown, "name": me.name if shown else "", "side": me.constituency if shown else "", "on": shown and person in w.printed}


@region("phone", "phones")
def phone_close(w: Workshop, room: Room, key: str) -> Context:
    """When we meet again."""
    return {"open": view(w) in ("close", "ended"), "next_date": w.next_date}


@region("phone", "person")
def my_last_word(w: Workshop, room: Room, person: str) -> Context:
    """One's own word and rating; 0 before one has rated."""
    open = view(w) == "close"
    return {"open": open, "code": w.code, "word": w.words.get(person, "") if open else "", "rating": w.ratings.get(person, 0) if open else 0}
