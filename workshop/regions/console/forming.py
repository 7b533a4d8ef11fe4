"""Themes that form while people write: for the facilitators alone."""
from collections import Counter
from dataclasses import dataclass
from operator import attrgetter

from workshop.regions.region import Context, region
from workshop.room import Forming, Room
from workshop.rules.forming import LEAST, forming_stage, to_gather
from workshop.state import MARKS, Workshop


@dataclass(frozen=True)
class Row:
    """A theme that forms: *ideas* of it so far, *telling*: the most telling one, with *idea* and *turns* to withhold it."""

    mark: str
    name: str
    ideas: int
    telling: str
    idea: str
    turns: int


@region("console", listed=True)
def forming(w: Workshop, room: Room, key: str) -> Context:
    """The themes that form, each where it stood before.  Nothing of them is here while writing is silent.

    *known*: of how many of the *ideas* they are made; *tray*: how many of these fit nowhere yet.
    """
    stage = forming_stage(w)
    silent = bool(stage) and w.is_silent(stage)
    found = room.forming.get(stage, Forming()) if not silent else Forming()
    ideas = to_gather(w, stage) if stage and not silent else ()
    count = Counter(map(found.labels.get, map(attrgetter("id"), ideas)))   # None: not looked at yet
    rows = [(str(n), Row(MARKS[n % len(MARKS)], name, count[n], *_telling(w, found.examples[n])))
            for n, name in found.names.items() if count[n]]
    return {"shown": bool(stage), "silent": silent, "entries": rows, "themes": len(rows), "ideas": len(ideas), "least": LEAST,
            "known": len(ideas) - count[None], "tray": count[-1], "worker": room.worker, "stuck": room.stuck, "by_words": room.encoder == "shared words"}


def _telling(w: Workshop, examples: tuple[str, ...]) -> tuple[str, str, int]:
    """The first of these ideas that is still there: its words, its id, and how often it was withheld or given back."""
    return next(((i.text, i.id, i.turns) for i in map(w.ideas.get, examples) if i and i.stands and not i.parked), ("", "", 0))
