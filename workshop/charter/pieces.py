"""Pieces that both documents are put together from: priorities, what was said of them, actions, ideas."""
from collections.abc import Iterable

from workshop.charter.document import Block, Bullets, Columns, Facts, Heading, Ideas, Line, Places, Section, Table, Words
from workshop.charter.figures import (boards, closed_votes, counted_in, decided, group_name, hidden_note, option_mark, option_name, place,
                                      sides_of, starred, theme_of)
from workshop.charter.marks import mark
from workshop.charter.seen import Seen
from workshop.state import POINT_KINDS, Action, Idea, Workshop
from workshop.words import N_, _, counted

POINTS = dict(zip(POINT_KINDS, (N_("In our power"), N_("Needs others"), N_("Not now"), N_("In the way"), N_("How it might get done")),
                  strict=True))


def paragraphs(text: str, kind: str = "text") -> tuple[Block, ...]:
    """*text* as people typed it: an empty line parts paragraphs, lines that start with - or * are a list."""
    blocks: list[Block] = []
    for line in text.splitlines():
        entry = line.strip()
        if entry[:2] in ("- ", "* ", "• "):
            before = blocks.pop().entries if blocks and isinstance(blocks[-1], Bullets) else ()
            blocks.append(Bullets((*before, entry[2:].strip())))
        elif entry:
            blocks.append(Words(entry, kind))
    return tuple(blocks)


def entries(text: str) -> tuple[str, ...]:
    """The lines of *text*, without the marks of a list."""
    return tuple(found for line in text.splitlines() if (found := line.strip().removeprefix("- ").removeprefix("* ").removeprefix("• ")))


def priorities(w: Workshop) -> tuple[Block, ...]:
    """The priorities with their dots; empty before a vote is known."""
    found = decided(w)
    notes = dict.fromkeys(hidden_note(vote) for vote, _row in found)
    return (Places(tuple(place(w, vote, row) for vote, row in found)), *(Words(note, "note") for note in notes if note)) if found else ()


def talked_about(w: Workshop) -> tuple[str, ...]:
    """Options that something is to be said of: the priorities, those tied for the last place, then any others with words."""
    votes = closed_votes(w)
    voted = (*votes[-1].result.priorities, *votes[-1].result.tied) if votes else ()
    said = (*(p.priority for p in w.points.values()), *(a.priority for a in w.actions.values()))
    return tuple(dict.fromkeys((*voted, *(option for option in said if option))))


def name_of(w: Workshop, option: str) -> str:
    """What *option* is called, in whichever vote it stood."""
    return option_name(w, _vote_with(w, option), option)


def heading_of(w: Workshop, option: str) -> Heading:
    """*option* as a heading, with its dots beside where they are known."""
    found, inside = counted_in(closed_votes(w), option), len(theme_ideas(w, option)) if option.startswith("theme:") else 0
    beside = [counted("1 dot", "%(n)d dots", found[1].dots) if found else "", _n_ideas(inside) if inside else ""]
    return Heading(name_of(w, option), option_mark(w, _vote_with(w, option), option), ", ".join(filter(None, beside)))


def voted_for(w: Workshop, option: str) -> tuple[Block, ...]:
    """How many gave *option* its dots, for each side that may be shown."""
    found = counted_in(closed_votes(w), option)
    if not found:
        return ()
    said = [_("%(side)s: dots %(dots)d, people %(people)d.", side=d.side, dots=d.n, people=d.people) for d in sides_of(w, found[1])]
    return (Words(" ".join(filter(None, [*said, hidden_note(found[0])])), "note"),)


def wording_of(w: Workshop, option: str) -> tuple[Block, ...]:
    """The sentence that a group could start on."""
    theme = theme_of(w, _vote_with(w, option), option)
    return (Words(theme.wording, "lead"),) if theme and theme.wording else ()


def said_of(w: Workshop, option: str) -> tuple[Block, ...]:
    """What is possible, what is in the way, how, and how many will help."""
    by_kind = {kind: tuple(p.text for p in w.points.values() if p.priority == option and p.kind == kind) for kind in POINT_KINDS}
    possible = tuple((_(POINTS[kind]), by_kind[kind]) for kind in ("power", "others", "later") if by_kind[kind])
    further = tuple((_(POINTS[kind]), by_kind[kind]) for kind in ("obstacle", "how") if by_kind[kind])
    blocks = [Columns(parts) for parts in (possible, further) if parts]
    helpers = len(w.helpers.get(option, ()))
    if helpers:
        blocks.append(Words(counted("1 person offers to help.", "%(n)d people offer to help.", helpers)))
    return tuple(blocks)


def first_steps(w: Workshop, option: str) -> tuple[Block, ...]:
    """The actions for one priority, as a table."""
    found = [a for a in w.actions.values() if a.priority == option]
    return (actions(found, _("First steps")),) if found else ()


def actions(found: Iterable[Action], caption: str) -> Table:
    """*found* as a table; a first move stands below its action."""
    rows = tuple((f"{a.what}\n{_('First move: %(first)s', first=a.first)}" if a.first else a.what, a.owner, a.support, a.due) for a in found)
    return Table(caption, (_("What"), _("Owner"), _("With"), _("By")), rows)


def idea_line(w: Workshop, idea: Idea) -> Line:
    """An idea with its group and what is special about it."""
    said = [group_name(w, idea.stage, idea.group), _("starred") if idea.id in starred(w) else "", _("late") if idea.late else ""]
    return Line(idea.text, ", ".join(filter(None, said)))


def ideas(w: Workshop, found: Iterable[Idea]) -> tuple[Block, ...]:
    lines = tuple(idea_line(w, idea) for idea in found)
    return (Ideas(lines),) if lines else ()


def themes(w: Workshop, leave: frozenset[str] = frozenset()) -> tuple[Block, ...]:
    """Every theme with its ideas, but for the ideas in *leave*; then what is in no theme."""
    blocks: list[Block] = []
    for stage in w.plan.stages:
        there = [i for i in w.ideas_of(stage.id) if not i.parked]
        board = boards(w).get(stage.id)
        for theme in board.themes.values() if board else ():
            inside = [i for i in there if board.place.get(i.id) == theme.id]
            if not {i.id for i in inside} <= leave:
                blocks += [Heading(theme.name, mark(theme), _n_ideas(len(inside))), *_wording(theme.wording), *ideas(w, inside)]
        loose = [i for i in there if not board or board.place.get(i.id) not in board.themes]
        if loose:
            name = _("In no theme") if board and board.themes else _("Ideas of “%(stage)s”", stage=stage.title)
            blocks += [Heading(name, None, _n_ideas(len(loose))), *ideas(w, loose)]
    return tuple(blocks)


def theme_ideas(w: Workshop, option: str) -> tuple[Idea, ...]:
    """The ideas that *option* holds: those of its theme, or itself."""
    kind, _sep, key = option.partition(":")
    if kind == "idea":
        return (w.ideas[key],) if key in w.ideas else ()
    board = w.boards.get(w.source(_vote_with(w, option)))
    return tuple(w.ideas[i] for i in board.ideas_in(int(key))) if board else ()


def left_out(s: Seen) -> tuple[Section, ...]:
    """What this copy does not hold, said."""
    return (Section(_("Left out of this copy"), (Bullets(s.left_out),)),) if s.left_out else ()


def origin(s: Seen, mark_of_journal: str, day: str) -> Section:
    """Where the document comes from, for who wants to check it."""
    pairs = [(_("Workshop"), f"{s.w.code[:3]} {s.w.code[3:]}".strip().upper()), (_("Made from"), counted("1 entry of the journal", "%(n)d entries of the journal", s.w.seq)),
             (_("Last entry"), day), (_("Hash of the journal"), mark_of_journal)]
    return Section(_("Where this comes from"), (Facts(tuple((name, value) for name, value in pairs if value)),))


def _wording(wording: str) -> tuple[Block, ...]:
    return (Words(wording),) if wording else ()


def _n_ideas(n: int) -> str:
    return counted("1 idea", "%(n)d ideas", n)


def _vote_with(w: Workshop, option: str) -> str:
    return next((s.id for s in reversed(w.plan.stages) if s.id in w.votes and option in w.votes[s.id].options), "")
