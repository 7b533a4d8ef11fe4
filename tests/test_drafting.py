"""The charter's words: steps that can be undone, offers that are taken or left, and what exactly is adopted."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.test_charter import decided  # noqa: F401
from workshop.charter.sections import drafted, offered, on_offer, words
from workshop.events.charter import PAUSE, STEPS, SectionWritten
from workshop.room import Room
from workshop.regions.console.charter import charter_head, charter_sections
from workshop.regions.phone.charter import charter_more, phone_charter
from workshop.regions.screen.charter import screen_charter
from dataclasses import replace
from workshop.state import Workshop


@pytest.fixture
def written(decided):  # noqa: F811
    decided.opens("charter")
    return decided


def purpose(story) -> str:
    return words(story.w, "purpose")


def test_nothing_that_the_workshop_offers_is_in_the_charter_until_somebody_takes_it(written):
    assert drafted(written.w, "scope-in") == "- Desks\n- Buses" and drafted(written.w, "purpose")
    everything = repr([look(written.w, Room(), "") for look in (phone_charter, charter_more, screen_charter)])
    assert written.w.plan.question not in everything and "We chose our first priorities" not in everything
    assert all(not words(written.w, section) and offered(written.w, section) for section in ("purpose", "scope-in", "decisions"))
    written.maya.does("write_section", section="scope-in", text=drafted(written.w, "scope-in"), was=0)
    assert words(written.w, "scope-in") == "- Desks\n- Buses" and not on_offer(written.w, "scope-in") and not offered(written.w, "scope-in")
    assert ("bullet", "Desks") in dict(charter_more(written.w, Room(), "")["entries"]).values()


def test_an_offer_grows_while_people_talk_and_only_what_is_new_is_offered(written):
    written.maya.does("write_section", section="scope-in", text="- Desks\nAnd what we find on the way", was=0)
    assert on_offer(written.w, "scope-in") == "- Buses"
    written.maya.does("write_section", section="roles", text="Two hosts", was=0)
    assert not on_offer(written.w, "roles")
    written.opens("discuss")
    written.people[0].does("set_action", action="x1", stage="discuss", priority="theme:0", what="Find a room", owner="Ana")
    assert on_offer(written.w, "roles") == "- Ana: Find a room" and words(written.w, "roles") == "Two hosts"


def test_what_is_taken_is_undone_and_done_again(written):
    does = written.maya.does
    does("write_section", section="purpose", text="Ours", was=0)
    does("write_section", section="purpose", text="Theirs", was=1)
    does("write_section", section="purpose", text="Ours", was=2, kind="undo")
    assert written.w.charter["purpose"].ahead == ("Theirs",)
    does("write_section", section="purpose", text="", was=3, kind="undo")
    does("write_section", section="purpose", text="Ours", was=4, kind="redo")
    does("write_section", section="purpose", text="Theirs", was=5, kind="redo")
    assert purpose(written) == "Theirs" and written.w.charter["purpose"].past == ("", "Ours")


def test_a_late_copy_of_an_undoing_undoes_nothing(written):
    does, refused = written.maya.does, written.maya.is_refused
    for n, text in enumerate(("One", "Two", "Three")):
        does("write_section", section="ways", text=text, was=n)
    does("write_section", section="ways", text="Two", was=3, kind="undo")
    does("write_section", section="ways", text="Four", was=4)
    for late in ({"text": "Two", "was": 3, "kind": "undo"}, {"text": "Three", "was": 2}, {"text": "Three", "was": 4, "kind": "redo"}):
        refused("write_section", "wrote here first", section="ways", **late)
    refused("write_section", "wrote here first", section="ways", text="Other", was=5, kind="undo")
    refused("write_section", "no such section", section="ways", text="Other", was=5, kind="sideways")
    assert words(written.w, "ways") == "Four"


def test_what_one_person_types_in_one_go_is_one_step(written):
    for n, text in enumerate(("W", "We li", "We listen")):
        written.maya.does("write_section", section="ways", text=text, was=n, kind="typed")
    assert written.w.charter["ways"].past == ("",)
    written.maya.does("write_section", section="ways", text="", was=3, kind="undo")
    assert not words(written.w, "ways") and written.w.charter["ways"].ahead == ("We listen",)


TYPED = st.tuples(st.sampled_from(["typed", ""]), st.sampled_from(["maya", "bo"]), st.text("ab", max_size=3), st.integers(0, 2 * PAUSE))


@given(st.lists(st.one_of(TYPED, st.sampled_from(["undo", "redo"])), max_size=40))
def test_undoing_goes_back_through_every_text_that_stood_at_the_end_of_a_step(moves):
    """No text that somebody else wrote, or that stood still, is out of reach of undoing."""
    w, at, stood = Workshop(), 0, []

    def wrote(text, kind, by="maya"):
        nonlocal w
        known = w.charter.get("ways")
        w = SectionWritten("ways", text, known.version + 1 if known else 1, kind).apply(replace(w, seq=w.seq + 1, at=at, by=by))
    for move in moves:
        known, before = w.charter.get("ways"), w
        if isinstance(move, str):
            steps = (known.past if move == "undo" else known.ahead) if known else ()
            if steps and steps[-1] != known.text:
                wrote(steps[-1], move)
                back, now = w.charter["ways"], known
                assert (back.text, len(back.past) + len(back.ahead)) == (steps[-1], len(now.past) + len(now.ahead))
            continue
        kind, by, text, later = move
        at += later
        if text == (known.text if known else ""):
            continue
        wrote(text, kind, by)
        if known and known.by != by or kind == "" or later >= PAUSE:
            assert w.charter["ways"].past[-1] == (known.text if known else "")
        assert before.charter.get("ways") is known and w.worded == w.seq
    known = w.charter.get("ways")
    while known and known.past:
        wrote(known.past[-1], "undo")
        known = w.charter["ways"]
    assert not known or known.text == ""


def test_so_many_steps_can_be_undone_and_no_more_are_kept(written):
    for n in range(STEPS + 5):
        written.session.do("write_section", "maya", "facilitator", section="ways", text=f"Line {n}", was=n)
    assert len(written.w.charter["ways"].past) == STEPS


def head(story) -> list[tuple[str, str, str]]:
    return [(it.kind, it.name, it.action.what if it.action else "") for it in charter_head(story.w, Room(), "")["open"]]


def test_what_is_open_is_listed_until_it_is_done(written):
    assert [name for kind, name, _what in head(written) if kind == "section"][:3] == ["Purpose", "In scope", "Out of scope"]
    written.opens("discuss")
    written.opens("charter")
    assert [it for it in head(written) if it[0] == "action"] == [("action", "Desks", ""), ("action", "Buses", "")]
    written.maya.does("set_action", action="x1", stage="discuss", priority="theme:0", what="Find a room")
    assert ("owner", "Desks", "Find a room") in head(written) and ("due", "Desks", "Find a room") in head(written)
    written.maya.does("set_action", action="x1", stage="discuss", priority="theme:0", what="Find a room", owner="Ana", due="May")
    assert [it[:2] for it in head(written) if it[0] in ("action", "owner", "due")] == [("action", "Buses")]
    written.people[1].does("take_stand", stand="object", why="Who pays?")
    written.maya.does("set_next_date", date="3 May")
    assert [it[0] for it in head(written) if it[0] in ("objection", "next")] == ["objection"]


def test_who_types_is_told_in_their_section_alone(written):
    room = Room(typing={"maya": "roles", "stranger": "ways"})
    parts = {key: part for key, (part, _drafting) in charter_sections(written.w, room, "")["entries"]}
    assert parts["roles"].typing == (("maya", "Maya"),) and not any(part.typing for key, part in parts.items() if key != "roles")


def test_an_answer_given_before_the_words_changed_counts_and_is_told_apart(written):
    ana, bo, chen, *_ = written.people
    written.maya.does("write_section", section="purpose", text="One desk for all.", was=0)
    seen = written.w.worded
    ana.does("take_stand", stand="agree", words=seen)
    written.maya.does("write_section", section="purpose", text="Two desks for all.", was=1)
    bo.does("take_stand", stand="live", words=written.w.worded)
    chen.does("take_stand", stand="agree", words=seen)
    written.maya.is_refused("adopt_charter", "changed while you pressed", words=seen)
    ana.does("take_stand", stand="agree", words=written.w.worded)
    ana.is_refused("take_stand", "words have changed", stand="object", why="Too many", words=seen)
    written.maya.does("adopt_charter", words=written.w.worded)
    assert (written.w.adopted.agree, written.w.adopted.live, written.w.adopted.earlier) == (2, 1, 1)
    assert written.w.adopted.sections == {"purpose": 2}
