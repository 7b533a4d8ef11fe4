"""What a result says of each side: enough to see who stands behind what, too little to work out anybody's ballot."""
import json
import re
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import expect

from tests.test_documents import Play, said
from tests.test_phone import Room, fits, writes
from workshop.charter import backing, files
from workshop.rules.tally import cut, swayed, tally
from workshop.state import Ballot, Count, Result, Row

OPTIONS = "uvwxyz"


@st.composite
def votes(draw):
    """(ballots, sides) of 2 to 4 sides with 0 to 9 voters each, and up to 6 voters of no side."""
    sizes = {**{side: draw(st.integers(0, 9)) for side in "abcd"[:draw(st.integers(2, 4))]}, "": draw(st.integers(0, 6))}
    chance = draw(st.randoms(use_true_random=False))
    sides = {f"{side or 'none'}{n}": side for side, size in sizes.items() for n in range(size)}
    liked = OPTIONS[:draw(st.integers(2, 6))]
    ballots = {p: Ballot({o: chance.randint(1, 2) for o in chance.sample(liked, chance.randint(1, 2))}, 1) for p in sides}
    return ballots, sides


def counted(ballots, sides) -> Result:
    return tally(OPTIONS, ballots, sides, priorities=3, budget=4, cap=2, keep_ties=False)


def equations(result: Result, row: Row, groups: list[str], what: str) -> np.ndarray:
    """What is published of *row* as equations: one line each, one column for each group that voted."""
    shown = [s for s in groups if s in row.sides and (what == "dots" or exact(row.people_of(s)))]
    total = [np.ones(len(groups))] if what == "dots" or exact(row.people_in_all) else []
    return np.array([*total, *(np.array(groups) == s for s in shown), np.zeros(len(groups))], dtype=float)


def exact(count: Count) -> bool:
    return count.least == count.most


def given_away(known: np.ndarray, sought: np.ndarray) -> bool:
    """Whether the equations *known* fix the sum *sought* of unknown figures."""
    return np.linalg.matrix_rank(np.vstack([known, sought])) == np.linalg.matrix_rank(known)


@given(votes())
def test_no_combination_of_published_figures_gives_a_hidden_one(vote):
    ballots, sides = vote
    result, groups = counted(*vote), sorted(set(sides.values()))
    if len(groups) < 2:
        return      # all who voted are of one side: the result is theirs, and there is nothing to hide
    alone = np.eye(len(groups))
    for row in result.rows:
        dots, people = (equations(result, row, groups, what) for what in ("dots", "people"))
        for n, group in enumerate(groups):
            if group in result.hidden:
                assert not given_away(dots, alone[n])
            if group in result.hidden or group and row.sides[group][1] in (1, 2):
                assert not given_away(people, alone[n])


@given(votes())
def test_those_left_over_are_no_fewer_than_five(vote):
    ballots, sides = vote
    result = counted(*vote)
    left = len(ballots) - sum(result.sides.values())
    assert all(n >= 5 and len(ballots) - n >= 5 for n in result.sides.values())
    assert not result.sides or left == 0 or left >= 5
    assert {*result.sides, *result.hidden} == set(sides.values()) - {""}, "a side is shown or named as hidden, never left out"


@given(of_sides=st.lists(st.integers(0, 4), min_size=1, max_size=4), rest=st.integers(0, 4))
def test_nothing_that_is_told_tells_one_person_from_two(of_sides, rest):
    def told(people, rest):
        row = Row("u", 1, 9, sum(people) + rest, {str(n): (9, p) for n, p in enumerate(people)})
        return row.people_in_all, [row.people_of(side) for side in row.sides]
    turned = {1: 2, 2: 1}
    assert told(of_sides, rest) == told([turned.get(n, n) for n in of_sides], turned.get(rest, rest))
    for n, people in enumerate(of_sides):
        other = [*of_sides[:n], turned.get(people, people), *of_sides[n + 1:]]
        assert told(of_sides, rest) == told(other, rest)
    everybody = told(of_sides, rest)[0]
    assert everybody.least <= sum(of_sides) + rest <= everybody.most


def test_a_side_nobody_voted_of_is_named_and_has_no_zero():
    sides = {**{f"a{n}": "a" for n in range(9)}, **{f"b{n}": "b" for n in range(9)}, "c0": "c"}
    result = counted({p: Ballot({"u": 1}, 1) for p in sides if p != "c0"}, sides)
    assert result.hidden == ("c",) and set(result.rows[0].sides) == {"a", "b"}


def test_with_two_sides_a_small_one_hides_both():
    sides = {**{f"a{n}": "a" for n in range(9)}, **{f"b{n}": "b" for n in range(4)}}
    result = counted({p: Ballot({"u": 1}, 1) for p in sides}, sides)
    assert result.hidden == ("a", "b") and not any(row.sides for row in result.rows)


@given(dots=st.lists(st.integers(0, 5), min_size=2, max_size=5), priorities=st.integers(1, 4), budget=st.integers(1, 4),
       cap=st.integers(1, 4), keep_ties=st.booleans())
def test_one_more_voter_is_said_to_change_what_trying_every_ballot_changes(dots, priorities, budget, cap, keep_ties):
    def standing(of):
        rows = sorted((Row(o, 1 + sum(m > n for m in of.values()), n, n) for o, n in of.items()), key=lambda r: r.rank)
        first, tied = cut(rows, priorities)
        return {o: 1 if o in first or keep_ties and o in tied else 0.5 if o in tied else 0 for o in of}
    cap, of = min(cap, budget), dict(zip(OPTIONS, dots, strict=False))
    ballots = (b for b in product(range(cap + 1), repeat=len(of)) if sum(b) <= budget)
    now, moved = standing(of), set()
    for ballot in ballots:
        then = standing({o: n + more for (o, n), more in zip(of.items(), ballot, strict=True)})
        moved |= {o for o in of if then[o] != now[o]}
    assert set(swayed(of, priorities=priorities, budget=budget, cap=cap, keep_ties=keep_ties)) == moved


def test_a_sentence_says_where_each_side_put_a_priority():
    row = Row("u", 1, 12, 8, {"Civil society": (9, 6), "Civil service": (3, 2)})
    others = (Row("v", 2, 7, 7, {"Civil society": (0, 0), "Civil service": (7, 5)}), Row("w", 3, 3, 3, {"Civil society": (0, 0), "Civil service": (3, 3)}))
    result = Result((row, *others), 12, ("u", "v"), sides={"Civil society": 6, "Civil service": 6}, both=("u",))
    order = ("Civil service", "Civil society")
    assert backing.in_words(result, row, order) == "Backed by both: Civil society put it first, Civil service put it joint second."
    assert backing.in_words(result, others[0], order) == "Civil service put it first, Civil society gave it no dot."
    assert backing.in_words(result, Row("u", 1, 12, 8), order) == ""


def test_it_is_said_whether_one_more_voter_could_have_changed_it():
    def sure(dots):
        ballots = {f"p{n}": Ballot({o: 1}, 1) for n, o in enumerate(o for o, many in dots.items() for _ in range(many))}
        result = tally("uvw", ballots, {}, priorities=1, budget=2, cap=2, keep_ties=False)
        return backing.how_sure(result, {"u": "Desks", "v": "Buses", "w": "Forms"})
    assert sure({"u": 9, "v": 3, "w": 1}) == "One more voter could not have changed what goes in."
    assert sure({"u": 5, "v": 3, "w": 1}) == "One more voter could have changed which of these go in: Desks and Buses."
    assert sure({"u": 5, "v": 5, "w": 1}) == "", "a tie is told as a tie"
    assert sure({}) == "", "nobody voted"


LIKED = ((0, 0, 1), (0, 0, 1), (0, 0, 1), (0, 0, 2), (0, 0, 1), (0, 0, 1))


@pytest.mark.parametrize("asker", ["facilitator", "participant"])
def test_one_or_two_people_are_1_to_2_in_every_file(asker):
    w = Play().writes(people=13).sorts().votes(LIKED).counts().w
    exact = next(row for row in w.votes["vote"].result.rows if row.option == "theme:2")
    assert exact.people == 2 and {people for _dots, people in exact.sides.values()} == {0, 2}
    whole = json.loads(files.make(w, "workshop", "json", asker=asker)[0])
    row = next(row for row in whole["votes"][0]["rows"] if row["option"] == "theme:2")
    assert row["people"] == "1 to 2" and sorted(map(str, (people for _dots, people in row["sides"].values()))) == ["0", "1 to 2"]
    assert all(p["people"] == "1 to 2" for p in whole["priorities"] if p["option"] == "theme:2")
    assert re.search(r",2,1 to 2,", files.make(w, "votes", "csv", asker=asker)[0].decode())
    for name, ext in product(("report", "charter"), ("md", "html", "pdf")):
        text = said(w, name, ext, asker)
        assert "from 1 to 2 people" in text and not re.search(r"from [12] (people|person)", text)


NAMES = ("Go to where people are", "Share what we know", "One door")


def votes_are_in(served, people, of_second_side: int):
    """A vote of 7 people of one side and some of the other, closed and shown: console, screen, phone."""
    room = Room(served, people, priorities="2")
    phone = room.joins(0, 390, 844)
    screen = people(f"/{room.code}/screen", 1920, 1080, beside=room.console)
    room.opens("ideas", 1)
    writes(phone, "A single desk", "Evening hours", "Voice notes")
    room.themes(phone)
    room.opens("vote")
    expect(phone.locator(".rules")).to_contain_text("Where everyone of a side agrees, that shows.")
    where, know, door = (phone.locator("#paper [data-option]", has_text=name).get_attribute("data-option") for name in NAMES)
    for n in range(7 + of_second_side):
        side = "Civil service" if n < 7 else "Civil society"
        room.does("add_person", person=f"seat-{n}", name=f"Person {n}", constituency=side)
        liked = {where: 2, door if n == 0 or n > 6 else know: 2}
        room.does("cast_ballot", stage="vote", dots=liked, number=1, person=f"seat-{n}")
    room.does("close_vote", stage="vote")
    room.does("show_result", stage="vote")
    return room.console.locator("#counted-up"), screen.locator("#screen-result"), phone.locator("#phone-result")


def test_every_page_tells_dots_and_people_of_each_side(served, people):
    console, screen, phone = votes_are_in(served, people, 6)
    for page in (console, screen, phone):
        expect(page).to_contain_text("from 7 people")
        expect(page).to_contain_text("from 1 to 2 people")
        expect(page).to_contain_text("Backed by both: Civil service put it first, Civil society put it joint first.")
        expect(page).to_contain_text("One more voter could have changed which of these go in: ")
        assert not re.search("from 1 person|from 2 people", page.inner_text())
        fits(page.page)


def test_every_page_names_the_sides_that_are_too_small(served, people):
    console, screen, phone = votes_are_in(served, people, 3)
    for page in (console, screen, phone):
        expect(page).to_contain_text("Civil service and Civil society: not shown alone, since that could give away the dots of fewer than 5 people.")
        expect(page).not_to_contain_text("put it first")
        fits(page.page)
