"""Reads plans: TOML files, checked key by key before a workshop is made from one."""
import difflib
import re
import tomllib
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import msgspec

from workshop.agenda import KINDS, Plan, Script, Stage, Step
from workshop.places import shipped
from workshop.plan_checks import PlanWrong, fits, held, sourced
from workshop.words import N_

__all__ = ["PlanWrong", "changed", "find", "known", "make", "read"]

TITLES = {"welcome": N_("Welcome"), "brainstorm": N_("Brainstorm"), "plenary": N_("Plenary"), "break": N_("Break"),
          "themes": N_("Themes"), "vote": N_("Vote"), "discuss": N_("Discuss"), "charter": N_("Charter"), "close": N_("Close")}
STEP_KEYS = {f.name for f in fields(Step)}
STAGE_KEYS = {f.name for f in fields(Stage)} - {"source", "run_off", "second"} | {"from", "minutes"}
PLAN_KEYS = {f.name for f in fields(Plan)}
SCRIPT_KEYS = {f.name for f in fields(Script)}


def find(name: str, sessions: Path) -> Path:
    """The file of the plan *name*: a path, else in the sessions folder, else among those that come with the product.

    Raises ``PlanWrong`` where there is none.
    """
    places = [Path(name), sessions / f"{name}.toml", shipped("sessions") / f"{name}.toml"]
    for path in places[0 if name.endswith(".toml") else 1:]:
        if path.is_file():
            return path
    raise PlanWrong(N_("There is no plan %(name)s. These are here: %(known)s."), name=repr(name), known=', '.join(sorted(known(sessions))))


def known(sessions: Path) -> dict[str, Path]:
    """Every plan that can be picked by name, the sessions folder's own before those that come with the product."""
    folders = (shipped("sessions"), sessions)
    return {path.stem: path for folder in folders if folder.is_dir() for path in sorted(folder.glob("*.toml"))}


def read(path: Path) -> Plan:
    """The plan in the TOML file *path*.  Raises ``PlanWrong`` with file, key and what is allowed."""
    try:
        return make(tomllib.loads(path.read_text("utf-8")), path.name)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise PlanWrong(N_("%(name)s: this is not a TOML file: %(wrong)s"), name=path.name, wrong=wrong) from wrong


def make(table: dict[str, Any], file: str = "plan") -> Plan:
    """The plan that *table*, as TOML reads it, describes; *file* stands in the sentences of ``PlanWrong``."""
    _only(table, PLAN_KEYS, file, "")
    stages = _listed(table, "stages", file, "")
    if not stages:
        raise PlanWrong(N_("%(file)s: stages is missing: a plan has at least one [[stages]]."), file=file)
    made = [_stage(stage, f"stages[{n}]", file) for n, stage in enumerate(stages, start=1)]
    try:
        plan = msgspec.convert({**table, "stages": made}, Plan)
    except msgspec.ValidationError as wrong:
        raise PlanWrong(N_("%(file)s: %(wrong)s"), file=file, wrong=_said(wrong)) from wrong
    plan = replace(plan, languages=plan.languages or (plan.language,))
    held(plan, file)
    fits(plan, file)
    return sourced(plan, file)


def changed(plan: Plan, form: dict[str, str]) -> Plan:
    """*plan* with what an organiser filled in: any key of its top level, and ``minutes.STAGE.STEP``.

    Lists are given one entry a line.  Empty answers change nothing, but that a workshop may name no constituency.  Raises ``PlanWrong``.
    """
    table = msgspec.to_builtins(plan)
    for key, words in form.items():
        if not words.strip() and key != "constituencies":
            continue
        if key.startswith("minutes."):
            _set_minutes(table, key, words)
        elif key in PLAN_KEYS - {"stages"}:
            table[key] = _like(table[key], key, words)
    return _again(table)


def _set_minutes(table: dict, key: str, words: str) -> None:
    _, stage, step = key.split(".")
    try:
        found = next(s for s in table["stages"] if s["id"] == stage)["steps"][int(step)]
        found["minutes"] = float(words.replace(",", "."))
    except (StopIteration, IndexError, ValueError) as wrong:
        raise PlanWrong(N_("form: %(key)s has to be a number of minutes, not %(words)s."), key=key, words=repr(words)) from wrong


def _like(old: Any, key: str, words: str) -> Any:
    if isinstance(old, (list, tuple)):
        return [line.strip() for line in words.splitlines() if line.strip()]
    if isinstance(old, int):
        try:
            return int(words)
        except ValueError as wrong:
            raise PlanWrong(N_("form: %(key)s has to be a whole number, not %(words)s."), key=key, words=repr(words)) from wrong
    return " ".join(words.split())


def _again(table: dict) -> Plan:
    try:
        plan = msgspec.convert(table, Plan)
    except msgspec.ValidationError as wrong:
        raise PlanWrong(N_("form: %(wrong)s"), wrong=_said(wrong)) from wrong
    held(plan, "form")
    fits(plan, "form")
    return plan


def _stage(table: Any, where: str, file: str) -> dict:
    if not isinstance(table, dict):
        raise PlanWrong(N_("%(file)s: %(where)s has to be a table, written [[stages]]."), file=file, where=where)
    _only(table, STAGE_KEYS, file, where + ".")
    kind = table.get("kind")
    if kind not in KINDS:
        raise PlanWrong(N_("%(file)s: %(where)s.kind is %(kind)s; allowed are %(allowed)s."), file=file, where=where, kind=repr(kind), allowed=', '.join(KINDS))
    _only(table.get("script", {}), SCRIPT_KEYS, file, where + ".script.")
    steps = [_step(step, f"{where}.steps[{n}]", file) for n, step in enumerate(_listed(table, "steps", file, where + "."), start=1)]
    if steps and "minutes" in table:
        raise PlanWrong(N_("%(file)s: %(where)s.minutes: a stage with steps takes its minutes from them. Leave it out."), file=file, where=where)
    if not isinstance(table.get("from", ""), str):
        raise PlanWrong(N_("%(file)s: %(where)s.from has to be the id of a stage before it, in quotes."), file=file, where=where)
    title = table.get("title") or TITLES[kind]
    made = {"groups": kind == "brainstorm", **table, "title": title, "source": table.get("from", "")}
    made["steps"] = steps or [_whole_stage(table, title, where, file)]
    return {key: value for key, value in made.items() if key not in ("from", "minutes")}


def _whole_stage(table: dict, title: str, where: str, file: str) -> dict:
    """A stage without steps has one, which is all of it."""
    if "minutes" not in table:
        raise PlanWrong(N_("%(file)s: %(where)s.minutes is missing: give a number of minutes, or [[stages.steps]]."), file=file, where=where)
    return {"title": title, "minutes": table["minutes"], "caption": table.get("caption", ""), "script": table.get("script", {})}


def _step(table: dict, where: str, file: str) -> dict:
    _only(table, STEP_KEYS, file, where + ".")
    _only(table.get("script", {}), SCRIPT_KEYS, file, where + ".script.")
    return table


def _listed(table: dict, key: str, file: str, where: str) -> list:
    value = table.get(key, [])
    if not isinstance(value, list):
        raise PlanWrong(N_("%(file)s: %(where)s%(key)s has to be tables, written [[%(key)s]]."), file=file, where=where, key=key)
    return value


def _only(table: Any, allowed: set[str], file: str, where: str) -> None:
    if not isinstance(table, dict):
        raise PlanWrong(N_("%(file)s: %(where)s has to be a table."), file=file, where=where.rstrip('.'))
    for key in table:
        if key not in allowed:
            near = difflib.get_close_matches(key, allowed, n=1)
            known = ", ".join(sorted(allowed))
            if near:
                raise PlanWrong(N_("%(file)s: %(where)s%(key)s is not known. Did you mean %(near)s? Allowed are %(allowed)s."), file=file,
                                where=where, key=key, near=near[0], allowed=known)
            raise PlanWrong(N_("%(file)s: %(where)s%(key)s is not known. Allowed are %(allowed)s."), file=file, where=where, key=key, allowed=known)


def _said(wrong: msgspec.ValidationError) -> str:
    what, _, path = str(wrong).partition(" - at `$.")
    at = re.sub(r"\[(\d+)\]", lambda m: f"[{int(m[1]) + 1}]", path.rstrip("`"))
    return f"{at}: {what}." if at else f"{what}."


