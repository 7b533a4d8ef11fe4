"""Before the first dot: advice, criteria, and options that would split the vote."""
import numpy as np
import pytest

from workshop.questions import split_question
from workshop.regions.console.before import before_vote
from workshop.regions.console.to_decide import to_decide
from workshop.regions.phone.vote import paper
from workshop.regions.screen.vote import screen_vote
from workshop.room import Room
from workshop.rules.before import ballot_ahead, vote_ahead
from workshop.themes.likeness import splitting
from workshop.themes.worker import split

NAMES = ("Desks", "Buses", "Forms")


@pytest.fixture
def sorted_out(river):
    """Twelve people, and a board of three themes; the vote comes next."""
    river.people = river.fills(12)
    river.opens("ideas", 1)
    for n, name in enumerate(NAMES):
        river.people[n].writes(f"About {name.lower()}", idea=f"i{n}")
    river.people[4].writes("More about forms", idea="i4")
    river.opens("themes")
    river.suggests(*((name, [f"i{n}"] + ["i4"] * (n == 2)) for n, name in enumerate(NAMES)))
    river.maya.does("accept_suggestion", stage="themes")
    return river


def test_the_console_advises_before_the_vote_opens_and_one_place_changes_it(sorted_out):
    seen = before_vote(sorted_out.w, Room(), "")
    assert (seen["stage"], seen["opened"], seen["options"], seen["dots"], seen["cap"], seen["advised"]) == ("vote", False, 3, 4, 2, (3, 2))
    sorted_out.maya.does("set_budget", stage="vote", dots=3, cap=2, was=seen["set"])
    sorted_out.opens("vote")
    seen = before_vote(sorted_out.w, Room(), "")
    assert (seen["opened"], seen["dots"], seen["cap"], seen["set"]) == (True, 3, 2, 1)


def test_nothing_is_advised_before_there_is_something_to_choose_between(river):
    river.fills(2)
    assert not before_vote(river.w, Room(), "")["shown"]
    river.opens("ideas", 0)
    assert not before_vote(river.w, Room(), "")["shown"]
    river.opens("themes")
    assert not before_vote(river.w, Room(), "")["shown"]


def test_everyone_reads_the_criteria_and_they_stand_once_a_ballot_is_in(sorted_out):
    maya = sorted_out.maya
    sorted_out.opens("vote")
    assert len(paper(sorted_out.w, Room(), "0")["criteria"]) == 3, "the plan names none, so the usual ones stand there"
    maya.does("set_criteria", stage="vote", criteria="Which helps  most?\n\nWhich is quick?", was=0)
    for seen in (paper(sorted_out.w, Room(), "0"), screen_vote(sorted_out.w, Room(), ""), before_vote(sorted_out.w, Room(), "")):
        assert seen["criteria"] == ("Which helps most?", "Which is quick?")
    maya.is_refused("set_criteria", "changed the criteria first", stage="vote", criteria="Which is cheap?", was=0)
    maya.is_refused("set_criteria", "up to 5 criteria", stage="vote", criteria="a\nb\nc\nd\ne\nf")
    sorted_out.people[0].does("cast_ballot", stage="vote", dots={"theme:0": 1}, number=1)
    maya.is_refused("set_criteria", "Ballots are in", stage="vote", criteria="Which is cheap?", was=1)


def test_two_options_that_are_close_are_named_until_they_are_merged_or_kept(sorted_out):
    room = Room(split={"vote": (("theme:1", "theme:2"), ("theme:0", "theme:1"))})
    first, second = before_vote(sorted_out.w, room, "")["pairs"]
    assert to_decide(sorted_out.w, room, "") == {"count": 2, "at": "before-vote"}, "counted over the board too, before the vote opens"
    assert (first.one.text, first.other.text, first.command) == ("Buses", "Forms", "merge_themes"), "the smaller goes into the larger"
    sorted_out.maya.does("keep_both", stage="vote", option=second.one.key, other=second.other.key)
    assert len(before_vote(sorted_out.w, room, "")["pairs"]) == 1
    sorted_out.maya.does(first.command, **first.fields)
    assert to_decide(sorted_out.w, room, "")["count"] == 0
    assert before_vote(sorted_out.w, room, "")["pairs"] == () and before_vote(sorted_out.w, room, "")["options"] == 2
    sorted_out.maya.is_refused("keep_both", "not on the ballot", stage="vote", option="theme:1", other="theme:2")


def test_of_many_single_ideas_one_press_goes_to_their_themes_and_one_back(sorted_out):
    maya = sorted_out.maya
    assert before_vote(sorted_out.w, Room(), "")["instead"] == "", "themes, as the plan says"
    maya.does("vote_on", stage="vote", options="ideas", was=0)
    assert sorted_out.w.plan.stage("vote").source == "ideas"
    seen = before_vote(sorted_out.w, Room(), "")
    assert (seen["single"], seen["many"], seen["instead"]) == (True, False, ""), "of few ideas people can read all"
    for n in range(20):
        sorted_out.people[0].writes(f"One more thought, number {n}", idea=f"more-{n}")
    seen = before_vote(sorted_out.w, Room(), "")
    assert seen["many"] and (seen["instead"], seen["chosen"]) == ("themes", 1)
    maya.does("vote_on", stage="vote", options="themes", was=1)
    assert before_vote(sorted_out.w, Room(), "")["options"] == 3 and before_vote(sorted_out.w, Room(), "")["instead"] == "ideas"
    assert not maya.does("vote_on", stage="vote", options="themes", was=1), "sent twice"
    maya.is_refused("vote_on", "chose what to vote on first", stage="vote", options="ideas", was=1)
    maya.does("vote_on", stage="vote", options="ideas", was=2)
    for theme in (0, 1):
        maya.does("close_theme", stage="themes", theme=theme)
    assert before_vote(sorted_out.w, Room(), "")["instead"] == ""
    maya.is_refused("vote_on", "in no themes yet", stage="vote", options="themes", was=3)
    sorted_out.opens("vote")
    assert all(option.startswith("idea:") for option in sorted_out.w.votes["vote"].options)
    maya.is_refused("vote_on", "has opened", stage="vote", options="themes", was=3)


def test_the_worker_finds_a_theme_that_was_made_twice_by_shared_words(sorted_out):
    question = split_question(sorted_out.w, ballot_ahead(sorted_out.w, vote_ahead(sorted_out.w)))
    assert question["themes"] and question["options"]["theme:2"] == ["i2", "i4"] and len(question["ideas"]) == 4
    texts = ["a bus to the market", "a bus on market days", "one form for everything", "one form for all offices", "the bus to market", "teach the teachers", "school lunch"]
    vectors = np.eye(len(texts), dtype=np.float32)
    assert [(i, j) for i, j, _score in splitting(texts, vectors, [[0, 1], [2, 3], [4], [5, 6], []])] == [(0, 2)]


def test_single_ideas_that_say_the_same_are_found_too(monkeypatch):
    monkeypatch.setenv("WORKSHOP_LITE", "1")
    ideas = [["a", "One form for all offices"], ["b", "one form for all  offices"], ["c", "Open on Saturdays"]]
    assert split(ideas, {f"idea:{id}": [id] for id, _ in ideas}, themes=False)["pairs"] == [("idea:a", "idea:b")]
