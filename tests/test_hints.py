"""What stands on the chart already, told to who is writing; and support for what others wrote."""
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import gevent
import numpy as np
import pytest
from playwright.sync_api import expect

from tests.story import Story
from tests.test_live import Page, app, comes_in, goes_to, installation, leads, made  # noqa: F401  (fixtures)
from tests.test_phone import fits, room, writes  # noqa: F401
from workshop.live.hints import AT_ONCE, ITS_OWN, Hints
from workshop.regions.phone.brainstorm import HINTED_MOST, may_be_hinted
from workshop.seats import Seat
from workshop.state import Workshop
from workshop.themer import Themer
from workshop.themes.models import Encoder
from workshop.themes.worker import hint
from workshop.worker import Worker, WorkerFailed

ROOT = Path(__file__).parents[1]
DESK, ONE_DESK = "A single desk where no one is sent away", "One desk where no one is sent away"


def everything(w, text, ideas):
    """A worker to whom all ideas say the same, the newest the most."""
    return [idea for idea, _ in reversed(ideas)]


def of_table(river, n: int = 0) -> list:
    river.people = river.people or river.fills(6)
    return [next(p for p in river.people if p.id == id) for id in river.w.groups_of("ideas")[n].people]


@pytest.fixture
def tables(river):
    """Six people at two tables who may read each other."""
    river.people = river.fills(6)
    river.opens("ideas", 1)
    return river


def hinted(hints: Hints, river: Story, person, text: str = ONE_DESK, sid: str = "") -> list[str]:
    """The words of the ideas that a person is told of."""
    return [idea["text"] for idea in hints.answer(river.session, Seat("phone", person.id), sid or person.id, text, "ideas") or ()]


def test_who_writes_is_told_of_two_ideas_of_their_own_table_and_of_no_author(tables):
    ana, bo, *_ = of_table(tables)
    other = of_table(tables, 1)[0]
    for n, words in enumerate(("A desk", "A bus", "A van")):
        ana.writes(words, idea=f"a{n}")
    other.writes("A lantern", idea="b0")
    hints = Hints(everything)
    assert hints.answer(tables.session, Seat("phone", bo.id), "s", ONE_DESK, "ideas") == [{"id": "a2", "text": "A van"}, {"id": "a1", "text": "A bus"}]
    assert hinted(hints, tables, other, "A lantern on every pier") == ["A lantern"]
    for seat, text, stage in ((Seat("phone", "nobody"), ONE_DESK, "ideas"), (Seat("console", bo.id), ONE_DESK, "ideas"), (Seat("phone", bo.id), " \x00", "ideas"),
                              (Seat("phone", bo.id), "x" * 501, "ideas"), (Seat("phone", bo.id), ONE_DESK, "moon"), (Seat("phone", bo.id), ONE_DESK, "plenary")):
        assert hints.answer(tables.session, seat, f"{seat}{text}{stage}", text, stage) == []


def test_in_silence_one_is_told_of_ones_own_ideas_alone(river):
    river.people = river.fills(4)
    river.opens("ideas", 0)
    ana, bo, *_ = of_table(river)
    ana.writes(DESK, idea="a0")
    asked = []
    hints = Hints(lambda w, text, ideas: asked.append(ideas) or [idea for idea, _ in ideas])
    assert hinted(hints, river, bo) == [] and asked == [], "not even the worker is asked"
    assert hinted(hints, river, ana) == [DESK]
    river.opens("ideas", 1)
    assert hinted(hints, river, bo) == [DESK]
    river.maya.does("reveal_writing", stage="ideas")


def test_of_a_long_chart_the_newest_are_asked_about_and_what_is_gone_is_not_told(tables):
    ana, bo, *_ = of_table(tables)
    for n in range(HINTED_MOST + 3):
        ana.writes(f"Idea {n}", idea=f"a{n}")
    ana.does("withdraw_idea", idea="a80")
    asked = [idea.id for idea in may_be_hinted(tables.w, bo.id, "ideas")]
    assert len(asked) == HINTED_MOST and asked[0] == "a2" and "a80" not in asked

    def goes_meanwhile(w, text, ideas):
        ana.does("withdraw_idea", idea="a81")
        return ["a82", "a81"]
    assert hinted(Hints(goes_meanwhile), tables, bo, "Another idea") == ["Idea 82"]


def test_the_worker_is_asked_only_where_a_word_is_in_common(tables):
    ana, bo, *_ = of_table(tables)
    ana.writes(DESK)
    ana.writes("窓口をひとつに")
    hints = Hints(everything)
    assert hinted(hints, tables, bo, "The bus and the van", "a") == []
    assert hinted(hints, tables, bo, "A DESK, for everybody", "b") and hinted(hints, tables, bo, "窓口をひとつに", "c")


def test_who_asks_too_much_is_told_at_once_to_ask_later(tables):
    ana, bo, *_ = of_table(tables)
    ana.writes(DESK)
    under_way, free = [], gevent.event.Event()

    def slow(w, text, ideas):
        under_way.append(text)
        free.wait(10)
        return [idea for idea, _ in ideas]
    hints = Hints(slow)
    crowd = [gevent.spawn(hinted, hints, tables, bo, f"{ONE_DESK} {n}", f"s{n}") for n in range(200)]
    gevent.sleep(0.1)
    assert len(under_way) == AT_ONCE and sum(one.ready() for one in crowd) == 200 - AT_ONCE
    free.set()
    gevent.joinall(crowd)
    assert sorted(map(len, (one.value for one in crowd))) == [0] * (200 - AT_ONCE) + [1] * AT_ONCE
    alone = Hints(everything)
    answers = [alone.answer(tables.session, Seat("phone", bo.id), "one page", ONE_DESK, "ideas") for _ in range(20)]
    assert [bool(answer) for answer in answers] == [True] * ITS_OWN + [False] * (20 - ITS_OWN) and answers[-1] is None


def test_a_page_learns_that_the_worker_has_no_time(app, made, installation):
    ana = Page(app, made["code"], "phone", comes_in(app, made["code"], "Ana"))
    goes_to(leads(app, made), installation, made["code"], "ideas", 1)
    ana.does("submit_idea", idea="i1", text=DESK, stage="ideas")
    installation.live._hints._near = lambda w, text, ideas: None
    ana.socket.emit("hint", {"text": ONE_DESK, "stage": "ideas"}, callback=True)
    gevent.sleep(0.05)
    assert ana.socket.acks["args"] == [{"ideas": [], "later": True}]
    ana.socket.acks = None


def test_a_hint_that_is_slow_holds_up_nothing_that_its_page_sends(app, made, installation):
    code = made["code"]
    ana = Page(app, code, "phone", comes_in(app, code, "Ana"))
    goes_to(leads(app, made), installation, code, "ideas", 1)
    ana.does("submit_idea", idea="i1", text=DESK, stage="ideas")
    free = gevent.event.Event()
    installation.live._hints._near = lambda w, text, ideas: free.wait(10) and [idea for idea, _ in ideas]
    assert ana.socket.emit("hint", {"text": ONE_DESK, "stage": "ideas"}, callback=True) is None
    assert ana.does("submit_idea", idea="i2", text=ONE_DESK, stage="ideas")["ok"]
    free.set()
    gevent.sleep(0.1)
    assert ana.socket.acks["args"] == [{"ideas": [{"id": "i1", "text": DESK}]}]
    ana.socket.acks = None


@pytest.mark.parametrize("message", [None, "x", {}, {"text": 5, "stage": "ideas"}, {"text": "x", "stage": ["ideas"]}])
def test_a_question_that_makes_no_sense_is_answered_with_nothing(app, made, message):
    ana = Page(app, made["code"], "phone", comes_in(app, made["code"], "Ana"))
    ana.socket.emit("hint", message, callback=True)
    gevent.sleep(0.05)
    assert ana.socket.acks["args"] == [{"ideas": []}]
    ana.socket.acks = None


def test_a_copy_of_a_press_that_was_long_on_its_way_takes_nothing_back(app, made, installation):
    code = made["code"]
    phones = [Page(app, code, "phone", comes_in(app, code, name)) for name in ("Ana", "Bo")]
    goes_to(leads(app, made), installation, code, "ideas", 1)
    ana, bo = phones
    ana.does("submit_idea", idea="i1", text=DESK, stage="ideas")

    def presses(command: str, entry: str) -> dict:
        return bo.socket.emit("do", {"command": command, "args": {"idea": "i1"}, "id": entry}, callback=True)
    w = installation.sessions.get(code)
    first = presses("support_idea", "e1")
    assert first["ok"] and len(w.state.supporters("i1")) == 1
    assert presses("unsupport_idea", "e2")["ok"]
    assert presses("support_idea", "e1") == first and w.state.supporters("i1") == ()
    assert presses("support_idea", "e3")["ok"] and presses("unsupport_idea", "e2")["ok"]
    assert len(w.state.supporters("i1")) == 1


@pytest.fixture
def themer(tmp_path, monkeypatch):
    """A themer with its real worker, by shared words; it is started by whoever needs it."""
    monkeypatch.setenv("WORKSHOP_LITE", "1")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    themer = Themer(tmp_path)
    yield themer
    themer.close()


HERE = Workshop("ktm482")
CHART = [("a0", DESK), ("a1", "Voice notes instead of leaflets"), ("a2", "Young people co-chair the steering group")]


def test_the_worker_finds_what_says_nearly_the_same(themer):
    themer._worker.start()
    while themer._worker.state != "ready":
        gevent.sleep(0.05)
    assert themer.near(HERE, ONE_DESK, CHART) == ["a0"]
    assert themer.near(HERE, "A walking school bus", CHART) == []
    assert themer.near(HERE, "🙂🙂", CHART) == []


def test_nobody_waits_for_a_worker_that_is_not_ready_or_slow(themer, tmp_path, monkeypatch):
    assert themer.near(HERE, ONE_DESK, CHART) is None and themer._worker._thread is None
    themer._worker = Worker(["/no/such/program"])
    with pytest.raises(WorkerFailed):
        themer._worker.ask({"job": "hello"})
    assert themer.near(HERE, ONE_DESK, CHART) is None
    themer._worker.close()
    (tmp_path / "slow.py").write_text("import time\nfrom workshop.jobs import answer_jobs\n"
                                      "answer_jobs({'hello': dict, 'hint': lambda **asked: time.sleep(60)})\n")
    themer._worker = Worker([sys.executable, str(tmp_path / "slow.py")])
    themer._worker.start()
    while themer._worker.state != "ready":
        gevent.sleep(0.05)
    monkeypatch.setattr("workshop.themer.PATIENCE", 0.1)
    assert themer.near(HERE, ONE_DESK, CHART) is None


def test_with_a_model_nothing_of_what_is_typed_is_kept(tmp_path, monkeypatch):
    """A stand-in for a model: one column for each letter."""
    def rows(texts):
        return np.array([[text.lower().count(letter) for letter in "abcdefghijklmnopqrstuvwxyz"] for text in texts], np.float32)
    monkeypatch.setattr("workshop.themes.encoder.encoder", lambda language=None: Encoder("letters", rows))
    assert hint(DESK.upper(), CHART, keep=str(tmp_path / "v.db"))["ideas"] == ["a0"]
    with closing(sqlite3.connect(tmp_path / "v.db")) as db:
        assert db.execute("select count(*) from vectors").fetchone() == (len(CHART),)


def types(phone, text: str) -> None:
    phone.fill("#text", text)


@pytest.fixture
def mates(room):
    """Ana and Ben at one table; Ana has written."""
    ana, ben = room.joins(0), room.joins(1)
    room.opens("ideas", 1)
    person = ben.evaluate("document.body.dataset.person")
    room.does("move_person", stage="ideas", person=person, group="g1")
    room.does("move_person", stage="ideas", person=ana.evaluate("document.body.dataset.person"), group="g1")
    writes(ana, DESK, "Voice notes instead of leaflets")
    expect(ben.locator("#flip-chart")).to_contain_text("Voice notes")
    return ana, ben


@pytest.mark.browser
def test_who_types_what_stands_there_already_may_support_it_instead_and_go_back(mates):
    ana, ben = mates
    before = ben.locator("#text").bounding_box()
    types(ben, ONE_DESK)
    hint = ben.locator("#hint")
    expect(hint).to_contain_text(f"On your chart already: {DESK}")
    assert hint.locator("mark").all_inner_texts() == ["desk where", "sent away"]
    assert ben.locator("#text").bounding_box() == before, "nothing jumps"
    fits(ben)
    hint.get_by_role("button", name="Support that one").click()
    expect(hint).to_contain_text("You support that one")
    expect(ben.locator("#text")).to_have_value("")
    expect(ana.locator("#my-ideas li", has_text=DESK)).to_contain_text("1 supports it")
    expect(ben.locator("#flip-chart li", has_text=DESK)).to_contain_text("1 supports it")
    fits(ben)
    hint.get_by_role("button", name="Undo").click()
    expect(ben.locator("#text")).to_have_value(ONE_DESK)
    expect(ana.locator("#my-ideas li", has_text=DESK)).not_to_contain_text("supports")
    expect(hint).to_contain_text(DESK)
    types(ben, "A walking school bus for every village")
    expect(hint).to_be_empty()


@pytest.mark.browser
def test_a_hint_never_keeps_anybody_from_adding_their_own(mates):
    ana, ben = mates
    types(ben, ONE_DESK)
    expect(ben.locator("#hint")).to_contain_text(DESK)
    ben.click("text=Add mine anyway")
    expect(ana.locator("#flip-chart")).to_contain_text(ONE_DESK)
    expect(ben.locator("#hint")).to_be_empty()
    types(ben, ONE_DESK + " again")
    expect(ben.locator("#hint")).to_contain_text(f"You wrote already: {ONE_DESK}")
    ben.click("text=Add idea")
    expect(ana.locator("#flip-chart")).to_contain_text(ONE_DESK + " again")


@pytest.mark.browser
def test_support_is_given_and_taken_back_on_the_chart(mates):
    ana, ben = mates
    line = ben.locator("#flip-chart li", has_text=DESK)
    line.get_by_role("button", name="Support").click()
    expect(line.get_by_role("button")).to_have_attribute("aria-pressed", "true")
    expect(line).to_contain_text("1 supports it")
    expect(ana.locator("#my-ideas li", has_text=DESK)).to_contain_text("1 supports it")
    fits(ben), fits(ana)
    ben.reload()
    expect(line.get_by_role("button")).to_have_attribute("aria-pressed", "true")
    types(ben, ONE_DESK)
    expect(ben.locator("#hint")).to_contain_text(f"You support already: {DESK}")
    ben.wait_for_timeout(700)
    line.get_by_role("button").click()
    expect(line.get_by_role("button")).to_have_attribute("aria-pressed", "false")
    expect(line).not_to_contain_text("supports")
    assert ana.locator("#flip-chart button:visible").count() == 0, "nobody supports their own"


@pytest.mark.browser
def test_a_hint_goes_with_its_idea(mates):
    ana, ben = mates
    ben.fill("#text", ONE_DESK)
    expect(ben.locator("#hint")).to_contain_text(DESK)
    ana.locator("#my-ideas li", has_text=DESK).get_by_role("button", name="Withdraw").click()
    expect(ben.locator("#hint")).to_be_empty()
    expect(ben.locator("#text")).to_have_value(ONE_DESK)


@pytest.mark.browser
def test_without_scripts_support_is_a_plain_press(room):
    cat, ana = room.joins(java_script_enabled=False), room.joins(1)
    room.opens("ideas", 1)
    for phone in (cat, ana):
        if phone is ana:
            room.does("move_person", stage="ideas", person=ana.evaluate("document.body.dataset.person"), group="g1")
    writes(ana, DESK)
    cat.reload()
    person = cat.get_attribute("body", "data-person")
    room.does("move_person", stage="ideas", person=person, group="g1")
    cat.reload()
    cat.locator("#flip-chart li", has_text=DESK).get_by_role("button", name="Support").click()
    expect(cat.locator("#flip-chart li", has_text=DESK)).to_contain_text("1 supports it")
    expect(cat.locator("#my-support")).to_contain_text(DESK)
    expect(ana.locator("#my-ideas li", has_text=DESK)).to_contain_text("1 supports it")
    cat.locator("#my-support").get_by_role("button", name="Take it back").click()
    expect(ana.locator("#my-ideas li", has_text=DESK)).not_to_contain_text("supports")
    cat.fill("#text", "A bus")
    cat.click("text=Add idea")
    cat.locator("#flip-chart li", has_text="A bus").get_by_role("button", name="Support").click()
    expect(cat.locator("#refusal")).to_contain_text("That idea is yours")
