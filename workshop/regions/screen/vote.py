"""How many have voted; and what came out, once the facilitator shows it."""
from dataclasses import dataclass, replace

from workshop.charter.backing import not_alone, on_paper
from workshop.regions.region import Context, region
from workshop.regions.screen.frame import is_open
from workshop.regions.options import how_sure, option, revealed, said_of_rounds
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
    shown = bool(vote) and vote.from_rank is None
    options = tuple(option(w, vote, key) for key in vote.papers[0]) if shown else ()
    return {"shown": shown, "closed": bool(shown and vote.result), "voted": vote.voters if shown else 0, "people": max(len(w.people), vote.voters) if shown else 0,
            "turnout": _by_side(w, vote) if shown else (), "options": options[:MOST], "more": max(0, len(options) - MOST),
            "priorities": places(w, w.open) if shown else 0, "run_off": bool(shown and w.open.run_off), "tie": w.plan.tie,
            "criteria": criteria(w, w.open_id) if shown else ()}


def _by_side(w: Workshop, vote: Vote) -> tuple[Turnout, ...]:
    voted = {side.name: side.count + (vote.sheets[side.name].people if side.name in vote.sheets else 0) for side in sides(w, vote.counted)}
    return tuple(Turnout(replace(side, count=max(side.count, voted[side.name])), voted[side.name]) for side in sides(w))


@region("screen")
def screen_result(w: Workshop, room: Room, key: str) -> Context:
    """The priorities from the last place to the first, then all the rest; nothing before the facilitator shows it.

    *ahead*: how many places are still to come.  *scale*: the dots that a bar of full length would stand for, all that
    one side could have given (on what was merged, all of their dots); it tells nothing of what is to come and is the same from the first place on.  *hidden*
    are the sides that are too small to be shown alone; *sure* says whether one more voter could have changed it.
    """
    vote = w.votes.get(w.open_id) if is_open(w, "vote") else None
    if not vote or vote.from_rank is None:
        return {"shown": False, "whole": False, "podium": (), "ahead": 0, "rest": (), "bare": (), "sides": (), "hidden": "", "on_paper": "", "scale": 0, "most": 0,
                "sure": "", "tied": 0, "run_off": False, "rounds": ""}
    result, whole, (podium, rest) = vote.result, vote.shown, revealed(w, vote)
    return {"shown": True, "whole": whole, "podium": podium, "ahead": max(vote.from_rank - 1, 0), "rest": tuple(p for p in rest if p.dots),
            "bare": tuple(p.option for p in rest if not p.dots), "sides": tuple(Side(name, fill_of(w, name), result.sides[name]) for name in w.plan.constituencies if name in result.sides),
            "hidden": not_alone(result), "on_paper": on_paper(result), "scale": max(result.sides.values(), default=result.voters) * (vote.dots if vote.drawn else vote.cap),
            "most": max(row.dots for row in result.rows) if whole else 0, "sure": how_sure(w, vote) if whole else "",
            "tied": len(result.tied) if whole else 0, "run_off": whole and bool(w.run_off(vote.stage)),
            "rounds": said_of_rounds(w, vote) if whole else ""}
