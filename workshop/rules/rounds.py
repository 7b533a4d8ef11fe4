"""Voting once more: a run-off among those that tied, and a second round after the discussion."""
from collections.abc import Collection, Mapping
from dataclasses import replace
from itertools import combinations

from workshop.agenda import Script, Stage, Step
from workshop.events import Event
from workshop.events.stages import RoundTakenBack, RunOffAdded, SecondRoundAdded
from workshop.rules.command import Ask, Refused, command, ident
from workshop.rules.tally import LEAST_SHOWN, cut
from workshop.state import Result, Vote, Workshop
from workshop.words import N_, _, speaking

RUN_OFF_MINUTES, SECOND_MINUTES = 3, 5
RUN_OFF = (N_("Run-off"), N_("decide between those that tied"),
           N_("Some tied for the last place. Vote once more, among these alone. Then the first of them go in."),
           N_("If they tie again, say so and let the room decide by hands."))
SECOND = (N_("Second vote"), N_("vote again, now that you have talked"),
          N_("You have talked it over. Vote once more on the same options, with fresh dots. This second vote counts; the first is shown beside it."),
          N_("If some ask why: people may see it differently now that they have heard each other."))


def places(w: Workshop, to: Stage) -> int:
    """How many priorities the vote stage *to* seeks: the plan's number, in a run-off those that the tie left open."""
    return w.plan.priorities - len(w.votes[to.run_off].result.priorities) if to.run_off else w.plan.priorities


def among(result: Result, tied: tuple[str, ...], places: int) -> Result:
    """*result* of a run-off for the *places* left among those that *tied*.

    All of them had dots before, so those without one now tie for a place that is still left.  Where themes were merged
    since, fewer may tie than were voted on, or none.
    """
    first, still = cut([row for row in result.rows if row.option in tied], places) if places > 0 else ((), ())
    if len(first) + len(still) < min(places, len(tied)):
        still = tuple(option for option in tied if option not in first)
    return replace(result, priorities=first, tied=still)


def shown_again(shown: Collection[str], told: Collection[str], first: Mapping[str, str], second: Mapping[str, str]) -> tuple[str, ...]:
    """Those of the sides *shown*, which each round may show for itself, that the second round shows beside the first.

    told: the sides that the first round tells.  first, second: everybody who voted in that round -> constituency, "" for
    none.  The people who voted in one of the rounds alone are nobody or at least 5, both of a side shown and of all who
    are not shown, and of these nobody or at least 5 voted again: what a few more dots came to could else be worked out
    from both results.  Nor may all who are not shown differ by so few from any part of them that the first result gives:
    sides that it tells, and what these leave over.
    """
    everyone = {**first, **second}

    def tells_of_few(sides: Collection[str], off: Collection[str] = ()) -> bool:
        now, then = ({person for person, side in there.items() if side in of} for there, of in ((second, set(sides)), (first, set(sides) - set(off))))
        return 0 < len(now ^ then) < LEAST_SHOWN or 0 < len(now) < LEAST_SHOWN

    def leaves_few(kept: Collection[str]) -> bool:
        rest = set(everyone.values()) - set(kept)
        known = [{side} for side in sorted(rest & set(told))] + [rest - set(told)]
        return any(tells_of_few(rest, set().union(*off)) for n in range(len(known) + 1) for off in combinations(known, n))
    kept = sorted((side for side in shown if not tells_of_few([side])), key=lambda side: (list(second.values()).count(side), side))
    while kept and leaves_few(kept):
        kept.pop(0)
    return tuple(sorted(kept))


@command("facilitator")
def open_run_off(w: Workshop, ask: Ask, *, stage: str, id: str) -> Event | None:
    """Put a vote among those that tied in the closed vote *stage* right behind it in the plan, as the stage *id*.

    A vote has one run-off: asked for again, whatever the id, nothing changes.  What ties in it is for the room to decide.
    """
    vote, at = opened(w, stage), w.plan.stage(stage)
    if w.run_off(stage) or id in w.taken_back:
        return None
    if not vote.result:
        raise Refused(N_("Close the vote first. A run-off is for those that tie."))
    if at.run_off or not vote.result.tied:
        raise Refused(N_("This vote has no tie that a run-off could decide."))
    if w.final(vote).stage != stage:
        raise Refused(N_("The second vote counts now, so this tie decides nothing."))
    _can_be_added(w, id)
    return RunOffAdded(_added(w, at, id, RUN_OFF_MINUTES, RUN_OFF, run_off=at.id))


@command("facilitator")
def open_second_round(w: Workshop, ask: Ask, *, stage: str, id: str) -> Event | None:
    """Have people vote once more on the options of the closed vote *stage*, in the stage *id*.

    It comes behind the vote and its run-off, or behind the stage that the room is in where that is further on.  Both
    results are kept, and the second counts (the nominal group technique of Delbecq, Van de Ven and Gustafson, 1975, votes
    again after a discussion).  A vote has one second round: asked for again, whatever the id, nothing changes.
    """
    vote, at = opened(w, stage), w.plan.stage(stage)
    if w.second_round(stage) or id in w.taken_back:
        return None
    if at.run_off or at.second:
        raise Refused(N_("A vote has one second round, and a run-off has none."))
    if not vote.result:
        raise Refused(N_("Close the vote first. A second one comes after its result."))
    if not vote.has_its_ballots:
        raise Refused(N_("This workshop came from an export without ballots, so no second vote can stand beside it."))
    _can_be_added(w, id)
    run_off = w.run_off(stage)
    behind = max((stage, run_off.id if run_off else stage, w.open_id), key=w.plan.place)
    return SecondRoundAdded(_added(w, at, id, SECOND_MINUTES, SECOND, second=at.id), behind)


@command("facilitator")
def take_back_round(w: Workshop, ask: Ask, *, stage: str) -> Event | None:
    """Take a run-off or a second vote out of the plan again, while nobody has voted in it and the room is elsewhere."""
    if stage in w.taken_back:
        return None
    at = w.plan.stage(stage)
    if not at or not (at.run_off or at.second):
        raise Refused(N_("Only a run-off or a second vote can be taken back."))
    vote = w.votes.get(stage)
    if vote and (vote.ballots or vote.result):
        raise Refused(N_("People have voted in it already, so it stays."))
    if w.open_id == stage:
        raise Refused(N_("The room is in it. Go back one stage, then take it back."))
    return RoundTakenBack(stage)


def opened(w: Workshop, stage: str) -> Vote:
    """The vote of *stage*, once it has opened."""
    if stage not in w.votes:
        raise Refused(N_("The vote has not opened yet."))
    return w.votes[stage]


def _can_be_added(w: Workshop, id: str) -> None:
    if w.ended:
        raise Refused(N_("The workshop has ended, so nobody can vote any more."))
    if w.plan.stage(ident(id)):
        raise Refused(N_("This page is out of date. Load it again."))


def _added(w: Workshop, at: Stage, id: str, minutes: float, words: tuple[str, str, str, str], *, run_off: str = "", second: str = "") -> Stage:
    """The stage *id* in which people vote again on what the vote *at* was about; its *words* in the plan's language, like every other's."""
    with speaking(w.plan.language):
        title, caption, say, wrong = map(_, words)
        script = Script(say, wait=_("until nearly everybody has voted"), wrong=wrong)
    return Stage(id, "vote", title, caption=caption, script=script, source=at.source, options=at.options, run_off=run_off, second=second,
                 steps=(Step(title, minutes),))
