"""Append and read: one SQLite file per workshop."""
import hashlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from workshop.journal.entry import Entry, entry
from workshop.journal.views import VIEWS
from workshop.sqlite import database

APPLICATION = 0x57534A31
VERSION = 1


class NotAJournal(ValueError):
    """A file that this release cannot read as a journal: the sentence says why."""


class Journal:
    """The events of one workshop, in the order in which they happened.

    Entry n is written once: its number is the primary key.  Calls have to come one at a time; the session's lock
    sees to that.  They block on the disk and belong in a pool thread.
    """

    def __init__(self, path: Path) -> None:
        """Open *path*, or begin it.  Raises ``NotAJournal`` on some other file or one from a later release."""
        self.path = path
        self._db = database(path)
        try:
            self._prepare()
        except sqlite3.DatabaseError as wrong:
            self.close()
            raise NotAJournal(f"{path.name} cannot be read as a workshop: {wrong}.") from wrong
        except NotAJournal:
            self.close()
            raise

    def _prepare(self) -> None:
        application, version = (self._pragma(name) for name in ("application_id", "user_version"))
        if not self._db.table_names():
            self._begin()
        elif application != APPLICATION:
            raise NotAJournal(f"{self.path.name} is not the file of a workshop.")
        elif version > VERSION:
            raise NotAJournal(f"{self.path.name} was written by a newer release. Open it with that one.")
        self._db.conn.execute("pragma synchronous = full")

    def _begin(self) -> None:
        self._db.enable_wal()
        with self._db.atomic():
            self._db.table("journal").create({"seq": int, "at": str, "by": str, "kind": str, "body": str}, pk="seq",
                                             not_null={"at", "by", "kind", "body"})
            for name, query in VIEWS.items():
                self._db.create_view(name, query)
            self._db.conn.execute(f"pragma application_id = {APPLICATION}")
            self._db.conn.execute(f"pragma user_version = {VERSION}")

    def append(self, new: Entry) -> Entry | None:
        """Write *new* and wait until it is on the disk.

        Returns the entry as read back from what was written, or None where its number is taken.
        """
        row = new.row()
        try:
            self._db.conn.execute("insert into journal (seq, at, by, kind, body) values (?, ?, ?, ?, ?)", row)
            self._db.conn.commit()
        except sqlite3.IntegrityError:
            self._db.conn.rollback()
            return None
        except sqlite3.Error:
            self._db.conn.rollback()
            raise
        return entry(row)

    def read(self, after: int = 0) -> Iterator[Entry]:
        """The entries behind number *after*, in order."""
        rows = self._db.conn.execute("select seq, at, by, kind, body from journal where seq > ? order by seq", (after,))
        return map(entry, rows)

    def mark(self) -> str:
        """SHA-256 of all that is written, as hexadecimal: the same journal, the same mark."""
        total = hashlib.sha256()
        for row in self._db.conn.execute("select seq, at, by, kind, body from journal order by seq"):
            total.update(repr(row).encode())
        return total.hexdigest()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def _pragma(self, name: str) -> int:
        return self._db.conn.execute(f"pragma {name}").fetchone()[0]
