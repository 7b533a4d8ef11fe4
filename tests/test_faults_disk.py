"""Disks that are full, read-only, slow or lie, and files that are damaged: no half change, nothing lost, all of it said."""
import json
import sqlite3
import statistics
import time
from dataclasses import replace

import gevent
import gevent.monkey
import pytest
import socketio

from tests.conftest import KEY
from tests.disks import FailingDisk, SmallDisk, limit_files, lock_file
from tests.served import Served, free_port, workshop
from tests.story import PLAN
from tests.test_power_cut import Writer
from workshop import plans
from workshop.charter import files
from workshop.journal import Damaged, Journal
from workshop.regions.console.fault import SENTENCES, fault
from workshop.rules import Refused
from workshop.session import NotSaved, Session, what_failed
from workshop.sessions import opened

SLOW = 0.05
sleep_in_thread = gevent.monkey.get_original("time", "sleep")


class SlowDisk(Journal):
    """A journal on a disk each of whose syncs takes *SLOW* seconds.  *sizes*: how many entries were written at once."""

    def __init__(self, path) -> None:
        super().__init__(path)
        self.sizes = []

    def append(self, *rows):
        self.sizes.append(len(rows))
        sleep_in_thread(SLOW)
        return super().append(*rows)


class LyingDisk(Journal):
    """A journal on a disk that writes what it is given and then says that it failed."""

    lies = False

    def append(self, *rows):
        written = super().append(*rows)
        if self.lies:
            raise sqlite3.OperationalError("disk I/O error")
        return written


def begun(journal: Journal, **how) -> Session:
    session = Session(journal, **how)
    session.do("make_workshop", "organiser", "organiser", code="ktm482", plan=plans.make(PLAN))
    session.do("welcome_facilitator", "maya", "facilitator", name="Maya")
    return session


def join(session: Session, n: int):
    return session.do("join", f"p{n}", "participant", name=f"P{n}", constituency=PLAN["constituencies"][n % 2])


def park(session: Session, note: str, text: str = "A thought", by: str = "p0") -> int:
    return session.do("park_note", by, "participant", note=note, text=text)


def same_as_its_file(session: Session, path) -> bool:
    with_disk = opened(path)
    try:
        return with_disk.state == session.state
    finally:
        with_disk.close()


# What waits together is written together

def test_what_waits_together_is_written_together_and_each_rule_sees_the_one_before_it(tmp_path):
    journal = SlowDisk(tmp_path / "ktm482.db")
    session = begun(journal)
    joined = [gevent.spawn(join, session, n) for n in range(60)]
    gevent.joinall(joined)
    assert [p.number for p in session.state.people.values()] == list(range(1, 61)), "each had its own number, in order"
    assert [g.value for g in joined] == list(range(3, 63)), "each was told its own entry"
    assert journal.sizes[2:] in ([60], [1, 59]), journal.sizes
    assert same_as_its_file(session, journal.path)
    session.close()


def test_a_refusal_and_a_fault_of_ours_among_them_are_their_askers_alone(tmp_path):
    session = begun(SlowDisk(tmp_path / "ktm482.db"))
    join(session, 0)
    asked = [gevent.spawn(lambda call=call: outcome(call)) for call in (
        lambda: park(session, "a"), lambda: park(session, "b", ""), lambda: session.do("no_such_command", "p0", "participant"),
        lambda: park(session, "a"), lambda: park(session, "c"))]
    gevent.joinall(asked)
    first, empty, wrong, resent, last = [g.value for g in asked]
    assert first == 4 and last == 5 and resent == 4 and isinstance(empty, Refused) and isinstance(wrong, KeyError)
    assert list(session.state.parking) == ["a", "c"] and not session.room.fault
    session.close()


def outcome(call):
    try:
        return call()
    except Exception as raised:
        return raised


def test_a_copy_is_not_acknowledged_before_the_first_is_on_the_disk(tmp_path):
    journal = LyingDisk(tmp_path / "ktm482.db")
    session = begun(journal)
    join(session, 0)
    journal.append = lambda *rows: fails()
    asked = [gevent.spawn(outcome, lambda: park(session, "a")) for _ in range(2)]
    gevent.joinall(asked)
    assert all(isinstance(g.value, NotSaved) for g in asked) and not session.state.parking
    session.close()


def fails():
    raise sqlite3.OperationalError("disk I/O error")


def test_a_slow_disk_slows_its_own_workshop_and_nothing_else(tmp_path):
    slow, quick = begun(SlowDisk(tmp_path / "slow.db")), begun(Journal(tmp_path / "quick.db"))
    join(quick, 0)
    burst = [gevent.spawn(timed, lambda n=n: join(slow, n)) for n in range(300)]
    took = [timed(lambda: park(quick, f"n{n}")) for n in range(40)]
    gevent.joinall(burst)
    assert len(slow.state.people) == 300 and len(quick.state.parking) == 40
    assert statistics.median(took) < SLOW / 2, "the other workshop does not wait for this disk"
    assert max(g.value for g in burst) < 1, "one sync each would take fifteen seconds"
    slow.close(), quick.close()


def timed(call) -> float:
    before = time.perf_counter()
    call()
    return time.perf_counter() - before


# Order and doubt

def test_a_clock_set_back_changes_no_order(tmp_path):
    clock = iter([5_000_000, 6_000_000, 7_000_000, 1_000, 2_000, 7_000_500])
    session = begun(Journal(tmp_path / "ktm482.db"), clock=lambda: next(clock))
    join(session, 0)
    for note in "abc":
        park(session, note, note)
    session.close()
    with_disk = Journal(tmp_path / "ktm482.db")
    entries = list(with_disk.read())
    with_disk.close()
    assert [e.at for e in entries] == [5_000_000, 6_000_000, 7_000_000, 7_000_000, 7_000_000, 7_000_500]
    assert [n for n in session.state.parking] == ["a", "b", "c"]


def test_after_a_write_in_doubt_the_journal_is_read_again(tmp_path, monkeypatch):
    monkeypatch.setattr("workshop.session.TRY_AGAIN", 60)
    journal = LyingDisk(tmp_path / "ktm482.db")
    session = begun(journal)
    join(session, 0)
    session.do("open_stage", "maya", "facilitator", stage="ideas", step=1, was="")
    journal.lies = True
    before = session.state
    with pytest.raises(NotSaved):
        session.do("submit_idea", "p0", "participant", idea="a", text="Is it there?", stage="ideas")
    assert session.state is before and session.room.fault == "failed"
    journal.lies = False
    assert session.do("edit_idea", "p0", "participant", idea="a", text="It is") == 6, "no rule is asked about a state that is not the file's"
    assert park(session, "b", "The next") == 7 and session.state.ideas["a"].text == "It is"
    assert session.do("submit_idea", "p0", "participant", idea="a", text="Is it there?", stage="ideas") == 7, "not doubled when it is sent again"
    assert session.room.fault == "" and same_as_its_file(session, journal.path)
    session.close()


# Disks that take nothing

@pytest.fixture
def disk(tmp_path):
    small = SmallDisk(tmp_path / "disk", 3_000_000)
    yield small
    small.gone()


def until(true, seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not true():
        gevent.sleep(0.1)
    return true()


def test_a_full_disk_changes_nothing_is_said_and_heals_by_itself(disk, monkeypatch):
    monkeypatch.setattr("workshop.session.TRY_AGAIN", 0.2)
    path = disk.path / "ktm482.db"
    session = begun(Journal(path))
    join(session, 0)
    disk.fill()
    said, n = None, 0
    while not said and n < 500:   # what SQLite has set aside for its log is used up first
        n += 1
        said = outcome(lambda: park(session, f"n{n}", "x" * 400))
        said = said if isinstance(said, Exception) else None
    assert isinstance(said, NotSaved) and session.room.fault == "full"
    assert list(session.state.parking) == [f"n{k}" for k in range(1, n)], "what was acknowledged, and not the one that failed"
    assert isinstance(outcome(lambda: park(session, "later")), NotSaved)
    assert files.make(session.state, "workshop", "json", asker="organiser", mark=session.mark())[0], "files are made all the same"
    disk.make_room()
    assert until(lambda: not session.room.fault), "nobody has to press anything"
    assert park(session, f"n{n}", "x" * 400) == session.state.seq and list(session.state.parking)[-1] == f"n{n}"
    assert until(lambda: session.state.unsaved), "and the journal tells that it was so"
    since, told = session.state.unsaved[0]
    assert since <= told <= session.state.at and len(session.state.unsaved) == 1
    entries = session.state.seq
    assert session.do("tell_unsaved", "server", "server", since=since) == entries, "told once"
    report = " ".join(files.make(session.state, "report", "md", asker="organiser", mark="")[0].decode().split())
    assert "nothing could be saved" in report.partition("Limits")[2]
    assert same_as_its_file(session, path)
    session.close()


class Facilitator(Writer):
    """Whoever runs the workshop, by plain posts."""

    def __init__(self, server: Served, made: dict) -> None:
        self.server, self.code, self.cookie, self.made = server, made["code"], "", made
        self.cookie = self.comes_in().getheader("Set-Cookie").split(";")[0]

    def comes_in(self):
        return self.asks("POST", f"/{self.code}/console", {"token": self.made["token"], "name": "Maya"})

    def does(self, command: str, **form):
        return self.asks("POST", f"/{self.code}/do/{command}", {"seat": "console", **form})


def every_way_is_refused_in_words(server: Served, maya: Facilitator, ana: Writer) -> None:
    """Each thing that writes says that it cannot, keeps the words, and shows no trace."""
    stranger = Writer.__new__(Writer)
    stranger.server, stranger.cookie = server, ""
    answers = {
        "an idea": ana.asks("POST", f"/{ana.code}/do/submit_idea", {"idea": "later", "text": "A bench by the river", "stage": "ideas"}),
        "joining": stranger.asks("POST", f"/{ana.code}", {"name": "Zoe", "constituency": "Civil service"}),
        "the console's door": stranger.asks("POST", f"/{ana.code}/console", {"token": maya.made["token"], "name": "Ines"}),
        "a workshop": make(server),
    }
    for what, answer in answers.items():
        assert answer.status == 503 and "cannot save" in answer.text and "Traceback" not in answer.text, (what, answer.status, answer.text[-400:])
    assert "A bench by the river" in answers["an idea"].text and 'value="Zoe"' in answers["joining"].text, "what was typed is still there"
    assert json.loads(answers["a workshop"].text)["again"] is True


def make(server: Served):
    program = Writer.__new__(Writer)
    program.server, program.cookie = server, ""
    return program.asks("POST", "/workshops", {"plan": "quick"}, {"Authorization": f"Bearer {server.key}", "Accept": "application/json"})


def ideas(maya: Facilitator) -> list[str]:
    answer = maya.asks("GET", f"/{maya.code}/files/workshop.json")
    assert answer.status == 200, "files can be had all the while"
    return [idea["text"] for idea in json.loads(answer.text)["ideas"]]


def says_on_the_console(maya: Facilitator, words: str) -> bool:
    return words in maya.asks("GET", f"/{maya.code}/console").text.lower()


@pytest.mark.parametrize("how", ["a full disk", "a quota"])
def test_a_server_on_a_disk_that_takes_nothing_says_so_everywhere_and_goes_on(tmp_path, how, request):
    small = request.getfixturevalue("disk") if how == "a full disk" else None
    server = Served((small.path if small else tmp_path) / "sessions", KEY)
    try:
        maya = Facilitator(server, server.make())
        ana = Writer(server, maya.code, 0)
        assert maya.does("open_stage", stage="ideas", step="1", was="").status == 303
        assert not says_on_the_console(maya, "words wait on the phones")
        small.fill() if small else limit_files(server.pid, 4096)
        n = 0
        while n < 500 and ana.asks("POST", f"/{ana.code}/do/submit_idea", {"idea": f"i{n}", "text": f"Idea {n}", "stage": "ideas"}).status == 303:
            n += 1
        every_way_is_refused_in_words(server, maya, ana)
        assert says_on_the_console(maya, "words wait on the phones")
        assert ideas(maya) == [f"Idea {k}" for k in range(n)], "what was acknowledged and nothing else"
        assert maya.asks("GET", f"/{maya.code}/files/report.pdf").status == 200
        small.make_room() if small else limit_files(server.pid)
        assert until(lambda: not says_on_the_console(maya, "words wait on the phones"))
        assert ana.asks("POST", f"/{ana.code}/do/submit_idea", {"idea": "later", "text": "A bench by the river", "stage": "ideas"}).status == 303
        assert make(server).status == 201 and len(ideas(maya)) == n + 1
        listed = maya.asks("GET", "/organise", headers={"Authorization": f"Bearer {server.key}"}).text
        assert listed.count("Open console") == 2, "no workshop is half made"
    finally:
        server.stop()


@pytest.fixture
def failing(tmp_path):
    card = FailingDisk(tmp_path / "card", 16_000_000)
    yield card
    card.gone()


def test_a_disk_that_fails_and_turns_read_only_loses_nothing_that_was_saved(failing, tmp_path):
    server = Served(failing.path / "sessions", KEY)
    try:
        maya = Facilitator(server, server.make())
        ana = Writer(server, maya.code, 0)
        assert maya.does("open_stage", stage="ideas", step="1", was="").status == 303
        assert ana.asks("POST", f"/{ana.code}/do/submit_idea", {"idea": "i0", "text": "Idea 0", "stage": "ideas"}).status == 303
        failing.fail()
        every_way_is_refused_in_words(server, maya, ana)
        assert says_on_the_console(maya, "disk fails") and ideas(maya) == ["Idea 0"]
        assert maya.asks("GET", f"/{maya.code}/files/report.pdf").status == 200
        said = workshop("export", maya.code, "--format", "json", "--sessions", server.folder, "--to", tmp_path / "files")
        assert said.returncode == 0 and "Idea 0" in next((tmp_path / "files").glob("*.json")).read_text(), said.stderr
    finally:
        server.stop()


def test_a_folder_that_is_read_only_is_said_at_the_start(disk):
    disk.lock()
    said = workshop("serve", "--host", "127.0.0.1", "--port", free_port(), "--sessions", disk.path)
    assert said.returncode == 3 and f"{disk.path} cannot be used: Read-only file system" in said.stderr and "Traceback" not in said.stderr


def test_a_read_only_file_stops_its_own_workshop_and_no_other(served):
    maya, other = Facilitator(served, served.make()), Facilitator(served, served.make())
    path = served.folder / f"{maya.code}.db"
    lock_file(path)
    try:
        assert maya.does("write_note", text="Refused").status == 503 and says_on_the_console(maya, "words wait on the phones")
        assert other.does("write_note", text="Taken").status == 303 and not says_on_the_console(other, "words wait on the phones")
        assert ideas(maya) == []
    finally:
        lock_file(path, False)
    assert maya.does("write_note", text="Taken").status == 303 and not says_on_the_console(maya, "words wait on the phones")


# Files that cannot be read

@pytest.mark.parametrize("harm", ["cut short", "a damaged page", "gone", "empty"])
def test_a_damaged_workshop_is_said_in_words_and_the_others_go_on(alone, harm):
    maya, other = Facilitator(alone, alone.make()), Facilitator(alone, alone.make())
    for n in range(60):
        maya.does("write_note", text=f"{n} " + "A long note. " * 80)
    path = alone.folder / f"{maya.code}.db"
    alone.stop()
    before = path.read_bytes()
    if harm == "gone":
        path.rename(path.with_suffix(".elsewhere"))
    else:
        size = {"cut short": len(before) // 2, "empty": 0}.get(harm, len(before))
        path.write_bytes(before[:size] if harm != "a damaged page" else before[:8192] + b"\x5a" * 8192 + before[16384:])
    alone.start()
    page = maya.asks("GET", f"/{maya.code}")
    assert page.status == 503 and "cannot be opened" in page.text and f"workshop check {maya.code}" in page.text and "Traceback" not in page.text
    program = maya.asks("GET", f"/{maya.code}/files/workshop.json", headers={"Accept": "application/json"})
    assert program.status == 503 and path.name in json.loads(program.text)["error"]
    assert "cannot be opened" in str(turned_away(alone, maya))
    assert other.does("write_note", text="We go on").status == 303
    listed = other.asks("GET", "/organise", headers={"Authorization": f"Bearer {alone.key}"})
    assert listed.status == 200 and "cannot be read" in listed.text and listed.text.count("Open console") == 2


def turned_away(server: Served, who: Writer) -> dict:
    """What the page of somebody who has a seat is told when its socket is refused."""
    told, client = [], socketio.Client()
    client.on("connect_error", told.append)
    with pytest.raises(socketio.exceptions.ConnectionError):
        client.connect(server.local, headers={"Cookie": who.cookie}, auth={"code": who.code, "seat": "console"})
    return told[0]


def test_every_fault_has_its_sentence_on_the_console(tmp_path):
    session = begun(Journal(tmp_path / "ktm482.db"))
    kinds = {what_failed(error) for error in (named("SQLITE_FULL"), named("SQLITE_READONLY_DBMOVED"), named("SQLITE_CORRUPT"), named("SQLITE_BUSY"),
                                              named("SQLITE_IOERR_FSYNC"), sqlite3.ProgrammingError("closed"), Damaged("Gone."))}
    assert kinds == set(SENTENCES)
    for kind in kinds:
        assert fault(session.state, replace(session.room, fault=kind), "")["sentence"]
    assert not fault(session.state, session.room, "")["sentence"]
    session.close()


def named(code: str) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("...")
    error.sqlite_errorname = code
    return error


def test_a_second_server_says_who_has_the_folder(served):
    said = workshop("serve", "--host", "127.0.0.1", "--port", free_port(), "--sessions", served.folder)
    assert said.returncode == 3 and "Another server has the folder" in said.stderr and "Traceback" not in said.stderr


def test_a_damaged_list_of_workshops_is_said_in_words(alone):
    alone.make()
    alone.stop()
    (alone.folder / "registry.db").write_bytes(b"\x5a" * 8192)
    said = workshop("serve", "--host", "127.0.0.1", "--port", free_port(), "--sessions", alone.folder)
    assert said.returncode == 3 and "registry.db" in said.stderr and "Traceback" not in said.stderr
