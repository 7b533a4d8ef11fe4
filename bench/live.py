"""How fast the product is live, beside references that run in the same minutes.

    NODE_HOME=FOLDER python -m bench.live [SHAPE ...] [--runs 3] [--seconds 8] [--only NAME ...] [--json FILE]

A SHAPE is ``A/1000/5``: the kind, how many phones, how many commands a second.  A: everybody writes on one chart; B: groups of
eight; C: a vote; J: so many join within so many seconds.  Needs ``pip install .[bench]``; Node's socket.io runs along where *NODE_HOME* holds it (npm install socket.io@4).
Phones and servers share the machine; the phones check what they see.  Trust ratios of one run and the CPU, not the milliseconds.
"""
import argparse
import asyncio
import gc
import json
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

import uvloop

from bench.contestants import CONTESTANTS, Contestant, Product
from bench.phones import Crowd

SHAPES = ("A/200/5", "A/1000/5", "A/1000/50", "B/1000/50", "C/1000/50", "J/1000/5")
SIZE = 700             # bytes of the event for one idea, until the product has told
WARM, QUIET, TOGETHER = 2, 1.5, 20
EIGHT = 8


async def joined(server: Contestant, phones: int, group: int) -> Crowd:
    crowd = Crowd(server.port, server.path)
    gate = asyncio.Semaphore(TOGETHER)

    async def one(n: int) -> None:
        async with gate:
            await server.joins(crowd, n, group)
    await asyncio.gather(*(one(n) for n in range(phones)))
    return crowd


async def settled(server: Contestant) -> None:
    """Wait until the server has nothing more to do."""
    while True:
        before = server.cpu()
        await asyncio.sleep(0.5)
        if server.cpu() - before < 0.03:
            return


async def played(server: Contestant, crowd: Crowd, kind: str, rate: float, seconds: float, first: int) -> int:
    """So many commands a second, evenly, each from another phone; returns how many there were."""
    clock, begun, tasks = asyncio.get_running_loop().time, asyncio.get_running_loop().time(), []
    order = random.Random(first).sample(crowd.phones, len(crowd.phones))
    for k in range(int(rate * seconds)):
        await asyncio.sleep(max(0, begun + k / rate - clock()))
        phone = order[k % len(order)]
        tasks.append(asyncio.ensure_future(votes(server, crowd, phone, first + k) if kind == "C" else crowd.submits(phone, first + k, server.idea)))
    await asyncio.gather(*tasks)
    await asyncio.sleep(QUIET)
    return len(tasks)


async def votes(server: Contestant, crowd: Crowd, phone, number: int) -> None:
    name, message = server.ballot(phone.n, number)
    begun = time.perf_counter()
    answer = await phone.asks(name, message)
    crowd.seen.acknowledged.append(time.perf_counter() - begun)
    crowd.seen.refused += not answer["ok"]


async def arrives(server: Contestant, phones: int, seconds: float) -> dict:
    """Everybody joins, evenly over so many seconds; from the first request of each until their phone shows all."""
    crowd, took, failed = Crowd(server.port, server.path), [], []

    async def one(n: int) -> None:
        await asyncio.sleep(seconds * n / phones)
        begun = time.perf_counter()
        try:
            await server.joins(crowd, n, phones)
            took.append(time.perf_counter() - begun)
        except (OSError, TimeoutError) as why:
            failed.append(repr(why))
    await server.joins(crowd, phones, phones)    # its templates are compiled then
    cpu = server.cpu()
    await asyncio.gather(*(one(n) for n in range(phones)))
    cpu = server.cpu() - cpu
    await crowd.closes()
    return {"joined": percentiles(took), "us_per_command": 1e6 * cpu / phones, "faults": {"failed": len(failed), "first": failed[:1]} if failed else {}}


async def measured(server: Contestant, kind: str, phones: int, rate: float, seconds: float) -> dict:
    group = EIGHT if kind == "B" else phones
    if isinstance(server, Product):
        server.makes(phones, group)
    if kind == "J":
        return await arrives(server, phones, rate)
    before = server.memory()
    crowd = await joined(server, phones, group)
    held = (server.memory() - before) / phones
    await server.opens(crowd, "vote" if kind == "C" else "ideas")
    await settled(server)
    await played(server, crowd, kind, max(rate, 5), WARM, 1)
    await settled(server)
    crowd.begins()
    gc.collect()
    gc.disable()
    cpu, mine, begun = server.cpu(), time.process_time(), time.perf_counter()
    commands = await played(server, crowd, kind, rate, seconds, 1_000_000)
    cpu, mine, took = server.cpu() - cpu, time.process_time() - mine, time.perf_counter() - begun
    gc.enable()
    seen, faults = crowd.seen, crowd.faults() if kind != "C" else {"refused": crowd.seen.refused, "ended": crowd.seen.ended}
    await crowd.closes()
    n = len(seen.delivered)
    return {"commands": commands, "deliveries": n, "us_per_command": 1e6 * cpu / commands, "us_per_delivery": 1e6 * cpu / n if n else 0,
            "busy": cpu / took, "phones_busy": mine / took, "bytes_each": seen.bytes / n if n else 0, "kib_per_phone": held / 1024,
            "acknowledged": percentiles(seen.acknowledged), "seen": percentiles(seen.delivered), "faults": {k: v for k, v in faults.items() if v}}


def percentiles(seconds) -> dict[str, float]:
    """p50, p95 and p99 in ms."""
    ordered = sorted(seconds)
    return {f"p{p}": round(1000 * ordered[min(len(ordered) - 1, len(ordered) * p // 100)], 2) for p in (50, 95, 99)} if ordered else {}


def one_run(shape: str, names: list[str], seconds: float) -> dict[str, dict]:
    """Every contestant at one shape, one after the other."""
    kind, phones, rate = shape.split("/")
    found, size = {}, SIZE
    for name in names:
        if name == "limit" and kind not in "AJ":
            continue
        with tempfile.TemporaryDirectory() as folder:
            server = CONTESTANTS[name](Path(folder) / name, size)
            try:
                found[name] = uvloop.run(measured(server, kind, int(phones), float(rate), seconds))
            finally:
                server.stops()
        if name == "product" and found[name].get("bytes_each"):
            size = int(found[name]["bytes_each"])
        print(shape, name, json.dumps(found[name]), f"load {os.getloadavg()[0]:.1f}", file=sys.stderr, flush=True)
    return found


FIGURES = {"joined p95": "joined, p95, ms", "joined p50": "the same, p50", "us_per_delivery": "CPU per delivery, us", "us_per_command": "CPU per command, us", "seen p95": "submit to seen, p95, ms", "seen p50": "the same, p50",
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
    names = [n for n in CONTESTANTS if (not args.only or n in args.only) and (n != "node" or os.environ.get("NODE_HOME"))]
    told = {shape: [one_run(shape, names, args.seconds) for _run in range(args.runs)] for shape in args.shapes}
    for shape, runs in told.items():
        print(table(shape, runs), end="\n\n", flush=True)
    if args.json:
        args.json.write_text(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
