"""What the documents count and name: people, sides, priorities, dates.  Pure functions of a workshop."""
from collections import Counter
from datetime import datetime

from workshop.charter import backing, rounds
from workshop.charter.blocks import FILLS, Bar, Dots, Mark, Place
from workshop.charter.drawings import LIVE
from workshop.charter.marks import mark
from workshop.state import Board, Result, Row, Theme, Vote, Workshop
from workshop.words import N_, _, listed

MONTHS = (N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"), N_("August"),
          N_("September"), N_("October"), N_("November"), N_("December"))

SHORT = 90


def local(at: int) -> datetime:
    """*at* in the time zone of this machine, which stands in or near the room."""
    return datetime.fromtimestamp(at / 1000).astimezone()


def day(at: int) -> str:
    """The day of *at* in words: 22 November 2026."""
    then = local(at)
    return _("%(day)d %(month)s %(year)d", day=then.day, month=_(MONTHS[then.month - 1]), year=then.year)


def held(w: Workshop) -> int:
    """When the workshop was held, in ms: its end, whatever changed since, or what happened last."""
    return w.ended or w.at


def fill(w: Workshop, side: str) -> str:
    """How the dots of *side* are filled; solid where there are no sides."""
    sides = w.plan.constituencies
    return FILLS[sides.index(side) if side in sides else min(len(sides), len(FILLS) - 1)]


def by_side(w: Workshop, people) -> tuple[Dots, ...]:
    """*people* (ids) counted per constituency, in the plan's order; those who named none come last."""
    sides = (w.people[p].constituency for p in people if p in w.people)
    there = Counter(side if side in w.plan.constituencies else "" for side in sides)
    order = [*w.plan.constituencies, ""]
    return tuple(Dots(side or (_("not said") if w.plan.constituencies else _("people")), there[side], fill(w, side))
                 for side in order if there[side])


def participants(w: Workshop) -> tuple[tuple[str, str], ...]:
    """(name, side) of everybody who agreed to be named, by name, so that no order tells who came when."""
    named = ((p.name, p.constituency) for p in w.people.values() if p.id in w.printed and p.name)
    return tuple(sorted(named, key=lambda person: (person[0].casefold(), person)))


def spoken(code: str) -> str:
    """A workshop's code as people say it: KTM 482."""
    return f"{code[:3]} {code[3:]}".strip().upper()


def stage_title(w: Workshop, stage: str) -> str:
    """What the plan calls *stage*; its id where the plan does not know it."""
    found = w.plan.stage(stage)
    return found.title if found else stage


def group_name(w: Workshop, stage: str, group: str) -> str:
    """What people call a group: table 3; empty where there are none."""
    found = next((g for g in w.groups_of(stage) if g.id == group), None)
    return f"{w.plan.group_word} {found.name}" if found else ""


def starred(w: Workshop) -> frozenset[str]:
    return frozenset(idea for stars in w.stars.values() for idea in stars)


def boards(w: Workshop) -> dict[str, Board]:
    """Of each stage with ideas the board that was made of it last: source stage -> board."""
    return {w.source(s.id): w.boards[s.id] for s in w.plan.stages if s.id in w.boards}


def places_of(w: Workshop) -> dict[str, Theme]:
    """Each idea in a theme -> that theme, on the last board of its stage."""
    return {idea: b.themes[t] for b in boards(w).values() for idea, t in b.place.items() if t in b.themes}


def theme_of(w: Workshop, vote: str, option: str) -> Theme | None:
    """The theme that *option* stands for, or None: an idea, or a theme that is gone."""
    kind, _sep, key = option.partition(":")
    board = w.boards.get(w.source(vote))
    return board.themes.get(int(key)) if kind == "theme" and board else None


def option_name(w: Workshop, vote: str, option: str) -> str:
    """What *option* is called, or was where its theme went into another; an idea that is not shown is called so."""
    theme = theme_of(w, vote, option)
    if theme:
        return theme.name
    kind, _sep, key = option.partition(":")
    then = [board.name_of(int(key)) for board in w.boards.values()] if kind == "theme" else [w.ideas[key].text] if key in w.ideas and w.ideas[key].stands else []
    return next(filter(None, then), "") or _("Withheld after the vote opened")


def option_mark(w: Workshop, vote: str, option: str) -> Mark | None:
    theme = theme_of(w, vote, option)
    return mark(theme) if theme else None


def closed_votes(w: Workshop) -> tuple[Vote, ...]:
    """The votes whose results are known, in the plan's order."""
    return tuple(w.votes[s.id] for s in w.plan.stages if s.id in w.votes and w.votes[s.id].result)


def decided(w: Workshop) -> tuple[tuple[Vote, Row], ...]:
    """The priorities: each with the last vote that counted it."""
    last = w.last_vote
    return tuple(found for option in last.result.priorities if (found := counted_in(w, option))) if last else ()


def counted_in(w: Workshop, option: str) -> tuple[Vote, Row] | None:
    """The last vote known in which *option* stood among all, which a run-off is not, and its row there."""
    votes = (v for v in reversed(closed_votes(w)) if not w.plan.stage(v.stage).run_off)
    return next(((v, row) for v in votes for row in v.result.rows if row.option == option), None)


def place(w: Workshop, vote: Vote, row: Row) -> Place:
    """How *row* of *vote* stands in a document."""
    theme, result = theme_of(w, vote.stage, row.option), vote.result
    shared = sum(1 for other in result.rows if other.rank == row.rank) > 1
    return Place(f"{row.rank} =" if shared else str(row.rank), option_name(w, vote.stage, row.option), row.dots,
                 mark(theme) if theme else None, theme.wording if theme else "", sides_of(w, result, row), tag(w, vote, row),
                 backing.in_words(result, row, w.plan.constituencies))


def sides_of(w: Workshop, result: Result, row: Row) -> tuple[Dots, ...]:
    """The dots of *row* per side shown, in the plan's order; where none is, all of them in one."""
    shown = [side for side in w.plan.constituencies if side in row.sides]
    if not shown:
        return (Dots(_("all"), row.dots, "solid", backing.from_people(row.people_in_all), max(r.dots for r in result.rows), LIVE),)
    most = max(dots for r in result.rows for dots, _people in r.sides.values())
    return tuple(Dots(side, row.sides[side][0], fill(w, side), backing.from_people(row.people_of(side)), most, LIVE) for side in shown)


def tag(w: Workshop, vote: Vote, row: Row) -> str:
    """Who stands behind a priority: every side, or one alone; empty where that cannot be said."""
    result = vote.result
    if row.option in result.both:
        return _("backed by both") if len(result.sides) == 2 else _("backed by all")
    ahead = [side for side in result.sides if row.sides.get(side, (0, 0))[0]
             and sum(r.sides[side][0] > row.sides[side][0] for r in result.rows) < w.plan.priorities]
    return _("ahead in %(side)s", side=ahead[0]) if len(ahead) == 1 and len(result.sides) > 1 else ""


def labelled(letter: str, name: str) -> str:
    """*name* with the letter or number that stands for it in a picture; the name alone where there is none."""
    return _("%(letter)s: %(name)s", letter=letter, name=name) if letter else name


def short(name: str, most: int = SHORT) -> str:
    """*name* for a place where a whole idea is too long; it stands in full elsewhere."""
    return name if len(name) <= most else name[:most].rsplit(" ", 1)[0] + "…"


def below(w: Workshop, vote: Vote) -> tuple[Bar, ...]:
    """What was on the ballot and is no priority, most dots first."""
    most = max((r.dots for r in vote.result.rows), default=0)
    return tuple(Bar(short(option_name(w, vote.stage, r.option)), r.dots, most, option_mark(w, vote.stage, r.option))
                 for r in vote.result.rows if r.option not in vote.result.priorities)


def both_votes(w: Workshop, vote: Vote) -> str:
    """What a second vote changed, or which of two counts; empty for a vote that stands alone."""
    return rounds.in_words(w, vote, lambda option: _called(w, vote, option))


def how_sure(w: Workshop, vote: Vote) -> str:
    """The tie at the cut and what became of it, or whether one more voter could have changed it."""
    result = w.votes[vote.stage].result
    if result.tied:
        return _tie(w, w.votes[vote.stage], w.settled(w.votes[vote.stage]).result)
    return backing.how_sure(result, {option: _called(w, vote, option) for option in vote.options})


def _tie(w: Workshop, vote: Vote, now: Result) -> str:
    """What tied in *vote*, and what stands *now* that its run-off was held, if it was."""
    tied, chosen = vote.result.tied, tuple(o for o in now.priorities if o in vote.result.tied)
    if now is vote.result:
        return _("Tied for the last place: %(names)s. The room decides.", names=_quoted(w, vote, tied))
    said = [_("Tied for the last place: %(names)s.", names=_quoted(w, vote, tied)),
            _("The run-off chose %(names)s.", names=_quoted(w, vote, chosen)) if chosen else "",
            _("After the run-off these still tie: %(names)s. The room decides.", names=_quoted(w, vote, now.tied)) if now.tied else ""]
    return " ".join(filter(None, said))


def _quoted(w: Workshop, vote: Vote, options: tuple[str, ...]) -> str:
    return listed([_called(w, vote, option) for option in options])


def _called(w: Workshop, vote: Vote, option: str) -> str:
    return _("“%(name)s”", name=short(option_name(w, vote.stage, option)))
