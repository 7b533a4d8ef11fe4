"""Coming in, sitting down, and moving the room on."""
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.story import Story, Voice
from workshop.rules.breakout import advised, dealt, place_for
from workshop.state import Person


def test_somebody_who_joins_twice_is_there_once(river):
    ana = river.joins("Ana")
    assert not ana.does("join", name="Ana", constituency="Civil service")
    assert [p.name for p in river.w.people.values()] == ["Ana"]


def test_a_name_may_be_put_right_until_the_end(river):
    ana = river.joins("Ana")
    ana.does("join", name="Anna", constituency="Civil service")
    assert river.w.people["ana"].name == "Anna" and river.w.people["ana"].number == 1


def test_whoever_chooses_no_side_is_asked_to(river):
    Voice(river, "bo", "participant").is_refused("join", "where you are here from", name="Bo", constituency="Moon")


def test_a_name_has_its_length(river):
    Voice(river, "bo", "participant").is_refused("join", "at most 40", name="B" * 41, constituency="Civil society")


def test_a_plan_may_ask_for_names_or_do_without(tmp_path):
    for n, (names, kept) in enumerate({"asked": "Bo", "none": ""}.items()):
        (tmp_path / str(n)).mkdir()
        story = Story(tmp_path / str(n), names=names)
        bo = Voice(story, "bo", "participant")
        if names == "asked":
            bo.is_refused("join", "Type your name", name="  ", constituency="Civil society")
        bo.does("join", name="Bo", constituency="Civil society")
        assert story.w.people["bo"].name == kept
        story.restarts()
        story.session.close()


def test_sides_cannot_change_once_tables_are_made(river):
    people = river.fills(4)
    river.opens("ideas")
    people[0].is_refused("join", "Tables are made", name="P0", constituency="Civil society")


def test_a_late_joiner_gets_the_smallest_table_where_their_side_is_rarest(river):
    river.fills(9)
    river.opens("ideas")
    late = river.joins("Late", "Civil society")
    sizes = [len(g.people) for g in river.w.groups_of("ideas")]
    assert sorted(sizes) == [5, 5] and river.w.group_of(late.id, "plenary")


def test_somebody_without_a_phone_sits_writes_and_is_spoken_for(river):
    river.fills(3)
    river.maya.does("add_person", person="old-tom", name="Tom", constituency="Civil society")
    river.opens("ideas", 1)
    river.maya.writes("A bench at every stop", idea="b1", person="old-tom")
    assert river.w.ideas["b1"].author == "old-tom"
    river.maya.is_refused("add_person", "Give a name", person="x1", name=" ", constituency="Civil society")
    river.maya.is_refused("submit_idea", "has a phone", idea="b2", text="For somebody else", stage="ideas", person="p1")


def test_a_participant_cannot_act_for_another_or_lead(river):
    ana, bo = river.joins("Ana"), river.joins("Bo", "Civil society")
    river.opens("ideas", 1)
    bo.is_refused("submit_idea", "Only a facilitator", idea="x", text="Not mine", stage="ideas", person="ana")
    ana.is_refused("open_stage", "Only a facilitator", stage="plenary", step=0, was="ideas.1")


def test_nobody_writes_who_has_not_joined(river):
    river.opens("ideas", 1)
    Voice(river, "ghost", "participant").is_refused("submit_idea", "Join the workshop first", idea="g", text="Boo", stage="ideas")


def test_somebody_is_moved_to_another_table(river):
    river.fills(4)
    river.opens("ideas")
    first, second = river.w.groups_of("ideas")
    person = first.people[0]
    river.maya.does("move_person", stage="plenary", person=person, group=second.id)
    assert river.w.group_of(person, "ideas").id == second.id
    river.maya.is_refused("move_person", "not there any more", stage="ideas", person=person, group="g9")


def test_two_presses_on_next_are_one_step(river):
    river.maya.does("open_stage", stage="welcome", step=0, was="")
    river.maya.does("open_stage", stage="ideas", step=0, was="welcome.0")
    river.maya.is_refused("open_stage", "moved on already", stage="ideas", step=1, was="welcome.0")
    river.maya.is_refused("open_stage", "no such stage", stage="moon", step=0, was="ideas.0")
    river.maya.is_refused("open_stage", "no such stage", stage="ideas", step=3, was="ideas.0")


def test_the_clock_is_set_paused_and_goes_on(river):
    river.opens("welcome")
    ends = river.w.clock.ends
    river.maya.does("set_clock", stage="welcome", ends=ends + 60_000)
    assert river.w.clock.ends == ends + 60_000 and river.w.clock.total > 600_000
    river.maya.does("pause_clock", stage="welcome")
    left = river.w.clock.left
    assert left > 600_000
    river.maya.does("run_clock", stage="welcome")
    assert river.w.clock.left is None and river.w.clock.ends == river.w.at + left
    river.maya.does("set_clock", stage="welcome", left=30_000)
    assert river.w.clock.left == 30_000
    river.maya.is_refused("set_clock", "moved on", stage="ideas", ends=ends)
    river.maya.is_refused("set_clock", "24 hours", stage="welcome", ends=5)


def test_a_sentence_from_the_front_stays_until_the_room_moves(river):
    river.opens("welcome")
    river.maya.does("tell_all", text="Coffee in five minutes.")
    river.maya.does("set_eyes_up", on=True)
    assert (river.w.told, river.w.eyes_up) == ("Coffee in five minutes.", True)
    river.opens("ideas")
    assert (river.w.told, river.w.eyes_up) == ("", False)
    river.maya.is_refused("tell_all", "140 characters", text="x" * 141)


def test_notes_are_kept_and_the_end_is_the_end(river):
    river.maya.does("write_note", text="Table 3 asked what\nunderserved means.")
    assert river.w.note == "Table 3 asked what\nunderserved means."
    river.maya.is_refused("write_note", "Notes hold", text="x" * 4001)
    river.maya.is_refused("write_note", "wrote here first", text="Table 4", was="Table 3")
    river.maya.does("end_workshop")
    assert river.w.ended


def test_who_comes_after_the_end_did_not_take_part(river):
    ana = river.joins("Ana")
    river.maya.does("end_workshop")
    ana.does("join", name="Ana Maria", constituency="Civil service")
    Voice(river, "late", "participant").is_refused("join", "has ended", name="Late Lena", constituency="Civil society")
    assert [person.name for person in river.w.people.values()] == ["Ana Maria"]


@pytest.mark.parametrize(("civil", "society", "groups"), [(24, 24, 8), (20, 20, 5), (3, 2, 1), (12, 13, 4), (1000, 1000, 250), (0, 0, 1)])
def test_the_console_advises_even_tables_where_there_are_any(civil, society, groups):
    number = advised({"a": civil, "b": society})
    assert number >= 1
    if civil == society and civil >= 4:
        assert civil % number == 0 and 4 <= (civil + society) / number <= 8


@given(sides=st.lists(st.integers(0, 5), min_size=0, max_size=200), count=st.integers(1, 30), seed=st.integers(0, 2**32))
def test_tables_differ_by_at_most_one_and_so_does_each_side(sides, count, seed):
    people = [Person(f"p{n}", n, "", str(side)) for n, side in enumerate(sides)]
    groups = dealt(people, count, seed)
    where = {p.id: p.constituency for p in people}
    assert sorted(p for g in groups for p in g.people) == sorted(where)
    sizes = [len(g.people) for g in groups]
    assert max(sizes) - min(sizes) <= 1
    for side in set(where.values()):
        shares = [Counter(where[p] for p in g.people)[side] for g in groups]
        assert max(shares) - min(shares) <= 1
    assert place_for(groups, "0", {p.id: p for p in people}) in {g.id for g in groups}
