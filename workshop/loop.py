"""What keeps the event loop free: the disk is for a pool thread, and long work gives way."""
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

import gevent

SLICE = 0.0005   # seconds of long work between two turns of the others
SOON = 0.01     # seconds after which it goes on, however much they have to do
PIECE = 500     # rows that are fetched together
T = TypeVar("T")


def off_the_loop(work: Callable, *args: Any) -> Any:
    """Run *work* in a pool thread, so that the disk stops this greenlet and no other.  Raises what it raises."""
    answer, fault = gevent.get_hub().threadpool.apply(_outcome, (work, args))
    if fault:
        raise fault
    return answer


def _outcome(work: Callable, args: tuple) -> tuple[Any, Exception | None]:
    try:
        return work(*args), None
    except Exception as fault:   # handed over, since gevent prints whatever is raised in its pool
        return None, fault


def fetched(rows: Iterator[T]) -> Iterator[T]:
    """*rows*, which come from the disk, fetched off the loop."""
    while piece := off_the_loop(list, islice(rows, PIECE)):
        yield from piece


def giving_way(things: Iterable[T]) -> Iterator[T]:
    """*things* one by one; every half millisecond whoever works on them waits until the loop has nothing else to do.

    In a pool thread the same work would hold up the others longer: whoever waits for the interpreter's lock waits up to 5 ms, and
    a command takes it a dozen times.
    """
    until = time.perf_counter() + SLICE
    for one in things:
        yield one
        if time.perf_counter() > until:
            with gevent.Timeout(SOON, False):
                gevent.idle()
            until = time.perf_counter() + SLICE
