"""Socket.IO: connect, ``do``, ``here``, ``whole``, ``hint``, ``typing``; what each page sends is answered in its acknowledgement."""
import logging
import os
import sqlite3
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import gevent
from flask import Flask, request
from flask_socketio import ConnectionRefusedError, SocketIO

from workshop.drawn import Drawn
from workshop.live.away import Away
from workshop.live.bucket import Bucket
from workshop.live.hints import Hints, Near
from workshop.live.ready import mark_ready
from workshop.live.running import Running
from workshop.live.sender import answer_meanwhile, cut_off_who_falls_behind, emit_by_and_by, send_at_once, tend_together
from workshop.live.socket import use_whole_frames
from workshop.registry import Registry, normal
from workshop.rules import Refused, checked
from workshop.seats import Seat, Seats
from workshop.session import Session, now
from workshop.sessions import Sessions
from workshop.sqlite import Unreadable
from workshop.words import N_, InWords, _, speaking

log = logging.getLogger(__name__)
MESSAGE_MOST = 100_000
ID_MOST = 40
FOR_SERVERS = ("make_workshop", "suggest_themes", "welcome_facilitator")


class NotNow(InWords):
    """Why the server could not do what was asked; the same may be asked again in a moment."""


class Live:
    """The sockets of one server: which pages are open, and the way of a command from a page to its session."""

    def __init__(self, app: Flask, registry: Registry, sessions: Sessions, seats: Seats, base: str,
                 after: Callable[[Running], None] = lambda running: None, near: Near = lambda w, text, ideas: [],
                 forget: Callable[[str], None] = lambda code: None) -> None:
        self._app, self._registry, self._sessions, self._seats, self._after = app, registry, sessions, seats, after
        self._base, self._hints = base, Hints(near)
        self._running: dict[str, Running] = {}
        self._forget, self._away = forget, Away()
        self._pages: dict[str, tuple[Running, Seat, Bucket]] = {}
        self.socketio = SocketIO(app, async_mode="gevent", async_handlers=False, manage_session=False,
                                 max_http_buffer_size=MESSAGE_MOST, ping_interval=20, ping_timeout=20)
        self._stopping, self._under_way = False, 0
        use_whole_frames(self.socketio.server.eio)
        cut_off_who_falls_behind(self.socketio.server.eio)
        if os.environ.get("WORKSHOP_SENDER") != "stock":
            send_at_once(self.socketio.server.eio)
            tend_together(self.socketio.server.eio)
        answer_meanwhile(self.socketio.server, "hint")
        for name, handler in {"connect": self._connect, "disconnect": self._disconnect, "do": self._do, "here": self._here,
                              "whole": self._whole, "hint": self._hint, "typing": self._typing}.items():
            self.socketio.on_event(name, handler)

    def running(self, code: str) -> Running:
        """The workshop *code*, which the registry knows, with its open pages."""
        session = self._sessions.get(code)
        if code not in self._running:
            outcomes = self._away.comes_back(code, session)
            session.enter(lambda room: replace(room, base=self._base))
            self._running[code] = Running(session, Drawn(session, self._app.jinja_env), outcomes, self, self._drawing, self._after)
        return self._running[code]

    def let_go_of_idle(self, seconds: float) -> int:
        """Let go of each workshop that no page was connected to, and nobody did anything in, for so long; returns how many.

        Its memory, its file and its greenlets are free; it comes back as it was for whoever asks next.
        """
        count = 0
        for session in self._sessions.open_now():
            if not session.closed and session.is_idle(seconds):
                self._let_go(session)
                count += 1
        return count

    def _let_go(self, session: Session) -> None:
        code = session.state.code
        if running := self._running.pop(code, None):
            running.ends()
            self._away.goes(code, session, running.outcomes)
        self._forget(code)
        try:
            self._sessions.let_go(code)
        except (sqlite3.Error, OSError):
            log.exception("%s: the file could not be closed", code)

    def do(self, running: Running, seat: Seat, command: str, args: dict[str, Any], entry: str = "") -> int:
        """Run a command that a page or a form asked for.  *entry* is its id in the outbox that it comes from.

        Raises ``Refused``, and ``NotNow`` where the disk fails or the server stops.
        """
        if self._stopping:
            raise NotNow(N_("The server is restarting. Your words wait here and go out by themselves."))
        self._under_way += 1
        try:
            return running.outcomes.once(seat.person, entry, lambda: self._run(running, seat, command, args))
        except (sqlite3.Error, OSError) as fault:
            log.exception("%s: %s could not be written at %d", running.session.state.code, command, running.session.state.seq)
            raise NotNow(N_("The server cannot save just now. Your words wait here and go out by themselves.")) from fault
        finally:
            self._under_way -= 1

    def _run(self, running: Running, seat: Seat, command: str, args: dict[str, Any]) -> int:
        if command == "ready":
            running.session.enter(lambda room: mark_ready(room, running.session.state, seat.person, args))
            return running.session.state.seq
        if command in FOR_SERVERS:
            raise Refused(N_("You cannot do that from this page."))
        return running.session.do(command, seat.person or "screen", seat.role, **checked(command, args))

    def stop(self, seconds: float = 3) -> None:
        """Take no more commands, answer those under way, and tell every page that the server goes.

        Takes *seconds* at most; what is still under way then may be in the journal without its writer having been told.
        """
        self._stopping, until = True, time.monotonic() + seconds
        while self._under_way and time.monotonic() < until:
            gevent.sleep(0.02)
        for sid in list(self._pages):
            self.socketio.server.disconnect(sid)
        engine = self.socketio.server.eio
        while any(page.queue.qsize() for page in engine.sockets.values()) and time.monotonic() < until:
            gevent.sleep(0.02)

    def patch(self, regions: list[dict[str, Any]], to: str) -> None:
        """Send drawings to a channel or to one page."""
        emit_by_and_by(self.socketio.server, "patch", {"regions": regions}, to)

    def enter(self, sid: str, channel: str) -> None:
        self.socketio.server.enter_room(sid, channel, namespace="/")

    def leave(self, sid: str, channel: str) -> None:
        self.socketio.server.leave_room(sid, channel, namespace="/")

    def _drawing(self):
        return self._app.test_request_context(base_url=self._base)

    def _connect(self, auth: Any) -> None:
        auth = auth if isinstance(auth, dict) else {}
        code = normal(str(auth.get("code", "")))
        if not code or not self._registry.has(code):
            raise ConnectionRefusedError(_("This workshop is not here any more. Ask for its new code."))
        seat = self._seats.seat(request, code, auth.get("seat"))
        if not seat:
            raise ConnectionRefusedError(_("This browser has no seat here any more. Come in again."))
        try:
            running = self.running(code)
        except (Unreadable, sqlite3.Error, OSError) as wrong:
            log.error("%s cannot be opened: %s", code, wrong)
            raise ConnectionRefusedError(_("This workshop cannot be opened. Ask the organiser to look at its file.")) from wrong
        self._pages[request.sid] = running, seat, Bucket()
        running.enters(request.sid, seat)

    def _disconnect(self, reason: str = "") -> None:
        if known := self._pages.pop(request.sid, None):
            known[0].leaves(request.sid)
            self._hints.leaves(request.sid)

    def _here(self, message: Any) -> dict[str, Any]:
        running, _seat, _bucket = self._pages[request.sid]
        return {"now": now(), "regions": running.whole(request.sid, _marks(message))}

    def _whole(self, message: Any) -> dict[str, Any]:
        running, _seat, _bucket = self._pages[request.sid]
        wanted = message.get("regions") if isinstance(message, dict) else None
        only = [name for name in wanted if isinstance(name, str)] if isinstance(wanted, list) else None
        return {"regions": running.whole(request.sid, {}, only)}

    def _hint(self, message: Any) -> dict[str, Any]:
        """What stands on the asker's chart and says nearly the same; nothing where that is not quickly known."""
        known = self._pages.get(request.sid)
        text, stage = (message.get(key) for key in ("text", "stage")) if isinstance(message, dict) else (None, None)
        if not known or not isinstance(text, str) or not isinstance(stage, str):
            return {"ideas": []}
        ideas = self._hints.answer(known[0].session, known[1], request.sid, text, stage)
        return {"ideas": [], "later": True} if ideas is None else {"ideas": ideas}

    def _typing(self, message: Any) -> None:
        """A facilitator types in a section of the charter; in none: they have stopped."""
        running, seat, bucket = self._pages.get(request.sid) or (None, None, None)
        section = message.get("section") if isinstance(message, dict) else None
        if running and seat.page == "console" and isinstance(section, str) and bucket.takes():
            running.typing.types(seat.person, section)

    def _do(self, message: Any) -> dict[str, Any]:
        running, seat, bucket = self._pages[request.sid]
        message = message if isinstance(message, dict) else {}
        command, args, entry = str(message.get("command", "")), message.get("args"), message.get("id")
        person = running.session.state.people.get(seat.person)
        with speaking(person.language if person else running.session.state.plan.language):
            try:
                if not bucket.takes():
                    raise NotNow(N_("That was very quick. It goes out in a moment."))
                return {"ok": True, "seq": self.do(running, seat, command, args if isinstance(args, dict) else {}, known_id(entry))}
            except (Refused, NotNow) as why:
                return {"ok": False, "again": isinstance(why, NotNow), "error": str(why)}
            except Exception:   # a fault of ours; without an answer this entry would hold up all that waits behind it
                log.exception("%s: %s failed at %d", running.session.state.code, command, running.session.state.seq)
                return {"ok": False, "again": False, "error": _("Something went wrong here. Your words are back in their place.")}


def known_id(entry: Any) -> str:
    """The id of an outbox's entry, empty where it is none."""
    return entry if isinstance(entry, str) and len(entry) <= ID_MOST else ""


def _marks(message: Any) -> dict[str, str]:
    have = message.get("have") if isinstance(message, dict) else None
    return {str(name): mark for name, mark in have.items() if isinstance(mark, str)} if isinstance(have, dict) else {}
