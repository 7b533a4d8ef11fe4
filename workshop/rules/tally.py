"""Counting: ranks, ties, sides and how sure the result is.  Pure functions of ballots."""
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from math import ceil

from workshop.state import LEAST_SHOWN, Ballot, Count, OnPaper, Result, Row, Sheet, blurred


def advised_dots(options: int) -> int:
    """The budget of dots for a vote on so many *options*."""
    return min(max(round(options / 4), 3), 8)


def advised_cap(dots: int) -> int:
    """How many of one person's *dots* may go on one option."""
    return ceil(dots / 2)


def tally(options: Sequence[str], ballots: Mapping[str, Ballot], sides: Mapping[str, str], *, priorities: int, budget: int,
          cap: int, keep_ties: bool, sheets: Mapping[str, Sheet] | None = None, only: Collection[str] | None = None) -> Result:
    """What *ballots* (person -> ballot) and *sheets* (constituency or "" -> sheet of paper) come to.

    options: in the order in which equals are listed.  sides: person -> constituency, "" for none.
    priorities: how many are sought; an option without a dot is never one.  budget: the dots of one person, at most
    *cap* of them on one option.  keep_ties: options tied at the cut all become priorities; otherwise none of them does.
    only: the sides that may be shown at most, where not all may.
    """
    sheets = {side: sheet for side, sheet in (sheets or {}).items() if sheet.people}
    by_ballot = Counter(sides.get(person, "") for person in ballots)
    on_paper = Counter({side: sheet.people for side, sheet in sheets.items()})
    shown, voters = tuple(side for side in shown_sides(by_ballot, on_paper) if only is None or side in only), by_ballot + on_paper
    merged = any(placed.cast is not None for placed in (*ballots.values(), *sheets.values()))
    on_one = budget if merged else cap     # of one person's dots: what was merged may hold more of them
    rows = tuple(_row(o, ballots, sides, shown, sheets, on_one) for o in options)
    if sheets and not (_enough(by_ballot.total()) and _enough(on_paper.total())):
        rows = tuple(replace(row, told=Count(ceil(row.dots / on_one), min(row.dots, voters.total()))) for row in rows)
    rows = tuple(sorted((replace(row, rank=1 + sum(other.dots > row.dots for other in rows)) for row in rows), key=lambda row: row.rank))
    rows = tuple(replace(row, one=_made_by_one(row, rows, ballots, priorities, keep_ties)) for row in rows)
    first, tied = cut(rows, priorities)
    totals = {row.option: row.dots for row in rows}
    close = swayed(totals, priorities=priorities, budget=budget, cap=cap, keep_ties=keep_ties) if rows[0].dots else ()
    return Result(rows, voters.total(), first + tied if keep_ties else first, () if keep_ties else tied, {s: voters[s] for s in shown},
                  tuple(sorted({*sides.values(), *sheets} - {"", *shown})), backed_by_all(rows, shown, priorities), close,
                  bool(rows[0].dots) and not close, paper=dict(on_paper), proxies=sum(ballot.proxy for ballot in ballots.values()))


def told_anew(result: Result, before: Result, parts: Mapping[str, Mapping[str, bool]], *, budget: int, priorities: int, keep_ties: bool) -> Result:
    """*result* with no more said of how many people stand behind an option than its dots and what *before* told leave open.

    parts: option -> the options of *before* that it has dots of -> whether it has all of these.  An exact number of other
    dots than were told of, who dotted several counted once, would narrow a "1 to 2" that was told of some of them.
    """
    known, voters = {row.option: row for row in before.rows}, {"": result.voters, **result.sides}

    def between(row: Row, side: str) -> Count:
        dots, own = row.sides[side][0] if side else row.dots, parts[row.option]
        told = {part: known[part].people_of(side) if side else known[part].people_in_all for part in own}
        return Count(max([ceil(dots / budget), *(told[part].least for part, whole in own.items() if whole)]),
                     min(dots, voters[side], sum(count.most for count in told.values())))

    def anew(row: Row) -> Row:
        if list(parts.get(row.option, {"": True}).values()) == [True]:
            return row
        row = replace(row, between={side: between(row, side) for side in ("", *row.sides)})
        return replace(row, one=_made_by_one(row, result.rows, {}, priorities, keep_ties))
    return replace(result, rows=tuple(map(anew, result.rows)))


def _row(option: str, ballots: Mapping[str, Ballot], sides: Mapping[str, str], shown: Sequence[str], sheets: Mapping[str, Sheet], cap: int) -> Row:
    """The row of *option*, without its rank."""
    given = {person: n for person, ballot in ballots.items() if (n := ballot.dots.get(option, 0))}
    paper = {side: OnPaper(n, min(ceil(n / cap), sheet.people), min(n, sheet.people))
             for side, sheet in sheets.items() if (n := sheet.dots.get(option, 0))}

    def of(side: str) -> tuple[int, int]:
        theirs = [n for person, n in given.items() if sides.get(person, "") == side]
        return sum(theirs) + (paper[side].dots if side in paper else 0), len(theirs)
    dots = sum(given.values()) + sum(on.dots for on in paper.values())
    return Row(option, 0, dots, len(given), {side: of(side) for side in shown}, paper)


def _enough(people: int) -> bool:
    return not people or people >= LEAST_SHOWN


def shown_sides(by_ballot: Mapping[str, int], on_paper: Mapping[str, int] | None = None) -> tuple[str, ...]:
    """The sides whose results may be shown, of *by_ballot* and *on_paper* (constituency or "" -> voters).

    At least 5 of it voted, and at least 5 voters are not of it.  A paper chart hangs where everybody reads it and so
    hides nobody: of a side, and of all others, those by ballot are none or at least 5, and so are those on paper.
    What the sides shown leave over from the total would give away those hidden, so these come to none or at least 5
    of each kind too, or the smallest side shown is hidden with them.
    """
    voters = Counter(by_ballot) + Counter(on_paper)
    kinds = tuple(map(Counter, (by_ballot, on_paper)))

    def safe(of: Sequence[str]) -> bool:
        """Whether what the sides *of* leave over gives nobody away."""
        return all(_enough(kind.total() - sum(kind[s] for s in of)) for kind in kinds)
    large = (s for s in voters if s and voters[s] >= LEAST_SHOWN and voters.total() - voters[s] >= LEAST_SHOWN
             and safe([s]) and all(_enough(kind[s]) for kind in kinds))
    shown = sorted(large, key=lambda s: (voters[s], s))
    while shown and not safe(shown):
        shown.pop(0)
    return tuple(sorted(shown))


def cut(rows: Sequence[Row], priorities: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The options that are clearly among the first *priorities*, and those that tie for the last places of it."""
    voted = [row for row in rows if row.dots]
    if len(voted) <= priorities:
        return tuple(r.option for r in voted), ()
    last, beyond = voted[priorities - 1], voted[priorities]
    if last.rank != beyond.rank:
        return tuple(r.option for r in voted[:priorities]), ()
    return tuple(r.option for r in voted if r.rank < last.rank), tuple(r.option for r in voted if r.rank == last.rank)


def backed_by_all(rows: Sequence[Row], sides: Sequence[str], first: int) -> tuple[str, ...]:
    """Options with a dot that are among the *first* of every side; none where fewer than two sides are shown."""
    if len(sides) < 2:
        return ()

    def among_first(row: Row, side: str) -> bool:
        return row.sides[side][0] > 0 and sum(r.sides[side][0] > row.sides[side][0] for r in rows) < first
    return tuple(row.option for row in rows if all(among_first(row, side) for side in sides))


def swayed(dots: Mapping[str, int], *, priorities: int, budget: int, cap: int, keep_ties: bool) -> tuple[str, ...]:
    """The options that one more ballot could move between in, level for the last place, and out.

    dots: option -> dots.  The ballot holds at most *budget* dots, at most *cap* on one option.  Where ties are kept, level is in.
    """
    def standing(n: int, others: Sequence[int]) -> int:
        """2 in, 1 level (or in, where ties are kept), 0 out."""
        if not n:
            return 0
        return (sum(m > n for m in others) < priorities) + (not keep_ties and sum(m >= n for m in others) < priorities)

    def moves(option: str) -> bool:
        n, others = dots[option], [m for other, m in dots.items() if other != option]
        now = standing(n, others)
        if standing(n + min(budget, cap), others) > now:
            return True
        bar = n if now == 2 else n + 1     # what enough others have to reach; the nearest cost the fewest dots
        missing = priorities - sum(m >= bar for m in others)
        costs = sorted(bar - m for m in others if m < bar)[:missing]
        return now > 0 and len(costs) == missing and max(costs) <= cap and sum(costs) <= budget
    return tuple(filter(moves, dots))


def _made_by_one(row: Row, rows: Sequence[Row], ballots: Mapping[str, Ballot], priorities: int, keep_ties: bool) -> bool:
    """Whether *row* is a priority and would be none without the dots that one person gave it.

    That person is taken to have given no more than what is told shows, so that this tells nothing else.
    """
    others = [other.dots for other in rows if other.option != row.option]

    def is_in(n: int) -> bool:
        return n > 0 and sum(m > n if keep_ties else m >= n for m in others) < priorities
    return is_in(row.dots) and not is_in(row.dots - _most_by_one(row, ballots))


def _most_by_one(row: Row, ballots: Mapping[str, Ballot]) -> int:
    """The dots that one person gave *row* at least, by what may be told of it.

    Of a number of people told as 1 to 2, and of paper, all that is known is what an even share comes to.
    """
    if row.told:
        return ceil(row.dots / max(row.told.most, 1))
    if row.between:
        dots = {"": row.dots, **{side: n for side, (n, _people) in row.sides.items()}}
        return max(ceil(dots[side] / people.most) for side, people in row.between.items() if people.most)
    on_paper = [ceil(on.dots / on.most) for on in row.paper.values()]
    parts = _by_ballot(row)
    if all(people.least == people.most for _dots, people in parts):
        return max([0, *on_paper, *(ballot.dots.get(row.option, 0) for ballot in ballots.values())])
    return max([0, *on_paper, *(ceil(dots / people.most) for dots, people in parts if dots)])


def _by_ballot(row: Row) -> list[tuple[int, Count]]:
    """Of each side shown, and of everybody else together: the dots by ballot, and from how many as it is told."""
    if not row.sides:
        return []
    paper = {side: on.dots for side, on in row.paper.items()}
    parts = [(dots - paper.get(side, 0), people) for side, (dots, people) in row.sides.items()]
    rest = row.dots - sum(paper.values()) - sum(dots for dots, _people in parts), row.people - sum(people for _dots, people in parts)
    return [(dots, blurred(people)) for dots, people in (*parts, rest)]
