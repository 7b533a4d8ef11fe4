"""The sections of the prioritised outcomes report: the decisions on one page, then everything."""
from collections import Counter

from workshop.charter.document import Bar, Bars, Block, Bullets, Dots, Facts, Heading, Ideas, Line, Section, Table, Words
from workshop.charter.figures import below, boards, by_side, closed_votes, day, decided, group_name, hidden_note, how_sure, listed, local, option_name
from workshop.charter.marks import mark
from workshop.charter.pieces import actions, heading_of, idea_line, ideas, paragraphs, priorities, said_of, talked_about, theme_ideas, themes
from workshop.charter.seen import Seen
from workshop.state import Vote, Workshop
from workshop.words import N_, _, counted

FRONT_BARS, FRONT_ACTIONS = 6, 5
MINUTE = 60_000


def line(w: Workshop) -> str:
    """The workshop in a few short sentences."""
    last = w.last_vote
    said = [_("%(title)s, %(day)s.", title=w.plan.title, day=day(w.at)) if w.at else "",
            counted("1 person took part.", "%(n)d people took part.", len(w.people)),
            counted("1 idea.", "%(n)d ideas.", len(w.ideas)),
            counted("1 person voted.", "%(n)d people voted.", last.result.voters) if last else ""]
    return " ".join(filter(None, said))


def front(s: Seen) -> tuple[Block, ...]:
    """The first page, complete alone."""
    w = s.w
    blocks = [*_decision(w), *_also(w), *_first_actions(w), *_next(w)]
    if s.left_out:
        blocks.append(Words(_("Something is left out of this copy; the annex says what."), "note"))
    return tuple(blocks)


def sections(s: Seen) -> tuple[Section, ...]:
    """The rest of the report; what holds nothing is left out."""
    w = s.w
    made = ((_("The workshop"), _workshop(s)), (_("How it went"), _method(w)), (_("Priorities in full"), _in_full(w)),
            (_("Every vote"), _votes(w)), (_("Actions"), _actions(w)), (_("All other themes, and every idea"), _others(s)),
            (_("Parking lot"), parked(w)), (_("Participation and feedback"), _feedback(w)), (_("Limits"), _limits(s)),
            (_("Facilitators' notes"), paragraphs(w.note)))
    return tuple(Section(title, tuple(blocks)) for title, blocks in made if blocks)


def data_files() -> Section:
    """What the columns of the data files mean."""
    rows = tuple((name, _(meaning)) for name, meaning in DICTIONARY)
    return Section(_("What the data files hold"), (Table(_("Files and columns"), (_("File and columns"), _("Meaning")), rows, wide=(0, 1)),))


def parked(w: Workshop) -> tuple[Block, ...]:
    """What was put aside: notes, and ideas that came after the vote had opened."""
    late = tuple(idea_line(w, idea) for idea in w.ideas.values() if idea.parked)
    notes = tuple(Line(note.text, _title(w, note.stage)) for note in w.parking.values())
    return (Ideas((*notes, *late)),) if notes or late else ()


DICTIONARY = (
    ("ideas.csv: number, idea, stage, group", N_("Every idea in the order it came, its stage and group.")),
    ("ideas.csv: theme, name, starred, late, parked", N_("The theme's letter and name, 1 where its group starred it, came late, or went to the parking lot.")),
    ("votes.csv: vote, rank, option, dots, people, priority", N_("Every option, none left out; rank is shared by ties; people placed at least one dot.")),
    ("votes.csv: dots and people of each side", N_("Empty where fewer than 5 of a side voted, or fewer than 5 others.")),
    ("actions.csv: priority, action, owner, with, first move, by", N_("As written down in the discussion.")),
    ("workshop.json", N_("All of it, with the plan and the times of the stages.")),
)


def _decision(w: Workshop) -> list[Block]:
    found = priorities(w)
    if not found:
        return _so_far(w)
    n, sure = len(found[0].entries), how_sure(w, closed_votes(w)[-1])
    return [Heading(counted("Decided: start with this one", "Decided: start with these %(n)d", n)), *found, *([Words(sure, "look")] if sure else [])]


def _so_far(w: Workshop) -> list[Block]:
    """Before a result: the themes by size, or how many ideas there are."""
    votes = closed_votes(w)
    said = [Words(how_sure(w, votes[-1]), "look")] if votes and how_sure(w, votes[-1]) else []
    said.append(Words(_("Nothing is decided yet. The priorities stand here once a vote has closed and is shown.")))
    bars = [Bar(theme.name, len(board.ideas_in(n)), mark(theme)) for board in boards(w).values() for n, theme in board.themes.items()]
    if bars:
        bars.sort(key=lambda bar: -bar.n)
        said += [Heading(_("Themes so far")), Bars(tuple(bars), max(bar.n for bar in bars) or 1, _("ideas"))]
    return said


def _also(w: Workshop) -> list[Block]:
    votes = closed_votes(w)
    bars = below(w, votes[-1]) if votes else ()
    if not bars or not decided(w):
        return []
    most = max(row.dots for row in votes[-1].result.rows)
    more = len(bars) - FRONT_BARS
    return [Heading(_("Also on the ballot")), Bars(bars[:FRONT_BARS], most, _("dots")),
            *([Words(counted("1 more stands under “Every vote”.", "%(n)d more stand under “Every vote”.", more), "note")] if more > 0 else [])]


def _first_actions(w: Workshop) -> list[Block]:
    found = list(w.actions.values())
    more = len(found) - FRONT_ACTIONS
    if not found:
        return []
    rows = tuple((a.what, a.owner, a.support, a.due) for a in found[:FRONT_ACTIONS])
    return [Heading(_("First actions")), Table("", (_("What"), _("Owner"), _("With"), _("By")), rows),
            *([Words(counted("1 more stands under “Actions”.", "%(n)d more stand under “Actions”.", more), "note")] if more > 0 else [])]


def _next(w: Workshop) -> list[Block]:
    pairs = []
    if w.next_date:
        pairs.append((_("Next meeting"), w.next_date))
    if w.adopted:
        a = w.adopted
        pairs.append((_("Charter adopted"), _("%(agree)d agree, %(live)d can live with it, %(object)d object", agree=a.agree, live=a.live,
                                              object=len(a.objections))))
    return [Facts(tuple(pairs))] if pairs else []


def _workshop(s: Seen) -> list[Block]:
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


def _method(w: Workshop) -> list[Block]:
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
        name = planned.title if len(planned.steps) < 2 else f"{planned.title}: {planned.steps[step].title}"
        yield name, local(first[stage, step]).strftime("%H:%M"), round(planned.steps[step].minutes), round(ms / MINUTE)


def _how(w: Workshop, stage: str) -> list[tuple[str, str]]:
    """How a board was made and how a vote was held."""
    if stage in w.boards:
        board = w.boards[stage]
        by = _("suggested by %(encoder)s, then corrected by people", encoder=board.encoder) if board.encoder else _("made by people")
        return [(_title(w, stage), by), (_("Ideas placed by people"), str(len(board.held & set(w.ideas))))]
    if stage not in w.votes:
        return []
    vote = w.votes[stage]
    tie = {"run-off": _("a tie at the cut goes to a run-off"), "keep": _("all that tie at the cut are priorities")}[w.plan.tie]
    return [(_title(w, stage), _("%(dots)d dots each, at most %(cap)d on one; %(tie)s", dots=vote.dots, cap=vote.cap, tie=tie))]


def _in_full(w: Workshop) -> list[Block]:
    blocks: list[Block] = []
    for option in talked_about(w) if closed_votes(w) else ():
        wording = next((p.wording for block in priorities(w) for p in block.entries if p.name == heading_of(w, option).text), "")
        blocks += [heading_of(w, option), *([Words(wording, "lead")] if wording else []), *said_of(w, option), *ideas(w, theme_ideas(w, option))]
    return blocks


def _votes(w: Workshop) -> list[Block]:
    return [block for vote in closed_votes(w) for block in _vote(w, vote)]


def _vote(w: Workshop, vote: Vote) -> list[Block]:
    result = vote.result
    sides = [s for s in w.plan.constituencies if s in result.sides]
    head = ("", _("Option"), _("Dots"), _("People"), *sides)
    rows = tuple((str(r.rank), option_name(w, vote.stage, r.option), r.dots, r.people, *(r.sides[side][0] for side in sides)) for r in result.rows)
    voted = listed([f"{side} {result.sides[side]}" for side in sides])
    said = counted("1 person voted.", "%(n)d people voted.", result.voters) + (f" {voted}." if voted else "")
    notes = [Words(text, "note") for text in (how_sure(w, vote), hidden_note(vote)) if text]
    return [Heading(_title(w, vote.stage)), Words(said), Table(_("Dots in “%(stage)s”", stage=_title(w, vote.stage)), head, rows, wide=(1,)), *notes]


def _actions(w: Workshop) -> list[Block]:
    blocks: list[Block] = []
    for option in dict.fromkeys(a.priority for a in w.actions.values()):
        found = [a for a in w.actions.values() if a.priority == option]
        heading = heading_of(w, option) if option else Heading(_("For all"))
        blocks += [Heading(heading.text, heading.mark), actions(found, _("Actions for “%(name)s”", name=heading.text))]
    return blocks


def _others(s: Seen) -> list[Block]:
    w = s.w
    told = frozenset(i.id for option in talked_about(w) if closed_votes(w) for i in theme_ideas(w, option))
    blocks = list(themes(w, told))
    if s.withdrawn:
        blocks.append(Words(counted("1 idea was taken back by its author and is not printed.",
                                    "%(n)d ideas were taken back by their authors and are not printed.", s.withdrawn), "note"))
    return blocks


def _feedback(w: Workshop) -> list[Block]:
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
    return tuple((group_name(w, stage, group), len([i for i in chart if i in w.ideas]), len(w.stars.get((stage, group), ())))
                 for (stage, group), chart in w.charts.items() if group and chart)


def _limits(s: Seen) -> list[Block]:
    w, said = s.w, []
    if w.plan.people > len(w.people):
        said.append(_("%(expected)d people were expected; %(came)d took part.", expected=w.plan.people, came=len(w.people)))
    for vote in closed_votes(w):
        missing = len(w.people) - vote.result.voters
        said += [counted("1 person did not vote in “%(stage)s”.", "%(n)d people did not vote in “%(stage)s”.", missing, stage=_title(w, vote.stage))] if missing > 0 else []
        said += [text for text in (how_sure(w, vote), hidden_note(vote)) if text]
    late = sum(idea.late for idea in w.ideas.values())
    said += [counted("1 idea came after its stage had closed.", "%(n)d ideas came after their stage had closed.", late)] if late else []
    return [Bullets(tuple(said))] if said else []


def _some(n: int) -> str:
    return str(n) if n else ""


def _title(w: Workshop, stage: str) -> str:
    found = w.plan.stage(stage)
    return found.title if found else stage
