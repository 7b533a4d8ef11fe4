"""Which seats a browser holds in a workshop, in a signed cookie for each workshop."""
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Request, Response
from itsdangerous import BadSignature, URLSafeSerializer

COOKIE_AGE = 400 * 24 * 3600


@dataclass(frozen=True)
class Seat:
    """What one page is: *page* is ``phone``, ``console`` or ``screen``; *person* the participant or facilitator."""

    page: str
    person: str = ""

    @property
    def role(self) -> str:
        return {"phone": "participant", "console": "facilitator"}.get(self.page, "observer")


class Seats:
    """Reads and signs the cookies.  Values: page -> the id that this browser has there."""

    def __init__(self, folder: Path) -> None:
        self.key = signing_key(folder)
        self._signer = URLSafeSerializer(self.key, salt="seats")

    def held(self, request: Request, code: str) -> dict[str, str]:
        """page -> id, as signed; empty where there is no cookie or not one of ours."""
        try:
            held = self._signer.loads(request.cookies.get(_name(code), ""))
        except BadSignature:
            return {}
        return held if isinstance(held, dict) else {}

    def seat(self, request: Request, code: str, page: Any) -> Seat | None:
        """The seat of a page that says it is *page*, or None where this browser does not have it."""
        if page == "screen":
            return Seat("screen")
        person = self.held(request, code).get(page) if page in ("phone", "console") else None
        return Seat(page, person) if person else None

    def give(self, request: Request, response: Response, code: str, page: str, person: str) -> None:
        """Put one more seat into this browser's cookie."""
        held = {**self.held(request, code), page: person}
        response.set_cookie(_name(code), self._signer.dumps(held), max_age=COOKIE_AGE, httponly=True, samesite="Lax",
                            secure=request.is_secure, path="/")


def signing_key(folder: Path) -> str:
    """The key that cookies are signed with: made once, readable by its owner alone."""
    path = folder / "signing.key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(32))
    return path.read_text()


def new_id() -> str:
    """An id for a person or a thing they make."""
    return secrets.token_hex(8)


def _name(code: str) -> str:
    return f"seats-{code}"
