"""Dots, and what they came to."""
from collections.abc import Mapping
from dataclasses import dataclass, replace

from workshop.events.event import Event, put
from workshop.state import Ballot, Result, Workshop


@dataclass(frozen=True)
class BallotCast(Event):
    """One person's dots, whole; it replaces what they cast before."""

    stage: str
    person: str
    dots: Mapping[str, int]
    number: int
    proxy: bool = False

    def apply(self, w: Workshop) -> Workshop:
        vote = w.votes[self.stage]
        ballots = put(vote.ballots, self.person, Ballot(self.dots, self.number, self.proxy))
        return replace(w, votes=put(w.votes, self.stage, replace(vote, ballots=ballots)))


@dataclass(frozen=True)
class BudgetSet(Event):
    """How many dots each person has, and how many of them may go on one option."""

    stage: str
    dots: int
    cap: int

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, votes=put(w.votes, self.stage, replace(w.votes[self.stage], dots=self.dots, cap=self.cap)))


@dataclass(frozen=True)
class VoteClosed(Event):
    """The vote is over; the event holds its result, so that replay counts nothing."""

    stage: str
    result: Result

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, votes=put(w.votes, self.stage, replace(w.votes[self.stage], result=self.result)))


@dataclass(frozen=True)
class ResultShown(Event):
    """The result is on the screen and the phones."""

    stage: str

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, votes=put(w.votes, self.stage, replace(w.votes[self.stage], shown=True)))
