"""What a report says of how the workshop went: who sat where, the times, the votes, the feedback, the limits."""
from collections import Counter
from collections.abc import Iterator

from workshop.charter.document import Bar, Bars, Block, Bullets, Dots, Facts, Heading, Table, Words
from workshop.charter.figures import boards, by_side, closed_votes, day, group_name, hidden_note, how_sure, listed, local, option_name, stage_title
from workshop.charter.seen import Seen
from workshop.state import Vote, Workshop
from workshop.words import _, counted

MINUTE = 60_000
MOST_COLUMNS = 3


def setting(s: Seen) -> list[Block]:
    w = s.w
    pairs = [(_("Question"), w.plan.question), (_("Community"), w.plan.community), (_("Domain"), w.plan.domain), (_("Date"), day(w.made) if w.made else ""),
             (_("Participants"), str(len(w.people))), (_("Without a phone"), _some(sum(not p.phone for p in w.people.values()))),
             (_("Ideas"), str(len(w.ideas))), (_("Ideas taken back by their authors"), _some(s.withdrawn)),
             (_("Themes"), _some(sum(len(b.themes) for b in boards(w).values())))]
    return [Facts(tuple((name, value) for name, value in pairs if value)), *_balance(w)]


def _balance(w: Workshop) -> list[Block]:
    """Who sat where: a table for each forming of groups, one dot a person."""
    made = []
    for stage in (s for s in w.plan.stages if s.id in w.groups):
        sides = [d.side for d in by_side(w, w.people)]
        rows = []
        for group in w.groups[stage.id]:
            there = {d.side: d for d in by_side(w, group.people)}
            rows.append((group_name(w, stage.id, group.id), *(there.get(side, Dots(side, 0)) for side in sides), len(group.people)))
        head = (_("Group"), *(sides if w.plan.constituencies else [_("People")] * bool(sides)), _("In all"))
        made.append(Table(_("Breakout groups in “%(stage)s”", stage=stage.title), head, tuple(rows), wide=tuple(range(1, len(sides) + 1)) or (0,)))
    return made


def method(w: Workshop) -> list[Block]:
    if not w.timeline:
        return []
    zone = local(w.timeline[0][0]).tzname()
    caption = _("Stages as planned and as they went. Times are %(zone)s.", zone=zone)
    head = (_("Stage"), _("Opened"), _("Planned, minutes"), _("Took, minutes"))
    pairs = [pair for stage in w.plan.stages for pair in _how(w, stage.id)]
    return [Table(caption, head, tuple(_times(w))), *([Facts(tuple(pairs))] if pairs else [])]


def _times(w: Workshop):
    took, first = Counter(), {}
    ends = [at for at, _stage, _step in w.timeline[1:]] + [w.ended or w.at]
    for (at, stage, step), end in zip(w.timeline, ends, strict=True):
        took[stage, step] += max(end - at, 0)
        first.setdefault((stage, step), at)
    for (stage, step), ms in took.items():
        planned = w.plan.stage(stage)
        part = planned.steps[step]
        name = planned.title if part.title == planned.title else f"{planned.title}: {part.title}"
        yield name, local(first[stage, step]).strftime("%H:%M"), round(part.minutes), round(ms / MINUTE)


def _how(w: Workshop, stage: str) -> list[tuple[str, str]]:
    """How a board was made and how a vote was held."""
    if stage in w.boards:
        board = w.boards[stage]
        by = _("suggested by %(encoder)s, then corrected by people", encoder=board.encoder) if board.encoder else _("made by people")
        placed = len(board.held & set(w.ideas))
        return [(stage_title(w, stage), by), *([(_("Ideas placed by people"), str(placed))] if placed else [])]
    if stage not in w.votes:
        return []
    vote = w.votes[stage]
    tie = {"run-off": _("a tie at the cut goes to a run-off"), "keep": _("all that tie at the cut are priorities")}[w.plan.tie]
    return [(stage_title(w, stage), _("%(dots)d dots each, at most %(cap)d on one; %(tie)s", dots=vote.dots, cap=vote.cap, tie=tie))]


def votes(w: Workshop) -> list[Block]:
    return [block for vote in closed_votes(w) for block in _vote(w, vote)]


def _vote(w: Workshop, vote: Vote) -> list[Block]:
    result, sides = vote.result, [s for s in w.plan.constituencies if s in vote.result.sides]
    voted = listed([f"{side} {result.sides[side]}" for side in sides])
    said = counted("1 person voted.", "%(n)d people voted.", result.voters) + (f" {voted}." if voted else "")
    notes = [Words(text, "note") for text in (how_sure(w, vote), hidden_note(vote)) if text]
    return [Heading(stage_title(w, vote.stage)), Words(said), _ranking(w, vote, sides), *notes]


def _ranking(w: Workshop, vote: Vote, sides: list[str]) -> Table:
    """Every option of *vote*; a column for each of up to three sides, more of them on a line below the option."""
    columns = sides if len(sides) <= MOST_COLUMNS else []
    rows = []
    for r in vote.result.rows:
        name = option_name(w, vote.stage, r.option)
        if not columns and sides:
            name += "\n" + ", ".join(f"{side} {r.sides[side][0]}" for side in sides)
        rows.append((str(r.rank), name, r.dots, r.people, *(r.sides[side][0] for side in columns)))
    return Table("", ("", _("Option"), _("Dots"), _("People"), *columns), tuple(rows), wide=(1,))


def feedback(w: Workshop) -> list[Block]:
    blocks: list[Block] = []
    if rows := _per_group(w):
        blocks.append(Table(_("Ideas and stars by group"), (_("Group"), _("Ideas"), _("Stars")), rows))
    if w.ratings:
        counts = Counter(w.ratings.values())
        mean = sum(w.ratings.values()) / len(w.ratings)
        blocks += [Heading(_("How it was, 1 to 5")), Bars(tuple(Bar(str(n), counts[n]) for n in range(5, 0, -1)), max(counts.values()), _("people")),
                   Words(counted("1 person gave it %(mean).1f.", "%(n)d people gave it %(mean).1f on average.", len(w.ratings), mean=mean))]
    if w.words:
        said = Counter(w.words.values())
        words = listed([f"{word} ({n})" if n > 1 else word for word, n in sorted(said.items(), key=lambda pair: (-pair[1], pair[0].casefold()))])
        blocks += [Heading(_("One word each")), Words(words)]
    return blocks


def _per_group(w: Workshop) -> tuple[tuple[str, int, int], ...]:
    return tuple((group_name(w, stage.id, group.id), len(w.charts.get((stage.id, group.id), ())), len(w.stars.get((stage.id, group.id), ())))
                 for stage in w.plan.stages if w.ideas_of(stage.id) for group in w.groups_of(stage.id))


def limits(s: Seen) -> list[Block]:
    w, said = s.w, []
    if w.plan.people > len(w.people):
        said.append(_("%(expected)d people were expected; %(came)d took part.", expected=w.plan.people, came=len(w.people)))
    for vote in closed_votes(w):
        missing = len(w.people) - vote.result.voters
        said += [counted("1 person did not vote in “%(stage)s”.", "%(n)d people did not vote in “%(stage)s”.", missing, stage=stage_title(w, vote.stage))] if missing > 0 else []
        said += [text for text in (how_sure(w, vote), hidden_note(vote)) if text]
    late = sum(idea.late for idea in w.ideas.values())
    said += [counted("1 idea came after its stage had closed.", "%(n)d ideas came after their stage had closed.", late)] if late else []
    return [Bullets(tuple(said))] if said else []


def _some(n: int) -> str:
    return str(n) if n else ""
