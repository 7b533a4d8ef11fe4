"""A thousand people vote in the same ten seconds: is any ballot lost, and is the count right on every screen?

    python -m bench.votes [--phones 1000] [--seconds 10] [--seed 1]

A server without a model, in a folder that goes with it; phones, two consoles and three screens over WebSockets from this
process, which shares the machine with it.  A third of the people change their minds and vote twice.  Prints one JSON
object: figures of docs/performance.md.  Ends with 1 where a ballot was lost or doubled or a count was wrong.
"""
from gevent import monkey
monkey.patch_all()

import argparse
import json
import os
import re
import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import gevent

from bench.crowd import KEY, QUIET, THEMES, Crowd, Line, Phone
from tests.raw import EVENT
from tests.served import Served
from workshop.rehearse.reading import told
from workshop.rehearse.summary import percentiles

COUNTS = {"turnout": r"(\d+) of \d+", "screen-vote": r"<b>(\d+)\b"}     # how many in all, then of each side
CONSOLES, SCREENS, CHANGED = 2, 3, 3


class Watching(Line):
    """A console or a screen.  *counts*: each (in all, of one side, of the other) that it showed, in order."""

    def __init__(self, *where: str) -> None:
        self.counts: list[tuple[int, ...]] = []
        super().__init__(*where)
        self.takes(self.asks("here", have={})["regions"])

    def reads(self) -> str:
        packet = super().reads()
        if packet.startswith(EVENT):
            self.takes(json.loads(packet[len(EVENT):])[1]["regions"])
        return packet

    def takes(self, regions: list[dict]) -> None:
        for region in regions:
            if region["id"] in COUNTS and (found := re.findall(COUNTS[region["id"]], region.get("html", ""))):
                self.counts.append(tuple(map(int, found)))

    @property
    def backwards(self) -> int:
        """How often a number was lower than before."""
        return sum(any(n < m for m, n in zip(was, now)) for was, now in zip(self.counts, self.counts[1:]))


class Voter:
    """Somebody with a phone, and the ballots that they send at their moments."""

    def __init__(self, phone: Phone, seconds: float) -> None:
        self.phone, chance = phone, phone.chance
        self.person = told(phone.browser.asks(f"/{phone.code}")[1], "data-person")
        times = sorted(chance.uniform(0, seconds) for _ in range(2 if phone.n % CHANGED == 0 else 1))
        self.ballots = [(at, {f"theme:{n}": 1 for n in chance.sample(range(THEMES), 3)}) for at in times]

    def votes(self) -> list[float]:
        """Seconds until each was acknowledged."""
        took, now = [], 0.0
        for number, (at, dots) in enumerate(self.ballots, start=1):
            gevent.sleep(max(0.0, at - now))
            begun = time.monotonic()
            ballot = {"stage": "vote", "number": number, "dots": dots}
            if not (answer := self.phone.line.asks("do", command="cast_ballot", id=f"{self.phone.n}-{number}", args=ballot))["ok"]:
                raise SystemExit(f"A ballot was not taken: {answer}")
            took.append(time.monotonic() - begun)
            now = at + took[-1]
        return took


def opened(server: Served, phones: int, seed: int) -> Crowd:
    """Everybody is in, and the vote is open."""
    crowd = Crowd(server, phones, seed)
    crowd.opens("ideas.1", "")
    crowd.all(crowd.writes)
    crowd.opens("themes.0", "ideas.1")
    crowd.sorts()
    crowd.opens("vote.0", "themes.0")
    gevent.sleep(QUIET)
    return crowd


def in_journal(path: Path) -> list[tuple[str, int, dict[str, int]]]:
    """(person, number, dots) of each ballot, in order."""
    with sqlite3.connect(path) as journal:
        rows = journal.execute("select body from journal where kind = 'BallotCast' order by seq")
        return [(ballot["person"], ballot["number"], ballot["dots"]) for ballot in (json.loads(body) for body, in rows)]


def measure(phones: int, seconds: float, seed: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        server, load = Served(Path(folder), KEY), os.getloadavg()[0]
        try:
            crowd = opened(server, phones, seed)
            seats = ["console"] * CONSOLES + ["screen"] * SCREENS
            watching = [Watching(server.local, crowd.code, seat, crowd.maya.cookie) for seat in seats]
            voters = [Voter(phone, seconds) for phone in crowd.phones]
            took = [s for g in [gevent.spawn(voter.votes) for voter in voters] for s in g.get()]
            gevent.sleep(QUIET)
        finally:
            server.stop()
        sent = [(v.person, number, dots) for v in voters for number, (_at, dots) in enumerate(v.ballots, start=1)]
        kept = in_journal(Path(folder) / f"{crowd.code}.db")
    right = (phones, (phones + 1) // 2, phones // 2)
    return {"phones": phones, "load_before": load, "ballots": len(sent), "in_the_journal": len(kept), "same_as_sent": sorted(kept, key=str) == sorted(sent, key=str),
            "ms": {**percentiles(1000 * s for s in took), "longest": round(1000 * max(took), 1)},
            "right_at_the_end": [page.counts[-1] == right for page in watching], "went_backwards": sum(page.backwards for page in watching),
            "counts_shown": [len(page.counts) for page in watching]}


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    for name, default in {"phones": 1000, "seconds": 10, "seed": 1}.items():
        asked.add_argument(f"--{name}", type=int, default=default)
    found = measure(**vars(asked.parse_args()))
    print(json.dumps(found, indent=2))
    sys.exit(not (found["same_as_sent"] and all(found["right_at_the_end"]) and not found["went_backwards"]))
