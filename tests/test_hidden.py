"""Hidden is not sent: two rooms that differ in nothing but what is hidden look the same on every page and in every file."""
from dataclasses import replace

import pytest

from tests.story import Story
from tests.test_drawn import prepare
from workshop.app import create_app
from workshop.charter import files
from workshop.drawn import Drawn
from workshop.live.audiences import audiences
from workshop.regions.region import REGIONS
from workshop.room import Forming
from workshop.seats import Seat

ASKERS = ("participant", "facilitator", "organiser")


@pytest.fixture
def rooms(tmp_path):
    """Two workshops with the same six people, side by side, each for one priority."""
    pair = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        story = Story(tmp_path / name, priorities=1)
        story.people = story.fills(6)
        pair.append(story)
    yield pair
    for story in pair:
        story.restarts()
        story.session.close()


@pytest.fixture
def app(tmp_path):
    app = create_app(tmp_path / "sessions", "http://workshop.test")
    with app.test_request_context(base_url="http://workshop.test"):
        yield app


def drawings(app, story, *viewers: str) -> dict[tuple[str, str], str]:
    """(region, whose) -> what everybody's pages show; what is only the *viewers*' own is left out."""
    drawn, shown = Drawn(story.session, app.jinja_env), {}
    for region in REGIONS.values():
        people = ["maya"] if region.page == "console" else [p.id for p in story.people] if region.page == "phone" else [""]
        for person in people:
            if region.audience == "person" and person in viewers:
                continue
            html = drawn.look(region, audiences(Seat(region.page, person), story.w, "en")[region.audience]).html
            assert html or not drawn._failed, drawn._failed
            shown[region.name, person] = html
    return shown


def downloads(story) -> dict[tuple[str, str, str], str]:
    """Every file that anybody could ask for, but PDF and Word, which are written from what the others are written from."""
    return {(name, kind, asker): files.make(story.w, name, kind, asker=asker, mark="same")[0].decode(errors="surrogateescape")
            for name, kinds in files.FILES.items() for kind in kinds if kind not in ("pdf", "docx") for asker in ASKERS}


def look_the_same(app, rooms, *viewers: str) -> None:
    one, other = rooms
    assert drawings(app, one, *viewers) == drawings(app, other, *viewers)
    assert downloads(one) == downloads(other)


def test_what_is_written_in_silence_shows_in_its_count_alone(app, rooms):
    for story, text, idea in zip(rooms, ("A lantern in Zanzibar", "Buses that wait for the ferry"), ("aaaa", "bbbb")):
        story.opens("ideas", 0)
        story.people[0].writes(text, idea=idea)
    look_the_same(app, rooms, "p0")
    for story in rooms:
        story.opens("ideas", 1)
    assert drawings(app, rooms[0], "p0") != drawings(app, rooms[1], "p0"), "the test sees a difference where there is one"


def test_nothing_of_forming_themes_is_on_the_console_while_writing_is_silent(app, rooms):
    for story, word in zip(rooms, ("Lanterns", "Ferries")):
        story.opens("ideas", 0)
        for n in range(14):
            story.people[n % 6].writes(f"{word} {n}", idea=f"i{n}")
        forming = Forming({f"i{n}": n % 2 for n in range(14)}, {0: word, 1: word * 2}, {0: ("i0",), 1: ("i1",)}, {}, 2)
        story.session.enter(lambda room: replace(room, worker="ready", forming={"ideas": forming}))
    one, other = (drawings(app, story, "") for story in rooms)
    assert one["forming", "maya"] == other["forming", "maya"] and "when writing is revealed" in one["forming", "maya"]
    for story in rooms:
        story.opens("ideas", 1)
    shown = [drawings(app, story, "") for story in rooms]
    for drawn, word in zip(shown, ("Lanterns", "Ferries")):
        assert f"{word}{word}" in drawn["forming", "maya"]
        assert not [key for key, html in drawn.items() if f"{word}{word}" in html and key[0] != "forming"]


def test_silence_hides_in_a_break_as_well(app, rooms):
    for story, text in zip(rooms, ("A lantern in Zanzibar", "Buses that wait for the ferry")):
        story.opens("ideas", 0)
        story.people[0].writes(text, idea=text[2:5])
        story.opens("welcome")
    look_the_same(app, rooms, "p0")


def test_how_many_support_an_idea_is_shown_and_not_who(app, rooms):
    for story, supporter in zip(rooms, (0, 1)):
        story.opens("ideas", 1)
        author, *mates = (next(p for p in story.people if p.id == id) for id in story.w.groups_of("ideas")[0].people)
        author.writes("A lantern in Zanzibar", idea="aaaa")
        mates[supporter].does("support_idea", idea="aaaa")
    assert "1 supports it" in drawings(app, story)["my-ideas", author.id] and "1 supports it" in drawings(app, story)["flip-chart", author.id]
    look_the_same(app, rooms, mates[0].id, mates[1].id)
    for story in rooms:
        prepare(story, story.people, "themes")
        story.opens("themes")
    look_the_same(app, rooms, mates[0].id, mates[1].id)


def test_dots_show_in_the_turnout_alone_until_the_close(app, rooms):
    for story, dots in zip(rooms, ({"theme:0": 2}, {"theme:1": 2, "theme:0": 1})):
        for stage in ("ideas", "plenary", "themes", "vote"):
            prepare(story, story.people, stage)
            story.opens(stage, 1 if stage == "ideas" else 0)
        story.people[0].does("cast_ballot", stage="vote", dots=dots, number=1)
        story.people[1].does("cast_ballot", stage="vote", dots={"theme:1": 1}, number=1)
    look_the_same(app, rooms, "p0")


def test_a_result_is_the_facilitators_until_it_is_shown(app, rooms):
    for story, dots in zip(rooms, ({"theme:0": 2}, {"theme:1": 2})):
        for stage in ("ideas", "plenary", "themes", "vote"):
            prepare(story, story.people, stage)
            story.opens(stage, 1 if stage == "ideas" else 0)
        for person in story.people:
            person.does("cast_ballot", stage="vote", dots=dots, number=1)
        story.maya.does("close_vote", stage="vote")
    one, other = (drawings(app, story, "") for story in rooms)
    shared = [key for key in one if REGIONS[key[0]].page != "console" and REGIONS[key[0]].audience != "person"]
    assert {key: one[key] for key in shared} == {key: other[key] for key in shared}
    one, other = (downloads(story) for story in rooms)
    assert {k: v for k, v in one.items() if k[2] == "participant"} == {k: v for k, v in other.items() if k[2] == "participant"}
    assert one != other


def test_a_suggestion_is_the_facilitators_until_it_is_accepted(app, rooms):
    for story, names in zip(rooms, (("Desks", "Buses"), ("Letters", "Forms"))):
        for stage in ("ideas", "plenary", "themes"):
            prepare(story, story.people, stage)
            story.opens(stage, 1 if stage == "ideas" else 0)
        ideas = [i.id for i in story.w.ideas_of("ideas")]
        story.suggests((names[0], ideas[:2]), (names[1], ideas[2:]))
    one, other = (drawings(app, story, "") for story in rooms)
    outside = [key for key in one if REGIONS[key[0]].page != "console"]
    assert {key: one[key] for key in outside} == {key: other[key] for key in outside}
    assert downloads(rooms[0]) == downloads(rooms[1])


def test_what_is_withheld_is_the_facilitators_and_its_authors_alone_through_the_day(app, rooms):
    """Two rooms differ in one idea, which is starred, supported, on the board, then on a ballot and chosen; it is withheld at each place."""
    def differ() -> bool:
        one, other = (drawings(app, story, "p0") for story in rooms)
        outside = [key for key in one if REGIONS[key[0]].page != "console"]
        return {key: one[key] for key in outside} != {key: other[key] for key in outside} or downloads(rooms[0]) != downloads(rooms[1])

    def passes_unseen() -> None:
        for story in rooms:
            story.maya.does("withhold_idea", idea="aaaa")
        assert not differ()
        one, other = (drawings(app, story, "p0")["withheld", "maya"] for story in rooms)
        assert "Zanzibar" in one and "ferry" in other
        for story in rooms:
            story.maya.does("give_back_idea", idea="aaaa")

    for story, text in zip(rooms, ("A lantern in Zanzibar", "Buses that wait for the ferry")):
        story.opens("ideas", 1)
        story.people[0].writes(text, idea="aaaa")
        story.maya.does("move_person", stage="ideas", person="p1", group=story.w.group_of("p0", "ideas").id)
        story.people[1].does("support_idea", idea="aaaa")
    assert differ(), "the test sees a difference where there is one"
    passes_unseen()
    for story in rooms:
        story.opens("ideas", 2)
        story.people[1].does("star_idea", idea="aaaa")
    passes_unseen()
    for story in rooms:
        prepare(story, story.people, "plenary")
        story.opens("plenary")
        story.maya.does("share_group", stage="plenary", group=story.w.group_of("p0", "ideas").id)
    assert differ()
    passes_unseen()
    for story in rooms:
        story.opens("themes")
        prepare(story, story.people, "vote")
        story.people[1].does("flag_place", stage="themes", idea="aaaa", theme=-1)
    assert differ()
    passes_unseen()
    for story in rooms:
        story.maya.does("vote_on", stage="vote", options="ideas", was=0)
        story.opens("vote")
        for person in story.people:
            person.does("cast_ballot", stage="vote", dots={"idea:aaaa": 1}, number=1)
    assert differ()
    passes_unseen()
    for story in rooms:
        story.maya.does("close_vote", stage="vote")
        story.maya.does("show_result", stage="vote")
    assert differ()
    passes_unseen()
    for story in rooms:
        story.opens("discuss")
        story.maya.does("put_on_stage", stage="discuss", priority="idea:aaaa")
        story.maya.does("set_action", action="a1", stage="discuss", priority="idea:aaaa", what="Ask")
    assert differ()
    passes_unseen()
    for story in rooms:
        story.opens("charter")
        story.maya.does("adopt_charter")
        story.opens("close")
        story.maya.does("end_workshop")
    assert differ()
    passes_unseen()


def test_a_run_off_is_hidden_like_every_vote(app, rooms):
    for story, theme in zip(rooms, ("theme:0", "theme:1")):
        for stage in ("ideas", "plenary", "themes", "vote"):
            prepare(story, story.people, stage)
            story.opens(stage, 1 if stage == "ideas" else 0)
        for person in story.people:
            person.does("cast_ballot", stage="vote", dots={"theme:0": 1, "theme:1": 1}, number=1)
        for command in ("close_vote", "show_result"):
            story.maya.does(command, stage="vote")
        story.maya.does("open_run_off", stage="vote", id="again")
        story.opens("again")
        story.people[0].does("cast_ballot", stage="again", dots={theme: 1}, number=1)
    look_the_same(app, rooms, "p0")
    for story in rooms:
        story.maya.does("close_vote", stage="again")
    for stage in ("again", "vote"):
        for story in rooms:
            story.opens(stage)
        one, other = (drawings(app, story, "") for story in rooms)
        shared = [key for key in one if REGIONS[key[0]].page != "console" and REGIONS[key[0]].audience != "person"]
        assert {key: one[key] for key in shared} == {key: other[key] for key in shared}
        one, other = (downloads(story) for story in rooms)
        assert {k: v for k, v in one.items() if k[2] == "participant"} == {k: v for k, v in other.items() if k[2] == "participant"}
        assert one != other
