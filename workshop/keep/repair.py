"""``workshop repair``: a fresh journal of everything up to the damage; the damaged one is kept beside it."""
import argparse
import sqlite3
from contextlib import closing
from datetime import datetime, timezone
from pathlib import Path

from workshop.journal import Journal
from workshop.keep import says
from workshop.keep.check import Finding, look
from workshop.keep.folder import moved, owned
from workshop.registry import normal
from workshop.words import _


def run(args: argparse.Namespace) -> int:
    """Returns the exit code: 0 repaired or nothing to do, 1 it cannot be repaired, 3 the file or the folder cannot be had."""
    folder, code = Path(args.sessions), normal(args.code) or args.code
    path = folder / f"{code}.db"
    if not path.is_file():
        return says(3, _("There is no file %(file)s in %(folder)s.", file=path.name, folder=folder))
    try:
        lock = owned(folder)
        if not lock:
            return says(3, _("A server has the folder %(folder)s. Stop it, then repair.", folder=folder))
        with lock:
            return _repaired(path, look(path))
    except (sqlite3.Error, OSError) as wrong:
        return says(3, _("%(file)s cannot be repaired here: %(why)s.", file=path.name, why=wrong))


def _repaired(path: Path, finding: Finding) -> int:
    if not finding.said:
        return says(0, _("%(file)s is sound. Nothing was changed.", file=path.name))
    if finding.foreign:
        return says(1, *finding.said, _("Nothing was changed."))
    if not finding.sound:
        return says(1, *finding.said, _("Nothing in it can be read. It stays as it is; bring back a backup."))
    kept = rewritten(path, finding)
    return says(0, _("%(file)s is whole again up to entry %(n)d. The damaged file is kept as %(kept)s.", file=path.name, n=finding.sound, kept=kept.name))


def rewritten(path: Path, finding: Finding) -> Path:
    """Put a fresh journal of the sound entries in the place of *path*; returns where the damaged one is now."""
    fresh = path.with_suffix(".repaired")
    fresh.unlink(missing_ok=True)   # left by a repair that was cut off
    with closing(Journal(fresh)) as journal:
        journal.append(*finding.rows)
    when = datetime.now(timezone.utc).strftime("%Y-%m-%d-%H%M%S")
    kept = moved(path, path.with_name(f"{path.stem}.damaged-{when}.db"))
    fresh.replace(path)
    return kept
