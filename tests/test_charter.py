"""From the result to the charter and the last round."""
import pytest

from workshop.charter.figures import participants
from workshop.charter.sections import drafted
from workshop.charter.seen import seen


@pytest.fixture
def decided(river):
    """Two priorities, and the discussion open."""
    river.people = river.fills(6)
    river.opens("ideas", 1)
    for n, text in enumerate(["A desk", "A bus", "A form"]):
        river.people[n].writes(text, idea=f"i{n}")
    river.opens("themes")
    river.suggests(("Desks", ["i0"]), ("Buses", ["i1"]), ("Forms", ["i2"]))
    river.maya.does("accept_suggestion", stage="themes")
    river.opens("vote")
    for person in river.people:
        person.does("cast_ballot", stage="vote", dots={"theme:0": 2, "theme:1": 1}, number=1)
    river.maya.does("close_vote", stage="vote")
    return river


def test_the_discussion_is_about_priorities_once_it_is_open(decided):
    ana = decided.people[0]
    ana.is_refused("add_point", "not opened yet", point="q1", stage="discuss", priority="theme:0", kind="power", text="We have a room")
    decided.opens("discuss")
    ana.does("add_point", point="q1", stage="discuss", priority="theme:0", kind="power", text="We have a room")
    ana.is_refused("add_point", "not a priority", point="q2", stage="discuss", priority="theme:2", kind="power", text="Forms")
    ana.is_refused("add_point", "where this belongs", point="q2", stage="discuss", priority="theme:0", kind="moon", text="Forms")
    ana.is_refused("add_point", "1 to 300", point="q2", stage="discuss", priority="theme:0", kind="power", text="")
    ana.is_refused("add_point", "with other words", point="q1", stage="discuss", priority="theme:0", kind="power", text="Other words")
    decided.people[1].is_refused("remove_point", "Only its author", point="q1")
    ana.does("remove_point", point="q1")
    assert not decided.w.points


def test_people_choose_a_table_and_offer_help(decided):
    ana = decided.people[0]
    ana.is_refused("offer_help", "not a priority", priority="theme:9")
    decided.opens("discuss")
    ana.does("choose_table", stage="discuss", priority="theme:1")
    ana.does("offer_help", priority="theme:1")
    assert decided.w.tables["discuss"] == {ana.id: "theme:1"} and decided.w.helpers["theme:1"] == (ana.id,)
    ana.does("offer_help", priority="theme:1", on=False)
    assert decided.w.helpers["theme:1"] == ()
    ana.is_refused("choose_table", "not a priority", stage="discuss", priority="theme:2")
    decided.maya.does("put_on_stage", stage="discuss", priority="theme:0")
    decided.maya.is_refused("put_on_stage", "not a priority", stage="discuss", priority="theme:2")


def test_actions_are_written_changed_and_taken_off(decided):
    ana = decided.people[0]
    decided.opens("discuss")
    ana.does("set_action", action="x1", stage="discuss", priority="theme:0", what="Find a room", owner="Ana", due="May")
    ana.does("set_action", action="x1", stage="discuss", priority="theme:0", what="Find a room", owner="Bo", due="June")
    assert (decided.w.actions["x1"].owner, decided.w.actions["x1"].measure) == ("Bo", "")
    ana.is_refused("set_action", "1 to 300", action="x2", stage="discuss", priority="theme:0", what="")
    ana.is_refused("remove_action", "Only a facilitator", action="x1")
    decided.maya.does("remove_action", action="x1")
    assert not decided.w.actions


def test_people_write_down_how_they_will_know_that_an_action_worked(decided):
    ana, known = decided.people[0], {"action": "x1", "stage": "discuss", "priority": "theme:0", "what": "Find a room"}
    decided.opens("discuss")
    ana.does("set_action", **known, measure="  Thirty people\n come ")
    assert decided.w.actions["x1"].measure == "Thirty people come"
    entries = decided.w.seq
    ana.does("set_action", **known, measure="Thirty people come")
    assert decided.w.seq == entries, "sent twice, written once"
    ana.is_refused("set_action", "0 to 300", **known, measure="x" * 301)
    assert drafted(decided.w, "success") == "- Find a room (how we will know: Thirty people come)"
    ana.does("set_action", **known, due="May", measure="Thirty people come")
    assert drafted(decided.w, "success") == "- By May: Find a room (how we will know: Thirty people come)"
    decided.restarts()
    assert decided.w.actions["x1"].measure == "Thirty people come"


def test_two_people_who_edit_a_section_lose_no_words(decided):
    decided.opens("charter")
    decided.maya.does("write_section", section="purpose", text="So that nobody is out of reach.", was=0)
    decided.maya.is_refused("write_section", "wrote here first", section="purpose", text="Other words", was=0)
    decided.maya.does("write_section", section="purpose", text="So that nobody is out of reach of a service.", was=1)
    assert decided.w.charter["purpose"].version == 2
    decided.maya.is_refused("write_section", "no such section", section="moon", text="x", was=0)
    decided.maya.is_refused("write_section", "4000", section="ways", text="x" * 4001, was=0)


def test_the_charter_is_adopted_with_its_objections(decided):
    ana, bo, *_ = decided.people
    ana.is_refused("take_stand", "not opened yet", stand="agree")
    decided.opens("charter")
    ana.does("take_stand", stand="agree")
    bo.is_refused("take_stand", "Say why", stand="object")
    bo.is_refused("take_stand", "one of the three", stand="maybe")
    bo.is_refused("take_stand", "500", stand="object", why="x" * 501)
    bo.does("take_stand", stand="object", why="Six months is too long without a check.")
    decided.maya.does("adopt_charter")
    adopted = decided.w.adopted
    assert (adopted.agree, adopted.live, adopted.objections, adopted.silent) == (1, 0, ("Six months is too long without a check.",), 4)
    ana.is_refused("take_stand", "has been adopted", stand="live")
    decided.maya.is_refused("write_section", "has been adopted", section="ways", text="More", was=0)


def test_an_empty_charter_cannot_be_adopted(river):
    river.maya.is_refused("adopt_charter", "no charter yet")


def test_a_name_is_printed_where_its_owner_says_so_and_can_be_taken_back(decided):
    zoe, tom, ana = decided.joins("Zoë"), decided.joins("Tom", "Civil society"), decided.joins("Ana", "Civil society")
    assert not participants(seen(decided.w, "organiser").w)
    for person in (zoe, ana, tom):
        person.does("print_name", on=True)
    tom.does("print_name", on=False)
    assert participants(seen(decided.w, "participant").w) == (("Ana", "Civil society"), ("Zoë", "Civil service"))
    decided.maya.is_refused("print_name", "answers for themselves", on=True, person="tom")


def test_somebody_without_a_name_has_none_to_print(river):
    nobody = river.joins("")
    nobody.is_refused("print_name", "You gave no name", on=True)


def test_somebody_without_a_phone_says_so_to_the_facilitator(river):
    river.maya.does("add_person", person="ida", name="Ida", constituency="Civil society")
    river.maya.does("print_name", on=True, person="ida")
    assert participants(seen(river.w, "facilitator").w) == (("Ida", "Civil society"),)


def test_everybody_leaves_a_word_and_a_number(decided):
    ana = decided.people[0]
    ana.is_refused("say_word", "not opened", word="Hope")
    ana.is_refused("rate_workshop", "not opened", rating=4)
    decided.opens("close")
    ana.does("say_word", word="Hope"), ana.does("rate_workshop", rating=5)
    ana.is_refused("say_word", "One word", word="")
    ana.is_refused("rate_workshop", "1 to 5", rating=6)
    decided.maya.does("set_next_date", date="First Thursday of December")
    decided.maya.is_refused("set_next_date", "80", date="x" * 81)
    assert (decided.w.words[ana.id], decided.w.ratings[ana.id], decided.w.next_date) == ("Hope", 5, "First Thursday of December")
