"""The workshops that are open in this process."""
from pathlib import Path

from gevent.lock import RLock

from workshop.journal import Damaged, Journal
from workshop.journal.journal import EMPTY
from workshop.journal.summed import kept_summary
from workshop.loop import off_the_loop
from workshop.session import Session
from workshop.state.summary import Summary, summary
from workshop.words import N_


class Sessions:
    """The workshops that are open in this process; each is opened once, by whoever asks first."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._open, self._locks = folder, {}, {}

    def get(self, code: str) -> Session:
        """The session of *code*, which the registry knows.  Raises ``Unreadable`` where its file is gone or damaged."""
        if code not in self._open:
            with self._lock(code):
                if code not in self._open:
                    self._open[code] = opened(self._folder / f"{code}.db")
        self._open[code].use.touch()
        return self._open[code]

    def summary(self, code: str) -> Summary:
        """The workshop *code* in a line; it is opened only where its file has none.  Raises ``Unreadable`` as ``get`` does."""
        if code not in self._open:
            if found := off_the_loop(kept_summary, self._folder / f"{code}.db"):
                return found
        return summary(self.get(code).state)

    def make(self, code: str) -> Session:
        """A session with an empty journal for *code*, which nobody has."""
        self._open[code] = Session(off_the_loop(Journal, self._folder / f"{code}.db"))
        return self._open[code]

    def unmake(self, code: str) -> None:
        """Take back a workshop that could not be made: nobody was told of it."""
        if session := self._open.pop(code, None):
            session.close()
        for end in ("", "-wal", "-shm"):
            (self._folder / f"{code}.db{end}").unlink(missing_ok=True)

    def let_go(self, code: str) -> bool:
        """Close the session of *code*, which is idle; whoever asks for it meanwhile waits, and opens it anew.

        False where somebody is just being given it.  Nothing comes between the call and that it is nobody's any more.
        """
        lock = self._lock(code)
        if not lock.acquire(blocking=False):
            return False
        try:
            self._open.pop(code).close()
        finally:
            lock.release()
        return True

    def _lock(self, code: str) -> RLock:
        return self._locks.setdefault(code, RLock())

    def open_now(self) -> list[Session]:
        """The sessions open in this process."""
        return list(self._open.values())

    def close(self) -> None:
        for session in self.open_now():
            session.close()


def opened(path: Path) -> Session:
    """The session of a journal that has begun.  Raises ``Unreadable`` where it is gone, empty or damaged."""
    if not path.exists():
        raise Damaged(N_("The file %(file)s is not there."), file=path.name)
    if not path.stat().st_size:
        raise Damaged(EMPTY, file=path.name)
    journal = off_the_loop(Journal, path, "rw")
    try:
        session = Session(journal)
        if not session.state.seq:
            raise Damaged(EMPTY, file=path.name)
        return session
    except BaseException:
        off_the_loop(journal.close)
        raise
