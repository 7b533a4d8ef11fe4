"""sqlite-utils for the serving process: without numpy, which it would load for column types that we never write.

That costs a quarter of a second at every start and 25 MB for as long as the server runs.
"""
import sqlite3
import sys
from pathlib import Path

from workshop.words import InWords

absent = "numpy" not in sys.modules
if absent:
    sys.modules["numpy"] = None
import sqlite_utils  # noqa: E402
if absent:
    del sys.modules["numpy"]


class Unreadable(InWords):
    """A file of ours that cannot be read: the sentence says which and why."""


def database(path: Path, how: str = "rwc") -> sqlite_utils.Database:
    """The SQLite file *path*, to be used from any thread, one at a time.

    how: ``rwc`` to make it where it is not there, ``rw`` where it has to be, ``ro`` to look only.
    """
    address = f"{path.absolute().as_uri()}?mode={how}"
    return sqlite_utils.Database(sqlite3.connect(address, uri=True, check_same_thread=False, timeout=10))


def in_memory() -> sqlite_utils.Database:
    """An empty database that stands nowhere on the disk."""
    return sqlite_utils.Database(memory=True)
