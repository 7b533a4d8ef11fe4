"""The sections of the prioritised outcomes report: the decisions on one page, then everything."""
from dataclasses import replace

from workshop.charter import backing, evidence, results, weighed_pieces
from workshop.charter.blocks import Bar, Bars, Block, Heading, Places, Table, Words
from workshop.charter.data import DICTIONARY
from workshop.charter.document import Section
from workshop.charter.figures import below, boards, both_votes, closed_votes, day, decided, held, how_sure, short
from workshop.charter.marks import mark
from workshop.charter.pieces import (actions, actions_in_order, facts, heading_of, ideas, note, paragraphs, parked, priorities, said_of,
                                     sections, talked_about, theme_ideas, themes, voted_for, wording_of)
from workshop.charter.seen import Seen
from workshop.state import Workshop
from workshop.words import _, counted

FRONT_SIDES, FRONT_BARS, FRONT_ACTIONS = 12, 6, 5


def line(w: Workshop) -> str:
    """The workshop in a few short sentences."""
    last = w.last_vote
    said = [_("%(title)s, %(day)s.", title=w.plan.title, day=day(held(w))) if held(w) else "",
            counted("1 person took part.", "%(n)d people took part.", len(w.people)) if w.people else "",
            counted("1 idea.", "%(n)d ideas.", len(w.ideas)) if w.ideas else "",
            counted("1 person voted.", "%(n)d people voted.", last.result.voters) if last else ""]
    return " ".join(filter(None, said))


def front(s: Seen) -> tuple[Block, ...]:
    """The first page, complete alone."""
    missing = _("Something is left out of this copy; the annex says what.") if s.left_out else ""
    return (*_decision(s.w), *_also(s.w), *_first_actions(s.w), *_next(s.w), *note(missing))


def full(s: Seen) -> tuple[Section, ...]:
    """The rest of the report; what holds nothing is left out."""
    w = s.w
    return sections(
        (_("The workshop"), evidence.setting(s)), (_("How it went"), evidence.method(w)),
        (_("Priorities in full"), _in_full(w)), (_("Effort, impact and agreement"), weighed_pieces.in_full(w)),
        (_("Every vote"), results.votes(w)), (_("Actions"), _actions(w)),
        (_("All other themes, and every idea"), _others(s)), (_("Parking lot"), parked(w)),
        (_("Participation and feedback"), evidence.feedback(w)), (_("Limits"), evidence.limits(s)),
        (_("Facilitators' notes"), paragraphs(w.note)))


def data_files() -> Section:
    """What the columns of the data files mean."""
    rows = tuple((name, _(meaning)) for name, meaning in DICTIONARY)
    table = Table(_("Files and columns"), (_("File and columns"), _("Meaning")), rows, wide=(0, 1))
    return Section(_("What the data files hold"), (table,))


def _decision(w: Workshop) -> list[Block]:
    found = priorities(w)
    if not found:
        return _so_far(w)
    n = len(found[0].entries)
    title = Heading(counted("Decided: start with this one", "Decided: start with these %(n)d", n))
    return [title, _for_one_page(found[0]), *found[1:], *_how_sure(w)]


def _for_one_page(places: Places) -> Places:
    """*places* without rows for each side where they would not fit on the first page; the full part has them."""
    if sum(len(p.sides) for p in places.entries) <= FRONT_SIDES:
        return places
    return Places(tuple(replace(p, sides=(), said="", name=short(p.name)) for p in places.entries))


def _how_sure(w: Workshop) -> list[Block]:
    last = w.last_vote
    said = (both_votes(w, last), how_sure(w, last)) if last else ()
    return [Words(sentence, "look") for sentence in said if sentence]


def _so_far(w: Workshop) -> list[Block]:
    """Before a result: the themes by size."""
    nothing = _("Nothing is decided yet. The priorities stand here once a vote has closed and is shown.")
    themes_now = [(board, theme) for board in boards(w).values() for theme in board.themes.values()]
    most = max((len(b.ideas_in(t.id)) for b, t in themes_now), default=0)
    bars = sorted((Bar(t.name, len(b.ideas_in(t.id)), most, mark(t)) for b, t in themes_now), key=lambda bar: -bar.n)
    drawn = [Heading(_("Themes so far")), Bars(tuple(bars), _("Theme"), _("ideas"))] if bars else []
    return [*_how_sure(w), Words(nothing, "lead"), *drawn]


def _also(w: Workshop) -> list[Block]:
    bars = below(w, w.last_vote) if decided(w) else ()
    if not bars:
        return []
    more = max(len(bars) - FRONT_BARS, 0)
    rest = counted("1 more stands under “Every vote”.", "%(n)d more stand under “Every vote”.", more)
    drawn = Bars(bars[:FRONT_BARS], _("Option"), _("dots"))
    return [Heading(_("Also on the ballot")), drawn, *note(rest if more else "")]


def _first_actions(w: Workshop) -> list[Block]:
    found = [replace(action, first="", measure="") for action in actions_in_order(w)]
    if not found:
        return []
    more = max(len(found) - FRONT_ACTIONS, 0)
    rest = counted("1 more stands under “Actions”.", "%(n)d more stand under “Actions”.", more)
    return [Heading(_("First actions")), actions(found[:FRONT_ACTIONS]), *note(rest if more else "")]


def _next(w: Workshop) -> list[Block]:
    a, stood = w.adopted, ""
    if a:
        stood = backing.stood_where(a)
    found = facts((_("Next meeting"), w.next_date), (_("Charter adopted"), stood))
    return [found] if found.pairs else []


def _in_full(w: Workshop) -> list[Block]:
    blocks: list[Block] = []
    for option in talked_about(w) if closed_votes(w) else ():
        blocks += [heading_of(w, option), *wording_of(w, option), *voted_for(w, option), *said_of(w, option),
                   *weighed_pieces.weight_of(w, option)]
        blocks += ideas(w, theme_ideas(w, option))
    return blocks


def _actions(w: Workshop) -> list[Block]:
    blocks: list[Block] = []
    for option in dict.fromkeys(a.priority for a in actions_in_order(w)):
        heading = replace(heading_of(w, option), beside="") if option else Heading(_("For all"))
        blocks += [heading, actions(a for a in w.actions.values() if a.priority == option)]
    return blocks


def _others(s: Seen) -> list[Block]:
    w = s.w
    told = frozenset(i.id for option in talked_about(w) if closed_votes(w) for i in theme_ideas(w, option))
    taken = counted("1 idea was taken back by its author and is not printed.",
                    "%(n)d ideas were taken back by their authors and are not printed.", s.withdrawn)
    withheld = counted("1 idea was withheld by the facilitators and is not printed.",
                       "%(n)d ideas were withheld by the facilitators and are not printed.", s.withheld)
    return [*themes(w, told), *note(taken if s.withdrawn else ""), *note(withheld if s.withheld else "")]
