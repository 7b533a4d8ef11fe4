"""The charter as it is written, and who stands behind it."""
from dataclasses import dataclass

from workshop.charter.sections import SECTIONS, drafted
from workshop.regions.console.frame import stage_kind
from workshop.regions.region import Context, region
from workshop.room import Room
from workshop.state import Workshop


@dataclass(frozen=True)
class Part:
    """A section.  *title* and *ask* are marked for translation; *drafted*: nobody wrote it yet, this is what is offered."""

    title: str
    ask: str
    text: str
    drafted: bool
    version: int
    by: str


@region("console", listed=True)
def charter_sections(w: Workshop, room: Room, key: str) -> Context:
    """The sections that people write, each with its words or those that are offered."""
    shown = stage_kind(w) == "charter"
    parts = [(kind.id, (_part(w, kind), w.adopted is not None)) for kind in SECTIONS if not kind.generated] if shown else []
    return {"shown": shown, "entries": parts, "adopted": w.adopted is not None, "code": w.code,
            "open": tuple(part.title for _id, (part, _adopted) in parts if not part.text)}


@region("console")
def adoption(w: Workshop, room: Room, key: str) -> Context:
    """Who stands where, by number, with objections in words."""
    stands = [s.stand for s in w.stands.values()]
    shown = stage_kind(w) == "charter"
    return {"shown": shown, "agree": stands.count("agree"), "live": stands.count("live"), "object": stands.count("object"),
            "reading": max(len(w.people) - len(stands), 0), "why": tuple(s.why for s in w.stands.values() if s.stand == "object"),
            "adopted": w.adopted.at if w.adopted else 0, "code": w.code}


def _part(w: Workshop, kind) -> Part:
    written = w.charter.get(kind.id)
    if not written:
        return Part(kind.title, kind.ask, drafted(w, kind.id), True, 0, "")
    by = w.facilitators.get(written.by)
    return Part(kind.title, kind.ask, written.text, False, written.version, by.name if by else "")
