"""What was done to the board, by whom, and what can be undone."""
from dataclasses import dataclass

from workshop.regions.console.themes import board_now, locked
from workshop.regions.region import Context, region
from workshop.room import Room
from workshop.rules.board import in_the_way, next_redo, next_undo
from workshop.rules.edits import edit_of
from workshop.state import Board, Step, Workshop

SHOWN = 20   # steps, the latest


@dataclass(frozen=True)
class Done:
    """A step as people call it.  *kind*: the event; *n*: how many ideas; *name*, *other*: the themes that it is about."""

    kind: str
    by: str
    n: int
    name: str
    other: str


@dataclass(frozen=True)
class Turn:
    """What can be done about a step: *press* is the step to undo now.

    *undone*: the step does not stand, so that pressing does it again; *first*: what has to go before it.
    """

    done: Done
    at: int
    press: int
    undone: bool
    first: Done | None
    first_undone: bool


@region("console")
def board_history(w: Workshop, room: Room, key: str) -> Context:
    """The last step, and what the two buttons would undo and do again."""
    board = board_now(w)
    undo, redo = (_turnable(w, board, next_undo(w, board)), _turnable(w, board, next_redo(w, board))) if board else (None, None)
    return {"shown": board is not None, "stage": w.open_id, "code": w.code,
            "undo": undo and (undo.seq, _done(w, board, undo)), "redo": redo and (redo.seq, _done(w, board, redo))}


def _turnable(w: Workshop, board: Board, step: Step | None) -> Step | None:
    """*step*, unless it is one of before the vote and that has opened."""
    return step if step and (not locked(w) or not step.ideas or step.withheld or edit_of(w, board, step)) else None


@region("console", listed=True)
def board_steps(w: Workshop, room: Room, key: str) -> Context:
    """The latest steps, newest first, each with what undoes it."""
    board = board_now(w)
    steps = [s for s in board.history if not s.of][-SHOWN:] if board else []
    return {"some": bool(steps), "entries": [(str(s.seq), (_turn(w, board, s), w.open_id, w.code)) for s in reversed(steps)]}


def _turn(w: Workshop, board: Board, step: Step) -> Turn:
    tip = step
    while after := next((s for s in board.history if s.of == tip.seq), None):
        tip = after
    first = in_the_way(w, board, tip)
    return Turn(_done(w, board, step), step.at, first.seq if first else tip.seq, tip.back,
                _done(w, board, first) if first else None, bool(first and first.back))


def _done(w: Workshop, board: Board, step: Step) -> Done:
    """*step*, or the one that it undid, in words."""
    at = step
    while at.of:
        at = board.step(at.of)
    names = {n: theme.name for s in board.history for n, pair in s.themes.items() for theme in pair if theme}
    goal = next((names.get(now.theme, "") for _was, now in at.ideas.values()), "")
    was, now = next(iter(at.themes.values()), (None, None))
    by = w.facilitators.get(step.by)
    return Done(at.kind, by.name if by else "", len(at.ideas), (was or now).name if was or now else goal, now.name if now else goal)
