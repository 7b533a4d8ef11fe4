"""What people say of a priority in words: effort, impact and agreement.  The same on pages and in documents."""
from collections.abc import Iterable
from dataclasses import dataclass

from workshop.rules.weighing import is_objection
from workshop.state import WEIGHED_LEAST, Figures, Outcome, Question, Spread, Weight, Workshop
from workshop.words import N_, _, counted, joined, listed

MIDDLE = 3
PLACES = {"now": N_("start now"), "plan": N_("plan it"), "time": N_("if there is time"), "leave": N_("leave"),
          "middle": N_("on the line")}
STANDS = {"agree": N_("agrees"), "aside": N_("stands aside"), "object": N_("objects"), "5": N_("five fingers"), "4": N_("four fingers"),
          "3": N_("three fingers"), "2": N_("two fingers"), "1": N_("one finger"), "0": N_("a fist")}


@dataclass(frozen=True)
class Reason:
    """What somebody said why, and what was *done* with it; nobody's name.  *place* names it, *version* counts the edits of *done*."""

    place: int
    stand: str
    objects: bool
    text: str
    done: str
    version: int


def quadrant(figures: Figures) -> str:
    """Where the medians lie, one of ``PLACES``: below and above the middle of the scale; ``middle`` where one lies on it."""
    effort, impact = figures.effort.median, figures.impact.median
    if MIDDLE in (effort, impact):
        return "middle"
    if impact > MIDDLE:
        return "now" if effort < MIDDLE else "plan"
    return "time" if effort < MIDDLE else "leave"


def in_place(figures: Figures) -> str:
    """The quadrant in words."""
    return _(PLACES[quadrant(figures)])


def number(value: float) -> str:
    """A median or a quarter: 3, 3.5."""
    return f"{value:g}"


def between(spread: Spread) -> str:
    """Between which numbers at least half of the answers lie."""
    return number(spread.low) if spread.low == spread.high else _("%(low)s to %(high)s", low=number(spread.low), high=number(spread.high))


def is_told(outcome: Outcome) -> bool:
    """Whether the counts may be shown: enough people answered that nobody's answer stands out by who else is there."""
    return outcome.people >= WEIGHED_LEAST


def agreement(question: Question) -> str:
    """What came of *question*, in a sentence or two; empty while it is open."""
    outcome = question.outcome
    if not outcome:
        return ""
    if not is_told(outcome):
        said = counted("1 person answered: fewer than %(least)d, so only reasons are shown.",
                       "%(n)d people answered: fewer than %(least)d, so only reasons are shown.", outcome.people, least=WEIGHED_LEAST)
    else:
        said = (_consent if question.method == "consent" else _fist)(outcome)
    silent = counted("1 did not answer.", "%(n)d did not answer.", outcome.silent) if outcome.silent else ""
    return " ".join(filter(None, [said, silent]))


def _consent(outcome: Outcome) -> str:
    agree, aside, against = (outcome.counts.get(answer, 0) for answer in ("agree", "aside", "object"))
    said = [counted("%(n)d of %(all)d agrees", "%(n)d of %(all)d agree", agree, all=outcome.people)]
    said += [counted("1 stands aside", "%(n)d stand aside", aside)] if aside else []
    said.append(counted("1 objects", "%(n)d object", against) if against else _("nobody objects"))
    return joined(said) + "."


def _fist(outcome: Outcome) -> str:
    for_it = sum(outcome.counts.get(answer, 0) for answer in ("5", "4", "3"))
    doubts, fists = sum(outcome.counts.get(answer, 0) for answer in ("2", "1")), outcome.counts.get("0", 0)
    said = [counted("%(n)d of %(all)d shows three fingers or more", "%(n)d of %(all)d show three fingers or more", for_it, all=outcome.people)]
    said += [counted("1 shows one or two", "%(n)d show one or two", doubts)] if doubts else []
    said.append(counted("1 shows a fist", "%(n)d show a fist", fists) if fists else _("nobody shows a fist"))
    return joined(said) + "."


def reasons(question: Question) -> tuple[Reason, ...]:
    """The reasons given in a closed *question*, objections first."""
    if not question.outcome:
        return ()
    found = []
    for place, who in enumerate(question.outcome.reasons):
        given, done = question.answers[who], question.done.get(place)
        found.append(Reason(place, _(STANDS[given.answer]), is_objection(given.answer), given.why, done.text if done else "",
                            done.version if done else 0))
    return tuple(found)


def weighed(w: Workshop, options: Iterable[str]) -> list[tuple[str, Figures]]:
    """Those of *options* whose figures are shown, with the figures of the last stage in which they were."""
    return [(option, weight.shown) for option in options if (weight := last_weight(w, option))]


def last_weight(w: Workshop, option: str) -> Weight | None:
    """The weight of *option* in the last stage in which its figures were shown."""
    return next((weight for (_stage, priority), weight in reversed(w.weights.items()) if priority == option and weight.shown), None)


def merged_into(w: Workshop, option: str, after: int = 0) -> dict[str, str]:
    """The themes that people put into *option* after journal number *after*, once they had voted: option -> its name.

    What was said of these, and of *option* before that, was said of each by itself: it stays so, and is told so.
    """
    found = {}
    for board in w.boards.values():
        for edit in (e for e in board.edits if e.new == option and not e.split and not e.undone):
            later = {edit.old: board.name_of(int(edit.old.removeprefix("theme:")))} if edit.step > after else {}
            found |= later | merged_into(w, edit.old, after)
    return found


def said_before(w: Workshop, option: str, at: int) -> str:
    """Which themes went into *option* after something was said of it at journal number *at*; empty for none."""
    names = [_("“%(name)s”", name=name) for name in merged_into(w, option, at).values()]
    return _("This was said before %(names)s went into it.", names=listed(names)) if names else ""


def sentence(drawn: Iterable[tuple[str, str, str, str]]) -> str:
    """What the picture says, for who cannot see it: (name, effort, impact, place) of each priority."""
    return "; ".join(_("%(name)s: effort %(effort)s, impact %(impact)s, %(place)s", name=name, effort=effort, impact=impact, place=place)
                     for name, effort, impact, place in drawn)
