"""Pieces that both documents are put together from: priorities, what was said of them, actions, ideas."""
from collections.abc import Iterable, Mapping

from workshop.charter import backing
from workshop.charter.blocks import Block, Bullets, Columns, Facts, Heading, Ideas, Line, Places, Table, Words
from workshop.charter.document import Section
from workshop.charter.figures import (boards, closed_votes, counted_in, day, decided, group_name, option_mark,
                                      option_name, participants, place, sides_of, spoken, stage_title, starred, theme_of)
from workshop.charter.marks import mark
from workshop.charter.seen import Seen
from workshop.state import Action, Idea, Workshop
from workshop.words import N_, _, counted, joined

POSSIBLE = {"power": N_("In our power"), "others": N_("Needs others"), "later": N_("Not now")}
FURTHER = {"obstacle": N_("In the way"), "how": N_("How it might get done")}
BULLETS = ("- ", "* ", "• ")


def facts(*pairs: tuple[str, str]) -> Facts:
    """Those of *pairs* that have a value."""
    return Facts(tuple((name, value) for name, value in pairs if value))


def sections(*made: tuple[str, Iterable[Block]]) -> tuple[Section, ...]:
    """A section for each title and its blocks; what holds nothing is left out."""
    return tuple(Section(title, held) for title, blocks in made if (held := tuple(blocks)))


def numbered(found: Iterable[Section]) -> tuple[Section, ...]:
    return tuple(Section(s.title, s.blocks, str(n)) for n, s in enumerate(found, start=1))


def note(text: str) -> tuple[Block, ...]:
    """*text* as a small paragraph, nothing where it is empty."""
    return (Words(text, "note"),) if text else ()


def paragraphs(text: str, kind: str = "text") -> tuple[Block, ...]:
    """*text* as people typed it: a line is a paragraph; lines that start with - or * are a list."""
    blocks: list[Block] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith(BULLETS):
            before = blocks.pop().entries if blocks and isinstance(blocks[-1], Bullets) else ()
            blocks.append(Bullets((*before, line[2:].strip())))
        else:
            blocks.append(Words(line, kind))
    return tuple(blocks)


def entries(text: str) -> tuple[str, ...]:
    """The lines of *text*, without the marks of a list."""
    lines = filter(None, map(str.strip, text.splitlines()))
    return tuple(line[2:].strip() if line.startswith(BULLETS) else line for line in lines)


def priorities(w: Workshop) -> tuple[Block, ...]:
    """The priorities with their dots, and why a side is missing; empty before a vote is known."""
    found = decided(w)
    if not found:
        return ()
    notes = dict.fromkeys(backing.not_alone(vote.result) for vote, _row in found)
    return (Places(tuple(place(w, vote, row) for vote, row in found)), *(n for text in notes for n in note(text)))


def talked_about(w: Workshop) -> tuple[str, ...]:
    """What there is something to say of: the priorities, those tied for the last place, others with words."""
    last = w.last_vote
    voted = (*last.result.priorities, *last.result.tied) if last else ()
    said = (*(p.priority for p in w.points.values()), *(a.priority for a in w.actions.values()))
    return tuple(dict.fromkeys((*voted, *filter(None, said))))


def heading_of(w: Workshop, option: str) -> Heading:
    """*option* as a heading, with its dots and ideas beside."""
    vote, found = vote_with(w, option), counted_in(w, option)
    inside = len(theme_ideas(w, option)) if option.startswith("theme:") else 0
    beside = [counted("1 dot", "%(n)d dots", found[1].dots) if found else "", n_ideas(inside) if inside else ""]
    return Heading(option_name(w, vote, option), option_mark(w, vote, option), joined(beside))


def voted_for(w: Workshop, option: str) -> tuple[Block, ...]:
    """How many gave *option* its dots, for each side that may be shown."""
    found = counted_in(w, option)
    if not found:
        return ()
    vote, row = found
    said = [_("%(side)s: dots %(dots)d, %(people)s.", side=d.side, dots=d.n, people=d.people) for d in sides_of(w, vote.result, row)]
    sentence = backing.in_words(vote.result, row, w.plan.constituencies)
    return note(" ".join(filter(None, [*said, sentence, backing.not_alone(vote.result)])))


def wording_of(w: Workshop, option: str) -> tuple[Block, ...]:
    """The sentence that a group could start on."""
    theme = theme_of(w, vote_with(w, option), option)
    return (Words(theme.wording, "lead"),) if theme and theme.wording else ()


def said_of(w: Workshop, option: str) -> tuple[Block, ...]:
    """What is possible, what is in the way, how, and how many will help."""
    blocks = [Columns(parts) for titles in (POSSIBLE, FURTHER) if (parts := _points(w, option, titles))]
    helpers = len(w.helpers.get(option, ()))
    if helpers:
        blocks.append(Words(counted("1 person offers to help.", "%(n)d people offer to help.", helpers)))
    return tuple(blocks)


def _points(w: Workshop, option: str, titles: dict[str, str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    on = [p for p in w.points.values() if p.priority == option]
    by_kind = [(_(title), tuple(p.text for p in on if p.kind == kind)) for kind, title in titles.items()]
    return tuple(part for part in by_kind if part[1])


def first_steps(w: Workshop, option: str) -> tuple[Block, ...]:
    """The actions for one priority, as a table."""
    found = [a for a in w.actions.values() if a.priority == option]
    return (actions(found, _("First steps")),) if found else ()


def actions(found: Iterable[Action], caption: str = "") -> Table:
    """*found* as a table; a first move and how people will know stand below its action, and who helps where anybody does."""
    found = list(found)
    columns = [(_("What"), _told), (_("Owner"), lambda a: a.owner), (_("With"), lambda a: a.support), (_("By"), lambda a: a.due)]
    if not any(a.support for a in found):
        del columns[2]
    return Table(caption, tuple(name for name, _cell in columns), tuple(tuple(cell(a) for _name, cell in columns) for a in found))


def actions_in_order(w: Workshop) -> list[Action]:
    """All actions: those of the first priority first, those of none last."""
    place = {option: n for n, option in enumerate(talked_about(w))}
    return sorted(w.actions.values(), key=lambda a: place.get(a.priority, len(place)))


def _told(action: Action) -> str:
    lines = (action.what, action.first and _("First move: %(first)s", first=action.first),
             action.measure and _("How we will know: %(measure)s", measure=action.measure))
    return "\n".join(filter(None, lines))


def ideas(w: Workshop, found: Iterable[Idea]) -> tuple[Block, ...]:
    """*found* with their groups and what is special about them; what lies on one card stands together."""
    stars, cards, found = starred(w), w.cards, list(found)
    place = {idea.id: n for n, idea in enumerate(found)}
    found.sort(key=lambda idea: (place.get(cards.get(idea.id, idea.id), place[idea.id]), idea.id in cards))
    lines = tuple(Line(idea.text, _beside(w, idea, stars, cards)) for idea in found)
    return (Ideas(lines),) if lines else ()


def _beside(w: Workshop, idea: Idea, stars: frozenset[str], cards: Mapping[str, str]) -> str:
    said = [group_name(w, idea.stage, idea.group), _("starred") if idea.id in stars else "",
            _("late") if idea.late else "", counted("1 supporter", "%(n)d supporters", n) if (n := len(w.supporters(idea.id))) else "",
            _("says the same as the one above") if idea.id in cards else ""]
    return joined(said)


def themes(w: Workshop, leave: frozenset[str] = frozenset()) -> tuple[Block, ...]:
    """Every theme with its ideas, but for those all of whose ideas are in *leave*; then what is in no theme."""
    blocks: list[Block] = []
    for stage in w.plan.stages:
        there = [i for i in w.ideas_of(stage.id) if not i.parked]
        board = boards(w).get(stage.id)
        for theme in board.themes.values() if board else ():
            inside = [i for i in there if board.place.get(i.id) == theme.id]
            if not {i.id for i in inside} <= leave:
                blocks += [Heading(theme.name, mark(theme), n_ideas(len(inside))), *paragraphs(theme.wording)]
                blocks += ideas(w, inside)
        if loose := [i for i in there if not board or board.place.get(i.id) not in board.themes]:
            name = _("In no theme") if board and board.themes else _("Ideas of “%(stage)s”", stage=stage.title)
            blocks += [Heading(name, None, n_ideas(len(loose))), *ideas(w, loose)]
    return tuple(blocks)


def theme_ideas(w: Workshop, option: str) -> tuple[Idea, ...]:
    """The ideas that *option* holds: those of its theme, or itself."""
    kind, _sep, key = option.partition(":")
    if kind == "idea":
        return (w.ideas[key],) if key in w.ideas else ()
    board = w.boards.get(w.source(vote_with(w, option)))
    return tuple(w.ideas[i] for i in board.ideas_in(int(key))) if board else ()


def parked(w: Workshop) -> tuple[Block, ...]:
    """What was put aside: notes, and ideas that came after the vote had opened."""
    notes = tuple(Line(n.text, stage_title(w, n.stage)) for n in w.parking.values())
    return (*((Ideas(notes),) if notes else ()), *ideas(w, (i for i in w.ideas.values() if i.parked)))


def named_people(w: Workshop) -> tuple[Block, ...]:
    """Those who agreed to be named, and how many did not."""
    found = participants(w)
    if not found:
        return ()
    others = len(w.people) - len(found)
    return (Table("", (_("Name"), _("From")), found),
            *note(counted("1 more person took part.", "%(n)d more people took part.", others) if others else ""))


def left_out(s: Seen) -> tuple[Section, ...]:
    """What this copy does not hold, said."""
    return sections((_("Left out of this copy"), [Bullets(s.left_out)] if s.left_out else ()))


def origin(s: Seen, journal_hash: str) -> Section:
    """Where the document comes from, for who wants to check it."""
    read = counted("1 entry of the journal", "%(n)d entries of the journal", s.w.seq)
    return Section(_("Where this comes from"), (facts(
        (_("Workshop"), spoken(s.w.code)), (_("Opened again from an export of"), spoken(s.w.opened_from.code) if s.w.opened_from else ""), (_("Made from"), read), (_("Last entry"), day(s.w.at) if s.w.at else ""),
        (_("Hash of the journal"), journal_hash)),))


def n_ideas(n: int) -> str:
    return counted("1 idea", "%(n)d ideas", n)


def vote_with(w: Workshop, option: str) -> str:
    """The last vote in the plan in which *option* stood, empty where there is none."""
    return next((s.id for s in reversed(w.plan.stages) if s.id in w.votes and option in w.votes[s.id].options), "")
