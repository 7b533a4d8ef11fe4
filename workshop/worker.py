"""Heavy work in a process of its own: the end that asks.

The process answers by ``workshop.jobs``.  One JSON object a line goes each way.  A job carries a number ``n`` and its answer
the same one, so that whatever else gets printed is known to be no answer.  Who answers with ``"spent": true`` is started anew.
"""
import itertools
import logging
import queue
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from workshop.words import N_

START_LIMIT = 180               # seconds until a worker must have said hello; loading a model takes 5 to 30
PAUSES = (0, 1, 2, 5, 15, 60)   # seconds before each new start while no job is answered in between
WAKE = -1                       # stands in the queue before every job's second: a call to look up
LATE = N_("This took too long and was stopped. Try again in a moment.")
DIED = N_("This stopped before it was done. It starts again by itself; try again in a moment.")
DOWN = N_("This is not running just now. It starts again by itself; try again in a minute.")
CLOSED = N_("The server is closing.")
log = logging.getLogger(__name__)


class WorkerFailed(Exception):
    """A job was not done; the message is a sentence for people, marked for translation."""


class Worker:
    """A process that answers jobs one at a time, started in the background and anew whenever it dies.

    command: the program and its arguments; it runs ``jobs.answer_jobs`` and knows the job "hello".
    limit: seconds that one job may take; then the process is ended and started anew.
    changed: called without arguments, in a thread of the worker's own, when ``state`` changes.
    state: "starting", "ready" or "down" (a new start is put off after several that failed).
    about: the answer to hello, {} before the first.

    Works under gevent's monkey patches, where waiting stops the calling greenlet only, and without.
    """

    def __init__(self, command: Sequence[str], limit: float = 60, changed: Callable[[], None] = lambda: None):
        self.state, self.about = "starting", {}
        self._command, self._limit, self._changed = list(command), limit, changed
        self._numbers, self._queue = itertools.count(1), queue.PriorityQueue()
        self._closing, self._lock = threading.Event(), threading.Lock()
        self._thread, self._process, self._failures = None, None, 0

    def start(self) -> None:
        """Start the process in the background; ``ask`` does it too, and further calls do nothing."""
        with self._lock:
            if self._thread is None and not self._closing.is_set():
                self._thread = threading.Thread(target=self._run, name="worker", daemon=True)
                self._thread.start()

    def ask(self, job: Mapping, due: float = 5, first: bool = False, patience: float | None = None) -> dict:
        """The answer to *job*.

        *due*: seconds until it should be done; *first* says now.  What is due first is done first (earliest deadline
        first: Liu & Layland, 1973), so that who is in a hurry goes before and yet nobody waits for ever.
        While the process starts the asker waits; *patience* is how many seconds in all, after which the job is let go.
        Raises ``WorkerFailed`` where the job failed, took too long or its process died, and at once while the worker is down.
        """
        self.start()
        number = next(self._numbers)
        asked = _Asked((time.monotonic() + (0 if first else due), number), msgspec.json.encode({**job, "n": number}) + b"\n")
        with self._lock:
            if self._closing.is_set() or self.state == "down":
                raise WorkerFailed(CLOSED if self._closing.is_set() else DOWN)
            self._queue.put(asked)
        if not asked.done.wait(patience):
            asked.given_up = True
            raise WorkerFailed(LATE)
        if asked.fault:
            raise WorkerFailed(asked.fault)
        return asked.answer

    def close(self) -> None:
        """End the process for good; whoever waits gets ``WorkerFailed``."""
        with self._lock:
            self._closing.set()
            running = self._process
        self._wake()
        if running:
            running.kill()
        if self._thread:
            self._thread.join(timeout=5)

    def _run(self) -> None:
        while not self._closing.is_set():
            try:
                self._open()
                self._become("ready")
                while not self._closing.is_set():
                    self._serve(self._queue.get())
            except _Died as fault:
                if not (self._closing.is_set() or isinstance(fault, _Spent)):
                    log.warning("%s: %s", " ".join(self._command), fault)
                    self._failures += 1
            finally:
                if self._process:
                    self._process.end()
            self._pause()
        self._refuse_all(CLOSED)

    def _open(self) -> None:
        with self._lock:
            if self._closing.is_set():
                raise _Died(CLOSED)
            self._process = _Process(self._command, self._wake)
        self.about = self._process.exchange(b'{"job": "hello", "n": 0}\n', 0, START_LIMIT)
        if "error" in self.about:
            raise _Died(self.about["error"])

    def _serve(self, asked: "_Asked") -> None:
        if asked.place[0] == WAKE:
            if not self._process.alive():
                raise _Died(DIED)
            return
        if asked.given_up:
            return
        try:
            answer = self._process.exchange(asked.line, asked.place[1], self._limit)
        except _Died as fault:
            asked.end(fault=CLOSED if self._closing.is_set() else str(fault))
            raise
        self._failures, spent = 0, answer.pop("spent", False)
        asked.end(answer, answer.get("error", ""))
        if spent:
            raise _Spent

    def _pause(self) -> None:
        """Wait before the next start: not at all after one failure, longer after each further one."""
        pause = PAUSES[min(max(self._failures - 1, 0), len(PAUSES) - 1)]
        self._become("down" if pause else "starting")
        if pause:
            self._refuse_all(DOWN)
            self._closing.wait(pause)
            self._become("starting")

    def _become(self, state: str) -> None:
        with self._lock:
            known, self.state = self.state, state
        if state != known and not self._closing.is_set():
            self._changed()

    def _refuse_all(self, fault: str) -> None:
        with self._lock:
            while not self._queue.empty():
                self._queue.get().end(fault=fault)

    def _wake(self) -> None:
        self._queue.put(_Asked((WAKE, next(self._numbers)), b""))


class _Died(Exception):
    """The process ended or was ended; the message is the sentence for who waited."""


class _Spent(_Died):
    """The process has grown too large: its answer was its last."""


@dataclass(order=True)
class _Asked:
    """One job in the queue, in order of *place* (when it is due, its number), and the event on which its asker waits."""
    place: tuple[float, int]
    line: bytes = field(compare=False)
    done: threading.Event = field(compare=False, default_factory=threading.Event)
    answer: dict | None = field(compare=False, default=None)
    fault: str = field(compare=False, default="")
    given_up: bool = field(compare=False, default=False)

    def end(self, answer: dict | None = None, fault: str = "") -> None:
        self.answer, self.fault = answer, fault
        self.done.set()


class _Process:
    """The running process: a line goes in, the answer with its number comes out."""
    def __init__(self, command: list[str], ended: Callable[[], None]):
        try:
            # A session of its own: Ctrl-C in the terminal is for the server, which then closes this one's stdin.
            self._popen = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                           start_new_session=True)
        except OSError as fault:
            raise _Died(str(fault)) from fault
        self._lines = queue.Queue()
        self._reader = threading.Thread(target=self._read, args=(ended,), name="worker answers", daemon=True)
        self._reader.start()

    def exchange(self, line: bytes, number: int, limit: float) -> dict:
        """The answer to the job in *line*; raises ``_Died`` where none comes within *limit* seconds."""
        late = threading.Event()
        clock = threading.Timer(limit, self._overdue, [late])
        clock.start()
        try:
            self._popen.stdin.write(line)
            self._popen.stdin.flush()
            while (said := self._lines.get()) is not None:
                if (answer := _answer(said, number)) is not None:
                    return answer
        except OSError:
            log.debug("writing to a worker that ended", exc_info=True)
        finally:
            clock.cancel()
        raise _Died(LATE if late.is_set() else DIED)

    def alive(self) -> bool:
        return self._popen.poll() is None and self._reader.is_alive()

    def kill(self) -> None:
        self._popen.kill()

    def end(self) -> None:
        """Kill it and let go of its pipes; may be called again."""
        self.kill()
        self._popen.wait()
        self._reader.join(timeout=2)
        for pipe in (self._popen.stdin, self._popen.stdout):
            try:
                pipe.close()
            except OSError:   # what was still to be written to a process that is gone
                log.debug("closing a worker's pipe", exc_info=True)

    def _read(self, ended: Callable[[], None]) -> None:
        for line in self._popen.stdout:
            self._lines.put(line)
        self._lines.put(None)
        self._popen.wait()
        ended()

    def _overdue(self, late: threading.Event) -> None:
        late.set()
        self.kill()


def _answer(line: bytes, number: int) -> dict | None:
    """The answer with this *number* in *line*, None where the line is anything else."""
    try:
        said = msgspec.json.decode(line)
    except ValueError:
        said = None
    if not isinstance(said, dict) or said.get("n") != number:
        log.info("a worker printed: %r", line[:200])
        return None
    del said["n"]
    return said
