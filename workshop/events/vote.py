"""Dots, and what they came to."""
from collections.abc import Mapping
from dataclasses import dataclass

from workshop.events.event import Event, put
from workshop.state import Ballot, Budget, Result, Sheet, Vote, Workshop
from workshop.state.changed import replace
from workshop.state.edits import BallotOrSheet, counts_for


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
        ballot = _placed_now(w, vote, Ballot(self.dots, self.number, self.proxy, (vote.dots, vote.cap)))
        return replace(w, votes=put(w.votes, self.stage, replace(vote, ballots=put(vote.ballots, self.person, ballot))))

    def touches(self, w: Workshop) -> frozenset[str]:
        return frozenset((self.person,))


@dataclass(frozen=True)
class SheetEntered(Event):
    """What the people of *side* ("" for no side) placed on a paper chart, whole; nobody: the sheet is taken away."""

    stage: str
    side: str
    dots: Mapping[str, int]
    people: int
    number: int

    def apply(self, w: Workshop) -> Workshop:
        vote = w.votes[self.stage]
        sheet = _placed_now(w, vote, Sheet(self.dots, self.people, self.number))
        return replace(w, votes=put(w.votes, self.stage, replace(vote, sheets=put(vote.sheets, self.side, sheet))))

    def touches(self, w: Workshop) -> frozenset[str]:
        return frozenset()


@dataclass(frozen=True)
class BudgetSet(Event):
    """How many dots each person has, and how many of them may go on one option, in a vote that may be still to come."""

    stage: str
    dots: int
    cap: int

    def apply(self, w: Workshop) -> Workshop:
        budget = Budget(self.dots, self.cap, w.budgets.get(self.stage, Budget()).number + 1)
        w = replace(w, budgets=put(w.budgets, self.stage, budget))
        if vote := w.votes.get(self.stage):
            w = replace(w, votes=put(w.votes, self.stage, replace(vote, dots=self.dots, cap=self.cap)))
        return w


@dataclass(frozen=True)
class CriteriaSet(Event):
    """What people are asked to vote by; none stands for the usual words."""

    stage: str
    criteria: tuple[str, ...]

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, criteria=put(w.criteria, self.stage, (*w.criteria.get(self.stage, ()), self.criteria)))


@dataclass(frozen=True)
class BothKept(Event):
    """Two options that look alike stay two."""

    stage: str
    option: str
    other: str

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, kept_both=put(w.kept_both, self.stage, w.kept_both.get(self.stage, frozenset()) | {(self.option, self.other)}))


@dataclass(frozen=True)
class OptionsChosen(Event):
    """The vote *stage*, which has not opened, will be on ``themes`` or on single ``ideas``, taken from the stage *source*."""

    stage: str
    options: str
    source: str

    def apply(self, w: Workshop) -> Workshop:
        stages = tuple(replace(at, options=self.options, source=self.source) if at.id == self.stage else at for at in w.plan.stages)
        return replace(w, plan=replace(w.plan, stages=stages), voted_on=put(w.voted_on, self.stage, w.voted_on.get(self.stage, 0) + 1))


@dataclass(frozen=True)
class VoteClosed(Event):
    """The vote is over; the event holds its result, so that replay counts nothing.

    *over*: the people whose ballots held more dots than there were at the close, and did not count.
    """

    stage: str
    result: Result
    over: tuple[str, ...] = ()

    def apply(self, w: Workshop) -> Workshop:
        board = w.boards.get(w.source(self.stage))
        told = board.edits if board else ()
        return replace(w, votes=put(w.votes, self.stage, replace(w.votes[self.stage], result=self.result, told=told)))


@dataclass(frozen=True)
class ResultShown(Event):
    """The result is on the screen and the phones from rank *from_rank* on; 0: the whole of it."""

    stage: str
    from_rank: int = 0

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, votes=put(w.votes, self.stage, replace(w.votes[self.stage], from_rank=self.from_rank)))


def _placed_now(w: Workshop, vote: Vote, placed: BallotOrSheet) -> BallotOrSheet:
    """A ballot or sheet that comes in now, and counts where the merges and splits since the vote opened leave its dots."""
    board = w.boards.get(w.source(vote.stage))
    edits = [edit for edit in board.edits if edit.step > vote.at] if board else []
    return counts_for(replace(placed, knew=tuple(edit.step for edit in edits if edit.split and not edit.undone)), edits)
