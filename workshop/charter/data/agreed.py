"""The tables of what came of the result: priorities, what was said of them, actions, the charter."""
from collections.abc import Iterator

from workshop.charter.data.table import Cell, Column, Table, columns
from workshop.charter.data.voted import OPTION, option_numbers
from workshop.charter.figures import counted_in, decided, option_name
from workshop.charter.pieces import talked_about, vote_with
from workshop.charter.sections import SECTIONS, offered, words
from workshop.charter.seen import Seen
from workshop.charter.weighed import agreement, quadrant, reasons, weighed
from workshop.state import Figures, Question, Workshop
from workshop.words import N_, _


def priority_numbers(w: Workshop) -> dict[str, int]:
    """Option -> its number in the table ``priorities``: all that there is something to say of."""
    asked = [priority for (_stage, priority), found in (*w.questions.items(), *w.weights.items())]
    return {option: n for n, option in enumerate(dict.fromkeys((*talked_about(w), *asked)), start=1)}


def asked_of(w: Workshop) -> list[tuple[str, int, Question]]:
    """(priority, how often asked by then, question) of all that were closed, in the order of the table ``agreements``."""
    return [(priority, n, question) for (_stage, priority), asked in w.questions.items() for n, question in enumerate(asked, start=1) if question.outcome]


def _named(w: Workshop, option: str) -> str:
    return option_name(w, vote_with(w, option), option) if option else ""


def _priorities(s: Seen) -> Iterator[tuple[Cell, ...]]:
    w, options = s.w, option_numbers(s.w)
    chosen = {row.option for _vote, row in decided(w)}
    for option, n in priority_numbers(w).items():
        found, figures = counted_in(w, option), next((f for _option, f in weighed(w, [option])), None)
        asked = [question for priority, _time, question in asked_of(w) if priority == option][-1:]
        yield (n, _named(w, option), int(option in chosen), *((found[1].rank, found[1].dots, found[1].people_in_all) if found else (None,) * 3), len(w.helpers.get(option, ())),
               *_weight(figures), *next(((q.method, q.outcome.people, agreement(q)) for q in asked), (None,) * 3),
               options[found[0].stage, option] if found else None)


def _weight(f: Figures | None) -> tuple[Cell, ...]:
    if not f:
        return (None,) * 8
    return (f.raters, *(value for spread in (f.effort, f.impact) for value in (spread.median, spread.low, spread.high)), quadrant(f))


def _agreements(s: Seen) -> Iterator[tuple[Cell, ...]]:
    numbers = priority_numbers(s.w)
    for n, (priority, time, q) in enumerate(asked_of(s.w), start=1):
        yield n, numbers[priority], _named(s.w, priority), time, q.method, q.outcome.people, q.outcome.silent, agreement(q)


def _reasons(s: Seen) -> Iterator[tuple[Cell, ...]]:
    for n, (_priority, _time, question) in enumerate(asked_of(s.w), start=1):
        yield from ((n, question.answers[who].answer, reason.text, reason.done)
                    for who, reason in zip(question.outcome.reasons, reasons(question), strict=True))


def _points(s: Seen) -> Iterator[tuple[Cell, ...]]:
    numbers = priority_numbers(s.w)
    return ((_named(s.w, p.priority), p.kind, p.text, numbers.get(p.priority)) for p in s.w.points.values())


def _actions(s: Seen) -> Iterator[tuple[Cell, ...]]:
    numbers = priority_numbers(s.w)
    return ((n, _named(s.w, a.priority), a.what, a.owner, a.support, a.first, a.due, a.measure, numbers.get(a.priority)) for n, a in enumerate(s.w.actions.values(), start=1))


def _charter(s: Seen) -> Iterator[tuple[Cell, ...]]:
    return ((_(kind.title), words(s.w, kind.id) or offered(s.w, kind.id), int(bool(words(s.w, kind.id)))) for kind in SECTIONS if not kind.generated)


PRIORITY = Column("priority number", N_("The priority in the table priorities."), "number", of="priorities")

PRIORITIES = Table("priorities", N_("Each priority, and others with something said of them: votes, effort, impact, agreement."), (
    Column("number", N_("Counts the rows; other tables name a priority by it."), "number"), Column("priority", N_("What people voted for.")),
    Column("decided", N_("1 where it is a priority."), "yes"),
    *columns("rank, dots", N_("In the vote that counts."), "number"), Column("people", N_("From how many people, as in the table votes."), "people"),
    Column("help offered", N_("How many people offer to help."), "number"), Column("rated by", N_("How many people rated it; empty where that was not shown."), "number"),
    *columns("effort, effort from, effort to, impact, impact from, impact to",
             N_("The middle of the answers from 1 to 5, and between which numbers at least half of them lie (Tukey's hinges)."), "decimal"),
    Column("place", N_("now, plan, time or leave: where the middles lie; middle where one of them is 3.")),
    Column("asked by", N_("consent or fist, in the last asking.")), Column("answered", N_("How many answered then."), "number"),
    Column("agreement", N_("What came of it; no counts where fewer than 5 answered.")), OPTION), _priorities)
AGREEMENTS = Table("agreements", N_("Each asking of who agrees, once it was closed."), (
    Column("number", N_("Counts the rows; the table reasons names an asking by it."), "number"), PRIORITY, Column("priority", N_("What people voted for.")),
    Column("asked", N_("Which asking it was, counted from 1."), "number"), Column("method", N_("consent or fist.")),
    *columns("answered, did not answer", N_("How many people."), "number"), Column("agreement", N_("What came of it; no counts where fewer than 5 answered."))), _agreements)
REASONS = Table("reasons", N_("What people said why, word for word and without a name."), (
    Column("agreement number", N_("The asking in the table agreements."), "number", of="agreements"),
    *columns("answer, reason, what was done", N_("Where they stood, why, and what was done with it."))), _reasons)
POINTS = Table("points", N_("What was said of the priorities."), (
    *columns("priority, kind, point", N_("Of which; power, others, later, obstacle or how; the words as written.")), PRIORITY), _points)
ACTIONS = Table("actions", N_("What was decided to do first."), (
    Column("number", N_("Counts the rows."), "number"),
    *columns("priority, action, owner, with, first move, by, measure", N_("As written down in the discussion.")), PRIORITY), _actions)
CHARTER = Table("charter", N_("The sections of the charter as they stand."), (
    *columns("section, words", N_("Its title, and what stands in it.")), Column("written", N_("1 where it is in the charter, 0 where the workshop offers it or nothing stands there."), "yes")), _charter)
