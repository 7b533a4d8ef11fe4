"""Which workshops exist, whose key opens them, and the organiser's key.  Keys are kept as hashes only."""
import hashlib
import hmac
import secrets
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from workshop.sqlite import Unreadable, database
from workshop.words import N_

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
CODE_LENGTH = 6


@dataclass(frozen=True)
class Listed:
    """A workshop as the organiser's list shows it."""

    code: str
    title: str
    community: str
    plan: str
    made: int


def normal(code: str) -> str:
    """*code* as it is kept: small letters, no space or hyphen.  Empty where it cannot be a code."""
    code = code.lower().replace(" ", "").replace("-", "").replace("\u00a0", "")
    return code if len(code) == CODE_LENGTH and set(code) <= set(ALPHABET) else ""


class Registry:
    """``registry.db`` in the sessions folder.

    Reading takes microseconds and may be done in the loop.  What writes waits for the disk and belongs in a pool
    thread; it has a connection of its own each time, so that neither reading nor another who writes comes between.
    """

    def __init__(self, folder: Path) -> None:
        """Open the registry of *folder*, or begin it.  Raises ``Unreadable`` where it is damaged."""
        self._path = folder / "registry.db"
        self._db = database(self._path)
        try:
            with self._writing() as db:
                db.enable_wal()
                db.table("workshops").create({"code": str, "title": str, "community": str, "plan": str, "made": int, "token": str}, pk="code",
                                             if_not_exists=True)
                db.table("keys").create({"name": str, "salt": str, "hash": str}, pk="name", if_not_exists=True)
        except sqlite3.DatabaseError as wrong:
            self.close()
            if isinstance(wrong, sqlite3.OperationalError):
                raise
            raise Unreadable(N_("%(file)s is damaged: %(why)s."), file="registry.db", why=str(wrong)) from wrong

    def new_code(self) -> str:
        """A code that no workshop has."""
        while True:
            code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
            if not self.has(code):
                return code

    def add(self, listed: Listed) -> str:
        """Put a workshop on the list; return the token that opens its console, which is kept as a hash only."""
        token = secrets.token_urlsafe(24)
        with self._writing() as db:
            db.table("workshops").insert({**vars(listed), "token": _digest(token)})
        return token

    def renew_token(self, code: str) -> str:
        """A new token for the console of *code*; the old one opens it no more."""
        token = secrets.token_urlsafe(24)
        with self._writing() as db:
            db.table("workshops").update(code, {"token": _digest(token)})
        return token

    def has(self, code: str) -> bool:
        return bool(self._db.conn.execute("select 1 from workshops where code = ?", (code,)).fetchone())

    def opens(self, code: str, token: str) -> bool:
        """Whether *token* opens the console of *code*."""
        row = self._db.conn.execute("select token from workshops where code = ?", (code,)).fetchone()
        return hmac.compare_digest(row[0] if row else "", _digest(token))

    def workshops(self) -> list[Listed]:
        """All of them, newest first."""
        rows = self._db.conn.execute("select code, title, community, plan, made from workshops order by made desc, code")
        return [Listed(*row) for row in rows]

    def has_key(self) -> bool:
        """Whether the organiser's key has been made."""
        return bool(self._db.conn.execute("select 1 from keys where name = 'organiser'").fetchone())

    def new_key(self, key: str = "") -> str:
        """Make the organiser's key, or take the one given; return it, to be shown once."""
        key, salt = key or "-".join(secrets.token_hex(3) for _ in range(4)), secrets.token_hex(16)
        with self._writing() as db:
            db.table("keys").insert({"name": "organiser", "salt": salt, "hash": _slow(key, salt)}, replace=True)
        return key

    def is_organiser(self, key: str) -> bool:
        """Whether *key* is the organiser's."""
        row = self._db.conn.execute("select salt, hash from keys where name = 'organiser'").fetchone()
        return bool(row) and hmac.compare_digest(row[1], _slow(key, row[0]))

    def close(self) -> None:
        self._db.close()

    def _writing(self) -> closing:
        return closing(database(self._path))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _slow(key: str, salt: str) -> str:
    """A key chosen by a person may be short, so that guessing has to cost: 16 MB and some 50 ms a try."""
    return hashlib.scrypt(key.encode(), salt=salt.encode(), n=2**14, r=8, p=1).hex()
