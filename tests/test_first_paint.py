"""What a phone loads first stays small, whatever the size of the workshop."""
from dataclasses import replace
from types import SimpleNamespace

import pytest

from tests.story import PLAN
from workshop import plans
from workshop.app import create_app
from workshop.drawn import Drawn
from workshop.pages import drawing
from workshop.room import Room
from workshop.rules import COMMANDS, Ask
from workshop.rules.stages import standing
from workshop.seats import Seat
from workshop.state import Suggestion, Workshop

MOST, THEMES = 60_000, 24
WORDS = "Idea {}: a registration van that visits every village in turn, with one form for all services and somebody who helps"


class Crowd:
    """A workshop of many people without a journal, so that thousands come in within a second."""

    def __init__(self, people: int, groups: int) -> None:
        self.state, self.room, self.ids = Workshop(), Room(), [f"{n:016x}" for n in range(people)]
        self.does("make_workshop", "organiser", "organiser", code="ktm482", plan=plans.make({**PLAN, "groups": groups}))
        self.does("welcome_facilitator", "maya", "facilitator", name="Maya")
        for n, person in enumerate(self.ids):
            self.does("join", person, name=f"Participant {n}", constituency=PLAN["constituencies"][n % 2])

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
