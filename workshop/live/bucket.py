"""How fast one page may ask: a room shares one address, so the limit is each page's own."""
import time


class Bucket:
    """A token bucket: *holds* at once, *a_second* from then on."""

    def __init__(self, holds: float = 60, a_second: float = 20) -> None:
        self._holds, self._a_second = holds, a_second
        self._left, self._at = holds, time.monotonic()

    def takes(self) -> bool:
        """Whether one more may pass now."""
        now = time.monotonic()
        self._left, self._at = min(self._holds, self._left + (now - self._at) * self._a_second), now
        if self._left < 1:
            return False
        self._left -= 1
        return True
