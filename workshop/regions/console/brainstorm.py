"""Tables at work: who is quiet, and what is new."""
from collections import Counter
from dataclasses import dataclass

from workshop.regions.console.frame import stage_kind
from workshop.regions.region import Context, region
from workshop.regions.shared import Side, sides
from workshop.room import Room
from workshop.rules.brainstorm import stars_open
from workshop.rules.stages import MINUTE, standing
from workshop.state import Idea, Workshop

NEWEST, MINUTES = 8, 12


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
    last = max((idea.at for idea in ideas), default=0)
    ready = room.ready.get(standing(w), frozenset())
    rows = []
    for group in w.groups_of(w.open_id) if shown else ():
        own = [idea for idea in ideas if idea.group == group.id]
        rows.append((group.id, Table(group.name, sides(w, group.people), len(group.people), len(own), max((i.at for i in own), default=w.opened[w.open_id]),
                                     not own, len(ready & set(group.people)), _minutes(own, last))))
    return {"shown": shown, "entries": rows, "count": len(rows), "people": len(w.people), "ideas": len(ideas), "code": w.code,
            "silent": w.is_silent(w.open_id), "stage": w.open_id, "word": w.plan.group_word}


@region("console", listed=True)
def newest(w: Workshop, room: Room, key: str) -> Context:
    """The ideas that came last; none while writing is silent."""
    shown = stage_kind(w) == "brainstorm" and not stars_open(w, w.open_id)
    silent = shown and w.is_silent(w.open_id)
    ideas = w.ideas_of(w.open_id)[-NEWEST:][::-1] if shown and not silent else ()
    names = {g.id: g.name for g in w.groups_of(w.open_id)} if shown else {}
    return {"shown": shown, "silent": silent, "entries": [(i.id, (names.get(i.group, ""), i.text, i.at, i.late)) for i in ideas]}


def _minutes(ideas: list[Idea], last: int) -> tuple[int, ...]:
    """Ideas a minute in the ``MINUTES`` up to the minute of *last* (ms), oldest first."""
    count = Counter(idea.at // MINUTE for idea in ideas)
    return tuple(count[last // MINUTE - back] for back in reversed(range(MINUTES)))
