"""One workshop with people looking at it: who is connected, and the beat that shows them what changed."""
import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import gevent

from workshop.drawn import Drawn
from workshop.live.audiences import audiences, language_of
from workshop.live.outcomes import Outcomes
from workshop.live.typing import Typing
from workshop.loop import giving_way
from workshop.regions.region import Audience, drawn_for, on_page
from workshop.room import Room
from workshop.seats import Seat
from workshop.session import Session

log = logging.getLogger(__name__)
BEAT = 0.1
SHARED = ""    # the key of drawings that are the same for everybody


@dataclass
class Page:
    """One open page: its socket's id, its seat, and whose drawings it is given, of each kind, as last told."""

    sid: str
    seat: Seat
    audiences: dict[str, Audience]


class Running:
    """The open pages of one workshop.  *wire* sends: ``patch(regions, to)``, ``enter(sid, channel)``, ``leave(sid, channel)``."""

    def __init__(self, session: Session, drawn: Drawn, outcomes: Outcomes, wire: Any, drawing: Callable, after: Callable[["Running"], None]) -> None:
        self.session, self.drawn, self.outcomes, self.typing = session, drawn, outcomes, Typing(session)
        self._wire, self._drawing, self._after = wire, drawing, after
        self._pages: dict[str, Page] = {}
        self._of: defaultdict[str, set[str]] = defaultdict(set)             # person -> their pages
        self._looking: Counter[Audience] = Counter()
        self._keyed: defaultdict[str, set[Audience]] = defaultdict(set)     # key -> those of them that have it
        self._came_or_went = self._gone = False
        self._beating = gevent.spawn(self._beat)

    def enters(self, sid: str, seat: Seat) -> None:
        """A page connected."""
        self.session.use.begin()
        self._pages[sid] = Page(sid, seat, {})
        self._of[seat.person].add(sid)
        self._comes_or_goes()

    def leaves(self, sid: str) -> None:
        """A page is gone."""
        if gone := self._pages.pop(sid, None):
            self.session.use.end()
            self._look_away(gone.audiences.values())
            self._of[gone.seat.person].discard(sid)
            if gone.seat.page == "console":
                self.typing.types(gone.seat.person, "")
        self._comes_or_goes()

    def ends(self) -> None:
        """Nobody looks, and nobody will: show nothing more."""
        self._beating.kill(block=False)
        self._beating = None   # what ended it holds on to this by its frames, and both would wait for the garbage collector

    def whole(self, sid: str, have: dict[str, str], only: list[str] | None = None) -> list[dict[str, Any]]:
        """Every region of the page (or *only* some, and those that have another audience now), without the HTML of
        those whose mark it has (*have*).

        Joins the channels first and reads the state after that, so that nothing falls in between.  ``at`` in a region
        tells when it was given: a seat that moved may be given an older drawing than it had.
        """
        page = self._pages[sid]
        moved = self._take_seat(page)
        told = [region for region in on_page(page.seat.page) if only is None or region.name in only or region.audience in moved]
        with self._drawing():
            drawings = [self.drawn.look(region, page.audiences[region.audience]) for region in told]
        at = self.drawn.number()
        return [{**drawing.whole(have.get(drawing.region, "")), "at": at} for drawing in drawings]

    def _take_seat(self, page: Page) -> set[str]:
        """Put the page into the channels of its audiences, and out of all others; returns the kinds that have another one now."""
        before, now = page.audiences, self._audiences(page.seat)
        moved = {kind for kind, aud in now.items() if before.get(kind) != aud}
        for kind in moved & before.keys():
            self._wire.leave(page.sid, self.channel(before[kind]))
        for kind in moved:
            self._wire.enter(page.sid, self.channel(now[kind]))
            self._looking[now[kind]] += 1
            self._keyed[now[kind].key].add(now[kind])
        self._look_away(before[kind] for kind in moved & before.keys())
        page.audiences = now
        return moved

    def _look_away(self, gone: Iterable[Audience]) -> None:
        for aud in gone:
            self._looking[aud] -= 1
            if not self._looking[aud]:
                del self._looking[aud]
                self._keyed[aud.key].discard(aud)
                self._gone = True

    def channel(self, audience: Audience) -> str:
        return "/".join((self.session.state.code, audience.kind, audience.key, audience.language))

    def _audiences(self, seat: Seat) -> dict[str, Audience]:
        return audiences(seat, self.session.state, language_of(seat, self.session.state))

    def _beat(self) -> None:
        while True:
            self.session.changed.wait()
            if self._came_or_went:
                self._count()
            self.session.changed.clear()
            try:
                self._show()
                self._after(self)
            except Exception:
                log.exception("%s: a beat failed at %d", self.session.state.code, self.session.state.seq)
                self.session.touch(None)   # what it did not come to is drawn the next time
            gevent.sleep(BEAT)

    def _show(self) -> None:
        """Send each audience the regions that changed; then move the seats that have another audience now."""
        touched = self.session.touched()
        looking = list(self._looking) if touched is None else [aud for key in (*touched, SHARED) for aud in self._keyed.get(key, ())]
        with self._drawing():
            for aud in giving_way(sorted(looking, key=self._looking.__getitem__, reverse=True)):   # first what most look at
                if regions := [patch for region in drawn_for(aud.kind) if (patch := self.drawn.patch(region, aud))]:
                    self._wire.patch(regions, self.channel(aud))
        for sid in giving_way(list(self._pages) if touched is None else [sid for person in touched for sid in self._of.get(person, ())]):
            self._move(sid)
        if self._gone or touched is None:
            self._gone = False
            self.drawn.forget(self._looking)

    def _move(self, sid: str) -> None:
        """Give the page other channels where the state says so, and the regions there whole."""
        page = self._pages.get(sid)
        if page and page.audiences and self._audiences(page.seat) != page.audiences:
            self._wire.patch(self.whole(sid, {}, []), sid)

    def _comes_or_goes(self) -> None:
        """Count who is here at the next beat: a thousand may come at once."""
        self._came_or_went = True
        self.session.changed.set()

    def _count(self) -> None:
        self._came_or_went = False
        here = Counter(p.seat.person for p in self._pages.values() if p.seat.page == "phone")
        pages = Counter(p.seat.page for p in self._pages.values())

        def counted(room: Room) -> Room:
            return replace(room, here=dict(here), consoles=pages["console"], screens=pages["screen"])
        self.session.enter(counted)
