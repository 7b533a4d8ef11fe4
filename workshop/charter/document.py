"""A whole document, before it is a PDF, a page or Markdown; its blocks are in ``blocks``."""
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from math import ceil
from typing import Any

from workshop.charter import drawings
from workshop.charter.blocks import Block, Dots
from workshop.charter.drawings import Drawing


@dataclass(frozen=True)
class Section:
    """*number* is empty where sections are not counted."""

    title: str
    blocks: tuple[Block, ...]
    number: str = ""


@dataclass(frozen=True)
class Part:
    title: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Document:
    """A charter or a report.

    *label* is the kind of document in words, *lead* the sentence below the title, *facts* what stands at the foot
    of the cover, *direction* ``ltr`` or ``rtl``, *room* one dot a person (*each* of them stands for so many), *front* the blocks of the first page
    of a report, *draft* a word, empty where the document is final.  *at* is the workshop's time in ms.
    *ink*, *edge* and *logo* are the organisation's: see ``Brand``.
    """

    kind: str
    language: str
    label: str
    title: str
    lead: str
    line: str
    foot: str
    draft: str
    at: int
    direction: str = "ltr"
    ink: str = drawings.INK
    edge: str = ""
    logo: Drawing | None = None
    facts: tuple[tuple[str, str], ...] = ()
    room: tuple[Dots, ...] = ()
    each: int = 1
    room_note: str = ""
    front: tuple[Block, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def field(self) -> Drawing:
        """The people in the room as dots, for the cover."""
        return drawings.field(((ceil(side.n / self.each), side.fill) for side in self.room), self.ink)


def each_text(value: Any, change: Callable[[str], str]) -> Any:
    """*value* with *change* done to every text in it, however deep."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(each_text(part, change) for part in value)
    if is_dataclass(value):
        return replace(value, **{f.name: each_text(getattr(value, f.name), change) for f in fields(value)})
    return value


DRAWN = ("drawing", "key", "field")


def as_plain(value: Any) -> Any:
    """*value* as dicts and lists for JSON; a block says its type, what can be drawn brings its drawing."""
    if isinstance(value, tuple):
        return [as_plain(part) for part in value]
    if is_dataclass(value):
        names = [f.name for f in fields(value)] + [name for name in DRAWN if isinstance(getattr(type(value), name, None), property)]
        return {"type": type(value).__name__.lower()} | {name: as_plain(getattr(value, name)) for name in names}
    return value
