"""Voting once more, and changing the options after the vote has opened."""
from dataclasses import dataclass
from itertools import count

from workshop.charter import rounds as told
from workshop.charter.figures import option_name
from workshop.regions.console.frame import stage_kind
from workshop.regions.console.themes import board_now, locked
from workshop.regions.console.vote import mark_of
from workshop.regions.region import Context, region
from workshop.room import Room
from workshop.rules.board import next_redo, next_undo
from workshop.rules.edits import edit_of
from workshop.state import Board, Step, Vote, Workshop
from workshop.words import _


@dataclass(frozen=True)
class Beside:
    """An option's rank and dots in both rounds, and which way it went, in words."""

    mark: str
    name: str
    then: tuple[int, int] | None
    now: tuple[int, int]
    way: str
    came: bool
    went: bool


@region("console")
def rounds(w: Workshop, room: Room, key: str) -> Context:
    """What both rounds say beside each other, a second vote that can be added, and what was added by mistake.

    *new*: the id of the second vote that can be added, else empty.  *added*: (stage, title, whether it is a run-off) of what
    nobody has voted in and the room is not in.
    """
    vote = _closed(w)
    if not vote:
        return {"shown": False}
    both, base = told.compared(w, vote), _first(w, vote)
    new = next(id for n in count(1) if not w.plan.stage(id := f"second-vote-{n}") and id not in w.taken_back)
    follow = filter(None, (w.run_off(vote.stage), w.second_round(base.stage)))
    return {"shown": True, "code": w.code, "stage": base.stage, "new": "" if w.second_round(base.stage) or w.ended or not base.result else new,
            "talking": stage_kind(w) == "discuss", "added": tuple((s.id, s.title, bool(s.run_off)) for s in follow if _idle(w, s.id)),
            "said": told.in_words(w, vote, lambda option: _("“%(name)s”", name=option_name(w, vote.stage, option))),
            "both": tuple(_beside(w, vote, b) for b in both), "voters": (told.first_of(w, vote).result.voters, vote.result.voters) if both else ()}


@region("console")
def option_changes(w: Workshop, room: Room, key: str) -> Context:
    """What can be merged, what it would do to the dots, and the last change with its way back; *turn*: the last such change."""
    vote = w.votes.get(w.open_id) if stage_kind(w) == "vote" else None
    board = w.boards.get(w.source(vote.stage)) if vote else None
    if not board or w.plan.stage(vote.stage).run_off and not vote.result:
        return {"shown": False}
    dots = {row.option: row.dots for row in vote.result.rows} if vote.result else {}
    undo, redo = _turned(w, board, next_undo(w, board)), _turned(w, board, next_redo(w, board))
    return {"shown": True, "code": w.code, "board": board.stage, "cap": vote.cap, "closed": bool(vote.result),
            "options": tuple((int(o[6:]), option_name(w, vote.stage, o), dots.get(o)) for o in vote.options),
            "turn": board.history[-1].seq if board.edits else 0, "undo": undo.seq if undo else 0, "redo": redo.seq if redo else 0}


@region("console")
def split_dots(w: Workshop, room: Room, key: str) -> Context:
    """The question where dots go, for the board's sheet that splits a theme, once people have voted on it."""
    return {"asked": board_now(w) is not None and locked(w)}


@region("console")
def merge_dots(w: Workshop, room: Room, key: str) -> Context:
    """What a merge does to dots, for the board's sheet, once people have voted on it."""
    return {"asked": board_now(w) is not None and locked(w)}


def _turned(w: Workshop, board: Board, step: Step | None) -> Step | None:
    return step if step and edit_of(w, board, step) else None


def _closed(w: Workshop) -> Vote | None:
    """The closed vote that the open stage is, or talks about."""
    kind = stage_kind(w)
    vote = w.votes.get(w.open_id) if kind == "vote" else w.votes.get(w.source(w.open_id)) if kind == "discuss" else None
    return (w.votes[w.final(vote).stage] if kind == "discuss" else vote) if vote and vote.result else None


def _first(w: Workshop, vote: Vote) -> Vote:
    """The first round that *vote* belongs to."""
    at = w.plan.stage(vote.stage)
    at = w.plan.stage(at.run_off) if at.run_off else at
    return w.votes[at.second or at.id]


def _idle(w: Workshop, stage: str) -> bool:
    vote = w.votes.get(stage)
    return w.open_id != stage and not (vote and (vote.ballots or vote.sheets or vote.result))


def _beside(w: Workshop, vote: Vote, both: told.Both) -> Beside:
    then = (both.then.rank, both.then.dots) if both.then else None
    return Beside(mark_of(both.option), option_name(w, vote.stage, both.option), then, (both.now.rank, both.now.dots), told.way(both),
                  both.is_in and not both.was_in, both.was_in and not both.is_in)
