"""Regions to HTML, the last drawing of each, and what changed since."""
import hashlib
import itertools
import logging
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from workshop.regions.region import Audience, Region, Within
from workshop.session import Session
from workshop.words import speaking

log = logging.getLogger(__name__)
PLACE = Markup("\0")
MORE, EVERYTHING = "+", Within(sys.maxsize)
MARK_LENGTH = 12
KEPT = 10_000   # parts of entries that are not drawn again: a shelf of the board holds up to a thousand ideas, and one moves
PART = re.compile(r'<li id="([^"]+)"[^>]* data-part[ >].*?</li>', re.DOTALL)
"""A line inside an entry that is not sent again where it stays as it is."""


@dataclass(frozen=True)
class Drawing:
    """One region as one audience sees it.  *seq* grows with each drawing that differs; *mark* is a hash of its HTML."""

    region: str
    context: dict[str, Any]
    values: dict[str, Any]
    frame: str
    entries: dict[str, str]
    seq: int
    mark: str

    @property
    def html(self) -> str:
        return self.frame.replace("\0", "".join(self.entries.values()))

    def whole(self, mark: str = "") -> dict[str, Any]:
        """The region as the wire carries it; without HTML where *mark* says that the page has it."""
        patch = {"id": self.region, "seq": self.seq, "mark": self.mark}
        return patch if mark == self.mark else {**patch, "html": self.html}


class Drawn:
    """The last drawing of each region of one workshop, for each audience that is looking.

    A drawing is made for whoever asks first: a page that is loaded, one that comes back, or the beat.  What the beat
    *sent* to an audience is kept apart, so that a change which a loading page saw first still reaches the others.
    """

    def __init__(self, session: Session, environment: Environment) -> None:
        self._session, self._environment = session, environment
        self._last: dict[tuple[str, Audience], Drawing] = {}
        self._sent: dict[tuple[str, Audience], Drawing] = {}
        self._alike: dict[tuple[str, str], Drawing] = {}    # region and language -> what was drawn last for anybody
        self._of, self._fresh = (session.state, session.room), set()   # what those drawings of ``_last`` show as it is
        self._kept = lru_cache(maxsize=KEPT)(lambda language, macro, value: macro(value))
        self._failed: set[str] = set()
        self._numbers = itertools.count(1)

    def look(self, region: Region, audience: Audience) -> Drawing:
        """The region as it is now, for one page."""
        drawing = self._now(region, audience)
        self._sent.setdefault((region.name, audience), drawing)
        return drawing

    def patch(self, region: Region, audience: Audience) -> dict[str, Any] | None:
        """What the pages of *audience* need, having what was sent to them last; None where that is still right."""
        old, new = self._sent.get((region.name, audience)), self._now(region, audience)
        self._sent[region.name, audience] = new
        return None if old and old.seq == new.seq else _difference(old, new)

    def _now(self, region: Region, audience: Audience) -> Drawing:
        """Draw where something changed.  A region that fails is logged once and keeps its last drawing.

        Whoever looks at what others of their audience saw already is given that: a thousand come back at once.
        """
        key, old = (region.name, audience), self._last.get((region.name, audience))
        if self._is_fresh(key):
            return old
        try:
            new = self._draw(region, audience, old)
            self._fresh.add(key)
        except Exception:
            if region.name not in self._failed:
                log.exception("%s: region %s failed at %d", self._session.state.code, region.name, self._session.state.seq)
            self._failed.add(region.name)
            new = old or Drawing(region.name, {}, {}, "", {}, next(self._numbers), "")
        self._last[key] = new
        return new

    def _is_fresh(self, key: tuple[str, Audience]) -> bool:
        w, room = self._of
        if w is not self._session.state or room is not self._session.room:
            self._of = self._session.state, self._session.room
            self._fresh.clear()
        return key in self._fresh

    def number(self) -> int:
        """A number behind that of every drawing made so far, and before that of every later one."""
        return next(self._numbers)

    def forget(self, looking: Iterable[Audience]) -> None:
        """Let go of the drawings that nobody is looking at."""
        kept = set(looking)
        self._fresh.clear()
        for drawings in (self._last, self._sent):
            for key in [key for key in drawings if key[1] not in kept]:
                del drawings[key]

    def _draw(self, region: Region, audience: Audience, old: Drawing | None) -> Drawing:
        with speaking(audience.language):
            context = dict(region.look(self._session.state, self._session.room, audience.key))
            values = dict(context.pop("entries", ()))
            if old and _same(old.context, context) and _same(old.values, values):
                return old
            alike = self._alike.get((region.name, audience.language))
            if alike and _same(alike.context, context) and _same(alike.values, values):   # most people see the same of most regions
                return replace(alike, seq=old.seq if old and old.mark == alike.mark else next(self._numbers))
            page = self._environment.get_template(region.template).make_module({**context, "entries": PLACE, "kept": partial(self._kept, audience.language)})
            known = {key: html for key, html in old.entries.items() if key in values and _is(old.values[key], values[key])} if old else {}
            entries = self._entries(region, page, values, known, context.get("within") or EVERYTHING)
        frame = str(page)
        mark = hashlib.blake2s("\0".join((frame, *entries.values())).encode()).hexdigest()[:MARK_LENGTH]
        seq = old.seq if old and old.mark == mark else next(self._numbers)
        new = self._alike[region.name, audience.language] = Drawing(region.name, context, values, frame, entries, seq, mark)
        return new

    def _entries(self, region: Region, page: Any, values: dict[str, Any], known: dict[str, str], within: Within) -> dict[str, str]:
        """Key -> HTML of as many entries as there is room for, and behind ``MORE`` the way to the others; *known*: drawn before."""
        drawn, room = {}, within.most
        for key in within.order(values):
            drawn[key] = known.get(key) or str(page.entry(key, values[key]))
            room -= len(drawn[key].encode())
            if room < 0:
                del drawn[key]
                break
        entries, left = {key: drawn[key] for key in values if key in drawn}, len(values) - len(drawn)
        if not left:
            return entries
        way = self._environment.get_template("more.html").module.more(self._session.state.code, region.name, left, within.newest)
        return {MORE: str(way), **entries} if within.newest else {**entries, MORE: str(way)}


def _difference(old: Drawing | None, new: Drawing) -> dict[str, Any]:
    """The patch from *old* to *new*: the entries that changed, or the whole where frame or order did."""
    if not old or old.frame != new.frame:
        return new.whole()
    stayed = [key for key in old.entries if key in new.entries]
    if stayed != [key for key in new.entries if key in old.entries]:
        return new.whole()
    order = [None, *new.entries]
    put = [[key, _lean(old.entries.get(key, ""), html), after] for after, (key, html) in zip(order, new.entries.items()) if old.entries.get(key) != html]
    return {"id": new.region, "was": old.seq, "seq": new.seq, "mark": new.mark, "put": put,
            "drop": [key for key in old.entries if key not in new.entries]}


def _lean(old: str, new: str) -> str:
    """*new* with the id alone of each part that *old* has too, which the page keeps: of a shelf of a hundred ideas one moves."""
    had = {part[0] for part in PART.finditer(old)}
    return PART.sub(lambda part: f'<li id="{part[1]}" data-kept></li>' if part[0] in had else part[0], new)


def _same(old: dict[str, Any], new: dict[str, Any]) -> bool:
    return old.keys() == new.keys() and all(_is(old[key], new[key]) for key in new) and list(old) == list(new)


def _is(old: Any, new: Any) -> bool:
    return old is new or old == new
