"""A page that got every patch shows what a reload would; what is hidden is in no patch."""
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.story import Voice
from workshop.app import create_app
from workshop.drawn import Drawn
from workshop.live.audiences import audiences
from workshop.regions.region import REGIONS, Audience, on_page
from workshop.rehearse.reading import filled
from workshop.seats import Seat
from workshop.words import PSEUDO


class Watcher:
    """A page without a browser: it keeps each region's frame and entries as the wire brings them."""

    def __init__(self, drawn: Drawn, story, seat: Seat) -> None:
        self.drawn, self.story, self.seat = drawn, story, seat
        self.frames, self.entries, self.seqs, self.seen = {}, {}, {}, []
        for region in on_page(seat.page):
            self.load(region)

    def load(self, region) -> None:
        drawing = self.drawn.look(region, self.audience(region))
        self.frames[region.name], self.entries[region.name], self.seqs[region.name] = drawing.frame, dict(drawing.entries), drawing.seq
        self.seen.append(drawing.html)

    def audience(self, region):
        return audiences(self.seat, self.story.w, "en")[region.audience]

    def beat(self) -> None:
        """Take what a beat sends.  A patch that does not fit asks for the whole."""
        for region in on_page(self.seat.page):
            patch = self.drawn.patch(region, self.audience(region))
            if patch and "html" in patch or patch and patch["was"] != self.seqs[region.name]:
                self.load(region)
            elif patch:
                self.apply(region.name, patch)

    def apply(self, name: str, patch) -> None:
        kept = [(k, v) for k, v in self.entries[name].items() if k not in patch["drop"]]
        for key, html, after in patch["put"]:
            html = filled(html, self.entries[name].get(key, ""))
            kept = [(k, v) for k, v in kept if k != key]
            at = next(n for n, (k, _) in enumerate(kept) if k == after) + 1 if after is not None else 0
            kept.insert(at, (key, html))
            self.seen.append(html)
        self.entries[name], self.seqs[name] = dict(kept), patch["seq"]

    def shows(self) -> dict[str, str]:
        return {name: self.frames[name].replace("\0", "".join(self.entries[name].values())) for name in self.frames}


@pytest.fixture
def app(tmp_path):
    app = create_app(tmp_path / "sessions", "http://workshop.test")
    with app.test_request_context(base_url="http://workshop.test"):
        yield app


def pages(app, river, people):
    drawn = Drawn(river.session, app.jinja_env)
    seats = [Seat("screen"), Seat("console", "maya"), *(Seat("phone", p.id) for p in people)]
    return [Watcher(drawn, river, seat) for seat in seats]


def test_every_page_is_drawn_in_every_stage_and_marked_for_translation(app, river, caplog):
    people = river.fills(4)
    drawn = Drawn(river.session, app.jinja_env)
    for stage, step in [(None, 0), *((s.id, n) for s, n in river.w.plan.parts())]:
        if stage:
            prepare(river, people, stage)
            river.opens(stage, step)
        for region in REGIONS.values():
            for language in ("en", PSEUDO):
                seat = Seat(region.page, people[0].id)
                drawing = drawn.look(region, audiences(seat, river.w, language)[region.audience])
                assert not {"none", "true", "false"} & set(drawing.context), f"a template reads these of {region.name} as constants"
    assert not caplog.records, caplog.text


def prepare(river, people, stage: str, names=("One", "Two")) -> None:
    """What has to be there before a stage opens."""
    if stage == "plenary":
        for person in people:
            person.writes(f"From {person.id}")
    if stage == "vote":
        ideas = [i.id for i in river.w.ideas_of("ideas")]
        river.suggests((names[0], ideas[:2]), (names[1], ideas[2:]))
        river.maya.does("accept_suggestion", stage="themes")
    if stage == "discuss":
        for person in people:
            person.does("cast_ballot", stage="vote", dots={"theme:0": 2}, number=1)
        river.maya.does("close_vote", stage="vote")
        river.maya.does("show_result", stage="vote")


def test_a_page_that_got_every_patch_shows_what_a_reload_would(app, river):
    people = river.fills(4)
    river.opens("ideas", 1)
    watching = pages(app, river, people)
    acts = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["write", "edit", "withdraw", "load", "beat"]), st.integers(0, 9)), max_size=40)

    @settings(max_examples=25, deadline=None)
    @given(acts=acts)
    def any_order(acts):
        for who, act, n in acts:
            idea = f"d{n}"
            if act == "write" and idea not in river.w.ideas:
                people[who].writes(f"Idea {n}", idea=idea)
            elif act == "edit" and idea in river.w.ideas and not river.w.ideas[idea].withdrawn:
                Voice(river, river.w.ideas[idea].author, "participant").does("edit_idea", idea=idea, text=f"Idea {n} by {who}")
            elif act == "withdraw" and idea in river.w.ideas:
                Voice(river, river.w.ideas[idea].author, "participant").does("withdraw_idea", idea=idea)
            elif act == "load":
                Watcher(watching[0].drawn, river, Seat("phone", people[who].id))
            elif act == "beat":
                beat(watching)
        beat(watching)
        for page in watching:
            fresh = Watcher(page.drawn, river, page.seat)
            assert page.shows() == fresh.shows()
    any_order()


def beat(watching) -> None:
    """One beat: each audience's patch is made once, and every page of it takes the same one."""
    made = {}
    for page in watching:
        for region in on_page(page.seat.page):
            key = region.name, page.audience(region)
            if key not in made:
                made[key] = page.drawn.patch(region, key[1])
            patch = made[key]
            if patch and ("html" in patch or patch["was"] != page.seqs[region.name]):
                page.load(region)
            elif patch:
                page.apply(region.name, patch)


def test_a_board_that_got_every_patch_shows_what_a_reload_would_and_is_sent_no_idea_that_stayed(app, river):
    people = river.fills(4)
    river.opens("ideas", 1)
    for n in range(20):
        people[n % 4].writes(f"A lantern, number {n}.", idea=f"i{n}")
    river.opens("themes")
    maya, drawn = river.maya, Drawn(river.session, app.jinja_env)
    for theme in range(4):
        maya.does("make_theme", stage="themes", key=f"k{theme}", name=f"Theme {theme}", ideas=[f"i{n}" for n in range(theme, 20, 4)])
    board, console = REGIONS["board-shelves"], Audience("console", "", "en")
    page = Watcher(drawn, river, Seat("console", "maya"))
    steps = [("move_ideas", {"ideas": ["i0"], "theme": 1}), ("merge_themes", {"theme": 2, "into": 3}), ("rename_theme", {"theme": 1, "name": "Light"}),
             ("move_ideas", {"ideas": ["i0", "i2"], "theme": -1}), ("fold_ideas", {"ideas": ["i5"], "into": "i1"}), ("close_theme", {"theme": 0})]
    for command, args in steps:
        maya.does(command, stage="themes", **args)
        patch = drawn.patch(board, console)
        told = "".join(html for _key, html, _after in patch["put"])
        assert command not in ("move_ideas", "rename_theme") or told.count('<span dir="auto">A lantern') <= len(args.get("ideas", ())), command
        page.apply("board-shelves", patch)
        assert page.shows()["board-shelves"] == drawn.look(board, console).html, command


def test_what_many_see_alike_is_drawn_once_and_yet_moves_on_for_each(app, river, monkeypatch):
    ana, bo, *_ = people = river.fills(4)
    river.opens("ideas", 1)
    drawn, region = Drawn(river.session, app.jinja_env), REGIONS["my-ideas"]
    asked, stock = [], app.jinja_env.get_template
    monkeypatch.setattr(app.jinja_env, "get_template", lambda name, *more: asked.append(name) or stock(name, *more))
    looks = [Watcher(drawn, river, Seat("phone", person.id)) for person in people]
    assert asked.count(region.template) == 1 and len({page.shows()["my-ideas"] for page in looks}) == 1
    for page in looks:
        page.beat()
    ana.writes("A bench", idea="b1")
    before = looks[0].seqs["my-ideas"]
    looks[0].beat()
    ana.does("withdraw_idea", idea="b1")
    looks[0].beat()
    assert looks[0].seqs["my-ideas"] > before and looks[0].shows() == Watcher(drawn, river, looks[0].seat).shows()
    assert "A bench" not in "".join(looks[1].seen) + looks[1].shows()["my-ideas"]


def test_what_a_group_shares_is_gone_through_once_however_many_look(app, river):
    people = river.fills(4)
    river.opens("ideas", 1)
    chart, looked = REGIONS["flip-chart"], []
    counted = replace(chart, look=lambda w, room, key: looked.append(key) or chart.look(w, room, key))
    drawn, willow = Drawn(river.session, app.jinja_env), Audience("group", river.w.groups["ideas"][0].id, "en")
    for _person in people:
        drawn.look(counted, willow)
    assert len(looked) == 1
    people[0].writes("A bench")
    drawn.forget([])
    assert drawn.look(counted, willow).html == drawn.look(counted, willow).html and len(looked) == 2
    river.session.enter(lambda room: replace(room, stuck=True))
    drawn.look(counted, willow)
    assert len(looked) == 3, "the room may be another"


def test_a_dot_redraws_the_voter_and_the_turnout_and_nobody_else(app, river):
    people = river.fills(4)
    for stage in ("ideas", "plenary", "themes", "vote"):
        prepare(river, people, stage)
        river.opens(stage, 1 if stage == "ideas" else 0)
    watching = pages(app, river, people)
    people[0].does("cast_ballot", stage="vote", dots={"theme:0": 2}, number=1)
    changed = {(page.seat.page, page.seat.person, region.name) for page in watching for region in on_page(page.seat.page)
               if region.audience == "person" and page.drawn.patch(region, page.audience(region))}
    assert changed and all(who == people[0].id for _, who, _ in changed)


def test_silent_words_reach_nobody_but_their_author(app, river):
    people = river.fills(4)
    river.opens("ideas", 0)
    watching = pages(app, river, people)
    people[0].writes("Zanzibar lanterns", idea="secret1")
    beat(watching)
    for page in watching:
        told = "".join(page.seen)
        assert ("Zanzibar" in told) == (page.seat.person == people[0].id), page.seat
        assert ("secret1" in told) == (page.seat.person == people[0].id), page.seat
    river.opens("ideas", 1)
    beat(watching)
    mates = river.w.group_of(people[0].id, "ideas").people
    assert all("Zanzibar" in "".join(page.seen) for page in watching if page.seat.person in mates or page.seat.page == "screen")


def test_no_page_carries_who_wrote_what(app, river):
    people = river.fills(4)
    river.opens("ideas", 1)
    watching = pages(app, river, people)
    people[0].writes("A bench", idea="b1")
    beat(watching)
    for page in watching:
        if page.seat.page != "console":
            assert all(p.id not in html for p in people if p.id != page.seat.person for html in page.seen), page.seat
