"""Themes merged and split after people voted on them: the dots add up, go where somebody said, and come back."""
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.story import Story
from tests.test_documents import said
from tests.test_vote import NAMES
from workshop.regions.weighing import points
from workshop.rules import Refused
from workshop.rules.stages import standing


def voting(river, people=12, each=3):
    """An open vote on five themes with a few ideas each, of which a1, a2 ... are in the first, b1 ... in the second."""
    river.people = river.fills(people)
    river.opens("ideas", 1)
    for letter, name in zip("abcde", NAMES, strict=True):
        for n in range(1, each + 1):
            river.people[n].writes(f"About {name.lower()}, {n}", idea=f"{letter}{n}")
    river.opens("themes")
    river.suggests(*((name, [f"{letter}{n}" for n in range(1, each + 1)]) for letter, name in zip("abcde", NAMES, strict=True)))
    river.maya.does("accept_suggestion", stage="themes")
    river.opens("vote")
    return river


@pytest.fixture
def vote(river):
    return voting(river)


def casts(river, *ballots, number=1, stage="vote"):
    for person, ballot in zip(river.people, ballots, strict=False):
        person.does("cast_ballot", stage=stage, dots={f"theme:{n}": dots for n, dots in ballot.items()}, number=number)


def dots_of(river, person=0, stage="vote"):
    return dict(river.w.votes[stage].ballots[river.people[person].id].dots)


def rows(river, stage="vote"):
    return {row.option: (row.dots, row.people) for row in river.w.votes[stage].result.rows}


def merges(river, theme, into):
    return river.maya.does("merge_themes", stage="themes", theme=theme, into=into)


def last_step(river):
    return river.w.boards["themes"].history[-1].seq


def undoes(river):
    return river.maya.does("undo", stage="themes", step=last_step(river))


def test_merged_after_the_close_dots_add_up_and_nobody_counts_twice(vote):
    casts(vote, {0: 2, 1: 2}, {0: 1, 2: 2}, {1: 1, 3: 1})
    vote.maya.does("close_vote", stage="vote")
    before = vote.w.votes["vote"]
    merges(vote, 1, 0)
    assert rows(vote) == {"theme:0": (6, 3), "theme:2": (2, 1), "theme:3": (1, 1), "theme:4": (0, 0)}
    assert vote.w.votes["vote"].result.priorities == ("theme:0", "theme:2", "theme:3")
    assert dots_of(vote) == {"theme:0": 4}, "more than the most on one, and still theirs"
    undoes(vote)
    assert vote.w.votes["vote"] == before
    undoes(vote)
    assert rows(vote)["theme:0"] == (6, 3), "and done again"


def test_a_merge_after_the_close_tells_no_more_of_a_side_than_was_told(vote):
    """Of one side one person dotted B, which is told as "1 to 2", and five dotted A: "6 people" of both would say that it was one who did not."""
    casts(vote, *({1: 1} if n == 0 else {0: 1} for n in range(12)))
    vote.maya.does("close_vote", stage="vote")
    side = vote.w.people[vote.people[0].id].constituency
    told = {row.option: (row.people_of(side), row.people_in_all) for row in vote.w.votes["vote"].result.rows}
    assert [str(told[option][0]) for option in ("theme:0", "theme:1")] == ["5", "1 to 2"]
    merges(vote, 1, 0)
    row = next(row for row in vote.w.votes["vote"].result.rows if row.option == "theme:0")
    assert (row.dots, row.people, str(row.people_of(side)), str(row.people_in_all)) == (12, 12, "5 to 6", "11 to 12")
    undoes(vote)
    assert {row.option: (row.people_of(side), row.people_in_all) for row in vote.w.votes["vote"].result.rows} == told


def told(river, option, side=""):
    """How many people the result says placed dots on *option*: of *side*, or in all."""
    row = next(row for row in river.w.votes["vote"].result.rows if row.option == option)
    return str(row.people_of(side) if side else row.people_in_all)


def test_a_merge_while_people_vote_undone_after_the_close_tells_no_more_than_dots_and_the_whole(vote):
    """Of one side four dotted A, one B, and one both.  "6 people" was told of both together: with "5" and "1 to 2" it would say that
    one of them placed dots on both."""
    casts(vote, *({0: 1, 1: 1} if n == 2 else {1: 1} if n == 0 else {0: 2} for n in range(12)))
    merges(vote, 1, 0)
    vote.maya.does("close_vote", stage="vote")
    side = vote.w.people[vote.people[0].id].constituency
    assert (told(vote, "theme:0", side), told(vote, "theme:0")) == ("6", "12")
    undoes(vote)
    assert rows(vote)["theme:0"] == (21, 11) and rows(vote)["theme:1"] == (2, 2)
    assert [(told(vote, o, side), told(vote, o)) for o in ("theme:0", "theme:1")] == [("3 to 6", "6 to 12"), ("1 to 2", "1 to 2")]
    undoes(vote)
    assert (told(vote, "theme:0", side), told(vote, "theme:0")) == ("6", "12"), "and done again, as it was told"


def test_a_merge_undone_while_people_vote_and_done_again_after_the_close_is_told_as_a_range(vote):
    casts(vote, *({1: 1} if n == 0 else {0: 1} for n in range(12)))
    merges(vote, 1, 0)
    undoes(vote)
    vote.maya.does("close_vote", stage="vote")
    undoes(vote)
    assert told(vote, "theme:0") == "11 to 12"


def test_parts_of_one_whole_and_of_another_are_told_by_their_dots(vote):
    casts(vote, *[{0: 2, 2: 1}] * 4, *[{1: 1, 2: 1}] * 4, *[{3: 1}] * 4)
    merges(vote, 1, 0)
    whole = last_step(vote)
    vote.maya.does("close_vote", stage="vote")
    vote.maya.does("undo", stage="themes", step=whole)
    merges(vote, 1, 2)
    assert rows(vote)["theme:2"] == (12, 8) and told(vote, "theme:2") == "8 to 12", "eight dotted C, whatever dots of the whole came to it"
    assert told(vote, "theme:0") == "2 to 8", "8 dots of 4 each at most, and no more people than the whole had"


def test_one_persons_dots_on_two_themes_that_became_one_are_not_told_apart(vote):
    """That one of them placed 4 of the 4 dots would tell that both were the same person."""
    casts(vote, {0: 2, 1: 2}, *[{2: 2}] * 2, {3: 1}, {4: 1})
    vote.maya.does("close_vote", stage="vote")
    merges(vote, 1, 0)
    row = next(row for row in vote.w.votes["vote"].result.rows if row.option == "theme:0")
    assert (row.dots, str(row.people_in_all), row.one) == (4, "1 to 2", False)


def test_merged_while_people_vote_phones_keep_their_dots(vote):
    casts(vote, {0: 2, 1: 2}, {1: 2})
    merges(vote, 1, 0)
    ballot = vote.w.votes["vote"]
    assert "theme:1" not in ballot.options and all(sorted(paper) == sorted(ballot.options) for paper in ballot.papers)
    assert dots_of(vote) == {"theme:0": 4} and dots_of(vote, 1) == {"theme:0": 2}
    ana = vote.people[0]
    ana.is_refused("cast_ballot", "At most 2", stage="vote", dots={"theme:0": 1, "theme:2": 3}, number=2)
    assert ana.id in ballot.counted, "more than the most on one, by a merge and not by her"
    ana.does("cast_ballot", stage="vote", dots={"theme:0": 2, "theme:2": 2}, number=2)
    vote.maya.does("close_vote", stage="vote")
    assert rows(vote)["theme:0"] == (4, 2)


def test_a_ballot_from_a_page_that_has_not_heard_of_the_merge_counts(vote):
    merges(vote, 1, 0)
    casts(vote, {0: 1, 1: 2})
    assert dots_of(vote) == {"theme:0": 3}
    undoes(vote)
    assert dots_of(vote) == {"theme:0": 1, "theme:1": 2}


def test_splitting_asks_where_the_dots_go(vote):
    casts(vote, {0: 2, 1: 1}, {0: 1})
    split = {"stage": "themes", "name": "Chairs", "ideas": ["a1"]}
    vote.maya.is_refused("make_theme", "Say where its dots go", key="k", **split)
    vote.maya.is_refused("make_theme", "ideas of one theme", key="k", dots="stay", **{**split, "ideas": ["a1", "b1"]})
    vote.maya.is_refused("make_theme", "ideas of one theme", key="k", dots="stay", **{**split, "ideas": []})
    vote.maya.is_refused("make_theme", "Rename it instead", key="k", dots="stay", **{**split, "ideas": ["a1", "a2", "a3"]})
    vote.maya.does("make_theme", key="k", dots="stay", **split)
    assert dots_of(vote) == {"theme:0": 2, "theme:1": 1} and vote.w.votes["vote"].options[:2] == ("theme:0", "theme:5")
    casts(vote, {0: 1, 5: 1}, number=2)
    undoes(vote)
    assert dots_of(vote) == {"theme:0": 2} and "theme:5" not in vote.w.votes["vote"].options
    undoes(vote)
    assert dots_of(vote) == {"theme:0": 1, "theme:5": 1}, "done again, each dot is where it was put"


def test_all_dots_can_go_to_the_new_theme_and_later_ones_stay_where_they_are_put(vote):
    casts(vote, {0: 2}, {0: 1})
    vote.maya.does("make_theme", stage="themes", key="k", name="Chairs", ideas=["a1"], dots="go")
    assert dots_of(vote) == {"theme:5": 2}
    casts(vote, {0: 2}, number=2)
    assert dots_of(vote) == {"theme:0": 2} and dots_of(vote, 1) == {"theme:5": 1}
    vote.maya.does("close_vote", stage="vote")
    assert rows(vote)["theme:0"] == (2, 1) and rows(vote)["theme:5"] == (1, 1)


def test_a_theme_with_dots_is_not_taken_away(vote):
    vote.maya.is_refused("close_theme", "Merge it into another", stage="themes", theme=0)
    vote.maya.is_refused("move_ideas", "named, merged and split", stage="themes", ideas=["a1"], theme=1)
    vote.maya.does("rename_theme", stage="themes", theme=0, name="Tables")
    vote.maya.does("word_theme", stage="themes", theme=0, wording="A table for everybody.")
    assert vote.w.option_text("vote", "theme:0") == "Tables"


def test_what_was_done_before_the_vote_is_not_undone_after_it(river):
    voting(river)
    river.opens("themes")
    river.maya.is_refused("undo", "named, merged and split", stage="themes", step=river.w.boards["themes"].history[0].seq)


def test_a_merge_between_two_votes_is_not_undone_after_the_second(vote):
    casts(vote, {0: 2, 1: 2})
    vote.maya.does("close_vote", stage="vote")
    merges(vote, 1, 0)
    vote.maya.does("open_second_round", stage="vote", id="second")
    vote.opens("second")
    assert "theme:1" not in vote.w.votes["second"].options
    vote.maya.is_refused("undo", "A vote has opened since", stage="themes", step=last_step(vote))


def test_both_rounds_follow_a_merge(vote):
    casts(vote, {0: 2, 1: 2}, {1: 2})
    vote.maya.does("close_vote", stage="vote")
    vote.maya.does("open_second_round", stage="vote", id="second")
    vote.opens("second")
    casts(vote, {1: 1, 2: 2}, stage="second")
    merges(vote, 1, 0)
    vote.maya.does("close_vote", stage="second")
    assert rows(vote)["theme:0"] == (6, 2) and rows(vote, "second")["theme:0"] == (1, 1)


def test_a_merge_may_settle_a_tie_and_its_run_off_follows(vote):
    casts(vote, *[{0: 2, 1: 1}] * 2, *[{0: 2, 2: 1}] * 2, *[{0: 2, 3: 1}] * 2)
    vote.maya.does("close_vote", stage="vote")
    vote.maya.does("open_run_off", stage="vote", id="again")
    vote.opens("again")
    casts(vote, {1: 1, 2: 1}, {1: 1}, stage="again")
    vote.maya.is_refused("merge_themes", "run-off with this theme is open", stage="themes", theme=1, into=0)
    vote.maya.does("close_vote", stage="again")
    settled = vote.w.result("discuss").priorities
    assert settled == ("theme:0", "theme:1", "theme:2")
    merges(vote, 1, 0)
    assert vote.w.result("discuss").priorities == ("theme:0", "theme:2", "theme:3") and not vote.w.result("discuss").tied
    undoes(vote)
    assert vote.w.result("discuss").priorities == settled


def test_a_run_off_with_nothing_left_to_decide_says_so(vote):
    casts(vote, *[{0: 2, 1: 1}] * 2, *[{0: 2, 2: 1}] * 2, *[{0: 2, 3: 1}] * 2)
    vote.maya.does("close_vote", stage="vote")
    vote.maya.does("open_run_off", stage="vote", id="again")
    merges(vote, 1, 0)
    with pytest.raises(Refused, match="Take it back"):
        vote.opens("again")
    vote.maya.does("take_back_round", stage="again")


def test_what_was_said_and_promised_goes_along_and_comes_back(vote):
    casts(vote, {0: 2, 1: 2}, {2: 1})
    vote.maya.does("close_vote", stage="vote")
    vote.opens("discuss")
    ana, ben, *_ = vote.people
    ana.does("add_point", point="p1", stage="discuss", priority="theme:1", kind="power", text="We own the buses")
    ben.does("set_action", action="x1", stage="discuss", priority="theme:1", what="Ask the depot")
    ana.does("offer_help", priority="theme:1")
    ana.does("offer_help", priority="theme:0")
    ben.does("offer_help", priority="theme:1")
    ben.does("choose_table", stage="discuss", priority="theme:1")
    vote.maya.does("put_on_stage", stage="discuss", priority="theme:1")
    before = vote.w
    merges(vote, 1, 0)
    w = vote.w
    assert w.points["p1"].priority == w.actions["x1"].priority == w.on_stage["discuss"] == w.tables["discuss"][ben.id] == "theme:0"
    assert w.helpers["theme:0"] == (ana.id, ben.id)
    undoes(vote)
    assert (vote.w.points, vote.w.actions, vote.w.helpers, vote.w.tables, vote.w.on_stage) == (
        before.points, before.actions, before.helpers, before.tables, before.on_stage)


def test_what_was_rated_and_agreed_before_a_merge_is_told_as_said_before_it(vote):
    casts(vote, *[{0: 2, 1: 2}] * 6)
    vote.maya.does("close_vote", stage="vote")
    vote.opens("discuss")
    for priority, effort in (("theme:0", 2), ("theme:1", 5)):
        for person in vote.people[:5]:
            person.does("rate_priority", stage="discuss", priority=priority, effort=effort, impact=5, number=1)
        vote.maya.does("show_ratings", stage="discuss", priority=priority)
    vote.maya.does("ask_agreement", stage="discuss", priority="theme:1", method="consent", round=1)
    for person in vote.people[:5]:
        person.does("answer_agreement", stage="discuss", priority="theme:1", round=1, answer="agree", number=1)
    vote.maya.does("close_agreement", stage="discuss", priority="theme:1", round=1)
    untouched = said(vote.w, "report", "md")
    merges(vote, 1, 0)
    for name in ("report", "charter"):
        text = said(vote.w, name, "md").replace("\\", "")
        assert "Effort 2 (half said 2), impact 5 (half said 5), rated by 5: start now. This was said before “Buses” went into it." in text, name
        assert "“Buses”, before it went into this: Effort 5" in text
        assert "“Buses”, before it went into this: Asked for consent. 5 of 5 agree" in text
    assert {point.before for point in points(vote.w, "discuss")} == {"This was said before “Buses” went into it."}
    assert "Buses" in said(vote.w, "priorities", "csv") and "Taken back" not in said(vote.w, "priorities", "csv")
    undoes(vote)
    assert said(vote.w, "report", "md").partition("What people changed")[0] == untouched.partition("What people changed")[0]
    undoes(vote)
    for person in vote.people[:5]:
        person.does("rate_priority", stage="discuss", priority="theme:0", effort=4, impact=5, number=2)
    vote.maya.does("show_ratings", stage="discuss", priority="theme:0")
    assert not points(vote.w, "discuss")[0].before, "rated anew, as it is now"


PEOPLE, NTH = st.integers(0, 5), st.integers(0, 9)


class Edits(RuleBasedStateMachine):
    """A facilitator merges, splits, undoes and does again while people vote, after the close, and in a second round."""

    @initialize()
    def begins(self):
        self.folder = tempfile.TemporaryDirectory()
        self.river = voting(Story(Path(self.folder.name)), people=6, each=2)
        self.cast, self.numbers, self.last = {}, Counter(), None

    def tries(self, command, **args):
        """Whether it was done."""
        try:
            return self.river.maya.does(command, **args)
        except Refused as no:
            assert str(no)
            return False

    def theme(self, nth):
        """The *nth* of the themes on the board, round and round."""
        themes = list(self.river.w.boards["themes"].themes)
        return themes[nth % len(themes)]

    def placed(self):
        """(vote, person) -> option -> dots, as they count now."""
        return {(vote.stage, person): dict(ballot.dots) for vote in self.river.w.votes.values() for person, ballot in vote.ballots.items()}

    @rule(person=PEOPLE, first=NTH, second=NTH, n=st.integers(0, 2), known=st.booleans())
    def votes(self, person, first, second, n, known):
        """By a page that knows the themes of now, or one that may name some that are gone."""
        stage = next((vote.stage for vote in reversed(self.river.w.votes.values()) if not vote.result), None)
        if not stage:
            return
        first, second = (self.theme(first), self.theme(second)) if known else (first, second)
        voter, dots = self.river.people[person], {f"theme:{first}": 1, f"theme:{second}": n}
        self.numbers[stage, voter.id] += 1
        try:
            voter.does("cast_ballot", stage=stage, dots=dots, number=self.numbers[stage, voter.id])
        except Refused:
            return
        self.cast[stage, voter.id] = sum(dots.values())

    @rule(theme=NTH, into=NTH, again=st.booleans())
    def merges(self, theme, into, again):
        theme, into = self.theme(theme), self.theme(into)
        before, was = self.placed(), self.river.w
        if not self.tries("merge_themes", stage="themes", theme=theme, into=into):
            return
        for key, dots in self.placed().items():
            together = before[key].get(f"theme:{theme}", 0) + before[key].get(f"theme:{into}", 0)
            assert dots.get(f"theme:{into}", 0) == together and f"theme:{theme}" not in dots
        self.turns(was, again)

    @rule(theme=NTH, dots=st.sampled_from(["stay", "go", "go", ""]), again=st.booleans())
    def splits(self, theme, dots, again):
        theme, before, was = self.theme(theme), self.placed(), self.river.w
        board = was.boards["themes"]
        ideas = list(board.ideas_in(theme))[:1]
        if not ideas or not self.tries("make_theme", stage="themes", key=f"k{was.seq}", name="Half", ideas=ideas, dots=dots):
            return
        new = f"theme:{board.unused}"
        for key, now in self.placed().items():
            moved = before[key].pop(f"theme:{theme}", 0) if dots == "go" else 0
            assert now == (before[key] | {new: moved} if moved else before[key])
        self.turns(was, again)

    def turns(self, was, again):
        """Undone at once, everything is as it *was*; done *again* or left so."""
        step, done = last_step(self.river), self.river.w.votes
        self.river.maya.does("undo", stage="themes", step=step)
        assert self.river.w.votes == was.votes and self.river.w.boards["themes"].place == was.boards["themes"].place
        if again:
            self.river.maya.does("undo", stage="themes", step=last_step(self.river))
            assert self.river.w.votes == done

    @rule(back=st.integers(0, 8))
    def undoes(self, back):
        history = self.river.w.boards["themes"].history
        self.tries("undo", stage="themes", step=history[-1 - back % len(history)].seq)

    @precondition(lambda self: self.river.w.seq > 50)
    @rule()
    def closes(self):
        for vote in tuple(self.river.w.votes.values()):
            self.tries("close_vote", stage=vote.stage)

    @rule()
    def votes_again(self):
        """The second round, once the first is closed."""
        self.tries("open_second_round", stage="vote", id="second")
        if self.river.w.plan.stage("second") and self.river.w.open_id != "second":
            self.tries("open_stage", stage="second", step=0, was=standing(self.river.w))     # refused where one option is left

    @rule()
    def loses_power(self):
        self.river.restarts()

    @invariant()
    def keeps_every_dot(self):
        if not hasattr(self, "river"):
            return
        for vote in self.river.w.votes.values():
            totals = {person: sum(ballot.dots.values()) for person, ballot in vote.ballots.items()}
            assert totals == {person: n for (stage, person), n in self.cast.items() if stage == vote.stage}
            assert all(set(ballot.dots) <= set(vote.options) for ballot in vote.ballots.values())
            assert all(sorted(paper) == sorted(vote.options) for paper in vote.papers)
            if vote.result:
                counted = {row.option: (row.dots, row.people) for row in vote.result.rows}
                assert all(row.people_in_all.least <= row.people <= row.people_in_all.most for row in vote.result.rows)
                assert sum(dots for dots, _people in counted.values()) == sum(totals.values())
                assert counted == {o: (sum(b.dots.get(o, 0) for b in vote.ballots.values()), sum(o in b.dots for b in vote.ballots.values()))
                                   for o in vote.options}

    def teardown(self):
        if hasattr(self, "river"):
            self.river.restarts()
            self.river.session.close()
            self.folder.cleanup()


TestEdits = Edits.TestCase
TestEdits.settings = settings(max_examples=40, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.reuse, Phase.generate])
