"""Merging and splitting themes that people have voted on: no dot is lost, and none goes where nobody said."""
from dataclasses import replace

from workshop.events import Event
from workshop.events.board import StepUndone
from workshop.events.themes import ThemeMade, ThemesMerged
from workshop.rules.command import Refused
from workshop.rules.vote import counted
from workshop.state import Board, Edit, Step, Vote, Workshop
from workshop.words import N_

DOTS = ("stay", "go")


def votes_on(w: Workshop, stage: str) -> tuple[Vote, ...]:
    """The votes on the board of *stage* that have opened, in the plan's order: first rounds ahead of what follows them."""
    return tuple(w.votes[s.id] for s in w.plan.stages if s.id in w.votes and w.source(s.id) == stage)


def no_run_off_open(w: Workshop, stage: str, *options: str) -> None:
    """Refuse what would change who stands in a run-off while people vote in it."""
    if any(w.plan.stage(vote.stage).run_off and not vote.result and set(options) & set(vote.options) for vote in votes_on(w, stage)):
        raise Refused(N_("A run-off with this theme is open. Close it first, then change the theme."))


def split_from(w: Workshop, board: Board, ideas: tuple[str, ...], dots: str) -> int:
    """The theme that *ideas* are split from, where people have voted on it, once it is said where its *dots* go."""
    themes = {board.place.get(idea, -1) for idea in ideas}
    if len(themes) != 1 or -1 in themes:
        raise Refused(N_("People have voted. Choose ideas of one theme, then split that."))
    theme = themes.pop()
    if set(board.ideas_in(theme)) <= set(ideas):
        raise Refused(N_("That would leave nothing in the theme. Rename it instead."))
    if dots not in DOTS:
        raise Refused(N_("People have voted on this theme. Say where its dots go: all stay, or all go to the new theme."))
    no_run_off_open(w, board.stage, f"theme:{theme}")
    return theme


def edit_of(w: Workshop, board: Board, step: Step) -> Edit | None:
    """The merge or split since people voted that *step* did, undid or did again, while it can be turned round.

    A vote that opened after it has its options as it left them; to undo it would split or merge them without a word.
    """
    root = board.root(step).seq
    edit = next((e for e in board.edits if e.step == root), None)
    return edit if edit and all(vote.at < edit.step for vote in votes_on(w, board.stage)) else None


def recounted(w: Workshop, event: ThemesMerged | ThemeMade | StepUndone) -> Event:
    """*event* with what every closed vote on its board comes to after it, where that is something else."""
    if not all(vote.has_its_ballots for vote in votes_on(w, event.stage)):
        raise Refused(N_("This workshop came from an export without ballots, so what was voted on stays as it is."))
    after = event.apply(replace(w, seq=w.seq + 1))
    results = {}
    for vote in votes_on(after, event.stage):
        if vote.result and (result := counted(after, vote.stage)) != vote.result:
            results[vote.stage] = result
            after = replace(after, votes={**after.votes, vote.stage: replace(vote, result=result)})
    return replace(event, results=results)
