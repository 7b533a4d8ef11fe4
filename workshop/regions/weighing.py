"""What screen, phones and console say of how priorities are weighed.  Who said what is in none of it."""
from dataclasses import dataclass

from workshop.charter import matrix, weighed
from workshop.regions.options import Option, decided
from workshop.rules.weighing import concerned
from workshop.state import Question, Spread, Weight, Workshop


@dataclass(frozen=True)
class Axis:
    """Effort or impact of one priority: the median, between which numbers half of the answers lie, and a strip to draw it on."""

    median: str
    between: str
    strip: matrix.Strip


@dataclass(frozen=True)
class Point:
    """A priority whose figures are shown, *n*-th in order; *place* is its quadrant in words, *spot* where it is drawn.

    *before*: which themes went into it after that, in a sentence, else empty.
    """

    n: int
    option: Option
    raters: int
    effort: Axis
    impact: Axis
    place: str
    spot: matrix.Spot
    before: str


@dataclass(frozen=True)
class Weighing:
    """How far the weighing of one priority is.

    *raters* of *people* have rated it, *since* of them after it was *shown*.  *round*: how often it was asked who agrees;
    *open*: it is asked now, and *answered* of *people* did; *said*: what came of it last, in a sentence.
    """

    n: int
    option: Option
    raters: int
    people: int
    since: int
    shown: bool
    round: int
    open: bool
    method: str
    answered: int
    said: str


def points(w: Workshop, stage: str) -> tuple[Point, ...]:
    """The priorities of the discussion *stage* whose figures are shown, in order."""
    options = {o.key: (n, o) for n, o in enumerate(decided(w, stage), start=1)}
    shown = {key: weight for key in options if (weight := w.weights.get((stage, key))) and weight.shown}
    spots = {spot.key: spot for spot in matrix.spots([(key, weight.shown) for key, weight in shown.items()])}
    return tuple(Point(*options[key], f.raters, _axis(f.effort), _axis(f.impact), weighed.in_place(f), spots[key], weighed.said_before(w, key, weight.at))
                 for key, weight in shown.items() for f in [weight.shown])


def _axis(spread: Spread) -> Axis:
    return Axis(weighed.number(spread.median), weighed.between(spread), matrix.strip(spread))


def weighing(w: Workshop, stage: str, option: Option, n: int) -> Weighing:
    """How far the weighing of *option*, the *n*-th priority of the discussion *stage*, is."""
    weight = w.weights.get((stage, option.key), Weight())
    asked = w.questions.get((stage, option.key), ())
    last = asked[-1] if asked else Question("")
    whole = {who for who, rating in weight.ratings.items() if rating.whole}
    people = concerned(w, stage, option.key) | whole | last.answers.keys()
    said = next((" ".join(filter(None, [weighed.agreement(q), weighed.said_before(w, option.key, q.closed)])) for q in reversed(asked) if q.outcome), "")
    is_open = bool(asked) and not last.outcome
    return Weighing(n, option, len(whole), len(people), len(weight.since), bool(weight.shown), len(asked), is_open, last.method,
                    len(last.answers) if is_open else 0, said)


def all_weighings(w: Workshop, stage: str) -> tuple[Weighing, ...]:
    """Every priority of the discussion *stage*, in order."""
    return tuple(weighing(w, stage, option, n) for n, option in enumerate(decided(w, stage), start=1))


def said(found: tuple[Point, ...]) -> str:
    """What the picture of *found* shows, in words."""
    return weighed.sentence([(p.option.text, p.effort.median, p.impact.median, p.place) for p in found])
