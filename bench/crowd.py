"""A crowd over real sockets: everybody comes back after ``kill -9``, everybody loads their page, everybody votes.

    python -m bench.crowd [--phones 1000] [--seconds 10] [--seed 1]

It starts a server without a model, in a folder that goes with it.  The phones are greenlets of this process with a
WebSocket each, and share the machine with the server.  Prints one JSON object: figures of docs/reliability.md.
"""
from gevent import monkey
monkey.patch_all()

import argparse
import json
import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gevent
from gevent.event import AsyncResult
from gevent.pool import Pool

from tests.raw import ANSWER, EVENT, Browser, Gone, Raw
from tests.served import Served
from workshop.rehearse.reading import regions
from workshop.rehearse.summary import percentiles

KEY = "river-stone-lamp"
SIDES = ("Civil service", "Civil society")
WORDS = "a registration van that visits every village in turn"
THEMES = 12
QUIET = 3                             # seconds, until everything is shown
SOON, LATE, SCATTER = 0.3, 3, 0.6     # seconds until a page knocks again, at most, and how unevenly: as in static/wire.js
OPENS, ANSWERS = 8, 20                # seconds it waits for a line, and for what it missed, as there
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
    """Somebody's phone.  *marks*: what it shows; *vain*: when it knocked in vain, and why."""

    def __init__(self, server: Served, code: str, n: int, seed: int) -> None:
        self.server, self.code, self.n = server, code, n
        self.browser, self.line, self.marks = Browser(server.local), None, {}
        self.chance, self.vain, self.again, self.bytes = random.Random(f"{seed}/{n}"), [], [], 0

    def joins(self) -> None:
        self.browser.joins(self.code, f"P{self.n}", SIDES[self.n % 2])
        self.loads()
        self.connects()

    def loads(self) -> None:
        """Load the page, once."""
        try:
            status, page = self.browser.asks(f"/{self.code}")
        except OSError:
            status, page = 0, ""
        if status != 200:
            self.vain.append((time.monotonic(), str(status)))
        self.bytes, self.marks = len(page.encode()), {name: mark for name, (mark, _html) in regions(page).items()}

    def connects(self) -> None:
        """Open a line and say what the page shows, over as many tries as it takes."""
        wait = SOON
        while True:
            try:
                with gevent.Timeout(OPENS):
                    self.line = Line(self.server.local, self.code, "phone", self.browser.cookie)
                return self._is_here()
            except (Gone, OSError, AssertionError, gevent.Timeout) as why:
                self.vain.append((time.monotonic(), type(why).__name__))
            gevent.sleep(wait * self.chance.uniform(1 - SCATTER, 1 + SCATTER))
            wait = min(2 * wait, LATE)

    def _is_here(self) -> None:
        regions = self.line.asks("here", have=self.marks)["regions"]
        self.again, self.bytes = [region["id"] for region in regions if "html" in region], len(json.dumps(regions))
        self.marks = {region["id"]: region["mark"] for region in regions}

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

    def come_back(self, act: Callable[[Phone], Any], at_once: bool) -> dict:
        """Pull the plug, start the server again, and let everybody *act*: *at_once*, or when it answers.

        Returns how long it took after the first answer, and how many knocked in vain after that.
        """
        self.server.kill()
        knocking = [gevent.spawn(act, phone) for phone in self.phones] if at_once else []
        self.server.start()
        first = time.monotonic()
        knocking = knocking or [gevent.spawn(act, phone) for phone in self.phones]
        gevent.joinall(knocking, raise_error=True)
        return {"seconds": round(time.monotonic() - first, 2), "in_vain": dict(Counter(why for p in self.phones for at, why in p.vain if at > first)),
                "bytes_most": max(p.bytes for p in self.phones)}

    def sent_again(self) -> dict[str, int]:
        """Regions that were sent though the page showed them already: name -> how often."""
        return dict(Counter(name for p in self.phones for name in p.again))

    def writes(self, phone: Phone) -> float:
        return phone.does("submit_idea", idea=f"i{phone.n}", text=f"Idea {phone.n}: {WORDS}", stage="ideas")

    def sorts(self) -> None:
        """The facilitator makes themes by hand."""
        for n in range(THEMES):
            ideas = [f"i{k}" for k in range(n, len(self.phones), THEMES)]
            self.does("make_theme", stage="themes", key=f"t{n}", name=f"Theme {n}", ideas=ideas)

    def votes(self, seconds: float) -> dict[str, float]:
        """Everybody casts a ballot, at any moment of so many *seconds*; ms until they are acknowledged."""
        def ballot(phone: Phone) -> float:
            gevent.sleep(phone.chance.uniform(0, seconds))
            return phone.does("cast_ballot", stage="vote", number=1, dots={f"theme:{n}": 1 for n in phone.chance.sample(range(THEMES), 3)})
        took = self.all(ballot)
        return {**percentiles(1000 * s for s in took), "longest": round(1000 * max(took), 1)}


def measure(phones: int, seconds: float, seed: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        server = Served(Path(folder), KEY)
        try:
            crowd, found = Crowd(server, phones, seed), {"phones": phones, "load": os.getloadavg()[0]}
            crowd.opens("ideas.1", "")
            found["ideas_all_at_once"] = percentiles(1000 * s for s in crowd.all(crowd.writes))
            gevent.sleep(QUIET)
            crowd.all(Phone.loads)
            found["back"] = {**crowd.come_back(Phone.connects, True), "sent_again": crowd.sent_again()}
            found["reloaded"] = crowd.come_back(Phone.loads, False)
            crowd.all(Phone.connects)
            crowd.opens("themes.0", "ideas.1")
            crowd.sorts()
            crowd.opens("vote.0", "themes.0")
            gevent.sleep(QUIET)
            found["ballots"] = crowd.votes(seconds)
        finally:
            server.stop()
    return found


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    for name, default in {"phones": 1000, "seconds": 10, "seed": 1}.items():
        asked.add_argument(f"--{name}", type=int, default=default)
    print(json.dumps(measure(**vars(asked.parse_args())), indent=2))
