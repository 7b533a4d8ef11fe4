"""The summary of a workshop beside its entries, so that nobody has to open it to put it on a list."""
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import sqlite_utils

from workshop.journal.log import is_broken
from workshop.sqlite import database
from workshop.state.summary import Summary

LAST = "select words from summary where seq = (select max(seq) from journal)"


def keep_summary(db: sqlite_utils.Database, seq: int, found: Summary) -> None:
    """Keep in the journal's file *db* that *found* sums up all as far as entry *seq*."""
    table, words = db.table("summary"), msgspec.json.encode(found).decode()
    if table.exists() and next(db.query(LAST), None) == {"words": words}:
        return
    with db.atomic():
        table.create({"one": int, "seq": int, "words": str}, pk="one", if_not_exists=True)
        table.upsert({"one": 1, "seq": seq, "words": words}, pk="one")


def kept_summary(path: Path) -> Summary | None:
    """What sums up all entries of the file *path*, or None where that has to be worked out."""
    if is_broken(path):   # who opens it to write would write over what may still be rescued
        return None
    try:
        with closing(database(path, "rw")) as db:
            return next((msgspec.json.decode(row["words"], type=Summary) for row in db.query(LAST)), None)
    except (sqlite3.Error, msgspec.MsgspecError):   # none, or of another release; whoever opens it finds out what else is wrong
        return None
