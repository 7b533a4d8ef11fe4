"""A charter after it was adopted: what was adopted stays word for word, a change makes the next version."""
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.test_charter import decided  # noqa: F401
from workshop.charter import files
from workshop.charter.changes import changes, compared, in_lines
from workshop.charter.sections import words
from workshop.regions.phone.charter import my_stand, phone_changes, phone_charter
from workshop.regions.screen.charter import screen_charter
from workshop.room import Room

FIRST = {"purpose": "So that nobody is out of reach of a service.", "practice": "We meet every month in the town hall.\n- Coffee first",
         "ways": "We listen."}
OBJECTION = "Six months is too long without a check."


def writes(story, section: str, text: str) -> None:
    known = story.w.charter.get(section)
    story.maya.does("write_section", section=section, text=text, was=known.version if known else 0)


@pytest.fixture
def adopted(decided):  # noqa: F811
    decided.opens("discuss")
    decided.people[0].does("set_action", action="x1", stage="discuss", priority="theme:0", what="Find a room", owner="Ana", due="May")
    decided.opens("charter")
    for section, text in FIRST.items():
        writes(decided, section, text)
    for person, stand in zip(decided.people, ("agree", "agree", "live", "object")):
        person.does("take_stand", stand=stand, why=OBJECTION if stand == "object" else "")
    decided.maya.does("adopt_charter")
    return decided


@pytest.fixture
def amended(adopted):
    """A second version, written and adopted after the workshop had ended."""
    adopted.opens("close")
    adopted.maya.does("end_workshop")
    adopted.maya.does("propose_amendment", number=1)
    writes(adopted, "purpose", "So that nobody, old or young, is out of reach of a service.")
    writes(adopted, "ways", "")
    writes(adopted, "roles", "Two hosts for half a year.")
    for person in adopted.people[:5]:
        person.does("take_stand", stand="agree", version=2, words=adopted.w.worded)
    adopted.maya.does("adopt_charter", version=2, words=adopted.w.worded)
    return adopted


def said(story, name: str = "charter", kind: str = "md", asker: str = "participant") -> str:
    text = files.make(story.w, name, kind, asker=asker, mark="ab12")[0].decode()
    return " ".join(text.split())


def test_what_was_adopted_stays_word_for_word(adopted):
    before = said(adopted)
    adopted.maya.is_refused("write_section", "has been adopted", section="ways", text="More", was=1)
    adopted.people[0].is_refused("take_stand", "has been adopted", stand="object", why="Not this")
    adopted.maya.does("set_action", action="x1", stage="discuss", priority="theme:0", what="Find two rooms", owner="Bo", due="June")
    adopted.maya.does("rename_theme", stage="themes", theme=0, name="Counters")
    adopted.people[1].does("offer_help", priority="theme:0")
    now = said(adopted)
    assert _agreed(now) == _agreed(before) and "Find a room" in now and "Find two rooms" not in now and "Counters" not in now
    adopted.restarts()
    assert _agreed(said(adopted)) == _agreed(before)


def _agreed(text: str) -> str:
    return text.partition("## What we agreed")[2].partition("## Annex")[0]


def test_what_people_took_back_since_is_in_no_version(river):
    ana = river.joins("Ana")
    river.opens("ideas", 1)
    ana.writes("A desk for all", idea="i0")
    river.opens("charter")
    writes(river, "purpose", "One desk.")
    ana.does("print_name", on=True)
    river.maya.does("adopt_charter")
    assert "A desk for all" in said(river, "charter-1") and "Ana" in said(river, "charter-1")
    ana.does("withdraw_idea", idea="i0")
    ana.does("print_name", on=False)
    for name in ("charter", "charter-1"):
        assert "A desk for all" not in said(river, name) and "Ana" not in said(river, name) and "One desk." in said(river, name)


def test_a_version_tells_a_result_to_participants_once_everybody_was_shown_it(decided):  # noqa: F811
    decided.opens("charter")
    writes(decided, "purpose", "One desk.")
    decided.maya.does("adopt_charter")
    assert "12" in _agreed(said(decided, "charter-1", asker="facilitator"))
    for name in ("charter", "charter-1"):
        assert "Desks" not in _agreed(said(decided, name)) and "which the facilitator has not shown yet" in said(decided, name)
    decided.maya.does("show_result", stage="vote")
    assert "Desks: 12" in _agreed(said(decided, "charter-1")) and "not shown yet" not in said(decided, "charter-1")


def test_a_change_is_drafted_beside_the_version_in_force_and_people_answer_anew(adopted):
    adopted.maya.does("propose_amendment", number=1)
    adopted.maya.is_refused("propose_amendment", "proposed already", number=2)
    assert adopted.w.version == 2 and not adopted.w.stands and adopted.w.adopted.agree == 2
    writes(adopted, "practice", "We meet every second month, online.\n- Coffee first")
    draft, first = said(adopted, asker="facilitator"), said(adopted, "charter-1")
    assert "version 1.0 is in force" in draft and "(Draft)" in draft and "every second month" in draft
    assert "every month in the town hall" in first and "second month" not in first and "(Draft)" not in first
    adopted.people[0].is_refused("take_stand", "has been adopted", stand="agree", version=1)
    adopted.people[0].does("take_stand", stand="live", version=2)
    adopted.maya.is_refused("adopt_charter", "proposed now", version=3)
    assert not adopted.maya.does("adopt_charter")
    adopted.maya.does("adopt_charter", version=2)
    assert [v.adopted.live for v in adopted.w.versions] == [1, 1] and not adopted.w.amending


def test_a_proposal_is_dropped_and_a_late_copy_brings_nothing_back(adopted):
    adopted.maya.does("propose_amendment", number=1)
    writes(adopted, "purpose", "Something else.")
    writes(adopted, "roles", "Two hosts.")
    adopted.people[0].does("take_stand", stand="agree", version=2)
    adopted.maya.does("drop_amendment", number=1)
    assert {s: words(adopted.w, s) for s in (*FIRST, "roles")} == {**FIRST, "roles": ""} and not adopted.w.stands and not adopted.w.amending
    assert not adopted.maya.does("propose_amendment", number=1) and not adopted.maya.does("drop_amendment", number=1)
    adopted.maya.is_refused("adopt_charter", "proposed now", version=2)
    adopted.maya.does("propose_amendment", number=2)
    known = adopted.w.charter["purpose"]
    adopted.maya.does("write_section", section="purpose", text=known.past[-1], was=known.version, kind="undo")
    assert words(adopted.w, "purpose") == "Something else."


def test_nothing_can_be_proposed_before_the_first_adoption(decided):  # noqa: F811
    decided.maya.is_refused("propose_amendment", "not adopted yet", number=1)
    decided.people[0].is_refused("propose_amendment", "Only a facilitator", number=1)
    assert not decided.maya.does("drop_amendment", number=1)


def test_the_document_tells_the_versions_who_adopted_them_and_what_changed(amended):
    text = said(amended)
    assert "Version: **2\\.0**" in text and "Adopted on" in text
    table = text.partition("### Versions")[2]
    assert re.search(r"\| 1\\\.0 \| [^|]+ \| 2 \| 1 \| 1 \| 2 \| \| 2\\\.0 \| [^|]+ \| 5 \| 0 \| 0 \| 1 \|", table)
    assert f"Objections to version 1.0, word for word - {OBJECTION}" in table
    changed = table.partition("### What changed since version 1.0")[2].partition("### Method")[0]
    assert r"So that \[removed: ~~nobody~~\] \[added: **nobody, old or young,**\] is out of reach of a service." in changed
    assert r"#### Roles (new) \[added: **Two hosts for half a year.**\]" in changed
    assert r"#### Ways of working (taken out) \[removed: ~~We listen.~~\]" in changed and "Practice" not in changed
    first = said(amended, "charter-1")
    assert "### Versions" not in first and "We listen." in first and "version 2.0 took its place" in first


@pytest.mark.parametrize("kind", ["pdf", "docx", "html", "md"])
def test_every_version_comes_in_every_kind_under_a_name_of_its_own(kind, amended):
    names = [files.make(amended.w, name, kind, asker="organiser")[2] for name in ("charter-1", "charter-2")]
    assert [re.search(r"charter-(\d\.0)", name)[1] for name in names] == ["1.0", "2.0"]
    for name in ("charter-3", "charter-0", "charter-", "report-1", "charter-1-1"):
        with pytest.raises(KeyError):
            files.make(amended.w, name, kind, asker="organiser")


def test_no_document_says_who_stood_where(amended):
    for name in ("charter", "charter-1", "charter-2"):
        for asker in ("participant", "facilitator"):
            text = said(amended, name, "html", asker)
            assert not any(f">{person.id}<" in text or f" {amended.w.people[person.id].name} " in text for person in amended.people)


def test_phones_and_screen_show_what_would_change_and_then_the_whole(adopted):
    adopted.maya.does("propose_amendment", number=1)
    writes(adopted, "purpose", "So that nobody, old or young, is out of reach of a service.")
    ana = adopted.people[0]
    shown = dict(phone_changes(adopted.w, Room(), "")["entries"])
    assert shown["purpose.0"] == ("head", ("Purpose", "changed"))
    assert [(p.how, p.text) for p in shown["purpose.1"][1] if p.how] == [("removed", "nobody"), ("added", "nobody, old or young,")]
    assert any("old or young" in str(line) for _key, line in phone_charter(adopted.w, Room(), "")["entries"])
    assert [c.section for c in screen_charter(adopted.w, Room(), "")["changed"]] == ["purpose"]
    ana.does("take_stand", stand="agree", version=2, words=adopted.w.worded)
    writes(adopted, "purpose", "So that nobody, old, young or tired, is out of reach of a service.")
    assert my_stand(adopted.w, Room(), ana.id)["earlier"]
    adopted.opens("close")
    assert not phone_changes(adopted.w, Room(), "")["open"] and not screen_charter(adopted.w, Room(), "")["shown"]
    adopted.maya.does("end_workshop")
    assert phone_changes(adopted.w, Room(), "")["open"] and screen_charter(adopted.w, Room(), "")["shown"]


WORDS = st.lists(st.sampled_from(["we", "meet", "monthly.", "online", "كلنا", "会議", "\n", "- tea"]), max_size=20).map(" ".join)


@given(WORDS, WORDS)
def test_the_pieces_of_a_comparison_are_both_texts(was, now):
    pieces = compared(was, now)
    assert "".join(p.text for p in pieces if p.how != "removed").split() == now.split()
    assert "".join(p.text for p in pieces if p.how != "added").split() == was.split()
    if was.split() == now.split() and "\n" not in was + now:
        assert not [p for p in pieces if p.how and p.text.strip()]
    lines = in_lines(pieces)
    assert not any("\n" in p.text for line in lines for p in line)
    assert "".join(p.text for line in lines for p in line if p.how != "removed").split() == now.split() or "\n" in was + now


def test_a_comparison_of_what_is_hard_to_compare_takes_no_time():
    was, now = "a b " * 900, "b a a " * 600
    assert [p.how for p in compared(was, now)] == ["removed", "added"]


def test_only_what_differs_is_listed(adopted):
    first = adopted.w.versions[0]
    assert changes(first, first) == ()
    adopted.maya.does("set_action", action="x1", stage="discuss", priority="theme:0", what="Find a room", owner="Bo", due="May")
    assert [(c.section, c.how) for c in changes(first, adopted.w)] == [("priorities", "changed")] and changes(first, adopted.w, generated=False) == ()
