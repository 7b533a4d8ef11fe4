"""What a proposed change, or the last one, says otherwise than the version before it: for every page."""
from dataclasses import dataclass

from workshop.charter.changes import changes, in_lines
from workshop.charter.blocks import Piece
from workshop.state import Workshop


@dataclass(frozen=True)
class Changed:
    """A section that differs.  *title* is marked for translation; *how*: ``added``, ``removed`` or ``changed``."""

    section: str
    title: str
    how: str
    lines: tuple[tuple[Piece, ...], ...]


def changed(w: Workshop, generated: bool = False) -> tuple[Changed, ...]:
    """What the version that is drafted, else the one in force, changed; () where there is none before it.

    *generated*: also the priorities, which not everybody may know yet.
    """
    before = w.versions[: None if w.amending else -1]
    now = w if w.amending or not w.versions else w.versions[-1]
    found = changes(before[-1], now, generated) if before else ()
    return tuple(Changed(c.section, c.title, c.how, in_lines(c.pieces)) for c in found)
