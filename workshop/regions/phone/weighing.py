"""Rating a priority, saying whether one agrees to it, and what came of both."""
from dataclasses import dataclass

from workshop.regions.options import Option, decided
from workshop.regions.phone.discuss import talked_by
from workshop.regions.phone.view import view
from workshop.regions.region import Context, Within, region
from workshop.regions.weighing import all_weighings, points
from workshop.room import Room
from workshop.state import Answer, Rating, Weight, Workshop

OTHERS = 10_000   # bytes, of which a phone's page has 60,000: the scales of the other priorities


@dataclass(frozen=True)
class Scale:
    """One priority to rate, *n*-th in order, with one's own rating so far; *next* numbers the next one."""

    n: int
    option: Option
    effort: int
    impact: int
    next: int


@region("phone", "person", listed=True)
def my_rating(w: Workshop, room: Room, person: str) -> Context:
    """The scales for the priority one talks about, and for the others."""
    options = decided(w, w.open_id) if view(w) == "discuss" else ()
    scales = {o.key: _scale(w, person, n, o) for n, o in enumerate(options, start=1)}
    here = scales.pop(talked_by(w, person), None)
    entries = [(key, (scale, w.open_id)) for key, scale in scales.items()] if here else []
    return {"stage": w.open_id, "code": w.code, "here": here, "some": bool(entries), "within": Within(OTHERS, newest=False), "entries": entries}


def _scale(w: Workshop, person: str, n: int, option: Option) -> Scale:
    rated = w.weights.get((w.open_id, option.key), Weight()).ratings.get(person, Rating(0, 0, 0))
    return Scale(n, option, rated.effort, rated.impact, rated.number + 1)


def asked_of(w: Workshop, person: str) -> str:
    """The priority that *person* is asked about now: what the room talks about, else what they sit down with; "" for none."""
    if view(w) != "discuss":
        return ""
    for priority in (w.on_stage.get(w.open_id, ""), talked_by(w, person)):
        asked = w.questions.get((w.open_id, priority), ())
        if asked and not asked[-1].outcome:
            return priority
    return ""


@region("phone", "person")
def my_question(w: Workshop, room: Room, person: str) -> Context:
    """Whether one agrees: the question that is open for this person, and what they answered."""
    priority = asked_of(w, person)
    if not priority:
        return {"open": False, "method": "", "round": 0, "priority": "", "n": 0, "option": None, "answer": "", "why": "", "next": 1}
    asked = w.questions[w.open_id, priority]
    found = next(((n, o) for n, o in enumerate(decided(w, w.open_id), start=1) if o.key == priority), (0, Option(priority, "", "")))
    mine = asked[-1].answers.get(person, Answer("", "", 0))
    return {"open": True, "method": asked[-1].method, "round": len(asked), "priority": priority, "n": found[0], "option": found[1],
            "answer": mine.answer, "why": mine.why, "next": mine.number + 1}


@region("phone", "phones")
def weighed(w: Workshop, room: Room, key: str) -> Context:
    """What was shown of effort and impact, and who agrees, for all priorities."""
    shown = view(w) == "discuss"
    agreed = tuple((row.n, row.option, row.said) for row in all_weighings(w, w.open_id) if row.said) if shown else ()
    return {"points": points(w, w.open_id) if shown else (), "agreed": agreed}
