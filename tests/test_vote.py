"""Dots: placed, hidden, counted."""
from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.tally import LEAST_SHOWN, advised_dots, cut, shown_sides, tally
from workshop.state import Ballot

NAMES = ["Desks", "Buses", "Forms", "Letters", "Phones"]


@pytest.fixture
def vote(river):
    """Twelve people, five themes, an open vote: four dots each, at most two on one."""
    river.people = river.fills(12)
    river.opens("ideas", 1)
    for n, name in enumerate(NAMES):
        river.people[n].writes(f"About {name.lower()}", idea=f"i{n}")
    river.opens("themes")
    river.suggests(*((name, [f"i{n}"]) for n, name in enumerate(NAMES)))
    river.maya.does("accept_suggestion", stage="themes")
    river.opens("vote")
    return river


def test_a_vote_needs_something_to_choose_between(river):
    river.opens("ideas", 1)
    river.opens("themes")
    with pytest.raises(Exception, match="at least two themes"):
        river.opens("vote")


def test_a_ballot_is_whole_and_can_be_changed_until_the_close(vote):
    ana = vote.people[0]
    ana.does("cast_ballot", stage="vote", dots={"theme:0": 2, "theme:1": 1, "theme:2": 0}, number=1)
    ana.does("cast_ballot", stage="vote", dots={"theme:3": 2}, number=2)
    assert dict(vote.w.votes["vote"].ballots[ana.id].dots) == {"theme:3": 2}
    assert not ana.does("cast_ballot", stage="vote", dots={"theme:0": 2}, number=1), "an older one changes nothing"
    ana.is_refused("cast_ballot", "changed on another page", stage="vote", dots={"theme:0": 2}, number=2)


def test_nobody_gets_a_fifth_dot_or_a_third_on_one(vote):
    ana = vote.people[0]
    ana.is_refused("cast_ballot", "You have 4 dots", stage="vote", dots={"theme:0": 2, "theme:1": 2, "theme:2": 1}, number=1)
    ana.is_refused("cast_ballot", "At most 2", stage="vote", dots={"theme:0": 3}, number=1)
    ana.is_refused("cast_ballot", "not in the vote", stage="vote", dots={"theme:9": 1}, number=1)
    ana.is_refused("cast_ballot", "not in the vote", stage="vote", dots={"theme:0": -1, "theme:1": 1}, number=1)
    ana.is_refused("cast_ballot", "not opened yet", stage="moon", dots={}, number=1)


def test_somebody_without_a_phone_votes_by_proxy_and_it_says_so(vote):
    vote.maya.does("add_person", person="old-tom", name="Tom", constituency="Civil society")
    vote.maya.does("cast_ballot", stage="vote", dots={"theme:0": 1}, number=1, person="old-tom")
    assert vote.w.votes["vote"].ballots["old-tom"].proxy


def test_the_budget_stands_once_a_ballot_is_in(vote):
    vote.maya.does("set_budget", stage="vote", dots=5, cap=2)
    vote.maya.is_refused("set_budget", "1 to 20", stage="vote", dots=5, cap=6)
    vote.people[0].does("cast_ballot", stage="vote", dots={"theme:0": 1}, number=1)
    vote.maya.is_refused("set_budget", "Ballots are in", stage="vote", dots=3, cap=1)


def test_a_closed_vote_is_counted_once_and_shown_at_the_facilitators_word(vote):
    vote.maya.is_refused("show_result", "Close the vote first", stage="vote")
    for n, person in enumerate(vote.people):
        person.does("cast_ballot", stage="vote", dots={"theme:0": 2, "theme:1": 1, f"theme:{2 + n % 3}": 1}, number=1)
    vote.maya.does("close_vote", stage="vote")
    result = vote.w.votes["vote"].result
    assert [(r.option, r.rank, r.dots, r.people) for r in result.rows] == [
        ("theme:0", 1, 24, 12), ("theme:1", 2, 12, 12), ("theme:2", 3, 4, 4), ("theme:3", 3, 4, 4), ("theme:4", 3, 4, 4)]
    assert result.priorities == ("theme:0", "theme:1") and result.tied == ("theme:2", "theme:3", "theme:4")
    assert dict(result.sides) == {"Civil service": 6, "Civil society": 6} and set(result.both) >= {"theme:0", "theme:1"}
    vote.people[0].is_refused("cast_ballot", "vote has closed", stage="vote", dots={"theme:3": 1}, number=9)
    vote.maya.does("show_result", stage="vote")
    assert vote.w.votes["vote"].shown
    vote.maya.is_refused("close_vote", "not opened", stage="moon")


def test_papers_turn_the_order_so_that_nothing_is_always_first(vote):
    papers = vote.w.votes["vote"].papers
    places = {option: sum(paper.index(option) for paper in papers) / len(papers) for option in vote.w.votes["vote"].options}
    assert all(sorted(paper) == sorted(vote.w.votes["vote"].options) for paper in papers)
    assert max(places.values()) - min(places.values()) < 1


@pytest.mark.parametrize(("options", "dots"), [(2, 3), (12, 3), (16, 4), (20, 5), (40, 8), (200, 8)])
def test_the_budget_grows_with_the_options(options, dots):
    assert advised_dots(options) == dots


ballots = st.lists(st.tuples(st.sampled_from(["a", "b", "c", ""]), st.dictionaries(st.sampled_from("uvwxyz"), st.integers(1, 2), max_size=3)), max_size=25)


@given(cast=ballots, priorities=st.integers(1, 4))
def test_a_tally_is_what_counting_by_hand_gives(cast, priorities):
    options = "uvwxyz"
    given = {f"p{n}": Ballot(dots, 1) for n, (_, dots) in enumerate(cast)}
    sides = {f"p{n}": side for n, (side, _) in enumerate(cast)}
    result = tally(options, given, sides, priorities=priorities, cap=2, keep_ties=False)
    dots = Counter()
    for ballot in given.values():
        dots.update(ballot.dots)
    assert {r.option: r.dots for r in result.rows} == {o: dots[o] for o in options}
    assert all(r.rank == 1 + sum(dots[o] > r.dots for o in options) for r in result.rows)
    chosen = set(result.priorities) | set(result.tied)
    assert all(dots[o] for o in chosen) and len(result.priorities) <= priorities
    assert all(dots[o] <= min((dots[c] for c in chosen), default=0) for o in options if o not in chosen)
    assert not result.tied or len(result.priorities) + len(result.tied) > priorities and len({dots[o] for o in result.tied}) == 1


@given(cast=ballots)
def test_sides_that_are_shown_give_away_no_small_side(cast):
    voters = Counter(side for side, _ in cast)
    shown = shown_sides(voters)
    rest = len(cast) - sum(voters[s] for s in shown)
    assert all(voters[s] >= LEAST_SHOWN and len(cast) - voters[s] >= LEAST_SHOWN for s in shown)
    assert not shown or rest == 0 or rest >= LEAST_SHOWN


def test_ties_at_the_cut_are_never_broken_by_order():
    for counts in product(range(3), repeat=4):
        rows = tally("abcd", {f"p{n}": Ballot({o: 1}, 1) for n, o in enumerate(o for o, c in zip("abcd", counts) for _ in range(c))}, {},
                     priorities=2, cap=1, keep_ties=False).rows
        turned = tally("dcba", {f"p{n}": Ballot({o: 1}, 1) for n, o in enumerate(o for o, c in zip("abcd", counts) for _ in range(c))}, {},
                       priorities=2, cap=1, keep_ties=False).rows
        assert [set(part) for part in cut(rows, 2)] == [set(part) for part in cut(turned, 2)]
