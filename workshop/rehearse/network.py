"""What a bad network does to the pages of a rehearsal, by its seed."""
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from workshop.rehearse.line import Line, Unanswered
from workshop.words import N_

RATES = {      # kind -> how often it happens, of all the times when it could
    "join": 0.1, "before": 0.03, "within": 0.03, "after": 0.04, "deaf": 0.05, "copy": 0.08, "idle": 0.004,
    "locked": 0.5, "drop": 0.02, "double": 0.06, "hold": 0.08, "slow": 0.5}
SECONDS = {"after": 0.05, "drop": 1.2, "hold": 0.6, "slow": 1.0}     # kind -> the longest that it takes
SAID = {
    "join": N_("joins sent again, their answer lost: %(n)d"),
    "before": N_("lines cut before a message left: %(n)d"),
    "within": N_("lines cut in the middle of a message: %(n)d"),
    "after": N_("lines cut between a message and its answer: %(n)d"),
    "idle": N_("lines cut when a change came: %(n)d"),
    "locked": N_("lines cut while the phone was asleep: %(n)d"),
    "slow": N_("slow ways back to the server: %(n)d"),
    "deaf": N_("answers thrown away: %(n)d"),
    "copy": N_("copies of a command that came again later: %(n)d"),
    "drop": N_("changes dropped: %(n)d"),
    "double": N_("changes doubled: %(n)d"),
    "hold": N_("changes held back: %(n)d"),
    "asleep": N_("phones asleep through a stage: %(n)d"),
    "polling": N_("phones without WebSocket: %(n)d"),
    "plain": N_("phones without any socket: %(n)d")}
DOZEN = 12     # of so many phones one has no WebSocket, one has no socket, and two fall asleep
POLLING, PLAIN, TIRED = (0,), (6,), (3, 9)


@dataclass
class Network:
    """A good one does nothing.  *bad*: it does, from now on.  *made*: kind -> how often it did."""

    seed: str
    bad: bool = False
    made: Counter[str] = field(default_factory=Counter)

    def reception(self, name: str, number: int = -1) -> "Reception":
        """How the page *name* gets through; *number* counts the phones from 0."""
        turn = (number + random.Random(self.seed).randrange(DOZEN)) % DOZEN if self.bad and number >= 0 else -1
        return Reception(self, name, turn)


class Reception:
    """How one page gets through.  *way*: ``websocket``, ``polling``, or ``plain`` where no socket is to be had.

    Each kind of fault has a chance of its own, so that how many changes come does not decide which command is lost.
    """

    def __init__(self, network: Network, name: str, turn: int) -> None:
        self._network, self._name, self._turn = network, name, turn
        self._chances: dict[str, random.Random] = {}
        self._copy: dict[str, Any] | None = None
        self.way = "polling" if turn in POLLING else "plain" if turn in PLAIN else "websocket"
        if self.way != "websocket":
            self.note(self.way)

    @property
    def bad(self) -> bool:
        return self._network.bad

    def note(self, kind: str) -> None:
        self._network.made[kind] += 1

    def happens(self, kind: str) -> bool:
        """Whether a fault of this kind happens now; it is counted."""
        if not self.bad or self._chance(kind).random() >= RATES[kind]:
            return False
        self.note(kind)
        return True

    def seconds(self, kind: str) -> float:
        """How long a fault of this kind takes this time."""
        return self._chance(kind).uniform(0, SECONDS[kind])

    def ask(self, line: Line, event: str, message: dict[str, Any]) -> dict[str, Any]:
        """Send over *line*, to which anything may happen, and give the answer.  Raises ``Unanswered``."""
        if self.happens("before"):
            line.cut()
        elif self.happens("within"):
            line.cut(message)
        elif self.happens("after"):
            line.send(event, message)
            time.sleep(self.seconds("after"))
            line.cut()
        answer = line.call(event, message)
        if self.happens("deaf"):
            raise Unanswered(event)
        self._repeat(line, message)
        return answer

    def _repeat(self, line: Line, message: dict[str, Any]) -> None:
        """Let a copy of a command come again behind the next one."""
        if self._copy and self._copy is not message and line.up:
            line.send("do", self._copy)
            self._copy = None
        if "id" in message and self.happens("copy"):
            self._copy = message

    def sleeps(self, stages: Sequence[str]) -> str:
        """Through which of *stages* the phone is asleep, empty where through none."""
        return self._chance("asleep").choice(stages) if stages and self._turn in TIRED else ""

    def _chance(self, kind: str) -> random.Random:
        return self._chances.setdefault(kind, random.Random(f"{self._network.seed}/{self._name}/{kind}"))
