"""What facilitators set aside: nobody else sees such an idea until they give it back."""
from dataclasses import dataclass

from workshop.events.board import back_to, changed, standing
from workshop.events.brainstorm import chart_of, readers, taken_off
from workshop.events.event import Event, put
from workshop.state import Board, Idea, Step, Withheld, Workshop
from workshop.state.changed import replace


@dataclass(frozen=True)
class IdeaWithheld(Event):
    """A facilitator set an idea aside; it leaves chart, stars and boards and stays in the journal.  *reason* may be empty."""

    idea: str
    reason: str = ""

    def apply(self, w: Workshop) -> Workshop:
        was, before = w.ideas[self.idea], w.boards
        withheld = Withheld(self.reason, self.idea in w.stars.get(chart_of(w, self.idea), ()))
        w = taken_off(w, replace(was, withheld=withheld, turns=was.turns + 1))
        return replace(w, boards={stage: _noted(w, before[stage], board, self) if _may_be_on(w, board, was) else board
                                  for stage, board in w.boards.items()})

    def touches(self, w: Workshop) -> frozenset[str] | None:
        return _seen_by(w, self.idea)


@dataclass(frozen=True)
class IdeaGivenBack(Event):
    """A facilitator gave an idea back: it is where it was, as far as that is still there, and starred where a star is left."""

    idea: str

    def apply(self, w: Workshop) -> Workshop:
        was, key = w.ideas[self.idea], chart_of(w, self.idea)
        idea = replace(was, withheld=None, turns=was.turns + 1)
        w = replace(w, ideas=put(w.ideas, idea.id, idea))
        if was.withheld.starred and idea.stands and len(w.stars.get(key, ())) < w.plan.top:
            w = replace(w, stars=put(w.stars, key, (*w.stars.get(key, ()), was.id)))
        return replace(w, boards={stage: _put_back(w, board, self) if _may_be_on(w, board, was) else board for stage, board in w.boards.items()})

    def touches(self, w: Workshop) -> frozenset[str] | None:
        return _seen_by(w, self.idea)


def _seen_by(w: Workshop, idea: str) -> frozenset[str] | None:
    """Whose own drawings may show *idea*: its table's, until it is on a board or a ballot."""
    stage = w.ideas[idea].stage
    return None if any(w.source(later) == stage for later in (*w.boards, *w.votes)) else readers(w, idea)


def _may_be_on(w: Workshop, board: Board, idea: Idea) -> bool:
    return w.source(board.stage) == idea.stage and not idea.parked


def _last(board: Board, idea: str) -> Step | None:
    """The step of *board* by which *idea* was set aside, or given back, last."""
    return next((s for s in reversed(board.history) if s.withheld and s.withheld[0] == idea), None)


def _noted(w: Workshop, before: Board, after: Board, event: IdeaWithheld) -> Board:
    """*after*, with the step that set an idea aside in its history: a new one, or the last done again."""
    last = _last(before, event.idea)
    return _with_step(after, w, before, (event.idea, event.reason), last, back=False)


def _put_back(w: Workshop, board: Board, event: IdeaGivenBack) -> Board:
    """*board* with what setting the idea aside changed as it was, but for what somebody put elsewhere since."""
    last = _last(board, event.idea)
    if not last or last.back:   # the board was made while the idea was away
        return board
    spots = {i: standing(w, was) for i, (was, now) in last.ideas.items() if w.ideas[i].stands and board.spot(i) == now}
    return _with_step(back_to(board, spots), w, board, last.withheld, last, back=True)


def _with_step(after: Board, w: Workshop, before: Board, withheld: tuple[str, str], last: Step | None, back: bool) -> Board:
    ideas = {i: (before.spot(i), after.spot(i)) for i in changed(before, after)}
    step = Step(w.seq, w.by, w.at, "IdeaWithheld", last.seq if last else 0, back, ideas, withheld=withheld)
    return replace(after, history=(*(replace(s, undone=True) if s is last else s for s in after.history), step))
