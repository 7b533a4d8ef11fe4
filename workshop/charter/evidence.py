"""What a report says of how the workshop went: who sat where, the times, the votes, the feedback, the limits."""
from collections import Counter
from collections.abc import Iterator

from workshop.agenda import Stage
from workshop.charter import drawings
from workshop.charter.backing import not_alone
from workshop.charter.blocks import Bar, Bars, Block, Bullets, Cell, Facts, Heading, Table, Words
from workshop.charter.figures import boards, by_side, closed_votes, day, fill, group_name, how_sure, labelled, local, stage_title
from workshop.charter.pieces import facts, note
from workshop.charter.seen import Seen
from workshop.rules.before import criteria
from workshop.state import Board, Group, Theme, Vote, Workshop
from workshop.words import N_, _, counted, listed

MINUTE = 60_000
ACROSS = {1: 30, 2: 15, 3: 10, 4: 5}   # dots in a row, by how many sides stand beside each other
TIES = {"run-off": N_("a tie at the cut is shown as a tie; a run-off or the room decides"), "keep": N_("all that tie at the cut are priorities")}


def setting(s: Seen) -> list[Block]:
    """What the workshop was about, who came, and who sat where."""
    w = s.w
    no_phone = sum(not p.phone for p in w.people.values())
    return [facts(
        (_("Question"), w.plan.question), (_("Community"), w.plan.community), (_("Domain"), w.plan.domain),
        (_("Date"), day(w.made) if w.made else ""), (_("Time"), _from_to(w)), (_("Participants"), _some(len(w.people))),
        (_("Without a phone"), _some(no_phone)), (_("Ideas"), str(len(w.ideas))),
        (_("Ideas taken back by their authors"), _some(s.withdrawn)),
        (_("Ideas withheld by the facilitators"), _some(s.withheld)),
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
    """The stages with their times, how boards were made and votes held, and what people changed."""
    if not w.timeline:
        return []
    caption = _("Stages as planned and as they went. Solid: while it was open; the box below: as long as planned. Times are %(zone)s.",
                zone=local(w.timeline[0][0]).tzname())
    head = (_("Stage"), _("Open"), _("Planned, minutes"), _("Took, minutes"))
    held = how(w)
    times = [Table(caption, head, tuple(_times(w)))] if w.people else []   # what was typed up afterwards took no time in a room
    return [*times, *([held] if held.pairs else []), *_changed(w)]


def how(w: Workshop) -> Facts:
    """How each board was made and each vote held."""
    return facts(*(pair for stage in w.plan.stages for pair in _how(w, stage.id)))


def _times(w: Workshop) -> Iterator[tuple[str, Cell, int, int]]:
    """Each step that was open: its name, when it was open, minutes planned and taken."""
    ends = [at for at, _stage, _step in w.timeline[1:]] + [w.ended or w.at]
    open_in: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for (at, stage, step), end in zip(w.timeline, ends, strict=True):
        open_in.setdefault((stage, step), []).append((at, max(end, at)))
    planned = {key: round(w.plan.stage(key[0]).steps[key[1]].minutes) for key in open_in}
    day = w.timeline[0][0], max([*ends, *(found[0][0] + planned[key] * MINUTE for key, found in open_in.items())])
    for key, found in open_in.items():
        at, step = w.plan.stage(key[0]), w.plan.stage(key[0]).steps[key[1]]
        name = at.title if step.title == at.title else f"{at.title}: {step.title}"
        times = listed([f"{_hour(start)}–{_hour(end)}" for start, end in found])
        yield name, Cell(times, drawings.spans(found, planned[key] * MINUTE, day)), planned[key], round(sum(end - start for start, end in found) / MINUTE)


def _from_to(w: Workshop) -> str:
    """From when the first stage opened to the end, or to what happened last."""
    return f"{_hour(w.timeline[0][0])}–{_hour(w.ended or w.at)}" if w.timeline else ""


def _hour(at: int) -> str:
    return local(at).strftime("%H:%M")


def _changed(w: Workshop) -> Iterator[Block]:
    """Of each board that was suggested, which themes people changed."""
    for board in (b for b in boards(w).values() if b.encoder and b.themes):
        rows = tuple((labelled(theme.mark, theme.name), len(inside := board.ideas_in(theme.id)), len(board.held & set(inside)), _by_whom(board, theme))
                     for theme in board.themes.values())
        yield Table(_("What people changed in “%(stage)s”", stage=stage_title(w, board.stage)),
                    (_("Theme"), _("Ideas"), _("Placed by people"), _("Theme and name")), rows)
        yield from note(counted("1 theme was taken away.", "%(n)d themes were taken away.", len(board.gone)) if board.gone else "")


def _by_whom(board: Board, theme: Theme) -> str:
    if theme.id in board.made.values():
        return _("made by people")
    return _("suggested, named by people") if theme.named else _("suggested")


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
    if not w.people:
        return [(stage_title(w, stage), _("dots on paper, counted and typed up; %(tie)s", tie=_(TIES[w.plan.tie])))]
    return [(stage_title(w, stage), _("%(dots)d dots each, at most %(cap)d on one; %(tie)s", dots=vote.dots,
                                      cap=vote.cap, tie=_(TIES[w.plan.tie]))),
            (_("What people voted by"), " ".join(criteria(w, stage)))]


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
    return [Heading(_("How it was, 1 to 5")), Bars(bars, _("Rating"), _("people")), Words(said)]


def _last_words(w: Workshop) -> list[Block]:
    """The words said most first; equal ones by the alphabet, so that no order tells who spoke when."""
    said = sorted(Counter(w.words.values()).items(), key=lambda pair: (-pair[1], pair[0].casefold()))
    words = listed([f"{word} ({n})" if n > 1 else word for word, n in said])
    return [Heading(_("One word each")), Words(words)] if words else []


def limits(s: Seen) -> list[Block]:
    """Who was missing, what was close, when nothing could be saved, what came late."""
    w, said = s.w, []
    if w.plan.people > len(w.people):
        said.append(_("%(expected)d people were expected; %(came)d took part.", expected=w.plan.people,
                      came=len(w.people)))
    for vote in closed_votes(w):
        said += [_missing(w, vote), "" if vote.result.sure else how_sure(w, vote), not_alone(vote.result)]
    said += [_unsaved(*(_hour(at) for at in gap)) for gap in w.unsaved]
    late = sum(idea.late for idea in w.ideas.values())
    if late:
        said.append(counted("1 idea came after its stage had closed.",
                            "%(n)d ideas came after their stage had closed.", late))
    found = tuple(filter(None, said))
    return [Bullets(found)] if found else []


def _missing(w: Workshop, vote: Vote) -> str:
    n = max(len(w.people) - vote.result.voters - vote.result.over, 0)
    return counted("1 person did not vote in “%(stage)s”.", "%(n)d people did not vote in “%(stage)s”.", n,
                   stage=stage_title(w, vote.stage)) if n else ""


def _unsaved(since: str, until: str) -> str:
    if since == until:
        return _("At %(time)s nothing could be saved for a moment; phones kept what people wrote.", time=since)
    return _("From %(since)s to %(until)s nothing could be saved; phones kept what people wrote.", since=since, until=until)


def _some(n: int) -> str:
    return str(n) if n else ""
