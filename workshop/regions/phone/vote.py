"""The paper, one's own ballot, and the result."""
from workshop.charter.backing import not_alone, turnout
from workshop.regions.phone.view import view
from workshop.regions.region import Context, Within, region
from workshop.regions.options import Option, Place, brief, how_sure, option, revealed, said_of_rounds
from workshop.regions.shared import Side, fill_of
from workshop.room import Room
from workshop.rules.before import criteria
from workshop.rules.vote import places
from workshop.state import Workshop

MOST, DOTS = 12, 60   # of the others in the result; dots that one place shows one by one, all sides together
# Bytes, of which a phone's page has 60,000: the paper, one option around its words, its words at least; the first places of the result.
PAPER, FRAME, LEAST, RESULT = 20_700, 340, 90, 23_000


@region("phone", "paper", listed=True)
def paper(w: Workshop, room: Room, number: str) -> Context:
    """The options in the order of this paper, with what is good to know before the first dot; many and long ones are shortened (*cut*).

    *priorities*: how many places the vote decides; *run_off*: it decides a tie; *second*: it is a second vote; *criteria*: what to vote by.
    """
    vote = w.votes.get(w.open_id) if view(w) == "vote" else None
    order = vote.papers[int(number) % len(vote.papers)] if vote and number else ()
    share = max(LEAST, PAPER // len(order) - FRAME) if order else 0
    entries = [(o.key, (o, *_shortened(o, share))) for o in (option(w, vote, key) for key in order)]
    return {"stage": w.open_id, "some": bool(order), "code": w.code, "dots": vote.dots if vote else 0,
            "within": Within(PAPER, newest=False), "entries": entries, "cut": any((o.text, o.wording) != (text, wording) for _key, (o, text, wording) in entries),
            "cap": vote.cap if vote else 0, "priorities": places(w, w.open) if vote else 0, "tie": w.plan.tie,
            "run_off": bool(vote and w.open.run_off), "sides": bool(w.plan.constituencies), "second": bool(vote and w.open.second), "criteria": criteria(w, w.open_id) if vote else ()}


def _shortened(option: Option, share: int) -> tuple[str, str]:
    """Text and wording of *option* in *share* bytes, so that every option stands on the paper; whole where they fit."""
    text = brief(option.text, share)
    return text, brief(option.wording, share - len(text.encode()))


@region("phone", "phones")
def dots_left(w: Workshop, room: Room, key: str) -> Context:
    """What to say for each number of dots that may be left; the page shows the one that fits."""
    vote = w.votes.get(w.open_id) if view(w) == "vote" else None
    return {"dots": vote.dots if vote else 0, "cap": vote.cap if vote else 0}


@region("phone", "phones")
def option_news(w: Workshop, room: Room, key: str) -> Context:
    """What was merged and split since the vote opened, with where the dots of it are; *gone*: option -> the one it went into."""
    vote = w.votes.get(w.open_id) if view(w) == "vote" else None
    board = w.boards.get(w.source(vote.stage)) if vote else None
    edits = [e for e in board.edits if e.step > vote.at and not e.undone] if board else []
    names = {key: board.name_of(int(key.removeprefix("theme:"))) for e in edits for key in (e.old, e.new)}
    return {"changes": tuple((names[e.old], names[e.new], e.split, e.goes) for e in edits),
            "gone": tuple((e.old, e.new) for e in edits if not e.split)}


@region("phone", "person")
def my_ballot(w: Workshop, room: Room, person: str) -> Context:
    """What one's last ballot says, and its number, 0 before the first.

    *merged*: a merge brought more dots together on one than a new ballot may hold there.
    *over*: it holds more than the *budget* (dots, at most so many on one) that there is now; *back*: what to take from which
    option, and *rest* from any.  *left*: dots to place since the budget changed.
    """
    vote = w.votes.get(w.open_id) if view(w) in ("vote", "counted") else None
    ballot = vote.ballots.get(person) if vote else None
    given = sorted(ballot.dots.items(), key=lambda placed: -placed[1]) if ballot else []
    budget, spent = (vote.dots, vote.cap) if vote else (0, 0), sum(n for _key, n in given)
    dots = tuple((key, n, brief(option(w, vote, key).text)) for key, n in given)
    back = tuple((name, n - budget[1]) for _key, n, name in dots if n > budget[1])
    return {"open": bool(vote), "closed": bool(vote and vote.result), "shown": bool(vote and vote.shown), "number": ballot.number if ballot else 0,
            "dots": dots, "budget": budget, "over": bool(ballot) and not vote.fits(ballot.placed), "back": back,
            "merged": bool(ballot and ballot.cast and back),
            "rest": max(0, spent - budget[0] - sum(n for _name, n in back)), "spent": spent,
            "left": max(0, budget[0] - spent) if ballot and ballot.budget != budget else 0}


def _widest(places: tuple[Place, ...]) -> int:
    """The most dots that stand in one row."""
    return max((n for p in places for n in ([side.count for side in p.sides] or [p.dots])), default=0)


@region("phone", "phones", listed=True)
def phone_result(w: Workshop, room: Room, key: str) -> Context:
    """The priorities from the last place to the first, then the rest, as the screen shows them; nothing before.

    *ahead*: how many places are still to come.
    """
    vote = w.votes.get(w.open_id) if view(w) == "counted" else None
    if not vote or vote.from_rank is None:
        return {"some": False, "begun": False}
    result, whole, (first, rest) = vote.result, vote.shown, revealed(w, vote)
    singly = DOTS // max(1, len(result.sides))
    return {"some": bool(first), "begun": True, "ahead": max(vote.from_rank - 1, 0),
            "within": Within(RESULT, newest=False), "entries": [(p.option.key, (p, singly, _widest(first))) for p in first],
            "rest": tuple((p.option.mark, brief(p.option.text), p.dots) for p in rest[:MOST]), "more": max(0, len(rest) - MOST),
            "turnout": turnout(result), "sides": tuple(Side(name, fill_of(w, name), result.sides[name]) for name in w.plan.constituencies if name in result.sides),
            "hidden": not_alone(result), "tied": len(result.tied) if whole else 0, "run_off": whole and bool(w.run_off(vote.stage)),
            "sure": how_sure(w, vote) if whole else "", "rounds": said_of_rounds(w, vote) if whole else ""}
