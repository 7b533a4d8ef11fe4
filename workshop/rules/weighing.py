"""Weighing a priority: rating its effort and impact, and asking who agrees to it."""
import random
from collections.abc import Iterable, Sequence
from statistics import median

from workshop.events import Event
from workshop.events.weighing import (AgreementAnswered, AgreementAsked, AgreementClosed, MatrixPut, PriorityRated, RatingsShown,
                                      ReasonAnswered)
from workshop.rules.command import Ask, Refused, cleaned, command
from workshop.rules.discuss import discussed
from workshop.rules.stands import reason
from workshop.state import ANSWERS, IDEA_MOST, SCALE, WEIGHED_LEAST, Figures, Outcome, Question, Rating, Spread, Weight, Workshop
from workshop.words import N_


def spread(values: Sequence[int]) -> Spread:
    """The median of *values*, at least one, and the quarters of them: Tukey's hinges, each a value that was given.

    A hinge lies as many places in from its end as half the depth of the median says, (floor((n + 1) / 2) + 1) / 2 (Tukey,
    Exploratory Data Analysis, 1977); halfway between two values it is the outer one.  So at least half of the values lie
    from low to high, both included, and from five values on neither is the least or the greatest one alone.
    """
    ordered = sorted(values)
    depth = ((len(ordered) + 1) // 2 + 1) // 2
    return Spread(float(ordered[depth - 1]), float(median(ordered)), float(ordered[-depth]))


def figures(ratings: Iterable[Rating]) -> Figures:
    """What those of *ratings* that are whole come to, at least one."""
    whole = [rating for rating in ratings if rating.whole]
    return Figures(len(whole), spread([rating.effort for rating in whole]), spread([rating.impact for rating in whole]))


def is_objection(answer: str) -> bool:
    """Whether *answer* would stop it, so that it says why."""
    return answer in ("object", "0")


def concerned(w: Workshop, stage: str, priority: str) -> frozenset[str]:
    """Who is asked about *priority*: everybody while it is what the room talks about, else those who sit down with it."""
    at = w.plan.stage(stage)
    if not at.side_by_side or w.on_stage.get(stage) == priority:
        return frozenset(w.people)
    return frozenset(who for who, chosen in w.tables.get(stage, {}).items() if chosen == priority)


@command("participant", "facilitator")
def rate_priority(w: Workshop, ask: Ask, *, stage: str, priority: str, number: int, effort: int = 0, impact: int = 0,
                  person: str | None = None) -> Event | None:
    """Say how much work a priority is and how much it would change, 1 to 5 each, 0 for not yet.

    *number* is counted by the page: a rating with a lower one than the last changes nothing.
    """
    who = ask.acts_for(w, person)
    discussed(w, stage, priority)
    if not (0 <= effort <= SCALE and 0 <= impact <= SCALE and effort + impact):
        raise Refused(N_("Choose a number from 1 to 5."))
    last = w.weights.get((stage, priority), Weight()).ratings.get(who)
    if last and number <= last.number:
        return _again(number < last.number or (effort, impact) == (last.effort, last.impact))
    return PriorityRated(stage, priority, who, effort, impact, number, proxy=who != ask.by)


@command("facilitator")
def show_ratings(w: Workshop, ask: Ask, *, stage: str, priority: str) -> Event | None:
    """Show everybody what a priority was rated: from five people on, and again from five on who rated it since.

    Fewer would tell, by what changed, what each of them said.
    """
    discussed(w, stage, priority)
    weight = w.weights.get((stage, priority), Weight())
    if weight.shown and not weight.since:
        return None
    if weight.raters < WEIGHED_LEAST:
        raise Refused(N_("%(n)d people have rated it. From %(least)d on it can be shown."), n=weight.raters, least=WEIGHED_LEAST)
    if weight.shown and len(weight.since) < WEIGHED_LEAST:
        raise Refused(N_("%(n)d have rated it since. From %(least)d on it can be shown anew."), n=len(weight.since), least=WEIGHED_LEAST)
    return RatingsShown(stage, priority, figures(weight.ratings.values()))


@command("facilitator")
def put_matrix(w: Workshop, ask: Ask, *, stage: str, on: bool) -> Event | None:
    """Put effort and impact of all priorities on the screen, or take it off."""
    at = w.plan.stage(stage)
    if not at or at.kind != "discuss" or not w.has_opened(stage):
        raise Refused(N_("The discussion has not opened yet."))
    return None if (stage in w.matrix_on) == on else MatrixPut(stage, on)


@command("facilitator")
def ask_agreement(w: Workshop, ask: Ask, *, stage: str, priority: str, method: str, round: int) -> Event | None:
    """Ask who agrees to a priority, as ``consent`` or by ``fist`` of five.

    *round* counts the askings from 1: the next one opens once the last is closed; the open one can be asked in the other
    way until somebody has answered.
    """
    discussed(w, stage, priority)
    asked = w.questions.get((stage, priority), ())
    if method not in ANSWERS or not 1 <= round <= len(asked) + 1:
        raise Refused(N_("This page is out of date. Load it again."))
    if round < len(asked) or round == len(asked) and (asked[-1].method == method or asked[-1].outcome):
        return None
    if round == len(asked) and asked[-1].answers:
        raise Refused(N_("Somebody has answered already. Close this question, then ask anew."))
    if round > len(asked) and asked and not asked[-1].outcome:
        raise Refused(N_("This question is open already. Close it, then ask anew."))
    return AgreementAsked(stage, priority, round, method)


@command("participant", "facilitator")
def answer_agreement(w: Workshop, ask: Ask, *, stage: str, priority: str, round: int, answer: str, number: int, why: str = "",
                     person: str | None = None) -> Event | None:
    """Say whether one agrees to a priority, and why: one of ``ANSWERS``.  A lower *number* than the last changes nothing."""
    who = ask.acts_for(w, person)
    question = _asked(w, stage, priority, round)
    if answer not in ANSWERS[question.method]:
        raise Refused(N_("Choose one of the answers, then send it."))
    why = reason(why, is_objection(answer))
    last = question.answers.get(who)
    if last and number <= last.number:
        return _again(number < last.number or (answer, why) == (last.answer, last.why))
    if question.outcome:
        raise Refused(N_("This question has closed. Tell the facilitator what you wanted to say."))
    return AgreementAnswered(stage, priority, round, who, answer, why, number, proxy=who != ask.by)


@command("facilitator")
def close_agreement(w: Workshop, ask: Ask, *, stage: str, priority: str, round: int) -> Event | None:
    """Close the question and count it, for everybody to see."""
    question = _asked(w, stage, priority, round)
    if question.outcome:
        return None
    if not question.answers:
        raise Refused(N_("Nobody has answered yet. Leave it open, or go on without it."))
    counts = {answer: sum(a.answer == answer for a in question.answers.values()) for answer in ANSWERS[question.method]}
    silent = len(concerned(w, stage, priority) - question.answers.keys())
    return AgreementClosed(stage, priority, round, Outcome(ask.at, counts, silent, _reasons(question, ask.seed)))


def _reasons(question: Question, seed: int) -> tuple[str, ...]:
    """Who said why: objections first, otherwise in an order that tells nothing."""
    said = sorted(who for who, answer in question.answers.items() if answer.why)
    random.Random(seed).shuffle(said)
    return tuple(sorted(said, key=lambda who: not is_objection(question.answers[who].answer)))


@command("facilitator")
def answer_reason(w: Workshop, ask: Ask, *, stage: str, priority: str, round: int, place: int, text: str, was: int = 0) -> Event | None:
    """Write down what was done with an objection or another reason, whole.  *was*: the version that the writer's page showed."""
    question = _asked(w, stage, priority, round)
    if not question.outcome or not 0 <= place < len(question.outcome.reasons):
        raise Refused(N_("This page is out of date. Load it again."))
    text, known = cleaned(text), question.done.get(place)
    if len(text) > IDEA_MOST:
        raise Refused(N_("Say it in %(most)d characters; this one is %(n)d."), most=IDEA_MOST, n=len(text))
    if text == (known.text if known else ""):
        return None
    if (known.version if known else 0) != was:
        raise Refused(N_("Somebody else wrote here first. Your words are kept below; look at theirs."))
    return ReasonAnswered(stage, priority, round, place, text, was + 1)


def _again(known: bool) -> None:
    """Nothing changes by what is *known* already; else another page gave other words the same number."""
    if not known:
        raise Refused(N_("Your answer changed on another page. Look at it, then send again."))


def _asked(w: Workshop, stage: str, priority: str, round: int) -> Question:
    asked = w.questions.get((stage, priority), ())
    if not 1 <= round <= len(asked):
        raise Refused(N_("This is not asked yet. Your words are kept here."))
    return asked[round - 1]
