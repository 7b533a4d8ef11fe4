"""A running workshop: rule, journal, state, in that order.  The only place where a workshop changes."""
import random
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import gevent
from gevent.event import Event as Signal
from gevent.lock import RLock

from workshop.journal import Entry, Journal
from workshop.room import Room
from workshop.rules import COMMANDS, Ask
from workshop.state import Workshop


def off_the_loop(work: Callable, *args: Any) -> Any:
    """Run *work* in a pool thread, so that the disk stops this greenlet and no other."""
    return gevent.get_hub().threadpool.apply(work, args)


def now() -> int:
    """Milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


class Session:
    """One workshop: *state* as of its journal, the *room*, and a signal for whoever draws."""

    def __init__(self, journal: Journal, clock: Callable[[], int] = now, seed: Callable[[], int] = lambda: random.SystemRandom().getrandbits(32)):
        self.state, self.room, self.changed = Workshop(), Room(), Signal()
        self._journal, self._clock, self._seed, self._lock = journal, clock, seed, RLock()
        for entry in off_the_loop(list, journal.read()):
            self._apply(entry)

    def do(self, command: str, by: str, role: str, **args: Any) -> int:
        """Run one command; return the journal number it left the workshop at.

        Raises ``Refused``, having changed nothing, when a rule says no, and ``sqlite3.Error`` where the disk does.
        """
        with self._lock:
            ask = Ask(by, role, max(self._clock(), self.state.at), self._seed())
            while event := COMMANDS[command](self.state, ask, **args):
                written = off_the_loop(self._journal.append, Entry(self.state.seq + 1, ask.at, by, event))
                if written:
                    self._apply(written)
                    self.changed.set()
                    break
                self.catch_up()
            return self.state.seq

    def catch_up(self) -> None:
        """Read what somebody else wrote into the journal."""
        with self._lock:
            for entry in off_the_loop(list, self._journal.read(self.state.seq)):
                self._apply(entry)
                self.changed.set()

    def enter(self, change: Callable[[Room], Room]) -> None:
        """Put another room in place of this one: *change* is given the room as it is."""
        room = change(self.room)
        if room != self.room:
            self.room = room
            self.changed.set()

    def mark(self) -> str:
        """The journal's hash."""
        with self._lock:
            return off_the_loop(self._journal.mark)

    def close(self) -> None:
        with self._lock:
            off_the_loop(self._journal.close)

    def _apply(self, entry: Entry) -> None:
        self.state = entry.event.apply(replace(self.state, seq=entry.seq, at=entry.at, by=entry.by))


class Sessions:
    """The workshops that are open in this process; each is opened once, by whoever asks first."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._open, self._locks = folder, {}, {}

    def get(self, code: str) -> Session:
        """The session of *code*, which the registry knows."""
        if code not in self._open:
            with self._locks.setdefault(code, RLock()):
                if code not in self._open:
                    self._open[code] = Session(off_the_loop(Journal, self._folder / f"{code}.db"))
        return self._open[code]

    def open_now(self) -> list[Session]:
        """The sessions open in this process."""
        return list(self._open.values())

    def close(self) -> None:
        for session in self.open_now():
            session.close()
