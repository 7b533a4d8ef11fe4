"""What merging and splitting themes does beside the board: to the votes on them, and to what was said of them."""
from collections.abc import Mapping

from workshop.events.event import put
from workshop.state import Edit, Result, Workshop
from workshop.state.changed import replace
from workshop.state.edits import under


def edited(w: Workshop, stage: str, edit: Edit, results: Mapping[str, Result]) -> Workshop:
    """*w* in which *edit* of the board of *stage* was done, undone or done again; as it is where nobody has voted on that board.

    *results*: what the closed votes on it come to now, where that is something else.
    """
    if not any(w.source(vote) == stage for vote in w.votes):
        return w
    w, edit = (_back(w, edit), edit) if edit.undone else (w, edit) if edit.split else _over(w, edit)
    board = w.boards[stage]
    edits = tuple(sorted((edit, *(e for e in board.edits if e.step != edit.step)), key=lambda e: e.step))
    votes = {id: under(vote, edits) if w.source(id) == stage else vote for id, vote in w.votes.items()}
    votes |= {id: replace(votes[id], result=result) for id, result in results.items()}
    return replace(w, boards=put(w.boards, stage, replace(board, edits=edits)), votes=votes)


def _over(w: Workshop, edit: Edit) -> tuple[Workshop, Edit]:
    """What was said, promised and chosen for the old option is for the new one; the edit notes what that was."""
    there = w.helpers.get(edit.new, ())
    edit = replace(edit, points=tuple(id for id, point in w.points.items() if point.priority == edit.old),
                   actions=tuple(id for id, action in w.actions.items() if action.priority == edit.old),
                   helpers=tuple(person for person in w.helpers.get(edit.old, ()) if person not in there),
                   seats=tuple((stage, person) for stage, seats in w.tables.items() for person, at in seats.items() if at == edit.old),
                   on_stage=tuple(stage for stage, at in w.on_stage.items() if at == edit.old))
    if edit.helpers:
        w = replace(w, helpers=put(w.helpers, edit.new, (*there, *edit.helpers)))
    return _standing_at(w, edit, edit.old, edit.new), edit


def _back(w: Workshop, edit: Edit) -> Workshop:
    """What the edit took over is the old option's again, but for what was taken back or put elsewhere meanwhile."""
    there, old = w.helpers.get(edit.new, ()), w.helpers.get(edit.old, ())
    if edit.helpers:
        kept = tuple(person for person in old if person in there or person not in edit.helpers)
        w = replace(w, helpers={**w.helpers, edit.old: kept, edit.new: tuple(p for p in there if p not in edit.helpers)})
    return _standing_at(w, edit, edit.new, edit.old)


def _standing_at(w: Workshop, edit: Edit, was: str, now: str) -> Workshop:
    """*w* in which what *edit* carries and stands at the option *was* stands at *now*."""
    if edit.points:
        w = replace(w, points=w.points | {id: replace(w.points[id], priority=now) for id in edit.points
                                          if id in w.points and w.points[id].priority == was})
    if edit.actions:
        w = replace(w, actions=w.actions | {id: replace(w.actions[id], priority=now) for id in edit.actions
                                            if id in w.actions and w.actions[id].priority == was})
    for stage, person in edit.seats:
        if w.tables[stage].get(person) == was:
            w = replace(w, tables=put(w.tables, stage, put(w.tables[stage], person, now)))
    for stage in edit.on_stage:
        if w.on_stage[stage] == was:
            w = replace(w, on_stage=put(w.on_stage, stage, now))
    return w
