"""Every sentence a person can read is marked for translation: in the pseudo-locale it stands in ⟦brackets⟧."""
import copy
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from tests.story import PLAN, Story, Voice
from tests.test_drawn import prepare
from workshop.app import create_app
from workshop.drawn import Drawn
from workshop.pages import drawing
from workshop.seats import Seat
from workshop.words import PSEUDO

SPOKEN = ("aria-label", "placeholder", "title", "alt")
LETTERS = re.compile(r"[^\W\d_]{2,}")


class Texts(HTMLParser):
    """Every text and every spoken attribute of a page; what is nobody's words (QQ, codes, keys) is let pass."""

    def __init__(self) -> None:
        super().__init__()
        self.unmarked, self._silent = [], 0

    def handle_starttag(self, tag, attrs):
        self._silent += tag in ("script", "style", "kbd")
        for name, value in attrs:
            if name in SPOKEN:
                self.check(value or "")

    def handle_endtag(self, tag):
        self._silent -= tag in ("script", "style", "kbd")

    def handle_data(self, text):
        if not self._silent:
            self.check(text)

    def check(self, text: str) -> None:
        outside, marked = text, True
        while marked:
            outside, marked = re.subn(r"⟦[^⟦⟧]*⟧", "", outside)
        outside = re.sub(r"QQ\w*|http\S+|workshop\.test\S*|KTM ?482", "", outside)
        if LETTERS.search(outside):
            self.unmarked.append(text.strip())


def nobodys_words(table):
    """The plan with every word of its writer replaced, so that what is left is ours."""
    keep = ("id", "kind", "from", "options")
    if isinstance(table, dict):
        return {key: value if key in keep else nobodys_words(value) for key, value in table.items()}
    if isinstance(table, list):
        return [nobodys_words(value) for value in table]
    return "QQ" if isinstance(table, str) else table


@pytest.fixture
def quiet_river(tmp_path):
    plan = nobodys_words(copy.deepcopy(PLAN)) | {"constituencies": ["QQA", "QQB"], "language": PSEUDO}
    for stage in plan["stages"]:
        stage["title"] = "QQ"
    story = Story(tmp_path, **plan)
    yield story
    story.session.close()


def test_no_sentence_of_ours_is_unmarked(quiet_river, tmp_path):
    river, unmarked = quiet_river, {}
    people = []
    for n in range(4):
        person = Voice(river, f"QQ{n}", "participant")
        person.does("join", name="QQ", constituency=f"QQ{'AB'[n % 2]}", language=PSEUDO)
        person.writes = lambda text, p=person: Voice.writes(p, "QQ")
        people.append(person)
    river.session.enter(lambda room: replace(room, base="http://workshop.test"))
    app = create_app(tmp_path / "sessions", "http://workshop.test")
    running = type("Running", (), {"session": river.session, "drawn": Drawn(river.session, app.jinja_env)})()
    with app.test_request_context(base_url="http://workshop.test"):
        for stage, step in [(None, 0), *((s.id, n) for s, n in river.w.plan.parts())]:
            if stage:
                prepare(river, people, stage, names=("QQone", "QQtwo"))
                river.opens(stage, step)
            for seat in (Seat("screen"), Seat("console", "maya"), Seat("phone", people[0].id)):
                texts = Texts()
                texts.feed(drawing.page(running, seat, return_code="QQQQQQ", theme="light"))
                unmarked.setdefault(seat.page, set()).update(texts.unmarked)
    assert not any(unmarked.values()), unmarked

