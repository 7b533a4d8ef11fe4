"""All of a workshop as JSON."""
import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any

from workshop.agenda import Plan, Script, Stage
from workshop.charter import rounds
from workshop.charter.figures import by_side, decided, group_name, option_name, participants, stage_title, starred
from workshop.charter.seen import Seen
from workshop.charter.weighed_pieces import as_data
from workshop.rules.before import criteria
from workshop.state import Count, Result, Row, Vote, Workshop

VERSION = 1


def write(s: Seen, mark: str) -> bytes:
    """workshop.json: all that somebody may see; no name but of those who agreed, no author, no ballot.

    *mark* is the journal's hash.  Ideas are named by their ids, times are UTC.
    """
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
    named = [{"name": name, "side": side} for name, side in participants(w)]
    return {"people": people, "participants": named, "groups": groups}


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


def _number(count: Count) -> int | str:
    return count.most if count.least == count.most else str(count)


def _minute(at: int) -> str:
    """*at* to the minute: the second would tell who wrote what."""
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%dT%H:%MZ") if at else ""


def _moment(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else ""
