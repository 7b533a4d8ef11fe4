"""What one server has: the parts that every page reaches."""
import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass, field
from pathlib import Path

from flask import abort, current_app, g, request, session as cookie

from workshop.downloads import Downloads
from workshop.live.live import Live
from workshop.live.running import Running
from workshop.registry import ALPHABET, CODE_LENGTH, Registry, normal
from workshop.seats import Seat, Seats
from workshop.sessions import Sessions

SIGN_IN_SECONDS = 600


@dataclass
class Installation:
    """One sessions folder, served.  *base* is the address that people use."""

    folder: Path
    base: str
    registry: Registry
    sessions: Sessions
    seats: Seats
    live: Live
    downloads: Downloads = field(default_factory=Downloads)
    sign_ins: dict[str, float] = field(default_factory=dict)
    reached: set[str] = field(default_factory=set)   # browsers that tried /check, until the next start

    def new_sign_in(self) -> str:
        """A token that signs the organiser in once, within ten minutes."""
        token = secrets.token_urlsafe(24)
        self.sign_ins[_digest(token)] = time.monotonic() + SIGN_IN_SECONDS
        return token

    def spend_sign_in(self, token: str) -> bool:
        """Whether *token* signs in; it never will again."""
        return self.sign_ins.pop(_digest(token), 0) > time.monotonic()

    def return_code(self, code: str, person: str) -> str:
        """The short code that brings *person* back on another phone: derived, so that it is kept nowhere."""
        digest = hmac.digest(self.seats.key.encode(), f"return {code} {person}".encode(), "sha256")
        return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:CODE_LENGTH])

    def returning(self, running: Running, code: str) -> str:
        """The person of this workshop whose return code is *code*, or empty."""
        given = normal(code)
        people = running.session.state.people
        return next((p for p in people if hmac.compare_digest(self.return_code(running.session.state.code, p), given)), "")


def here() -> Installation:
    """The installation that serves this request."""
    return current_app.extensions["workshop"]


def workshop_at(code: str) -> Running:
    """The workshop that an address names, in use until this request ends.  404 where there is none."""
    known = normal(code)
    if not known or not here().registry.has(known):
        abort(404)
    running = here().live.running(known)
    running.session.use.begin()
    g.setdefault("used", []).append(running.session.use)
    return running


def leave(fault: BaseException | None = None) -> None:
    """The request is over: nobody is at work here any more on what it used."""
    for use in g.pop("used", ()):
        use.end()


def seat_here(running: Running, page: str) -> Seat | None:
    """The seat of this browser on *page*, or None."""
    return here().seats.seat(request, running.session.state.code, page)


def is_organiser() -> bool:
    """Whether this browser is signed in as the organiser, or the request carries the key."""
    kind, _, key = request.headers.get("Authorization", "").partition(" ")
    return bool(cookie.get("organiser")) or kind == "Bearer" and here().registry.is_organiser(key)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
