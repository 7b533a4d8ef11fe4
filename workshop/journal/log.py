"""What SQLite passes over without a word: a log beside the file that is damaged before its end."""
import struct
from pathlib import Path

HEADER, FRAME, PAGE = 32, 24, 4096


def is_broken(path: Path) -> bool:
    """Whether the log of the SQLite file *path* holds saved work behind a place where it is damaged.

    SQLite reads its log (``-wal``) up to the first frame whose checksum is wrong and takes the rest for a write that
    was cut off.  It is one where a single transaction follows; where two follow that fit each other, they were saved.
    The format: https://sqlite.org/fileformat2.html#the_write_ahead_log
    """
    log = Path(f"{path}-wal")
    words = log.read_bytes() if log.exists() else b""
    if len(words) < HEADER + 2 * (FRAME + PAGE):
        return False
    magic, *_rest, salt1, salt2, sum1, sum2 = struct.unpack(">8I", words[:HEADER])
    order = ">" if magic & 1 else "<"
    sums, salt = (sum1, sum2), (salt1, salt2)
    sound, behind = _summed(order, words[:FRAME], (0, 0)) == sums, 0
    if not sound:
        salt = struct.unpack(">2I", words[HEADER + 8:HEADER + 16])
    for at in range(HEADER, len(words) - FRAME - PAGE + 1, FRAME + PAGE):
        page, commit, *its_salt, sum1, sum2 = struct.unpack(">6I", words[at:at + FRAME])
        frame = words[at:at + 8] + words[at + FRAME:at + FRAME + PAGE]
        fits = tuple(its_salt) == tuple(salt) and _summed(order, frame, sums) == (sum1, sum2)
        sound, behind, sums = sound and fits, behind + bool(commit) if fits else 0, (sum1, sum2)
        if not sound and behind > 1:
            return True
        if sound:
            behind = 0
    return False


def _summed(order: str, words: bytes, sums: tuple[int, int]) -> tuple[int, int]:
    """SQLite's checksum of *words* after *sums*."""
    first, second = sums
    numbers = struct.unpack(f"{order}{len(words) // 4}I", words)
    for one, two in zip(numbers[::2], numbers[1::2]):
        first = (first + one + second) & 0xFFFFFFFF
        second = (second + two + first) & 0xFFFFFFFF
    return first, second
