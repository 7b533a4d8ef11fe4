"""What a facilitator withholds: nobody else sees it, its author is told, and only a facilitator gives it back."""
import io
import json
import sqlite3
import zipfile
from contextlib import closing

import pytest

from tests.story import Story, Voice
from workshop.charter import files
from workshop.charter.figures import option_name
from workshop.journal import Journal
from workshop.questions import board_question, forming_question, split_question
from workshop.registry import Registry
from workshop.regions.phone.brainstorm import may_be_hinted
from workshop.regions.region import REGIONS
from workshop.reopen.making import reopened
from workshop.room import Forming
from workshop.rules.board import next_redo, next_undo
from workshop.sessions import opened

BOARD = {"stage": "themes"}
RUDE = "Sack Mr Smith"


@pytest.fixture
def talk(river):
    """Ana and Bo at one table; of Ana's three ideas one names a person."""
    river.ana, river.bo = river.joins("Ana"), river.joins("Bo", "Civil society")
    river.opens("ideas", 1)
    river.maya.does("move_person", stage="ideas", person="bo", group=river.w.group_of("ana", "ideas").id)
    for n, text in enumerate(("One desk for all", RUDE, "A bus on Sundays")):
        river.ana.writes(text, idea=f"i{n}")
    return river


def sorted_board(talk: Story) -> Story:
    """Two themes: desks with the idea that names a person on the card of another, and buses."""
    talk.opens("themes")
    talk.suggests(("Desks", ["i0", "i1"]), ("Buses", ["i2"]))
    talk.maya.does("accept_suggestion", **BOARD)
    return talk


def look(story: Story, region: str, key: str):
    return REGIONS[region].look(story.w, story.session.room, key)


def entries(story: Story, region: str, key: str = "") -> dict:
    return dict(look(story, region, key)["entries"])


def visible(story: Story) -> tuple:
    board = story.w.boards["themes"]
    return board.place, board.held, board.themes, board.cards


def test_it_leaves_the_chart_the_screen_and_every_count(talk):
    table = talk.w.group_of("ana", "ideas").id
    talk.bo.does("support_idea", idea="i1")
    assert talk.maya.does("withhold_idea", idea="i1", reason="Names a person")
    assert RUDE not in str([look(talk, region, key) for region, key in (("flip-chart", table), ("my-support", "bo"), ("idea-wall", ""), ("screen-ideas", ""), ("newest", ""))])
    assert look(talk, "screen-ideas", "")["count"] == 2
    assert entries(talk, "withheld") == {"i1": (RUDE, "Names a person", 1, "ktm482")}
    talk.maya.does("give_back_idea", idea="i1")
    assert list(entries(talk, "flip-chart", table)) == ["i0", "i1", "i2"] and not entries(talk, "withheld") and talk.w.supporters("i1") == ("bo",)


def test_its_author_is_told_and_cannot_bring_it_back(talk):
    talk.maya.does("withhold_idea", idea="i1", reason="Names a person")
    assert entries(talk, "my-ideas", "ana")["i1"][4].reason == "Names a person"
    for command, more in (("edit_idea", {"text": "Sack him"}), ("withdraw_idea", {}), ("restore_idea", {})):
        talk.ana.is_refused(command, "The facilitator withholds this idea", idea="i1", **more)
    talk.opens("ideas", 2)
    assert entries(talk, "my-ideas", "ana")["i1"][4].reason == "Names a person"
    talk.ana.is_refused("star_idea", "not there any more", idea="i1")
    talk.bo.is_refused("support_idea", "not there any more", idea="i1")
    for voice in (talk.ana, talk.bo):
        voice.is_refused("give_back_idea", "Only a facilitator", idea="i1")
        voice.is_refused("withhold_idea", "Only a facilitator", idea="i0")


def test_an_idea_sent_again_by_a_phone_that_lost_its_answer_stays_withheld(talk):
    talk.maya.does("withhold_idea", idea="i1")
    talk.session.do("submit_idea", "ana", "participant", idea="i1", text=RUDE, stage="ideas")
    assert not talk.w.ideas["i1"].stands


def test_a_late_copy_changes_nothing(talk):
    tom = Voice(talk, "tom", "facilitator")
    assert talk.maya.does("withhold_idea", idea="i1", turns=0)
    assert not tom.does("withhold_idea", idea="i1", reason="Names a person", turns=0)
    assert talk.maya.does("give_back_idea", idea="i1", turns=1)
    assert not talk.maya.does("withhold_idea", idea="i1", turns=0) and talk.w.ideas["i1"].stands
    assert talk.maya.does("withhold_idea", idea="i1", turns=2)
    assert not talk.maya.does("give_back_idea", idea="i1", turns=1) and not talk.w.ideas["i1"].stands


def test_what_is_not_there_or_not_seen_yet_cannot_be_withheld(talk):
    talk.maya.is_refused("withhold_idea", "not there any more", idea="moon")
    talk.maya.is_refused("withhold_idea", "at most 80 characters; this one is 81", idea="i1", reason="x" * 81)
    talk.ana.does("withdraw_idea", idea="i1")
    talk.maya.is_refused("withhold_idea", "not there any more", idea="i1")


def test_what_is_written_in_silence_is_withheld_once_it_is_shown(river):
    ana = river.joins("Ana")
    river.opens("ideas", 0)
    ana.writes(RUDE, idea="i0")
    river.maya.is_refused("withhold_idea", "written in silence", idea="i0")
    river.maya.does("reveal_writing", stage="ideas")
    assert river.maya.does("withhold_idea", idea="i0")


def test_its_star_is_free_for_another_idea_and_comes_back_where_it_is_still_free(talk):
    talk.opens("ideas", 2)
    for idea in ("i0", "i1", "i2"):
        talk.bo.does("star_idea", idea=idea)
    talk.maya.does("withhold_idea", idea="i1")
    assert [*talk.w.stars.values()] == [("i0", "i2")]
    talk.maya.does("give_back_idea", idea="i1")
    assert [*talk.w.stars.values()] == [("i0", "i2", "i1")]
    talk.maya.does("withhold_idea", idea="i1")
    talk.bo.does("star_idea", idea=talk.ana.writes("A boat"))
    talk.maya.does("give_back_idea", idea="i1")
    assert [*talk.w.stars.values()] == [("i0", "i2", "i3")]


def test_it_is_given_back_to_its_theme_and_its_card(talk):
    sorted_board(talk)
    for head, other in (("i0", "i1"), ("i1", "i0")):
        talk.maya.does("fold_ideas", **BOARD, ideas=[other], into=head)
        before = visible(talk)
        talk.maya.does("withhold_idea", idea="i1")
        assert talk.board() == {"Desks": ["One desk for all"], "Buses": ["A bus on Sundays"], "tray": []} and not talk.w.boards["themes"].cards
        talk.restarts()
        talk.maya.does("give_back_idea", idea="i1")
        assert visible(talk) == before
        talk.maya.does("part_card", **BOARD, idea="i1")


def test_withholding_is_a_step_that_is_undone_and_done_again(talk):
    sorted_board(talk)
    before, history = visible(talk), len(talk.w.boards["themes"].history)
    talk.maya.does("withhold_idea", idea="i1", reason="Names a person")
    after = visible(talk)
    for _ in range(2):
        assert look(talk, "board-history", "")["undo"][1].kind == "IdeaWithheld"
        assert talk.maya.does("undo", **BOARD, step=next_undo(talk.w, talk.w.boards["themes"]).seq)
        assert visible(talk) == before and talk.w.ideas["i1"].stands
        assert talk.maya.does("undo", **BOARD, step=next_redo(talk.w, talk.w.boards["themes"]).seq)
        assert visible(talk) == after and talk.w.ideas["i1"].withheld.reason == "Names a person"
    assert len(entries(talk, "board-steps")) == history + 1, "one line, however often it is turned"


def test_an_idea_of_the_tray_is_given_back_to_the_tray_and_one_of_a_closed_theme_too(talk):
    sorted_board(talk)
    talk.ana.writes("Free tea", idea="i9")
    for idea in ("i1", "i9"):
        talk.maya.does("withhold_idea", idea=idea)
    talk.maya.does("close_theme", **BOARD, theme=0)
    for idea in ("i1", "i9"):
        talk.maya.does("give_back_idea", idea=idea)
    assert sorted(talk.board()["tray"]) == ["Free tea", "One desk for all", RUDE]


def test_an_idea_that_was_withheld_before_there_was_a_board_comes_into_its_tray(talk):
    talk.maya.does("withhold_idea", idea="i1")
    sorted_board(talk)
    assert RUDE not in str(talk.board())
    talk.maya.does("give_back_idea", idea="i1")
    assert talk.board()["tray"] == [RUDE]


def test_it_is_withheld_and_given_back_while_people_vote_on_the_themes(talk):
    sorted_board(talk)
    talk.opens("vote")
    talk.maya.does("withhold_idea", idea="i1")
    assert talk.board()["Desks"] == ["One desk for all"]
    talk.maya.does("undo", **BOARD, step=next_undo(talk.w, talk.w.boards["themes"]).seq)
    assert sorted(talk.board()["Desks"]) == ["One desk for all", RUDE]


def test_neither_clusterer_nor_hints_are_told_of_it(talk):
    talk.maya.does("withhold_idea", idea="i1")
    assert RUDE not in str([idea.text for voice in ("ana", "bo") for idea in may_be_hinted(talk.w, voice, "ideas")])
    talk.opens("themes")
    assert RUDE not in str((board_question(talk.w, "themes", Forming()), forming_question(talk.w.ideas_of("ideas"), Forming())))


def votes_on_ideas(talk: Story) -> Story:
    talk.opens("themes")
    talk.maya.does("vote_on", stage="vote", options="ideas", was=0)
    talk.opens("vote")
    return talk


def test_it_is_no_option_of_a_vote_that_opens_later(talk):
    talk.maya.does("withhold_idea", idea="i1")
    assert votes_on_ideas(talk).w.votes["vote"].options == ("idea:i0", "idea:i2")


def test_on_an_open_ballot_it_keeps_its_place_and_its_dots_without_its_words(talk):
    votes_on_ideas(talk)
    talk.ana.does("cast_ballot", stage="vote", dots={"idea:i1": 2, "idea:i0": 1}, number=1)
    talk.maya.does("withhold_idea", idea="i1")
    vote = talk.w.votes["vote"]
    assert vote.options == ("idea:i0", "idea:i1", "idea:i2") and vote.ballots["ana"].dots == {"idea:i1": 2, "idea:i0": 1}
    said = [look(talk, region, key) for region, key in (("paper", "0"), ("on-the-ballot", ""), ("chart-fields", ""), ("my-ballot", "ana"))]
    assert RUDE not in str(said) and "Withheld after the vote opened" in str(said)
    assert entries(talk, "my-ideas", "ana")["i1"][4], "its author reads so, looking back from the vote"
    assert "idea:i1" not in split_question(talk.w, vote)["options"]
    talk.ana.does("cast_ballot", stage="vote", dots={"idea:i2": 2, "idea:i0": 1}, number=2)
    talk.bo.does("cast_ballot", stage="vote", dots={"idea:i1": 1}, number=1)
    talk.maya.does("close_vote", stage="vote")
    assert {row.option: row.dots for row in talk.w.votes["vote"].result.rows} == {"idea:i2": 2, "idea:i0": 1, "idea:i1": 1}
    talk.maya.does("show_result", stage="vote")
    assert RUDE not in str([look(talk, region, "") for region in ("phone-result", "screen-result", "counted-up", "screen-priorities")])
    talk.maya.does("give_back_idea", idea="i1")
    assert option_name(talk.w, "vote", "idea:i1") == RUDE


def told(story: Story, name: str, extension: str) -> str:
    """All that a file holds, as far as it is text; of a ZIP all its parts."""
    made = files.make(story.w, name, extension, asker="facilitator", mark="m")[0]
    if extension in ("xlsx", "zip", "docx"):
        with zipfile.ZipFile(io.BytesIO(made)) as parts:
            made = b"\n".join(parts.read(part) for part in parts.namelist())
    return made.decode(errors="ignore")


def test_files_count_it_apart_from_what_authors_took_back_and_never_hold_it(talk):
    votes_on_ideas(talk)
    talk.bo.does("cast_ballot", stage="vote", dots={"idea:i1": 2, "idea:i2": 1}, number=1)
    talk.maya.does("close_vote", stage="vote")
    talk.maya.does("show_result", stage="vote")
    talk.ana.writes("A late thought", idea="late")
    talk.maya.does("withhold_idea", idea="late"), talk.maya.does("withhold_idea", idea="i1")
    for name, kinds in files.FILES.items():
        for kind in set(kinds) - {"pdf"}:
            assert not any(words in told(talk, name, kind) for words in (RUDE, "A late thought")), (name, kind)
            assert name != "workshop" or "withheld" in told(talk, name, kind), kind
    report = told(talk, "report", "md")
    assert "2 ideas were withheld by the facilitators and are not printed." in report and "Ideas withheld by the facilitators" in report
    assert "taken back" not in report and "Withheld after the vote opened" in report
    found = json.loads(told(talk, "workshop", "json"))
    assert (found["withdrawn"], found["withheld"], [i["id"] for i in found["ideas"]]) == (0, 2, ["i0", "i2"])


def test_a_workshop_that_is_opened_again_knows_how_many_were_withheld_and_not_what(talk, tmp_path):
    votes_on_ideas(talk)
    talk.bo.does("cast_ballot", stage="vote", dots={"idea:i1": 2, "idea:i2": 1}, number=1)
    talk.maya.does("close_vote", stage="vote")
    talk.maya.does("withhold_idea", idea="i1")
    export = told(talk, "workshop", "json").encode()
    folder = tmp_path / "again"
    folder.mkdir()
    with closing(Registry(folder)) as registry:
        code = reopened(export, folder, registry, 1).listed.code
    session = opened(folder / f"{code}.db")
    again = json.loads(files.make(session.state, "workshop", "json", asker="facilitator", mark="m")[0])
    assert (again["withdrawn"], again["withheld"], again["votes"]) == (0, 1, json.loads(export)["votes"])
    session.do("welcome_facilitator", "maya", "facilitator", name="Maya")
    with pytest.raises(Exception, match="Its words are not here"):
        session.do("give_back_idea", "maya", "facilitator", idea="i1")
    session.close()
    with closing(sqlite3.connect(folder / f"{code}.db")) as db:
        assert db.execute("select idea, withdrawn, withheld from ideas order by idea").fetchall() == [("i0", 0, 0), ("i1", 0, 1), ("i2", 0, 0)]


def test_any_sqlite_tool_reads_what_is_withheld(talk):
    for command, idea in (("withhold_idea", "i0"), ("withhold_idea", "i1"), ("give_back_idea", "i0")):
        talk.maya.does(command, idea=idea)
    with closing(Journal(talk._path)), closing(sqlite3.connect(talk._path)) as db:
        assert db.execute("select idea, withheld from ideas").fetchall() == [("i0", 0), ("i1", 1), ("i2", 0)]
