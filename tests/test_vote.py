"""Dots: placed, hidden, counted."""
from collections import Counter
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.story import Story
from workshop.agenda import Plan, Stage
from workshop.charter import files
from workshop.regions.console.beside import waiting
from workshop.regions.console.frame import next_stage
from workshop.regions.console.vote import turnout
from workshop.regions.options import decided
from workshop.regions.phone.vote import my_ballot
from workshop.room import Room
from workshop.rules import Ask, Refused
from workshop.rules.tally import LEAST_SHOWN, advised_dots, cut, shown_sides, tally
from workshop.rules.vote import cast_ballot, close_vote, papers, set_budget
from workshop.state import Ballot, Person, Vote, Workshop

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


def test_fewer_dots_cut_no_ballot_and_ask_whoever_has_too_many(vote):
    ana, bo = vote.people[:2]
    ana.does("cast_ballot", stage="vote", dots={"theme:0": 2, "theme:1": 2}, number=1)
    bo.does("cast_ballot", stage="vote", dots={"theme:2": 1}, number=1)
    vote.maya.does("set_budget", stage="vote", dots=2, cap=1)
    ballots = vote.w.votes["vote"]
    assert dict(ballots.ballots[ana.id].dots) == {"theme:0": 2, "theme:1": 2} and ballots.over == (ana.id,) and list(ballots.counted) == [bo.id]
    told = my_ballot(vote.w, Room(), ana.id)
    assert told["over"] and told["back"] == (("Desks", 1), ("Buses", 1)) and not told["rest"]
    ana.is_refused("cast_ballot", "You have 2 dots; this ballot has 3", stage="vote", dots={"theme:0": 2, "theme:1": 1}, number=2)
    ana.does("cast_ballot", stage="vote", dots={"theme:0": 1, "theme:1": 1}, number=2)
    assert not vote.w.votes["vote"].over and not my_ballot(vote.w, Room(), ana.id)["over"]


def test_more_dots_are_told_to_whoever_was_done(vote):
    ana, bo = vote.people[:2]
    ana.does("cast_ballot", stage="vote", dots={"theme:0": 2, "theme:1": 2}, number=1)
    assert not my_ballot(vote.w, Room(), ana.id)["left"]
    vote.maya.does("set_budget", stage="vote", dots=6, cap=2)
    bo.does("cast_ballot", stage="vote", dots={"theme:0": 1}, number=1)
    assert my_ballot(vote.w, Room(), ana.id)["left"] == 2
    assert not my_ballot(vote.w, Room(), bo.id)["left"], "who voted after that knows"


def test_a_ballot_that_still_has_too_many_dots_does_not_count_and_that_is_said(vote):
    vote.maya.does("add_person", person="old-tom", name="Tom", constituency="Civil society")
    vote.maya.does("cast_ballot", stage="vote", dots={"theme:3": 2}, number=1, person="old-tom")
    for person in vote.people:
        person.does("cast_ballot", stage="vote", dots={"theme:0": 1}, number=1)
    vote.maya.does("set_budget", stage="vote", dots=3, cap=1)
    seen = turnout(vote.w, Room(), "")
    assert (seen["voted"], seen["over"], [(s.name, s.voted, s.over) for s in seen["sides"]]) == (12, 1, [("Civil service", 6, 0), ("Civil society", 6, 1)])
    assert next_stage(vote.w, Room(), "")["over"] == 1
    waits = [row for _key, (row, *_rest) in waiting(vote.w, Room(), "")["entries"]]
    assert [(row.over, row.done, row.number) for row in waits] == [(True, False, 2)], "a ballot on paper waits for the facilitator"
    vote.maya.does("close_vote", stage="vote")
    result = vote.w.votes["vote"].result
    assert (result.voters, result.over, result.rows[0].dots) == (12, 1, 12) and not any(row.dots for row in result.rows if row.option == "theme:3")
    assert my_ballot(vote.w, Room(), "old-tom")["over"] and not my_ballot(vote.w, Room(), vote.people[0].id)["over"]
    assert "1 ballot had more dots than there were at the close, and did not count." in files.make(vote.w, "report", "md", asker="organiser", mark="")[0].decode()
    vote.maya.is_refused("set_budget", "vote has closed", stage="vote", dots=5, cap=2)


def test_the_dots_can_be_set_before_the_vote_opens_and_a_late_press_undoes_nothing(river):
    river.maya.does("set_budget", stage="vote", dots=6, cap=2, was=0)
    river.maya.is_refused("set_budget", "changed the dots first", stage="vote", dots=5, cap=2, was=0)
    river.maya.is_refused("set_budget", "1 to 20", stage="vote", dots=5, cap=6)
    river.maya.is_refused("set_budget", "no such stage", stage="moon", dots=5, cap=2)
    river.fills(2)
    river.opens("ideas", 1)
    for n, person in enumerate(("p0", "p1")):
        river.session.do("submit_idea", person, "participant", idea=f"i{n}", text=f"About {n}", stage="ideas")
    river.opens("themes")
    river.suggests(("One", ["i0"]), ("Two", ["i1"]))
    river.maya.does("accept_suggestion", stage="themes")
    river.opens("vote")
    assert (river.w.votes["vote"].dots, river.w.votes["vote"].cap) == (6, 2)


acts = st.lists(st.tuples(st.just("budget"), st.integers(1, 5), st.integers(1, 5)) |
                st.tuples(st.just("ballot"), st.integers(0, 3), st.dictionaries(st.sampled_from(["theme:0", "theme:1", "theme:2"]), st.integers(1, 4))), max_size=25)


@given(acts=acts)
@settings(deadline=None)
def test_whatever_is_done_to_the_dots_nothing_is_cut_and_what_fits_at_the_close_counts(acts):
    w = Workshop(plan=Plan("", "", (Stage("vote", "vote", ""),)), people={f"p{n}": Person(f"p{n}", n, "") for n in range(4)},
                 votes={"vote": Vote("vote", ("theme:0", "theme:1", "theme:2"), (), 3, 2)})
    dots, cap, cast = 3, 2, {}
    for n, (what, one, two) in enumerate(acts):
        before = dict(w.votes["vote"].ballots)
        try:
            if what == "budget":
                event = set_budget(w, Ask("maya", "facilitator", 0, 0), stage="vote", dots=one, cap=two)
            else:
                event = cast_ballot(w, Ask(f"p{one}", "participant", 0, 0), stage="vote", dots=two, number=n + 1)
        except Refused:
            assert two > one if what == "budget" else sum(two.values()) > dots or max(two.values()) > cap
            continue
        w = event.apply(w) if event else w
        if what == "budget":
            dots, cap = one, two
            assert w.votes["vote"].ballots == before, "no ballot is touched"
        else:
            cast[f"p{one}"] = two
    w = close_vote(w, Ask("maya", "facilitator", 0, 0), stage="vote").apply(w)
    fit = [given for given in cast.values() if sum(given.values()) <= dots and all(n <= cap for n in given.values())]
    result = w.votes["vote"].result
    assert {person: dict(ballot.dots) for person, ballot in w.votes["vote"].ballots.items()} == cast
    assert {row.option: row.dots for row in result.rows} == {o: sum(given.get(o, 0) for given in fit) for o in w.votes["vote"].options}
    assert (result.voters, result.over) == (len(fit), len(cast) - len(fit))


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


def test_every_paper_of_a_vote_has_all_of_its_options(vote):
    drawn = vote.w.votes["vote"]
    assert len(set(drawn.papers)) == 2 * len(NAMES) and all(sorted(paper) == sorted(drawn.options) for paper in drawn.papers)


@pytest.mark.parametrize("count", range(2, 61))
def test_no_option_stands_before_another_on_average(count):
    drawn = papers([str(n) for n in range(count)])
    places = np.array([[paper.index(str(n)) for n in range(count)] for paper in drawn])
    assert len(drawn) <= 24 and np.ptp(places.mean(axis=0)) == 0
    if count <= 12:
        assert all((places == place).sum(axis=0).tolist() == [2] * count for place in range(count))
    by_join_number = places[np.arange(1, 2001) % len(drawn)].cumsum(axis=0)
    assert (np.ptp(by_join_number, axis=1) <= count).all(), "of more people than options, whoever they are, less than one place"


@pytest.mark.parametrize(("options", "dots"), [(2, 3), (12, 3), (16, 4), (20, 5), (40, 8), (200, 8)])
def test_the_budget_grows_with_the_options(options, dots):
    assert advised_dots(options) == dots


ballots = st.lists(st.tuples(st.sampled_from(["a", "b", "c", ""]), st.dictionaries(st.sampled_from("uvwxyz"), st.integers(1, 2), max_size=3)), max_size=25)


@given(cast=ballots, priorities=st.integers(1, 4))
def test_a_tally_is_what_counting_by_hand_gives(cast, priorities):
    options = "uvwxyz"
    given = {f"p{n}": Ballot(dots, 1) for n, (_, dots) in enumerate(cast)}
    sides = {f"p{n}": side for n, (side, _) in enumerate(cast)}
    result = tally(options, given, sides, priorities=priorities, budget=3, cap=2, keep_ties=False)
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
                     priorities=2, budget=1, cap=1, keep_ties=False).rows
        turned = tally("dcba", {f"p{n}": Ballot({o: 1}, 1) for n, o in enumerate(o for o, c in zip("abcd", counts) for _ in range(c))}, {},
                       priorities=2, budget=1, cap=1, keep_ties=False).rows
        assert [set(part) for part in cut(rows, 2)] == [set(part) for part in cut(turned, 2)]


@pytest.fixture
def tied(vote):
    """The vote came to a tie: one priority, and Buses, Forms and Letters level for the two places that are left."""
    for n, person in enumerate(vote.people):
        person.does("cast_ballot", stage="vote", dots={"theme:0": 2, f"theme:{1 + n % 3}": 1}, number=1)
    vote.maya.does("close_vote", stage="vote")
    assert vote.w.result("discuss").tied == ("theme:1", "theme:2", "theme:3")
    return vote


def run_off(river, *ballots, id="again"):
    """The run-off is held; each of *ballots* names the themes that one person gives a dot."""
    river.maya.does("open_run_off", stage="vote", id=id)
    river.opens(id)
    for person, themes in zip(river.people, ballots, strict=False):
        person.does("cast_ballot", stage=id, dots={f"theme:{n}": 1 for n in themes}, number=1)
    river.maya.does("close_vote", stage=id)


def test_a_run_off_is_a_vote_right_behind_the_tie_and_among_the_tied_only(tied):
    planned = [stage.id for stage in tied.w.plan.stages]
    tied.maya.does("open_run_off", stage="vote", id="again")
    assert [s.id for s in tied.w.plan.stages] == [s for stage in planned for s in ([stage, "again"] if stage == "vote" else [stage])]
    assert tied.w.open_id == "vote", "the room moves when the facilitator says so"
    tied.opens("again")
    ballot = tied.w.votes["again"]
    assert (ballot.options, ballot.dots, ballot.cap) == (("theme:1", "theme:2", "theme:3"), 2, 1)
    assert all(sorted(paper) == sorted(ballot.options) for paper in ballot.papers) and len({paper[0] for paper in ballot.papers}) == 3
    ana = tied.people[0]
    ana.is_refused("cast_ballot", "At most 1", stage="again", dots={"theme:1": 2}, number=1)
    ana.is_refused("cast_ballot", "not in the vote", stage="again", dots={"theme:0": 1}, number=1)
    tied.maya.is_refused("set_budget", "one dot for each place", stage="again", dots=3, cap=1)


def test_a_run_off_decides_the_places_and_both_results_stay(tied):
    before = tied.w.votes["vote"].result
    run_off(tied, [1, 3], [1, 3], [3])
    assert tied.w.votes["vote"].result == before
    assert tied.w.votes["again"].result.priorities == ("theme:3", "theme:1")
    result = tied.w.result("discuss")
    assert result.priorities == ("theme:0", "theme:3", "theme:1") and not result.tied and result.rows == before.rows
    assert tied.w.last_vote.stage == "vote" and tied.w.last_vote.result == result
    tied.opens("discuss")
    tied.maya.is_refused("put_on_stage", "not a priority", stage="discuss", priority="theme:2")
    tied.maya.does("put_on_stage", stage="discuss", priority="theme:1")
    assert [option.text for option in decided(tied.w, "discuss")] == ["Desks", "Letters", "Buses"]


@pytest.mark.parametrize(("ballots", "chosen", "still"), [
    (([1, 2], [1, 3]), ["theme:1"], {"theme:2", "theme:3"}),
    (([1], [1]), ["theme:1"], {"theme:2", "theme:3"}),
    ((), [], {"theme:1", "theme:2", "theme:3"})])
def test_what_ties_in_the_run_off_too_is_said_and_the_room_decides(tied, ballots, chosen, still):
    run_off(tied, *ballots)
    result = tied.w.result("discuss")
    assert list(result.priorities) == ["theme:0", *chosen] and set(result.tied) == still
    tied.maya.is_refused("open_run_off", "no tie that a run-off could decide", stage="again", id="third")
    tied.opens("discuss")
    for theme in still:
        tied.maya.does("put_on_stage", stage="discuss", priority=theme)


def test_a_second_press_for_the_same_vote_adds_nothing(tied):
    tied.maya.does("open_run_off", stage="vote", id="again")
    assert not tied.maya.does("open_run_off", stage="vote", id="another"), "the other facilitator pressed too"
    run_off(tied, [1, 2])
    assert not tied.maya.does("open_run_off", stage="vote", id="again"), "a late copy"
    assert [s.id for s in tied.w.plan.stages if s.run_off] == ["again"]


def test_a_late_ballot_does_not_move_a_closed_run_off(tied):
    run_off(tied, [1, 3])
    tied.people[5].is_refused("cast_ballot", "vote has closed", stage="again", dots={"theme:2": 1}, number=1)
    tied.people[5].is_refused("cast_ballot", "vote has closed", stage="vote", dots={"theme:2": 1}, number=7)


def test_a_run_off_needs_a_closed_vote_with_a_tie_and_an_id_of_its_own(vote):
    vote.maya.is_refused("open_run_off", "not opened", stage="moon", id="again")
    vote.maya.is_refused("open_run_off", "Close the vote first", stage="vote", id="again")
    vote.people[0].is_refused("open_run_off", "Only a facilitator", stage="vote", id="again")
    for person in vote.people:
        person.does("cast_ballot", stage="vote", dots={"theme:0": 2, "theme:1": 1}, number=1)
    vote.maya.does("close_vote", stage="vote")
    vote.maya.is_refused("open_run_off", "no tie", stage="vote", id="again")


def test_a_run_off_takes_no_id_that_a_stage_has(tied):
    tied.maya.is_refused("open_run_off", "Load it again", stage="vote", id="discuss")
    tied.maya.is_refused("open_run_off", "Load it again", stage="vote", id="a b")


def test_a_plan_that_keeps_ties_has_no_run_off(tmp_path):
    river = Story(tmp_path, tie="keep")
    river.people = river.fills(3)
    river.opens("ideas", 1)
    for n, name in enumerate(NAMES):
        river.people[0].writes(f"About {name.lower()}", idea=f"i{n}")
    river.opens("themes")
    river.suggests(*((name, [f"i{n}"]) for n, name in enumerate(NAMES)))
    river.maya.does("accept_suggestion", stage="themes")
    river.opens("vote")
    river.people[0].does("cast_ballot", stage="vote", dots={f"theme:{n}": 1 for n in range(4)}, number=1)
    river.maya.does("close_vote", stage="vote")
    assert len(river.w.result("discuss").priorities) == 4
    river.maya.is_refused("open_run_off", "no tie", stage="vote", id="again")
    river.restarts()


@given(first=st.lists(st.lists(st.integers(0, 4), max_size=3, unique=True), max_size=8),
       second=st.lists(st.lists(st.integers(0, 4), max_size=3, unique=True), max_size=8), priorities=st.integers(1, 4))
def test_a_run_off_never_loses_a_place_or_somebody_who_was_sure(first, second, priorities):
    options = tuple("uvwxy")
    cast = {f"p{n}": Ballot({options[o]: 1 for o in given}, 1) for n, given in enumerate(first)}
    result = tally(options, cast, {}, priorities=priorities, budget=3, cap=1, keep_ties=False)
    assume(result.tied)
    places = priorities - len(result.priorities)
    again = {f"p{n}": Ballot({options[o]: 1 for o in given if options[o] in result.tied}, 1) for n, given in enumerate(second)}
    again = {person: Ballot(dict(list(ballot.dots.items())[:places]), 1) for person, ballot in again.items()}
    plan = Plan("", "", (Stage("vote", "vote", ""), Stage("again", "vote", "", run_off="vote")), priorities=priorities)
    w = Workshop(plan=plan, votes={"vote": Vote("vote", options, (), 3, 1, cast, result), "again": Vote("again", result.tied, (), places, 1, again)})
    w = close_vote(w, Ask("maya", "facilitator", 0, 0), stage="again").apply(w)
    settled, dots = w.result("vote"), Counter(o for ballot in again.values() for o in ballot.dots)
    assert settled.priorities[:len(result.priorities)] == result.priorities
    assert len(settled.priorities) <= priorities and len(settled.priorities) + len(settled.tied) >= priorities
    out = set(result.tied) - set(settled.priorities) - set(settled.tied)
    won = set(settled.priorities) - set(result.priorities)
    assert all(dots[o] > dots[other] for o in won for other in {*settled.tied, *out})
    assert all(dots[o] > dots[other] for o in settled.tied for other in out) and len({dots[o] for o in settled.tied}) <= 1
