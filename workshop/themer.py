"""Between the sessions and the worker that knows about meaning: ideas in, suggestions out."""
import logging
import sys
from dataclasses import replace
from pathlib import Path

import gevent
import msgspec

from workshop.live.running import Running
from workshop.rules.themes import NEW
from workshop.session import NotSaved
from workshop.state import Board, Suggestion, Workshop
from workshop.words import N_
from workshop.worker import Worker, WorkerFailed

log = logging.getLogger(__name__)
COMMAND = [sys.executable, "-m", "workshop.themes.worker"]
LIMIT = 120
BATCH = 8
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
        self._embedding: dict[str, int] = {}
        self._running: list[Running] = []

    def start(self) -> None:
        """Start the worker in the background; pages do not wait for it."""
        self._vectors.mkdir(exist_ok=True)
        gevent.spawn_later(HEAD_START, self._worker.start)

    def close(self) -> None:
        self._worker.close()

    def look(self, running: Running) -> None:
        """Called after every beat: ask for what is missing."""
        if running not in self._running:
            self._running.append(running)
            self._tell()
        w = running.session.state
        for stage, board in w.boards.items():
            if board.waiting and w.ideas_of(w.source(stage)) and self._asked.get(f"{w.code}/{stage}") != board.asked:
                self._asked[f"{w.code}/{stage}"] = board.asked
                gevent.spawn(self._suggest, running, stage)
        if len(w.ideas) > self._embedding.setdefault(w.code, 0) and self._worker.state == "ready":
            texts = [idea.text for idea in list(w.ideas.values())[self._embedding[w.code]:]]
            self._embedding[w.code] = len(w.ideas)
            gevent.spawn(self._embed, w.code, texts, w.plan.language)

    def near(self, w: Workshop, text: str, ideas: list[tuple[str, str]]) -> list[str]:
        """The ids of those *ideas* (id, words) that say nearly the same as *text*, the nearest first.

        None where the worker is not ready, or has not answered in time: a hint is worth no wait.
        """
        if self._worker.state != "ready":
            return []
        try:
            job = {"job": "hint", "text": text, "ideas": ideas, "keep": self._keep(w.code), "language": w.plan.language}
            return self._worker.ask(job, first=True, patience=PATIENCE)["ideas"]
        except WorkerFailed as failed:
            log.debug("%s: no hint: %s", w.code, failed)
            return []

    def _suggest(self, running: Running, stage: str) -> None:
        w = running.session.state
        board = w.boards[stage]
        try:
            answer = self._worker.ask(job(w, stage, self._keep(w.code)))
            running.session.do("suggest_themes", "server", "server", stage=stage, suggestion=suggestion(answer, board))
            running.session.enter(lambda room: replace(room, trouble=""))
        except (WorkerFailed, NotSaved) as failed:
            log.warning("%s: no suggestion for %s: %s", w.code, stage, failed)
            if self._retried.get(f"{w.code}/{stage}") != board.asked:
                self._failed.add(f"{w.code}/{stage}")
            running.session.enter(lambda room: replace(room, trouble=N_("No suggestion came. Ask again, or sort by hand.")))

    def _embed(self, code: str, texts: list[str], language: str) -> None:
        """Have vectors made as ideas come, a few at a time, so that a suggestion does not wait for all of them."""
        try:
            for n in range(0, len(texts), BATCH):
                self._worker.ask({"job": "embed", "texts": texts[n:n + BATCH], "keep": self._keep(code), "language": language})
        except WorkerFailed as failed:
            log.warning("%s: vectors are made later: %s", code, failed)

    def _keep(self, code: str) -> str:
        return str(self._vectors / f"{code}.db")

    def _tell(self) -> None:
        """Say in every room what the worker is doing."""
        state, encoder = self._worker.state, self._worker.about.get("encoder", "")
        if state == "ready":   # what failed is asked once more; the beat that shows this looks for it
            self._retried.update({key: self._asked.pop(key, 0) for key in self._failed})
            self._failed.clear()
        for running in self._running:
            running.session.enter(lambda room: replace(room, worker=state, encoder=encoder))


def job(w: Workshop, stage: str, keep: str) -> dict:
    """What the worker is asked for the board of *stage*."""
    board = w.boards[stage]
    ideas = [i for i in w.ideas_of(w.source(stage)) if not i.parked]
    here = {i.id for i in ideas}
    return {"job": "suggest", "ideas": [[i.id, i.text] for i in ideas], "held": {i: board.place.get(i, -1) for i in board.held & here},
            "previous": {i: t for i, t in board.place.items() if i in here},
            "names": {str(n): t.name for n, t in board.themes.items() if t.named}, "about": None, "keep": keep, "language": w.plan.language}


def suggestion(answer: dict, board: Board) -> Suggestion:
    """The worker's answer to what was asked of *board*; its new themes get numbers from ``NEW`` on until they are taken in."""
    def number(label) -> int:
        return int(label) if int(label) in board.themes or int(label) < 0 else NEW + int(label)
    made = {"labels": {i: number(t) for i, t in answer["labels"].items()}, "near": {i: [number(t) for t in two] for i, two in answer["near"].items()},
            **{key: {number(n): value for n, value in answer[key].items()} for key in ("names", "examples", "theme_confidence")}}
    return msgspec.convert({**made, "confidence": answer["confidence"], "encoder": answer["encoder"], "asked": board.asked}, Suggestion)
