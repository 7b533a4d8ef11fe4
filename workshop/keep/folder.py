"""A sessions folder: who has it, and which journals are in it."""
import os
from pathlib import Path

from workshop.registry import normal


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
    """code -> file of every workshop in *folder*, by name."""
    return {path.stem: path for path in sorted(folder.glob("*.db")) if normal(path.stem) == path.stem}
