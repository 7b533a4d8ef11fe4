"""The result comes at the facilitator's word, from the last place to the first; what is to come is in no page."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.story import Story
from tests.test_hidden import app, downloads, drawings  # noqa: F401
from tests.test_vote import NAMES, vote  # noqa: F401
from workshop.regions.console import reveal
from workshop.regions.options import revealed
from workshop.regions.region import REGIONS
from workshop.rules.tally import tally
from workshop.state import Ballot


@pytest.fixture
def counted(vote):  # noqa: F811
    """Desks 24, Buses 12, Letters 7, Forms 5, Phones none; three places."""
    for n, person in enumerate(vote.people):
        person.does("cast_ballot", stage="vote", dots={"theme:0": 2, "theme:1": 1, "theme:3" if n < 7 else "theme:2": 1}, number=1)
    vote.maya.does("close_vote", stage="vote")
    return vote


def names(river) -> tuple[list[str], list[str]]:
    return tuple([place.option.text for place in part] for part in revealed(river.w, river.w.votes["vote"]))


def shows(river, rank: int) -> bool:
    return river.maya.does("show_result", stage="vote", from_rank=rank)


def test_one_press_shows_one_place_and_the_last_shows_all(counted):
    seen = []
    while (coming := reveal.coming(counted.w.votes["vote"])) is not None:
        assert shows(counted, coming.rank)
        seen.append(names(counted))
    assert seen == [(["Letters"], []), (["Buses", "Letters"], []), (["Desks", "Buses", "Letters"], []), (["Desks", "Buses", "Letters"], ["Forms", "Phones"])]
    assert counted.w.votes["vote"].shown


def test_what_has_been_shown_stays_shown(counted):
    shows(counted, 2)
    assert not shows(counted, 3), "a late press undoes nothing"
    assert names(counted) == (["Buses", "Letters"], [])
    counted.maya.is_refused("show_result", "Nothing stands in place 9", stage="vote", from_rank=9)
    counted.maya.does("show_result", stage="vote")
    assert not shows(counted, 1) and counted.w.votes["vote"].shown


def test_the_console_says_what_to_say(counted):
    assert reveal.script(counted.w).say == "Place 3, with 7 dots from 7 people: Letters."
    shows(counted, 1)
    assert reveal.script(counted.w).say.startswith("This is everything")
    shows(counted, 0)
    assert reveal.script(counted.w) is None


def test_those_that_share_a_place_come_together(vote):  # noqa: F811
    for n, person in enumerate(vote.people):
        person.does("cast_ballot", stage="vote", dots={"theme:0": 2, f"theme:{1 + n % 3}": 1}, number=1)
    vote.maya.does("close_vote", stage="vote")
    assert reveal.script(vote.w).say == "3 share place 2, with 4 dots each: Buses, Forms and Letters."
    vote.maya.is_refused("show_result", "Nothing stands in place 3", stage="vote", from_rank=3)
    shows(vote, 2)
    assert vote.w.votes["vote"].from_rank == 2 and names(vote) == (["Buses", "Forms", "Letters"], [])


@given(cast=st.lists(st.dictionaries(st.sampled_from("uvwxyz"), st.integers(1, 2), max_size=3), max_size=12), priorities=st.integers(1, 4), keep=st.booleans())
def test_the_places_shown_one_by_one_are_all_of_those_that_go_in_or_tie_and_no_others(cast, priorities, keep):
    result = tally("uvwxyz", {f"p{n}": Ballot(dots, 1) for n, dots in enumerate(cast)}, {}, priorities=priorities, budget=6, cap=2, keep_ties=keep)
    *ranks, last = result.places
    assert last == 0 and ranks == sorted(set(ranks), reverse=True)
    assert {row.option for row in result.rows if row.rank in ranks} == {*result.priorities, *result.tied}


def told(folder, first: str, second: str, third: str) -> Story:
    """A room in which *first* has 24 dots, *second* 12 and *third* 7; place 3 is shown."""
    folder.mkdir()
    river = Story(folder)
    river.people = river.fills(12)
    river.opens("ideas", 1)
    for n, name in enumerate(NAMES):
        river.people[n].writes(f"About {name.lower()}", idea=f"i{n}")
    river.opens("themes")
    river.suggests(*((name, [f"i{n}"]) for n, name in enumerate(NAMES)))
    river.maya.does("accept_suggestion", stage="themes")
    river.opens("vote")
    for n, person in enumerate(river.people):
        person.does("cast_ballot", stage="vote", dots={first: 2, second: 1, **({third: 1} if n < 7 else {})}, number=1)
    river.maya.does("close_vote", stage="vote")
    shows(river, 3)
    return river


def test_a_place_that_is_still_to_come_is_in_no_page_and_no_file(app, tmp_path):  # noqa: F811
    """Two rooms that agree on place 3 alone look the same until place 2 is shown."""
    pair = [told(tmp_path / "one", "theme:0", "theme:1", "theme:3"), told(tmp_path / "other", "theme:2", "theme:4", "theme:3")]

    def seen() -> list[dict]:
        drawn = (drawings(app, story, "") for story in pair)
        pages = [{key: html for key, html in each.items() if REGIONS[key[0]].page != "console" and REGIONS[key[0]].audience != "person"} for each in drawn]
        files = [{key: text for key, text in downloads(story).items() if key[2] == "participant"} for story in pair]
        return [pages[0] == pages[1], files[0] == files[1], "Letters" in pages[0]["screen-result", ""]]
    assert seen() == [True, True, True]
    for story in pair:
        shows(story, 2)
    assert seen() == [False, True, True], "the test sees a difference where there is one"
    for story in pair:
        story.restarts()
        story.session.close()
