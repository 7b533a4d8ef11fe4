"""What is possible, what is in the way, who does what."""
from dataclasses import dataclass

from workshop.charter.figures import option_name
from workshop.regions.console.frame import stage_kind
from workshop.regions.console.vote import mark_of
from workshop.regions.region import Context, region
from workshop.room import Room
from workshop.rules.discuss import on_the_table
from workshop.state import POINT_KINDS, Action, Workshop


@dataclass(frozen=True)
class Talk:
    """One priority.  *points*: a tuple of (id, words) for each kind of ``POINT_KINDS``; *people*: who sits with it."""

    option: str
    mark: str
    name: str
    wording: str
    points: tuple[tuple[tuple[str, str], ...], ...]
    actions: tuple[Action, ...]
    helpers: int
    people: int
    on_stage: bool


@region("console", listed=True)
def talk(w: Workshop, room: Room, key: str) -> Context:
    """Each priority with what was said about it and who does what."""
    shown = stage_kind(w) == "discuss"
    options = on_the_table(w, w.open_id) if shown and w.last_vote else ()
    stage = w.open_id
    return {"shown": shown, "side_by_side": bool(w.open and w.open.side_by_side), "people": len(w.people),
            "seated": len(w.tables.get(stage, {})), "bare": not options, "actions": sum(1 for a in w.actions.values() if a.stage == stage),
            "entries": [(option.replace(":", "-"), (_talk(w, option), stage, w.code, w.open.side_by_side)) for option in options]}


def _talk(w: Workshop, option: str) -> Talk:
    stage, board = w.open_id, w.boards.get(w.source(w.last_vote.stage))
    said = [p for p in w.points.values() if (p.stage, p.priority) == (stage, option)]
    theme = board.themes.get(int(option[6:])) if board and option.startswith("theme:") else None
    return Talk(option, mark_of(option), option_name(w, w.last_vote.stage, option), theme.wording if theme else "",
                tuple(tuple((p.id, p.text) for p in said if p.kind == kind) for kind in POINT_KINDS),
                tuple(a for a in w.actions.values() if (a.stage, a.priority) == (stage, option)), len(w.helpers.get(option, ())),
                sum(1 for priority in w.tables.get(stage, {}).values() if priority == option), _on_stage(w, option))


def _on_stage(w: Workshop, option: str) -> bool:
    now = w.on_stage.get(w.open_id)
    return now == option if now else not w.open.side_by_side and option == on_the_table(w, w.open_id)[0]
