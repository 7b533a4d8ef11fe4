"""How fast the product is live, beside references that run in the same minutes.

    NODE_HOME=FOLDER python -m bench.live [SHAPE ...] [--runs 3] [--seconds 8] [--only NAME ...] [--json FILE]

A SHAPE is ``A/1000/5``: the kind, how many phones, how many commands a second.  A: everybody writes on one chart; B: groups of
eight; C: a vote; J: so many join within so many seconds; R: so many come back after ``kill -9``.  The product beside itself: N: as B,
with many ideas there before or few; W: the same while a console and a screen look on; E: as A, while ideas of another workshop get
their vectors, or without a model.  Needs ``pip install .[bench]``; Node's socket.io runs along where *NODE_HOME* holds it (npm install socket.io@4).
Phones and servers share the machine; the phones check what they see.  Trust ratios of one run and the CPU, not the milliseconds.
"""
import argparse
import json
import os
import statistics
import sys
import tempfile
from pathlib import Path

import uvloop

from bench.contestants import CONTESTANTS, Contestant
from bench.returns import comes_back
from bench.shapes import arrives, measured

SHAPES = ("A/200/5", "A/1000/5", "A/1000/50", "B/1000/50", "C/1000/50", "J/1000/5", "N/1000/50", "W/1000/50", "E/1000/5", "R/1000/0")
SIZE = 700             # bytes of the event for one idea, until the product has told
REFERENCES = ("product", "bare", "node")
COMPARED = {"A": (*REFERENCES, "limit"), "B": REFERENCES, "C": REFERENCES, "J": (*REFERENCES, "limit"),
            "N": ("5,000 ideas", "100 ideas"), "W": ("5,000 ideas", "100 ideas"), "E": ("embedding", "product"), "R": ("product",)}


def one_run(shape: str, only: list[str], seconds: float) -> dict[str, dict]:
    """Every contestant at one shape, one after the other."""
    kind, phones, rate = shape.split("/")
    found, size = {}, SIZE
    for name in COMPARED[kind]:
        if only and name not in only or name == "node" and not os.environ.get("NODE_HOME"):
            continue
        with tempfile.TemporaryDirectory() as folder:
            server = CONTESTANTS[name](Path(folder) / name, size)
            try:
                found[name] = uvloop.run(played_out(server, kind, int(phones), float(rate), seconds))
            finally:
                server.stops()
        if name == "product" and found[name].get("bytes_each"):
            size = int(found[name]["bytes_each"])
        print(shape, name, json.dumps(found[name]), f"load {os.getloadavg()[0]:.1f}", file=sys.stderr, flush=True)
    return found


async def played_out(server: Contestant, kind: str, phones: int, rate: float, seconds: float) -> dict:
    if kind == "J":
        return await arrives(server, phones, rate)
    if kind == "R":
        return await comes_back(server, phones)
    return await measured(server, kind, phones, rate, seconds)


FIGURES = {"back": "all are back, s", "reloaded": "all have loaded the page anew, s", "embedded": "500 ideas have vectors, s",
           "joined p95": "joined, p95, ms", "joined p50": "the same, p50", "us_per_delivery": "CPU per delivery, us", "us_per_command": "CPU per command, us", "seen p95": "submit to seen, p95, ms", "seen p50": "the same, p50",
           "acknowledged p95": "submit to acknowledged, p95, ms", "acknowledged p50": "the same, p50", "kib_per_phone": "memory per phone, KiB", "busy": "of one core"}


def figure(found: dict, name: str) -> float:
    part, _, which = name.partition(" ")
    return found.get(part, {}).get(which, 0) if which else found.get(part, 0)


def table(shape: str, runs: list[dict[str, dict]]) -> str:
    """Medians over the runs, and of the product's ratio to each reference in the same run."""
    names = list(runs[0])
    lines = [f"{shape}: {len(runs)} runs", "| | " + " | ".join(names) + " | " + " | ".join(f"x {n}" for n in names[1:]) + " |"]
    for key, title in FIGURES.items():
        values = {n: [figure(run[n], key) for run in runs] for n in names}
        if not any(values[names[0]]):
            continue
        ratios = [statistics.median(p / r if r else 0 for p, r in zip(values[names[0]], values[n])) for n in names[1:]]
        lines.append(f"| {title} | " + " | ".join(f"{statistics.median(values[n]):.2f}" for n in names) + " | " + " | ".join(f"{r:.2f}" for r in ratios) + " |")
    lines.append("faults: " + json.dumps({n: [run[n]["faults"] for run in runs] for n in names}))
    return "\n".join(lines)


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("shapes", nargs="*", default=SHAPES, metavar="SHAPE")
    asked.add_argument("--runs", type=int, default=3)
    asked.add_argument("--seconds", type=float, default=8)
    asked.add_argument("--only", nargs="*", default=[], choices=list(CONTESTANTS), help="these servers only")
    asked.add_argument("--json", type=Path)
    args = asked.parse_args()
    told = {shape: [one_run(shape, args.only, args.seconds) for _run in range(args.runs)] for shape in args.shapes}
    for shape, runs in told.items():
        print(table(shape, runs), end="\n\n", flush=True)
    if args.json:
        args.json.write_text(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
