"""Voting once more: a run-off taken back, a second round after the discussion, and what both together tell."""
import json
from collections import Counter
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_vote import run_off, tied, vote  # noqa: F401  (fixtures)
from tests.test_documents import said
from tests.test_sides import given_away
from workshop.charter import files
from workshop.charter.backing import not_alone
from workshop.charter.rounds import compared, in_words, way
from workshop.regions.options import decided
from workshop.rules.rounds import shown_again
from workshop.rules.tally import LEAST_SHOWN, shown_sides


def ids(river):
    return [stage.id for stage in river.w.plan.stages]


def casts(river, stage, *ballots, number=1):
    """The first people vote: each of *ballots* is theme -> dots."""
    for person, ballot in zip(river.people, ballots, strict=False):
        person.does("cast_ballot", stage=stage, dots={f"theme:{n}": dots for n, dots in ballot.items()}, number=number)


@pytest.fixture
def closed(vote):  # noqa: F811
    """The vote is closed, without a tie: Desks, Buses and Forms."""
    casts(vote, "vote", *[{0: 2, 1: 2}] * 6, *[{0: 1, 1: 1, 2: 2}] * 6)
    vote.maya.does("close_vote", stage="vote")
    assert vote.w.result("discuss").priorities == ("theme:0", "theme:1", "theme:2")
    return vote


@pytest.fixture
def second(closed):
    """They have talked, and vote again: Letters came in for Forms."""
    closed.opens("discuss")
    closed.maya.does("open_second_round", stage="vote", id="second")
    closed.opens("second")
    casts(closed, "second", *[{0: 2, 1: 1, 3: 1}] * 6, *[{0: 1, 1: 2, 3: 1}] * 6)
    return closed


def test_a_run_off_added_by_mistake_is_taken_back(tied):  # noqa: F811
    planned = ids(tied)
    tied.maya.does("open_run_off", stage="vote", id="again")
    tied.people[0].is_refused("take_back_round", "Only a facilitator", stage="again")
    tied.maya.does("take_back_round", stage="again")
    assert ids(tied) == planned and tied.w.result("discuss").tied
    assert not tied.maya.does("open_run_off", stage="vote", id="again"), "a late copy of the first press adds nothing"
    tied.maya.does("open_run_off", stage="vote", id="another")
    assert not tied.maya.does("take_back_round", stage="again"), "nor does a late copy of the second undo anything"
    assert "another" in ids(tied)


def test_a_run_off_that_was_opened_goes_too_but_not_under_the_rooms_feet_and_not_with_a_ballot(tied):  # noqa: F811
    tied.maya.does("open_run_off", stage="vote", id="again")
    tied.opens("again")
    tied.maya.is_refused("take_back_round", "Go back one stage", stage="again")
    tied.opens("vote")
    tied.maya.does("take_back_round", stage="again")
    assert "again" not in tied.w.votes and not tied.w.has_opened("again") and "again" not in {stage for _at, stage, _step in tied.w.timeline}
    run_off(tied, [1], id="another")
    tied.opens("discuss")
    tied.maya.is_refused("take_back_round", "voted in it already", stage="another")


def test_only_what_was_added_can_be_taken_back(tied):  # noqa: F811
    tied.maya.is_refused("take_back_round", "Only a run-off or a second vote", stage="discuss")
    tied.maya.is_refused("take_back_round", "Only a run-off or a second vote", stage="moon")


def test_a_second_vote_comes_after_the_discussion_with_the_same_options_and_fresh_dots(closed):
    closed.opens("discuss")
    closed.maya.does("open_second_round", stage="vote", id="second")
    assert not closed.maya.does("open_second_round", stage="vote", id="third"), "the other facilitator pressed too"
    assert ids(closed)[ids(closed).index("discuss") + 1] == "second" and closed.w.open_id == "discuss"
    closed.opens("second")
    first, again = closed.w.votes["vote"], closed.w.votes["second"]
    assert (again.options, again.dots, again.cap, again.ballots) == (first.options, 4, 2, {})
    closed.maya.does("set_budget", stage="second", dots=2, cap=1)
    assert closed.w.votes["vote"].dots == 4


def test_right_after_the_result_it_stands_right_behind_the_vote_and_its_run_off(tied):  # noqa: F811
    tied.maya.does("open_run_off", stage="vote", id="again")
    tied.maya.does("open_second_round", stage="vote", id="second")
    assert ids(tied)[ids(tied).index("vote"):][:3] == ["vote", "again", "second"]
    tied.maya.does("take_back_round", stage="second")
    tied.opens("again")
    tied.maya.is_refused("open_second_round", "run-off has none", stage="again", id="third")


def test_the_second_vote_counts_and_the_first_is_kept(second):
    before = second.w.votes["vote"].result
    assert second.w.last_vote.stage == "vote", "an open second vote decides nothing yet"
    second.maya.does("close_vote", stage="second")
    assert second.w.votes["vote"].result == before
    assert second.w.last_vote.stage == "second" and second.w.result("discuss").priorities == ("theme:0", "theme:1", "theme:3")
    assert [option.text for option in decided(second.w, "discuss")] == ["Desks", "Buses", "Letters"]
    second.opens("discuss")
    second.maya.does("put_on_stage", stage="discuss", priority="theme:3")
    second.maya.is_refused("put_on_stage", "not a priority", stage="discuss", priority="theme:2")
    second.maya.is_refused("open_second_round", "one second round", stage="second", id="third")


def test_a_second_vote_needs_a_closed_first(vote):  # noqa: F811
    vote.maya.is_refused("open_second_round", "Close the vote first", stage="vote", id="second")
    vote.maya.is_refused("open_second_round", "not opened", stage="moon", id="second")
    vote.maya.does("close_vote", stage="vote")
    vote.maya.is_refused("open_second_round", "Load it again", stage="vote", id="discuss")


def test_a_second_vote_may_tie_and_have_its_own_run_off(second):
    casts(second, "second", *[{0: 2, 1: 1, 2: 1}] * 6, *[{0: 2, 1: 1, 4: 1}] * 6, number=2)
    second.maya.does("close_vote", stage="second")
    assert second.w.result("discuss").tied == ("theme:2", "theme:4")
    second.maya.does("open_run_off", stage="second", id="again")
    second.opens("again")
    casts(second, "again", *[{4: 1}] * 3)
    second.maya.does("close_vote", stage="again")
    assert second.w.result("discuss").priorities == second.w.last_vote.result.priorities == ("theme:0", "theme:1", "theme:4")


def test_a_tie_of_the_first_vote_decides_nothing_once_the_second_counts(tied):  # noqa: F811
    tied.maya.does("open_second_round", stage="vote", id="second")
    tied.opens("second")
    casts(tied, "second", {0: 2, 1: 2})
    tied.maya.does("close_vote", stage="second")
    tied.maya.is_refused("open_run_off", "second vote counts now", stage="vote", id="again")


def test_a_side_that_shrinks_below_five_is_hidden_in_the_second_vote_with_the_other(closed):
    assert dict(closed.w.votes["vote"].result.sides) == {"Civil service": 6, "Civil society": 6}
    closed.maya.does("open_second_round", stage="vote", id="second")
    closed.opens("second")
    for n, person in enumerate(closed.people):
        if n not in (1, 3):
            person.does("cast_ballot", stage="second", dots={"theme:0": 2, "theme:4": 1}, number=1)
    closed.maya.does("close_vote", stage="second")
    result = closed.w.votes["second"].result
    assert not result.with_first and "beside the first vote" not in not_alone(result), "this vote alone would not show them either"
    assert not result.sides and set(result.hidden) == {"Civil service", "Civil society"} and not any(row.sides for row in result.rows)


def test_one_newcomers_dots_are_not_the_difference_of_two_results(closed):
    """Seven of a side instead of six, the others unchanged: with both tables one could subtract."""
    newcomer = closed.joins("Zoe", "Civil society")
    closed.maya.does("open_second_round", stage="vote", id="second")
    closed.opens("second")
    casts(closed, "second", *[{0: 2, 1: 2}] * 6, *[{0: 1, 1: 1, 2: 2}] * 6)
    newcomer.does("cast_ballot", stage="second", dots={"theme:4": 2}, number=1)
    closed.maya.does("close_vote", stage="second")
    result = closed.w.votes["second"].result
    assert not result.sides and set(result.with_first) == set(result.hidden) == {"Civil service", "Civil society"}
    assert not_alone(result) == ("Civil service and Civil society: not shown alone, since beside the first vote that could give away the dots of "
                                 "fewer than 5 people.")


def test_every_file_tells_both_votes_and_which_counts(second):
    second.maya.does("close_vote", stage="second")
    second.maya.does("show_result", stage="second")
    for name in ("report", "charter"):
        for extension in ("pdf", "html", "md"):
            text = said(second.w, name, extension)
            assert "The second vote counts. “Letters” came in, “Forms” went out." in text.replace("\\", ""), (name, extension)
    report = said(second.w, "report", "md")
    assert "This was the first vote. The second one counts." in report and "Both votes" in report and "It rose." in report
    data = json.loads(files.make(second.w, "workshop", "json", asker="facilitator", mark="x")[0])
    assert [(v["stage"], v["round"], v["second_of"]) for v in data["votes"]] == [("vote", 1, ""), ("second", 2, "vote")]
    assert [p["vote"] for p in data["priorities"]] == ["second"] * 3
    table = said(second.w, "votes", "csv")
    assert "Vote,1,1,Desks," in table and "Second vote,2,1,Desks," in table


def test_a_second_vote_that_is_not_shown_is_in_no_participants_file(second):
    second.maya.does("close_vote", stage="second")
    text = said(second.w, "report", "md", "participant")
    assert "The second vote counts" not in text and "The result of “Second vote”, which the facilitator has not shown yet." in text


def test_it_says_when_nothing_changed_and_what_stands_where(closed):
    closed.maya.does("open_second_round", stage="vote", id="second")
    closed.opens("second")
    casts(closed, "second", *[{0: 2, 1: 2}] * 6, *[{0: 1, 1: 1, 2: 2}] * 6)
    closed.maya.does("close_vote", stage="second")
    vote, first = (closed.w.votes[stage] for stage in ("second", "vote"))
    assert in_words(closed.w, vote, str) == "The second vote counts. All 3 priorities are the same."
    assert in_words(closed.w, first, str) == "This was the first vote. The second one counts."
    assert {way(both) for both in compared(closed.w, vote)} == {"It kept its place."}


some = st.sampled_from([0, 0, 0, 1, 4, 5, 6])
rounds = st.tuples(*[st.tuples(st.integers(0, 9), some, some)] * 4).map(
    lambda sizes: [(side, *there) for side, of in zip(("a", "b", "c", ""), sizes, strict=True)
                   for n, there in zip(of, ((True, True), (True, False), (False, True)), strict=True) for _ in range(n)])


@given(rounds)
def test_no_group_that_both_results_together_tell_of_is_small_or_changed_by_few(people):
    """Whatever sides are told in the second round: each of them, and all others, are told of at least 5 who voted, and
    differ from those of the first round by nobody or at least 5.  Sums and differences of such groups are what one can work out."""
    first = {f"p{n}": side for n, (side, then, _now) in enumerate(people) if then}
    again = {f"p{n}": side for n, (side, _then, now) in enumerate(people) if now}
    told_first = shown_sides(Counter(first.values()))
    shown = shown_again([s for s in shown_sides(Counter(again.values())) if s in told_first], told_first, first, again)
    assert set(shown) <= set(told_first)
    groups = [{s} for s in shown] + ([{"a", "b", "c", ""} - set(shown)] if shown else [])
    for group in groups:
        of = [{p for p, side in there.items() if side in group} for there in (first, again)]
        assert len(of[1]) == 0 or len(of[1]) >= LEAST_SHOWN
        assert len(of[0] ^ of[1]) == 0 or len(of[0] ^ of[1]) >= LEAST_SHOWN
    for together in (set().union(*chosen) for n in range(1, len(groups)) for chosen in combinations(groups, n)):
        assert sum(side in together for side in again.values()) in (0, *range(LEAST_SHOWN, 100))


def known(first, again, told_first, told_again, same):
    """What both results tell of one option's dots: groups (side, rounds they voted in, dots of which round), and an equation a line.

    same: it is taken that who voted twice placed the same dots, as somebody might guess; else each round has dots of its own.
    """
    of = {person: ({**first, **again}[person], (person in first, person in again)) for person in {**first, **again}}
    groups = sorted({(side, there, n * (not same or there != (True, True))) for side, there in of.values() for n in (0, 1) if there[n]})
    lines = [[there[n] and (same or then == n) and side in sides for side, there, then in groups]
             for n, told in enumerate((told_first, told_again)) for sides in (set(of[p][0] for p in of), *({side} for side in told))]
    return groups, np.array(lines, dtype=float).reshape(len(lines), len(groups))


@settings(deadline=None)
@given(rounds, st.booleans())
def test_the_sides_of_both_results_tell_nothing_of_fewer_than_five_people(people, same):
    """Totals are told of both, whoever votes; what a few may have changed shows in these, and the sides add nothing to that.

    Who guesses that others placed the same dots again starts from the first result as it was told, sides and all: beside the
    second total alone it can show what a few came to (the next test), and nothing that is hidden later takes that back.
    """
    first = {f"p{n}": side for n, (side, then, _now) in enumerate(people) if then}
    again = {f"p{n}": side for n, (side, _then, now) in enumerate(people) if now}
    told_first = shown_sides(Counter(first.values()))
    shown = shown_again([s for s in shown_sides(Counter(again.values())) if s in told_first], told_first, first, again)
    groups, lines = known(first, again, told_first, shown, same)
    totals = known(first, again, told_first if same else (), (), same)[1]
    everyone = {**first, **again}
    for side, once in product(set(everyone.values()), ((True, False), (False, True))):
        few = {p for p in first.keys() ^ again.keys() if everyone[p] == side and (p in first, p in again) == once}
        sought = np.array([group[:2] == (side, once) for group in groups], dtype=float)
        if 0 < len(few) < LEAST_SHOWN:
            assert not given_away(lines, sought) or given_away(totals, sought), (side, once)


def test_a_guess_that_others_voted_as_before_shows_a_newcomer_who_joins_those_left_over():
    """Five of a side vote once, five without a side twice, and one more of these the second time: the limit that phones and handbook tell of."""
    first = {**{f"c{n}": "c" for n in range(5)}, **{f"n{n}": "" for n in range(5)}}
    again = {**{f"n{n}": "" for n in range(6)}}
    assert shown_sides(Counter(first.values())) == ("c",) and not shown_sides(Counter(again.values()))
    for same, shows in ((True, True), (False, False)):
        groups, lines = known(first, again, ("c",), (), same)
        assert given_away(lines, np.array([group[:2] == ("", (False, True)) for group in groups], dtype=float)) == shows
