"""A crowd over real sockets, for ``bench/votes.py``: phones that are greenlets with a WebSocket each, and their workshop's console."""
import json
import random
import time
from collections.abc import Callable
from typing import Any

import gevent
from gevent.event import AsyncResult
from gevent.pool import Pool

from tests.raw import ANSWER, EVENT, Browser, Gone, Raw
from tests.served import Served

KEY = "river-stone-lamp"
SIDES = ("Civil service", "Civil society")
WORDS = "a registration van that visits every village in turn"
THEMES = 12
QUIET = 3                             # seconds, until everything is shown
ANSWERS = 20                          # seconds that a page waits for an answer
TOGETHER = 50                         # phones that join at a time


class Line(Raw):
    """A socket that is read all the time, as a page reads it."""

    def __init__(self, *where: str) -> None:
        self._answers: dict[str, AsyncResult] = {}
        super().__init__(*where)
        self.line.settimeout(None)     # nothing may come for a while
        gevent.spawn(self._listen)

    def asks(self, name: str, **message) -> dict:
        """What the server answers.  Raises ``Gone``, and ``gevent.Timeout`` where nothing comes in time."""
        self._number += 1
        answer = self._answers[str(self._number)] = AsyncResult()
        self._sends(f"{EVENT}{self._number}" + json.dumps([name, message]))
        return answer.get(timeout=ANSWERS)

    def _listen(self) -> None:
        try:
            while True:
                packet = self.reads()
                self.patches.clear()
                if packet.startswith(ANSWER):
                    number, _, answer = packet[len(ANSWER):].partition("[")
                    self._answers.pop(number).set(json.loads("[" + answer)[0])
        except (Gone, OSError) as end:
            for answer in self._answers.values():
                answer.set_exception(Gone(str(end)))


class Phone:
    """Somebody's phone, with a chance of its own."""

    def __init__(self, server: Served, code: str, n: int, seed: int) -> None:
        self.server, self.code, self.n = server, code, n
        self.browser, self.chance = Browser(server.local), random.Random(f"{seed}/{n}")

    def joins(self) -> None:
        self.browser.joins(self.code, f"P{self.n}", SIDES[self.n % 2])
        self.line = Line(self.server.local, self.code, "phone", self.browser.cookie)
        self.line.asks("here", have={})

    def does(self, command: str, **args) -> float:
        """Seconds until it is acknowledged."""
        begun = time.monotonic()
        answer = self.line.asks("do", command=command, id=f"{self.n}-{command}", args=args)
        if not answer["ok"]:
            raise SystemExit(f"{command}: {answer}")
        return time.monotonic() - begun


class Crowd:
    """All phones of one workshop, and its console."""

    def __init__(self, server: Served, phones: int, seed: int) -> None:
        self.server, made = server, server.make()
        self.code, self.maya = made["code"], Browser(server.local).leads(made)
        self.phones = [Phone(server, self.code, n, seed) for n in range(phones)]
        Pool(TOGETHER).map(Phone.joins, self.phones)

    def all(self, act: Callable[[Phone], Any]) -> list:
        return [g.get() for g in [gevent.spawn(act, phone) for phone in self.phones]]

    def does(self, command: str, **args) -> None:
        """The facilitator asks for *command*."""
        console = Line(self.server.local, self.code, "console", self.maya.cookie)
        answer = console.asks("do", command=command, args=args)
        console.close()
        if not answer["ok"]:
            raise SystemExit(f"{command}: {answer}")

    def opens(self, standing: str, was: str) -> None:
        stage, _, step = standing.partition(".")
        self.does("open_stage", stage=stage, step=int(step), was=was)

    def writes(self, phone: Phone) -> float:
        return phone.does("submit_idea", idea=f"i{phone.n}", text=f"Idea {phone.n}: {WORDS}", stage="ideas")

    def sorts(self) -> None:
        """The facilitator makes themes by hand."""
        for n in range(THEMES):
            ideas = [f"i{k}" for k in range(n, len(self.phones), THEMES)]
            self.does("make_theme", stage="themes", key=f"t{n}", name=f"Theme {n}", ideas=ideas)
