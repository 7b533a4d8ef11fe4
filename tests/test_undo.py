"""A board's history: what somebody did can be taken back, and nothing else with it."""
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.story import Story, Voice
from workshop.rules import Refused
from workshop.rules.board import in_the_way, next_redo, next_undo
from workshop.state import Spot

BOARD = {"stage": "themes"}


@pytest.fixture
def board(river):
    """Five ideas: two on desks, two on buses, and one in the tray of a board that was accepted."""
    sorted_board(river)
    return river


def sorted_board(river: Story) -> None:
    ana = river.joins("Ana")
    river.opens("ideas", 1)
    for n, text in enumerate(["A desk in the village", "One desk for all", "A bus on Sundays", "A late bus", "Free tea"]):
        ana.writes(text, idea=f"i{n}")
    river.opens("themes")
    river.suggests(("Desks", ["i0", "i1"]), ("Buses", ["i2", "i3"]))
    river.maya.does("accept_suggestion", **BOARD)


def now(story: Story):
    return story.w.boards["themes"]


def visible(story: Story) -> tuple:
    """All of the board that people see and that a later suggestion obeys."""
    b = now(story)
    return b.place, b.held, b.themes, b.cards, b.suggestion


def named_in_the_file(story: Story) -> set[str]:
    """The names of the themes as any SQLite tool reads them from the journal."""
    with closing(sqlite3.connect(story._path)) as db:
        return {name for name, in db.execute("select name from themes where not gone")}


def last(story: Story) -> int:
    return now(story).history[-1].seq


@pytest.mark.parametrize("command, args", [
    ("move_ideas", {"ideas": ["i0", "i4"], "theme": 1}), ("move_ideas", {"ideas": ["i0"], "theme": -1}),
    ("make_theme", {"key": "k1", "name": "In the village", "ideas": ["i0", "i4"]}), ("rename_theme", {"theme": 1, "name": "Getting there"}),
    ("word_theme", {"theme": 0, "wording": "One desk by May."}), ("merge_themes", {"theme": 1, "into": 0}), ("close_theme", {"theme": 0}),
    ("hold_ideas", {"theme": 1}), ("fold_ideas", {"ideas": ["i1"], "into": "i0"}), ("fold_ideas", {"ideas": ["i0"], "into": "i4"}),
])
def test_what_was_done_is_undone_and_done_again(board, command, args):
    before = visible(board)
    board.maya.does(command, **BOARD, **args)
    after = visible(board)
    assert after != before
    board.maya.does("undo", **BOARD, step=next_undo(board.w, now(board)).seq)
    assert visible(board) == before
    board.restarts()
    board.maya.does("undo", **BOARD, step=next_redo(board.w, now(board)).seq)
    assert visible(board) == after
    board.maya.does("undo", **BOARD, step=next_undo(board.w, now(board)).seq)
    assert visible(board) == before


def test_accepting_is_undone_in_one_step_and_can_be_done_theme_by_theme_then(board):
    board.maya.does("undo", **BOARD, step=last(board))
    assert board.board() == {"tray": ["A desk in the village", "One desk for all", "A bus on Sundays", "A late bus", "Free tea"]}
    board.maya.does("accept_suggestion", **BOARD, theme=1)
    assert board.board()["Buses"] == ["A bus on Sundays", "A late bus"] and "Desks" not in board.board()


def test_accepting_is_done_again_after_it_was_undone(board):
    after = visible(board)
    board.maya.does("undo", **BOARD, step=last(board))
    board.maya.does("undo", **BOARD, step=last(board))
    assert visible(board) == after


def test_steps_are_undone_from_the_last_to_the_first_and_done_again_in_turn(board):
    boards = [visible(board)]
    for ideas, theme in ((["i4"], 0), (["i0"], 1), (["i2"], -1)):
        board.maya.does("move_ideas", **BOARD, ideas=ideas, theme=theme)
        boards.append(visible(board))
    for before in reversed(boards[:-1]):
        board.maya.does("undo", **BOARD, step=next_undo(board.w, now(board)).seq)
        assert visible(board) == before
    for after in boards[1:]:
        board.maya.does("undo", **BOARD, step=next_redo(board.w, now(board)).seq)
        assert visible(board) == after
    assert next_redo(board.w, now(board)) is None


def test_whoever_does_something_new_gives_up_what_could_be_done_again(board):
    board.maya.does("move_ideas", **BOARD, ideas=["i4"], theme=0)
    board.maya.does("undo", **BOARD, step=last(board))
    board.maya.does("move_ideas", **BOARD, ideas=["i4"], theme=1)
    assert next_redo(board.w, now(board)) is None


def test_what_was_given_up_is_not_offered_again_once_the_newer_step_is_done_again(board):
    board.maya.does("merge_themes", **BOARD, theme=0, into=1)
    board.maya.does("undo", **BOARD, step=last(board))
    board.maya.does("close_theme", **BOARD, theme=0)
    board.maya.does("undo", **BOARD, step=last(board))
    board.maya.does("undo", **BOARD, step=next_redo(board.w, now(board)).seq)
    assert next_redo(board.w, now(board)) is None


def test_an_earlier_step_is_undone_and_the_later_ones_stay(board):
    board.maya.does("move_ideas", **BOARD, ideas=["i0"], theme=1)
    first = last(board)
    board.maya.does("rename_theme", **BOARD, theme=0, name="One desk")
    board.maya.does("undo", **BOARD, step=first)
    assert board.board() == {"One desk": ["One desk for all", "A desk in the village"], "Buses": ["A bus on Sundays", "A late bus"], "tray": ["Free tea"]}


def test_two_facilitators_are_told_whose_step_comes_first(board):
    tom = Voice(board, "tom", "facilitator")
    tom.does("welcome_facilitator", name="Tom")
    board.maya.does("move_ideas", **BOARD, ideas=["i0"], theme=1)
    mayas = last(board)
    tom.does("move_ideas", **BOARD, ideas=["i0"], theme=-1)
    board.maya.is_refused("undo", "Tom changed the same", **BOARD, step=mayas)
    assert in_the_way(board.w, now(board), now(board).step(mayas)).by == "tom"
    board.maya.does("undo", **BOARD, step=last(board))
    board.maya.does("undo", **BOARD, step=mayas)
    assert board.board()["Desks"] == ["One desk for all", "A desk in the village"]


def test_a_theme_into_which_ideas_came_later_is_not_taken_away_with_them(board):
    board.maya.does("make_theme", **BOARD, key="k1", name="Tea", ideas=["i4"])
    made = last(board)
    board.maya.does("move_ideas", **BOARD, ideas=["i0"], theme=2)
    board.maya.is_refused("undo", "Maya changed the same", **BOARD, step=made)


def test_ideas_do_not_go_back_into_a_theme_that_is_gone(board):
    board.maya.does("move_ideas", **BOARD, ideas=["i0"], theme=1)
    moved = last(board)
    board.maya.does("close_theme", **BOARD, theme=0)
    board.maya.is_refused("undo", "Maya changed the same", **BOARD, step=moved)


def test_ideas_that_came_since_stay_where_they_are(board):
    board.maya.does("merge_themes", **BOARD, theme=1, into=0)
    merged = last(board)
    Voice(board, "ana", "participant").writes("A boat", idea="i9")
    board.maya.does("undo", **BOARD, step=merged)
    assert board.board()["tray"] == ["Free tea", "A boat"]


def test_an_idea_that_its_author_took_back_stays_away(board):
    board.maya.does("merge_themes", **BOARD, theme=1, into=0)
    Voice(board, "ana", "participant").does("withdraw_idea", idea="i2")
    board.maya.does("undo", **BOARD, step=last(board))
    assert board.board()["Buses"] == ["A late bus"]


def test_an_idea_that_its_author_put_back_holds_up_no_undoing(board):
    ana = Voice(board, "ana", "participant")
    ana.does("withdraw_idea", idea="i1"), ana.does("restore_idea", idea="i1")
    board.maya.does("move_ideas", **BOARD, ideas=["i1", "i2"], theme=0)
    board.maya.does("undo", **BOARD, step=last(board))
    board.maya.does("undo", **BOARD, step=next_undo(board.w, now(board)).seq)
    assert not now(board).themes and not now(board).place


def test_of_many_steps_in_the_way_the_one_that_can_go_is_offered(board):
    first = last(board)
    board.maya.does("move_ideas", **BOARD, ideas=["i0"], theme=1)
    board.maya.does("make_theme", **BOARD, key="k1", name="In the village", ideas=["i0", "i4"])
    board.maya.does("rename_theme", **BOARD, theme=2, name="Villages")
    board.maya.does("close_theme", **BOARD, theme=2)
    for kind in ("ThemeClosed", "ThemeRenamed", "ThemeMade", "IdeasMoved"):
        step = in_the_way(board.w, now(board), now(board).step(first))
        assert step.kind == kind and board.maya.does("undo", **BOARD, step=step.seq)
    assert board.maya.does("undo", **BOARD, step=first)


def test_an_idea_that_left_the_tray_is_not_put_back_into_a_theme(board):
    board.maya.does("close_theme", **BOARD, theme=0)
    closed = last(board)
    Voice(board, "ana", "participant").does("withdraw_idea", idea="i0")
    board.maya.does("undo", **BOARD, step=closed)
    assert board.board()["Desks"] == ["One desk for all"] and "i0" not in now(board).place


def test_a_card_whose_first_idea_was_withdrawn_goes_back_without_it(board):
    board.maya.does("fold_ideas", **BOARD, ideas=["i1"], into="i0")
    board.maya.does("make_theme", **BOARD, key="k1", name="Villages", ideas=["i0"])
    made = last(board)
    Voice(board, "ana", "participant").does("withdraw_idea", idea="i0")
    board.maya.does("undo", **BOARD, step=made)
    assert board.board() == {"Desks": ["One desk for all"], "Buses": ["A bus on Sundays", "A late bus"], "tray": ["Free tea"]}


def test_undoing_what_was_undone_or_never_done_changes_nothing(board):
    board.maya.does("move_ideas", **BOARD, ideas=["i0"], theme=1)
    step = last(board)
    assert board.maya.does("undo", **BOARD, step=step)
    assert not board.maya.does("undo", **BOARD, step=step)
    board.maya.is_refused("undo", "not in this board's history", **BOARD, step=2)


def test_once_people_vote_only_names_and_wordings_are_undone(board):
    board.maya.does("move_ideas", **BOARD, ideas=["i0"], theme=1)
    moved = last(board)
    board.maya.does("rename_theme", **BOARD, theme=0, name="One desk")
    board.opens("vote")
    board.maya.is_refused("undo", "vote on these themes has opened", **BOARD, step=moved)
    board.maya.does("undo", **BOARD, step=last(board))
    assert now(board).themes[0].name == "Desks"


def test_a_letter_is_not_used_again_after_its_theme_was_undone(board):
    board.maya.does("make_theme", **BOARD, key="k1", name="Tea", ideas=["i4"])
    board.maya.does("undo", **BOARD, step=last(board))
    board.maya.does("make_theme", **BOARD, key="k2", name="Bread")
    assert now(board).themes[3].name == "Bread"


def test_a_theme_that_a_person_opens_does_not_take_the_number_of_a_suggested_one(river):
    ana = river.joins("Ana")
    river.opens("ideas", 1)
    ana.writes("A desk", idea="i0"), ana.writes("A bus", idea="i1")
    river.opens("themes")
    river.suggests(("Desks", ["i0"]), ("Buses", ["i1"]))
    river.maya.does("make_theme", **BOARD, key="k1", name="Tea")
    river.maya.does("accept_suggestion", **BOARD)
    assert river.board() == {"Tea": [], "Desks": ["A desk"], "Buses": ["A bus"], "tray": []}


def test_the_buttons_offer_what_can_be_done_after_steps_were_undone_out_of_their_order(board):
    """Undone: the theme, from the list; held again in between: its ideas, which are gone with it."""
    board.maya.does("make_theme", **BOARD, key="k1", name="Tea", ideas=["i4"])
    made = last(board)
    board.maya.does("release_ideas", **BOARD, ideas=["i4"]), board.maya.does("hold_ideas", **BOARD, ideas=["i4"])
    held = last(board)
    board.maya.does("undo", **BOARD, step=made)
    board.maya.is_refused("undo", "Undo that first", **BOARD, step=held)
    assert next_undo(board.w, now(board)).seq < made
    board.maya.does("undo", **BOARD, step=next_redo(board.w, now(board)).seq)
    assert next_undo(board.w, now(board)).of and now(board).themes[2].name == "Tea"


IDEAS = st.sampled_from([f"i{n}" for n in range(5)])
THEMES = st.integers(0, 6)


class AnyHand(RuleBasedStateMachine):
    """Two facilitators, the clusterer and an author, in any order."""

    @initialize()
    def begins(self):
        self.folder = tempfile.TemporaryDirectory()
        self.story = Story(Path(self.folder.name))
        sorted_board(self.story)
        self.key = 0

    def does(self, command, by="maya", **args):
        try:
            self.story.session.do(command, by, "facilitator", **BOARD, **args)
        except Refused:
            return False
        return True

    @rule(ideas=st.lists(IDEAS, min_size=1, max_size=3), theme=st.integers(-1, 6), by=st.sampled_from(["maya", "tom"]))
    def moves(self, ideas, theme, by):
        self.does("move_ideas", by, ideas=ideas, theme=theme)

    @rule(ideas=st.lists(IDEAS, max_size=2))
    def makes(self, ideas):
        self.key += 1
        self.does("make_theme", key=f"k{self.key}", name=f"Theme {self.key}", ideas=ideas)

    @rule(theme=THEMES, into=THEMES)
    def merges(self, theme, into):
        self.does("merge_themes", theme=theme, into=into)

    @rule(theme=THEMES)
    def closes(self, theme):
        self.does("close_theme", theme=theme)

    @rule(theme=THEMES, name=st.sampled_from(["One desk", "Getting there"]))
    def renames(self, theme, name):
        self.does("rename_theme", theme=theme, name=name)

    @rule(idea=IDEAS, into=IDEAS)
    def folds(self, idea, into):
        self.does("fold_ideas", ideas=[idea], into=into)

    @rule(idea=IDEAS)
    def parts(self, idea):
        self.does("part_card", idea=idea)

    @rule(ideas=st.lists(IDEAS, max_size=3), hold=st.booleans())
    def holds(self, ideas, hold):
        self.does("hold_ideas" if hold else "release_ideas", ideas=ideas)

    @rule(first=st.sets(IDEAS), whole=st.booleans())
    def is_suggested_something(self, first, whole):
        """What people placed, named and held stays; the rest goes where the answer says."""
        self.does("ask_suggestion")
        self.story.suggests(("Some", sorted(first)), ("Others", [f"i{n}" for n in range(5) if f"i{n}" not in first]))
        before = now(self.story)
        theme = None if whole else next(iter(before.suggestion.names))
        if self.does("accept_suggestion", theme=theme):
            after = now(self.story)
            assert all(after.spot(i) == before.spot(i) for i in before.held)
            assert all(after.themes[n] == t for n, t in before.themes.items() if t.named)

    @rule(idea=IDEAS)
    def takes_back_an_idea(self, idea):
        command = "restore_idea" if self.story.w.ideas[idea].withdrawn else "withdraw_idea"
        try:
            self.story.session.do(command, "ana", "participant", idea=idea)
        except Refused:
            assert self.story.w.ideas[idea].withheld

    @rule(idea=IDEAS)
    def sets_aside_or_gives_back(self, idea):
        command = "give_back_idea" if self.story.w.ideas[idea].withheld else "withhold_idea"
        try:
            self.story.session.do(command, "maya", "facilitator", idea=idea)
        except Refused:
            assert self.story.w.ideas[idea].withdrawn

    @precondition(lambda self: hasattr(self, "story") and now(self.story).history)
    @rule(data=st.data())
    def undoes(self, data):
        """Only what the step touched changes, to what it was before."""
        before = now(self.story)
        step = data.draw(st.sampled_from(before.history))
        if not self.does("undo", step=step.seq) or step.undone:
            assert now(self.story) is before
            return
        after = now(self.story)
        for i in self.story.w.ideas:
            was = step.ideas[i][0] if i in step.ideas else before.spot(i)
            if step.withheld and step.back:   # set aside again, wherever it is by now; what lies on its card stands alone
                was = Spot() if i == step.withheld[0] else replace(before.spot(i), card="")
            assert after.spot(i) in (before.spot(i), was, replace(was, card=""))
        for n in before.themes.keys() | after.themes.keys():
            assert after.themes.get(n) == (step.themes[n][0] if n in step.themes else before.themes.get(n))

    @precondition(lambda self: hasattr(self, "story") and now(self.story).history)
    @rule(data=st.data())
    def presses_what_is_offered(self, data):
        """What stands in the way of any step can be undone itself."""
        b = now(self.story)
        step = data.draw(st.sampled_from([s for s in b.history if not s.undone]))
        assert self.does("undo", step=(in_the_way(self.story.w, b, step) or step).seq)

    @precondition(lambda self: hasattr(self, "story"))
    @rule(button=st.sampled_from([next_undo, next_redo]))
    def presses_a_button(self, button):
        """What a button offers is done when it is pressed."""
        if step := button(self.story.w, now(self.story)):
            assert self.does("undo", step=step.seq)

    @precondition(lambda self: hasattr(self, "story"))
    @rule(data=st.data())
    def does_and_undoes_at_once(self, data):
        """With nothing in between the board is the same as before."""
        before, count = visible(self.story), len(now(self.story).history)
        data.draw(st.sampled_from([
            lambda: self.does("move_ideas", ideas=["i1", "i2"], theme=data.draw(THEMES)), lambda: self.does("merge_themes", theme=0, into=1),
            lambda: self.does("close_theme", theme=data.draw(THEMES)), lambda: self.sets_aside_or_gives_back(data.draw(IDEAS)), lambda: self.does("fold_ideas", ideas=["i1"], into="i2")]))()
        if len(now(self.story).history) > count:
            assert self.does("undo", step=last(self.story))
            assert visible(self.story) == before

    @invariant()
    def conserves_ideas(self):
        if not hasattr(self, "story"):
            return
        w, b = self.story.w, now(self.story)
        there = {i.id for i in w.ideas_of("ideas")}
        assert set(b.place) <= there and b.held <= there and set(b.place.values()) <= set(b.themes)
        assert len(b.place) + len(w.tray("themes")) == len(there)
        for idea, card in b.cards.items():
            assert card not in b.cards and {idea, card} <= there
            assert (b.spot(card).theme, b.spot(card).held) == (b.spot(idea).theme, b.spot(idea).held)

    def teardown(self):
        if hasattr(self, "story"):
            assert named_in_the_file(self.story) == {theme.name for theme in now(self.story).themes.values()}
            self.story.restarts()
            self.story.session.close()
            self.folder.cleanup()


TestAnyHand = AnyHand.TestCase
TestAnyHand.settings = settings(max_examples=30, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck))
