"""Before the vote: how many dots and why, what people are asked to vote by, and options that would split the vote."""
from dataclasses import dataclass

from workshop.agenda import Stage
from workshop.regions.options import Option, option
from workshop.regions.region import Context, region
from workshop.room import Room
from workshop.rules.before import MANY, ballot_ahead, criteria, themes_for, vote_ahead
from workshop.rules.tally import advised_cap, advised_dots
from workshop.rules.vote import places, set_before
from workshop.state import Vote, Workshop

MOST = 3   # pairs at a time


@dataclass(frozen=True)
class Pair:
    """Two options that look alike.  *command*, *fields*: what puts *one* into *other*; "" where nothing can."""

    one: Option
    other: Option
    command: str
    fields: dict[str, str | int]


@region("console")
def before_vote(w: Workshop, room: Room, key: str) -> Context:
    """What is agreed for the vote that is open or comes next.

    *opened*: people vote already; *begun*: a ballot is in; *advised*: (dots, cap) for so many options; *set*, *said*: how often
    dots and criteria were set.  *instead*: what people can vote on in place of the options, "" for nothing; *chosen*: how often that was said.
    """
    stage = vote_ahead(w)
    vote = ballot_ahead(w, stage) if stage else None
    if not vote or vote.result:
        return {"shown": False}
    n, dots = len(vote.options), advised_dots(len(vote.options))
    ahead, chosen = stage.id not in w.votes, w.voted_on.get(stage.id, 0)
    instead = "themes" if ahead and n > MANY and stage.options == "ideas" and themes_for(w, stage) else "ideas" if ahead and chosen and stage.options == "themes" else ""
    return {"shown": True, "stage": stage.id, "title": stage.title, "code": w.code, "opened": stage.id in w.votes, "begun": bool(vote.ballots or vote.sheets),
            "options": n, "many": n > MANY, "instead": instead, "chosen": chosen, "single": stage.options == "ideas", "dots": vote.dots, "cap": vote.cap, "advised": (dots, advised_cap(dots)),
            "set": set_before(w, stage.id), "priorities": places(w, stage), "tie": w.plan.tie, "run_off": bool(stage.run_off),
            "sides": bool(w.plan.constituencies), "second": bool(stage.second), "criteria": criteria(w, stage.id), "said": len(w.criteria.get(stage.id, ())),
            "pairs": () if vote.ballots or vote.sheets else _pairs(w, room, stage, vote)}


def _pairs(w: Workshop, room: Room, stage: Stage, vote: Vote) -> tuple[Pair, ...]:
    """What looks alike; pairs of ideas that stand beside the board, while it is open, are said there alone."""
    kept, there, board = w.kept_both.get(stage.id, ()), set(vote.options), w.boards.get(w.open_id)
    beside = {frozenset(f"idea:{idea}" for idea in pair) for pair in board.alike} if board else ()
    pairs = [pair for pair in room.split.get(stage.id, ()) if there.issuperset(pair) and (min(pair), max(pair)) not in kept and frozenset(pair) not in beside]
    return tuple(_pair(w, stage, vote, *pair) for pair in pairs[:MOST])


def _pair(w: Workshop, stage: Stage, vote: Vote, one: str, other: str) -> Pair:
    board = w.boards.get(w.source(stage.id))
    if board and stage.options == "themes":
        number = {o: int(o.partition(":")[2]) for o in (one, other)}
        one, other = sorted((one, other), key=lambda o: (len(board.ideas_in(number[o])), -number[o]))
        return Pair(option(w, vote, one), option(w, vote, other), "merge_themes", {"stage": board.stage, "theme": number[one], "into": number[other]})
    board = next((b for s in reversed(w.plan.stages) if (b := w.boards.get(s.id)) and w.source(s.id) == w.source(stage.id)), None)
    fields = {"stage": board.stage, "ideas": other.partition(":")[2], "into": one.partition(":")[2]} if board and stage.id not in w.votes else {}
    return Pair(option(w, vote, other), option(w, vote, one), "fold_ideas" if fields else "", fields)
