"""What a region is, and which page shows which."""
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from workshop.room import Room
from workshop.state import Workshop

Context = Mapping[str, Any]
REGIONS: dict[str, "Region"] = {}
KINDS = {"phone": ("phones", "group", "person", "paper", "table"), "console": ("console",), "screen": ("screen",)}
"""Whose drawings stand on each page."""


@dataclass(frozen=True)
class Audience:
    """Who sees a drawing, and in which language.

    *kind* is ``screen``, ``console``, ``phones`` (every phone), ``group``, ``paper``, ``table`` or ``person``;
    *key* tells which group, paper, table or person.
    """

    kind: str
    key: str
    language: str


@dataclass(frozen=True)
class Within:
    """How many bytes of HTML the entries of a listed region may be, so that a phone's page is small at any size of workshop.

    Which are drawn: those of *foremost*, in its order, then the newest, or, with *newest* false, those that stand first.
    The others are on a page of their own, with a link to it.
    """

    most: int
    newest: bool = True
    foremost: tuple[str, ...] = ()

    def order(self, keys: Iterable[str]) -> list[str]:
        """*keys* in the order in which they are given what room there is."""
        listed = dict.fromkeys(keys)
        return [*dict.fromkeys((*(key for key in self.foremost if key in listed), *(reversed(listed) if self.newest else listed)))]


@dataclass(frozen=True)
class Region:
    """A piece of a page.  *look* gives all that its template may read; with *listed*, ``entries`` in it is the list
    of (key, value) that the template's macro ``entry`` draws one by one, and ``within`` their room, where it has a bound."""

    name: str
    page: str
    audience: str
    look: Callable[[Workshop, Room, str], Context]
    listed: bool

    @property
    def template(self) -> str:
        return f"regions/{self.name}.html"


def region(page: str, audience: str = "", *, listed: bool = False):
    """Register a function as the region of its own name (``my_dots`` is ``my-dots``) on *page*, drawn for *audience*.

    The function is called with the workshop, the room and the audience's key.
    """
    def register(look: Callable[[Workshop, Room, str], Context]):
        name = look.__name__.replace("_", "-")
        REGIONS[name] = Region(name, page, audience or page, look, listed)
        return look
    return register


@cache
def drawn_for(kind: str) -> tuple[Region, ...]:
    """The regions that are drawn for audiences of one kind."""
    return tuple(r for r in REGIONS.values() if r.audience == kind)


def on_page(page: str) -> list[Region]:
    """The regions of a page: ``phone``, ``console`` or ``screen``."""
    return [r for r in REGIONS.values() if r.page == page]
