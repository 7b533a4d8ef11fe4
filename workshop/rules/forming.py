"""Which ideas form themes before there is a board for them."""
from workshop.state import Idea, Workshop

LEAST = 12   # ideas from which themes are looked for


def forming_stage(w: Workshop) -> str:
    """The stage whose ideas form themes now: the one people write in, or wrote in last; "" once these have a board."""
    kind = w.open.kind if w.open and not w.ended else ""
    if kind not in ("brainstorm", "plenary", "break"):
        return ""
    before = w.last("brainstorm", w.open_id)
    stage = w.open_id if kind == "brainstorm" else w.source(w.open_id) if w.open.source else before.id if before else ""
    return "" if any(w.source(board) == stage for board in w.boards) else stage


def to_gather(w: Workshop, stage: str) -> tuple[Idea, ...]:
    """The ideas of *stage* that themes are made of: all but those in the parking lot, in the order of arrival."""
    return tuple([idea for idea in w.ideas_of(stage) if not idea.parked])
