"""One line on stderr that says how far the rehearsal is."""
import sys
from typing import TextIO

WIDTH = 30


class Progress:
    """A bar where *out* is a terminal, a line for each stage where it is not."""

    def __init__(self, out: TextIO = sys.stderr) -> None:
        self._out, self._live, self._last = out, out.isatty(), ""

    def tell(self, title: str, done: float) -> None:
        """The stage *title* is on; *done* of everything, 0 to 1, lies behind."""
        full = round(WIDTH * min(done, 1))
        line = f"[{'#' * full}{'.' * (WIDTH - full)}] {title[:30]:30}" if self._live else title
        if line != self._last:
            self._out.write("\r" + line if self._live else line + "\n")
            self._out.flush()
        self._last = line

    def end(self) -> None:
        """Leave the line as it was before."""
        if self._live and self._last:
            self._out.write("\r" + " " * len(self._last) + "\r")
            self._out.flush()
