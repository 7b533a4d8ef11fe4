"""Ideas as they come: the count, the newest, the wall; and each table's turn in plenary."""
from dataclasses import dataclass

from workshop.regions.region import Context, region
from workshop.regions.screen.frame import is_open
from workshop.room import Room
from workshop.state import Workshop

WALLS = (16, 24, 40, 48, 61)
MOST = 300


@dataclass(frozen=True)
class Table:
    """A group's name, and how many ideas or stars it has."""

    name: str
    count: int


@region("screen")
def screen_ideas(w: Workshop, room: Room, key: str) -> Context:
    """The count and the newest idea; while writing is silent how many by table; in a step with stars how many are given."""
    shown = is_open(w, "brainstorm")
    stars, silent = shown and w.step.stars, w.is_silent(w.open_id)
    groups = w.groups_of(w.open_id) if shown else ()
    ideas = w.ideas_of(w.open_id) if shown else ()
    newest = ideas[-1] if ideas and not silent and not stars else None
    counts = w.stars if stars else w.charts
    return {"shown": shown, "silent": silent, "stars": stars, "top": w.plan.top, "word": w.plan.group_word, "count": len(ideas),
            "newest": (newest.id, newest.text) if newest else None,
            "table": next((g.name for g in groups if newest and g.id == newest.group and len(groups) > 1), ""),
            "tables": tuple(Table(g.name, _standing(w, counts.get((w.open_id, g.id), ()))) for g in groups) if silent or stars else ()}


def _standing(w: Workshop, ideas: tuple[str, ...]) -> int:
    return sum(1 for idea in ideas if w.ideas[idea].stands)


@region("screen", listed=True)
def idea_wall(w: Workshop, room: Room, key: str) -> Context:
    """Every idea, oldest first, in the text size for so many.  The page goes smaller, or turns, where they do not fit."""
    shown = is_open(w, "brainstorm") and not w.is_silent(w.open_id) and not w.step.stars
    ideas = w.ideas_of(w.open_id)[-MOST:] if shown else ()
    groups = w.groups_of(w.open_id)
    names = {g.id: g.name for g in groups} if len(groups) > 1 else {}
    size = next((n for n in WALLS if len(ideas) <= n), WALLS[-1])
    return {"shown": shown, "size": size, "word": w.plan.group_word, "tables": bool(names),
            "entries": [(i.id, (names.get(i.group, ""), i.text)) for i in ideas]}


@region("screen")
def screen_sharing(w: Workshop, room: Room, key: str) -> Context:
    """The table that speaks, its starred ideas, and the order of tables.  *now* counts from 1, 0 before the first."""
    shown = is_open(w, "plenary")
    groups = w.groups_of(w.open_id) if shown else ()
    now = next((n for n, g in enumerate(groups, start=1) if g.id == w.sharing.get(w.open_id)), 0)
    starred = w.stars.get((w.source(w.open_id), groups[now - 1].id), ()) if now else ()
    return {"shown": shown, "word": w.plan.group_word, "tables": tuple(g.name for g in groups), "now": now,
            "starred": tuple(w.ideas[i].text for i in starred if w.ideas[i].stands)}
