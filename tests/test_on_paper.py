"""Dots on a paper chart, entered as totals: counted with the ballots, marked, and giving nobody away."""
import csv
import io
import json
from collections import Counter
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading import words
from tests.test_sides import OPTIONS, exact, given_away
from tests.test_vote import vote  # noqa: F401
from workshop.charter import backing, files
from workshop.rules.tally import swayed, tally
from workshop.state import Ballot, Result, Sheet

BUDGET, CAP = 4, 2


@st.composite
def votes(draw):
    """(ballots, sides, sheets) of 2 or 3 sides with up to 8 ballots and up to 8 people on paper each, and some of no side."""
    names = [*"abc"[:draw(st.integers(2, 3))], ""]
    chance = draw(st.randoms(use_true_random=False))
    sides = {f"{side or 'none'}{n}": side for side in names for n in range(draw(st.integers(0, 8)))}
    ballots = {p: Ballot({o: chance.randint(1, CAP) for o in chance.sample(OPTIONS, 2)}, 1, proxy=chance.random() < 0.2) for p in sides}
    sheets = {side: _sheet(chance, people) for side in names if (people := draw(st.sampled_from([0, 0, 1, 3, 5, 8])))}
    return ballots, sides, sheets


def _sheet(chance, people: int) -> Sheet:
    dots = Counter()
    for _person in range(people):
        dots.update({o: chance.randint(1, CAP) for o in chance.sample(OPTIONS, 2)})
    return Sheet(dict(dots), people, 1)


def counted(ballots, sides, sheets, cap: int = CAP) -> Result:
    return tally(OPTIONS, ballots, sides, priorities=3, budget=BUDGET, cap=cap, keep_ties=False, sheets=sheets)


@given(votes())
def test_no_dot_is_lost_and_none_is_made(vote):
    ballots, sides, sheets = vote
    result = counted(*vote)
    placed = Counter()
    for part in (*ballots.values(), *sheets.values()):
        placed.update(part.dots)
    assert {row.option: row.dots for row in result.rows} == {o: placed[o] for o in OPTIONS}
    assert result.voters == len(ballots) + sum(sheet.people for sheet in sheets.values())
    for side, voters in result.sides.items():
        assert voters == sum(s == side for s in sides.values()) + (sheets[side].people if side in sheets else 0)
        theirs = [*(b for p, b in ballots.items() if sides[p] == side), *(sheets[s] for s in sheets if s == side)]
        assert sum(row.sides[side][0] for row in result.rows) == sum(sum(part.dots.values()) for part in theirs)
    assert result.proxies == sum(ballot.proxy for ballot in ballots.values())
    told = [result.on_paper(row) for row in result.rows]
    assert None in told or sum(told) == sum(sum(sheet.dots.values()) for sheet in sheets.values())


@given(votes())
def test_paper_counts_for_places_and_one_more_voter_like_ballots_with_the_same_dots(vote):
    ballots, sides, sheets = vote
    result = counted(*vote)
    everything = {row.option: row.dots for row in result.rows}
    one_dot_each = {f"{o} {n}": Ballot({o: 1}, 1) for o, dots in everything.items() for n in range(dots)}
    alone = tally(OPTIONS, one_dot_each, {}, priorities=3, budget=BUDGET, cap=CAP, keep_ties=False)
    assert (result.priorities, result.tied, result.close, result.sure) == (alone.priorities, alone.tied, alone.close, alone.sure)
    assert [(row.option, row.rank) for row in result.rows] == [(row.option, row.rank) for row in alone.rows]
    if any(everything.values()):
        assert result.close == swayed(everything, priorities=3, budget=BUDGET, cap=CAP, keep_ties=False)


@given(votes())
def test_how_many_people_is_told_is_never_wrong(vote):
    """Paper does not say who placed a dot; whoever did, the number told holds theirs."""
    ballots, sides, sheets = vote
    for row in counted(*vote).rows:
        by_ballot = sum(1 for ballot in ballots.values() if ballot.dots.get(row.option))
        on_paper = [(-(-sheet.dots.get(row.option, 0) // CAP), min(sheet.dots.get(row.option, 0), sheet.people)) for sheet in sheets.values()]
        told = row.people_in_all
        assert told.least <= by_ballot + sum(least for least, _most in on_paper)
        assert told.most >= by_ballot + sum(most for _least, most in on_paper)


@given(votes())
def test_a_sheet_that_everybody_reads_gives_no_ballot_away(vote):
    """Cells are the ballots of each side and the sheet of each side.  Whoever knows the chart, and solves all that is
    told, finds the dots of no 1 to 4 people."""
    ballots, sides, sheets = vote
    result, groups = counted(*vote), sorted({*sides.values(), *sheets})
    cells = [(kind, side) for kind in ("ballots", "paper") for side in groups]
    sizes = {("ballots", side): sum(s == side for s in sides.values()) for side in groups} | {
        ("paper", side): sheets[side].people if side in sheets else 0 for side in groups}

    def line(wanted) -> np.ndarray:
        return np.array([float(bool(wanted(cell) and sizes[cell])) for cell in cells])
    for row in result.rows:
        dots = [line(lambda cell: True), *(line(lambda cell, s=s: cell[1] == s) for s in row.sides)]
        if result.on_paper(row) is not None:
            dots.append(line(lambda cell: cell[0] == "paper"))
        known = [*dots, *(line(lambda cell, c=c: cell == c) for c in cells if c[0] == "paper")]
        for cell, size in sizes.items():
            if not 1 <= size < 5 or len([c for c in sizes if sizes[c]]) < 2:
                continue
            if cell[0] == "ballots" and sum(n for c, n in sizes.items() if c[0] == "ballots") < 5:
                continue        # so few ballots beside a chart on the wall: the chart itself tells, and no page marks it
            assert not given_away(np.array(dots if cell[0] == "paper" else known), line(lambda c, cell=cell: c == cell)), cell
        for side, (_dots, people) in row.sides.items():
            assert people not in (1, 2) or not exact(row.people_of(side))


def test_what_is_told_of_few_on_paper_comes_from_the_dots_alone():
    ballots = {f"p{n}": Ballot({"u": 1}, 1) for n in range(9)}
    seen = {str(counted({p: Ballot({o: n for o, n in given.items() if n}, 1) for p, given in zip(ballots, turned, strict=True)}, {},
                        {"": Sheet({"u": 9 - sum(g.get("u", 0) for g in turned)}, 2, 1)}, cap=4).rows[0].people_in_all)
            for turned in ([{"u": 1}] * 7 + [{}] * 2, [{"u": 2}] * 4 + [{}] * 5, [{"u": 1}] * 3 + [{"u": 2}] * 1 + [{}] * 5)}
    assert seen == {"3 to 9"}


@pytest.fixture
def paper(vote):  # noqa: F811
    """Ten of twelve people voted by phone, among five themes with four dots each, at most two on one."""
    for n, person in enumerate(vote.people[:10]):
        person.does("cast_ballot", stage="vote", dots={"theme:0": 2, f"theme:{1 + n % 2}": 1}, number=1)
    return vote


def enters(river, side: str, dots: dict[str, int], people: int, number: int) -> bool:
    return river.maya.does("enter_sheet", stage="vote", side=side, dots=dots, people=people, number=number)


def test_a_sheet_counts_until_it_is_changed_or_taken_away(paper):
    enters(paper, "Civil society", {"theme:3": 6, "theme:0": 0}, 6, 1)
    enters(paper, "Civil society", {"theme:3": 9}, 6, 2)
    assert not enters(paper, "Civil society", {"theme:3": 6}, 6, 1), "a late copy undoes nothing"
    enters(paper, "", {"theme:4": 5}, 5, 1)
    assert paper.w.votes["vote"].voters == 21
    enters(paper, "", {}, 0, 2)
    assert paper.w.votes["vote"].voters == 16
    paper.maya.does("close_vote", stage="vote")
    result = paper.w.votes["vote"].result
    assert [(r.option, r.dots) for r in result.rows] == [("theme:0", 20), ("theme:3", 9), ("theme:1", 5), ("theme:2", 5), ("theme:4", 0)]
    assert dict(result.paper) == {"Civil society": 6} and dict(result.sides) == {"Civil service": 5, "Civil society": 11}
    assert result.rows[1].sides["Civil society"] == (9, 0) and str(result.rows[1].people_of("Civil society")) == "5 to 6"
    paper.maya.is_refused("enter_sheet", "vote has closed", stage="vote", side="", dots={}, people=3, number=3)
    assert not enters(paper, "", {}, 0, 2), "a late copy of what counts is answered as before"


def test_a_sheet_that_cannot_be_is_told_with_its_figures(paper):
    says = {"stage": "vote", "side": "", "number": 1}
    paper.maya.is_refused("enter_sheet", "3 people with 4 dots each have 12; this sheet has 13", dots={"theme:0": 6, "theme:1": 6, "theme:2": 1}, people=3, **says)
    paper.maya.is_refused("enter_sheet", "“Desks” has 7 dots; 3 people can give it 6 at most", dots={"theme:0": 7}, people=3, **says)
    paper.maya.is_refused("enter_sheet", "0 people with 4 dots each have 0; this sheet has 2", dots={"theme:0": 2}, people=0, **says)
    paper.maya.is_refused("enter_sheet", "0 to 2000", dots={}, people=2001, **says)
    paper.maya.is_refused("enter_sheet", "not in the vote", dots={"theme:9": 1}, people=3, **says)
    paper.maya.is_refused("enter_sheet", "not in the vote", dots={"theme:0": -1}, people=3, **says)
    paper.maya.is_refused("enter_sheet", "out of date", dots={"theme:0": 1}, people=3, **{**says, "side": "Moon"})
    paper.maya.is_refused("enter_sheet", "not opened", dots={}, people=3, **{**says, "stage": "moon"})
    paper.people[0].is_refused("enter_sheet", "Only a facilitator", dots={}, people=3, **says)
    enters(paper, "", {"theme:0": 1}, 3, 1)
    paper.maya.is_refused("enter_sheet", "changed on another page", dots={"theme:0": 2}, people=3, **says)


def test_a_sheet_with_more_dots_than_there_are_now_holds_the_close_until_it_is_mended(paper):
    enters(paper, "", {"theme:3": 6, "theme:4": 6}, 3, 1)
    paper.maya.does("set_budget", stage="vote", dots=3, cap=2)
    assert paper.w.votes["vote"].overfull == ("",)
    paper.maya.is_refused("close_vote", "more dots than its people have now", stage="vote")
    enters(paper, "", {"theme:3": 6, "theme:4": 3}, 3, 2)
    paper.maya.does("close_vote", stage="vote")
    assert sum(row.dots for row in paper.w.votes["vote"].result.rows) == 39


@pytest.mark.parametrize("asker", ["facilitator", "participant"])
def test_every_file_marks_what_was_on_paper_and_by_proxy(paper, asker):
    paper.maya.does("add_person", person="tom", name="Secret Tom", constituency="Civil society")
    paper.maya.does("cast_ballot", stage="vote", dots={"theme:4": 2}, number=1, person="tom")
    enters(paper, "Civil society", {"theme:3": 9}, 6, 1)
    paper.maya.does("close_vote", stage="vote")
    paper.maya.does("show_result", stage="vote")
    whole = json.loads(files.make(paper.w, "workshop", "json", asker=asker)[0])["votes"][0]
    assert (whole["voters"], whole["paper"], whole["proxies"]) == (17, 6, 1)
    assert {row["option"]: row["paper"] for row in whole["rows"]} == {"theme:0": 0, "theme:1": 0, "theme:2": 0, "theme:3": 9, "theme:4": 0}
    table = list(csv.DictReader(io.StringIO(files.make(paper.w, "votes", "csv", asker=asker)[0].decode("utf-8-sig"), newline="")))
    assert next(row for row in table if row["option"] == "Letters")["on paper"] == "9"
    for kind in ("md", "html"):
        report = files.make(paper.w, "report", kind, asker=asker, mark="same")[0].decode()
        assert "17 people voted. 6 of them voted on paper. 1 ballot was entered for somebody without a phone." in report
        assert "9 of these dots are on paper." in report and "Secret Tom" not in report


def test_where_few_voted_on_paper_no_file_says_how_their_dots_lay(paper):
    enters(paper, "", {"theme:3": 5, "theme:0": 1}, 3, 1)
    paper.maya.does("close_vote", stage="vote")
    result = paper.w.votes["vote"].result
    assert {result.on_paper(row) for row in result.rows} == {None}
    assert not any("on paper" in backing.in_words(result, row, paper.w.plan.constituencies) for row in result.rows)
    whole = json.loads(files.make(paper.w, "workshop", "json", asker="facilitator")[0])["votes"][0]
    assert whole["paper"] == 3 and {row["paper"] for row in whole["rows"]} == {None}


def test_dots_on_paper_are_sealed_until_the_close(paper):
    enters(paper, "", {"theme:3": 5}, 5, 1)
    for name, kinds in files.FILES.items():
        for kind, asker in product(set(kinds) - {"pdf"}, ("facilitator", "organiser", "participant")):
            text = words(files.make(paper.w, name, kind, asker=asker, mark="same")[0], kind)
            assert '"sheets"' not in text and "on paper." not in text
