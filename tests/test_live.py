"""Sockets: who is let in, what each page is told, and how it is answered."""
import re

import gevent
import pytest

from workshop.app import create_app
from workshop.live import typing
from workshop.live.bucket import Bucket

HERE = "http://localhost"


@pytest.fixture
def app(tmp_path):
    app = create_app(tmp_path / "sessions", HERE)
    app.extensions["workshop"].registry.new_key("river-stone-lamp")
    return app


@pytest.fixture
def installation(app):
    return app.extensions["workshop"]


@pytest.fixture
def made(app):
    """A workshop made by the organiser's key: its code and token."""
    answer = app.test_client().post("/workshops", base_url=HERE, data={"plan": "cop-inception"},
                                    headers={"Authorization": "Bearer river-stone-lamp", "Accept": "application/json"})
    assert answer.status_code == 201 and set(answer.json) == {"code", "join", "console", "screen"}
    return {**answer.json, "token": answer.json["console"].partition("#")[2]}


class Page:
    """One page: its browser's cookies, and its socket."""

    def __init__(self, app, code: str, seat: str, browser=None) -> None:
        self.browser = browser or app.test_client()
        live = app.extensions["workshop"].live
        self.socket = live.socketio.test_client(app, auth={"code": code, "seat": seat}, flask_test_client=self.browser)

    def here(self, have=None) -> dict[str, dict]:
        answer = self.socket.emit("here", {"have": have or {}}, callback=True)
        return {region["id"]: region for region in answer["regions"]}

    def does(self, command: str, **args) -> dict:
        return self.socket.emit("do", {"command": command, "args": args}, callback=True)

    def told(self) -> list[dict]:
        """The regions in the patches that came since the last look."""
        gevent.sleep(0.3)
        return [region for message in self.socket.get_received() if message["name"] == "patch" for region in message["args"][0]["regions"]]


def comes_in(app, code: str, name: str, side: str = "Civil service"):
    """A browser that has joined."""
    browser = app.test_client()
    browser.get(f"/{code}", base_url=HERE)
    assert browser.post(f"/{code}", base_url=HERE, data={"name": name, "constituency": side}).status_code == 303
    return browser


def leads(app, made) -> Page:
    browser = app.test_client()
    assert browser.post(f"/{made['code']}/console", base_url=HERE, data={"token": made["token"], "name": "Maya"}).status_code == 303
    return Page(app, made["code"], "console", browser)


def eventually(true) -> None:
    """At one of the next beats."""
    with gevent.Timeout(10, AssertionError("it did not happen")):
        while not true():
            gevent.sleep(0.05)


def goes_to(console: Page, installation, code: str, stage: str, step: int = 0) -> None:
    w = installation.sessions.get(code).state
    was = f"{w.open_id}.{w.steps[w.open_id]}" if w.open_id else ""
    assert console.does("open_stage", stage=stage, step=step, was=was)["ok"]


def test_a_page_without_a_seat_is_turned_away(app, made):
    assert not Page(app, made["code"], "phone").socket.is_connected()
    assert not Page(app, made["code"], "console", comes_in(app, made["code"], "Ana")).socket.is_connected()
    assert not Page(app, "222222", "screen").socket.is_connected()
    assert not Page(app, made["code"], "kitchen").socket.is_connected()
    assert Page(app, made["code"], "screen").socket.is_connected()


def test_a_page_gets_what_it_does_not_have(app, made):
    phone = Page(app, made["code"], "phone", comes_in(app, made["code"], "Ana"))
    first = phone.here()
    assert {"stage", "flip-chart", "my-ideas"} <= set(first) and all("html" in region for region in first.values())
    again = phone.here({name: region["mark"] for name, region in first.items()})
    assert not any("html" in region for region in again.values())


def test_what_one_writes_the_table_sees_and_the_writer_is_told_first(app, made, installation):
    code = made["code"]
    ana, bo = (Page(app, code, "phone", comes_in(app, code, name, side)) for name, side in (("Ana", "Civil service"), ("Bo", "Civil society")))
    console = leads(app, made)
    goes_to(console, installation, code, "ideas", 1)
    ana.here(), bo.here()
    answer = ana.does("submit_idea", idea="i1", text="A desk", stage="ideas")
    assert answer["ok"] and answer["seq"] == installation.sessions.get(code).state.seq
    assert ana.does("submit_idea", idea="i1", text="A desk", stage="ideas") == answer
    told = [region for region in bo.told() if region["id"] == "flip-chart"]
    assert any("A desk" in (region.get("html") or str(region.get("put"))) for region in told)


def test_a_phone_moves_to_its_tables_channel_when_tables_are_made(app, made, installation):
    code = made["code"]
    phones = [Page(app, code, "phone", comes_in(app, code, f"P{n}", ["Civil service", "Civil society"][n % 2])) for n in range(16)]
    console = leads(app, made)
    for phone in phones:
        phone.here()
    goes_to(console, installation, code, "ideas", 1)
    gevent.sleep(0.5)
    phones[0].does("submit_idea", idea="i1", text="For one table only", stage="ideas")
    w = installation.sessions.get(code).state
    mates = len(w.group_of(w.ideas["i1"].author, "ideas").people)
    gevent.sleep(0.5)
    saw = [phone for phone in phones if "For one table" in str(phone.socket.get_received())]
    assert len(w.groups_of("ideas")) == 2 and len(saw) == mates == 8


def test_every_no_is_a_sentence(app, made):
    ana = Page(app, made["code"], "phone", comes_in(app, made["code"], "Ana"))
    for command, args, words in [("fly", {}, "out of date"), ("open_stage", {"stage": "vote"}, "Only a facilitator"), ("submit_idea", {"idea": "x"}, "something unexpected"),
                                 ("submit_idea", {"idea": "x", "text": "y", "stage": "ideas", "size": 3}, "something unexpected"),
                                 ("suggest_themes", {"stage": "themes"}, "cannot do that"), ("join", {"name": ["x"]}, "something unexpected")]:
        answer = ana.does(command, **args)
        assert not answer["ok"] and not answer["again"] and words in answer["error"], command
    assert not ana.socket.emit("do", "nonsense", callback=True)["ok"]
    assert ana.socket.emit("here", None, callback=True)["regions"]
    assert ana.socket.emit("whole", {"regions": ["stage", 5]}, callback=True)["regions"][0]["id"] == "stage"


def test_a_screen_only_looks(app, made):
    screen = Page(app, made["code"], "screen")
    assert not screen.does("submit_idea", idea="x", text="y", stage="ideas")["ok"]


def test_a_page_that_asks_without_end_is_slowed_down(app, made):
    ana = Page(app, made["code"], "phone", comes_in(app, made["code"], "Ana"))
    answers = [ana.does("rate_workshop", rating=9) for _ in range(120)]
    assert any(answer["again"] for answer in answers)
    bucket = Bucket(holds=2, a_second=0)
    assert [bucket.takes() for _ in range(3)] == [True, True, False]


def test_the_room_knows_who_is_ready_and_who_is_here(app, made, installation):
    ana = Page(app, made["code"], "phone", comes_in(app, made["code"], "Ana"))
    ana.here()
    assert ana.does("ready", on=True)["ok"]
    session = installation.sessions.get(made["code"])
    eventually(lambda: len(session.room.here) == 1 and sum(len(people) for people in session.room.ready.values()) == 1)
    assert not ana.does("ready", on="maybe")["ok"]
    ana.socket.disconnect()
    eventually(lambda: not session.room.here)


def test_a_form_does_what_a_socket_does(app, made, installation):
    code = made["code"]
    browser = comes_in(app, code, "Ana")
    goes_to(leads(app, made), installation, code, "ideas", 1)
    done = browser.post(f"/{code}/do/submit_idea", base_url=HERE, data={"idea": "f1", "text": "By form", "stage": "ideas"})
    assert done.status_code == 303 and done.headers["Location"] == f"/{code}"
    refused = browser.post(f"/{code}/do/submit_idea", base_url=HERE, data={"idea": "f2", "text": "y" * 501, "stage": "ideas"})
    assert refused.status_code == 422 and "y" * 501 in refused.text and "this one is 501" in refused.text
    assert [i.text for i in installation.sessions.get(code).state.ideas.values()] == ["By form"]
    assert app.test_client().post(f"/{code}/do/submit_idea", base_url=HERE, data={}).status_code == 403


def test_a_post_from_another_site_is_turned_away(app, made):
    browser = comes_in(app, made["code"], "Ana")
    for headers in ({"Origin": "http://elsewhere.test"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = browser.post(f"/{made['code']}/do/park_note", base_url=HERE, headers=headers, data={"note": "n", "text": "x"})
        assert answer.status_code == 403, headers


def test_codes_are_forgiving_and_wrong_ones_get_a_sentence(app, made):
    browser, code = app.test_client(), made["code"]
    for typed in (code, code.upper(), f"{code[:3]} {code[3:]}", f"{code[:3]}-{code[3:]}".upper()):
        assert browser.get("/", base_url=HERE, query_string={"code": typed}).headers["Location"] == f"/{code}"
    wrong = browser.get("/", base_url=HERE, query_string={"code": "ZZZ 222"})
    assert wrong.status_code == 404 and "No workshop has the code ZZZ 222" in wrong.text
    assert browser.get("/zzz222", base_url=HERE).status_code == 404
    assert browser.get("/../../etc", base_url=HERE).status_code == 404


def test_a_return_code_brings_a_person_to_another_phone(app, made, installation):
    code = made["code"]
    comes_in(app, code, "Ana")
    person = next(iter(installation.sessions.get(code).state.people))
    other = app.test_client()
    wrong = other.post(f"/{code}", base_url=HERE, data={"back": "aaaaaa"})
    assert wrong.status_code == 422 and "No return code here is AAAAAA" in wrong.text
    right = other.post(f"/{code}", base_url=HERE, data={"back": installation.return_code(code, person).upper()})
    assert right.status_code == 303
    assert Page(app, code, "phone", other).does("park_note", note="n", text="From my new phone")["ok"]
    assert len(installation.sessions.get(code).state.people) == 1
    tries = [app.test_client().post(f"/{code}", base_url=HERE, data={"back": "aaaaaa"}) for _ in range(12)]
    assert "Too many return codes" in tries[-1].text


def test_the_organiser_signs_in_once_with_the_link_and_always_with_the_key(app, installation):
    token = installation.new_sign_in()
    first, second = app.test_client(), app.test_client()
    assert "Sign in" in first.get("/organise", base_url=HERE).text
    assert first.post("/organise/sign-in", base_url=HERE, data={"token": token}).status_code == 303
    assert second.post("/organise/sign-in", base_url=HERE, data={"token": token}).status_code == 403
    assert second.post("/organise/sign-in", base_url=HERE, data={"key": "wrong"}).status_code == 403
    assert second.post("/organise/sign-in", base_url=HERE, data={"key": "river-stone-lamp"}).status_code == 303
    assert app.test_client().post("/workshops", base_url=HERE, data={"plan": "quick"}).status_code == 401


def test_a_console_opens_with_its_own_token_alone(app, made):
    browser = app.test_client()
    assert browser.post(f"/{made['code']}/console", base_url=HERE, data={"token": "wrong", "name": "Eve"}).status_code == 403
    assert leads(app, made).socket.is_connected()


def test_the_organiser_gives_out_a_new_link_and_the_old_one_opens_no_more(app, made):
    organiser, old = app.test_client(), leads(app, made)
    assert organiser.post(f"/organise/{made['code']}/link", base_url=HERE).status_code == 401
    organiser.post("/organise/sign-in", base_url=HERE, data={"key": "river-stone-lamp"})
    page = organiser.post(f"/organise/{made['code']}/link", base_url=HERE).text
    token = re.search(r"/console#([\w-]+)", page)[1]
    assert app.test_client().post(f"/{made['code']}/console", base_url=HERE, data={"token": made["token"], "name": "Eve"}).status_code == 403
    assert leads(app, {**made, "token": token}).socket.is_connected() and old.does("tell_all", text="Still in")["ok"]


def test_nobody_downloads_what_is_not_theirs(app, made):
    code = made["code"]
    ana, maya = comes_in(app, code, "Ana"), leads(app, made).browser
    assert ana.get(f"/{code}/files/report.pdf", base_url=HERE).status_code == 403
    assert maya.get(f"/{code}/files/ideas.csv", base_url=HERE).status_code == 200
    assert maya.get(f"/{code}/files/passwords.txt", base_url=HERE).status_code == 404


def test_every_answer_carries_the_policy(app):
    answer = app.test_client().get("/", base_url=HERE, headers={"Accept-Encoding": "gzip"})
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"] and answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_fault_of_ours_shows_no_trace(app, made, monkeypatch, caplog):
    monkeypatch.setattr("workshop.pages.drawing.page", lambda *a, **k: 1 / 0)
    answer = app.test_client().get(f"/{made['code']}/screen", base_url=HERE)
    assert answer.status_code == 500 and "Traceback" not in answer.text and "Something went wrong here" in answer.text
    assert "ZeroDivisionError" in caplog.text


def test_a_disk_that_fails_is_said_and_nothing_changes(app, made, installation, monkeypatch):
    import sqlite3
    ana = Page(app, made["code"], "phone", comes_in(app, made["code"], "Ana"))
    session = installation.sessions.get(made["code"])
    before = session.state

    def full(entry):
        raise sqlite3.OperationalError("database or disk is full")
    monkeypatch.setattr(session._journal, "append", full)
    answer = ana.does("park_note", note="n", text="Kept on the phone")
    assert (answer["ok"], answer["again"]) == (False, True) and "cannot save" in answer["error"]
    assert session.state is before


def test_a_workshop_is_served_under_a_path(tmp_path):
    app = create_app(tmp_path / "sessions", HERE + "/w")
    app.extensions["workshop"].registry.new_key("river-stone-lamp")
    browser = app.test_client()
    made = browser.post("/w/workshops", base_url=HERE, data={"plan": "quick"}, headers={"Authorization": "Bearer river-stone-lamp",
                                                                                       "Accept": "application/json"}).json
    assert made["join"] == f"{HERE}/w/{made['code']}"
    for path in (f"/w/{made['code']}", f"/{made['code']}"):
        page = browser.get(path, base_url=HERE).text
        assert f'action="/w/{made["code"]}"' in page and 'href="/w/static/' in page
    screen = browser.get(f"/w/{made['code']}/screen", base_url=HERE).text
    assert 'data-root="/w"' in screen and browser.get("/w/socket.io/?EIO=4&transport=polling", base_url=HERE).status_code == 200


def test_who_types_is_told_to_consoles_until_they_are_silent_or_gone_and_is_in_no_journal(app, made, installation, monkeypatch):
    monkeypatch.setattr(typing, "SILENT", 0.4)
    code = made["code"]
    console, phone = leads(app, made), Page(app, made["code"], "phone", comes_in(app, made["code"], "Ana"))
    session = installation.sessions.get(code)
    maya, before = next(iter(session.state.facilitators)), session.state.seq
    for said in ({"section": "moon"}, {"section": ["roles"]}, "roles", None):
        console.socket.emit("typing", said)
        assert not session.room.typing, said
    phone.socket.emit("typing", {"section": "roles"})
    assert not session.room.typing
    console.socket.emit("typing", {"section": "roles"})
    assert session.room.typing == {maya: "roles"}
    gevent.sleep(0.2)
    console.socket.emit("typing", {"section": "ways"})
    gevent.sleep(0.3)
    assert session.room.typing == {maya: "ways"}
    gevent.sleep(0.4)
    assert not session.room.typing
    console.socket.emit("typing", {"section": "roles"})
    console.socket.disconnect()
    assert not session.room.typing and session.state.seq == before
