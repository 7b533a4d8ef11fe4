"""Plans: read whole, or refused with file, key and what is allowed."""
import copy

import pytest

from tests.story import PLAN
from workshop import plans
from workshop.places import shipped

WRONG = {
    "an unknown key": ({"titel": "x"}, "river.toml: titel is not known. Did you mean title?"),
    "no stages": ({"stages": []}, "at least one"),
    "stages as a word": ({"stages": "welcome"}, r"written \[\[stages\]\]"),
    "a number for a title": ({"title": 5}, "title: Expected `str`, got `int`"),
    "an empty question": ({"question": " "}, "question is 1 to 300 characters"),
    "seven sides": ({"constituencies": list("abcdefg")}, "allowed are up to 6"),
    "the same side twice": ({"constituencies": ["Civil", "civil"]}, "a name of its own"),
    "a strange tie rule": ({"tie": "coin"}, "tie is 'coin'; allowed are run-off, keep"),
    "a side with a long name": ({"constituencies": ["Civil service", "x" * 41]}, r"constituencies\[2\] is at most 40 characters; this one is 41"),
    "a long promise": ({"words_used": "x" * 601}, "words_used is at most 600 characters; this one is 601"),
    "too many dots": ({"dots": 99}, "dots is 99; allowed is 0 to 20"),
}
WRONG_STAGE = {
    "an unknown kind": ({"kind": "party"}, r"stages\[2\].kind is 'party'; allowed are welcome"),
    "an unknown key": ({"minuts": 5}, r"stages\[2\].minuts is not known. Did you mean minutes"),
    "minutes beside steps": ({"minutes": 5}, "takes its minutes from them"),
    "steps as a number": ({"steps": 5}, r"written \[\[steps\]\]"),
    "a step without minutes": ({"steps": [{"title": "x"}]}, "missing required field `minutes`"),
    "a step of no time": ({"steps": [{"title": "x", "minutes": 0}]}, r"steps\[1\].minutes is 0; allowed is more than 0"),
    "an id with a space": ({"id": "my ideas"}, "small letters, digits and hyphens"),
    "an id twice": ({"id": "welcome"}, "is there twice"),
    "a long caption": ({"caption": "x" * 37}, "caption is at most 36 characters; this one is 37"),
    "a step with a long name": ({"steps": [{"title": "x" * 61, "minutes": 5}]}, r"stages\[2\].steps\[1\].title is at most 60 characters; this one is 61"),
    "a script as long as a speech": ({"steps": [{"title": "x", "minutes": 5, "script": {"say": "x" * 1501}}]}, r"steps\[1\].script.say is at most 1500 characters"),
    "a source that is no word": ({"from": 5}, "from has to be the id of a stage"),
    "a source that comes later": ({"from": "vote"}, "allowed are stages before it: welcome"),
}


def changed(**changes):
    return {**copy.deepcopy(PLAN), **changes}


@pytest.mark.parametrize("mistake", WRONG)
def test_a_plan_with_a_mistake_says_where_and_what_is_allowed(mistake):
    changes, sentence = WRONG[mistake]
    with pytest.raises(plans.PlanWrong, match=sentence):
        plans.make(changed(**changes), "river.toml")


@pytest.mark.parametrize("mistake", WRONG_STAGE)
def test_a_stage_with_a_mistake_says_which(mistake):
    changes, sentence = WRONG_STAGE[mistake]
    table = changed()
    table["stages"][1] |= changes
    with pytest.raises(plans.PlanWrong, match=sentence):
        plans.make(table, "river.toml")


def test_a_stage_without_a_source_is_refused():
    with pytest.raises(plans.PlanWrong, match="a vote needs a themes before it"):
        plans.make(changed(stages=[{"id": "vote", "kind": "vote", "minutes": 5}]))


def test_a_file_that_is_no_toml_or_is_not_there_is_refused(tmp_path):
    (tmp_path / "odd.toml").write_text("title = ")
    with pytest.raises(plans.PlanWrong, match="odd.toml: this is not a TOML file"):
        plans.read(tmp_path / "odd.toml")
    with pytest.raises(plans.PlanWrong, match="There is no plan .moon..*cop-inception, odd, quick"):
        plans.find("moon", tmp_path)


def test_an_organisers_own_plan_comes_before_ours(tmp_path):
    (tmp_path / "quick.toml").write_text("")
    assert plans.find("quick", tmp_path) == tmp_path / "quick.toml"
    assert plans.find("cop-inception", tmp_path).is_file()


def test_the_plans_that_come_along_are_whole():
    inception, quick = (plans.read(shipped(f"sessions/{name}.toml")) for name in ("cop-inception", "quick"))
    assert (inception.minutes, quick.minutes) == (160, 30)
    assert [s.kind for s in quick.stages if s.kind in ("brainstorm", "themes", "vote")] == ["brainstorm", "themes", "vote"]
    assert all(step.script.say or stage.script.say for stage in inception.stages for step in stage.steps)


def test_an_organiser_changes_a_plan_in_a_form():
    plan = plans.changed(plans.make(changed()), {"title": "  River   district two ", "constituencies": "Staff\nClients\n", "dots": "5",
                                                 "minutes.ideas.1": "12,5", "question": ""})
    assert (plan.title, plan.constituencies, plan.dots, plan.question) == ("River district two", ("Staff", "Clients"), 5, PLAN["question"])
    assert plan.stage("ideas").steps[1].minutes == 12.5


@pytest.mark.parametrize(("field", "value", "sentence"), [("dots", "five", "whole number"), ("minutes.ideas.9", "5", "number of minutes"),
                                                          ("minutes.ideas.1", "long", "number of minutes"), ("top", "99", "allowed is 1 to 10")])
def test_a_form_with_a_mistake_says_what_is_allowed(field, value, sentence):
    with pytest.raises(plans.PlanWrong, match=sentence):
        plans.changed(plans.make(changed()), {field: value})
