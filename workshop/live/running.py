"""One workshop with people looking at it: who is connected, and the beat that shows them what changed."""
import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import gevent

from workshop.drawn import Drawn
from workshop.live.audiences import audience, language_of
from workshop.live.outcomes import Outcomes
from workshop.live.typing import Typing
from workshop.regions.region import REGIONS, Audience, on_page
from workshop.room import Room
from workshop.seats import Seat
from workshop.session import Session

log = logging.getLogger(__name__)
BEAT = 0.1


@dataclass
class Page:
    """One open page: its socket's id, its seat, and the audience of each of its regions as last told."""

    sid: str
    seat: Seat
    audiences: dict[str, Audience]


class Running:
    """The open pages of one workshop.  *wire* sends: ``patch(regions, to)``, ``enter(sid, channel)``, ``leave(sid, channel)``."""

    def __init__(self, session: Session, drawn: Drawn, wire: Any, drawing: Callable, after: Callable[["Running"], None]) -> None:
        self.session, self.drawn, self.outcomes, self.typing = session, drawn, Outcomes(), Typing(session)
        self._wire, self._drawing, self._after = wire, drawing, after
        self._pages: dict[str, Page] = {}
        self._beating = gevent.spawn(self._beat)

    def enters(self, sid: str, seat: Seat) -> None:
        """A page connected."""
        self._pages[sid] = Page(sid, seat, {})
        self._count()

    def leaves(self, sid: str) -> None:
        """A page is gone."""
        gone = self._pages.pop(sid, None)
        if gone and gone.seat.page == "console":
            self.typing.types(gone.seat.person, "")
        self._count()

    def whole(self, sid: str, have: dict[str, str], only: list[str] | None = None) -> list[dict[str, Any]]:
        """Every region of the page (or *only* some, and those that have another audience now), without the HTML of
        those whose mark it has (*have*).

        Joins the channels first and reads the state after that, so that nothing falls in between.  ``at`` in a region
        tells when it was given: a seat that moved may be given an older drawing than it had.
        """
        page = self._pages[sid]
        wanted = self._audiences(page.seat)
        told = on_page(page.seat.page) if only is None else [
            region for region in on_page(page.seat.page) if region.name in only or page.audiences.get(region.name) != wanted[region.name]]
        self._take_seat(page, wanted)
        with self._drawing():
            drawings = [self.drawn.look(region, wanted[region.name]) for region in told]
        at = self.drawn.number()
        return [{**drawing.whole(have.get(drawing.region, "")), "at": at} for drawing in drawings]

    def _take_seat(self, page: Page, wanted: dict[str, Audience]) -> None:
        """Put the page into the channels of its audiences, and out of all others."""
        before, now = set(page.audiences.values()), set(wanted.values())
        for gone in before - now:
            self._wire.leave(page.sid, self.channel(gone))
        for come in now - before:
            self._wire.enter(page.sid, self.channel(come))
        page.audiences = wanted

    def channel(self, audience: Audience) -> str:
        return "/".join((self.session.state.code, audience.kind, audience.key, audience.language))

    def _audiences(self, seat: Seat) -> dict[str, Audience]:
        w = self.session.state
        language = language_of(seat, w)
        return {region.name: audience(region, seat, w, language) for region in on_page(seat.page)}

    def _beat(self) -> None:
        while True:
            self.session.changed.wait()
            self.session.changed.clear()
            try:
                self._show()
                self._after(self)
            except Exception:
                log.exception("%s: a beat failed at %d", self.session.state.code, self.session.state.seq)
            gevent.sleep(BEAT)

    def _show(self) -> None:
        """Send each audience the regions that changed; then move the seats that have another audience now."""
        looking: dict[str, set[Audience]] = {}
        for page in self._pages.values():
            for name, aud in page.audiences.items():
                looking.setdefault(name, set()).add(aud)
        patches: dict[Audience, list[dict[str, Any]]] = {}
        with self._drawing():
            for name, audiences in looking.items():
                for aud in audiences:
                    if patch := self.drawn.patch(REGIONS[name], aud):
                        patches.setdefault(aud, []).append(patch)
                    gevent.sleep(0)
        for aud, regions in patches.items():
            self._wire.patch(regions, self.channel(aud))
        for sid in list(self._pages):
            self._move(sid)
        self.drawn.forget(aud for page in self._pages.values() for aud in page.audiences.values())

    def _move(self, sid: str) -> None:
        """Give the page other channels where the state says so, and the regions there whole."""
        page = self._pages.get(sid)
        wanted = self._audiences(page.seat) if page else {}
        moved = [name for name, aud in page.audiences.items() if wanted[name] != aud] if page else []
        if moved:
            self._wire.patch(self.whole(sid, {}, moved), sid)
            gevent.sleep(0)

    def _count(self) -> None:
        here = Counter(p.seat.person for p in self._pages.values() if p.seat.page == "phone")
        pages = Counter(p.seat.page for p in self._pages.values())

        def counted(room: Room) -> Room:
            return replace(room, here=dict(here), consoles=pages["console"], screens=pages["screen"])
        self.session.enter(counted)
