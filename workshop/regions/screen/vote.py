"""How many have voted; and what came out, once the facilitator shows it."""
from dataclasses import dataclass

from workshop.charter.backing import not_alone
from workshop.regions.region import Context, region
from workshop.regions.screen.frame import is_open
from workshop.regions.options import how_sure, option, place
from workshop.regions.shared import Side, fill_of, sides
from workshop.room import Room
from workshop.rules.before import criteria
from workshop.rules.vote import places
from workshop.state import Vote, Workshop

MOST = 16


@dataclass(frozen=True)
class Turnout:
    """How many *voted* of the *count* people of a side."""

    side: Side
    voted: int


@region("screen")
def screen_vote(w: Workshop, room: Room, key: str) -> Context:
    """Turnout, what the vote is for and by what, and the options in an order by chance.  Nothing here says what anybody chose."""
    vote = w.votes.get(w.open_id) if is_open(w, "vote") else None
    shown = bool(vote) and not vote.shown
    options = tuple(option(w, vote, key) for key in vote.papers[0]) if shown else ()
    return {"shown": shown, "closed": bool(shown and vote.result), "voted": len(vote.counted) if shown else 0, "people": len(w.people),
            "turnout": _turnout(w, vote) if shown else (), "options": options[:MOST], "more": max(0, len(options) - MOST),
            "priorities": places(w, w.open) if shown else 0, "run_off": bool(shown and w.open.run_off), "tie": w.plan.tie,
            "criteria": criteria(w, w.open_id) if shown else ()}


def _turnout(w: Workshop, vote: Vote) -> tuple[Turnout, ...]:
    voted = {side.name: side.count for side in sides(w, vote.counted)}
    return tuple(Turnout(side, voted[side.name]) for side in sides(w))


@region("screen")
def screen_result(w: Workshop, room: Room, key: str) -> Context:
    """The priorities with every dot, then the rest; nothing before the facilitator shows it.

    *hidden* are the sides that are too small to be shown alone; *sure* says whether one more voter could have changed it.
    """
    vote = w.votes.get(w.open_id) if is_open(w, "vote") else None
    result = vote.result if vote and vote.shown else None
    if not result:
        return {"shown": False, "podium": (), "rest": (), "sides": (), "hidden": "", "most": 0, "sure": "", "tied": 0, "run_off": False}
    places = tuple(place(w, vote, row) for row in result.rows)
    first = {*result.priorities, *result.tied}
    return {"shown": True, "podium": tuple(p for p in places if p.option.key in first),
            "rest": tuple(p for p in places if p.option.key not in first),
            "sides": tuple(Side(name, fill_of(w, name), n) for name, n in result.sides.items()), "hidden": not_alone(result),
            "most": max(row.dots for row in result.rows), "sure": how_sure(w, vote), "tied": len(result.tied),
            "run_off": bool(w.run_off(vote.stage))}
