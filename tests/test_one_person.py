"""Whether one person's dots made a priority: said where it is so, and never so that it tells what is hidden."""
from collections import Counter
from itertools import combinations_with_replacement, product

from hypothesis import given
from hypothesis import strategies as st

from tests.test_sides import OPTIONS, votes
from workshop.charter import backing
from workshop.rules.tally import tally
from workshop.state import Ballot, Result, Row


def counted(ballots, sides=None, *, priorities=3, keep_ties=False, cap=3) -> Result:
    return tally(OPTIONS, ballots, sides or {}, priorities=priorities, budget=6, cap=cap, keep_ties=keep_ties)


cast = st.lists(st.dictionaries(st.sampled_from(OPTIONS), st.integers(1, 3), max_size=4), max_size=9)


@given(cast=cast, priorities=st.integers(1, 4), keep_ties=st.booleans())
def test_it_is_so_where_taking_any_one_persons_dots_away_takes_the_place_away(cast, priorities, keep_ties):
    ballots = {f"p{n}": Ballot(dots, 1) for n, dots in enumerate(cast)}
    now = counted(ballots, priorities=priorities, keep_ties=keep_ties)
    for row in now.rows:
        without = ({**ballots, person: Ballot({o: n for o, n in ballot.dots.items() if o != row.option}, 1)} for person, ballot in ballots.items())
        lost = any(row.option not in counted(one_less, priorities=priorities, keep_ties=keep_ties).priorities for one_less in without)
        assert row.one == (row.option in now.priorities and lost)


@given(cast=cast, priorities=st.integers(1, 4))
def test_who_would_lose_it_without_a_whole_ballot_is_among_them(cast, priorities):
    ballots = {f"p{n}": Ballot(dots, 1) for n, dots in enumerate(cast)}
    now = counted(ballots, priorities=priorities)
    for person in ballots:
        then = counted({p: b for p, b in ballots.items() if p != person}, priorities=priorities)
        assert all(row.one for row in now.rows if row.option in now.priorities and row.option not in then.priorities)


@given(votes())
def test_it_is_never_said_where_it_is_not_so(vote):
    ballots, sides = vote
    result, alone = counted(*vote), counted(ballots)
    assert all(exact.one for exact in alone.rows for row in result.rows if row.option == exact.option and row.one)


def told(result: Result, row: Row) -> tuple:
    """All that any page or file says of *row*."""
    return (row.rank, row.dots, str(row.people_in_all), row.one, row.option in result.priorities,
            tuple((side, dots, str(row.people_of(side))) for side, (dots, _people) in sorted(row.sides.items())))


def ways(dots: int, people: int, cap: int):
    """Every way in which *people* can place *dots* on one option, at most *cap* each."""
    return [given for given in combinations_with_replacement(range(1, cap + 1), people) if sum(given) == dots]


def test_what_is_told_with_it_leaves_as_many_possible_ballots_as_without_it():
    """Solved by trying everything: whatever the figures of an option with sides shown, of all ways in which its dots can
    have come about none is ruled out by the sentence that would tell 1 person from 2."""
    cap, possible, said = 4, {}, Counter()
    for others, (d, e) in product(((9, 9, 4), (9, 9, 2), (9, 4, 1), (9, 9, 0)), product(range(6), repeat=2)):
        for k, m in product(range(d + 1), range(e + 1)):
            for a, b in product(ways(d, k, cap), ways(e, m, cap)):
                ballots, sides = _room(a, b, others)
                result = counted(ballots, sides, cap=cap)
                row = next(row for row in result.rows if row.option == "u")
                assert set(row.sides) == {"a", "b"} and (row.dots, row.people) == (d + e, k + m)
                without = (others, *(part for n, part in enumerate(told(result, row)) if n != 3))
                hidden = tuple(n for n in (k, m) if n in (1, 2))
                possible.setdefault(without, {}).setdefault(row.one, set()).add(hidden)
                said[row.one] += 1
    assert said[True] > 100 and said[False] > 100
    for by_flag in possible.values():
        everything = set().union(*by_flag.values())
        assert all(hidden == everything for hidden in by_flag.values()), "the sentence tells 1 from 2"


def _room(a: tuple[int, ...], b: tuple[int, ...], others: tuple[int, ...]):
    """Eight voters of each of two sides: *a* and *b* are the dots of those who chose "u"; "v", "w" and "x" get *others* of everybody."""
    ballots, sides = {}, {}
    for side, given in (("a", a), ("b", b)):
        for n in range(8):
            sides[f"{side}{n}"] = side
            ballots[f"{side}{n}"] = Ballot({"u": given[n]} if n < len(given) else {}, 1)
    for option, dots in zip("vwx", others, strict=True):
        for n in range(dots):
            ballots[f"extra {option} {n}"], sides[f"extra {option} {n}"] = Ballot({option: 1}, 1), "ab"[n % 2]
    return ballots, sides


def test_it_is_said_in_words():
    ballots = {"ana": Ballot({"u": 3}, 1), **{f"p{n}": Ballot({"v": 1, "w": 1}, 1) for n in range(6)}, **{f"q{n}": Ballot({"x": 1}, 1) for n in range(2)}}
    result = counted(ballots)
    row = next(row for row in result.rows if row.option == "u")
    assert result.priorities == ("v", "w", "u")
    assert backing.in_words(result, row, ()) == "Without one person's dots it would not be a priority."
    assert [r.option for r in result.rows if backing.in_words(result, r, ())] == ["u"]
