"""The options of the vote that is ahead, held against one another as they change."""
import logging
from dataclasses import replace

import gevent

from workshop.following import LATER, Following
from workshop.questions import split_question
from workshop.rules.before import ballot_ahead, vote_ahead
from workshop.worker import WorkerFailed

log = logging.getLogger(__name__)
PAUSE = 1   # second between two questions, while somebody sorts


class Comparing:
    """Asks which options are so alike that they would split the vote, one question at a time, until the first ballot is in."""

    def __init__(self, followed: Following) -> None:
        self._followed, self._asked = followed, None
        self._greenlet: gevent.Greenlet | None = None

    def look(self) -> None:
        """Called after every beat: ask where the options are others."""
        if not self._greenlet and self._question() not in (None, self._asked):
            self._greenlet = self._followed.session.use.spawn(self._compare)

    def _compare(self) -> None:
        try:
            while (asked := self._question()) not in (None, self._asked):
                self._asked = asked
                stage, question = asked
                pairs = tuple(map(tuple, self._followed.ask(question, LATER)["pairs"]))
                self._followed.session.enter(lambda room: replace(room, split={**room.split, stage: pairs}))
                gevent.sleep(PAUSE)
        except WorkerFailed as failed:
            log.warning("%s: options are not compared: %s", self._followed.session.state.code, failed)
        finally:
            self._greenlet = None

    def _question(self) -> tuple[str, dict] | None:
        w = self._followed.session.state
        stage = vote_ahead(w)
        vote = ballot_ahead(w, stage) if stage else None
        return (stage.id, split_question(w, vote)) if vote and not vote.ballots and not vote.result and not stage.run_off else None
