"""Which of its views a phone shows, and which chart it looks back at."""
from workshop.state import Workshop


def view(w: Workshop) -> str:
    """What phones show now: the stage's kind, or a word of its own where a kind has two views."""
    if w.ended:
        return "charter" if w.amending else "ended"
    if not w.open:
        return "before"
    kind = w.open.kind
    if kind == "brainstorm":
        return "stars" if w.step.stars else "writing"
    if kind == "plenary":
        return "plenary" if w.sharing.get(w.open_id) else "stars"
    if kind == "vote":
        return "counted" if w.votes[w.open_id].result else "vote"
    return "adopted" if kind == "charter" and not w.drafting else kind


def charted(w: Workshop) -> str:
    """The stage whose chart phones show or look back at: what the plenary takes from, else the brainstorm opened last."""
    if w.open and w.open.kind == "plenary":
        return w.source(w.open_id)
    return next((stage for _at, stage, _step in reversed(w.timeline) if w.plan.stage(stage).kind == "brainstorm"), "")

