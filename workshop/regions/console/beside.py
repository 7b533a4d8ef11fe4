"""Look and decide: the screen in small, what waits for a hand, the parking lot, notes."""
from dataclasses import dataclass

from workshop.charter.figures import option_name
from workshop.regions.console.frame import stage_kind
from workshop.regions.console.themes import locked
from workshop.regions.region import Context, region
from workshop.regions.shared import asked_anew, fill_of
from workshop.room import Room
from workshop.rules.brainstorm import stars_open
from workshop.rules.discuss import on_the_table
from workshop.state import Person, Workshop

LATE_MOST, CHART_MOST = 5, 80
SITTING = ("break", "brainstorm", "plenary")


@dataclass(frozen=True)
class Waiting:
    """Somebody who needs the facilitator's hand.

    *why*: ``late`` (came when the tables were made), ``write``, ``star``, ``place``, ``ballot``, ``table``, ``help``, ``stand``, ``words``
    (for people without a phone), or ``""`` where nothing can be done for them now.  *number*: of the next ballot, rating or answer; *over*: the last
    one holds more dots than there are now.  *printed*: they agreed to be named.
    """

    person: str
    name: str
    place: int
    fill: str
    table: str
    why: str
    number: int = 0
    done: bool = False
    over: bool = False
    printed: bool = False


@region("console")
def preview(w: Workshop, room: Room, key: str) -> Context:
    """A sketch of what the screen shows."""
    kind = stage_kind(w)
    vote = w.votes.get(w.open_id)
    count = {"brainstorm": len(w.ideas_of(w.open_id)), "vote": vote.voters if vote else 0,
             "plenary": next((g.name for g in w.groups_of(w.open_id) if g.id == w.sharing.get(w.open_id)), "")}.get(kind)
    return {"kind": "results" if vote and vote.from_rank is not None else kind, "code": w.code, "count": count, "screens": room.screens}


@region("console", listed=True)
def waiting(w: Workshop, room: Room, key: str) -> Context:
    """People who came late or have no phone, with what can be done for them in this stage."""
    rows = [_late(w, person) for person in w.latecomers[-LATE_MOST:]] if w.open and w.open.kind in SITTING else []
    rows += [row for row in (_without_phone(w, person) for person in w.people.values() if person.name and not person.phone) if row.why]
    return {"entries": [(f"{row.why}-{row.person}", (row, w.open_id, w.code, *_choices(w, row))) for row in rows],
            "count": sum(1 for row in rows if not row.done and row.why != "place")}


@region("console")
def seat_goals(w: Workshop, room: Room, key: str) -> Context:
    """The tables that somebody can be sent to."""
    groups = w.groups_of(w.open_id) if w.open else ()
    return {"groups": tuple((g.id, g.name, len(g.people)) for g in groups), "word": w.plan.group_word}


@region("console", listed=True)
def parking(w: Workshop, room: Room, key: str) -> Context:
    """The parking lot, and ideas that came after the vote had opened, with how often each was withheld; nobody's name is on them."""
    late = [(idea.id, (idea.text, idea.turns)) for idea in w.ideas.values() if idea.parked and idea.stands]
    return {"entries": [(note.id, (note.text, None)) for note in w.parking.values()] + late}


@region("console")
def note_now(w: Workshop, room: Room, key: str) -> Context:
    """The notes as they are kept; the page puts them into its box where nobody is writing."""
    return {"note": w.note}


@region("console")
def ways_in(w: Workshop, room: Room, key: str) -> Context:
    """The addresses of phones and screen."""
    return {"base": room.base.rstrip("/"), "code": w.code}


def _choices(w: Workshop, row: Waiting) -> tuple[tuple, tuple]:
    """What can be chosen for that person: priorities and open questions; ideas of their chart, in themes also the themes.

    Ideas of their own are among those: what is not there would tell whose the others are.
    """
    if row.why in ("table", "help") and w.last_vote:
        goals = tuple((o, option_name(w, w.last_vote.stage, o)) for o in on_the_table(w, w.open_id))
        return goals, tuple((o, name, q[-1].method, len(q)) for o, name in goals if (q := w.questions.get((w.open_id, o))) and not q[-1].outcome)
    if row.why == "write" and not w.is_silent(w.open_id):
        return _chart(w, w.open_id, row.person), ()
    if row.why == "place":
        return _chart(w, w.source(w.open_id), row.person), tuple((n, theme.name) for n, theme in w.boards[w.open_id].themes.items())
    return (), ()


def _chart(w: Workshop, stage: str, person: str) -> tuple[tuple[str, str], ...]:
    group = w.group_of(person, stage)
    return tuple((idea.id, idea.text) for idea in w.chart(stage, group.id if group else "")[-CHART_MOST:])


def _helps(w: Workshop, person: str) -> bool:
    return any(person in helpers for helpers in w.helpers.values())


def _last_number(w: Workshop, person: str) -> int:
    """The highest number of what was entered for *person* in the open discussion; 0 for nothing."""
    ratings = (weight.ratings.get(person) for (stage, _option), weight in w.weights.items() if stage == w.open_id)
    answers = (asked[-1].answers.get(person) for (stage, _option), asked in w.questions.items() if stage == w.open_id)
    return max((given.number for given in (*ratings, *answers) if given), default=0)


def _late(w: Workshop, person: str) -> Waiting:
    who = w.people[person]
    group = w.group_of(person, w.open_id)
    return Waiting(person, who.name, who.number, fill_of(w, who.constituency), group.name if group else "", "late")


def _without_phone(w: Workshop, person: Person) -> Waiting:
    why, number, done, over = "", 0, False, False
    group = w.group_of(person.id, w.open_id) if w.open else None
    kind = stage_kind(w)
    if kind == "brainstorm":
        why = "star" if stars_open(w, w.open_id) else "write"
    elif kind == "plenary":
        why = "star"
    elif kind == "themes" and not locked(w):
        why = "place" if w.boards[w.open_id].themes else ""
    elif kind == "vote" and w.open_id in w.votes and not w.votes[w.open_id].result:
        vote, ballot = w.votes[w.open_id], w.votes[w.open_id].ballots.get(person.id)
        why, number, done, over = "ballot", ballot.number + 1 if ballot else 1, person.id in vote.counted, person.id in vote.over
    elif kind == "discuss":
        why, done = ("table", person.id in w.tables.get(w.open_id, {})) if w.open.side_by_side else ("help", _helps(w, person.id))
        number = 1 + _last_number(w, person.id)
    elif asked_anew(w) or kind == "charter" and w.drafting:
        why, done = "stand", person.id in w.stands
    elif kind == "close":
        why, done = "words", person.id in w.words and person.id in w.ratings
    return Waiting(person.id, person.name, person.number, fill_of(w, person.constituency), group.name if group else "", why, number, done, over, person.id in w.printed)
