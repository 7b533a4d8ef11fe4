"""Files are made by a worker, once for each state of a workshop and each kind of asker, and shown to whoever waits."""
import json
import re
import sys
import time

import gevent
import pytest
import requests
from playwright.sync_api import expect

from tests.conftest import KEY
from tests.served import Served
from tests.test_console import Room, up_to
from workshop.agenda import DOWNLOADS
from workshop.charter import files
from workshop.charter.offered import DATA, FILES, KINDS, TYPES, offered
from workshop.downloads import Downloads
from workshop.journal import Journal
from workshop.worker import CLOSED, DIED, LATE

ASKERS = ("facilitator", "organiser", "participant")
WORKER = "from workshop.charter import worker\nfrom workshop.jobs import answer_jobs\n"
DIES_ONCE = WORKER + """
import os, sys
def make(**job):
    if not os.path.exists(sys.argv[1]):
        open(sys.argv[1], "w").close()
        os._exit(3)
    return worker.make(**job)
answer_jobs({"hello": worker.hello, "make": make})
"""
HANGS = WORKER + "import time\nanswer_jobs({'hello': dict, 'make': lambda **job: time.sleep(60)})"


@pytest.fixture(scope="module")
def desk():
    """Downloads with a real worker."""
    desk = Downloads()
    yield desk
    desk.close()


@pytest.fixture
def voted(river):
    """A workshop whose vote is counted but not shown."""
    people = river.fills(6)
    river.opens("ideas", 1)
    for n, person in enumerate(people):
        person.writes(f"Lantern {n}")
    river.opens("themes")
    river.suggests(("Light", ["i0", "i1", "i2"]), ("Wind", ["i3", "i4", "i5"]))
    river.maya.does("accept_suggestion", stage="themes")
    river.opens("vote")
    for person in people:
        person.does("cast_ballot", stage="vote", dots={"theme:0": 2}, number=1)
    river.maya.does("close_vote", stage="vote")
    return river


def waited(making):
    assert making.done.wait(60) and not making.fault, making.fault
    return making


def test_each_asker_gets_from_the_store_what_was_made_for_such_an_asker(desk, voted):
    for _round in ("made", "kept"):
        for asker in ASKERS:
            for name, kind in (("workshop", "json"), ("votes", "csv"), ("report", "md"), ("charter", "html")):
                got = waited(desk.ask(voted.session, name, kind, asker))
                assert got.contents == files.make(voted.w, name, kind, asker=asker, mark=voted.session.mark())[0], (name, asker)
    seen = {asker: desk.ask(voted.session, "votes", "csv", asker).contents for asker in ASKERS}
    assert b"Light" in seen["facilitator"] and b"Light" not in seen["participant"], "the result is not shown yet"


def test_two_who_ask_for_the_same_wait_for_the_same_and_a_change_makes_it_anew(desk, river):
    river.opens("ideas", 1)
    ana = river.joins("Ana")
    ana.writes("A lantern")
    first, second = (desk.ask(river.session, "report", "md", "organiser") for _ in range(2))
    assert first is second and not first.done.is_set()
    assert waited(first).file == f"ktm482-report-draft-{river.w.seq}-2026-09-21.md"
    assert desk.ask(river.session, "report", "md", "organiser") is first
    ana.writes("A ferry")
    later = desk.ask(river.session, "report", "md", "organiser")
    assert later is not first and b"A ferry" in waited(later).contents and b"A ferry" not in first.contents
    assert desk.ask(river.session, "report", "md", "organiser", at=first.key[1]) is first, "who waited gets what they waited for"
    assert desk.ask(river.session, "report", "md", "facilitator", at=first.key[1]) is not first


def test_each_file_says_of_which_journal_it_is(desk, voted):
    mark = voted.session.mark()
    for name, kinds in FILES.items():
        for kind in kinds:
            got = waited(desk.ask(voted.session, name, kind, "organiser"))
            assert got.mark == mark and f"-{voted.w.seq}-" in got.file, got.file
            if kind in ("html", "md", "json"):
                assert mark in got.contents.decode(), (name, kind)
            if kind == "csv":
                assert mark[:12] in got.file
    before = voted.session.mark(5)
    voted.maya.does("show_result", stage="vote")
    assert voted.session.mark() != mark == voted.session.mark(voted.w.seq - 1) and voted.session.mark(5) == before
    voted.restarts()
    assert voted.session.mark(voted.w.seq - 1) == mark


def test_no_more_is_kept_than_there_is_room_for(river):
    small = Downloads(most=1)
    river.opens("ideas", 1)
    first = waited(small.ask(river.session, "ideas", "csv", "organiser"))
    last = waited(small.ask(river.session, "workshop", "json", "organiser"))
    assert small.ask(river.session, "workshop", "json", "organiser") is last
    assert small.ask(river.session, "ideas", "csv", "organiser") is not first
    small.close()


def test_a_worker_that_dies_is_told_of_and_the_next_try_is_answered(river, tmp_path):
    river.opens("ideas", 1)
    desk = Downloads([sys.executable, "-c", DIES_ONCE, str(tmp_path / "died")])
    failed = desk.ask(river.session, "ideas", "csv", "organiser")
    assert failed.done.wait(60) and failed.fault == DIED
    assert desk.ask(river.session, "ideas", "csv", "organiser") is failed, "who looks does not begin anew"
    assert waited(desk.ask(river.session, "ideas", "csv", "organiser", again=True)).contents
    desk.close()


def test_a_file_that_takes_too_long_is_stopped_and_one_under_way_ends_with_the_server(river):
    river.opens("ideas", 1)
    desk = Downloads([sys.executable, "-c", HANGS], limit=.3)
    late = desk.ask(river.session, "ideas", "csv", "organiser")
    assert late.done.wait(60) and late.fault == LATE
    desk.close()
    desk = Downloads([sys.executable, "-c", HANGS])
    first, second = (desk.ask(river.session, name, "csv", "organiser") for name in ("ideas", "votes"))
    assert desk.before(second) == [first] and desk.left(second) > desk.left(first)
    gevent.sleep(.5)
    began = time.monotonic()
    desk.close()
    assert first.done.wait(10) and second.done.wait(10) and time.monotonic() - began < 20
    assert first.fault == second.fault == CLOSED


def test_a_journal_that_cannot_be_read_leaves_the_files_as_they_are_in_memory(desk, river):
    river.opens("ideas", 1)
    river.joins("Ana").writes("A lantern")
    river.session._journal.close()
    got = waited(desk.ask(river.session, "ideas", "csv", "organiser"))
    assert b"A lantern" in got.contents and got.mark == ""
    river.session._journal = Journal(river.session._journal.path)


def test_the_list_names_every_file_there_is_documents_first(river):
    river.opens("ideas", 1)
    listed = offered(river.w)
    assert [offer.title for offer in listed] == ["Charter", "Outcomes report", "Data"]
    assert {(file.name, file.extension) for offer in listed for file in offer.files} == {(name, kind) for name, kinds in FILES.items() for kind in kinds}
    assert set(FILES) == set(DOWNLOADS), "a plan may give any of them to participants"
    for name, kinds in FILES.items():
        assert all(kind in TYPES and (kind in KINDS or (name, kind) in DATA) for kind in kinds)


def test_participants_get_what_the_plan_gives_them_when_the_workshop_has_ended(served, people, accessible):
    made = served.make("quick", downloads="ideas\nreport\nworkshop")
    code = made["code"]
    ana, maya = people(f"/{code}"), people(f"/{code}/console#{made['token']}", 1366, 768)
    ana.get_by_role("button", name="Join").click()
    maya.get_by_label("Your name").fill("Maya")
    maya.get_by_role("button", name="Open the console").click()
    expect(maya.locator("body")).to_have_attribute("data-live", "yes")

    def got(page, file: str) -> requests.Response:
        cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
        return requests.get(f"{served.local}/{code}/files/{file}", cookies=cookies, timeout=30)

    def status(page, file: str) -> int:
        return got(page, file).status_code
    assert [status(ana, file) for file in ("report.md", "ideas.csv", "charter.md")] == [403, 403, 403]
    assert status(maya, "charter.md") == 200
    maya.evaluate("""async () => {
      const wire = document.querySelector("script[type=module]").src.replace(/[^/]*$/, "wire.js"), { ask } = await import(wire);
      await ask("end_workshop", {});
    }""")
    expect(ana.get_by_role("heading", name="Outcomes report")).to_be_visible()
    assert [status(ana, file) for file in ("report.md", "ideas.csv", "charter.md", "votes.csv")] == [200, 200, 403, 403]
    made_for = [got(page, "workshop.json").json()["made_for"] for page in (maya, ana, maya, ana)]
    assert made_for == ["facilitator", "participant"] * 2, "what is kept for one is never given to the other"
    assert ana.locator("#stage .files a").all_text_contents()
    expect(ana.get_by_role("heading", name="Charter")).to_have_count(0)
    with ana.expect_download() as download:
        ana.get_by_role("link", name="Every idea, one a row").click()
    assert re.fullmatch(rf"{code}-ideas-\d+-20\d\d-\d\d-\d\d-[0-9a-f]{{12}}\.csv", download.value.suggested_filename)
    late = people(f"/{code}")
    expect(late.get_by_role("heading", name="This workshop has ended")).to_be_visible()
    expect(late.get_by_role("button", name="Join")).to_have_count(0)
    with late.expect_download() as download:
        late.get_by_role("link", name="Every idea, one a row").click()
    assert got(maya, "workshop.json").json()["people"]["count"] == 1, "who comes for the files did not take part"
    accessible(late)


@pytest.fixture(scope="module")
def slow(tmp_path_factory):
    """A server that waits for no file, so that everybody sees the page that waits; its worker hangs once at "votes.csv"."""
    patient = "import workshop.pages.files as files\nfiles.PATIENCE = 0"
    server = Served(tmp_path_factory.mktemp("slow") / "sessions", KEY, first=patient)
    yield server
    server.stop()


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_who_waits_for_a_file_is_shown_how_far_it_is_and_gets_it_by_itself(slow, browser, accessible, scripts):
    room = Room(slow).filled(up_to("close"))
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{slow.url}/organise")
    page.get_by_label("key").fill(KEY)
    page.get_by_role("button", name="Sign in").click()
    page.locator(f'tr:has(a[href$="/{room.code}/screen"]) + tr summary').click()
    with page.expect_download() as download:
        page.locator(f'a[href$="/{room.code}/files/report.pdf"]').click()
    assert download.value.suggested_filename.startswith(f"{room.code}-report-draft-")
    if scripts:
        expect(page.get_by_role("heading", name="It is ready.")).to_be_visible()
        accessible(page)
        page.get_by_role("link", name="Back").click()
        expect(page.get_by_role("heading", name="Prepare a workshop")).to_be_visible()
    context.close()


@pytest.mark.browser
def test_a_console_stays_where_it_is_while_a_file_is_waited_for(slow, browser):
    def people(path, width, height):
        page = browser.new_context().new_page()
        page.goto(slow.url + path)
        return page
    console = Room(slow).filled(up_to("close")).console(people)
    console.locator("#files summary").click()
    with console.context.expect_page() as waiting:
        console.get_by_role("link", name="Outcomes report, Web page").click()
    with waiting.value.expect_download() as download:
        pass
    assert "-report-draft-" in download.value.suggested_filename
    expect(console.locator("body")).to_have_attribute("data-live", "yes")
    console.context.close()


@pytest.mark.browser
def test_a_file_that_was_not_made_says_why_and_can_be_asked_for_again(tmp_path, browser, accessible):
    (tmp_path / "worker.py").write_text(DIES_ONCE)
    command = json.dumps([sys.executable, str(tmp_path / "worker.py"), str(tmp_path / "died")])
    server = Served(tmp_path / "sessions", KEY, first=f"import workshop.downloads\nworkshop.downloads.COMMAND = {command}")
    room = Room(server).filled(up_to("close"))
    context = browser.new_context()
    try:
        page = context.new_page()
        page.goto(f"{server.url}/organise")
        page.get_by_label("key").fill(KEY)
        page.get_by_role("button", name="Sign in").click()
        page.goto(f"{server.url}/{room.code}/files/ideas.csv")
        expect(page.get_by_role("heading", name="This file was not made.")).to_be_visible(timeout=30_000)
        accessible(page)
        with page.expect_download() as download:
            page.get_by_role("link", name="Try again").click()
        assert "ideas-draft" in download.value.suggested_filename
    finally:
        context.close()
        server.stop()
