"""The figures of a rehearsal: one object, printed as JSON or as a page of text."""
import json
from collections.abc import Iterable, Mapping
from typing import Any

from workshop.rehearse.network import SAID
from workshop.words import N_, _

VERSION = 1


def percentiles(ms: Iterable[float]) -> dict[str, float]:
    """p50, p95 and p99 of *ms*, each a value that occurred; 0 where there is none."""
    ordered = sorted(ms)
    places = {p: min(len(ordered) * p // 100, len(ordered) - 1) for p in (50, 95, 99)}
    return {f"p{p}": round(ordered[place], 1) if ordered else 0.0 for p, place in places.items()}


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
            "budget": next((vote["dots"] for vote in reversed(data["votes"]) if not vote["run_off"]), 0)}


def top(data: dict[str, Any]) -> list[dict[str, Any]]:
    """What the last vote chose, and what ties for its last place."""
    vote = next((v for v in reversed(data["votes"]) if v["known"] and not v["run_off"]), None)
    chosen = {*vote["priorities"], *vote["tied"]} if vote else set()
    return [{key: row[key] for key in ("rank", "name", "dots", "people")} | {"tied": row["option"] in vote["tied"]}
            for row in (vote["rows"] if vote else ()) if row["option"] in chosen]


def printed(s: dict[str, Any], made: Mapping[str, int]) -> str:
    """The summary as text for a terminal, with the faults of the network that were *made* (kind -> how often)."""
    sizes = sorted({group["size"] for group in s["people"]["groups"]}) or [0]
    within = N_("half within %(p50)d ms, 95 of 100 within %(p95)d ms, 99 within %(p99)d ms")
    lines = [
        _("Workshop %(code)s, plan %(plan)s, in %(n)d seconds", code=s["code"].upper(), plan=s["plan"], n=s["seconds"]), "",
        _("People    %(joined)d of %(asked)d joined, in %(n)d groups of %(least)d to %(most)d", joined=s["people"]["joined"],
          asked=s["people"]["asked"], n=len(s["people"]["groups"]), least=sizes[0], most=sizes[-1]),
        _("Ideas     %(sent)d sent, %(acknowledged)d acknowledged, %(refused)d refused", **s["ideas"]),
        _("          %(lost)d lost, %(doubled)d doubled, %(leaked)d leaked, %(out_of_order)d out of order", **s["ideas"]),
        _("Seen      %(seen)d of %(expected)d times by those at the same table", **s["seen"]),
        _("Themes    %(count)d, %(in_tray)d ideas in the tray, by %(encoder)s", **s["themes"]),
        _("Vote      %(ballots)d ballots, %(dots)d dots of %(budget)d each", **s["votes"]), *map(_place, s["top"]),
        _("Saved     %(within)s", within=_(within, **s["ms"]["acknowledged"])),
        _("Shown     %(within)s", within=_(within, **s["ms"]["seen"])),
        _("Files     %(n)d: %(names)s", n=len(s["files"]), names=", ".join(file["name"] for file in s["files"])),
        *_network(made), ""]
    if s["ok"]:
        return "\n".join([*lines, _("Nothing was lost, doubled, leaked or out of order.")])
    return "\n".join([*lines, _("Something was wrong:"), *(f"  - {fault}" for fault in s["faults"])])


def _network(made: Mapping[str, int]) -> list[str]:
    told = ["          " + _(SAID[kind], n=made[kind]) for kind in SAID if made.get(kind)]
    return [_("Network   %(n)d faults were made", n=sum(made.values())), *told] if told else []


def _place(row: dict[str, Any]) -> str:
    if row["tied"]:
        return _("          %(rank)d. %(name)s: %(dots)d dots of %(people)s people, tied", **row)
    return _("          %(rank)d. %(name)s: %(dots)d dots of %(people)s people", **row)


def as_json(s: dict[str, Any]) -> str:
    return json.dumps(s, ensure_ascii=False)
