"""The figures of a rehearsal: one object, printed as JSON or as a page of text."""
import json
from collections.abc import Iterable, Sequence
from typing import Any

from workshop.words import _

VERSION = 1


def percentiles(ms: Iterable[float]) -> dict[str, float]:
    """p50, p95 and p99 of *ms*, each a value that occurred; 0 where there is none."""
    ordered = sorted(ms)
    return {f"p{p}": round(ordered[min(len(ordered) * p // 100, len(ordered) - 1)], 1) if ordered else 0.0 for p in (50, 95, 99)}


def groups(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"size": group["people"], "constituencies": group["sides"]} for group in data["groups"]]


def themes(data: dict[str, Any]) -> dict[str, Any]:
    """How the last board stands."""
    board = data["boards"][-1] if data["boards"] else {"stage": "", "encoder": ""}
    made = [theme["ideas"] for theme in data["themes"] if theme["stage"] == board["stage"]]
    placed = {idea for there in made for idea in there}
    tray = sum(idea["id"] not in placed and not idea["parked"] for idea in data["ideas"]) if made else 0
    return {"count": sum(map(bool, made)), "in_tray": tray, "encoder": board["encoder"]}


def votes(data: dict[str, Any], ballots: dict[str, dict[str, int]]) -> dict[str, int]:
    """The last vote: ballots (person -> dots) that were acknowledged, their dots, and how many each person had."""
    return {"ballots": len(ballots), "dots": sum(sum(dots.values()) for dots in ballots.values()),
            "budget": data["votes"][-1]["dots"] if data["votes"] else 0}


def top(data: dict[str, Any]) -> list[dict[str, Any]]:
    """What the last vote chose, and what ties for its last place."""
    vote = next((v for v in reversed(data["votes"]) if v["known"]), None)
    chosen = {*vote["priorities"], *vote["tied"]} if vote else set()
    return [{"rank": row["rank"], "name": row["name"], "dots": row["dots"], "people": row["people"], "tied": row["option"] in vote["tied"]}
            for row in (vote["rows"] if vote else ()) if row["option"] in chosen]


def printed(s: dict[str, Any]) -> str:
    """The summary as text for a terminal."""
    ideas, people = s["ideas"], s["people"]
    lines = [_("Workshop %(code)s, plan %(plan)s, in %(n)d seconds", code=s["code"].upper(), plan=s["plan"], n=s["seconds"]), "",
             _("People    %(joined)d of %(asked)d joined, in %(n)d groups of %(sizes)s", joined=people["joined"], asked=people["asked"],
               n=len(people["groups"]), sizes=_range([g["size"] for g in people["groups"]])),
             _("Ideas     %(sent)d sent, %(acknowledged)d acknowledged, %(refused)d refused", **ideas),
             _("          %(lost)d lost, %(doubled)d doubled, %(leaked)d leaked, %(out_of_order)d out of order", **ideas),
             _("Seen      %(seen)d of %(expected)d times by those at the same table", **s["seen"]),
             _("Themes    %(count)d, %(in_tray)d ideas in the tray, by %(encoder)s", **s["themes"]),
             _("Vote      %(ballots)d ballots, %(dots)d dots of %(budget)d each", **s["votes"]),
             *(_("          %(rank)d. %(name)s: %(dots)d dots of %(people)d people", **row) + (_(" (tied)") if row["tied"] else "") for row in s["top"]),
             *(_("Saved     half within %(p50)d ms, 95 of 100 within %(p95)d ms, 99 within %(p99)d ms", **s["ms"]["acknowledged"]),
               _("Shown     half within %(p50)d ms, 95 of 100 within %(p95)d ms, 99 within %(p99)d ms", **s["ms"]["seen"])),
             _("Files     %(n)d: %(names)s", n=len(s["files"]), names=", ".join(f["name"] for f in s["files"]))]
    ending = [_("Nothing was lost, doubled, leaked or out of order.")] if s["ok"] else [_("Something was wrong:"), *(f"  - {f}" for f in s["faults"])]
    return "\n".join([*lines, "", *ending])


def as_json(s: dict[str, Any]) -> str:
    return json.dumps(s, ensure_ascii=False)


def _range(sizes: Sequence[int]) -> str:
    return "0" if not sizes else f"{min(sizes)}" if min(sizes) == max(sizes) else f"{min(sizes)} to {max(sizes)}"
