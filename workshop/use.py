"""Who is at work on something that is let go of when nobody is."""
import time
from collections.abc import Callable
from typing import Any

import gevent


class Use:
    """Counts who is at work, and notes when the last of them left: ``with use:``, or ``begin`` and ``end``."""

    def __init__(self) -> None:
        self._count, self._last = 0, time.monotonic()

    def begin(self) -> None:
        self._count += 1

    def end(self) -> None:
        self._count, self._last = self._count - 1, time.monotonic()

    def __enter__(self) -> None:
        self.begin()

    def __exit__(self, *fault: Any) -> None:
        self.end()

    def spawn(self, work: Callable, *args: Any) -> gevent.Greenlet:
        """*work* in a greenlet of its own, which counts from now on until it ends."""
        self.begin()
        at_work = gevent.spawn(work, *args)
        at_work.link(lambda done: self.end())
        return at_work

    def touch(self) -> None:
        """Somebody was given it and may come to work on it."""
        self._last = time.monotonic()

    def over_for(self, seconds: float) -> bool:
        """Whether nobody has been at work for so long."""
        return not self._count and time.monotonic() - self._last >= seconds
