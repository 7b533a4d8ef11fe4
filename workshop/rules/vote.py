"""Opening a vote, placing dots, closing it."""
import random
from collections.abc import Collection
from dataclasses import replace

from workshop.agenda import Stage
from workshop.events import Event
from workshop.events.vote import BallotCast, BudgetSet, ResultShown, VoteClosed
from workshop.rules.command import Ask, Refused, command
from workshop.rules.rounds import among, opened, places, shown_again
from workshop.rules.tally import advised_cap, advised_dots, tally, told_anew
from workshop.state import Budget, Result, Vote, Workshop
from workshop.state.edits import parts, under
from workshop.words import N_

PAPERS = 24


def drawn_up(w: Workshop, to: Stage, seed: int) -> Vote | None:
    """The vote of the stage *to*, or None where it is no vote or drawn up already; its papers are one shuffle by *seed*."""
    if to.kind != "vote" or to.id in w.votes:
        return None
    options = _options(w, to)
    if to.run_off and len(options) < 2:
        raise Refused(N_("Nothing ties any more, so this run-off decides nothing. Take it back."))
    if len(options) < 2:
        raise Refused(N_("A vote needs at least two themes with ideas. Make them on the board first."))
    shuffled = random.Random(seed).sample(options, len(options))
    dots, cap = budget_of(w, to, len(options))
    return Vote(to.id, options, papers(shuffled), dots, cap)


def papers(order: list[str]) -> tuple[tuple[str, ...], ...]:
    """At most ``PAPERS`` orders of the options in *order*: turned by equal steps, each followed by its mirror image.

    So no option is ahead of another: over all papers each stands in the middle on average, however many there are, and
    over people with join numbers in a row nearly so.  Up to half as many options stand in every place equally often.
    """
    count = min(PAPERS // 2, len(order))
    turned = (tuple(order[t:] + order[:t]) for t in (round(n * len(order) / count) for n in range(count)))
    return tuple(paper for one in turned for paper in (one, one[::-1]))


def budget_of(w: Workshop, to: Stage, options: int) -> tuple[int, int]:
    """The dots of each person in the vote stage *to*, and how many may go on one of so many *options*.

    In a run-off a dot for each place that is left; else what facilitators set, in a second round what the first had, what
    the plan says, what is advised.
    """
    if to.run_off:
        return places(w, to), 1
    if given := w.budgets.get(to.id):
        return given.dots, given.cap
    if to.second:
        return w.votes[to.second].dots, w.votes[to.second].cap
    dots = w.plan.dots or advised_dots(options)
    return dots, min(w.plan.cap or advised_cap(dots), dots)


def _options(w: Workshop, to: Stage) -> tuple[str, ...]:
    if to.run_off:
        return w.votes[to.run_off].result.tied
    if to.second:
        return w.votes[to.second].options
    if to.options == "ideas":
        cards = w.cards
        return tuple(f"idea:{idea.id}" for idea in w.ideas_of(w.source(to.id)) if idea.id not in cards)
    board = w.boards.get(w.source(to.id))
    return tuple(f"theme:{n}" for n in board.themes if board.ideas_in(n)) if board else ()


@command("participant", "facilitator")
def cast_ballot(w: Workshop, ask: Ask, *, stage: str, dots: dict[str, int], number: int, person: str | None = None) -> Event | None:
    """Place all of one person's dots at once.

    *dots*: option -> how many.  *number* is counted by the page: one lower than the last changes nothing.
    """
    voter, vote = ask.acts_for(w, person), opened(w, stage)
    given = {option: n for option, n in dots.items() if n}
    if vote.result:
        raise Refused(N_("The vote has closed. Your last ballot counts."))
    last = vote.ballots.get(voter)
    if last and number < last.number:
        return None
    if last and number == last.number:
        if last.placed == given:
            return None
        raise Refused(N_("Your dots changed on another page. Look at them, then send again."))
    _check_dots(vote, given, merged_away(w, vote))
    return BallotCast(stage, voter, given, number, proxy=voter != ask.by)


def _check_dots(vote: Vote, given: dict[str, int], gone: Collection[str]) -> None:
    if not set(given) <= {*vote.options, *gone} or any(n < 0 for n in given.values()):
        raise Refused(N_("This ballot names something that is not in the vote. Load the page again."))
    if sum(given.values()) > vote.dots:
        raise Refused(N_("You have %(dots)d dots; this ballot has %(n)d. Take some back."), dots=vote.dots, n=sum(given.values()))
    if any(n > vote.cap for n in given.values()):
        raise Refused(N_("At most %(cap)d dots go on one. Move some to another."), cap=vote.cap)


def merged_away(w: Workshop, vote: Vote) -> tuple[str, ...]:
    """What is no option of *vote* any more, since it was merged into another; a page that has not heard of it may name it."""
    board = w.boards.get(w.source(vote.stage))
    return tuple(edit.old for edit in board.edits if edit.step > vote.at and not edit.split and not edit.undone) if board else ()


@command("facilitator")
def set_budget(w: Workshop, ask: Ask, *, stage: str, dots: int, cap: int, was: int | None = None) -> Event | None:
    """Give each person so many *dots*, at most *cap* of them on one option; from before the vote opens until it closes.

    Ballots stay as they are: one that holds more counts again when its person changes it.  *was*: how often the dots
    were set before, as the asker's page shows it.
    """
    at, vote, now = w.plan.stage(stage), w.votes.get(stage), w.budgets.get(stage, Budget())
    if not at or at.kind != "vote":
        raise Refused(N_("This workshop has no such stage. Load the page again."))
    if (dots, cap) == ((vote.dots, vote.cap) if vote else (now.dots, now.cap)):
        return None
    if at.run_off:
        raise Refused(N_("A run-off has one dot for each place that is left."))
    if vote and vote.result:
        raise Refused(N_("The vote has closed, so its dots stay as they are."))
    if was is not None and was != set_before(w, stage):
        raise Refused(N_("Somebody changed the dots first. Look at them, then change them again."))
    if not (1 <= dots <= 20 and 1 <= cap <= dots):
        raise Refused(N_("Give 1 to 20 dots, and at most that many on one."))
    return BudgetSet(stage, dots, cap)


def set_before(w: Workshop, stage: str) -> int:
    """How often facilitators set the dots of the vote stage *stage*."""
    return w.budgets.get(stage, Budget()).number


@command("facilitator")
def close_vote(w: Workshop, ask: Ask, *, stage: str) -> Event | None:
    """Close the vote and count the ballots that fit.  The screen waits for ``show_result``."""
    vote = opened(w, stage)
    if vote.result:
        return None
    if vote.overfull:
        raise Refused(N_("A paper chart has more dots than its people have now. Enter it again, or take it away."))
    return VoteClosed(stage, counted(w, stage), vote.over)


def counted(w: Workshop, stage: str) -> Result:
    """What the ballots of the vote stage *stage* come to: in a run-off among those that tie, in a second round beside the first."""
    vote, at = w.votes[stage], w.plan.stage(stage)
    result = _tallied(w, vote, at)
    if at.run_off:
        return among(result, w.votes[at.run_off].result.tied, places(w, at))
    if not at.second:
        return result
    first = w.votes[at.second]
    both = [side for side in result.sides if side in first.result.sides and first.has_its_ballots]
    told = _tallied(w, vote, at, shown_again(both, tuple(first.result.sides), _voters(w, first), _voters(w, vote)))
    return replace(told, with_first=tuple(side for side in result.sides if side in told.hidden))


def _tallied(w: Workshop, vote: Vote, at: Stage, only: Collection[str] | None = None) -> Result:
    result, board = _of_ballots(w, vote, at, only), w.boards.get(w.source(at.id))
    if vote.result and board and board.edits != vote.told:
        then = _of_ballots(w, under(vote, vote.told), at, only)
        result = told_anew(result, then, parts(vote, vote.told, board.edits), budget=vote.dots, priorities=places(w, at), keep_ties=w.plan.tie == "keep")
    return replace(result, over=len(vote.over))


def _of_ballots(w: Workshop, vote: Vote, at: Stage, only: Collection[str] | None) -> Result:
    sides = {person.id: person.constituency for person in w.people.values()}
    return tally(vote.options, vote.counted, sides, priorities=max(places(w, at), 1), budget=vote.dots, cap=vote.cap,
                 keep_ties=w.plan.tie == "keep", sheets=vote.sheets, only=only)


def _voters(w: Workshop, vote: Vote) -> dict[str, str]:
    """Everybody whose dots count -> constituency; on paper, where nobody has a name, as many as last time are the same."""
    on_paper = {f"{side} on paper {n}": side for side, sheet in vote.sheets.items() for n in range(sheet.people)}
    return on_paper | {person: w.people[person].constituency for person in vote.counted}


@command("facilitator")
def show_result(w: Workshop, ask: Ask, *, stage: str, from_rank: int = 0) -> Event | None:
    """Put the result on the screen and the phones: its places from rank *from_rank* on, the last ones first; 0: all of it.

    What has been shown stays shown: asked for fewer places, nothing changes.  A rank that nobody holds stands for the next one that somebody does.
    """
    vote = opened(w, stage)
    if not vote.result:
        raise Refused(N_("Close the vote first, then show its result."))
    places = [n for n in vote.result.places if n >= from_rank]
    if not places:
        raise Refused(N_("Nothing stands in place %(n)d. Load this page again."), n=from_rank)
    return None if vote.from_rank is not None and vote.from_rank <= places[-1] else ResultShown(stage, places[-1])
