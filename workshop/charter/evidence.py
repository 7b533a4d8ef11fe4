"""What a report says of how the workshop went: who sat where, the times, the votes, the feedback, the limits."""
from collections import Counter
from collections.abc import Iterator

from workshop.agenda import Stage
from workshop.charter import drawings, rounds
from workshop.charter.backing import not_alone, number, turnout
from workshop.charter.document import Bar, Bars, Block, Bullets, Cell, Heading, Table, Words
from workshop.charter.figures import (boards, both_votes, by_side, closed_votes, day, fill, group_name, how_sure, local,
                                      option_name, stage_title)
from workshop.charter.pieces import facts, note
from workshop.charter.seen import Seen
from workshop.rules.before import criteria
from workshop.state import Group, Result, Row, Vote, Workshop
from workshop.words import N_, _, counted, listed

MINUTE = 60_000
MOST_COLUMNS = 3
ACROSS = {1: 30, 2: 15, 3: 10, 4: 5}   # dots in a row, by how many sides stand beside each other
TIES = {"run-off": N_("a tie at the cut is shown as a tie; a run-off or the room decides"), "keep": N_("all that tie at the cut are priorities")}


def setting(s: Seen) -> list[Block]:
    """What the workshop was about, who came, and who sat where."""
    w = s.w
    no_phone = sum(not p.phone for p in w.people.values())
    return [facts(
        (_("Question"), w.plan.question), (_("Community"), w.plan.community), (_("Domain"), w.plan.domain),
        (_("Date"), day(w.made) if w.made else ""), (_("Participants"), str(len(w.people))),
        (_("Without a phone"), _some(no_phone)), (_("Ideas"), str(len(w.ideas))),
        (_("Ideas taken back by their authors"), _some(s.withdrawn)),
        (_("Themes"), _some(sum(len(b.themes) for b in boards(w).values())))), *_balance(w)]


def _balance(w: Workshop) -> Iterator[Block]:
    """A table for each forming of groups, one dot a person."""
    sides = [d.side for d in by_side(w, w.people)]
    for stage in (s for s in w.plan.stages if s.id in w.groups and sides):
        head = (_("Group"), *(sides if w.plan.constituencies else [_("People")]), _("In all"))
        rows = tuple(_seats(w, stage, group, sides) for group in w.groups[stage.id])
        wide = tuple(range(1, len(sides) + 1))
        yield Table(_("Breakout groups in “%(stage)s”", stage=stage.title), head, rows, wide)


def _seats(w: Workshop, stage: Stage, group: Group, sides: list[str]) -> tuple[str | int | Cell, ...]:
    there = {d.side: d.n for d in by_side(w, group.people)}
    cells = (Cell(str(n := there.get(side, 0)), drawings.dots(n, fill(w, side), across=ACROSS[min(len(sides), 4)])) for side in sides)
    return group_name(w, stage.id, group.id), *cells, len(group.people)


def method(w: Workshop) -> list[Block]:
    """The stages with their times, and how boards were made and votes held."""
    if not w.timeline:
        return []
    caption = _("Stages as planned and as they went. Times are %(zone)s.", zone=local(w.timeline[0][0]).tzname())
    head = (_("Stage"), _("Opened"), _("Planned, minutes"), _("Took, minutes"))
    held = facts(*(pair for stage in w.plan.stages for pair in _how(w, stage.id)))
    return [Table(caption, head, tuple(_times(w))), *([held] if held.pairs else [])]


def _times(w: Workshop) -> Iterator[tuple[str, str, int, int]]:
    """Each step that was open: its name, when it first opened, minutes planned and taken."""
    took, first = Counter(), {}
    ends = [at for at, _stage, _step in w.timeline[1:]] + [w.ended or w.at]
    for (at, stage, step), end in zip(w.timeline, ends, strict=True):
        took[stage, step] += max(end - at, 0)
        first.setdefault((stage, step), at)
    for (stage, n), ms in took.items():
        at, step = w.plan.stage(stage), w.plan.stage(stage).steps[n]
        name = at.title if step.title == at.title else f"{at.title}: {step.title}"
        yield name, local(first[stage, n]).strftime("%H:%M"), round(step.minutes), round(ms / MINUTE)


def _how(w: Workshop, stage: str) -> list[tuple[str, str]]:
    """How a board was made, how a vote was held."""
    if stage in w.boards:
        board = w.boards[stage]
        by = _("suggested by %(encoder)s, then corrected by people", encoder=board.encoder)
        placed = len(board.held & set(w.ideas))
        return [(stage_title(w, stage), by if board.encoder else _("made by people")),
                (_("Ideas placed by people"), _some(placed))]
    if stage not in w.votes:
        return []
    vote, decides = w.votes[stage], w.plan.stage(stage).run_off
    if decides:
        said = counted("1 dot each, among those that tied in “%(vote)s”",
                       "%(n)d dots each, at most 1 on one, among those that tied in “%(vote)s”", vote.dots,
                       vote=stage_title(w, decides))
        return [(stage_title(w, stage), said)]
    return [(stage_title(w, stage), _("%(dots)d dots each, at most %(cap)d on one; %(tie)s", dots=vote.dots,
                                      cap=vote.cap, tie=_(TIES[w.plan.tie]))),
            (_("What people voted by"), " ".join(criteria(w, stage)))]


def votes(w: Workshop) -> list[Block]:
    """Every vote whose result is known, with every option."""
    return [block for vote in closed_votes(w) for block in _vote(w, vote)]


def _vote(w: Workshop, vote: Vote) -> list[Block]:
    result, sides = vote.result, [s for s in w.plan.constituencies if s in vote.result.sides]
    voted = listed([f"{side} {result.sides[side]}" for side in sides])
    said = turnout(result) + (f" {voted}." if voted else "")
    said += " " + _over(result.over) if result.over else ""
    said += " " + _("Of each side: dots, and from how many people.") if sides else ""
    return [Heading(stage_title(w, vote.stage)), Words(said), *note(both_votes(w, vote)), _ranking(w, vote, sides), *_beside(w, vote),
            *note(how_sure(w, vote)), *note(not_alone(result))]


def _beside(w: Workshop, vote: Vote) -> list[Block]:
    """Both rounds in one table, under the second."""
    rows = tuple((option_name(w, vote.stage, both.option), *((str(both.then.rank), both.then.dots) if both.then else ("", "")),
                  str(both.now.rank), both.now.dots, rounds.way(both)) for both in rounds.compared(w, vote))
    head = (_("Option"), _("Place in the first"), _("Dots"), _("Place in the second"), _("Dots"), _("Change"))
    return [Table(_("Both votes"), head, rows, wide=(0,))] if rows else []


def _ranking(w: Workshop, vote: Vote, sides: list[str]) -> Table:
    """Every option of *vote*; a column for each of up to three sides, more of them on a line below the option."""
    columns = sides if len(sides) <= MOST_COLUMNS else []
    rows = []
    for r in vote.result.rows:
        name = option_name(w, vote.stage, r.option)
        if sides and not columns:
            name += "\n" + ", ".join(f"{side} {_given(r, side)}" for side in sides)
        on_paper = (_on_paper(vote.result, r),) if vote.result.paper else ()
        rows.append((str(r.rank), name, r.dots, *on_paper, number(r.people_in_all), *(_given(r, side) for side in columns)))
    on_paper = (_("On paper"),) if vote.result.paper else ()
    return Table("", (_("Rank"), _("Option"), _("Dots"), *on_paper, _("People"), *columns), tuple(rows), wide=(1,))


def _on_paper(result: Result, row: Row) -> str:
    n = result.on_paper(row)
    return _("not told") if n is None else str(n)


def _given(row: Row, side: str) -> str:
    return _("%(dots)d from %(people)s", dots=row.sides[side][0], people=number(row.people_of(side)))


def feedback(w: Workshop) -> list[Block]:
    """What each group gave, how it was rated, and the last words."""
    return [*_per_group(w), *_ratings(w), *_last_words(w)]


def _per_group(w: Workshop) -> list[Block]:
    keys = [(stage.id, group.id) for stage in w.plan.stages if w.ideas_of(stage.id) for group in w.groups_of(stage.id)]
    rows = tuple((group_name(w, *key), len(w.charts.get(key, ())), len(w.stars.get(key, ()))) for key in keys)
    return [Table(_("Ideas and stars by group"), (_("Group"), _("Ideas"), _("Stars")), rows)] if rows else []


def _ratings(w: Workshop) -> list[Block]:
    if not w.ratings:
        return []
    counts, mean = Counter(w.ratings.values()), sum(w.ratings.values()) / len(w.ratings)
    bars = tuple(Bar(str(n), counts[n], max(counts.values())) for n in range(5, 0, -1))
    said = counted("1 person gave it %(mean).1f.", "%(n)d people gave it %(mean).1f on average.", len(w.ratings),
                   mean=mean)
    return [Heading(_("How it was, 1 to 5")), Bars(bars, _("people")), Words(said)]


def _last_words(w: Workshop) -> list[Block]:
    """The words said most first; equal ones by the alphabet, so that no order tells who spoke when."""
    said = sorted(Counter(w.words.values()).items(), key=lambda pair: (-pair[1], pair[0].casefold()))
    words = listed([f"{word} ({n})" if n > 1 else word for word, n in said])
    return [Heading(_("One word each")), Words(words)] if words else []


def limits(s: Seen) -> list[Block]:
    """Who was missing, what was close, what came late."""
    w, said = s.w, []
    if w.plan.people > len(w.people):
        said.append(_("%(expected)d people were expected; %(came)d took part.", expected=w.plan.people,
                      came=len(w.people)))
    for vote in closed_votes(w):
        said += [_missing(w, vote), "" if vote.result.sure else how_sure(w, vote), not_alone(vote.result)]
    late = sum(idea.late for idea in w.ideas.values())
    if late:
        said.append(counted("1 idea came after its stage had closed.",
                            "%(n)d ideas came after their stage had closed.", late))
    found = tuple(filter(None, said))
    return [Bullets(found)] if found else []


def _over(n: int) -> str:
    return counted("1 ballot had more dots than there were at the close, and did not count.",
                   "%(n)d ballots had more dots than there were at the close, and did not count.", n)


def _missing(w: Workshop, vote: Vote) -> str:
    n = max(len(w.people) - vote.result.voters - vote.result.over, 0)
    return counted("1 person did not vote in “%(stage)s”.", "%(n)d people did not vote in “%(stage)s”.", n,
                   stage=stage_title(w, vote.stage)) if n else ""


def _some(n: int) -> str:
    return str(n) if n else ""
