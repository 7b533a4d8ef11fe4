"""Between the sessions and the worker that knows about meaning: ideas in, suggestions out."""
import logging
import sys
from dataclasses import replace
from pathlib import Path

import gevent

from workshop.comparing import Comparing
from workshop.following import Following
from workshop.live.running import Running
from workshop.questions import board_question, suggestion
from workshop.room import Forming
from workshop.session import NotSaved
from workshop.state import Workshop
from workshop.words import N_
from workshop.worker import Worker, WorkerFailed

log = logging.getLogger(__name__)
COMMAND = [sys.executable, "-m", "workshop.themes.worker"]
LIMIT = 120
PATIENCE = 1.5   # seconds that somebody who types waits for a hint
HEAD_START = 1   # second in which the server answers its first pages before the model takes a core


class Themer:
    """Asks the worker whenever a board waits for a suggestion, and puts the answer into that board's journal.

    *folder* is the sessions folder; vectors are kept in it, a file for each workshop.
    """

    def __init__(self, folder: Path) -> None:
        self._vectors = folder / "vectors"
        self._worker = Worker(COMMAND, limit=LIMIT, changed=self._tell)
        self._asked: dict[str, int] = {}
        self._failed: set[str] = set()
        self._retried: dict[str, int] = {}
        self._followed: dict[str, Following] = {}
        self._compared: dict[str, Comparing] = {}

    def start(self) -> None:
        """Start the worker in the background; pages do not wait for it."""
        self._vectors.mkdir(exist_ok=True)
        gevent.spawn_later(HEAD_START, self._worker.start)

    def close(self) -> None:
        self._worker.close()

    def look(self, running: Running) -> None:
        """Called after every beat: ask for what is missing."""
        w = running.session.state
        if w.code not in self._followed:
            self._followed[w.code] = Following(running.session, self._worker, self._keep(w.code))
            self._compared[w.code] = Comparing(self._followed[w.code])
            self._tell()
        for stage, board in w.boards.items():
            if board.waiting and w.ideas_of(w.source(stage)) and self._asked.get(f"{w.code}/{stage}") != board.asked:
                self._asked[f"{w.code}/{stage}"] = board.asked
                running.session.use.spawn(self._suggest, self._followed[w.code], stage)
        if not w.ended:   # else each that is opened to be read again would go through all its ideas
            self._followed[w.code].look()
            if self._worker.state == "ready":
                self._compared[w.code].look()

    def forget(self, code: str) -> None:
        """The workshop *code* is let go of; what was asked for it is remembered, so that it is not asked again."""
        self._followed.pop(code, None)
        self._compared.pop(code, None)

    def near(self, w: Workshop, text: str, ideas: list[tuple[str, str]]) -> list[str] | None:
        """The ids of those *ideas* (id, words) that say nearly the same as *text*, the nearest first.

        None where the worker is not ready, or has not answered in time: a hint is worth no wait.
        """
        if self._worker.state != "ready":
            return None
        try:
            job = {"job": "hint", "text": text, "ideas": ideas, "keep": self._keep(w.code), "language": w.plan.language}
            return self._worker.ask(job, first=True, patience=PATIENCE)["ideas"]
        except WorkerFailed as failed:
            log.debug("%s: no hint: %s", w.code, failed)
            return None

    def _suggest(self, followed: Following, stage: str) -> None:
        session = followed.session
        code, board = session.state.code, session.state.boards[stage]
        try:
            followed.catch_up()
            board = session.state.boards[stage]   # people go on meanwhile: what is asked and what is answered is one board
            forming = session.room.forming.get(session.state.source(stage), Forming())
            answer = followed.ask(board_question(session.state, stage, forming))
            session.do("suggest_themes", "server", "server", stage=stage, suggestion=suggestion(answer, board))
            session.enter(lambda room: replace(room, trouble=""))
        except (WorkerFailed, NotSaved) as failed:
            log.warning("%s: no suggestion for %s: %s", code, stage, failed)
            if self._retried.get(f"{code}/{stage}") != board.asked:
                self._failed.add(f"{code}/{stage}")
            session.enter(lambda room: replace(room, trouble=N_("No suggestion came. Ask again, or sort by hand.")))

    def _keep(self, code: str) -> str:
        return str(self._vectors / f"{code}.db")

    def _tell(self) -> None:
        """Say in every room what the worker is doing."""
        state, encoder = self._worker.state, self._worker.about.get("encoder", "")
        if state == "ready":   # what failed is asked once more; the beat that shows this looks for it
            self._retried.update({key: self._asked.pop(key, 0) for key in self._failed})
            self._failed.clear()
        for followed in self._followed.values():
            followed.session.enter(lambda room: replace(room, worker=state, encoder=encoder))
