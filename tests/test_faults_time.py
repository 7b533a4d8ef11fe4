"""A disk on which everything takes its time, and a clock that goes back, under a server process with people in it."""
import contextlib
import sqlite3
import statistics
import time

import pytest

from tests.conftest import KEY
from tests.raw import Browser
from tests.served import Served
from tests.test_faults_wire import Writer, said

SLOW_DISK = """
import gevent.monkey
from workshop.journal import Journal
sleep, append = gevent.monkey.get_original("time", "sleep"), Journal.append
def slowly(journal, *rows):
    sleep(0.05)
    return append(journal, *rows)
Journal.append = slowly
"""
CLOCK = """
import os, time
from pathlib import Path
right, back = time.time_ns, Path(os.environ["SET_BACK"])
time.time_ns = lambda: right() - 3600 * 10**9 * back.exists()
"""


@pytest.fixture
def serves(tmp_path):
    """``serves(first, **environment)``: a server that runs *first* before it serves."""
    servers = []

    def serve(first: str, **environment: str) -> Served:
        servers.append(Served(tmp_path / "sessions", KEY, first, **environment))
        return servers[-1]
    yield serve
    for server in servers:
        server.stop()


def writing(server: Served) -> dict[str, str]:
    """A workshop in which people write."""
    made = server.make()
    assert Browser(server.local).leads(made).does(made["code"], "open_stage", seat="console", stage="ideas", step="1", was="") == 303
    return made


def timed(call) -> float:
    before = time.perf_counter()
    call()
    return time.perf_counter() - before


def test_on_a_slow_disk_answers_wait_and_pages_do_not(serves):
    server = serves(SLOW_DISK)
    code, ana = writing(server)["code"], Browser(server.local)
    ana.joins(code, "Ana")
    writers = [Writer(server.local, code, n) for n in range(4)]
    for writer in writers:
        writer.start()
    saving = [timed(lambda: ana.does(code, "submit_idea", idea=f"a{n}", text=f"Idea a{n}", stage="ideas")) for n in range(12)]
    looking = [timed(lambda: Browser(server.local).asks("/healthz")) for _ in range(12)]
    assert statistics.median(looking) < statistics.median(saving), (looking, saving)
    server.stop()
    for writer in writers:
        writer.join(10)
        writer.page.close()
    there = said(server, code)
    assert [i for i in there if i.startswith("a")] == [f"a{n}" for n in range(12)]
    assert all([i for i in there if i.startswith(writer.name + "-")] == writer.saved for writer in writers)


def test_a_server_whose_clock_is_set_back_keeps_the_order(serves, tmp_path):
    back = tmp_path / "back"
    server = serves(CLOCK, SET_BACK=str(back))
    code, ana = writing(server)["code"], Browser(server.local)
    ana.joins(code, "Ana")
    for n in range(6):
        if n == 3:
            back.touch()
        assert ana.does(code, "submit_idea", idea=f"i{n}", text=f"Idea {n}", stage="ideas") == 303
    server.kill()
    server.start()
    assert ana.does(code, "submit_idea", idea="i6", text="Idea 6", stage="ideas") == 303
    assert said(server, code) == [f"i{n}" for n in range(7)]
    with contextlib.closing(sqlite3.connect(server.folder / f"{code}.db")) as journal:
        times = [at for at, in journal.execute("select at from journal order by seq")]
    assert times == sorted(times)
