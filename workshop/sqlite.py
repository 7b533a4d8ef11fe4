"""sqlite-utils for the serving process: without numpy, which it would load for column types that we never write.

That costs a quarter of a second at every start and 25 MB for as long as the server runs.
"""
import sqlite3
import sys
from pathlib import Path

absent = "numpy" not in sys.modules
if absent:
    sys.modules["numpy"] = None
import sqlite_utils  # noqa: E402
if absent:
    del sys.modules["numpy"]


def database(path: Path) -> sqlite_utils.Database:
    """The SQLite file *path*, to be used from any thread, one at a time."""
    return sqlite_utils.Database(sqlite3.connect(path, check_same_thread=False, timeout=10))
