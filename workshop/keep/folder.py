"""A sessions folder: who has it, which journals are in it, and how one is looked at without touching it."""
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from workshop.journal import Journal
from workshop.registry import normal

BESIDE = ("", "-wal", "-shm")
"""What SQLite keeps next to a file, itself included."""


def owned(folder: Path):
    """The open lock file of *folder*, to be held as long as the folder is used, or None where another process holds it."""
    handle = open(folder / "server.lock", "a+")
    try:
        if os.name == "nt":
            import msvcrt
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        handle.close()
        return None
    return handle


def journals(folder: Path) -> dict[str, Path]:
    """code -> file of every workshop in *folder*, by code."""
    return {path.stem: path for path in sorted(folder.glob("*.db")) if normal(path.stem) == path.stem}


@contextmanager
def looking(path: Path) -> Iterator[Journal]:
    """The journal *path*, to read only; a server may be writing it.  Raises as ``Journal`` does."""
    try:
        journal = Journal(path, "ro")
    except sqlite3.OperationalError:   # a read-only folder, where SQLite cannot put what it needs beside the file
        with tempfile.TemporaryDirectory() as place:
            copy = moved(path, Path(place) / path.name, shutil.copyfile)
            with closing(Journal(copy, "ro")) as journal:
                yield journal
        return
    with closing(journal):
        yield journal


def moved(path: Path, to: Path, move=os.replace) -> Path:
    """Move (or copy) the SQLite file *path* with what belongs to it; returns *to*."""
    for end in BESIDE:
        if Path(f"{path}{end}").exists():
            move(f"{path}{end}", f"{to}{end}")
    return to
