"""One open page: a cookie jar of its own, what it loads by HTTP, and its line to the server."""
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import RLock, Thread
from typing import Any

import requests

from workshop.rehearse.line import ANSWER, Line, Unanswered
from workshop.rehearse.network import Network, Reception
from workshop.rehearse.plain import PATIENCE, PAUSE, Unreachable, asked, post
from workshop.rehearse.reading import marks, told
from workshop.rehearse.shown import Board, Shown
from workshop.words import _

EVERY = 1.0       # seconds after which a page without a socket looks again; a browser's takes five
IMPATIENT = 0.001     # seconds: the line is cut before the answer comes
PATHS = {"phone": "/{code}", "console": "/{code}/console", "screen": "/{code}/screen"}
GOOD = Network("").reception("")


@dataclass
class Answer:
    """What a command was answered, and after how many ms."""

    ok: bool
    error: str
    ms: float


class Page:
    """A page as a browser has it.  *came* is called with (page, html) of everything that arrives for it, before it is
    shown, and *changed* with (page, region) afterwards.  *reception*: what the network does to it.  *asleep*: nobody
    looks, and it takes nothing in."""

    def __init__(self, url: str, code: str, seat: str, came: Callable = lambda page, html: None,
                 changed: Callable = lambda page, region: None, reception: Reception = GOOD) -> None:
        self.url, self.code, self.seat, self.person, self.standing = url.rstrip("/"), code, seat, "", ""
        self.board, self.jar, self.reception = Board(strict=not reception.bad), requests.Session(), reception
        self.jar.headers["User-Agent"] = "workshop rehearse"
        self.asleep = False
        self._came, self._changed = came, changed
        self._line: Line | None = None
        self._connecting, self._fetching, self._closed, self._owed = RLock(), False, False, 0

    @property
    def path(self) -> str:
        return PATHS[self.seat].format(code=self.code)

    @property
    def who(self) -> str:
        """The person whose phone this is; ``console`` and ``screen`` as they are."""
        return self.person if self.seat == "phone" else self.seat

    @property
    def plain(self) -> bool:
        return self.reception.way == "plain"

    @property
    def behind(self) -> bool:
        """Whether the network owes it something."""
        return bool(self._owed) or not self.plain and not (self._line and self._line.up)

    def get(self, path: str) -> requests.Response:
        return asked(self.jar, "GET", self.url + path, PATIENCE)

    def post(self, path: str, **fields: str) -> requests.Response:
        if self.reception.happens("join"):
            before = self.jar.cookies.copy()
            asked(self.jar, "POST", self.url + path, PATIENCE, data=fields)
            self.jar.cookies = before
        return asked(self.jar, "POST", self.url + path, PATIENCE, data=fields)

    def load(self) -> None:
        """Load the page and show it."""
        html = self.get(self.path).text
        self.person = told(html, "data-person")
        self._came(self, html)
        self._show(self.board.paint(html))

    def fresh(self) -> dict[str, Shown]:
        """Every region as a reload would show it.  Raises ``Unreachable``."""
        html, board = self.get(self.path).text, Board()
        self._came(self, html)
        board.paint(html)
        return board.shown

    def connect(self) -> None:
        """Open a line and say that the page is here, until it works.  Raises ``Unreachable``."""
        if self.plain:
            return self._fetch_now_and_then()
        until = time.monotonic() + PATIENCE
        while not self._closed:
            try:
                with self._connecting:
                    return None if self._line and self._line.up else self._connect()
            except Unanswered as wrong:
                if time.monotonic() > until:
                    raise Unreachable(str(wrong)) from wrong
                time.sleep(PAUSE)

    def do(self, command: str, entry: str = "", **args: Any) -> Answer:
        """Ask for a command until it is answered, as the outbox does under the id *entry*.  Raises ``Unreachable``."""
        begun, message = time.monotonic(), {"command": command, "args": args, **({"id": entry} if entry else {})}
        while time.monotonic() - begun < PATIENCE:
            answer = self._ask("do", message)
            if not answer.get("again"):
                return Answer(bool(answer.get("ok")), str(answer.get("error", "")), (time.monotonic() - begun) * 1000)
            time.sleep(PAUSE)
        raise Unreachable(_("%(command)s could not be saved in %(n)d seconds.", command=command, n=PATIENCE))

    def look(self) -> None:
        """See what was missed.  Where that does not work over this line, another takes its place."""
        if not self.plain:
            return self._take_what(self._line, "here", {"have": self.board.marks()})
        html = self.get(self.path).text
        if marks(html) != list(self.board.marks().values()):
            self._came(self, html)
            self._show(self.board.paint(html))

    def sleep(self) -> None:
        """The phone is locked; its line breaks, or goes on unheard."""
        self.asleep = True
        self.reception.note("asleep")
        if self._line and self.reception.happens("locked"):
            self._line.cut()

    def wake(self) -> None:
        """Somebody comes back to it.  Raises ``Unreachable``."""
        self.asleep = False
        self.connect()
        self.look()

    def close(self) -> None:
        self._closed = True
        if self._line:
            self._line.close()
        self.jar.close()

    def _connect(self) -> None:
        self._line = line = Line(self.url, {"code": self.code, "seat": self.seat}, self.jar, self.reception.way,
                                 self._patched, lambda line: _aside(self._back, line))
        self.board.forget()
        try:
            self._take(self.reception.ask(line, "here", {"have": self.board.marks()})["regions"])
        except Unanswered:
            line.cut()
            raise

    def _back(self, line: Line) -> None:
        """The line broke: connect again, unless nobody looks any more."""
        if self.reception.happens("slow"):
            time.sleep(self.reception.seconds("slow"))
        try:
            if line is self._line and not self._closed and not self.asleep:
                self.connect()
        except Unreachable as gone:
            self.board.faults.append(str(gone))

    def _fetch_now_and_then(self) -> None:
        if not self._fetching:
            self._fetching = True
            _aside(self._fetch)

    def _fetch(self) -> None:
        """Without a socket: load the page again and again."""
        try:
            while not self._closed:
                time.sleep(EVERY)
                if not self.asleep:
                    self.look()
        except Unreachable as gone:
            self.board.faults.append(str(gone))

    def _ask(self, event: str, message: dict[str, Any]) -> dict[str, Any]:
        """Send until it is answered, over as many lines as it takes.  Raises ``Unreachable``."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            self.connect()
            try:
                return self._post(message) if self.plain else self.reception.ask(self._line, event, message)
            except Unanswered:
                time.sleep(PAUSE)
        raise Unreachable(_("%(url)s did not answer in %(n)d seconds.", url=self.url, n=PATIENCE))

    def _post(self, message: dict[str, Any]) -> dict[str, Any]:
        """A command as a form.  Raises ``Unanswered``."""
        patience = IMPATIENT if self.reception.happens("after") else ANSWER
        answer = post(self.jar, f"{self.url}/{self.code}", self.seat, message, patience)
        if self.reception.happens("deaf"):
            raise Unanswered(message["command"])
        return answer

    def _patched(self, line: Line, regions: list[dict[str, Any]]) -> None:
        """Changes came over *line*; the network decides what becomes of them."""
        happens, seconds = self.reception.happens, self.reception.seconds
        if line is not self._line or self.asleep:
            return
        if happens("idle"):
            line.cut()
        elif happens("drop"):
            self._later(seconds("drop"), line, self.look)
        elif happens("hold"):
            self._later(seconds("hold"), line, lambda: self._take(regions))
        else:
            for _time in range(2 if happens("double") else 1):
                self._take(regions)

    def _later(self, seconds: float, line: Line, act: Callable[[], None]) -> None:
        """Do *act* after *seconds*, unless the line is another by then."""
        def wait() -> None:
            time.sleep(seconds)
            try:
                if line is self._line and line.up and not self.asleep:
                    act()
            finally:
                self._owed -= 1
        self._owed += 1
        _aside(wait)

    def _take(self, patches: list[dict[str, Any]]) -> None:
        for patch in patches:
            self._came(self, patch.get("html", "") + "".join(html for _key, html, _after in patch.get("put", ())))
        changed, missed = self.board.take(patches)
        self._show(changed)
        if missed:
            self._later(0, self._line, lambda line=self._line: self._take_what(line, "whole", {"regions": missed}))

    def _take_what(self, line: Line, event: str, message: dict[str, Any]) -> None:
        """Take the drawings that *line* answers with; if it is silent, another takes its place."""
        try:
            self._take(self.reception.ask(line, event, message)["regions"])
        except Unanswered:
            line.cut()

    def _show(self, changed: Iterable[str]) -> None:
        for region in changed:
            self.standing = told(self.board.shown[region].html, "data-standing") or self.standing
            self._changed(self, region)


def _aside(act: Callable[..., None], *args: Any) -> None:
    """Begin *act* and go on."""
    Thread(target=act, args=args, daemon=True).start()
