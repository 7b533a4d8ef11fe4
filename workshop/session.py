"""A running workshop: rule, journal, state, in that order.  The only place where a workshop changes."""
import logging
import random
import sqlite3
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import gevent
from gevent.event import AsyncResult, Event as Signal
from gevent.lock import RLock

from workshop.journal import Entry, Journal, Row, entry
from workshop.loop import fetched, giving_way, off_the_loop
from workshop.opening import LONG, read_aside
from workshop.replay import applied, replay
from workshop.room import Room, got_ready
from workshop.rules import COMMANDS, Ask
from workshop.sqlite import Unreadable
from workshop.state import Workshop
from workshop.use import Use

log = logging.getLogger(__name__)
TOGETHER = 100   # commands written in one piece; their rules hold the loop for about 30 ms
TRY_AGAIN = 2    # seconds between two tries of a disk that took nothing


def now() -> int:
    """Milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


class NotSaved(OSError):
    """Nothing of what was asked was saved: the disk is at fault, or the journal on it.  The same may be asked again."""


@dataclass(eq=False)
class Asked:
    """A command that waits for its turn; *outcome* will hold a journal number or what was raised."""

    command: str
    by: str
    role: str
    args: dict[str, Any]
    outcome: AsyncResult = field(default_factory=AsyncResult)


class Session:
    """One workshop: *state* as of its journal, the *room*, and a signal for whoever draws.

    A sync costs the same for one entry as for many, so one greenlet writes for all: while it waits for the disk,
    commands gather, and the next time they are written in one piece.
    """

    def __init__(self, journal: Journal, clock: Callable[[], int] = now, seed: Callable[[], int] = lambda: random.SystemRandom().getrandbits(32)):
        """Raises ``Unreadable`` where the journal cannot be replayed to its end."""
        self.room, self.changed = Room(), Signal()
        self._journal, self._clock, self._seed, self._lock = journal, clock, seed, RLock()
        self._touched: set[str] | None = None
        self._waiting: list[Asked] = []
        self._writer = self._trying = None
        self._unsaved = 0   # ms since when nothing was saved that the journal does not tell of
        self.use, self.closed = Use(), False
        self.state = self._read(Workshop())

    def _read(self, w: Workshop) -> Workshop:
        if not w.seq and off_the_loop(self._journal.last) >= LONG:
            w = read_aside(self._journal.path)
        return replay(w, giving_way(map(entry, fetched(self._journal.rows(w.seq)))))

    def do(self, command: str, by: str, role: str, **args: Any) -> int:
        """Run one command; return the journal number it left the workshop at, which is on the disk by then.

        Raises, having changed nothing, ``Refused`` when a rule says no and ``NotSaved`` when the disk does.
        """
        if self.closed:
            raise NotSaved("This session was let go of.")
        asked = Asked(command, by, role, args)
        self._waiting.append(asked)
        self._writer = self._writer or gevent.spawn(self._write)
        with self.use:
            outcome = asked.outcome.get()
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def _write(self) -> None:
        while self._waiting:
            with self._lock:
                together, self._waiting = self._waiting[:TOGETHER], self._waiting[TOGETHER:]
                self._answer(together)
        self._writer = None

    def _answer(self, together: list[Asked]) -> None:
        """Tell each what came of it, once everything that it was judged by is on the disk."""
        before = self.state
        try:
            if self.room.fault:
                self.catch_up()
            outcomes = self._done(together)
            while outcomes is None:
                self.catch_up()
                outcomes = self._done(together)
        except (sqlite3.Error, Unreadable) as fault:
            self._failed(fault)
            outcomes = [NotSaved(str(fault)) for _ in together]
        except Exception as fault:   # ours: raised where it was asked
            outcomes = [fault] * len(together)
        for asked, outcome in zip(together, outcomes):
            asked.outcome.set(outcome)
        if self.state is not before:
            self.changed.set()   # after the outcomes: who asked is told before all others are shown

    def _done(self, together: list[Asked]) -> list[int | Exception] | None:
        """Ask each rule in turn, about the state that the one before it left, and write what happened in one piece.

        None where somebody else wrote meanwhile.
        """
        w, rows, outcomes, touched = self.state, [], [], []
        for asked in together:
            try:
                w = self._judged(asked, w, rows, touched)
                outcomes.append(w.seq)
            except Exception as wrong:   # a refusal, or a fault of this rule: for its asker alone
                outcomes.append(wrong)
        if rows:
            if not off_the_loop(self._journal.append, *rows):
                return None
            self.state = w
            self.touch(*touched)
            self.enter(lambda room: replace(room, fault=""))
        return outcomes

    def _judged(self, asked: Asked, w: Workshop, rows: list[Row], touched: list[Iterable[str] | None]) -> Workshop:
        ask = Ask(asked.by, asked.role, max(self._clock(), w.at), self._seed())
        event = COMMANDS[asked.command](w, ask, **asked.args)
        if not event:
            return w
        row = Entry(w.seq + 1, ask.at, asked.by, event).row()
        happened = entry(row)
        w = applied(w, happened)
        rows.append(row)
        touched.append(happened.event.touches(w))
        return w

    def _failed(self, fault: Exception) -> None:
        """Tell the console.  What failed may be on the disk all the same: as long as ``room.fault`` stands the journal
        is read again before anything else is done."""
        log.error("%s: nothing could be written at %d: %s", self.state.code, self.state.seq, fault)
        self.enter(lambda room: replace(room, fault=what_failed(fault)))
        self._unsaved = self._unsaved or self._clock()
        self._trying = self._trying or gevent.spawn(self._until_it_writes)

    def _until_it_writes(self) -> None:
        while self._unsaved:
            gevent.sleep(TRY_AGAIN)
            with self._lock:
                try:
                    off_the_loop(self._journal.try_disk)
                    self.catch_up()
                    self.enter(lambda room: replace(room, fault=""))
                except (sqlite3.Error, Unreadable) as fault:
                    self.enter(lambda room: replace(room, fault=what_failed(fault)))
            if not self.room.fault:
                self._tell_unsaved()
        self._trying = None

    def _tell_unsaved(self) -> None:
        since, self._unsaved = self._unsaved, 0
        try:
            self.do("tell_unsaved", "server", "server", since=since)
        except NotSaved:   # said by ``_failed``; tried again
            self._unsaved = since

    def catch_up(self) -> None:
        """Read what somebody else wrote into the journal."""
        with self._lock:
            before = self.state
            self.state = self._read(before)
            if self.state is not before:
                self.touch(None)
                self.changed.set()

    def enter(self, change: Callable[[Room], Room]) -> None:
        """Put another room in place of this one: *change* is given the room as it is."""
        before, room = self.room, change(self.room)
        if room != before:
            self.room = room
            self.touch(got_ready(before, room))
            self.changed.set()

    def touched(self) -> frozenset[str] | None:
        """Whose own drawings may have changed since this was last asked, as ``Event.touches`` says it."""
        touched, self._touched = self._touched, set()
        return touched if touched is None else frozenset(touched)

    def touch(self, *touched: Iterable[str] | None) -> None:
        """Whose own drawings may have changed: ids, or None for anybody's."""
        for whose in touched:
            self._touched = None if whose is None or self._touched is None else self._touched.union(whose)

    def mark(self, upto: int | None = None) -> str:
        """The journal's hash, as far as entry *upto* or to its end, or "" where the journal cannot be read just now: files
        are made from memory all the same."""
        with self._lock:
            try:
                return off_the_loop(self._journal.mark, upto)
            except (sqlite3.Error, Unreadable) as fault:
                log.error("%s: the journal could not be read: %s", self.state.code, fault)
                return ""

    def is_idle(self, seconds: float) -> bool:
        """Whether nobody used it for so long, and nothing of it is on its way to the disk."""
        return self.use.over_for(seconds) and not (self._waiting or self._writer or self._trying or self.room.fault)

    def close(self) -> None:
        """Answer those who wait, then let go of the journal."""
        self.closed = True
        if self._writer:
            self._writer.join()
        if self._trying:
            self._trying.kill()
        with self._lock:
            off_the_loop(self._end)

    def _end(self) -> None:
        try:
            if self.state.seq:
                self._journal.sum_up(self.state)
        except sqlite3.Error as fault:   # whoever needs one works it out
            log.warning("%s: no summary was kept: %s", self.state.code, fault)
        self._journal.close()


def what_failed(fault: Exception) -> str:
    """Why nothing can be written: ``full``, ``read-only``, ``damaged``, ``busy`` or ``failed``."""
    name = getattr(fault, "sqlite_errorname", "")
    kinds = {"SQLITE_FULL": "full", "SQLITE_READONLY": "read-only", "SQLITE_CORRUPT": "damaged", "SQLITE_NOTADB": "damaged",
             "SQLITE_BUSY": "busy", "SQLITE_LOCKED": "busy"}
    return "damaged" if isinstance(fault, Unreadable) else next((kinds[k] for k in kinds if name.startswith(k)), "failed")
