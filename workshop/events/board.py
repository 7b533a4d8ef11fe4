"""What all changes of a board have in common: they are noted in its history, and can be taken back."""
from collections.abc import Mapping
from dataclasses import dataclass, field

from workshop.events.edits import edited
from workshop.events.event import Event, put, without
from workshop.state import Board, Result, Spot, Step, Workshop
from workshop.state.changed import replace


@dataclass(frozen=True)
class BoardEvent(Event, kind=False):
    """A change of one board: ``on`` gives the new one."""

    stage: str

    def apply(self, w: Workshop) -> Workshop:
        before = w.boards[self.stage]
        return replace(w, boards=put(w.boards, self.stage, _noted(before, self.on(before, w), self.as_step(before, w))))

    def on(self, board: Board, w: Workshop) -> Board:
        raise TypeError(f"{type(self).__name__} says no change")

    def as_step(self, board: Board, w: Workshop) -> Step:
        """How the history of *board* names this."""
        return Step(w.seq, w.by, w.at, type(self).__name__)


@dataclass(frozen=True)
class StepUndone(BoardEvent):
    """What the step of number *step* did to *ideas*, its themes and the suggestion was taken back.

    The undoing is a step itself; to undo that does it again.  *results*: what closed votes come to, where it was a merge
    or a split since people voted.
    """

    step: int
    ideas: tuple[str, ...]
    results: Mapping[str, Result] = field(default_factory=dict)

    def apply(self, w: Workshop) -> Workshop:
        board = w.boards[self.stage]
        step = board.step(self.step)
        edit = next((e for e in board.edits if e.step == board.root(step).seq), None)
        w = super().apply(w)
        return edited(w, self.stage, replace(edit, undone=not step.back), self.results) if edit else w

    def as_step(self, board: Board, w: Workshop) -> Step:
        return replace(super().as_step(board, w), of=self.step, back=not board.step(self.step).back)

    def on(self, board: Board, w: Workshop) -> Board:
        step = board.step(self.step)
        spots = {idea: standing(w, step.ideas[idea][0]) for idea in self.ideas}
        removed = {n for n, (was, _now) in step.themes.items() if was is None}
        back = {n: was for n, (was, _now) in step.themes.items() if was}
        # A theme whose acceptance is undone may be accepted again.
        gone = board.gone if step.kind == "SuggestionAccepted" else board.gone | removed
        board = _with_suggestion(_with_spots(board, spots), step)
        board = replace(board, themes=dict(sorted({**without(board.themes, *removed), **back}.items())), gone=gone - set(back),
                        history=tuple(replace(s, undone=True) if s is step else s for s in board.history))
        return _settled(board)


def standing(w: Workshop, spot: Spot) -> Spot:
    """*spot*, on its own where the idea on whose card it was has been taken away."""
    return replace(spot, card="") if spot.card and not w.ideas[spot.card].stands else spot


def back_to(board: Board, spots: Mapping[str, Spot]) -> Board:
    """*board* with each idea of *spots* there, as far as that is still there."""
    return _settled(_with_spots(board, spots))


def changed(before: Board, after: Board) -> list[str]:
    """The ideas that are somewhere else, or held otherwise, on *after*."""
    moved = before.held ^ after.held
    for was, now in ((before.place, after.place), (before.cards, after.cards)):
        moved |= {i for i in was.keys() | now.keys() if was.get(i) != now.get(i)} if was is not now else set()
    return sorted(moved)


def _settled(board: Board) -> Board:
    """*board* with ideas whose theme went in the tray, and those whose card lies elsewhere on their own: other undoings or an
    author may have put them there since."""
    lost = [idea for idea, theme in board.place.items() if theme not in board.themes]
    board = _with_spots(board, {idea: Spot(-1, False, "") for idea in lost})
    apart = [idea for idea, card in board.cards.items() if board.cards.get(card) or board.spot(card) != replace(board.spot(idea), card="")]
    return replace(board, cards=without(board.cards, *apart)) if apart else board


def _with_spots(board: Board, spots: dict[str, Spot]) -> Board:
    place = without(board.place, *spots) | {idea: spot.theme for idea, spot in spots.items() if spot.theme >= 0}
    cards = without(board.cards, *spots) | {idea: spot.card for idea, spot in spots.items() if spot.card}
    held = board.held - set(spots) | {idea for idea, spot in spots.items() if spot.held}
    return replace(board, place=place, cards=cards, held=held)


def _with_suggestion(board: Board, step: Step) -> Board:
    """The suggestion that *step* took in, or put back, as it was, unless another came or is under way."""
    if not step.suggestion or board.suggestion is not step.suggestion[1] or board.waiting:
        return board
    was = step.suggestion[0]
    return replace(board, suggestion=was, asked=was.asked if was else 0)


def _noted(before: Board, after: Board, step: Step) -> Board:
    """*after*, with *step* in its history if any idea or theme changed."""
    after = replace(after, top=max([after.top, *after.themes]))
    moved = changed(before, after)
    themes = {n: (before.themes.get(n), after.themes.get(n)) for n in before.themes.keys() | after.themes.keys()
              if before.themes.get(n) != after.themes.get(n)}
    if not moved and not themes:
        return after
    suggestion = (before.suggestion, after.suggestion) if before.suggestion is not after.suggestion else None
    noted = replace(step, ideas={i: (before.spot(i), after.spot(i)) for i in moved}, themes=themes, suggestion=suggestion)
    return replace(after, history=(*after.history, noted))
