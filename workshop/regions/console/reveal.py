"""The result place by place: what comes next, and what to say with it."""
from dataclasses import dataclass

from workshop.agenda import Script
from workshop.charter import backing
from workshop.charter.figures import option_name
from workshop.state import Vote, Workshop
from workshop.words import _, counted, listed


@dataclass(frozen=True)
class Coming:
    """What is shown next: the place *rank*, held by *count* options; 0: the whole result.  *shown*: the place shown last, 0 for none."""

    rank: int
    count: int
    shown: int


def coming(vote: Vote) -> Coming | None:
    """What the facilitator shows next of the result of *vote*; None where it is not counted, or shown whole."""
    rank = vote.next_place
    if rank is None:
        return None
    return Coming(rank, sum(row.rank == rank for row in vote.result.rows), vote.from_rank or 0)


def script(w: Workshop) -> Script | None:
    """What to say with what is shown next; None where no result waits."""
    vote = w.votes.get(w.open_id)
    next_one = coming(vote) if vote and not w.ended else None
    if not next_one:
        return None
    if not next_one.rank:
        return Script(_("This is everything that was on the ballot. What does not go in stays in the report."))
    wait = _("until the room has read it") if next_one.shown else _("until it is quiet and everybody looks up")
    rows = [row for row in vote.result.rows if row.rank == next_one.rank]
    names = listed([option_name(w, vote.stage, row.option) for row in rows])
    if len(rows) > 1:
        return Script(counted("%(count)d share place %(place)d, with 1 dot each: %(names)s.", "%(count)d share place %(place)d, with %(n)d dots each: %(names)s.",
                              rows[0].dots, count=len(rows), place=next_one.rank, names=names), wait=wait)
    return Script(counted("Place %(place)d, with 1 dot: %(names)s.", "Place %(place)d, with %(n)d dots %(people)s: %(names)s.", rows[0].dots, place=next_one.rank,
                          people=backing.from_people(rows[0].people_in_all), names=names), wait=wait)
