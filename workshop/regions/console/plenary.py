"""Stars, and the tables in turn."""
from dataclasses import dataclass

from workshop.regions.console.frame import stage_kind
from workshop.regions.region import Context, region
from workshop.room import Room
from workshop.rules.brainstorm import stars_open
from workshop.state import Workshop


@dataclass(frozen=True)
class Stars:
    """A table's starred ideas: (id, words, how often withheld).  *proxies*: its people without a phone; *chart*: (id, words, starred) for whoever stars for them."""

    name: str
    starred: tuple[tuple[str, str, int], ...]
    ideas: int
    proxies: tuple[tuple[str, str], ...]
    chart: tuple[tuple[str, str, bool], ...]
    speaking: bool
    turn: int


@region("console", listed=True)
def table_stars(w: Workshop, room: Room, key: str) -> Context:
    """Each table's stars while they are given, and in plenary whose turn it is."""
    kind = stage_kind(w)
    plenary = kind == "plenary"
    written = w.source(w.open_id) if plenary else w.open_id
    shown = plenary or kind == "brainstorm" and stars_open(w, w.open_id)
    groups = w.groups_of(w.open_id) if shown else ()
    now = next((n for n, g in enumerate(groups) if g.id == w.sharing.get(w.open_id)), -1)
    rows = [(g.id, (_row(w, written, g, n, n == now), plenary, w.open_id, w.code, w.plan.group_word, w.plan.top)) for n, g in enumerate(groups)]
    following = groups[now + 1] if plenary and now + 1 < len(groups) else None
    return {"shown": shown, "entries": rows, "top": w.plan.top, "stage": w.open_id, "code": w.code, "plenary": plenary, "word": w.plan.group_word,
            "following": (following.id, following.name) if following else None, "count": len(groups),
            "given": sum(len(row[1][0].starred) for row in rows)}


def _row(w: Workshop, written: str, group, turn: int, speaking: bool) -> Stars:
    stars = [idea for idea in w.stars.get((written, group.id), ()) if w.ideas[idea].stands]
    proxies = tuple((p, w.people[p].name) for p in group.people if w.people[p].name and not w.people[p].phone)
    chart = w.chart(written, group.id)
    return Stars(group.name, tuple((idea, w.ideas[idea].text, w.ideas[idea].turns) for idea in stars), len(chart), proxies,
                 tuple((i.id, i.text, i.id in stars) for i in chart) if proxies else (), speaking, turn + 1)
