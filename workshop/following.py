"""The ideas of one workshop on their way to the worker, as they come."""
import logging
import time
from collections.abc import Mapping
from dataclasses import replace
from itertools import islice

import gevent

from workshop.questions import formed, forming_question
from workshop.room import Forming
from workshop.rules.forming import LEAST, forming_stage, to_gather
from workshop.session import Session
from workshop.state import Idea
from workshop.worker import Worker, WorkerFailed

log = logging.getLogger(__name__)
BATCH = 8          # texts in one job, so that nobody's hint waits long
SOON, LATER = 1, 5 # seconds until a board's question, and what is made ahead of one, are due in the worker's queue
PAUSE = 3          # seconds between two looks at the forming themes
BACKLOG = 10       # seconds that these wait at most for vectors that are still to be made
LONGEST = 60       # seconds between two tries of what fails
TICK = .25


class Following:
    """Has vectors made of a workshop's ideas, and themes formed of them while there is no board: one job at a time.

    *keep*: the file of its vectors.
    """

    def __init__(self, session: Session, worker: Worker, keep: str) -> None:
        self.session, self._worker, self._keep = session, worker, keep
        self._sent: set[str] = set()   # texts whose vectors were asked for; what failed is made when themes are
        self._known: Mapping[str, Idea] = {}
        self._waiting: dict[str, None] = {}    # texts of these that are to be sent, in the order of arrival
        self._seen: tuple[str, tuple[Idea, ...]] = "", ()
        self._at, self._pause = 0.0, PAUSE
        self._greenlet: gevent.Greenlet | None = None

    def look(self) -> None:
        """Called after every beat: go on where there is something new."""
        if not self._greenlet and self._worker.state == "ready" and (self._batch() or self._is_news()):
            self._greenlet = self.session.use.spawn(self._follow)

    def catch_up(self) -> None:
        """Have all vectors made that are missing.  Raises ``WorkerFailed``."""
        while batch := self._batch():
            self._embed(batch, SOON)

    def ask(self, question: dict, due: float = SOON) -> dict:
        """The worker's answer.  Raises ``WorkerFailed``."""
        return self._worker.ask({**question, "keep": self._keep, "language": self.session.state.plan.language}, due)

    def _follow(self) -> None:
        self._at = max(self._at, time.monotonic() - PAUSE)
        try:
            while self._worker.state == "ready":
                batch, waited = self._batch(), time.monotonic() - self._at
                if waited >= max(self._pause, BACKLOG if batch else 0) and self._is_news():
                    self._form()
                elif batch:
                    self._embed(batch, LATER)
                elif self._is_news():
                    gevent.sleep(TICK)
                else:
                    break
        except WorkerFailed as failed:
            log.warning("%s: vectors and forming themes come later: %s", self.session.state.code, failed)
        finally:
            self._greenlet = None

    def _batch(self) -> list[str]:
        """The next texts to send.  All ideas are looked through where nothing waits and they are others than the last time."""
        ideas = self.session.state.ideas
        if not self._waiting and ideas is not self._known:
            self._known = ideas
            self._waiting = dict.fromkeys([idea.text for idea in ideas.values() if idea.text not in self._sent and not idea.withheld])
        return list(islice(self._waiting, BATCH))

    def _embed(self, texts: list[str], due: float) -> None:
        self._sent.update(texts)
        for text in texts:
            self._waiting.pop(text, None)
        self.ask({"job": "embed", "texts": texts}, due)

    def _ideas(self) -> tuple[str, tuple[Idea, ...]]:
        """The stage whose ideas form themes now, and those of them that have vectors."""
        stage = forming_stage(self.session.state)
        return stage, tuple([idea for idea in to_gather(self.session.state, stage) if idea.text in self._sent])

    def _is_news(self) -> bool:
        stage, ideas = self._ideas()
        return bool(stage) and len(ideas) >= LEAST and self._seen != (stage, ideas)

    def _form(self) -> None:
        stage, ideas = self._ideas()
        self._at = time.monotonic()
        last = self.session.room.forming.get(stage, Forming())
        try:
            answer = self.ask(forming_question(ideas, last), LATER)
        except WorkerFailed:
            self._pause = min(2 * self._pause, LONGEST)
            self.session.enter(lambda room: replace(room, stuck=True))
            raise
        self._pause, self._seen = PAUSE, (stage, ideas)
        new = formed(answer, last)
        self.session.enter(lambda room: replace(room, stuck=False, forming={**room.forming, stage: new}))
