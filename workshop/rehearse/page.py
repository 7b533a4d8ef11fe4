"""One open page: a cookie jar of its own, what it loads by HTTP, and its socket."""
import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import gevent
import requests
import socketio
from gevent.lock import RLock
from requests.exceptions import RequestException
from socketio.exceptions import SocketIOError

from workshop.rehearse.reading import told
from workshop.rehearse.shown import Board, Shown, drawn
from workshop.words import _

ANSWER = 8        # seconds, as pages wait
PATIENCE = 60     # seconds until a page gives up
PAUSE = 0.5
SILENT = logging.getLogger("workshop.rehearse.socket")
SILENT.setLevel(logging.CRITICAL)
PATHS = {"phone": "/{code}", "console": "/{code}/console", "screen": "/{code}/screen"}


class Unreachable(Exception):
    """The server cannot be reached, or does not let us in; the message is a sentence."""


@dataclass
class Answer:
    """What a command was answered, and after how many ms."""

    ok: bool
    error: str
    ms: float


class Page:
    """A page as a browser has it.  *came* is called with (page, html) of everything that arrives for it, before it is
    shown, and *changed* with (page, region) afterwards."""

    def __init__(self, url: str, code: str, seat: str, came: Callable = lambda page, html: None,
                 changed: Callable = lambda page, region: None) -> None:
        self.url, self.code, self.seat, self.person, self.standing = url.rstrip("/"), code, seat, "", ""
        self.board, self.jar = Board(), requests.Session()
        self.jar.headers["User-Agent"] = "workshop rehearse"
        self._came, self._changed = came, changed
        self._socket: socketio.Client | None = None
        self._line, self._closed = RLock(), False

    @property
    def path(self) -> str:
        return PATHS[self.seat].format(code=self.code)

    @property
    def who(self) -> str:
        """The person whose phone this is; ``console`` and ``screen`` as they are."""
        return self.person if self.seat == "phone" else self.seat

    def get(self, path: str) -> requests.Response:
        return asked(self.jar, "GET", self.url + path, PATIENCE)

    def post(self, path: str, **fields: str) -> requests.Response:
        return asked(self.jar, "POST", self.url + path, PATIENCE, data=fields)

    def load(self) -> None:
        """Load the page and show it."""
        html = self.get(self.path).text
        self.person = told(html, "data-person")
        self._came(self, html)
        self.board.paint(html)
        self._show(self.board.shown)

    def connect(self) -> None:
        """Open the socket and say that the page is here, until it works.  Raises ``Unreachable``."""
        until = time.monotonic() + PATIENCE
        while not self._closed:
            try:
                with self._line:
                    return None if self._socket and self._socket.connected else self._connect()
            except SocketIOError as wrong:
                if time.monotonic() > until:
                    raise Unreachable(_("No socket to %(url)s: %(why)s", url=self.url, why=wrong)) from wrong
                gevent.sleep(PAUSE)

    def do(self, command: str, **args: Any) -> Answer:
        """Ask for a command until it is answered, as the outbox does.  Raises ``Unreachable``."""
        begun = time.monotonic()
        while time.monotonic() - begun < PATIENCE:
            answer = self._ask("do", {"command": command, "args": args})
            if not answer.get("again"):
                return Answer(bool(answer.get("ok")), str(answer.get("error", "")), (time.monotonic() - begun) * 1000)
            gevent.sleep(PAUSE)
        raise Unreachable(_("%(command)s could not be saved in %(n)d seconds.", command=command, n=PATIENCE))

    def whole(self) -> dict[str, Shown]:
        """Every region as the server draws it now.  Raises ``Unreachable``."""
        answer = self._ask("whole", {"regions": list(self.board.shown)})
        for region in answer["regions"]:
            self._came(self, region["html"])
        return {r["id"]: drawn(r["id"], r["mark"], r["html"], r["seq"]) for r in answer["regions"]}

    def close(self) -> None:
        self._closed = True
        if self._socket:
            self._socket.disconnect()
        self.jar.close()

    def _connect(self) -> None:
        # Checking UTF-8 letter by letter takes most of a client's time, and decoding finds what is wrong as well.
        self._socket = socketio.Client(reconnection=False, http_session=self.jar, handle_sigint=False, logger=SILENT,
                                       engineio_logger=SILENT, websocket_extra_options={"skip_utf8_validation": True})
        self._socket.on("patch", lambda message: self._take(message["regions"]))
        self._socket.on("disconnect", lambda reason="": gevent.spawn(self._back))
        self._socket.connect(self.url, auth={"code": self.code, "seat": self.seat}, transports=["websocket"],
                             wait_timeout=ANSWER)
        try:
            answer = self._socket.call("here", {"have": self.board.marks()}, timeout=ANSWER)
        except SocketIOError:
            self._socket.disconnect()
            raise
        self.board.forget()
        self._take(answer["regions"])

    def _back(self) -> None:
        """The line broke: connect again, unless the page was closed."""
        try:
            if not self._closed:
                self.connect()
        except Unreachable as gone:
            self.board.faults.append(str(gone))

    def _ask(self, event: str, message: dict[str, Any]) -> dict[str, Any]:
        """Send until it is answered, over as many lines as it takes.  Raises ``Unreachable``."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            self.connect()
            try:
                return self._socket.call(event, message, timeout=ANSWER)
            except SocketIOError:
                gevent.sleep(PAUSE)
        raise Unreachable(_("%(url)s did not answer in %(n)d seconds.", url=self.url, n=PATIENCE))

    def _take(self, patches: list[dict[str, Any]]) -> None:
        for patch in patches:
            self._came(self, patch.get("html", "") + "".join(html for _key, html, _after in patch.get("put", ())))
        changed, missed = self.board.take(patches)
        self._show(changed)
        if missed:
            gevent.spawn(self._again, missed)

    def _show(self, changed: Iterable[str]) -> None:
        for region in changed:
            self.standing = told(self.board.shown[region].html, "data-standing") or self.standing
            self._changed(self, region)

    def _again(self, missed: list[str]) -> None:
        """Ask for what a change was missed of, whole."""
        try:
            answer = self._ask("whole", {"regions": missed})
        except Unreachable as gone:
            return self.board.faults.append(str(gone))
        for name in missed:
            self.board.shown[name].seq = None
        self._take(answer["regions"])


def asked(jar: requests.Session, method: str, url: str, patience: float = 0, **more: Any) -> requests.Response:
    """One HTTP answer, tried for *patience* seconds.  Raises ``Unreachable`` where none comes."""
    until = time.monotonic() + patience
    while True:
        try:
            return jar.request(method, url, timeout=PATIENCE, **more)
        except RequestException as wrong:
            if time.monotonic() > until:
                raise Unreachable(_("%(url)s does not answer. Is the server running?", url=url)) from wrong
            gevent.sleep(PAUSE)
