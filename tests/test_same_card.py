"""Ideas that say the same lie on one card; what is in the wrong place is said by those who know."""
from dataclasses import replace

import pytest

from tests.story import Voice
from workshop.regions.options import Option, option
from workshop.regions.phone.themes import my_places
from workshop.regions.screen.themes import screen_board
from workshop.room import Room
from workshop.rules.vote import _options
from workshop.state import Vote

BOARD = {"stage": "themes"}


@pytest.fixture
def board(river):
    """Two tables; three ideas on desks, one on buses, of three people."""
    ana, bo, chen = (river.joins(name) for name in ("Ana", "Bo", "Chen"))
    river.opens("ideas", 1)
    ana.writes("A desk in the village", idea="i0"), bo.writes("A desk in each village", idea="i1")
    chen.writes("A bus on Sundays", idea="i2"), ana.writes("A desk for the deaf", idea="i3")
    river.opens("themes")
    river.suggests(("Desks", ["i0", "i1", "i3"]), ("Buses", ["i2"]))
    river.maya.does("accept_suggestion", **BOARD)
    return river


def now(story):
    return story.w.boards["themes"]


def test_two_ideas_become_one_card_and_move_together(board):
    board.maya.does("fold_ideas", **BOARD, ideas=["i1"], into="i0")
    assert now(board).on_card("i1") == ("i0", "i1")
    board.maya.does("move_ideas", **BOARD, ideas=["i0"], theme=1)
    assert board.board() == {"Desks": ["A desk for the deaf"], "Buses": ["A bus on Sundays", "A desk in the village", "A desk in each village"], "tray": []}
    board.maya.does("part_card", **BOARD, idea="i0")
    board.maya.does("move_ideas", **BOARD, ideas=["i1"], theme=0)
    assert board.board()["Desks"] == ["A desk for the deaf", "A desk in each village"]


def test_a_card_goes_to_where_the_other_is_and_takes_along_what_lies_on_it(board):
    board.maya.does("fold_ideas", **BOARD, ideas=["i1"], into="i0")
    board.maya.does("fold_ideas", **BOARD, ideas=["i0"], into="i2")
    assert now(board).on_card("i2") == ("i2", "i0", "i1") and set(now(board).ideas_in(1)) == {"i0", "i1", "i2"}
    assert not board.maya.does("fold_ideas", **BOARD, ideas=["i2"], into="i1")


def test_a_suggestion_moves_a_card_as_one(board):
    board.maya.does("fold_ideas", **BOARD, ideas=["i1"], into="i0")
    board.maya.does("ask_suggestion", **BOARD)
    board.suggests(("Villages", ["i0"]), ("Others", ["i2", "i3"]))
    board.maya.does("accept_suggestion", **BOARD)
    assert now(board).spot("i1").theme == now(board).spot("i0").theme


def test_the_other_stands_alone_when_the_first_is_withdrawn(board):
    board.maya.does("fold_ideas", **BOARD, ideas=["i1"], into="i0")
    Voice(board, "ana", "participant").does("withdraw_idea", idea="i0")
    assert not now(board).cards and board.board()["Desks"] == ["A desk for the deaf", "A desk in each village"]


def test_a_pair_that_a_person_left_as_two_is_known(board):
    board.maya.does("leave_pair", **BOARD, idea="i1", other="i0")
    assert now(board).apart == {("i0", "i1")}
    assert not board.maya.does("leave_pair", **BOARD, idea="i0", other="i1")


def test_an_author_says_where_an_idea_belongs(board):
    ana = Voice(board, "ana", "participant")
    ana.does("flag_place", **BOARD, idea="i0", theme=1)
    ana.does("flag_place", **BOARD, idea="i0", theme=-1)
    assert now(board).flags == {"i0": {"ana": -1}}
    ana.is_refused("flag_place", "stands there already", **BOARD, idea="i3", theme=0)
    ana.does("unflag_place", **BOARD, idea="i0")
    assert now(board).flags == {}


def test_a_table_says_so_of_what_it_starred_and_of_nothing_else(board):
    bo = Voice(board, "bo", "participant")
    bo.is_refused("flag_place", "your own ideas", **BOARD, idea="i2", theme=0)
    bo.is_refused("flag_place", "not on the board", **BOARD, idea="i1", theme=7)
    board.opens("ideas", 2)
    chen = Voice(board, "chen", "participant")
    mates = next(g.people for g in board.w.groups_of("ideas") if "chen" in g.people)
    chen.does("star_idea", idea="i2")
    mate = next(person for person in mates if person != "chen") if len(mates) > 1 else "chen"
    Voice(board, mate, "participant").does("flag_place", **BOARD, idea="i2", theme=0)


def test_a_facilitator_moves_it_or_leaves_it(board):
    Voice(board, "ana", "participant").does("flag_place", **BOARD, idea="i0", theme=1)
    board.maya.does("leave_flags", **BOARD, idea="i0", said=now(board).flagged["i0"])
    assert now(board).flags == {}
    board.opens("vote")
    Voice(board, "ana", "participant").is_refused("flag_place", "vote on these themes has opened", **BOARD, idea="i0", theme=1)


def test_leaving_it_that_arrives_late_drops_nothing_that_was_said_since(board):
    ana = Voice(board, "ana", "participant")
    ana.does("flag_place", **BOARD, idea="i0", theme=1)
    said = now(board).flagged["i0"]
    board.maya.does("leave_flags", **BOARD, idea="i0", said=said)
    board.restarts()
    assert not board.maya.does("leave_flags", **BOARD, idea="i0", said=said)
    ana.does("flag_place", **BOARD, idea="i0", theme=-1)
    board.maya.is_refused("leave_flags", "said more of that idea since", **BOARD, idea="i0", said=said)
    assert now(board).flags == {"i0": {"ana": -1}}


def test_people_vote_on_a_card_and_read_all_its_words(river):
    ana, bo = river.joins("Ana"), river.joins("Bo")
    river.opens("ideas", 1)
    ana.writes("A desk in the village", idea="i0"), bo.writes("A desk in each village", idea="i1"), bo.writes("A late bus", idea="i2")
    river.opens("themes")
    river.maya.does("fold_ideas", **BOARD, ideas=["i0"], into="i1")
    options = _options(river.w, replace(river.w.plan.stage("vote"), options="ideas", source="ideas", id="ideas"))
    assert options == ("idea:i1", "idea:i2")
    vote = Vote("ideas", options, (), 3, 2)
    assert option(river.w, vote, "idea:i1") == Option("idea:i1", "", "A desk in each village", "A desk in the village")


def test_the_screen_tells_a_card_once_and_counts_all_on_it(board):
    board.maya.does("fold_ideas", **BOARD, ideas=["i1"], into="i0")
    theme = screen_board(board.w, Room(), "")["themes"][0]
    assert theme.ideas == ("A desk in the village", "A desk for the deaf") and theme.count == 3


def test_who_says_so_of_a_starred_idea_can_take_it_back(board):
    board.opens("ideas", 2)
    chen = Voice(board, "chen", "participant")
    mate = next(p for p in board.w.group_of("chen", "ideas").people if p != "chen")
    chen.does("star_idea", idea="i2")
    board.opens("themes")
    Voice(board, mate, "participant").does("flag_place", **BOARD, idea="i2", theme=0)
    assert {p for p in board.w.people if any(key == "i2" and at[0].said for key, at in my_places(board.w, Room(), p)["entries"])} == {mate}
