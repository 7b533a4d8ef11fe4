"""A finished workshop of 5,000 ideas and 30,000 events, and how long opening it holds the loop.

    python -m bench.large [--ideas 5000] [--into FOLDER --count 1]

Prints one JSON object: seconds until it is open and until its first pages are drawn, of two in turn, the
longest piece of work that nothing else could come between (ms of the loop's own CPU), and MB.  With *into*, a sessions folder, it
makes workshops there instead, and prints the code and the console's token of each.
"""
from gevent import monkey
monkey.patch_all()

import argparse
import gc
import json
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import gevent

from bench.documents import _tick, held
from workshop.app import create_app
from workshop.events.brainstorm import IdeaSupported
from workshop.journal import Entry, Journal
from workshop.registry import Listed, Registry
from workshop.serve import GARBAGE, compile_templates
from workshop.seats import Seat
from workshop.pages import drawing

MORE = 3_000   # ideas supported once more: with them it is 30,000 events


def large(ideas: int) -> list[Entry]:
    """What happened in it.  Its first entry says which code it has."""
    play = held(ideas, 1)
    supported = [IdeaSupported(idea, f"p{(k * 3 + 7) % (ideas // 5)}") for k, idea in enumerate(list(play.w.ideas)[:MORE * ideas // 5000])]
    started = next(n for n, one in enumerate(play.entries) if type(one.event).__name__ == "SuggestionAccepted")
    more = [Entry(0, play.entries[started].at, "p1", event) for event in supported]
    return [replace(one, seq=n) for n, one in enumerate([*play.entries[:started], *more, *play.entries[started:]], start=1)]


def made(folder: Path, count: int, ideas: int) -> list[dict[str, str]]:
    """Put so many of them into the sessions *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    registry, told, entries = Registry(folder), [], large(ideas)
    for n in range(count):
        code, first = registry.new_code(), entries[0]
        journal = Journal(folder / f"{code}.db")
        journal.append(replace(first, event=replace(first.event, code=code)).row(), *(one.row() for one in entries[1:]))
        journal.close()
        told.append({"code": code, "token": registry.add(Listed(code, f"Large {n}", "", "", first.at))})
    registry.close()
    return told


def opening(folder: Path, ideas: int) -> dict:
    """Open two, one after the other, as a server does."""
    codes = [one["code"] for one in made(folder, 2, ideas)]
    app, stood, figures = create_app(folder, "http://workshop.test"), [0.0], []
    compile_templates(app)
    gc.freeze()
    gc.set_threshold(*GARBAGE)
    watching = gevent.spawn(_tick, stood)
    gevent.sleep(0.1)
    for code in codes:
        before, stood[0], begun, found = memory(), 0.0, time.perf_counter(), {}
        session = app.extensions["workshop"].live.running(code).session
        found |= {"entries": session.state.seq, "open_s": time.perf_counter() - begun, "held_ms": 1000 * stood[0], "MB": (memory() - before) / 1e6}
        for page, person in (("phone", next(iter(session.state.people))), ("screen", ""), ("console", "f1")):
            stood[0] = 0.0
            gevent.sleep(0.01)
            begun, running = time.perf_counter(), app.extensions["workshop"].live.running(code)
            with app.test_request_context(base_url="http://workshop.test"):
                drawing.page(running, Seat(page, person), return_code="", theme="light")
            found |= {f"{page}_s": time.perf_counter() - begun}
            gevent.sleep(0.01)
            found |= {f"{page}_held_ms": 1000 * stood[0]}
        figures.append({key: round(figure, 3) for key, figure in found.items()})
    watching.kill()
    return dict(zip(("first", "second"), figures))


def memory() -> int:
    """Bytes that this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("--ideas", type=int, default=5000)
    asked.add_argument("--into", type=Path)
    asked.add_argument("--count", type=int, default=1)
    args = asked.parse_args()
    with tempfile.TemporaryDirectory() as place:
        print(json.dumps(made(args.into, args.count, args.ideas) if args.into else opening(Path(place) / "sessions", args.ideas), indent=None if args.into else 1))
