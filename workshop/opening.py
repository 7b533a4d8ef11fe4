"""A long journal is read by a process of its own: 30,000 entries take more than half a second, in which all others would wait longer.

``python -m workshop.opening FILE`` writes the workshop of the journal FILE to stdout, packed.
"""
import logging
import os
import pickle
import subprocess
import sys
from pathlib import Path

from workshop.journal import Journal
from workshop.packing import packed, unpacked
from workshop.replay import replay
from workshop.state import Workshop

log = logging.getLogger(__name__)
LONG = 5_000    # entries, from which on it is worth a process
PATIENCE = 60   # seconds that it may take
NICE = 5        # behind who is being served


def read_aside(path: Path) -> Workshop:
    """The workshop of the journal *path* as another process read it; an empty one where none could, so that it is to be read here."""
    try:
        read = subprocess.run([sys.executable, "-m", "workshop.opening", str(path)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, timeout=PATIENCE, check=True)
        return unpacked(read.stdout)
    except (OSError, EOFError, subprocess.SubprocessError, pickle.UnpicklingError) as wrong:
        log.warning("%s was not read by another process: %s", path.name, wrong)
        return Workshop()


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(NICE)
    sys.stdout.buffer.write(packed(replay(Workshop(), Journal(Path(sys.argv[1]), "ro").read())))
