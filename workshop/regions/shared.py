"""What regions of several pages say in the same way."""
from collections import Counter
from dataclasses import dataclass

from workshop.state import Workshop
from workshop.words import _

FILLS = ("solid", "ring", "half", "bullseye", "hatched", "quarter")


@dataclass(frozen=True)
class Side:
    """A constituency as it is drawn: its name, the filling of its dots, and how many; *people*: from how many, in words."""

    name: str
    fill: str
    count: int
    people: str = ""


def sides(w: Workshop, people=None) -> tuple[Side, ...]:
    """The constituencies with how many of *people* (everybody where None) come from each."""
    who = w.people if people is None else people
    count = Counter(w.people[p].constituency for p in who if p in w.people)
    return tuple(Side(name, fill_of(w, name), count[name]) for name in w.plan.constituencies)


def fill_of(w: Workshop, constituency: str) -> str:
    """How the dots of a constituency are filled."""
    places = w.plan.constituencies
    return FILLS[places.index(constituency)] if constituency in places else FILLS[0]


def heading(w: Workshop) -> str:
    """What stands over the open stage: its heading, for a brainstorm the question; while a change of the charter is before people, that."""
    if not w.open:
        return w.plan.title
    if asked_anew(w):
        return _("Change the charter?")
    return w.open.heading or (w.plan.question if w.open.kind == "brainstorm" else w.open.title)


def asked_anew(w: Workshop) -> bool:
    """Whether people are asked where they stand on a change of the charter: in its stage, and after the end."""
    return w.amending and (bool(w.ended) or bool(w.open and w.open.kind == "charter"))


def caption(w: Workshop) -> str:
    """What people do now, from the step or its stage."""
    if asked_anew(w):
        return _("read the change on your phone")
    return (w.step.caption or w.open.caption) if w.open else ""


def clock(w: Workshop) -> dict:
    """The clock as ``parts.timer`` takes it; nothing of it is set before the first stage."""
    if not w.open or w.ended:
        return {"ends": None, "left": None, "total": None}
    return {"ends": w.clock.ends or None, "left": None if w.clock.left is None else w.clock.left // 1000, "total": w.clock.total // 1000}


def table(w: Workshop, name: str) -> str:
    """The name of a group as people say it: "Table 3"."""
    word = w.plan.group_word
    return f"{word[:1].upper()}{word[1:]} {name}" if word != "table" else _("Table %(name)s", name=name)
