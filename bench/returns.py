"""How a crowd comes back after ``kill -9``: the shape R of ``bench/live.py``."""
import asyncio
import random
import time
from collections.abc import Awaitable, Callable

from bench.contestants import Product
from bench.phones import Crowd, Phone, fetched
from bench.shapes import joined, percentiles, settled

SOON, LATE, SCATTER = 0.3, 3, 0.6    # seconds until a page knocks again, at most, and how unevenly: as in static/wire.js
OPENS, ANSWERS = 8, 20               # seconds it waits for a line, and for what it missed, as there
AT_ONCE = 3_000_000                  # the number of the first idea of those that come at the same moment


async def comes_back(server: Product, phones: int) -> dict:
    """Everybody writes at the same moment.  Then the plug is pulled twice: everybody knocks until they are back, and everybody loads their page.

    *back*, *reloaded*: seconds from the restarted server's first answer until the last of them has what they came for.
    """
    server.makes(phones, phones)
    crowd = await joined(server, phones, phones)
    await server.opens(crowd, "ideas")
    await settled(server)
    crowd.begins()
    await asyncio.gather(*(crowd.submits(phone, AT_ONCE + phone.n, server.idea) for phone in crowd.phones))
    await settled(server)
    acknowledged = percentiles(crowd.seen.acknowledged)
    for phone in crowd.phones:
        await server.here(phone)
    again, vain, sent_again = Crowd(server.port, server.path), [], []

    async def back_again(phone: Phone) -> None:
        sent_again.append(await knocks(server, again, phone, vain))
    back, cpu = await unplugged(server, crowd, back_again)
    await settled(server)
    reloaded, _cpu = await unplugged(server, again, lambda phone: loads(server, phone))
    return {"back": back, "reloaded": reloaded, "us_per_command": 1e6 * cpu / phones, "acknowledged": acknowledged,
            "faults": {"refused": crowd.seen.refused, "not back": phones - len(sent_again), "in vain": len(vain), "regions sent again": sum(sent_again)}}


async def unplugged(server: Product, crowd: Crowd, act: Callable[[Phone], Awaitable]) -> tuple[float, float]:
    """Kill the server and start it again while all of *crowd* act; returns seconds from its first answer on, and its seconds of CPU."""
    crowd.closing = True
    server.served.kill()
    acting = [asyncio.ensure_future(act(phone)) for phone in crowd.phones]
    await asyncio.to_thread(server.restarts)
    begun = time.perf_counter()
    await asyncio.gather(*acting)
    return time.perf_counter() - begun, server.cpu()


async def knocks(server: Product, again: Crowd, phone: Phone, vain: list[str]) -> int:
    """Open a line as *phone* and say what it shows, over as many tries as it takes; returns how many regions it is sent.

    *vain*: why those tries failed that met a server.
    """
    wait = SOON
    while True:
        try:
            async with asyncio.timeout(OPENS):
                back = await again.connects(phone.n, phone.greets, phone.cookie)
            back.marks = phone.marks
            async with asyncio.timeout(ANSWERS):
                return await server.here(back)
        except ConnectionRefusedError:
            pass   # not up yet
        except (OSError, TimeoutError) as why:
            vain.append(repr(why))
        await asyncio.sleep(wait * random.uniform(1 - SCATTER, 1 + SCATTER))
        wait = min(2 * wait, LATE)


async def loads(server: Product, phone: Phone) -> None:
    """Load the page as *phone*, as often as it takes."""
    while True:
        try:
            status, _page, _cookie = await fetched(server.port, f"/{server.code}", phone.cookie)
            if status == 200:
                return
        except OSError:
            pass   # not up yet
        await asyncio.sleep(SOON)
