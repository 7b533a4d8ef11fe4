"""Vectors kept in a small SQLite file, by model and text, so that no idea is encoded twice."""
import hashlib
import sqlite3
import unicodedata
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from workshop.themes.encoder import Encoder, side_by_side

BATCH = 500            # of keys in one query


def kept_rows(encoder: Encoder, texts: Sequence[str], path: str | Path | None) -> np.ndarray:
    """The vectors of *texts*, float32 (n, d), read from the file at *path* and made where it lacks them.

    Texts that differ only in white space share a vector.  Without *path*, or where
    a vector depends on the other texts (``Encoder.settled``), nothing is kept.  The
    file is made with its folder; one that is damaged is thrown away and made anew,
    since everything in it can be computed again.  Of an encoder with parts the vectors
    of each part are kept, under its own name.
    """
    if encoder.parts:
        return side_by_side([kept_rows(part, texts, path) for part in encoder.parts])
    folded = [" ".join(unicodedata.normalize("NFC", text).split()) for text in texts]
    if not path or not encoder.settled or not folded:
        return encoder.rows(folded)
    keys = [_key(encoder.name, text) for text in folded]
    try:
        return _kept(encoder, dict(zip(keys, folded)), keys, Path(path))
    except sqlite3.DatabaseError as fault:
        if isinstance(fault, sqlite3.OperationalError):   # locked, read-only, disk full: the file may be sound
            return encoder.rows(folded)
        Path(path).unlink()
        return _kept(encoder, dict(zip(keys, folded)), keys, Path(path))


def _kept(encoder: Encoder, text_of: dict[bytes, str], keys: list[bytes], path: Path) -> np.ndarray:
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("pragma synchronous = off")   # a lost vector is made again
        db.execute("create table if not exists vectors (key blob primary key, row blob not null) without rowid")
        found = _read(db, list(text_of))
        missing = [key for key in text_of if key not in found]
        made = encoder.rows([text_of[key] for key in missing]) if missing else []
        db.executemany("insert or replace into vectors values (?, ?)",
                       [(key, row.astype("<f4").tobytes()) for key, row in zip(missing, made)])
    found.update(zip(missing, made))
    return np.array([found[key] for key in keys], np.float32)


def _read(db: sqlite3.Connection, keys: list[bytes]) -> dict[bytes, np.ndarray]:
    found = {}
    for start in range(0, len(keys), BATCH):
        some = keys[start:start + BATCH]
        asked = db.execute(f"select key, row from vectors where key in ({','.join('?' * len(some))})", some)
        found.update((key, np.frombuffer(row, "<f4")) for key, row in asked)
    return found


def _key(model: str, text: str) -> bytes:
    return hashlib.sha256(f"{model}\0{text}".encode("utf-8", "surrogatepass")).digest()
