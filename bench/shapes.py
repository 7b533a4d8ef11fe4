"""What is played at each shape of ``bench/live.py`` against one server, and what is measured."""
import asyncio
import copy
import gc
import random
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from bench.contestants import Contestant, Product
from bench.phones import Crowd, Phone

WARM, QUIET, TOGETHER = 2, 1.5, 20
EIGHT = 8
BEFORE = 2_000_000             # the number of the first idea that is there before anything is measured
WRITERS, EMBEDDED = 25, 500    # people who write at once in another workshop, and their ideas
PATIENCE = 120                 # seconds until these have vectors


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
    if isinstance(server, Product):
        server.makes(phones, phones)
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


async def fills(server: Contestant, crowd: Crowd, ideas: int) -> None:
    """Everybody in turn writes, until there are so many."""
    gate = asyncio.Semaphore(TOGETHER)

    async def one(k: int) -> None:
        async with gate:
            await crowd.submits(crowd.phones[k % len(crowd.phones)], BEFORE + k, server.idea)
    await asyncio.gather(*(one(k) for k in range(ideas)))


async def another(server: Product) -> tuple[Product, Phone]:
    """Another workshop, with ``EMBEDDED`` ideas and one of its phones; the server was killed and started again meanwhile, so that it
    asks for their vectors once somebody looks at it."""
    other = copy.copy(server)
    other.makes(WRITERS, WRITERS)
    crowd = await joined(other, WRITERS, WRITERS)
    await other.opens(crowd, "ideas")
    await fills(other, crowd, EMBEDDED)
    await has_vectors(other, EMBEDDED)
    crowd.closing = True
    server.served.kill()
    server.restarts()
    return other, crowd.phones[0]


async def has_vectors(server: Product, ideas: int) -> None:
    """Wait until the worker has made the vectors of so many ideas, where there is a model.  Raises ``TimeoutError``."""
    async with asyncio.timeout(PATIENCE):
        while server.modelled and vectors(server) < ideas:
            await asyncio.sleep(0.1)


def vectors(server: Product) -> int:
    try:
        with closing(sqlite3.connect(f"file:{_kept(server)}?mode=ro", uri=True)) as kept:
            return kept.execute("select count(*) from vectors").fetchone()[0]
    except sqlite3.OperationalError:   # not made yet, or being written
        return 0


def _kept(server: Product) -> Path:
    return server.folder / "vectors" / f"{server.code}.db"


async def embeds(server: Product, phone: Phone) -> float:
    """Seconds from the moment at which the phone comes back until all ideas of its workshop have vectors."""
    _kept(server).unlink(missing_ok=True)   # the worker of before is gone by now
    begun, crowd = time.perf_counter(), Crowd(server.port, server.path)
    await server.here(await crowd.connects(phone.n, phone.greets, phone.cookie))
    await has_vectors(server, EMBEDDED)
    took = time.perf_counter() - begun
    await crowd.closes()
    return took


async def measured(server: Contestant, kind: str, phones: int, rate: float, seconds: float) -> dict:
    """What came of one of the shapes in which people write or vote at an even pace."""
    group = EIGHT if kind in "BNW" else phones
    if isinstance(server, Product):
        server.makes(phones, group)
    elsewhere = await another(server) if kind == "E" else None
    before = server.memory()
    crowd = await joined(server, phones, group)
    held = (server.memory() - before) / phones
    await server.opens(crowd, "vote" if kind == "C" else "ideas")
    await fills(server, crowd, server.there)
    watching = [await server.watches()] if kind == "W" else []
    await settled(server)
    await played(server, crowd, kind, max(rate, 5), WARM, 1)
    if elsewhere:
        await has_vectors(server, 1)   # the model is loaded
    await settled(server)
    crowd.begins()
    embedding = asyncio.ensure_future(embeds(*elsewhere)) if elsewhere else None
    figures = await under_way(server, crowd, kind, rate, seconds)
    more = {"embedded": await embedding} if embedding and server.modelled else {}
    for pages in [crowd, *watching]:
        await pages.closes()
    return {**figures, **more, "kib_per_phone": held / 1024}


async def under_way(server: Contestant, crowd: Crowd, kind: str, rate: float, seconds: float, first: int = 1_000_000) -> dict:
    gc.collect()
    gc.disable()
    cpu, mine, begun = server.cpu(), time.process_time(), time.perf_counter()
    commands = await played(server, crowd, kind, rate, seconds, first)
    cpu, mine, took = server.cpu() - cpu, time.process_time() - mine, time.perf_counter() - begun
    gc.enable()
    seen, faults = crowd.seen, crowd.faults() if kind != "C" else {"refused": crowd.seen.refused, "ended": crowd.seen.ended}
    n = len(seen.delivered)
    return {"commands": commands, "deliveries": n, "us_per_command": 1e6 * cpu / commands, "us_per_delivery": 1e6 * cpu / n if n else 0,
            "busy": cpu / took, "phones_busy": mine / took, "bytes_each": seen.bytes / n if n else 0,
            "acknowledged": percentiles(seen.acknowledged), "seen": percentiles(seen.delivered), "faults": {k: v for k, v in faults.items() if v}}


def percentiles(seconds) -> dict[str, float]:
    """p50, p95 and p99 in ms."""
    ordered = sorted(seconds)
    return {f"p{p}": round(1000 * ordered[min(len(ordered) - 1, len(ordered) * p // 100)], 2) for p in (50, 95, 99)} if ordered else {}
