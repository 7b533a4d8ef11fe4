"""Everything said and voted as data: three tables as CSV, and all of it as JSON."""
import csv
import io
import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any

from workshop.agenda import Plan, Script
from workshop.charter.figures import by_side, closed_votes, decided, group_name, option_name, places_of, stage_title, starred
from workshop.charter.seen import Seen, seen
from workshop.charter.text import clean
from workshop.state import Idea, Vote, Workshop
from workshop.words import N_

VERSION = 1
FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")

DICTIONARY = (
    ("ideas.csv: number, idea, stage, group", N_("Every idea in the order it came, its stage and group.")),
    ("ideas.csv: theme, theme name", N_("The letter and the name of its theme; empty where it is in none.")),
    ("ideas.csv: starred, late, parked", N_("1 where its group starred it, it came late, it went to the parking lot.")),
    ("ideas.csv: written at", N_("To the minute and no finer, so that no time gives an author away.")),
    ("votes.csv: vote, rank, option, dots, people, priority", N_("Every option with the people who placed a dot on it; ties share a rank.")),
    ("votes.csv: a side's dots and people", N_("Empty where fewer than 5 of a side voted, or fewer than 5 others.")),
    ("actions.csv: number, priority, action, owner, with, first move, by", N_("As written down in the discussion.")),
    ("workshop.json", N_("All of it, with the plan and the times of the stages.")),
)


def ideas(w: Workshop, asker: str) -> bytes:
    """ideas.csv: every idea that *asker* may see, in the order they came."""
    s = seen(w, asker)
    themes, stars = places_of(s.w), starred(s.w)
    head = ("number", "idea", "stage", "group", "theme", "theme name", "starred", "late", "parked", "written at (UTC)")
    rows = ((n, i.text, stage_title(s.w, i.stage), group_name(s.w, i.stage, i.group), themes[i.id].mark if i.id in themes else "",
             themes[i.id].name if i.id in themes else "", int(i.id in stars), int(i.late), int(i.parked), _minute(i.at))
            for n, i in enumerate(s.w.ideas.values(), start=1))
    return _csv(head, rows)


def votes(w: Workshop, asker: str) -> bytes:
    """votes.csv: every option of every vote whose result *asker* may see; sides are empty where they are not shown."""
    w = seen(w, asker).w
    sides = w.plan.constituencies
    head = ("vote", "rank", "option", "dots", "people", "priority", *(f"{side}: {what}" for side in sides for what in ("dots", "people")))
    rows = ((stage_title(w, vote.stage), row.rank, option_name(w, vote.stage, row.option), row.dots, row.people,
             int(row.option in vote.result.priorities), *(n for side in sides for n in row.sides.get(side, ("", ""))))
            for vote in closed_votes(w) for row in vote.result.rows)
    return _csv(head, rows)


def actions(w: Workshop, asker: str) -> bytes:
    """actions.csv: what was decided to do first."""
    w = seen(w, asker).w
    head = ("number", "priority", "action", "owner", "with", "first move", "by")
    rows = ((n, _priority_name(w, a.priority), a.what, a.owner, a.support, a.first, a.due) for n, a in enumerate(w.actions.values(), start=1))
    return _csv(head, rows)


def workshop(w: Workshop, asker: str, mark: str = "") -> bytes:
    """workshop.json: all that *asker* may see; *mark* is the journal's hash.  No name of a participant, no author, no ballot."""
    return json.dumps(_whole(seen(w, asker), mark), ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _whole(s: Seen, mark: str) -> dict[str, Any]:
    w = s.w
    return {
        "version": VERSION, "code": w.code, "draft": not w.ended, "made_for": s.asker, "at": _minute(w.at), "ended": _minute(w.ended),
        "journal": {"entries": w.seq, "hash": mark}, "left_out": list(s.left_out), "plan": _plan(w.plan, s.asker),
        "people": {"count": len(w.people), "without_phone": sum(not p.phone for p in w.people.values()), "sides": _sides(w, w.people)},
        "groups": [{"stage": stage, "name": group.name, "people": len(group.people), "sides": _sides(w, group.people)}
                   for stage, there in w.groups.items() for group in there],
        "ideas": [_idea(w, idea) for idea in w.ideas.values()], "withdrawn": s.withdrawn,
        "themes": [{"stage": stage, "id": t.id, "mark": t.mark, "name": t.name, "wording": t.wording, "named": t.named, "ideas": list(b.ideas_in(t.id))}
                   for stage, b in w.boards.items() for t in b.themes.values()],
        "votes": [_vote(w, vote, s.voted[vote.stage]) for vote in w.votes.values()],
        "priorities": [{"option": row.option, "name": option_name(w, vote.stage, row.option), "vote": vote.stage, "rank": row.rank, "dots": row.dots,
                        "people": row.people, "help_offered": len(w.helpers.get(row.option, ()))} for vote, row in decided(w)],
        "points": [{"stage": p.stage, "priority": p.priority, "kind": p.kind, "text": p.text} for p in w.points.values()],
        "actions": [asdict(action) for action in w.actions.values()],
        "parking": [{"text": note.text, "stage": note.stage, "at": _minute(note.at)} for note in w.parking.values()],
        "charter": {"sections": {name: section.text for name, section in w.charter.items()}, "adopted": asdict(w.adopted) if w.adopted else None},
        "feedback": {"words": sorted(w.words.values(), key=str.casefold), "ratings": sorted(w.ratings.values())},
        "next_date": w.next_date, "note": w.note,
        "timeline": [{"at": _moment(at), "stage": stage, "step": step} for at, stage, step in w.timeline],
    }


def _plan(plan: Plan, asker: str) -> dict[str, Any]:
    """*plan* as data; its scripts are the facilitators'."""
    if asker == "participant":
        bare = (replace(st, script=Script(), steps=tuple(replace(step, script=Script()) for step in st.steps)) for st in plan.stages)
        plan = replace(plan, stages=tuple(bare))
    return asdict(plan)


def _idea(w: Workshop, idea: Idea) -> dict[str, Any]:
    return {"id": idea.id, "text": idea.text, "stage": idea.stage, "group": group_name(w, idea.stage, idea.group), "at": _minute(idea.at),
            "starred": idea.id in starred(w), "late": idea.late, "parked": idea.parked}


def _vote(w: Workshop, vote: Vote, voted: int) -> dict[str, Any]:
    held = {"stage": vote.stage, "title": stage_title(w, vote.stage), "dots": vote.dots, "cap": vote.cap, "voted": voted, "known": bool(vote.result)}
    if not vote.result:
        return held
    names = [{"name": option_name(w, vote.stage, row.option)} | asdict(row) for row in vote.result.rows]
    return held | asdict(vote.result) | {"rows": names}


def _sides(w: Workshop, people: Iterable[str]) -> dict[str, int]:
    return {dots.side: dots.n for dots in by_side(w, people)}


def _priority_name(w: Workshop, option: str) -> str:
    found = next((vote for vote in reversed(w.votes.values()) if option in vote.options), None)
    return option_name(w, found.stage, option) if found else ""


def _csv(head: tuple[str, ...], rows: Iterable[tuple]) -> bytes:
    """UTF-8 with the mark that spreadsheets look for, in which no cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([_inert(cell) for cell in row] for row in (head, *rows))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _inert(cell: str | int) -> str | int:
    """*cell* so that a spreadsheet shows it: words that it would run as a formula get an apostrophe in front."""
    if isinstance(cell, int):
        return cell
    cell = clean(cell)
    return "'" + cell if cell.lstrip().startswith(FORMULA) else cell


def _minute(at: int) -> str:
    """*at* to the minute: the second would tell who wrote what."""
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%dT%H:%MZ") if at else ""


def _moment(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
