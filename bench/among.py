"""One workshop among many: what those cost that nobody looks at, and what it costs the others to open a large one.

    python -m bench.among [idle] [large] [--phones 200] [--rate 50] [--seconds 8] [--runs 3] [--idle 550]

*idle*: groups of eight write on two servers, by turns; on one of them *idle* other workshops were opened and joined by
somebody who left.  CPU per command there, by that on the other: while they are still open, and after they were let go of; and memory.
*large*: the same on one server, by turns with nothing else and while finished workshops of 5,000 ideas and 30,000 events are opened
one after the other, each with the first page of a phone, the screen and the console.  ``bench.large`` tells how long that holds a loop.
Phones and servers share the machine: trust the ratios and the CPU.  Prints one JSON object.
"""
import argparse
import asyncio
import copy
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Coroutine
from pathlib import Path

import uvloop

from bench.contestants import Product
from bench.phones import Crowd, fetched
from bench.shapes import EIGHT, TOGETHER, WARM, joined, percentiles, played, settled, under_way

OPENING, SETTLING = 75, 4   # seconds: to open them all, and for a server to come to rest after a part
LONG = 3600                 # seconds after which a server lets go of nothing in any run


class Quiet(Product):
    """The product; *seconds* are those after which it lets go of a workshop that nobody looks at."""

    def __init__(self, folder: Path, seconds: float) -> None:
        self.environment = {"WORKSHOP_QUIET": str(seconds)}
        super().__init__(folder, 0)

    def open_files(self) -> int:
        """How many workshops it has open."""
        names = (os.readlink(f) for f in Path(f"/proc/{self.pid}/fd").iterdir() if f.is_symlink())
        return len({name for name in names if name.endswith(".db") and not name.endswith("registry.db")})


async def begun(server: Product, phones: int, rate: float) -> Crowd:
    """Everybody is in, in groups of eight, and has written for a while."""
    server.makes(phones, EIGHT)
    crowd = await joined(server, phones, EIGHT)
    await server.opens(crowd, "ideas")
    await settled(server)
    await played(server, crowd, "B", rate, WARM, 1)
    return crowd


async def part(server: Product, crowd: Crowd, args: argparse.Namespace, first: int, meanwhile: Coroutine | None = None) -> dict:
    """What one part came to, with *meanwhile* going on beside it."""
    await settled(server)
    crowd.begins()
    beside = asyncio.ensure_future(meanwhile) if meanwhile else None
    figures = await under_way(server, crowd, "B", args.rate, args.seconds, first)
    if beside:
        beside.cancel()
        await asyncio.wait([beside])
        if not beside.cancelled():
            beside.result()   # it has failed
    return {key: figures[key] for key in ("us_per_command", "acknowledged", "seen", "faults")}


async def leaves_again(server: Product, gate: asyncio.Semaphore) -> None:
    """A workshop is made; somebody joins it, looks, and goes."""
    async with gate:
        other, crowd = copy.copy(server), Crowd(server.port, server.path)
        other.made = await asyncio.to_thread(server.served.make, "quick")
        other.code = other.made["code"]
        await other.joins(crowd, 0, 1)
        await crowd.closes()


async def among_idle(args: argparse.Namespace, folder: Path) -> dict:
    """What they cost while they are open, and after the server let go of them; MB before, with them, and after."""
    measuring = 2 * args.runs * (args.seconds + SETTLING)
    alone, many = Quiet(folder / "alone", LONG), Quiet(folder / "many", OPENING + measuring)
    try:
        crowds = {server: await begun(server, args.phones, args.rate) for server in (alone, many)}
        told = {"MB": [many.memory() / 1e6]}
        gate = asyncio.Semaphore(TOGETHER)
        await asyncio.gather(*(leaves_again(many, gate) for _ in range(args.idle)))
        told["MB"].append(many.memory() / 1e6)
        told["open"] = {**await by_turns(args, alone, many, crowds, 10_000), "files": many.open_files()}
        while many.open_files() > 1:
            await asyncio.sleep(1)
        told["MB"].append(many.memory() / 1e6)
        told["let go"] = {**await by_turns(args, alone, many, crowds, 500_000), "files": many.open_files()}
        return told
    finally:
        alone.stops()
        many.stops()


async def by_turns(args: argparse.Namespace, alone: Product, many: Product, crowds: dict, first: int) -> dict:
    """Each in turn, so that both have the same weather; the ratio is that of each pair."""
    pairs = [[await part(server, crowds[server], args, first + n * 10_000) for server in (alone, many)] for n in range(args.runs)]
    ratios = [there["us_per_command"] / here["us_per_command"] for here, there in pairs]
    return {"us_per_command": [[round(one["us_per_command"]) for one in pair] for pair in pairs], "ratio": round(statistics.median(ratios), 3),
            "faults": [one["faults"] for pair in pairs for one in pair if one["faults"]]}


async def visits(server: Product, large: list[dict], took: list[float]) -> None:
    """One large workshop after the other is opened, and its first pages drawn; *took*: seconds for each."""
    while large:
        one, begun = large.pop(), time.perf_counter()
        for path in (f"/{one['code']}", f"/{one['code']}/screen"):
            status, _page, _cookie = await fetched(server.port, path)
            assert status == 200, (path, status)
        status, _page, cookie = await fetched(server.port, f"/{one['code']}/console", token=one["token"], name="Maya")
        status, _page, cookie = await fetched(server.port, f"/{one['code']}/console", cookie)
        assert status == 200, status
        took.append(time.perf_counter() - begun)
    raise RuntimeError("All large workshops are open: there is nothing left to measure beside. Ask for fewer runs.")


async def beside_large(args: argparse.Namespace, folder: Path) -> dict:
    """By turns, without and with. *opened*: how many, and how long each took until its pages were there."""
    count = args.runs * round(args.seconds + 2) * 2
    large = json.loads(subprocess.run([sys.executable, "-m", "bench.large", "--into", folder / "large", "--count", str(count)], check=True, capture_output=True).stdout)
    server, took = Quiet(folder / "large", LONG), []
    try:
        crowd = await begun(server, args.phones, args.rate)
        before, parts = server.memory(), []
        for n in range(args.runs):
            parts.append(await part(server, crowd, args, 20_000 * n + 10_000))
            parts.append(await part(server, crowd, args, 20_000 * n + 20_000, visits(server, large, took)))
        both = parts[::2], parts[1::2]
        ratios = {f"{what} {p}": round(statistics.median(b[what][p] / a[what][p] for a, b in zip(*both)), 3)
                  for what in ("acknowledged", "seen") for p in ("p50", "p95", "p99")}
        return {"ratio": ratios, "without": both[0], "with": both[1], "MB": [before / 1e6, server.memory() / 1e6],
                "opened": {"number": len(took), **percentiles(took)}}
    finally:
        server.stops()


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("rows", nargs="*", default=["idle", "large"], choices=["idle", "large"])
    for name, default in {"phones": 200, "rate": 50, "seconds": 8, "runs": 3, "idle": 550}.items():
        asked.add_argument(f"--{name}", type=int, default=default)
    args, told = asked.parse_args(), {"load": os.getloadavg()}
    for row, measure in {"idle": among_idle, "large": beside_large}.items():
        if row in args.rows:
            with tempfile.TemporaryDirectory() as folder:
                told[row] = uvloop.run(measure(args, Path(folder)))
    print(json.dumps({**told, "load_after": os.getloadavg()}, indent=1))


if __name__ == "__main__":
    main()
