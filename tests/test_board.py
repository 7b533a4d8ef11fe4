"""The board: suggested by the clusterer, corrected by people."""
import pytest

from workshop.questions import board_question
from workshop.regions.region import REGIONS
from workshop.room import Forming, Room
from workshop.rules.themes import NEW
from workshop.state import Wishes


@pytest.fixture
def board(river):
    """Four ideas on a board of two suggested themes that were accepted; one idea is in the tray."""
    ana = river.joins("Ana")
    river.opens("ideas", 1)
    for n, text in enumerate(["A desk in the village", "One desk for all", "A bus on Sundays", "Free tea"]):
        ana.writes(text, idea=f"i{n}")
    river.opens("themes")
    river.suggests(("Desks", ["i0", "i1"]), ("Buses", ["i2"]))
    river.maya.does("accept_suggestion", stage="themes")
    return river


def test_a_suggestion_is_accepted_whole(board):
    assert board.board() == {"Desks": ["A desk in the village", "One desk for all"], "Buses": ["A bus on Sundays"], "tray": ["Free tea"]}


def test_a_suggestion_is_nobodys_until_it_is_accepted(river):
    ana = river.joins("Ana")
    river.opens("ideas", 1)
    ana.writes("A desk", idea="i0")
    river.maya.is_refused("accept_suggestion", "board is made when", stage="themes")
    river.opens("themes")
    river.maya.is_refused("accept_suggestion", "no suggestion yet", stage="themes")
    river.suggests(("Desks", ["i0"]))
    assert river.board() == {"tray": ["A desk"]}
    river.maya.does("discard_suggestion", stage="themes")
    assert river.w.boards["themes"].suggestion is None


def test_one_theme_of_a_suggestion_is_accepted_alone(river):
    ana = river.joins("Ana")
    river.opens("ideas", 1)
    ana.writes("A desk", idea="i0"), ana.writes("A bus", idea="i1")
    river.opens("themes")
    river.suggests(("Desks", ["i0"]), ("Buses", ["i1"]))
    river.maya.does("accept_suggestion", stage="themes", theme=1)
    assert river.board() == {"Buses": ["A bus"], "tray": ["A desk"]}
    river.maya.is_refused("accept_suggestion", "not in the suggestion", stage="themes", theme=9)
    river.maya.does("accept_suggestion", stage="themes", theme=0)
    assert river.board() == {"Buses": ["A bus"], "Desks": ["A desk"], "tray": []}


def test_what_people_did_stays_when_a_suggestion_comes_again(board):
    board.maya.does("move_ideas", stage="themes", ideas=["i3"], theme=0)
    board.maya.does("rename_theme", stage="themes", theme=1, name="Getting there")
    board.maya.does("ask_suggestion", stage="themes")
    board.suggests(("Something", ["i0", "i3"]), ("Else", ["i1", "i2"]))
    board.maya.does("accept_suggestion", stage="themes")
    assert {name: set(ideas) for name, ideas in board.board().items()} == {
        "Something": {"Free tea", "A desk in the village"}, "Getting there": {"A bus on Sundays", "One desk for all"}, "tray": set()}


def test_an_old_answer_is_not_put_on_a_board_that_asked_again(river):
    ana = river.joins("Ana")
    river.opens("ideas", 1)
    ana.writes("A desk", idea="i0")
    river.opens("themes")
    old = river.w.boards["themes"].asked
    ana.writes("A late bus", idea="i1")
    river.maya.does("ask_suggestion", stage="themes")
    assert river.w.boards["themes"].asked > old and river.w.boards["themes"].waiting
    river.suggests(("Desks", ["i0"]))
    assert not river.w.boards["themes"].waiting


def test_a_theme_that_a_person_opens_beside_a_suggestion_is_none_of_the_suggested_ones(river):
    ana = river.joins("Ana")
    river.opens("ideas", 1)
    for n, text in enumerate(["A desk", "One desk", "A bus", "Tea"]):
        ana.writes(text, idea=f"i{n}")
    river.opens("themes")
    river.maya.does("make_theme", stage="themes", key="k1", name="Mine", ideas=["i3"])
    river.suggests(("Desks", ["i0", "i1"]), first=NEW)   # its number would be 0, which is taken by now
    river.maya.does("make_theme", stage="themes", key="k2", name="Mine too")
    river.maya.does("accept_suggestion", stage="themes")
    assert river.board() == {"Mine": ["Tea"], "Desks": ["A desk", "One desk"], "Mine too": [], "tray": ["A bus"]}
    assert len({theme.mark for theme in river.w.boards["themes"].themes.values()}) == 3


def test_themes_keep_the_numbers_they_had_while_they_formed_unless_one_is_taken(river):
    ana = river.joins("Ana")
    river.opens("ideas", 1)
    for n in range(4):
        ana.writes(f"Idea {n}", idea=f"i{n}")
    river.opens("themes")
    river.suggests(("Desks", ["i0"]), ("Buses", ["i1"]), ("Tea", ["i2"]), first=NEW + 3)
    river.maya.does("accept_suggestion", stage="themes")
    assert {theme.name: theme.mark for theme in river.w.boards["themes"].themes.values()} == {"Desks": "D", "Buses": "E", "Tea": "F"}
    river.maya.does("close_theme", stage="themes", theme=4)
    river.maya.does("ask_suggestion", stage="themes")
    river.suggests(("Buses again", ["i1"]), ("Cake", ["i3"]), first=NEW + 4)
    river.maya.does("accept_suggestion", stage="themes")
    assert {theme.name: n for n, theme in river.w.boards["themes"].themes.items()} == {"Buses again": 6, "Cake": 7}


def test_wishes_are_kept_with_the_question(board):
    board.maya.does("ask_suggestion", stage="themes", about=5, strict=.75)
    assert board.w.boards["themes"].wishes == Wishes(5, (), .75)
    board.maya.does("ask_suggestion", stage="themes", was=board.w.boards["themes"].asked, into="Young people, Elders\nNew  arrivals;elders\n\n")
    assert board.w.boards["themes"].wishes == Wishes(None, ("Young people", "Elders", "New arrivals"))
    board.maya.does("ask_suggestion", stage="themes", was=board.w.boards["themes"].asked)
    assert board.w.boards["themes"].wishes == Wishes()


def test_wishes_have_bounds(board):
    for because, wish in {"Ask for 2 to 24": {"about": 1}, "2 to 24": {"about": 25}, "0, generous, to 1": {"strict": 1.5}, "at most 24 names; these are 25":
                          {"into": ",".join(f"n{n}" for n in range(25))}, "1 to 60 characters; this one is 61": {"into": "x" * 61}}.items():
        board.maya.is_refused("ask_suggestion", because, stage="themes", **wish)
    board.maya.is_refused("ask_suggestion", "dial", stage="themes", strict=float("nan"))


def test_who_asks_from_an_old_page_with_other_wishes_is_told(board):
    board.maya.does("ask_suggestion", stage="themes", was=0, about=4)
    board.maya.is_refused("ask_suggestion", "asked for another suggestion first", stage="themes", was=0, about=5)


def test_themes_sorted_into_typed_names_keep_them(board):
    board.maya.does("ask_suggestion", stage="themes", into="Elders, Children")
    board.suggests(("Elders", ["i0"]), ("Tea", ["i3"]))
    board.maya.does("accept_suggestion", stage="themes")
    named = {theme.name: theme.named for theme in board.w.boards["themes"].themes.values()}
    assert named["Elders"] and not named["Tea"]


def test_ideas_are_moved_and_put_back_into_the_tray(board):
    board.maya.does("move_ideas", stage="themes", ideas=["i0", "i3"], theme=1)
    assert set(board.board()["Buses"]) == {"A bus on Sundays", "A desk in the village", "Free tea"}
    board.maya.does("move_ideas", stage="themes", ideas=["i2"], theme=-1)
    assert board.board()["tray"] == ["A bus on Sundays"]
    board.maya.is_refused("move_ideas", "not on the board", stage="themes", ideas=["i0"], theme=7)
    board.maya.is_refused("move_ideas", "not on the board", stage="themes", ideas=["nothing"], theme=1)


def test_the_clusterer_is_told_where_a_moved_idea_came_from(board):
    def told(*ideas):
        question = board_question(board.w, "themes", Forming())
        return [(question["previous"].get(i), question["held"].get(i)) for i in ideas]

    assert told("i0", "i3") == [(0, None), (None, None)]
    board.maya.does("move_ideas", stage="themes", ideas=["i0", "i3"], theme=1)
    assert told("i0", "i3") == [(0, 1), (-1, 1)]
    board.maya.does("make_theme", stage="themes", key="k1", name="Tea", ideas=["i0"])
    assert told("i0", "i2") == [(0, 2), (1, 1)], "from where the clusterer had it; what a split left is held and was not moved"
    board.maya.does("merge_themes", stage="themes", theme=0, into=2)
    assert told("i0", "i1") == [(1, 2), (2, 2)], "from a theme that is gone nobody can follow, but from where it was next"
    board.maya.does("undo", stage="themes", step=board.w.boards["themes"].history[-1].seq)
    assert told("i0", "i1") == [(0, 2), (0, None)]


def test_a_theme_is_split_by_making_a_new_one_of_some_ideas(board):
    board.maya.does("make_theme", stage="themes", key="k1", name="In the village", ideas=["i0"])
    assert board.board()["In the village"] == ["A desk in the village"] and board.board()["Desks"] == ["One desk for all"]
    board.maya.is_refused("make_theme", "with other words", stage="themes", key="k1", name="Other")
    board.maya.is_refused("make_theme", "1 to 60", stage="themes", key="k2", name=" ")


def test_themes_are_merged_and_their_letters_rest(board):
    board.maya.does("merge_themes", stage="themes", theme=1, into=0)
    assert set(board.board()["Desks"]) == {"A desk in the village", "One desk for all", "A bus on Sundays"}
    board.maya.does("make_theme", stage="themes", key="k1", name="Tea", ideas=["i3"])
    assert board.w.boards["themes"].themes[2].mark == "C"
    board.maya.is_refused("merge_themes", "into itself", stage="themes", theme=0, into=0)
    board.maya.is_refused("merge_themes", "not on the board", stage="themes", theme=0, into=9)


def test_a_closed_theme_gives_its_ideas_back(board):
    board.maya.does("close_theme", stage="themes", theme=0)
    assert set(board.board()["tray"]) == {"A desk in the village", "One desk for all", "Free tea"}
    board.maya.is_refused("close_theme", "not on the board", stage="themes", theme=9)


def test_a_theme_gets_a_wording(board):
    board.maya.does("word_theme", stage="themes", theme=0, wording="Open one desk in each village by May.")
    assert board.w.boards["themes"].themes[0].wording == "Open one desk in each village by May."
    board.maya.is_refused("word_theme", "at most 200", stage="themes", theme=0, wording="x" * 201)


def test_a_withdrawn_idea_leaves_the_board(board):
    from tests.story import Voice
    Voice(board, "ana", "participant").does("withdraw_idea", idea="i2")
    assert board.board()["Buses"] == []


def test_the_board_stands_once_its_vote_has_opened_but_words_may_change(board):
    board.opens("vote")
    for command, args in {"move_ideas": {"ideas": ["i0"], "theme": 1}, "hold_ideas": {"theme": 1}, "ask_suggestion": {}}.items():
        board.maya.is_refused(command, "vote on these themes has opened", stage="themes", **args)
    board.maya.does("rename_theme", stage="themes", theme=1, name="Buses and boats")
    board.maya.does("word_theme", stage="themes", theme=1, wording="One bus")


def test_themes_are_the_facilitators_work(board):
    from tests.story import Voice
    Voice(board, "ana", "participant").is_refused("move_ideas", "Only a facilitator", stage="themes", ideas=["i0"], theme=1)
    Voice(board, "maya", "facilitator").is_refused("suggest_themes", "cannot do that", stage="themes", suggestion=None)


def test_a_theme_that_goes_moves_no_other_one_to_another_shelf(river):
    river.opens("themes")
    for n in range(8):
        river.maya.does("make_theme", stage="themes", key=f"k{n}", name=f"Theme {n}")
    before = shelf_of_each_theme(river)
    assert set(before.values()) == {"0", "1", "2", "3"}
    for gone in (1, 4):
        river.maya.does("merge_themes", stage="themes", theme=gone, into=0)
        now = shelf_of_each_theme(river)
        assert now == {theme: before[theme] for theme in now}
    for gone in (5, 2):
        river.maya.does("close_theme", stage="themes", theme=gone)
    shelves = list(shelf_of_each_theme(river).values())
    assert max(map(shelves.count, "0123")) - min(map(shelves.count, "0123")) <= 1


def shelf_of_each_theme(river) -> dict[int, str]:
    entries = REGIONS["board-shelves"].look(river.w, Room(), "")["entries"]
    return {column.id: shelf for shelf, (columns, *_rest) in entries for column in columns}


def test_a_theme_whose_ideas_people_hold_elsewhere_is_not_opened_empty(river):
    ana = river.joins("Ana")
    river.opens("ideas", 1)
    ana.writes("A desk", idea="i0"), ana.writes("A bus", idea="i1")
    river.opens("themes")
    river.suggests(("Desks", ["i0"]), ("Buses", ["i1"]))
    river.maya.does("make_theme", stage="themes", key="k1", name="Ours", ideas=["i0"])
    river.maya.is_refused("accept_suggestion", "not in the suggestion", stage="themes", theme=0)
    river.maya.does("accept_suggestion", stage="themes")
    assert river.board() == {"Ours": ["A desk"], "Buses": ["A bus"], "tray": []}
