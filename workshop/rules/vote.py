"""Opening a vote, placing dots, closing it."""
import random
from math import ceil

from workshop.agenda import Stage
from workshop.events import Event
from workshop.events.vote import BallotCast, BudgetSet, ResultShown, VoteClosed
from workshop.rules.command import Ask, Refused, command
from workshop.rules.tally import advised_dots, tally
from workshop.state import Vote, Workshop
from workshop.words import N_

PAPERS = 24


def drawn_up(w: Workshop, to: Stage, seed: int) -> Vote | None:
    """The vote of the stage *to*, or None where it is no vote or drawn up already.

    Its papers are one shuffle by *seed*, turned by equal steps, so that every option stands in every place about
    equally often.
    """
    if to.kind != "vote" or to.id in w.votes:
        return None
    options = _options(w, to)
    if len(options) < 2:
        raise Refused(N_("A vote needs at least two themes with ideas. Make them on the board first."))
    shuffled = random.Random(seed).sample(options, len(options))
    count = min(PAPERS, len(options))
    turns = [round(n * len(options) / count) for n in range(count)]
    dots = w.plan.dots or advised_dots(len(options))
    cap = min(w.plan.cap or ceil(dots / 2), dots)
    return Vote(to.id, options, tuple(tuple(shuffled[t:] + shuffled[:t]) for t in turns), dots, cap)


def _options(w: Workshop, to: Stage) -> tuple[str, ...]:
    if to.options == "ideas":
        return tuple(f"idea:{idea.id}" for idea in w.ideas_of(w.source(to.id)))
    board = w.boards.get(w.source(to.id))
    return tuple(f"theme:{n}" for n in board.themes if board.ideas_in(n)) if board else ()


@command("participant", "facilitator")
def cast_ballot(w: Workshop, ask: Ask, *, stage: str, dots: dict[str, int], number: int, person: str | None = None) -> Event | None:
    """Place all of one person's dots at once.

    *dots*: option -> how many.  *number* is counted by the page: one lower than the last changes nothing.
    """
    voter, vote = ask.acts_for(w, person), _open_vote(w, stage)
    given = {option: n for option, n in dots.items() if n}
    if vote.result:
        raise Refused(N_("The vote has closed. Your last ballot counts."))
    last = vote.ballots.get(voter)
    if last and number < last.number:
        return None
    if last and number == last.number:
        if last.dots == given:
            return None
        raise Refused(N_("Your dots changed on another page. Look at them, then send again."))
    _check_dots(vote, given)
    return BallotCast(stage, voter, given, number, proxy=voter != ask.by)


def _check_dots(vote: Vote, given: dict[str, int]) -> None:
    if not set(given) <= set(vote.options) or any(n < 0 for n in given.values()):
        raise Refused(N_("This ballot names something that is not in the vote. Load the page again."))
    if sum(given.values()) > vote.dots:
        raise Refused(N_("You have %(dots)d dots; this ballot has %(n)d. Take some back."), dots=vote.dots, n=sum(given.values()))
    if any(n > vote.cap for n in given.values()):
        raise Refused(N_("At most %(cap)d dots go on one. Move some to another."), cap=vote.cap)


@command("facilitator")
def set_budget(w: Workshop, ask: Ask, *, stage: str, dots: int, cap: int) -> Event | None:
    """Change how many dots each person has, before the first ballot is in."""
    vote = _open_vote(w, stage)
    if (vote.dots, vote.cap) == (dots, cap):
        return None
    if vote.ballots:
        raise Refused(N_("Ballots are in already, so the dots stay as they are."))
    if not (1 <= dots <= 20 and 1 <= cap <= dots):
        raise Refused(N_("Give 1 to 20 dots, and at most that many on one."))
    return BudgetSet(stage, dots, cap)


@command("facilitator")
def close_vote(w: Workshop, ask: Ask, *, stage: str) -> Event | None:
    """Close the vote and count it.  The screen waits for ``show_result``."""
    vote = _open_vote(w, stage)
    if vote.result:
        return None
    sides = {person.id: person.constituency for person in w.people.values()}
    return VoteClosed(stage, tally(vote.options, vote.ballots, sides, priorities=w.plan.priorities, cap=vote.cap,
                                   keep_ties=w.plan.tie == "keep"))


@command("facilitator")
def show_result(w: Workshop, ask: Ask, *, stage: str) -> Event | None:
    """Put the result on the screen and the phones."""
    vote = _open_vote(w, stage)
    if not vote.result:
        raise Refused(N_("Close the vote first, then show its result."))
    return None if vote.shown else ResultShown(stage)


def _open_vote(w: Workshop, stage: str) -> Vote:
    if stage not in w.votes:
        raise Refused(N_("The vote has not opened yet."))
    return w.votes[stage]
