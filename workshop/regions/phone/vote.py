"""The paper, one's own ballot, and the result."""
from workshop.charter.backing import not_alone, turnout
from workshop.regions.phone.view import view
from workshop.regions.region import Context, region
from workshop.regions.options import how_sure, option, revealed
from workshop.regions.shared import Side, fill_of
from workshop.room import Room
from workshop.rules.before import criteria
from workshop.rules.vote import places
from workshop.state import Workshop

MOST = 12


@region("phone", "paper")
def paper(w: Workshop, room: Room, number: str) -> Context:
    """The options in the order of this paper, with what is good to know before the first dot.

    *priorities*: how many places the vote decides; *run_off*: it decides a tie; *criteria*: what to vote by.
    """
    vote = w.votes.get(w.open_id) if view(w) == "vote" else None
    order = vote.papers[int(number) % len(vote.papers)] if vote and number else ()
    return {"stage": w.open_id, "options": tuple(option(w, vote, key) for key in order), "dots": vote.dots if vote else 0,
            "cap": vote.cap if vote else 0, "priorities": places(w, w.open) if vote else 0, "tie": w.plan.tie,
            "run_off": bool(vote and w.open.run_off), "sides": bool(w.plan.constituencies), "criteria": criteria(w, w.open_id) if vote else ()}


@region("phone", "phones")
def dots_left(w: Workshop, room: Room, key: str) -> Context:
    """What to say for each number of dots that may be left; the page shows the one that fits."""
    vote = w.votes.get(w.open_id) if view(w) == "vote" else None
    return {"dots": vote.dots if vote else 0, "cap": vote.cap if vote else 0}


@region("phone", "person")
def my_ballot(w: Workshop, room: Room, person: str) -> Context:
    """What one's last ballot says, and its number, 0 before the first.

    *over*: it holds more than the *budget* (dots, at most so many on one) that there is now; *back*: what to take from which
    option, and *rest* from any.  *left*: dots to place since the budget changed.
    """
    vote = w.votes.get(w.open_id) if view(w) in ("vote", "counted") else None
    ballot = vote.ballots.get(person) if vote else None
    given = sorted(ballot.dots.items(), key=lambda placed: -placed[1]) if ballot else []
    budget, spent = (vote.dots, vote.cap) if vote else (0, 0), sum(n for _key, n in given)
    dots = tuple((key, n, option(w, vote, key).text) for key, n in given)
    back = tuple((name, n - budget[1]) for _key, n, name in dots if n > budget[1])
    return {"open": bool(vote), "closed": bool(vote and vote.result), "shown": bool(vote and vote.shown), "number": ballot.number if ballot else 0,
            "dots": dots, "budget": budget, "over": bool(ballot) and not vote.fits(ballot.dots), "back": back,
            "rest": max(0, spent - budget[0] - sum(n for _name, n in back)), "spent": spent,
            "left": max(0, budget[0] - spent) if ballot and ballot.budget != budget else 0}


@region("phone", "phones")
def phone_result(w: Workshop, room: Room, key: str) -> Context:
    """The priorities from the last place to the first, then the rest, as the screen shows them; nothing before.

    *ahead*: how many places are still to come.
    """
    vote = w.votes.get(w.open_id) if view(w) == "counted" else None
    if not vote or vote.from_rank is None:
        return {"first": (), "begun": False, "waiting": bool(vote)}
    result, whole, (first, rest) = vote.result, vote.shown, revealed(w, vote)
    return {"first": first, "rest": rest[:MOST], "more": max(0, len(rest) - MOST), "begun": True, "waiting": False, "ahead": max(vote.from_rank - 1, 0),
            "turnout": turnout(result), "sides": tuple(Side(name, fill_of(w, name), n) for name, n in result.sides.items()),
            "hidden": not_alone(result), "tied": len(result.tied) if whole else 0, "run_off": whole and bool(w.run_off(vote.stage)),
            "sure": how_sure(w, vote) if whole else ""}
