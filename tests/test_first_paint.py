"""What a phone loads first stays small, whatever the size of the workshop."""
import re
from dataclasses import replace
from types import SimpleNamespace

import pytest

from tests.story import PLAN
from workshop import plans
from workshop.agenda import PLAN_TEXTS, SIDE_MOST, SIDES_MOST, STAGE_TEXTS
from workshop.app import create_app
from workshop.drawn import Drawn
from workshop.live.audiences import audiences
from workshop.pages import drawing
from workshop.pages.leaf import leaf
from workshop.regions.region import REGIONS
from workshop.room import Room
from workshop.rules import COMMANDS, Ask
from workshop.rules.charter import SECTIONS
from workshop.rules.stages import standing
from workshop.seats import Seat
from workshop.state import POINT_KINDS, Suggestion, Workshop

MOST, THEMES = 60_000, 24
WORDS = "Idea {}: a registration van that visits every village in turn, with one form for all services and somebody who helps"


class Crowd:
    """A workshop of many people without a journal, so that thousands come in within a second."""

    def __init__(self, people: int, groups: int, **plan) -> None:
        self.state, self.room, self.ids = Workshop(), Room(), [f"{n:016x}" for n in range(people)]
        self.does("make_workshop", "organiser", "organiser", code="ktm482", plan=plans.make({**PLAN, "groups": groups, **plan}))
        self.does("welcome_facilitator", "maya", "facilitator", name="Maya")
        for n, person in enumerate(self.ids):
            self.does("join", person, name=f"Participant {n}", constituency=self.state.plan.constituencies[n % len(self.state.plan.constituencies)])

    def does(self, command: str, by: str, role: str = "participant", **args) -> None:
        w = self.state
        if event := COMMANDS[command](w, Ask(by, role, w.at + 1000, 7), **args):
            self.state = event.apply(replace(w, seq=w.seq + 1, at=w.at + 1000, by=by))

    def opens(self, stage: str, step: int) -> None:
        self.prepares(stage, step)
        self.does("open_stage", "maya", "facilitator", stage=stage, step=step, was=standing(self.state))

    def prepares(self, stage: str, step: int) -> None:
        """What has to be there before a stage, or a step, opens."""
        if (stage, step) == ("ideas", 2):
            for n, person in enumerate(self.ids):
                self.does("submit_idea", person, idea=person, text=WORDS.format(n), stage="ideas")
        if stage == "vote":
            board = self.state.boards["themes"]
            themes = {n: f"Theme {n}: what we mean to do about it" for n in range(THEMES)}
            self.does("suggest_themes", "server", "server", stage="themes", suggestion=Suggestion(
                {i: n % THEMES for n, i in enumerate(self.ids)}, themes, {}, {}, {}, {}, "shared words", board.asked))
            self.does("accept_suggestion", "maya", "facilitator", stage="themes")
        if stage == "discuss":
            for n, person in enumerate(self.ids):
                self.does("cast_ballot", person, stage="vote", dots={f"theme:{n % 5}": 2}, number=1)
            self.does("close_vote", "maya", "facilitator", stage="vote")
            self.does("show_result", "maya", "facilitator", stage="vote")


def pages(tmp_path, crowd: Crowd):
    """(stage and step, the first person's page there), all through the plan."""
    app = create_app(tmp_path / "sessions", "http://workshop.test")
    for stage, step in crowd.state.plan.parts():
        crowd.opens(stage.id, step)
        yield standing(crowd.state), page(app, crowd)


def page(app, crowd: Crowd) -> bytes:
    """The first person's page."""
    with app.test_request_context(base_url="http://workshop.test"):
        running = SimpleNamespace(session=crowd, drawn=Drawn(crowd, app.jinja_env))
        return drawing.page(running, Seat("phone", crowd.ids[0]), return_code="abcdef").encode()


def test_a_phone_in_a_workshop_of_two_thousand_loads_a_small_page(tmp_path):
    sizes = {where: len(html) for where, html in pages(tmp_path, Crowd(2000, 250))}
    assert len(sizes) == 10 and max(sizes.values()) <= MOST, sizes


@pytest.mark.slow
def test_a_phone_at_a_table_of_three_hundred_loads_a_small_page(tmp_path):
    sizes = {where: len(html) for where, html in pages(tmp_path, Crowd(600, 2))}
    assert max(sizes.values()) <= MOST, sizes


class Wordy(Crowd):
    """A workshop in which everything is as long as it may be, in letters of three bytes, and the first person writes *own* ideas."""

    def __init__(self, own: int, **plan) -> None:
        texts = {key: long(0, most) for key, most in PLAN_TEXTS.items()} | {"constituencies": [long(n, SIDE_MOST) for n in range(SIDES_MOST)]}
        stages = [{**stage, **{key: long(0, most) for key, most in STAGE_TEXTS.items()}} for stage in plan.pop("stages", PLAN["stages"])]
        super().__init__(40, 1, **{"top": 10, "dots": 20, "cap": 1, "priorities": 10, "tie": "keep", **texts, "stages": stages, **plan})
        self.own = own

    def prepares(self, stage: str, step: int) -> None:
        me, others = self.ids[0], self.ids[1:]
        if (stage, step) == ("ideas", 2) or self.state.plan.stage(stage).options == "ideas":
            for n in range(self.own):
                self.does("submit_idea", me, idea=f"own-{n}", text=long(n, 500), stage="ideas")
            for n in range(100):
                self.does("submit_idea", others[n % 39], idea=f"other-{n}", text=long(n, 500), stage="ideas")
                self.does("support_idea", me, idea=f"other-{n}")
        if stage == "plenary":
            for n in range(10):
                self.does("star_idea", me, idea=f"other-{n}")
        if stage == "themes":
            self.does("share_group", "maya", "facilitator", stage="plenary", group="g1")
        if stage == "vote" and self.state.plan.stage(stage).options == "themes":
            self.sorts()
        if stage == "discuss":
            self.votes()
        if stage == "charter":
            self.talks()
            for section in SECTIONS:
                self.does("write_section", "maya", "facilitator", section=section, text="\n".join(["- क", "ख"] * 660))
        if stage == "close":
            self.does("take_stand", me, stand="object", why=long(0, 300))

    def sorts(self) -> None:
        me, ideas = self.ids[0], [i.id for i in self.state.ideas.values()]
        for n in range(30):
            self.does("make_theme", "maya", "facilitator", stage="themes", key=f"k{n}", name=long(n, 60), ideas=ideas[n::30])
            self.does("word_theme", "maya", "facilitator", stage="themes", theme=n, wording=long(n, 200))
        for n in range(self.own):
            self.does("flag_place", me, stage="themes", idea=f"own-{n}", theme=(n + 1) % 30)

    def votes(self) -> None:
        options = self.state.votes["vote"].options
        for n, person in enumerate(self.ids):
            self.does("cast_ballot", person, stage="vote", dots={options[(n + k) % len(options)]: 1 for k in range(20)}, number=1)
        self.does("close_vote", "maya", "facilitator", stage="vote")
        self.does("show_result", "maya", "facilitator", stage="vote")

    def talks(self) -> None:
        priority = self.state.votes["vote"].result.priorities[0]
        self.does("choose_table", self.ids[0], stage="discuss", priority=priority)
        for n in range(60):
            self.does("add_point", self.ids[n % 2], point=f"p{n}", stage="discuss", priority=priority, kind=POINT_KINDS[n % 5], text=long(n, 300))
            self.does("set_action", self.ids[0], action=f"a{n}", stage="discuss", priority=priority, what=long(n, 300), owner=long(n, 80),
                      support=long(n, 80), first=long(n, 300), due=long(n, 80), measure=long(n, 300))


def long(n: int, letters: int) -> str:
    return f"{n} {'क' * letters}"[:letters]


def everywhere(tmp_path, crowd: Crowd):
    """(where the room is, the first person's page), also between what happens inside a stage."""
    app = create_app(tmp_path / "sessions", "http://workshop.test")
    for stage, step in crowd.state.plan.parts():
        crowd.prepares(stage.id, step)
        yield f"before {stage.id}.{step}", page(app, crowd)
        crowd.does("open_stage", "maya", "facilitator", stage=stage.id, step=step, was=standing(crowd.state))
        yield standing(crowd.state), page(app, crowd)


def test_what_a_page_has_no_room_for_is_all_on_leaves_of_its_own(tmp_path):
    crowd, app, seen = Wordy(200), create_app(tmp_path / "sessions", "http://workshop.test"), set()
    for where, html in everywhere(tmp_path, crowd):
        for part, says in (("flip-chart", "earlier ideas on the chart"), ("my-ideas", "earlier ideas of yours")):
            assert (f'id="{part}.+"' in html.decode()) == (says in html.decode()), "each says which"
        for part in re.findall(r'id="([a-z-]+)\.\+"', html.decode()):
            seen.add(part)
            sizes, entries = leaves(app, crowd, part)
            assert max(sizes) <= MOST, (where, part, sizes)
            region = REGIONS[part]
            there = dict(region.look(crowd.state, crowd.room, audiences(Seat("phone", crowd.ids[0]), crowd.state, "en")[region.audience].key)["entries"])
            assert sorted(entries) == sorted(there), (where, part)
    assert seen >= {"flip-chart", "my-ideas", "my-places", "our-places", "starring", "phone-themes", "talked-about", "table-actions", "charter-more"}


def leaves(app, crowd: Crowd, part: str) -> tuple[list[int], list[str]]:
    """The sizes of the leaves of *part*, and the keys of the entries on them."""
    sizes, entries = [], []
    while True:
        with app.test_request_context(base_url="http://workshop.test"):
            html = leaf(SimpleNamespace(session=crowd, drawn=Drawn(crowd, app.jinja_env)), Seat("phone", crowd.ids[0]), part, len(sizes) + 1)
        sizes.append(len(html.encode()))
        entries += re.findall(rf'(?:<li id="{part}\.|<input[^>]*name="dots\.)([^"]+)"', html)
        if not re.search(rf"/all/{part}\?page={len(sizes) + 1}\"", html):
            return sizes, entries


@pytest.mark.parametrize("own", [0, 200])
def test_a_page_is_small_however_much_is_written_in_letters_of_three_bytes(tmp_path, own):
    sizes = {where: len(html) for where, html in everywhere(tmp_path, Wordy(own))}
    assert len(sizes) == 20 and max(sizes.values()) <= MOST, sizes


def test_a_page_is_small_where_every_idea_is_an_option(tmp_path):
    stages = [{**stage, "options": "ideas", "from": "ideas"} if stage["id"] == "vote" else stage for stage in PLAN["stages"] if stage["id"] != "themes"]
    sizes = {where: len(html) for where, html in everywhere(tmp_path, Wordy(10, stages=stages))}
    assert max(sizes.values()) <= MOST, sizes


def test_a_phone_of_somebody_who_wrote_twenty_ideas_loads_a_small_page(tmp_path):
    crowd, app = Crowd(40, 5), create_app(tmp_path / "sessions", "http://workshop.test")
    writer = crowd.ids[0]
    for stage, step in (("ideas", 1), ("ideas", 2), ("themes", 0)):
        crowd.opens(stage, step)
        for n in range(19 if step == 1 else 0):
            crowd.does("submit_idea", writer, idea=f"more-{n}", text=WORDS.format(n), stage="ideas")
    crowd.prepares("vote", 0)
    for n in range(10):
        crowd.does("flag_place", writer, stage="themes", idea=f"more-{n}", theme=n)
    size = len(page(app, crowd))
    assert size <= MOST, size
