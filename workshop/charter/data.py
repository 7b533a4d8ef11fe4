"""Everything said and voted as data: four tables as CSV, and all of it as JSON."""
import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any

from workshop.agenda import Plan, Script, Stage
from workshop.charter import rounds
from workshop.charter.figures import (by_side, closed_votes, decided, group_name, option_name, places_of, stage_title,
                                      starred)
from workshop.charter.seen import Seen, seen
from workshop.charter.text import clean
from workshop.charter.weighed_pieces import HEAD, as_data, rows
from workshop.rules.before import criteria
from workshop.state import Count, Result, Row, Vote, Workshop
from workshop.words import N_

VERSION = 1
FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")

DICTIONARY = (
    ("ideas.csv: number, idea, stage, group", N_("Every idea in the order it came, its stage and group.")),
    ("ideas.csv: theme, theme name", N_("The letter and the name of its theme; empty where it is in none.")),
    ("ideas.csv: starred, late, parked", N_("1 where its group starred it, it came late, it went to the parking lot.")),
    ("ideas.csv: support", N_("How many others at its table stand behind it.")),
    ("ideas.csv: written at", N_("To the minute and no finer, so that no time gives an author away.")),
    ("votes.csv: vote, rank, option, dots, people, priority",
     N_("Every option, and from how many people; where that would tell of a side, 6 to 7.")),
    ("votes.csv: round", N_("1, or 2 for a second vote on the same options, which then counts; a run-off has that of its vote.")),
    ("votes.csv: on paper", N_("How many of the dots were counted on paper; empty where that would tell how few voted.")),
    ("votes.csv: one person", N_("1 where it would be no priority without the dots of one person.")),
    ("votes.csv: a side's dots and people", N_("Empty where a side is not shown alone; 1 or 2 people are written 1 to 2.")),
    ("actions.csv: number, priority, action, owner, with, first move, by", N_("As written down in the discussion.")),
    ("priorities.csv: priority, rated by", N_("Each priority whose ratings were shown, and how many people rated it.")),
    ("priorities.csv: effort, impact, from, to",
     N_("The middle of the answers from 1 to 5, and between which numbers at least half of them lie (Tukey's hinges).")),
    ("priorities.csv: place", N_("now, plan, time or leave: where the middles lie; middle where one of them is 3.")),
    ("priorities.csv: asked by, answered, agreement",
     N_("consent or fist, how many answered, and what came of it; no counts where fewer than 5 answered.")),
    ("workshop.json", N_("All of it, with the plan and the times of the stages.")),
)


def ideas(w: Workshop, asker: str) -> bytes:
    """ideas.csv: every idea that *asker* may see, in the order they came."""
    head = ("number", "idea", "stage", "group", "theme", "theme name", "starred", "late", "parked", "support", "written at (UTC)")
    return _csv(head, _idea_rows(seen(w, asker).w))


def _idea_rows(w: Workshop) -> Iterator[tuple]:
    themes, stars = places_of(w), starred(w)
    for n, idea in enumerate(w.ideas.values(), start=1):
        theme = (themes[idea.id].mark, themes[idea.id].name) if idea.id in themes else ("", "")
        yield (n, idea.text, stage_title(w, idea.stage), group_name(w, idea.stage, idea.group), *theme,
               int(idea.id in stars), int(idea.late), int(idea.parked), len(w.supporters(idea.id)), _minute(idea.at))


def votes(w: Workshop, asker: str) -> bytes:
    """votes.csv: every option of every vote whose result *asker* may see; sides are empty where they are not shown."""
    w = seen(w, asker).w
    of_sides = (f"{side}: {what}" for side in w.plan.constituencies for what in ("dots", "people"))
    head = ("vote", "round", "rank", "option", "dots", "people", "priority", "on paper", "one person", *of_sides)
    return _csv(head, (row for vote in closed_votes(w) for row in _vote_rows(w, vote)))


def _vote_rows(w: Workshop, vote: Vote) -> Iterator[tuple]:
    for row in vote.result.rows:
        of_sides, on_paper = (n for side in w.plan.constituencies for n in _of_side(row, side)), vote.result.on_paper(row)
        yield (stage_title(w, vote.stage), rounds.round_of(w, vote), row.rank, option_name(w, vote.stage, row.option), row.dots, str(row.people_in_all),
               int(row.option in w.settled(vote).result.priorities), "" if on_paper is None else on_paper, int(row.one), *of_sides)


def _of_side(row: Row, side: str) -> tuple[str, str]:
    return (str(row.sides[side][0]), str(row.people_of(side))) if side in row.sides else ("", "")


def _number(count: Count) -> int | str:
    return count.most if count.least == count.most else str(count)


def actions(w: Workshop, asker: str) -> bytes:
    """actions.csv: what was decided to do first."""
    w = seen(w, asker).w
    head = ("number", "priority", "action", "owner", "with", "first move", "by")
    rows = ((n, _priority_name(w, a.priority), a.what, a.owner, a.support, a.first, a.due)
            for n, a in enumerate(w.actions.values(), start=1))
    return _csv(head, rows)


def priorities(w: Workshop, asker: str) -> bytes:
    """priorities.csv: effort, impact and agreement of each priority, as far as it was shown."""
    return _csv(HEAD, rows(seen(w, asker).w))


def _priority_name(w: Workshop, option: str) -> str:
    found = next((vote for vote in reversed(w.votes.values()) if option in vote.options), None)
    return option_name(w, found.stage, option) if found else ""


def workshop(w: Workshop, asker: str, mark: str = "") -> bytes:
    """workshop.json: all that *asker* may see, and no participant's name, no author, no ballot.

    *mark* is the journal's hash.  Ideas are named by their ids, times are UTC.
    """
    s = seen(w, asker)
    whole = _head(s, mark) | _people(s.w) | _said(s) | _voted(s) | _agreed(s.w)
    return json.dumps(whole, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _head(s: Seen, mark: str) -> dict[str, Any]:
    w = s.w
    return {"version": VERSION, "code": w.code, "draft": not w.ended, "made_for": s.asker, "at": _moment(w.at),
            "ended": _moment(w.ended), "journal": {"entries": w.seq, "hash": mark}, "left_out": list(s.left_out),
            "plan": asdict(_without_scripts(w.plan) if s.asker == "participant" else w.plan),
            "timeline": [{"at": _moment(at), "stage": stage, "step": step} for at, stage, step in w.timeline]}


def _without_scripts(plan: Plan) -> Plan:
    """*plan* without the words that are for facilitators."""
    def bare(stage: Stage) -> Stage:
        return replace(stage, script=Script(), steps=tuple(replace(step, script=Script()) for step in stage.steps))
    return replace(plan, stages=tuple(map(bare, plan.stages)))


def _people(w: Workshop) -> dict[str, Any]:
    no_phone = sum(not person.phone for person in w.people.values())
    groups = [{"stage": stage, "id": group.id, "name": group.name, "people": len(group.people), "sides": _sides(w, group.people)}
              for stage, there in w.groups.items() for group in there]
    people = {"count": len(w.people), "without_phone": no_phone, "sides": _sides(w, w.people)}
    return {"people": people, "groups": groups}


def _sides(w: Workshop, people: Iterable[str]) -> dict[str, int]:
    return {dots.side: dots.n for dots in by_side(w, people)}


def _said(s: Seen) -> dict[str, Any]:
    """What was written and how it was sorted."""
    w, stars, cards = s.w, starred(s.w), s.w.cards
    said = [{"id": i.id, "text": i.text, "stage": i.stage, "group": group_name(w, i.stage, i.group),
             "at": _minute(i.at), "starred": i.id in stars, "late": i.late, "parked": i.parked, "support": len(w.supporters(i.id)),
             "same_as": cards.get(i.id)}
            for i in w.ideas.values()]
    themes = [{"stage": board.stage} | asdict(theme) | {"mark": theme.mark, "ideas": list(board.ideas_in(theme.id))}
              for board in w.boards.values() for theme in board.themes.values()]
    parking = [{"text": note.text, "stage": note.stage, "at": _minute(note.at)} for note in w.parking.values()]
    boards = [{"stage": board.stage, "encoder": board.encoder} for board in w.boards.values()]
    return {"ideas": said, "withdrawn": s.withdrawn, "boards": boards, "themes": themes, "parking": parking}


def _voted(s: Seen) -> dict[str, Any]:
    w = s.w
    first = [{"option": row.option, "name": option_name(w, vote.stage, row.option), "vote": vote.stage,
              "rank": row.rank, "dots": row.dots, "people": _number(row.people_in_all),
              "help_offered": len(w.helpers.get(row.option, ()))} for vote, row in decided(w)]
    return {"votes": [_vote(w, vote, s.voted[vote.stage]) for vote in w.votes.values()], "priorities": first}


def _vote(w: Workshop, vote: Vote, voted: int) -> dict[str, Any]:
    at = w.plan.stage(vote.stage)
    held = {"stage": vote.stage, "title": stage_title(w, vote.stage), "run_off": at.run_off, "round": rounds.round_of(w, vote),
            "second_of": at.second, "dots": vote.dots, "cap": vote.cap, "criteria": [*criteria(w, vote.stage)], "voted": voted,
            "known": bool(vote.result)}
    if not vote.result:
        return held
    rows = [{"name": option_name(w, vote.stage, row.option)} | _row(vote.result, row) for row in vote.result.rows]
    return held | asdict(vote.result) | {"rows": rows, "paper": sum(vote.result.paper.values())}


def _row(result: Result, row: Row) -> dict[str, Any]:
    return {"option": row.option, "rank": row.rank, "dots": row.dots, "people": _number(row.people_in_all), "paper": result.on_paper(row), "one": row.one,
            "sides": {side: (row.sides[side][0], _number(row.people_of(side))) for side in row.sides}}


def _agreed(w: Workshop) -> dict[str, Any]:
    """What was said of the priorities, the charter, and the last round; no order that tells who spoke when."""
    points = [{"stage": p.stage, "priority": p.priority, "kind": p.kind, "text": p.text} for p in w.points.values()]
    charter = {name: section.text for name, section in w.charter.items()}
    return as_data(w) | {"points": points, "actions": [asdict(action) for action in w.actions.values()],
            "charter": {"sections": charter, "adopted": asdict(w.adopted) if w.adopted else None},
            "feedback": {"words": sorted(w.words.values(), key=str.casefold), "ratings": sorted(w.ratings.values())},
            "next_date": w.next_date, "note": w.note}


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
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else ""
