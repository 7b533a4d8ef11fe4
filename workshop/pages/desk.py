"""What the organiser's desk shows: plans as agenda bars, what a plan comes to, and the workshops that were made."""
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from workshop import plans
from workshop.agenda import Plan
from workshop.charter.figures import day
from workshop.charter.offered import Offer, offered
from workshop.registry import Listed
from workshop.rules.breakout import advised
from workshop.state.summary import Summary
from workshop.words import _, counted


@dataclass(frozen=True)
class Bar:
    """One stage in an agenda bar."""

    title: str
    minutes: float


@dataclass(frozen=True)
class Held:
    """A workshop on the list.  *state*: ``waiting``, ``paper`` (typed up, and nobody came since), ``live``, ``finished`` or ``unread``, with *why*."""

    listed: Listed
    day: str
    state: str
    people: int
    ideas: int
    files: tuple[Offer, ...]
    why: str = ""


def known(folder: Path) -> tuple[dict[str, Plan], dict[str, str]]:
    """The plans that can be picked, by name, and for those that cannot be used the sentence that says why."""
    found, broken = {}, {}
    for name, path in plans.known(folder).items():
        try:
            found[name] = plans.read(path)
        except plans.PlanWrong as wrong:
            broken[name] = str(wrong)
    return found, broken


def bars(plan: Plan) -> tuple[Bar, ...]:
    """The plan's stages as an agenda bar draws them; whole minutes without a point."""
    return tuple(Bar(_(stage.title), int(stage.minutes) if stage.minutes == int(stage.minutes) else stage.minutes) for stage in plan.stages)


def comes_to(plan: Plan) -> tuple[str, ...]:
    """What *plan* comes to, in sentences: who sits where, and how long it takes."""
    return (*_tables(plan), _("It takes %(time)s.", time=duration(plan.minutes)))


def duration(minutes: float) -> str:
    """Minutes as people say them: 45 minutes, 2 hours, 2 h 40."""
    hours, left = divmod(round(minutes), 60)
    if not hours:
        return counted("1 minute", "%(n)d minutes", left)
    return _("%(hours)d h %(left)02d", hours=hours, left=left) if left else counted("1 hour", "%(n)d hours", hours)


def _tables(plan: Plan) -> tuple[str, ...]:
    if not plan.people or not any(stage.groups for stage in plan.stages):
        return ()
    sides = Counter(n % max(1, len(plan.constituencies)) for n in range(plan.people))
    count = min(plan.groups or advised(sides, plan.group_size), plan.people)
    size, over = divmod(plan.people, count)
    values = {"people": plan.people, "count": count, "size": size, "more": size + 1}
    if count == 1:
        return (counted("1 person writes on one chart.", "%(n)d people write on one chart.", plan.people),)
    if over:
        return (_("%(people)d people make %(count)d tables of %(size)d or %(more)d.", **values),)
    return (_("%(people)d people make %(count)d tables of %(size)d.", **values),)


def unread(listed: Listed, why: str) -> Held:
    """A workshop whose file cannot be read, because of *why*."""
    return Held(listed, day(listed.made), "unread", 0, 0, (), why)


def held(listed: Listed, w: Summary) -> Held:
    """The workshop that *w* sums up, as the list shows it."""
    state = "finished" if w.ended else "waiting" if not w.open else "paper" if w.ideas and not w.people else "live"
    return Held(listed, day(listed.made), state, w.people, w.ideas, offered(w) if w.opened else ())
