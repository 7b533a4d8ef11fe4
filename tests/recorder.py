"""A recorder on every page, socket, download and answer of one vote, for everybody in the room.

Two plays of the same story that differ in the ballots alone must be the same to the byte, but for what each voter is
shown of their own.  So that they can be, ``STILL`` takes out of the server what differs from run to run: the clock,
chance (ids, codes, keys, seeds, Socket.IO's names), the journal's hash (it covers ballots, and the time and id of each)
and when the themes' worker answers; its beats are short, or half the time is spent in waiting.  What is left out of the books stands in ``DATES``, ``OWN`` and ``ALIVE``.
"""
import http.client
import json
import re
from collections import defaultdict
from urllib.parse import urlencode

from tests.raw import ANSWER, EVENT, GOODBYE, HELLO, OPEN, PATIENCE, PING, PONG, Raw
from tests.served import Served
from workshop.rehearse.reading import Element, read

STILL = """
import importlib, itertools, random, secrets, time
import gevent
from workshop.journal import Journal
from workshop.live import running as beats
from workshop.live.running import Running
from workshop.themer import Themer
number = itertools.count(1)
secrets.token_hex = lambda n: f"{next(number):0{2 * n}x}"
secrets.token_urlsafe = lambda n: f"{next(number):0{n}d}"
secrets.token_bytes = lambda n: next(number).to_bytes(n, "big")
secrets.choice = lambda letters: letters[next(number) % len(letters)]
random.SystemRandom = lambda: random.Random(next(number))
time.time_ns = lambda: 1_790_000_000_000_000_000
Journal.mark = lambda journal, *upto: "0" * 64
Themer.look = lambda themer, running: None

beats.BEAT = 0.01
shown, drawing = Running._show, []
def show(running):
    drawing.append(running)
    try:
        shown(running)
    finally:
        drawing.remove(running)
Running._show = show

serving = importlib.import_module("workshop.serve")
made = serving.create_app
def create_app(*args):
    app = made(*args)
    @app.get("/quiet")
    def quiet():
        live = app.extensions["workshop"].live
        while drawing or any(running.session.changed.is_set() for running in live._running.values()):
            gevent.sleep(0.002)
        return ""
    return app
serving.create_app = create_app
"""
DATES = re.compile(rb"(?m)^(Date:|Set-Cookie: organiser=).*\r\n|Expires=[^;]*;")
OWN = "my-ballot"                     # the one region that shows somebody's own dots; and a page's form without a script
ALIVE = (PING, PONG)                  # Socket.IO asks now and then whether a page is there

Book = dict[tuple[str, str, str], list[bytes]]     # (moment, who, what) -> all that came, in order


class Recorder:
    """What everybody is sent.  *moment* is written beside it; nothing is written while it is empty."""

    def __init__(self, server: Served) -> None:
        self.server, self.moment, self.sockets = server, "", []
        self.book: Book = defaultdict(list)

    def hears(self, who: str, what: str, came: bytes) -> None:
        if self.moment:
            self.book[self.moment, who, what].append(came)

    def settles(self) -> None:
        """Wait until everything that happened was drawn, sent and taken in."""
        self.quiet()
        for socket in self.sockets:
            socket.asks("whole", regions=[])

    def quiet(self) -> None:
        """Wait until everything that happened was drawn and sent."""
        Browser(self, "").asks("/quiet")

    def closes(self) -> None:
        for socket in self.sockets:
            socket.close()


class Browser:
    """One browser of *who*; answers of a voter (*votes*) are written down without their own ballot."""

    def __init__(self, recorder: Recorder, who: str, votes: bool = False) -> None:
        self.recorder, self.who, self.votes, self.cookies = recorder, who, votes, {}

    def asks(self, path: str, form: dict[str, str] | None = None, **headers: str) -> tuple[int, bytes]:
        """One answer, written down as it came over the line; redirects are not followed."""
        line = http.client.HTTPConnection("127.0.0.1", self.recorder.server.port, timeout=PATIENCE)
        cookies = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if form is not None else {}
        line.request("GET" if form is None else "POST", path, form and urlencode(form), {**cookies, **kind, **headers})
        answer = line.getresponse()
        body = answer.read()
        line.close()
        for cookie in answer.msg.get_all("Set-Cookie", []):
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        head = "".join(f"{name}: {value}\r\n" for name, value in answer.getheaders()).encode()
        if self.who:
            self.recorder.hears(self.who, path, self._others(answer.status, DATES.sub(b"", head), body))
        return answer.status, body

    def _others(self, status: int, head: bytes, body: bytes) -> bytes:
        if self.votes and b"text/html" in head:
            head, body = re.sub(rb"Content-Length: \d+", b"", head), without_own(body.decode()).encode()
        return b"%d\r\n%b\r\n%b" % (status, head, body)


class Socket(Raw):
    """A page's socket, over a WebSocket."""

    def __init__(self, browser: Browser, code: str, seat: str) -> None:
        self._browser = browser
        cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
        super().__init__(browser.recorder.server.local, code, seat, cookie)
        browser.recorder.sockets.append(self)
        browser.recorder.quiet()

    def reads(self) -> str:
        packet = super().reads()
        written(self._browser, packet)
        return packet


class Polling:
    """A page's socket where no WebSocket comes through."""

    def __init__(self, browser: Browser, code: str, seat: str) -> None:
        self._browser, self._quiet, self._number, self.patches = browser, Browser(browser.recorder, ""), 0, []
        self._quiet.cookies = browser.cookies
        self._path = "/socket.io/?EIO=4&transport=polling"
        (opened,) = self._gets()
        assert opened.startswith(OPEN)
        self._path += "&sid=" + json.loads(opened[1:])["sid"]
        self._posts(HELLO + json.dumps({"code": code, "seat": seat}))
        assert self._gets()[0].startswith(HELLO)
        browser.recorder.sockets.append(self)
        browser.recorder.quiet()

    def close(self) -> None:
        """It is a new line with every question."""

    def asks(self, name: str, **message) -> dict:
        """What the server answers; what comes before it is written down like it."""
        self._number += 1
        self._posts(f"{EVENT}{self._number}" + json.dumps([name, message]))
        answer = f"{ANSWER}{self._number}["
        while True:
            packets = self._gets()
            for packet in packets:
                written(self._browser, packet)
                if packet == PING:
                    self._posts(PONG)
            if found := next((p for p in packets if p.startswith(answer)), ""):
                return json.loads(found[len(answer) - 1:])[0]

    def _gets(self) -> list[str]:
        return self._quiet.asks(self._path)[1].decode().split("\x1e")

    def _posts(self, packet: str) -> None:
        line = http.client.HTTPConnection("127.0.0.1", self._browser.recorder.server.port, timeout=PATIENCE)
        line.request("POST", self._path, packet.encode(), {"Content-Type": "text/plain;charset=UTF-8"})
        assert line.getresponse().read() == b"OK"
        line.close()


def written(browser: Browser, packet: str) -> None:
    """Write a *packet* down, a voter's without their own ballot."""
    if packet in (*ALIVE, GOODBYE):
        return
    if browser.votes and OWN in packet:
        kind, rest = re.match(r"(\d+)(.*)", packet, re.DOTALL).groups()
        message = json.loads(rest)
        for part in message:
            if isinstance(part, dict) and "regions" in part:
                part["regions"] = [{"id": OWN} if region["id"] == OWN else region for region in part["regions"]]
        packet = kind + json.dumps(message)
    browser.recorder.hears(browser.who, "socket", packet.encode())


def without_own(page: str) -> str:
    """*page* without its voter's ballot: the region, and the form for a browser that runs no script."""
    own = [(e.opens, e.ends) for e in read(page).walk() if isinstance(e, Element) and (e.attrs.get("id") == OWN or e.tag == "noscript")]
    for opens, ends in reversed(own):
        page = page[:opens] + page[ends:]
    return page


def differences(one: Book, other: Book) -> dict[tuple[str, str, str], str]:
    """Where two books differ, each with what is told there: (moment, who, what) -> the first place that differs."""
    return {key: _first(one.get(key, []), other.get(key, [])) for key in sorted({*one, *other}) if one.get(key) != other.get(key)}


def _first(one: list[bytes], other: list[bytes]) -> str:
    if len(one) != len(other):
        return f"{len(one)} against {len(other)}"
    a, b = next((a, b) for a, b in zip(one, other) if a != b)
    at = next((n for n, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
    return f"…{a[max(0, at - 60):at + 60]!r} against …{b[max(0, at - 60):at + 60]!r}"
