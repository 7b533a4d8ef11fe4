"""What a result says in words: who stands behind an option, how many people, how sure it is.  The same on pages and in documents."""
from collections.abc import Iterable, Mapping, Sequence

from workshop.state import Adoption, Count, Result, Row
from workshop.words import N_, _, counted, joined, listed

PLACES = (N_("first"), N_("second"), N_("third"), N_("fourth"), N_("fifth"), N_("sixth"), N_("seventh"), N_("eighth"), N_("ninth"), N_("tenth"))
MOST_NAMES = 6


def number(count: Count) -> str:
    """*count* as a number, or as two."""
    return str(count.most) if count.least == count.most else _("%(least)d to %(most)d", least=count.least, most=count.most)


def from_people(count: Count) -> str:
    """*count* people, as it may be told."""
    if count.least == count.most:
        return counted("from 1 person", "from %(n)d people", count.most)
    return _("from %(least)d to %(most)d people", least=count.least, most=count.most)


def in_words(result: Result, row: Row, order: Iterable[str]) -> str:
    """Where each side shown put the option of *row*, best first, sides in *order*; how many of its dots are on paper;
    and whether one person's dots made it a priority.  Empty where there is nothing to say."""
    paper = result.on_paper(row)
    said = (_by_sides(result, row, order), counted("1 of these dots is on paper.", "%(n)d of these dots are on paper.", paper) if paper else "",
            _("Without one person's dots it would not be a priority.") if row.one else "")
    return " ".join(filter(None, said))


def _by_sides(result: Result, row: Row, order: Iterable[str]) -> str:
    put = sorted(((_place(result, row, side), side) for side in order if side in row.sides), key=lambda found: found[0])
    if not put:
        return ""
    said = joined(_put(result, row, side, place) for place, side in put)
    if row.option not in result.both:
        return f"{said}."
    return _("Backed by both: %(sides)s.", sides=said) if len(put) == 2 else _("Backed by all: %(sides)s.", sides=said)


def on_paper(result: Result) -> str:
    """How many of those who voted did so on paper; empty for none."""
    n = sum(result.paper.values())
    return counted("1 of them voted on paper.", "%(n)d of them voted on paper.", n) if n else ""


def otherwise(result: Result) -> str:
    """How many voted on paper, and how many ballots were entered for somebody; empty for none."""
    proxies = counted("1 ballot was entered for somebody without a phone.", "%(n)d ballots were entered for people without a phone.", result.proxies)
    return " ".join(filter(None, (on_paper(result), proxies if result.proxies else "")))


def turnout(result: Result) -> str:
    """How many voted, and how many of them otherwise than by phone."""
    return " ".join(filter(None, (counted("1 person voted.", "%(n)d people voted.", result.voters), otherwise(result))))


def stood_where(a: Adoption) -> str:
    """How many stood where when the charter was adopted: 7 agree, 2 can live with it, 1 objects."""
    return joined((counted("1 agrees", "%(n)d agree", a.agree), counted("1 can live with it", "%(n)d can live with it", a.live),
                   counted("1 objects", "%(n)d object", len(a.objections))))


def _place(result: Result, row: Row, side: str) -> int:
    return 1 + sum(other.sides[side][0] > row.sides[side][0] for other in result.rows)


def _put(result: Result, row: Row, side: str, place: int) -> str:
    dots = row.sides[side][0]
    if not dots:
        return _("%(side)s gave it no dot", side=side)
    word = _(PLACES[place - 1]) if place <= len(PLACES) else _("in place %(n)d", n=place)
    if sum(other.sides[side][0] == dots for other in result.rows) > 1:
        return _("%(side)s put it joint %(place)s", side=side, place=word)
    return _("%(side)s put it %(place)s", side=side, place=word)


def how_sure(result: Result, names: Mapping[str, str]) -> str:
    """Whether one more voter could have changed what goes in, and for which options (option -> name); empty for a tie."""
    if result.tied or not (result.close or result.sure):
        return ""
    if result.sure:
        return _("One more voter could not have changed what goes in.")
    return _("One more voter could have changed which of these go in: %(names)s.", names=_some([names[option] for option in result.close]))


def _some(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMES
    return listed(names if more < 2 else [*names[:MOST_NAMES], _("%(n)d more", n=more)])


def not_alone(result: Result) -> str:
    """Which sides are not shown, and why; empty where all are."""
    few, again = [side for side in result.hidden if side not in result.with_first], result.with_first
    return " ".join(filter(None, (
        _("%(sides)s: not shown alone, since that could give away the dots of fewer than 5 people.", sides=listed(few)) if few else "",
        _("%(sides)s: not shown alone, since beside the first vote that could give away the dots of fewer than 5 people.", sides=listed(again)) if again else "")))
