"""Workshops that nobody looks at are let go of, and come back as they were."""
import gc
import sqlite3
import weakref
from dataclasses import replace
from pathlib import Path

import gevent
import pytest
from gevent.monkey import get_original
from hypothesis import given, settings, strategies as st
from sqlite_utils import Database

from tests.test_live import HERE, Page, app, comes_in, eventually, goes_to, installation, leads, made  # noqa: F401
from workshop.app import create_app
from workshop.loop import off_the_loop
from workshop.registry import Listed
from workshop.room import Forming
from workshop.session import NotSaved


@pytest.fixture
def quiet(installation):
    """``quiet()``: the room is quiet for long enough; returns whether *code* is still open."""
    def passes(code: str) -> bool:
        gevent.sleep(0.3)
        installation.live.let_go_of_idle(0)
        return any(session.state.code == code for session in installation.sessions.open_now())
    return passes


def seen(page: Page) -> dict[str, str]:
    """What a page shows, but for what counts who is connected."""
    return {name: region.get("html", "") for name, region in page.here().items()}


def test_who_comes_back_after_lunch_finds_everything_as_it_was(app, made, installation, quiet):
    code = made["code"]
    browsers = [comes_in(app, code, name, side) for name, side in (("Ana", "Civil service"), ("Bo", "Civil society"))]
    ana, bo = (Page(app, code, "phone", browser) for browser in browsers)
    maya = leads(app, made)
    goes_to(maya, installation, code, "ideas", 1)
    assert ana.does("submit_idea", idea="i1", text="A desk in every village", stage="ideas")["ok"]
    assert ana.does("ready", **ready(installation, code))["ok"]
    gevent.sleep(0.3)
    before, shown = installation.sessions.get(code), [seen(page) for page in (ana, bo, maya)]
    w, clock = before.state, before.state.clock
    for page in (ana, bo):
        page.socket.disconnect()
    assert quiet(code), "a console still looks"
    maya.socket.disconnect()
    assert not quiet(code)
    here = [Page(app, code, seat, page.browser) for seat, page in (("phone", ana), ("phone", bo), ("console", maya))]
    assert all(page.socket.is_connected() for page in here)
    after = installation.sessions.get(code)
    assert after is not before and after.state == w and after.state.clock == clock and clock.ends
    gevent.sleep(0.3)
    assert [seen(page) for page in here] == shown
    assert here[1].does("submit_idea", idea="i2", text="A van", stage="ideas")["ok"]
    assert any("A van" in str(region) for region in here[0].told() if region["id"] == "flip-chart")


def ready(installation, code: str) -> dict:
    w = installation.sessions.get(code).state
    return {"stage": w.open_id, "step": w.steps[w.open_id]}


def test_nothing_of_it_is_left_in_memory(app, made, installation, quiet):
    code = made["code"]
    ana = Page(app, code, "phone", comes_in(app, code, "Ana"))
    ana.here()
    session = weakref.ref(installation.sessions.get(code))
    running, beat = weakref.ref(installation.live.running(code)), weakref.ref(installation.live.running(code)._beating)
    assert open_files(code)
    ana.socket.disconnect()
    del ana
    gc.collect()
    gc.disable()   # it is gone at once, and not when garbage is looked for
    try:
        assert not quiet(code)
    finally:
        gc.enable()
    assert not open_files(code)
    assert session() is None and running() is None and beat() is None


def open_files(code: str) -> list[str]:
    return [str(file) for fd in Path("/proc/self/fd").iterdir() if code in (file := fd.resolve()).name]


def test_a_copy_that_comes_late_undoes_nothing_after_lunch_either(app, made, installation, quiet):
    code = made["code"]
    ana, maya = Page(app, code, "phone", comes_in(app, code, "Ana")), leads(app, made)
    goes_to(maya, installation, code, "ideas", 1)

    def sends(page: Page, id: str, text: str) -> dict:
        return page.socket.emit("do", {"command": "edit_idea", "args": {"idea": "i1", "text": text}, "id": id}, callback=True)
    assert ana.does("submit_idea", idea="i1", text="A desk", stage="ideas")["ok"]
    assert sends(ana, "e1", "A van")["ok"] and sends(ana, "e2", "A bus")["ok"]
    for page in (ana, maya):
        page.socket.disconnect()
    assert not quiet(code)
    ana = Page(app, code, "phone", ana.browser)
    assert sends(ana, "e1", "A van")["ok"]
    assert installation.sessions.get(code).state.ideas["i1"].text == "A bus"


def test_what_formed_while_people_wrote_is_there_again(app, made, installation, quiet):
    code, forming = made["code"], {"ideas": Forming({"i1": 0}, {0: "Buses"}, {0: ("i1",)}, {}, 1)}
    session = installation.live.running(code).session
    session.enter(lambda room: replace(room, forming=forming, stuck=True))
    assert not quiet(code)
    room = installation.live.running(code).session.room
    assert (room.forming, room.stuck, room.base) == (forming, True, HERE)


def test_whoever_is_at_work_keeps_it_open(app, made, installation, quiet):
    code, done = made["code"], gevent.event.Event()
    session = installation.live.running(code).session
    at_work = session.use.spawn(done.wait)
    assert quiet(code), "a suggestion, a file or a hint is on its way"
    done.set()
    at_work.join()
    session.enter(lambda room: replace(room, fault="full"))
    assert quiet(code), "nothing can be saved, and it goes on trying"
    session.enter(lambda room: replace(room, fault=""))
    assert not quiet(code) and session.closed
    with pytest.raises(NotSaved):
        session.do("park_note", "organiser", "organiser", note="n", text="Too late")


def test_a_command_on_its_way_to_the_disk_is_written_before_anybody_lets_go(app, made, installation, monkeypatch):
    code = made["code"]
    session = installation.live.running(code).session
    wrote, slowly = session._journal.append, get_original("time", "sleep")
    monkeypatch.setattr(session._journal, "append", lambda *rows: slowly(0.1) or wrote(*rows))
    asked = gevent.spawn(session.do, "join", "p1", "participant", name="Ana", constituency="Civil service")
    gevent.sleep(0)
    while not asked.ready():
        installation.live.let_go_of_idle(0)
        gevent.sleep(0)
    assert asked.get() and not session.closed
    installation.live.let_go_of_idle(0)
    assert session.closed and "p1" in installation.sessions.get(code).state.people


def test_two_who_ask_at_once_open_it_once_also_while_it_is_let_go_of(app, made, installation, quiet):
    code = made["code"]
    installation.live.running(code)
    for _turn in range(20):
        letting = gevent.spawn(installation.live.let_go_of_idle, 0)
        asking = [gevent.spawn(installation.live.running, code) for _ in range(8)]
        gevent.joinall([letting, *asking])
        found = {id(one.get()) for one in asking}
        assert len(found) == 1 and not asking[0].get().session.closed
        gevent.sleep(0)


@settings(max_examples=25)
@given(acts=st.lists(st.tuples(st.sampled_from(["joins", "writes", "let go", "looks", "again", "yield"]), st.integers(0, 4)), max_size=40))
def test_in_any_order_nothing_acknowledged_is_lost_and_nothing_is_there_twice(tmp_path_factory, acts):
    app = create_app(tmp_path_factory.mktemp("idle") / "sessions", HERE)
    here = app.extensions["workshop"]
    here.registry.new_key("river-stone-lamp")
    made = app.test_client().post("/workshops", base_url=HERE, data={"plan": "quick"},
                                  headers={"Authorization": "Bearer river-stone-lamp", "Accept": "application/json"}).json
    code, told, at_work = made["code"], {}, []

    def joins(n: int) -> None:
        browser = app.test_client()
        browser.get(f"/{code}", base_url=HERE)
        assert browser.post(f"/{code}", base_url=HERE, data={"name": f"P{n}"}).status_code == 303
        told[len(told)] = n

    def does(act: str, n: int) -> None:
        if act == "joins":
            joins(n)
        elif act == "writes":
            running = here.live.running(code)
            running.session.do("park_note", f"p{n}", "facilitator", note=f"n{n}", text=f"Note {n}")
        elif act == "let go":
            here.live.let_go_of_idle(0)
        elif act == "looks":
            assert app.test_client().get(f"/{code}/screen", base_url=HERE).status_code == 200
    for act, n in acts:
        if act == "yield":
            gevent.sleep(0.001 * n)
        else:
            at_work.append(gevent.spawn(does, act, n))
    gevent.joinall(at_work, raise_error=True)
    wrote = {n for act, n in acts if act == "writes"}
    w = here.live.running(code).session.state
    assert sorted(p.name for p in w.people.values()) == sorted(f"P{n}" for n in told.values())
    assert {note.text for note in w.parking.values()} == {f"Note {n}" for n in wrote}
    here.live.let_go_of_idle(0)
    assert here.sessions.get(code).state == w
    here.sessions.close()
    here.registry.close()


def listed(app) -> str:
    """The organiser's list of workshops."""
    return app.test_client().get("/organise", base_url=HERE, headers={"Authorization": "Bearer river-stone-lamp"}).text.partition('class="grid workshops"')[2]


def test_the_list_says_where_each_workshop_stands_without_opening_any(app, made, installation, quiet):
    code = made["code"]
    console, ana = leads(app, made), Page(app, code, "phone", comes_in(app, code, "Ana"))
    goes_to(console, installation, code, "ideas", 1)
    assert ana.does("submit_idea", idea="i1", text="A desk", stage="ideas")["ok"]
    shown = listed(app)
    assert "live now" in shown and "charter.pdf" in shown
    console.socket.disconnect(), ana.socket.disconnect()
    assert not quiet(code)
    assert listed(app) == shown and not installation.sessions.open_now()


def test_a_list_made_after_a_kill_is_right(app, made, installation, quiet):
    code = made["code"]
    assert installation.live.running(code) and not quiet(code) and "not opened yet" in listed(app)
    session = installation.sessions.get(code)
    session.do("welcome_facilitator", "maya", "facilitator", name="Maya")
    session.do("open_stage", "maya", "facilitator", stage="welcome", step=0, was="")
    installation.sessions._open.pop(code)   # the server is killed: nothing is closed
    assert "live now" in listed(app) and installation.sessions.open_now(), "what it was is too old, so that it is opened"


def test_a_disk_that_takes_no_summary_holds_up_nothing(app, made, installation, quiet, monkeypatch):
    def full(*anything):
        raise sqlite3.OperationalError("database or disk is full")
    monkeypatch.setattr("workshop.journal.journal.keep_summary", full)
    assert installation.live.running(made["code"]) and not quiet(made["code"])
    assert "not opened yet" in listed(app)


def test_many_workshops_are_listed_at_once(installation, monkeypatch):
    """Each of them stops for a moment while it writes, as a disk does."""
    execute, slowly = Database.execute, get_original("time", "sleep")
    monkeypatch.setattr(Database, "execute", lambda db, *what: slowly(0.002) or execute(db, *what))
    listed = [Listed(f"{n:06}", f"Workshop {n}", "", "quick", n) for n in range(40)]
    adding = [gevent.spawn(off_the_loop, installation.registry.add, one) for one in listed]
    tokens = [one.get() for one in adding]
    assert sorted(installation.registry.workshops(), key=lambda one: one.made) == listed
    assert all(installation.registry.opens(one.code, token) for one, token in zip(listed, tokens))
