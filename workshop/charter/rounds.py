"""Two rounds of one vote beside each other, in words: the same on pages and in documents."""
from collections.abc import Callable
from dataclasses import dataclass
from math import inf

from workshop.state import Row, Vote, Workshop
from workshop.words import _, counted, listed


@dataclass(frozen=True)
class Both:
    """An option in both rounds: its rows *then*, None where it was no option yet, and *now*; whether it was, and is, a priority."""

    option: str
    then: Row | None
    now: Row
    was_in: bool
    is_in: bool


def first_of(w: Workshop, vote: Vote) -> Vote | None:
    """The first round of *vote*, where *vote* is a second one and both are known."""
    at = w.plan.stage(vote.stage)
    first = w.votes.get(at.second) if at and at.second else None
    return first if first and first.result and vote.result else None


def compared(w: Workshop, vote: Vote) -> tuple[Both, ...]:
    """Every option of the second round *vote* with its place in the first, best now first; none where there is no first."""
    first = first_of(w, vote)
    if not first:
        return ()
    before, then, now = {row.option: row for row in first.result.rows}, w.settled(first).result, w.settled(vote).result
    return tuple(Both(row.option, before.get(row.option), row, row.option in then.priorities, row.option in now.priorities) for row in vote.result.rows)


def in_words(w: Workshop, vote: Vote, name: Callable[[str], str]) -> str:
    """What a second round changed; of a first one that a second counts instead; empty for a vote that stands alone.

    *name*: option -> what it is called.
    """
    if w.final(vote).stage != vote.stage and w.second_round(vote.stage):
        return _("This was the first vote. The second one counts.")
    both = compared(w, vote)
    if not both:
        return ""
    came, went = ([name(b.option) for b in both if b.is_in and not b.was_in], [name(b.option) for b in both if b.was_in and not b.is_in])
    return f"{_('The second vote counts.')} {_changed(came, went, sum(b.is_in for b in both))}"


def _changed(came: list[str], went: list[str], n: int) -> str:
    if came and went:
        return _("%(came)s came in, %(went)s went out.", came=listed(came), went=listed(went))
    if came or went:
        return _("%(names)s came in.", names=listed(came)) if came else _("%(names)s went out.", names=listed(went))
    return counted("The priority is the same.", "All %(n)d priorities are the same.", n)


def then(both: Both) -> str:
    """Where an option stood in the first round, and which way it went."""
    if not both.then:
        return _("It was not in the first vote.")
    stood = counted("First vote: place %(rank)d, 1 dot.", "First vote: place %(rank)d, %(n)d dots.", both.then.dots, rank=both.then.rank)
    return f"{stood} {way(both)}"


def way(both: Both) -> str:
    """Which way an option went from the first round to the second."""
    if not both.then:
        return _("New.")
    then, now = _place(both.then), _place(both.now)
    return _("It rose.") if now < then else _("It fell.") if now > then else _("It kept its place.")


def _place(row: Row) -> float:
    """The rank of *row*; behind all others where it has no dot, however many share that."""
    return row.rank if row.dots else inf


def round_of(w: Workshop, vote: Vote) -> int:
    """1 or 2; a run-off belongs to the round whose tie it decides."""
    at = w.plan.stage(vote.stage)
    return 2 if w.plan.stage(at.run_off or at.id).second else 1
