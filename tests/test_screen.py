"""What the projector shows: everything that belongs to everybody, nothing that is still hidden, and all of it in sight."""
import re

import pytest
from playwright.sync_api import expect

from workshop.regions.region import on_page

SIZES = [(1920, 1080), (1280, 720), (1024, 768)]
LONG = "Reply to each letter in ten working days, number %d, and say when an answer comes that nobody has yet"
CUT = """() => [document.documentElement.scrollWidth > innerWidth, document.querySelector("main").scrollHeight > document.querySelector("main").clientHeight + 1,
               [...document.querySelectorAll("h1, .caption, .address, [role=timer]")].some((place) => place.getBoundingClientRect().bottom > innerHeight)]"""


def shown(story) -> dict:
    """Everything that the screen's templates may read now."""
    return {region.name: dict(region.look(story.w, story.session.room, "")) for region in on_page("screen")}


def written(river, ideas: int = 6) -> list:
    """Twelve people, tables, and ideas on every table."""
    people = river.fills(12)
    river.opens("ideas", 1)
    for n in range(ideas):
        people[n % 12].writes(f"Idea number {n}", idea=f"idea{n}")
    return people


def at_the_vote(river) -> list:
    people = written(river)
    river.opens("themes")
    river.suggests(("Desks", ["idea0", "idea1"]), ("Letters", ["idea2"]), ("Buses", ["idea3"]), ("Clinics", ["idea4", "idea5"]))
    river.maya.does("accept_suggestion", stage="themes")
    river.opens("vote")
    return people


def test_what_is_written_in_silence_is_counted_by_table_and_not_shown(river):
    people = river.fills(4)
    river.opens("ideas")
    people[0].writes("A single desk", idea="hidden-one")
    told = shown(river)
    assert "A single desk" not in repr(told) and "hidden-one" not in repr(told)
    assert told["screen-ideas"]["count"] == 1 and sorted(t.count for t in told["screen-ideas"]["tables"]) == [0, 1]
    river.opens("ideas", 1)
    assert "A single desk" in repr(shown(river)["idea-wall"])


def test_a_suggestion_is_not_on_the_screen_until_it_is_accepted(river):
    written(river)
    river.opens("themes")
    river.suggests(("Desks", ["idea0", "idea1"]))
    assert "Desks" not in repr(shown(river))
    river.maya.does("accept_suggestion", stage="themes")
    board = shown(river)["screen-board"]
    assert [(t.mark, t.name, t.count) for t in board["themes"]] == [("A", "Desks", 2)] and board["unplaced"] == 4


def test_starred_ideas_are_read_back_first(river):
    people = written(river)
    river.opens("ideas", 2)
    starred = river.w.ideas["idea3"]
    member = next(p for p in people if river.w.group_of(p.id, "ideas").id == starred.group)
    member.does("star_idea", idea="idea3")
    river.opens("themes")
    river.suggests(("Desks", ["idea0", "idea1", "idea2", "idea3"]))
    river.maya.does("accept_suggestion", stage="themes")
    assert shown(river)["screen-board"]["themes"][0].ideas[0] == starred.text


def test_the_screen_is_the_same_whatever_people_chose_until_the_result_is_shown(river):
    people = at_the_vote(river)
    for person in people:
        person.does("cast_ballot", stage="vote", dots={"theme:0": 2}, number=1)
    before = shown(river)
    for person in people:
        person.does("cast_ballot", stage="vote", dots={"theme:1": 2, "theme:2": 1}, number=2)
    assert shown(river) == before and before["screen-vote"]["voted"] == 12
    river.maya.does("close_vote", stage="vote")
    assert not shown(river)["screen-result"]["shown"] and "rank" not in repr(shown(river))
    river.maya.does("show_result", stage="vote")
    podium = shown(river)["screen-result"]["podium"]
    assert [(p.rank, p.option.text, p.dots) for p in podium] == [(1, "Letters", 24), (2, "Buses", 12)]


def test_places_that_are_shared_say_so_and_options_without_a_dot_stay(river):
    people = at_the_vote(river)
    for n, person in enumerate(people):
        person.does("cast_ballot", stage="vote", dots={f"theme:{n % 2}": 1}, number=1)
    river.maya.does("close_vote", stage="vote")
    river.maya.does("show_result", stage="vote")
    result = shown(river)["screen-result"]
    assert [(p.rank, p.shared) for p in result["podium"]] == [(1, True), (1, True)]
    assert result["rest"] == () and [option.text for option in result["bare"]] == ["Buses", "Clinics"]


def test_a_side_of_four_voters_gives_away_neither_itself_nor_the_other(river):
    people = at_the_vote(river)
    voters = [p for n, p in enumerate(people) if n % 2 == 0 or n < 8]
    for person in voters:
        person.does("cast_ballot", stage="vote", dots={"theme:0": 1}, number=1)
    river.maya.does("close_vote", stage="vote")
    river.maya.does("show_result", stage="vote")
    result = shown(river)["screen-result"]
    assert result["sides"] == () and result["hidden"].startswith("Civil service and Civil society: not shown alone")
    assert all(not place.sides for place in (*result["podium"], *result["rest"]))


def test_an_objection_stands_there_without_a_name(river):
    people = at_the_vote(river)
    river.maya.does("close_vote", stage="vote")
    river.opens("charter")
    people[3].does("take_stand", stand="object", why="Six months is too long.")
    charter = shown(river)["screen-charter"]
    assert charter["why"] == ("Six months is too long.",) and charter["reading"] == 11 and people[3].id not in repr(charter)


class Lead:
    """A facilitator without a browser, who writes, stars and votes for people without a phone."""

    def __init__(self, playwright, served) -> None:
        made = served.make(groups="3", people="24")
        self.code, self.standing = made["code"], ""
        self.http = playwright.request.new_context(base_url=served.local)
        self.http.post(f"/{self.code}/console", form={"token": made["token"], "name": "Maya"})
        self.ids = [f"p{n}" for n in range(12)]
        for n, person in enumerate(self.ids):
            self.does("add_person", person=person, name=f"P{n}", constituency=("Civil service", "Civil society")[n % 2])

    def does(self, command: str, **args) -> None:
        answer = self.http.post(f"/{self.code}/do/{command}", form={**args, "seat": "console"}, max_redirects=0)
        assert answer.status == 303, re.sub(r"<[^>]+>|\s+", " ", answer.text())[:600]

    def options(self) -> list[str]:
        """The themes as options of the vote, in the order of the board."""
        return [f"theme:{theme['id']}" for theme in self.http.get(f"/{self.code}/files/workshop.json").json()["themes"]]

    def opens(self, stage: str, step: int = 0) -> None:
        self.does("open_stage", stage=stage, step=step, was=self.standing)
        self.standing = f"{stage}.{step}"

    def writes(self, n: int, text: str) -> None:
        self.does("submit_idea", idea=f"idea{n}", text=text, stage="ideas", person=self.ids[n % 12])


@pytest.fixture
def lead(playwright, served):
    lead = Lead(playwright, served)
    yield lead
    lead.http.dispose()


@pytest.fixture
def screen(people, lead):
    page = people(f"/{lead.code}/screen", *SIZES[0])
    expect(page.locator("body[data-live=yes]")).to_be_attached()
    return page


def looked_at(screen, accessible, words: str) -> None:
    """The words came by themselves; at every size everything is in sight, light and dark."""
    expect(screen.get_by_text(words).first).to_be_visible()
    for width, height in SIZES:
        screen.set_viewport_size({"width": width, "height": height})
        screen.wait_for_timeout(60)
        assert screen.evaluate(CUT) == [False, False, False], (words, width)
    accessible(screen)
    screen.set_viewport_size({"width": 360, "height": 740})
    assert screen.evaluate("document.documentElement.scrollWidth <= innerWidth"), words
    screen.set_viewport_size({"width": SIZES[0][0], "height": SIZES[0][1]})


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.slow
def test_the_screen_follows_every_stage_and_nothing_is_cut(screen, lead, accessible):
    looked_at(screen, accessible, "scan, or type the code")
    lead.opens("welcome")
    looked_at(screen, accessible, "join with the code")
    lead.opens("tables")
    looked_at(screen, accessible, "Your phone says where you sit.")
    lead.opens("ideas")
    lead.writes(0, "A single desk where no one is sent away")
    looked_at(screen, accessible, "Writing in silence")
    expect(screen.get_by_text("A single desk")).to_have_count(0)
    lead.opens("ideas", 1)
    looked_at(screen, accessible, "A single desk where no one is sent away")
    for n in range(1, 24):
        lead.writes(n, LONG % n)
    looked_at(screen, accessible, "number 23")
    lead.opens("ideas", 2)
    lead.does("star_idea", idea="idea0", person="p0")
    looked_at(screen, accessible, "star given")
    lead.opens("plenary")
    looked_at(screen, accessible, "Every table is heard")
    lead.does("share_group", stage="plenary", group="g2")
    expect(screen.locator(".speaker .table-number")).to_have_text("2")
    looked_at(screen, accessible, "Table")
    lead.opens("themes")
    looked_at(screen, accessible, "24 ideas become themes.")
    for n, name in enumerate(("Desks and doors", "Letters", "Buses")):
        lead.does("make_theme", stage="themes", key=f"k{n}", name=name, ideas=f"idea{n}")
    looked_at(screen, accessible, "Desks and doors")
    first, *others = lead.options()
    lead.opens("vote")
    looked_at(screen, accessible, "of 12 have voted")
    for n, person in enumerate(lead.ids):
        lead.does("cast_ballot", stage="vote", number=1, person=person, **{f"dots.{first}": 2, f"dots.{others[n % 2]}": 1})
    lead.does("close_vote", stage="vote")
    looked_at(screen, accessible, "The vote is closed.")
    lead.does("show_result", stage="vote")
    looked_at(screen, accessible, "Backed by both")
    lead.opens("discuss")
    lead.does("choose_table", stage="discuss", priority=first, person="p0")
    looked_at(screen, accessible, "is here")
    for n in range(7):
        lead.does("add_point", point=f"n{n}", stage="discuss", priority=first, kind="power", text=LONG % n)
    lead.does("set_action", action="a1", stage="discuss", priority=first, what="Ask for a desk", owner="Ana", due="December")
    lead.does("put_on_stage", stage="discuss", priority=first)
    looked_at(screen, accessible, "Priority 1: Desks and doors")
    lead.opens("charter")
    lead.does("take_stand", stand="object", why="Six months is too long.", person="p2")
    looked_at(screen, accessible, "Six months is too long.")
    lead.does("tell_all", text="Read the purpose once more")
    lead.does("set_eyes_up", on="true")
    looked_at(screen, accessible, "Phones down, eyes up.")
    lead.opens("close")
    lead.does("say_word", word="hopeful", person="p1")
    looked_at(screen, accessible, "hopeful")
    lead.does("end_workshop")
    looked_at(screen, accessible, "The charter and the report are on your phone.")
    screen.goto(screen.url + "?theme=dark")
    looked_at(screen, accessible, "Thank you")


@pytest.mark.browser
def test_the_newest_idea_stays_for_four_seconds(people, lead):
    lead.opens("ideas", 1)
    page = people(f"/{lead.code}/screen", *SIZES[0])
    expect(page.locator("body[data-live=yes]")).to_be_attached()
    newest = page.locator(".newest .idea")
    lead.writes(0, "The first")
    expect(newest).to_have_text("The first")
    for n in (1, 2):
        lead.writes(n, f"Number {n}")
    expect(page.locator("ul.wall li")).to_have_count(3)
    assert newest.text_content() == "The first"
    expect(newest).to_have_text("Number 2")


@pytest.mark.browser
def test_a_wall_that_is_too_full_takes_the_tables_in_turn(people, lead):
    lead.opens("ideas", 1)
    for n in range(63):
        lead.writes(n, LONG % n)
    page = people(f"/{lead.code}/screen", *SIZES[0])
    page.clock.install()
    page.reload()
    expect(page.locator("body[data-live=yes]")).to_be_attached()
    wall, number, seen = page.locator("ul.wall"), page.locator(".table-number b"), set()
    for _ in range(12):
        standing = set(wall.locator("li:visible").evaluate_all("(ideas) => ideas.map((idea) => idea.id)"))
        tables = set(wall.locator("li:visible").evaluate_all("(ideas) => ideas.map((idea) => idea.dataset.table)"))
        assert tables == {number.text_content()}
        assert wall.evaluate("(list) => list.scrollWidth <= list.clientWidth + 2")
        seen |= standing
        page.clock.run_for(12_000)
    assert len(seen) == 63
