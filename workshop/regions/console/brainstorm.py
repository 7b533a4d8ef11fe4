"""Tables at work: who is quiet, and what is new."""
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from workshop.regions.console.frame import stage_kind
from workshop.regions.region import Context, region
from workshop.regions.shared import Side, sides
from workshop.room import Room
from workshop.rules.brainstorm import stars_open
from workshop.rules.stages import MINUTE, standing
from workshop.state import Idea, Workshop

NEWEST, MINUTES = 8, 12
GROUP, AT = attrgetter("group"), attrgetter("at")


@dataclass(frozen=True)
class Table:
    """One group as the console lists it.  *newest*: ms of its newest idea, or of the stage's opening; *minutes*: ideas in each of the
    last minutes in which anybody wrote."""

    name: str
    sides: tuple[Side, ...]
    people: int
    ideas: int
    newest: int
    none: bool
    ready: int
    minutes: tuple[int, ...]


@region("console", listed=True)
def tables(w: Workshop, room: Room, key: str) -> Context:
    """A row for each table while people write: counts only, so that silence stays silent."""
    shown = stage_kind(w) == "brainstorm" and not stars_open(w, w.open_id)
    ideas = w.ideas_of(w.open_id) if shown else ()
    ready = room.ready.get(standing(w), frozenset())
    count, newest, minutes = Counter(map(GROUP, ideas)), dict(zip(map(GROUP, ideas), map(AT, ideas))), _minutes(ideas)
    rows = [(g.id, Table(g.name, sides(w, g.people), len(g.people), count[g.id], newest.get(g.id, w.opened[w.open_id]), not count[g.id],
                         len(ready.intersection(g.people)), tuple(minute[g.id] for minute in minutes))) for g in (w.groups_of(w.open_id) if shown else ())]
    return {"shown": shown, "entries": rows, "count": len(rows), "people": len(w.people), "ideas": len(ideas), "code": w.code,
            "silent": w.is_silent(w.open_id), "stage": w.open_id, "word": w.plan.group_word}


@region("console", listed=True)
def newest(w: Workshop, room: Room, key: str) -> Context:
    """The ideas that came last; none while writing is silent."""
    shown = stage_kind(w) == "brainstorm" and not stars_open(w, w.open_id)
    silent = shown and w.is_silent(w.open_id)
    ideas = w.ideas_of(w.open_id)[-NEWEST:][::-1] if shown and not silent else ()
    names = {g.id: g.name for g in w.groups_of(w.open_id)} if shown else {}
    return {"shown": shown, "silent": silent, "entries": [(i.id, (names.get(i.group, ""), i.text, i.at, i.late, i.turns)) for i in ideas]}


def _minutes(ideas: Sequence[Idea]) -> list[Counter[str]]:
    """How many ideas each group had in each of the ``MINUTES`` up to that of the last of *ideas*, which come oldest first."""
    last = ideas[-1].at // MINUTE if ideas else 0
    begins = [bisect_left(ideas, minute * MINUTE, key=AT) for minute in range(last - MINUTES + 1, last + 2)]
    return [Counter(map(GROUP, ideas[start:end])) for start, end in pairwise(begins)]
