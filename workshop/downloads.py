"""Between the pages and the worker that writes files: what was asked for, how far it is, and what is ready."""
import base64
import logging
import sys
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from gevent.event import Event

from workshop.ideas_file import Ideas, NotIdeas
from workshop.jobs import FAULT
from workshop.packing import packed
from workshop.session import Session
from workshop.state import Workshop
from workshop.worker import Worker, WorkerFailed

log = logging.getLogger(__name__)
COMMAND = [sys.executable, "-m", "workshop.charter.worker"]
LIMIT = 300           # seconds that one file may take
MOST = 48_000_000     # bytes of files that are kept
HELD = 600            # seconds for which who waited for a file gets it as it was asked for, though the workshop went on
AN_IDEA = {"pdf": 0.001, "docx": 0.0001}     # seconds of work, before the first file of its kind has told
ANY, STARTING = 0.2, 3
Key = tuple[str, int, str, str, str]


@dataclass(eq=False)
class Making:
    """One file that somebody asked for.  *key*: code, number of the last entry, name, extension, asker.

    *expected*: seconds of work that it should take.  When *done* is set there is a *fault*, a sentence marked for
    translation, or *contents*, their media *type* and the name of the *file*.
    """

    key: Key
    ideas: int
    expected: float
    asked: float = field(default_factory=time.monotonic)
    done: Event = field(default_factory=Event)
    mark: str = ""
    contents: bytes = b""
    type: str = ""
    file: str = ""
    fault: str = ""

    @property
    def age(self) -> float:
        """Seconds since it was asked for."""
        return time.monotonic() - self.asked


class Downloads:
    """Has each file made once for each state of a workshop and each kind of asker, and keeps it as long as there is room.

    An asker's rights are part of what a file is kept under: what was made for a facilitator is never another's.
    """

    def __init__(self, command: Sequence[str] = (), limit: float = LIMIT, most: int = MOST, folder: Path | None = None) -> None:
        """*folder*: the sessions folder whose colour and logo documents wear."""
        self._worker, self._most = Worker(command or COMMAND, limit=limit), most
        self._folder = str(folder or "")
        self._known: OrderedDict[Key, Making] = OrderedDict()
        self._pace: dict[tuple[str, str], float] = {}

    def ask(self, session: Session, name: str, extension: str, asker: str, at: int = 0, again: bool = False) -> Making:
        """The file as it is now, ready or under way; whoever asks for the same waits for the same.

        *at*: the number under which the asker waits for it already.  *again*: begin anew where it could not be made.
        """
        w = session.state
        waited = self._known.get((w.code, at, name, extension, asker))
        making = waited if waited and waited.age < HELD else self._known.get((w.code, w.seq, name, extension, asker))
        if not making or again and making.fault:
            key = (w.code, w.seq, name, extension, asker)
            making = self._known[key] = Making(key, len(w.ideas), self._expected(len(w.ideas), name, extension))
            session.use.spawn(self._make, making, session, w)
        self._known.move_to_end(making.key)
        return making

    def read(self, file: str, contents: bytes, language: str) -> Ideas:
        """The ideas in an uploaded *file*, read by the worker, so that one made to do harm harms nobody.

        Raises ``NotIdeas`` where there are none, and ``WorkerFailed``.
        """
        answer = self._worker.ask({"job": "read", "file": file, "contents": base64.b64encode(contents).decode(), "language": language}, due=1)
        if "why" in answer:
            raise NotIdeas(answer["why"])
        return msgspec.convert(answer["ideas"], Ideas)

    def before(self, making: Making) -> list[Making]:
        """What is made before it is its turn."""
        return [other for other in self._known.values() if not other.done.is_set() and other.asked < making.asked]

    def left(self, making: Making) -> float:
        """How many seconds it should still take; below zero where it takes longer than expected."""
        return sum(other.expected for other in self.before(making)) + making.expected - making.age

    def forget(self) -> None:
        """Have every file made anew: documents look otherwise from now on."""
        self._known.clear()

    def can_draw(self, svg: str) -> bool:
        """Whether documents can hold the drawing *svg*.  Raises ``WorkerFailed``."""
        return self._worker.ask({"job": "draw", "svg": svg}, due=STARTING)["drawn"]

    def close(self) -> None:
        """End the worker; whoever waits is told that the server is closing."""
        self._worker.close()

    def _make(self, making: Making, session: Session, w: Workshop) -> None:
        _code, seq, name, extension, asker = making.key
        try:
            making.mark = session.mark(seq)
            answer = self._worker.ask({"job": "make", "workshop": base64.b64encode(packed(w)).decode(), "name": name, "extension": extension, "asker": asker,
                                       "mark": making.mark, "folder": self._folder}, due=making.expected)
            making.contents, making.type, making.file = base64.b64decode(answer["contents"]), answer["type"], answer["file"]
            self._pace[name, extension] = max(answer["seconds"] - ANY, 0) / max(making.ideas, 1)
        except WorkerFailed as failed:
            log.warning("%s: %s.%s was not made: %s", w.code, name, extension, failed)
            making.fault = str(failed)
        except Exception:   # ours: whoever waits is told, and the log says more
            log.exception("%s: %s.%s was not made", w.code, name, extension)
            making.fault = FAULT
        finally:
            making.done.set()
            self._make_room()

    def _expected(self, ideas: int, name: str, extension: str) -> float:
        an_idea = self._pace.get((name, extension), AN_IDEA.get(extension, AN_IDEA["pdf"] / 2))
        return ANY + an_idea * ideas + (0 if self._worker.state == "ready" else STARTING)

    def _make_room(self) -> None:
        """Let go of what was asked for longest ago, but for the last."""
        ready = [making for making in self._known.values() if making.done.is_set()]
        size = sum(len(making.contents) for making in ready)
        for making in ready[:-1]:
            if size > self._most or making.fault and making.age > HELD:
                size -= len(making.contents)
                del self._known[making.key]
