"""Which of its views a phone shows, and which chart it looks back at."""
from collections.abc import Mapping

from workshop.state import Idea, Workshop

_authors: dict[str, tuple[Mapping[str, Idea], dict[tuple[str, str], list[Idea]]]] = {}


def view(w: Workshop) -> str:
    """What phones show now: the stage's kind, or a word of its own where a kind has two views."""
    if w.ended:
        return "ended"
    if not w.open:
        return "before"
    kind = w.open.kind
    if kind == "brainstorm":
        return "stars" if w.step.stars else "writing"
    if kind == "plenary":
        return "plenary" if w.sharing.get(w.open_id) else "stars"
    if kind == "vote":
        return "counted" if w.votes[w.open_id].result else "vote"
    return "adopted" if kind == "charter" and w.adopted else kind


def charted(w: Workshop) -> str:
    """The stage whose chart phones show or look back at: what the plenary takes from, else the brainstorm opened last."""
    if w.open and w.open.kind == "plenary":
        return w.source(w.open_id)
    return next((stage for _at, stage, _step in reversed(w.timeline) if w.plan.stage(stage).kind == "brainstorm"), "")


def authored(w: Workshop, person: str, stage: str) -> list[Idea]:
    """The ideas of *person* in *stage* that still stand.

    Sorted once for everybody until an idea changes: every phone asks in every beat.
    """
    ideas, sorted_out = _authors.get(w.code, (None, {}))
    if ideas is not w.ideas:
        sorted_out = {}
        for idea in w.ideas.values():
            if not idea.withdrawn:
                sorted_out.setdefault((idea.author, idea.stage), []).append(idea)
        _authors[w.code] = w.ideas, sorted_out
    return sorted_out.get((person, stage), [])
