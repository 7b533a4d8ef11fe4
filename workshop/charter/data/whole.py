"""All of a workshop as JSON, in the shape that ``export`` says."""
import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import UTC, datetime

import msgspec

from workshop.agenda import Plan, Script, Stage
from workshop.charter import rounds
from workshop.charter.data import export
from workshop.charter.figures import by_side, decided, group_name, option_name, participants, stage_title, starred
from workshop.charter.seen import Seen
from workshop.charter.weighed import is_told, quadrant, reasons
from workshop.rules.before import criteria
from workshop.rules.charter import standing_now
from workshop.state import Adoption, Board, Count, Edit, Figures, Question, Result, Row, Spread, Vote, Workshop


def write(s: Seen, mark: str) -> bytes:
    """workshop.json: all that somebody may see; no name but of those who agreed, no author, no ballot.

    *mark* is the journal's hash.  Ideas are named by their ids, times are UTC.
    """
    told = whole(s, mark)
    plan = {"plan": asdict(told.plan)}   # what was read leaves out of itself what it was not given, and so would what is written
    return json.dumps(msgspec.to_builtins(told) | plan, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def whole(s: Seen, mark: str) -> export.Export:
    """All that somebody may see of a workshop."""
    w = s.w
    return export.Export(
        version=export.VERSION, code=w.code, draft=not w.ended, made_for=s.asker, made=_moment(w.made), at=_moment(w.at), ended=_moment(w.ended),
        journal=export.Source(entries=w.seq, hash=mark), left_out=s.left_out, opened_from=_origin(w),
        plan=_without_scripts(w.plan) if s.asker == "participant" else w.plan,
        timeline=tuple(export.Opened(at=_moment(at), stage=stage, step=step) for at, stage, step in w.timeline),
        unsaved=tuple(export.Gap(since=_moment(since), until=_moment(until)) for since, until in w.unsaved),
        people=export.People(count=len(w.people), without_phone=sum(not p.phone for p in w.people.values()), sides=_sides(w, w.people)),
        participants=tuple(export.Participant(name=name, side=side) for name, side in participants(w)),
        groups=tuple(export.Group(stage=stage, id=g.id, name=g.name, people=len(g.people), sides=_sides(w, g.people)) for stage, there in w.groups.items() for g in there),
        ideas=_ideas(w), withdrawn=s.withdrawn, withheld=s.withheld, boards=tuple(_board(w, board) for board in w.boards.values()), themes=_themes(w),
        merged=tuple(export.Merge(stage=stage, option=edit.old, into=edit.new, name=edit.name) for stage, edit in _merges(w)),
        parking=tuple(export.Note(text=note.text, stage=note.stage, at=_minute(note.at)) for note in w.parking.values()),
        votes=tuple(_vote(w, vote, s.voted[vote.stage]) for vote in w.votes.values()), priorities=_priorities(w),
        help_offered={option: len(people) for option, people in w.helpers.items() if people}, weights=_weights(w), agreements=_agreements(w),
        points=tuple(export.Point(stage=p.stage, priority=p.priority, kind=p.kind, text=p.text) for p in w.points.values()),
        actions=tuple(export.Action(**asdict(action)) for action in w.actions.values()),
        charter=_charter(w),
        feedback=export.Feedback(words=tuple(sorted(w.words.values(), key=lambda word: (word.casefold(), word))), ratings=tuple(sorted(w.ratings.values()))),
        next_date=w.next_date, note=w.note)


def _origin(w: Workshop) -> export.Origin | None:
    found = w.opened_from
    return export.Origin(code=found.code, journal=export.Source(entries=found.entries, hash=found.hash)) if found else None


def _without_scripts(plan: Plan) -> Plan:
    """*plan* without the words that are for facilitators."""
    def bare(stage: Stage) -> Stage:
        return replace(stage, script=Script(), steps=tuple(replace(step, script=Script()) for step in stage.steps))
    return replace(plan, stages=tuple(map(bare, plan.stages)))


def _sides(w: Workshop, people: Iterable[str]) -> dict[str, int]:
    """How many of each side, "" for those who named none."""
    return {dots.side if dots.side in w.plan.constituencies else "": dots.n for dots in by_side(w, people)}


def _ideas(w: Workshop) -> tuple[export.Idea, ...]:
    stars, cards = starred(w), w.cards
    return tuple(export.Idea(id=i.id, text=i.text, stage=i.stage, group=group_name(w, i.stage, i.group), group_id=i.group, at=_minute(i.at), starred=i.id in stars,
                             late=i.late, parked=i.parked, support=len(w.supporters(i.id)), same_as=cards.get(i.id)) for i in w.ideas.values())


def _board(w: Workshop, board: Board) -> export.Board:
    return export.Board(stage=board.stage, encoder=board.encoder, held=tuple(sorted(board.held & set(w.ideas))), made=tuple(sorted(set(board.made.values()))),
                        gone=tuple(sorted(board.gone)), top=board.top)


def _themes(w: Workshop) -> tuple[export.Theme, ...]:
    return tuple(export.Theme(stage=board.stage, id=t.id, name=t.name, wording=t.wording, named=t.named, mark=t.mark, ideas=board.ideas_in(t.id))
                 for board in w.boards.values() for t in board.themes.values())


def _merges(w: Workshop) -> list[tuple[str, Edit]]:
    """(board's stage, what happened) of each merge since people voted that stands, oldest first."""
    found = [(board.stage, edit) for board in w.boards.values() for edit in board.edits if not edit.split and not edit.undone]
    return sorted(found, key=lambda one: one[1].step)


def _by_then(w: Workshop, at: int) -> int:
    """How many of these merges there had been at journal number *at*."""
    return sum(edit.step <= at for _stage, edit in _merges(w))


def _priorities(w: Workshop) -> tuple[export.Priority, ...]:
    return tuple(export.Priority(option=row.option, name=option_name(w, vote.stage, row.option), vote=vote.stage, rank=row.rank, dots=row.dots,
                                 people=_told(row.people_in_all), help_offered=len(w.helpers.get(row.option, ()))) for vote, row in decided(w))


def _vote(w: Workshop, vote: Vote, voted: int) -> export.Vote:
    at, r = w.plan.stage(vote.stage), vote.result
    held = export.Vote(stage=vote.stage, title=stage_title(w, vote.stage), run_off=at.run_off, round=rounds.round_of(w, vote), second_of=at.second, dots=vote.dots,
                       cap=vote.cap, criteria=tuple(criteria(w, vote.stage)), options=vote.options, voted=voted, known=bool(r))
    if not r:
        return held
    return msgspec.structs.replace(held, shown=vote.from_rank, rows=tuple(_row(w, vote.stage, r, row) for row in r.rows), voters=r.voters, priorities=r.priorities,
                                   tied=r.tied, sides=dict(r.sides), hidden=r.hidden, with_first=r.with_first, both=r.both, close=r.close, sure=r.sure, over=r.over,
                                   paper=sum(r.paper.values()), proxies=r.proxies)


def _row(w: Workshop, stage: str, result: Result, row: Row) -> export.Row:
    return export.Row(name=option_name(w, stage, row.option), option=row.option, rank=row.rank, dots=row.dots, people=_told(row.people_in_all),
                      paper=result.on_paper(row), one=row.one, sides={side: (row.sides[side][0], _told(row.people_of(side))) for side in row.sides})


def _weights(w: Workshop) -> tuple[export.Weight, ...]:
    return tuple(_weight(stage, priority, weight.shown, _by_then(w, weight.at)) for (stage, priority), weight in w.weights.items() if weight.shown)


def _weight(stage: str, priority: str, f: Figures, merges: int) -> export.Weight:
    return export.Weight(stage=stage, priority=priority, raters=f.raters, place=quadrant(f), merges=merges, effort=_spread(f.effort), impact=_spread(f.impact))


def _spread(spread: Spread) -> export.Spread:
    return export.Spread(low=spread.low, median=spread.median, high=spread.high)


def _agreements(w: Workshop) -> tuple[export.Agreement, ...]:
    return tuple(_agreement(stage, priority, n, question, _by_then(w, question.closed)) for (stage, priority), asked in w.questions.items()
                 for n, question in enumerate(asked, start=1) if question.outcome)


def _agreement(stage: str, priority: str, round: int, question: Question, merges: int) -> export.Agreement:
    outcome = question.outcome
    said = tuple(export.Reason(answer=question.answers[who].answer, text=reason.text, done=reason.done)
                 for who, reason in zip(outcome.reasons, reasons(question), strict=True))
    return export.Agreement(stage=stage, priority=priority, round=round, method=question.method, merges=merges, people=outcome.people, silent=outcome.silent,
                            counts=dict(outcome.counts) if is_told(outcome) else None, reasons=said)


def _charter(w: Workshop) -> export.Charter:
    versions = tuple(export.Version(**_words(then), adopted=_stands(then.adopted)) for then in w.versions)
    return export.Charter(**_words(w), adopted=_stands(w.adopted), stands=_stands(standing_now(w, 0)) if w.stands and w.drafting else None,
                          versions=versions, amending=w.amending, proposals=w.proposals)


def _words(w: Workshop) -> dict[str, dict]:
    return {"sections": {name: section.text for name, section in w.charter.items()}, "edits": {name: section.version for name, section in w.charter.items()}}


def _stands(found: Adoption | None) -> export.Adopted | None:
    return export.Adopted(**asdict(found)) if found else None


def _told(count: Count) -> int | str:
    return count.most if count.least == count.most else str(count)


def _minute(at: int) -> str:
    """*at* to the minute: the second would tell who wrote what."""
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%dT%H:%MZ") if at else ""


def _moment(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else ""
