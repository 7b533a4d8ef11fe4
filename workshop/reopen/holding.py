"""Whether an export holds together: whatever it names is in it, and its numbers add up.

A file that somebody changed by hand, or made to do harm, must not become a workshop whose pages fail.
"""
from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import UNSET

from workshop.charter.data.export import Export, Vote
from workshop.charter.sections import SECTIONS
from workshop.reopen.reading import NotAnExport
from workshop.state import ANSWERS, POINT_KINDS, SCALE
from workshop.words import N_, _

PEOPLE_MOST, MARKS_MOST = 10_000, 500_000
MISSING, TWICE, ODD, SUM = N_("it names what is not in the file"), N_("something is there twice"), N_("it says what no workshop says"), N_("its numbers do not add up")
Wrong = Iterator[tuple[str, str]]


def held(e: Export) -> None:
    """Raises ``NotAnExport`` with the first place where *e* does not hold together."""
    for check in (_people, _groups, _timeline, _ideas, _boards, _merged, _votes, _priorities, _weighed, _last):
        if found := next(check(e), None):
            raise NotAnExport(N_("This export does not hold together at %(where)s: %(why)s."), where=found[0], why=_(found[1]))


def _unless(holds: bool, where: str, why: str) -> Wrong:
    if not holds:
        yield where, why


def _once(keys: Iterable, where: str) -> Wrong:
    keys = list(keys)
    return _unless(len(keys) == len(set(keys)), where, TWICE)


def _people(e: Export) -> Wrong:
    sides, allowed = e.people.sides, {*e.plan.constituencies, ""}
    yield from _unless(e.people.count <= PEOPLE_MOST, "people.count", ODD)
    yield from _unless(set(sides) <= allowed, "people.sides", MISSING)
    yield from _unless(sum(sides.values()) == e.people.count >= e.people.without_phone, "people", SUM)
    named = Counter(p.side for p in e.participants)
    yield from _unless(all(n <= sides.get(side, 0) for side, n in named.items()) and all(p.name for p in e.participants), "participants", SUM)


def _groups(e: Export) -> Wrong:
    yield from _once(((g.stage, g.id) for g in e.groups), "groups")
    there: dict[str, Counter] = {}
    for n, group in enumerate(e.groups):
        yield from _unless(bool(e.plan.stage(group.stage)), f"groups[{n}].stage", MISSING)
        yield from _unless(sum(group.sides.values()) == group.people, f"groups[{n}]", SUM)
        there.setdefault(group.stage, Counter()).update(group.sides)
    for stage, sides in there.items():
        yield from _unless(all(n <= e.people.sides.get(side, 0) for side, n in sides.items()), f"groups ({stage})", SUM)


def _timeline(e: Export) -> Wrong:
    for n, opened in enumerate(e.timeline):
        stage = e.plan.stage(opened.stage)
        yield from _unless(bool(stage) and opened.step < len(stage.steps), f"timeline[{n}]", MISSING)
        yield from _unless(bool(opened.at), f"timeline[{n}].at", ODD)
        before = {"themes": e.boards, "vote": e.votes}.get(stage.kind)
        yield from _unless(before is None or opened.stage in {there.stage for there in before}, f"timeline[{n}]", MISSING)
    for n, gap in enumerate(e.unsaved):
        yield from _unless("" < gap.since <= gap.until, f"unsaved[{n}]", ODD)
    yield from _unless(bool(e.made and e.at) and e.draft == (not e.ended), "ended", ODD)


def _ideas(e: Export) -> Wrong:
    known, groups = {idea.id: idea for idea in e.ideas}, {g.id for g in e.groups}
    yield from _once((idea.id for idea in e.ideas), "ideas")
    for n, idea in enumerate(e.ideas):
        stage = e.plan.stage(idea.stage)
        yield from _unless(bool(stage) and stage.kind == "brainstorm", f"ideas[{n}].stage", MISSING)
        yield from _unless(idea.group_id in groups or not idea.group_id, f"ideas[{n}].group_id", MISSING)
        card = known.get(idea.same_as) if idea.same_as else None
        yield from _unless(not idea.same_as or bool(card) and card.same_as is None and card.stage == idea.stage, f"ideas[{n}].same_as", MISSING)
        yield from _unless(idea.support <= e.people.count and bool(idea.text), f"ideas[{n}]", SUM)
    yield from _unless(sum(idea.support for idea in e.ideas) <= MARKS_MOST and e.withdrawn + e.withheld <= MARKS_MOST, "ideas", ODD)
    yield from _unless(all(e.plan.stage(note.stage) or not note.stage for note in e.parking), "parking", MISSING)


def _boards(e: Export) -> Wrong:
    ideas, boards = {idea.id: idea.stage for idea in e.ideas}, {board.stage: board for board in e.boards}
    yield from _once((board.stage for board in e.boards), "boards")
    yield from _once(((theme.stage, theme.id) for theme in e.themes), "themes")
    yield from _once(((theme.stage, idea) for theme in e.themes for idea in theme.ideas), "themes")
    for n, board in enumerate(e.boards):
        stage = e.plan.stage(board.stage)
        yield from _unless(bool(stage) and stage.kind == "themes" and set(board.held) <= set(ideas), f"boards[{n}]", MISSING)
    for n, theme in enumerate(e.themes):
        board = boards.get(theme.stage)
        yield from _unless(bool(board) and theme.id <= board.top and theme.id not in board.gone, f"themes[{n}]", MISSING)
        source = e.plan.stage(theme.stage).source
        yield from _unless(bool(theme.name) and all(ideas.get(idea) == source for idea in theme.ideas), f"themes[{n}].ideas", MISSING)


def _merged(e: Export) -> Wrong:
    """What went into another theme went once, and into one that was there."""
    boards, gone = {board.stage for board in e.boards}, set()
    for n, merge in enumerate(e.merged):
        parted = merge.option != merge.into and not gone & {(merge.stage, merge.option), (merge.stage, merge.into)}
        yield from _unless(merge.stage in boards and parted and merge.option.startswith("theme:") and bool(merge.name), f"merged[{n}]", MISSING)
        gone.add((merge.stage, merge.option))
    yield from _unless(all(one.merges <= len(e.merged) for one in (*e.weights, *e.agreements)), "merged", SUM)


def _votes(e: Export) -> Wrong:
    themes = {(theme.stage, f"theme:{theme.id}") for theme in e.themes}
    yield from _once((vote.stage for vote in e.votes), "votes")
    for n, vote in enumerate(e.votes):
        stage = e.plan.stage(vote.stage)
        yield from _unless(bool(stage) and stage.kind == "vote", f"votes[{n}].stage", MISSING)
        yield from _once(vote.options, f"votes[{n}].options")
        there = all(option.startswith("idea:") or (stage.source, option) in themes for option in vote.options)
        yield from _unless(there and bool(vote.options), f"votes[{n}].options", MISSING)
        yield from _unless(vote.dots >= vote.cap >= 1, f"votes[{n}]", ODD)
        yield from _result(e, vote, f"votes[{n}]") if vote.known else ()


def _result(e: Export, vote: Vote, where: str) -> Wrong:
    fields = (vote.shown, vote.rows, vote.voters, vote.priorities, vote.tied, vote.sides, vote.hidden, vote.both, vote.close, vote.sure, vote.over, vote.paper, vote.proxies,
              vote.with_first)
    if any(field is UNSET for field in fields):
        yield where, MISSING
        return
    options, sides = set(vote.options), set(e.plan.constituencies)
    yield from _once((row.option for row in vote.rows), f"{where}.rows")
    named = {*vote.priorities, *vote.tied, *vote.both, *vote.close}
    yield from _unless({row.option for row in vote.rows} == options and named <= options, f"{where}.rows", MISSING)
    yield from _unless({*vote.sides, *vote.hidden, *vote.with_first} <= sides and all(set(row.sides) == set(vote.sides) for row in vote.rows), f"{where}.sides", MISSING)
    yield from _unless(sum(vote.sides.values()) <= vote.voters == vote.voted >= vote.paper, where, SUM)
    for n, row in enumerate(vote.rows):
        of_sides = sum(dots for dots, _people in row.sides.values())
        yield from _unless(of_sides <= row.dots <= vote.voters * vote.dots and (row.paper or 0) <= row.dots and row.rank >= 1, f"{where}.rows[{n}]", SUM)


def _priorities(e: Export) -> Wrong:
    options = {option for vote in e.votes for option in vote.options} | {merge.option for merge in e.merged}
    discuss = {stage.id for stage in e.plan.stages if stage.kind == "discuss"}
    yield from _unless(set(e.help_offered) <= options and all(0 < n <= e.people.count for n in e.help_offered.values()), "help_offered", MISSING)
    yield from _once((action.id for action in e.actions), "actions")
    for name, found in (("points", e.points), ("actions", e.actions), ("weights", e.weights), ("agreements", e.agreements)):
        yield from _unless(all(one.priority in options or not one.priority for one in found), name, MISSING)
        yield from _unless(all(one.stage in discuss for one in found), name, MISSING)
    yield from _unless(all(point.kind in POINT_KINDS and point.text for point in e.points), "points", ODD)


def _weighed(e: Export) -> Wrong:
    yield from _once(((weight.stage, weight.priority) for weight in e.weights), "weights")
    for n, weight in enumerate(e.weights):
        spreads = all(1 <= s.low <= s.median <= s.high <= SCALE for s in (weight.effort, weight.impact))
        yield from _unless(spreads and 0 < weight.raters <= e.people.count, f"weights[{n}]", ODD)
    asked: Counter = Counter()
    for n, a in enumerate(e.agreements):
        asked[a.stage, a.priority] += 1
        answers = ANSWERS.get(a.method, ())
        yield from _unless(a.round == asked[a.stage, a.priority] and {*(a.counts or ()), *(reason.answer for reason in a.reasons)} <= set(answers), f"agreements[{n}]", ODD)
        yield from _unless(sum(a.counts.values()) == a.people if a.counts is not None else True, f"agreements[{n}].counts", SUM)
        yield from _unless(a.people <= MARKS_MOST and len(a.reasons) <= a.people, f"agreements[{n}]", SUM)


def _last(e: Export) -> Wrong:
    written = {kind.id for kind in SECTIONS if not kind.generated}
    c = e.charter
    for words in (c, *c.versions):
        yield from _unless(set(words.sections) == set(words.edits) and set(words.sections) <= written, "charter.sections", MISSING)
    yield from _unless(c.adopted == (c.versions[-1].adopted if c.versions else None) and (bool(c.versions) or not c.amending) and c.amending <= c.proposals, "charter", ODD)
    if stands := c.stands:
        there = stands.agree + stands.live + len(stands.objections)
        yield from _unless(there + stands.silent == e.people.count and stands.earlier <= there, "charter.stands", SUM)
    yield from _unless(len(e.feedback.words) <= e.people.count and len(e.feedback.ratings) <= e.people.count, "feedback", SUM)
    yield from _unless(all(1 <= rating <= 5 for rating in e.feedback.ratings), "feedback.ratings", ODD)
