"""A workshop in a line, as lists show it."""
from dataclasses import dataclass

from workshop.state.workshop import Workshop


@dataclass(frozen=True)
class Summary:
    """*opened*: it has begun.  *open*: a stage is open.  *ended*: when, in ms, or 0.  *ideas*: those that were not taken back.
    *version* and *drafting*: of its charter, as ``Workshop`` has them."""

    opened: bool
    open: bool
    ended: int
    people: int
    ideas: int
    version: int
    drafting: bool


def summary(w: Workshop) -> Summary:
    return Summary(bool(w.opened), bool(w.open), w.ended, len(w.people), w.idea_count, w.version, w.drafting)
