"""Counting: ranks, ties, sides and how sure the result is.  Pure functions of ballots."""
from collections import Counter
from collections.abc import Mapping, Sequence
from math import ceil

from workshop.state import Ballot, Result, Row

LEAST_SHOWN = 5


def advised_dots(options: int) -> int:
    """The budget of dots for a vote on so many *options*."""
    return min(max(round(options / 4), 3), 8)


def advised_cap(dots: int) -> int:
    """How many of one person's *dots* may go on one option."""
    return ceil(dots / 2)


def tally(options: Sequence[str], ballots: Mapping[str, Ballot], sides: Mapping[str, str], *, priorities: int, budget: int,
          cap: int, keep_ties: bool) -> Result:
    """What *ballots* (person -> ballot) come to.

    options: in the order in which equals are listed.  sides: person -> constituency, "" for none.
    priorities: how many are sought; an option without a dot is never one.  budget: the dots of one person, at most
    *cap* of them on one option.  keep_ties: options tied at the cut all become priorities; otherwise none of them does.
    """
    dots = Counter()
    for ballot in ballots.values():
        dots.update(ballot.dots)
    rank = {option: 1 + sum(dots[other] > dots[option] for other in options) for option in options}
    voters = Counter(sides.get(person, "") for person in ballots)
    shown = shown_sides(voters)
    rows = tuple(Row(o, rank[o], dots[o], _people(o, ballots), {s: _of_side(o, s, ballots, sides) for s in shown})
                 for o in sorted(options, key=lambda o: rank[o]))
    first, tied = cut(rows, priorities)
    close = swayed({row.option: row.dots for row in rows}, priorities=priorities, budget=budget, cap=cap, keep_ties=keep_ties) if rows[0].dots else ()
    return Result(rows, len(ballots), first + tied if keep_ties else first, () if keep_ties else tied,
                  {s: voters[s] for s in shown}, tuple(sorted({*sides.values()} - {"", *shown})),
                  backed_by_all(rows, shown, priorities), close, bool(rows[0].dots) and not close)


def shown_sides(voters: Mapping[str, int]) -> tuple[str, ...]:
    """The sides whose results may be shown: at least 5 of it voted, and at least 5 voters are not of it.

    What the sides shown leave over from the total would give away those hidden, so these come to at least 5
    voters too, or the smallest side shown is hidden with them.
    """
    everyone = sum(voters.values())
    large = (s for s in voters if s and voters[s] >= LEAST_SHOWN and everyone - voters[s] >= LEAST_SHOWN)
    shown = sorted(large, key=lambda s: (voters[s], s))
    while shown and 0 < everyone - sum(voters[s] for s in shown) < LEAST_SHOWN:
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


def _people(option: str, ballots: Mapping[str, Ballot]) -> int:
    return sum(1 for ballot in ballots.values() if ballot.dots.get(option))


def _of_side(option: str, side: str, ballots: Mapping[str, Ballot], sides: Mapping[str, str]) -> tuple[int, int]:
    given = [ballot.dots.get(option, 0) for person, ballot in ballots.items() if sides.get(person, "") == side]
    return sum(given), sum(1 for n in given if n)
