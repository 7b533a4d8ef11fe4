"""The sections of the prioritised outcomes report: the decisions on one page, then everything."""
from dataclasses import replace

from workshop.charter import evidence
from workshop.charter.data import DICTIONARY
from workshop.charter.document import Bar, Bars, Block, Facts, Heading, Ideas, Line, Places, Section, Table, Words
from workshop.charter.figures import below, boards, closed_votes, day, decided, how_sure, short, stage_title
from workshop.charter.marks import mark
from workshop.charter.pieces import (actions, heading_of, idea_line, ideas, paragraphs, priorities, said_of, talked_about, theme_ideas,
                                    themes, voted_for, wording_of)
from workshop.charter.seen import Seen
from workshop.state import Workshop
from workshop.words import _, counted

FRONT_SIDES, FRONT_BARS, FRONT_ACTIONS = 12, 6, 5


def line(w: Workshop) -> str:
    """The workshop in a few short sentences."""
    last = w.last_vote
    said = [_("%(title)s, %(day)s.", title=w.plan.title, day=day(w.at)) if w.at else "",
            counted("1 person took part.", "%(n)d people took part.", len(w.people)) if w.people else "",
            counted("1 idea.", "%(n)d ideas.", len(w.ideas)) if w.ideas else "",
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
    made = ((_("The workshop"), evidence.setting(s)), (_("How it went"), evidence.method(w)), (_("Priorities in full"), _in_full(w)),
            (_("Every vote"), evidence.votes(w)), (_("Actions"), _actions(w)), (_("All other themes, and every idea"), _others(s)),
            (_("Parking lot"), parked(w)), (_("Participation and feedback"), evidence.feedback(w)), (_("Limits"), evidence.limits(s)),
            (_("Facilitators' notes"), paragraphs(w.note)))
    return tuple(Section(title, tuple(blocks)) for title, blocks in made if blocks)


def data_files() -> Section:
    """What the columns of the data files mean."""
    rows = tuple((name, _(meaning)) for name, meaning in DICTIONARY)
    return Section(_("What the data files hold"), (Table(_("Files and columns"), (_("File and columns"), _("Meaning")), rows, wide=(0, 1)),))


def parked(w: Workshop) -> tuple[Block, ...]:
    """What was put aside: notes, and ideas that came after the vote had opened."""
    late = tuple(idea_line(w, idea) for idea in w.ideas.values() if idea.parked)
    notes = tuple(Line(note.text, stage_title(w, note.stage)) for note in w.parking.values())
    return (Ideas((*notes, *late)),) if notes or late else ()


def _decision(w: Workshop) -> list[Block]:
    found = priorities(w)
    if not found:
        return _so_far(w)
    n, sure = len(found[0].entries), how_sure(w, closed_votes(w)[-1])
    return [Heading(counted("Decided: start with this one", "Decided: start with these %(n)d", n)), _for_one_page(found[0]), *found[1:], *([Words(sure, "look")] if sure else [])]


def _for_one_page(places: Places) -> Places:
    """*places* without rows for each side where these would not fit on the first page; they stand in the full part."""
    if sum(len(p.sides) for p in places.entries) <= FRONT_SIDES:
        return places
    return Places(tuple(replace(p, sides=(), name=short(p.name)) for p in places.entries))


def _so_far(w: Workshop) -> list[Block]:
    """Before a result: the themes by size, or how many ideas there are."""
    votes = closed_votes(w)
    said = [Words(how_sure(w, votes[-1]), "look")] if votes and how_sure(w, votes[-1]) else []
    said.append(Words(_("Nothing is decided yet. The priorities stand here once a vote has closed and is shown."), "lead"))
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


def _in_full(w: Workshop) -> list[Block]:
    blocks: list[Block] = []
    for option in talked_about(w) if closed_votes(w) else ():
        blocks += [heading_of(w, option), *wording_of(w, option), *voted_for(w, option), *said_of(w, option), *ideas(w, theme_ideas(w, option))]
    return blocks


def _actions(w: Workshop) -> list[Block]:
    blocks: list[Block] = []
    for option in dict.fromkeys(a.priority for a in w.actions.values()):
        found = [a for a in w.actions.values() if a.priority == option]
        heading = heading_of(w, option) if option else Heading(_("For all"))
        blocks += [Heading(heading.text, heading.mark), actions(found, "")]
    return blocks


def _others(s: Seen) -> list[Block]:
    w = s.w
    told = frozenset(i.id for option in talked_about(w) if closed_votes(w) for i in theme_ideas(w, option))
    blocks = list(themes(w, told))
    if s.withdrawn:
        blocks.append(Words(counted("1 idea was taken back by its author and is not printed.",
                                    "%(n)d ideas were taken back by their authors and are not printed.", s.withdrawn), "note"))
    return blocks
