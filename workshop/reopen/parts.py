"""An export as the state that it was: the event that opens a workshop again.

What an export does not say is not made up: ballots, authors and names stay away.  People come back as many of each side,
nameless but for those who agreed; a number of supporters, helpers or stands comes back as so many of them.
"""
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice

from workshop.charter.data import export
from workshop.events.reopened import Version, Weighed, WorkshopReopened
from workshop.state import (Action, Adoption, Answer, Board, Count, Done, Edit, Figures, Group, Idea, Note, OnPaper, Origin, Outcome, Person, Point, Question, Result, Row,
                            Section, Spread, Stand, Theme, Vote, Withheld)


def event_of(e: export.Export) -> WorkshopReopened:
    """The event that makes of a workshop, just begun with the plan of *e*, what *e* says."""
    people = _people(e)
    some = [person.id for person in people]
    return WorkshopReopened(
        Origin(e.code, e.journal.entries, e.journal.hash), _ms(e.made), _ms(e.at), _ms(e.ended),
        timeline=tuple((_ms(opened.at), opened.stage, opened.step) for opened in e.timeline), revealed=tuple(sorted(_revealed(e))),
        unsaved=tuple((_ms(gap.since), _ms(gap.until)) for gap in e.unsaved),
        people=people, printed=tuple(person.id for person in people if person.name), groups=_groups(e, people),
        ideas=_ideas(e), stars=tuple(idea.id for idea in e.ideas if idea.starred), support={i.id: tuple(some[:i.support]) for i in e.ideas if i.support},
        parking=tuple(Note(f"note-{n}", "", note.text, note.stage, _ms(note.at)) for n, note in enumerate(e.parking)),
        boards=tuple(_board(e, board) for board in e.boards), votes=tuple(map(_vote, e.votes)), criteria={vote.stage: vote.criteria for vote in e.votes if not vote.run_off},
        points=tuple(Point(f"point-{n}", p.stage, p.priority, p.kind, p.text, "") for n, p in enumerate(e.points)),
        actions=tuple(Action(a.id, a.stage, a.priority, a.what, a.owner, a.support, a.first, a.due, a.measure) for a in e.actions),
        helpers={option: tuple(some[:n]) for option, n in e.help_offered.items()}, weighed=tuple(_weighed(e)),
        charter=_sections(e.charter), stands=_stands(e, some), amending=e.charter.amending, proposals=e.charter.proposals,
        versions=tuple(Version(_sections(version), _adopted(version.adopted)) for version in e.charter.versions),
        words=dict(zip(some, e.feedback.words, strict=False)), ratings=dict(zip(some, e.feedback.ratings, strict=False)), next_date=e.next_date, note=e.note)


def _ms(at: str) -> int:
    """A time of an export in milliseconds since 1970; 0 where it says none."""
    return round(datetime.fromisoformat(at).timestamp() * 1000) if at else 0


def _revealed(e: export.Export) -> set[str]:
    """The stages whose words are out: those with ideas in the export, those in which people talked, those another took from."""
    stages = {opened.stage: e.plan.stage(opened.stage) for opened in e.timeline}
    talked = {o.stage for o in e.timeline if stages[o.stage].kind == "brainstorm" and not stages[o.stage].steps[o.step].silent}
    return {idea.stage for idea in e.ideas} | talked | {stage.source for stage in stages.values() if stage.source}


def _people(e: export.Export) -> tuple[Person, ...]:
    """As many of each side as there were; the last of them without a phone; those who agreed have their names."""
    names = defaultdict(list)
    for participant in e.participants:
        names[participant.side].append(participant.name)
    sides = [side for side in (*e.plan.constituencies, "") for _n in range(e.people.sides.get(side, 0))]
    phones = e.people.count - e.people.without_phone
    return tuple(Person(f"was-{n}", n, names[side].pop(0) if names[side] else "", side, e.plan.language, n <= phones) for n, side in enumerate(sides, start=1))


def _groups(e: export.Export, people: tuple[Person, ...]) -> dict[str, tuple[Group, ...]]:
    """The groups of each stage, with as many of each side as sat there."""
    made: dict[str, list[Group]] = {}
    waiting: dict[str, dict[str, Iterator[str]]] = {}
    for group in e.groups:
        if group.stage not in waiting:
            waiting[group.stage] = {side: iter([p.id for p in people if p.constituency == side]) for side in e.people.sides}
        there = (person for side, n in group.sides.items() for person in islice(waiting[group.stage][side], n))
        made.setdefault(group.stage, []).append(Group(group.id, group.name, tuple(there)))
    return {stage: tuple(groups) for stage, groups in made.items()}


def _ideas(e: export.Export) -> tuple[Idea, ...]:
    """The ideas, and one without words for each that was set aside or taken back: those that people voted on, then as many as there were."""
    ideas = tuple(Idea(i.id, i.stage, i.group_id, "", i.text, _ms(i.at), i.late, i.parked) for i in e.ideas)
    known = {idea.id for idea in ideas}
    options = dict.fromkeys(option.removeprefix("idea:") for vote in e.votes for option in vote.options if option.startswith("idea:"))
    gone = [id for id in options if id not in known]
    gone += [f"gone-{n}" for n in range(e.withheld + e.withdrawn - len(gone))]
    stage = next((s.id for s in e.plan.stages if s.kind == "brainstorm" and s.id in _revealed(e)), "")
    aside = [Idea(id, stage, "", "", "", withheld=Withheld()) for id in gone[:e.withheld]]
    return (*ideas, *aside, *(Idea(id, stage, "", "", "", withdrawn=True) for id in gone[e.withheld:]))


def _board(e: export.Export, board: export.Board) -> Board:
    there = [theme for theme in e.themes if theme.stage == board.stage]
    source, last = e.plan.stage(board.stage).source, {e.plan.stage(b.stage).source: b.stage for b in sorted(e.boards, key=lambda b: e.plan.place(b.stage))}
    cards = {i.id: i.same_as for i in e.ideas if i.same_as and i.stage == source and last[source] == board.stage}
    edits = tuple(Edit(n, merge.option, merge.into, name=merge.name) for n, merge in enumerate(e.merged, start=1) if merge.stage == board.stage)
    return Board(board.stage, {t.id: Theme(t.id, t.name, t.wording, t.named) for t in there}, {idea: t.id for t in there for idea in t.ideas}, frozenset(board.held),
                 {f"made-{n}": n for n in board.made}, frozenset(board.gone), encoder=board.encoder, top=board.top, cards=cards, edits=edits)


def _vote(vote: export.Vote) -> Vote:
    made = Vote(vote.stage, vote.options, (vote.options,), vote.dots, vote.cap)
    if not vote.known:
        return made
    result = Result(tuple(map(_row, vote.rows)), vote.voters, vote.priorities, vote.tied, dict(vote.sides), vote.hidden, both=vote.both, close=vote.close, sure=vote.sure,
                    over=vote.over, paper={"": vote.paper} if vote.paper else {}, proxies=vote.proxies, with_first=vote.with_first)
    return replace(made, result=result, from_rank=vote.shown)


def _row(row: export.Row) -> Row:
    """A row that tells what the export tells: exact numbers of people are not in it, so what is told stands in their place."""
    told, sides = _count(row.people), {side: (dots, _count(people)) for side, (dots, people) in row.sides.items()}
    between = {side: people for side, (_dots, people) in sides.items()} | ({} if row.paper is None else {"": told})
    return Row(row.option, row.rank, row.dots, told.most, {side: (dots, people.most) for side, (dots, people) in sides.items()},
               {"": OnPaper(row.paper, 0, 0)} if row.paper else {}, told if row.paper is None else None, row.one, between)


def _count(told: int | str) -> Count:
    least, _to, most = str(told).partition(" to ")
    return Count(int(least), int(most or least))


def _weighed(e: export.Export) -> Iterator[Weighed]:
    """Each priority that was rated or asked about, in the order of the export; merges are numbered from 1, and so is when they were."""
    figures = {(w.stage, w.priority): (Figures(w.raters, _spread(w.effort), _spread(w.impact)), w.merges) for w in e.weights}
    asked = defaultdict(list)
    for agreement in e.agreements:
        asked[agreement.stage, agreement.priority].append(_question(e, agreement))
    return (Weighed(*key, shown, tuple(asked.get(key, ())), at) for key in dict.fromkeys((*figures, *asked)) for shown, at in [figures.get(key, (None, 0))])


def _spread(spread: export.Spread) -> Spread:
    return Spread(spread.low, spread.median, spread.high)


def _question(e: export.Export, a: export.Agreement) -> Question:
    """Those who said why come back by the place of their reason."""
    who = tuple(map(str, range(len(a.reasons))))
    counts = a.counts if a.counts is not None else {"": a.people}
    return Question(a.method, {n: Answer(reason.answer, reason.text, 0) for n, reason in zip(who, a.reasons, strict=True)},
                    Outcome(_ms(e.at), counts, a.silent, who), {n: Done(reason.done, 1) for n, reason in enumerate(a.reasons) if reason.done}, a.merges)


def _sections(charter: export.Charter | export.Version) -> dict[str, Section]:
    return {section: Section(text, charter.edits[section], "") for section, text in charter.sections.items()}


def _adopted(a: export.Adopted) -> Adoption:
    return Adoption(a.at, a.agree, a.live, a.objections, a.silent, a.earlier, a.sections)


def _stands(e: export.Export, people: list[str]) -> dict[str, Stand]:
    """As many stands of each kind; *earlier* of them on words that had changed since, the others on the last, entry 2 of the journal."""
    if not (found := e.charter.stands):
        return {}
    stands = (*(Stand("agree"),) * found.agree, *(Stand("live"),) * found.live, *(Stand("object", why) for why in found.objections))
    return {person: replace(stand, words=1 if n < found.earlier else 2) for n, (person, stand) in enumerate(zip(people, stands, strict=False))}
