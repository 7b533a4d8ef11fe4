"""Append and read: one SQLite file per workshop."""
import hashlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from workshop.journal.entry import Damaged, Entry, Row, entry
from workshop.journal.log import is_broken
from workshop.journal.summed import keep_summary
from workshop.journal.views import VIEWS
from workshop.sqlite import Unreadable, database
from workshop.state import Workshop
from workshop.state.summary import summary
from workshop.words import N_

APPLICATION = 0x57534A31
VERSION = 1
EMPTY = N_("The file %(file)s is empty.")
LOG = N_("The log beside %(file)s is damaged: what was saved last cannot be read.")
ALL = "select seq, at, by, kind, body from journal where seq > ? order by seq"


class NotAJournal(Unreadable):
    """A file that this release cannot read as a journal: the sentence says why."""


class Journal:
    """The events of one workshop, in the order in which they happened.

    Entry n is written once: its number is the primary key.  Calls have to come one at a time; the session's lock
    sees to that.  They block on the disk and belong in a pool thread.
    """

    def __init__(self, path: Path, how: str = "rwc") -> None:
        """Open *path*, or begin it; *how* as ``workshop.sqlite.database`` takes it.

        Raises ``NotAJournal`` on some other file or one from a later release, ``Damaged`` on one that is broken, and
        ``sqlite3.Error`` where the disk does not let us.
        """
        self.path, self._marked = path, (0, hashlib.sha256())
        self.log_is_broken = is_broken(path)
        if self.log_is_broken and how != "ro":   # who writes would write over what may still be rescued
            raise Damaged(LOG, file=path.name)
        self._db = database(path, how)
        try:
            if how == "ro":   # else SQLite reads nothing at all of a file that was cut short
                self._db.conn.execute("pragma writable_schema = on")
            self._prepare(how)
        except BaseException:
            self.close()
            raise

    def _prepare(self, how: str) -> None:
        try:
            application, version = (self._pragma(name) for name in ("application_id", "user_version"))
            if not self._db.table_names():
                if how != "rwc":
                    raise Damaged(LOG if self.log_is_broken else EMPTY, file=self.path.name)
                self._begin()
            elif application != APPLICATION:
                raise NotAJournal(N_("%(file)s is not the file of a workshop."), file=self.path.name)
            elif version > VERSION:
                raise NotAJournal(N_("%(file)s was written by a newer release. Open it with that one."), file=self.path.name)
            self._db.conn.execute("pragma synchronous = full")
            if how != "ro":
                self._renew_views()
        except sqlite3.DatabaseError as wrong:
            raise self._in_words(wrong) from wrong

    def _begin(self) -> None:
        self._db.enable_wal()
        with self._db.atomic():
            self._db.table("journal").create({"seq": int, "at": str, "by": str, "kind": str, "body": str}, pk="seq",
                                             not_null={"at", "by", "kind", "body"})
            self._db.conn.execute(f"pragma application_id = {APPLICATION}")
            self._db.conn.execute(f"pragma user_version = {VERSION}")

    def _renew_views(self) -> None:
        """Give the file the views of this release, in one piece: who reads it meanwhile sees all the old or all the new ones."""
        try:
            with self._db.atomic():
                for name, query in VIEWS.items():
                    self._db.create_view(name, query, replace=True)
        except sqlite3.OperationalError:
            pass   # a disk that takes nothing now is no reason to refuse what can be read; the next opening tries again

    def append(self, *rows: Row) -> bool:
        """Write *rows* in one piece, all or none, and wait until they are on the disk.

        False where a number is taken; nothing is written then.  After ``sqlite3.Error`` they may be there or not: read.
        """
        try:
            self._db.conn.executemany("insert into journal (seq, at, by, kind, body) values (?, ?, ?, ?, ?)", rows)
            self._db.conn.commit()
        except sqlite3.IntegrityError:
            self._db.conn.rollback()
            return False
        except sqlite3.Error:
            self._db.conn.rollback()
            raise
        return True

    def try_disk(self) -> None:
        """Write what stands there once more, to learn whether the disk takes anything.  Raises ``sqlite3.Error``."""
        self._db.conn.execute(f"pragma user_version = {VERSION}")

    def rows(self, after: int = 0) -> Iterator[Row]:
        """What stands behind number *after*, in order, as it was written.  Raises ``Damaged`` where the file is broken."""
        try:
            for row in self._db.conn.execute(ALL, (after,)):
                yield row
        except sqlite3.DatabaseError as wrong:
            raise self._in_words(wrong) from wrong

    def last(self) -> int:
        """The number of the last entry, 0 where there is none."""
        try:
            return self._db.conn.execute("select coalesce(max(seq), 0) from journal").fetchone()[0]
        except sqlite3.DatabaseError as wrong:
            raise self._in_words(wrong) from wrong

    def read(self, after: int = 0) -> Iterator[Entry]:
        """The entries behind number *after*, in order.  Raises ``Unreadable`` at the first that cannot be read."""
        return map(entry, self.rows(after))

    def mark(self, upto: int | None = None) -> str:
        """SHA-256 of all that is written, or of the entries as far as number *upto*, as hexadecimal: the same journal, the same mark.

        What was read for the last mark is not read again.
        """
        at, total = self._marked if upto is None or self._marked[0] <= upto else (0, hashlib.sha256())
        total = total.copy()
        for row in self.rows(at):
            if upto is not None and row[0] > upto:
                break
            at = row[0]
            total.update(repr(row).encode())
        self._marked = at, total
        return total.hexdigest()

    def complaints(self) -> list[str]:
        """What SQLite itself finds wrong with the file, in its words."""
        try:
            said = [row[0] for row in self._db.conn.execute("pragma integrity_check(10)")]
        except sqlite3.DatabaseError as wrong:
            return [str(wrong)]
        return [] if said == ["ok"] else said

    def sum_up(self, w: Workshop) -> None:
        """Keep beside the entries what a list shows of *w*, which is as the last of them left it."""
        keep_summary(self._db, w.seq, summary(w))

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def _in_words(self, wrong: sqlite3.DatabaseError) -> Exception:
        """*wrong* itself where the disk is at fault, else what is wrong with the file."""
        if isinstance(wrong, sqlite3.ProgrammingError):
            return wrong
        code = getattr(wrong, "sqlite_errorname", "")
        if code.startswith("SQLITE_NOTADB"):
            return NotAJournal(N_("%(file)s cannot be read as a workshop: %(why)s."), file=self.path.name, why=str(wrong))
        harmed = code.startswith("SQLITE_CORRUPT") or not code or "no such table" in str(wrong)
        return Damaged(N_("%(file)s is damaged: %(why)s."), file=self.path.name, why=str(wrong)) if harmed else wrong

    def _pragma(self, name: str) -> int:
        return self._db.conn.execute(f"pragma {name}").fetchone()[0]
