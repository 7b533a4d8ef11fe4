"""Where the workshop is: the stage, its clock, what is said from the front, and the end."""
from dataclasses import dataclass

from workshop.agenda import Stage
from workshop.events.event import Event, put, without
from workshop.state import Board, Clock, Group, Vote, Workshop
from workshop.state.changed import replace


@dataclass(frozen=True)
class StageOpened(Event):
    """A stage, or a step of it, became the one the room is in.

    *ends* and *total* (ms) set the clock.  *groups* are formed, *vote* drawn up, where the stage needs them.
    """

    stage: str
    step: int
    ends: int
    total: int
    groups: tuple[Group, ...] | None = None
    vote: Vote | None = None

    def apply(self, w: Workshop) -> Workshop:
        at = w.plan.stage(self.stage)
        w = replace(w, open_id=self.stage, steps=put(w.steps, self.stage, self.step), clock=Clock(self.ends, None, self.total),
                    opened=w.opened if self.stage in w.opened else put(w.opened, self.stage, w.at),
                    timeline=(*w.timeline, (w.at, self.stage, self.step)),
                    revealed=_revealed(w, self.stage, self.step), eyes_up=False, told="")
        if self.groups is not None:
            w = replace(w, groups=put(w.groups, self.stage, self.groups))
        if self.vote is not None:
            w = replace(w, votes=put(w.votes, self.stage, replace(self.vote, at=w.seq)))
        if at.kind == "themes" and self.stage not in w.boards:
            w = replace(w, boards=put(w.boards, self.stage, Board(self.stage, asked=w.seq)))
        return w


@dataclass(frozen=True)
class RunOffAdded(Event):
    """The plan got one more vote, right behind the one whose tie it decides."""

    stage: Stage

    def apply(self, w: Workshop) -> Workshop:
        return _with_stage(w, self.stage, self.stage.run_off)


@dataclass(frozen=True)
class SecondRoundAdded(Event):
    """The plan got one more vote on the options of another, *behind* a stage."""

    stage: Stage
    behind: str

    def apply(self, w: Workshop) -> Workshop:
        return _with_stage(w, self.stage, self.behind)


@dataclass(frozen=True)
class RoundTakenBack(Event):
    """A run-off or a second vote in which nobody had voted is no stage any more, as if it had never been one."""

    stage: str

    def apply(self, w: Workshop) -> Workshop:
        plan = replace(w.plan, stages=tuple(s for s in w.plan.stages if s.id != self.stage))
        return replace(w, plan=plan, taken_back=w.taken_back | {self.stage}, votes=without(w.votes, self.stage),
                       steps=without(w.steps, self.stage), opened=without(w.opened, self.stage),
                       timeline=tuple(entry for entry in w.timeline if entry[1] != self.stage))


@dataclass(frozen=True)
class ClockSet(Event):
    """The clock runs until *ends*, or stands with *left* ms; *total* ms is the whole pie."""

    ends: int
    left: int | None
    total: int

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, clock=Clock(self.ends, self.left, self.total))


@dataclass(frozen=True)
class Told(Event):
    """A sentence from the front to every phone; empty takes it away."""

    text: str

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, told=self.text)

    def touches(self, w: Workshop) -> frozenset[str]:
        return frozenset()


@dataclass(frozen=True)
class EyesUp(Event):
    """Every phone asks to look up, or goes back to its page."""

    on: bool

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, eyes_up=self.on)

    def touches(self, w: Workshop) -> frozenset[str]:
        return frozenset()


@dataclass(frozen=True)
class NoteWritten(Event):
    """The facilitators' notes for the report, whole."""

    text: str

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, note=self.text)

    def touches(self, w: Workshop) -> frozenset[str]:
        return frozenset()


@dataclass(frozen=True)
class NothingSaved(Event):
    """The disk takes words again; *since* (ms) it took none."""

    since: int

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, unsaved=(*w.unsaved, (self.since, w.at)))

    def touches(self, w: Workshop) -> frozenset[str]:
        return frozenset()


@dataclass(frozen=True)
class WorkshopEnded(Event):
    def apply(self, w: Workshop) -> Workshop:
        return replace(w, ended=w.at)


def _with_stage(w: Workshop, stage: Stage, behind: str) -> Workshop:
    stages, at = w.plan.stages, w.plan.place(behind) + 1
    return replace(w, plan=replace(w.plan, stages=(*stages[:at], stage, *stages[at:])))


def _revealed(w: Workshop, stage: str, step: int) -> frozenset[str]:
    """Words come out when a step that is not silent opens, or a stage that takes from theirs."""
    at = w.plan.stage(stage)
    shown = {w.source(stage)} if at.source else set()
    if at.kind == "brainstorm" and not at.steps[step].silent:
        shown.add(stage)
    return w.revealed if shown <= w.revealed else w.revealed | shown
