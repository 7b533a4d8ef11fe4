"""What a plan may hold: key by key, with a sentence for what it may not."""
import re
from dataclasses import replace
from typing import Any

from workshop.agenda import (CRITERIA_MOST, CRITERION_MOST, DOWNLOADS, KINDS, PLAN_TEXTS, SCRIPT_TEXTS, SIDE_MOST, SIDES_MOST, SOURCES, STAGE_TEXTS,
                             STEP_TEXTS, Plan, Stage)
from workshop.words import N_, InWords

AGREEMENTS = ("", "consent", "fist")
CHOICES = {"names": ("optional", "asked", "none"), "tie": ("run-off", "keep")}
RANGES = {"people": (0, 5000), "group_size": (0, 50), "groups": (0, 400), "top": (1, 10), "dots": (0, 20), "cap": (0, 20),
          "priorities": (1, 10)}


class PlanWrong(InWords):
    """A plan that cannot be used: the sentence names the file, the key and what is allowed."""


def check(plan: Plan, file: str) -> None:
    """Raise ``PlanWrong`` where *plan*, by which a workshop is said to have been run, is none; *file* stands in its sentences.

    How long its words are is not asked: a release may have allowed more.
    """
    held(plan, file)
    for n, stage in enumerate(plan.stages, start=1):
        if stage.kind not in KINDS or not stage.steps:
            raise PlanWrong(N_("%(file)s: stages[%(n)s] is no stage that can be run."), file=file, n=n)
        before = {s.id for s in plan.stages[:n - 1] if s.kind == "vote"}
        if {stage.run_off, stage.second} - {""} - (before if stage.kind == "vote" else set()):
            raise PlanWrong(N_("%(file)s: stages[%(n)s] decides a vote that is not ahead of it."), file=file, n=n)
    if not plan.title.strip():
        raise PlanWrong(N_("%(file)s: the workshop has no title."), file=file)
    if not plan.stages:
        raise PlanWrong(N_("%(file)s: stages is missing: a plan has at least one [[stages]]."), file=file)
    sourced(plan, file)


def held(plan: Plan, file: str) -> None:
    """Raise ``PlanWrong`` at the first key of *plan* that holds what is not allowed; *file* stands in the sentence."""
    ids = [stage.id for stage in plan.stages]
    for n, stage in enumerate(plan.stages, start=1):
        where = f"{file}: stages[{n}]"
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,31}", stage.id):
            raise PlanWrong(N_("%(where)s.id is %(id)s; allowed are small letters, digits and hyphens."), where=where, id=repr(stage.id))
        if ids.count(stage.id) > 1:
            raise PlanWrong(N_("%(where)s.id: %(id)s is there twice; each stage has an id of its own."), where=where, id=repr(stage.id))
        if stage.options not in ("themes", "ideas"):
            raise PlanWrong(N_("%(where)s.options is %(options)s; allowed are themes, ideas."), where=where, options=repr(stage.options))
        if stage.agreement not in AGREEMENTS:
            raise PlanWrong(N_("%(where)s.agreement is %(agreement)s; allowed are consent, fist, or nothing."), where=where, agreement=repr(stage.agreement))
        if len(stage.criteria) > CRITERIA_MOST or not all(1 <= len(line) <= CRITERION_MOST for line in stage.criteria):
            raise PlanWrong(N_("%(where)s.criteria: allowed are up to %(lines)s sentences of 1 to %(most)s characters."), where=where,
                            lines=CRITERIA_MOST, most=CRITERION_MOST)
        _check_minutes(stage, where)
    for key, allowed in CHOICES.items():
        if getattr(plan, key) not in allowed:
            raise PlanWrong(N_("%(file)s: %(key)s is %(value)s; allowed are %(allowed)s."), file=file, key=key, value=repr(getattr(plan, key)), allowed=', '.join(allowed))
    for key, (least, most) in RANGES.items():
        if not least <= getattr(plan, key) <= most:
            raise PlanWrong(N_("%(file)s: %(key)s is %(value)s; allowed is %(least)s to %(most)s."), file=file, key=key, value=getattr(plan, key), least=least, most=most)
    for name in plan.downloads:
        if name not in DOWNLOADS:
            raise PlanWrong(N_("%(file)s: downloads holds %(name)s; allowed are %(allowed)s."), file=file, name=repr(name), allowed=', '.join(DOWNLOADS))
    if len(plan.constituencies) > SIDES_MOST or len({c.casefold() for c in plan.constituencies}) < len(plan.constituencies):
        raise PlanWrong(N_("%(file)s: constituencies: allowed are up to %(most)s, each with a name of its own."), file=file, most=SIDES_MOST)


def fits(plan: Plan, file: str) -> None:
    """Raise ``PlanWrong`` where words of *plan* are too long for the pages."""
    for key, most in ((key, PLAN_TEXTS[key]) for key in ("title", "question")):
        if not 1 <= len(getattr(plan, key).strip()) <= most:
            raise PlanWrong(N_("%(file)s: %(key)s is 1 to %(most)s characters; this one is %(n)s."), file=file, key=key, most=most, n=len(getattr(plan, key)))
    _short(plan, PLAN_TEXTS, f"{file}: ")
    for n, side in enumerate(plan.constituencies, start=1):
        _fits(side, SIDE_MOST, f"{file}: constituencies[{n}]")
    for n, stage in enumerate(plan.stages, start=1):
        where = f"{file}: stages[{n}]."
        _short(stage, STAGE_TEXTS, where)
        _short(stage.script, SCRIPT_TEXTS, f"{where}script.")
        for place, step in enumerate(stage.steps, start=1):
            _short(step, STEP_TEXTS, f"{where}steps[{place}].")
            _short(step.script, SCRIPT_TEXTS, f"{where}steps[{place}].script.")


def _short(part: Any, texts: dict[str, int], where: str) -> None:
    for key, most in texts.items():
        _fits(getattr(part, key), most, where + key)


def _fits(words: str, most: int, where: str) -> None:
    if len(words) > most:
        raise PlanWrong(N_("%(where)s is at most %(most)s characters; this one is %(n)s."), where=where, most=most, n=len(words))


def _check_minutes(stage: Stage, where: str) -> None:
    for n, step in enumerate(stage.steps, start=1):
        if not 0 < step.minutes <= 600:
            raise PlanWrong(N_("%(where)s.steps[%(n)s].minutes is %(minutes)s; allowed is more than 0, up to 600."), where=where, n=n, minutes=f"{step.minutes:g}")


def sourced(plan: Plan, file: str) -> Plan:
    """Fill in where each stage takes from: the last stage of the fitting kind before it."""
    stages: list[Stage] = []
    for n, stage in enumerate(plan.stages, start=1):
        wanted = "brainstorm" if stage.kind == "vote" and stage.options == "ideas" else SOURCES.get(stage.kind)
        before = {s.id: s for s in stages}
        if stage.source and stage.source not in before:
            raise PlanWrong(N_("%(file)s: stages[%(n)s].from is %(source)s; allowed are stages before it: %(allowed)s."), file=file, n=n, source=repr(stage.source), allowed=', '.join(before) or 'none')
        if stage.source and before[stage.source].kind != wanted:
            raise PlanWrong(N_("%(file)s: stages[%(n)s].from: a %(kind)s takes from a %(wanted)s, not from a %(kind2)s."), file=file, n=n, kind=stage.kind, wanted=wanted, kind2=before[stage.source].kind)
        found = stage.source or next((s.id for s in reversed(stages) if s.kind == wanted), "")
        if not found and stage.kind in ("plenary", "themes", "vote"):
            raise PlanWrong(N_("%(file)s: stages[%(n)s]: a %(kind)s needs a %(wanted)s before it."), file=file, n=n, kind=stage.kind, wanted=wanted)
        stages.append(replace(stage, source=found))
    return replace(plan, stages=tuple(stages))
