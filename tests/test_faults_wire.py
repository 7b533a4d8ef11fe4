"""What goes wrong between pages and server in real rooms, with real processes and sockets: no word is lost, nobody else suffers."""
import contextlib
import json
import os
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path
from types import SimpleNamespace

import gevent
import pytest

from tests.raw import Browser, Gone, Raw
from tests.served import free_port
from workshop import themer
from workshop.themer import Themer

ROOT = Path(__file__).parent.parent
SMALL = {"sockopt": ((socket.SOL_SOCKET, socket.SO_RCVBUF, 65536),)}
SIZE, PATCHES = 50_000, 250
SHOUTING = """
from gevent import monkey; monkey.patch_all()
import json, sys, time
from pathlib import Path
import gevent
from workshop import plans
from workshop.app import create_app
from workshop.live import socket
from workshop.registry import Listed
socket.SENDING_MOST = 3
app = create_app(Path(sys.argv[1]), "http://localhost")
here = app.extensions["workshop"]
here.registry.add(Listed("ktm482", "River", "", "quick", 0))
here.sessions.make("ktm482").do("make_workshop", "organiser", "organiser", code="ktm482", plan=plans.make(json.loads(sys.argv[3])))
engine, running = here.live.socketio.server.eio, here.live.running("ktm482")
socket.PromptServer(("127.0.0.1", int(sys.argv[2])), app, log=None).start()
print("ready", flush=True)
for line in iter(lambda: gevent.get_hub().threadpool.apply(sys.stdin.readline), ""):
    waits = 0
    for n in range(int(line)):
        to = next(running.channel(page.audiences["screen"]) for page in list(running._pages.values()))
        here.live.patch([{"id": "big", "seq": 10**9 + n, "mark": str(time.time()), "html": "x" * int(sys.argv[4])}], to)
        gevent.sleep(0.004)
        waits = max([waits, *(page.queue.qsize() for page in engine.sockets.values())])
    rss = [int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmRSS")][0]
    print(json.dumps({"waits": waits, "rss": rss, "sockets": len(engine.sockets), "pages": len(running._pages)}), flush=True)
"""


def eventually(true, seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it did not happen"
        gevent.sleep(0.05)


@pytest.fixture
def shouting(tmp_path):
    """A server that sends large patches to the screens of one workshop: as many as the line says that it is given."""
    from tests.story import PLAN
    port = free_port()
    process = subprocess.Popen([sys.executable, "-c", SHOUTING, str(tmp_path / "sessions"), str(port), json.dumps(PLAN), str(SIZE)],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout.readline() == "ready\n"
    process.url = f"http://127.0.0.1:{port}"

    def shout(n: int) -> dict:
        process.stdin.write(f"{n}\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())
    process.shout = shout
    yield process
    process.kill()
    process.wait()
    process.stdin.close()
    process.stdout.close()


class Listener(threading.Thread):
    """Somebody who reads all that comes, and notes how late it was."""

    def __init__(self, url: str) -> None:
        super().__init__(daemon=True)
        self.page, self.late = Raw(url, "ktm482"), []
        self.page.asks("here", have={})
        self.start()

    def run(self) -> None:
        try:
            while True:
                self.page.reads()
                self.late += [time.time() - float(region["mark"]) for region in self.page.patches if region["id"] == "big"]
                self.page.patches.clear()
        except (Gone, OSError):
            return


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads the server's memory from /proc")
def test_a_phone_that_stops_reading_harms_nobody_and_comes_back_whole(shouting):
    reader = Listener(shouting.url)
    before = shouting.shout(PATCHES)
    eventually(lambda: len(reader.late) == PATCHES)
    quiet, reader.late = statistics.median(reader.late), []
    stalled, silent = (Raw(shouting.url, "ktm482", **SMALL) for _ in range(2))
    for page in (stalled, silent):
        page.asks("here", have={})
    after = shouting.shout(PATCHES)
    assert after["waits"] <= 50, "a megabyte of these patches waits, not all of them"
    assert after["rss"] - before["rss"] < 12_000, (before, after)
    eventually(lambda: len(reader.late) == PATCHES)
    assert statistics.median(reader.late) < max(4 * quiet, 0.05), (quiet, statistics.median(reader.late))
    assert after["pages"] == 1, "who does not read is no longer counted"
    whole = 0
    try:
        while True:
            stalled.reads()
            whole += 1
    except Gone:
        assert whole and all(region["html"] == "x" * SIZE for region in stalled.patches if region["id"] == "big")
    eventually(lambda: shouting.shout(1)["sockets"] == 1)   # nothing of the silent one is left, though it never read
    again = Raw(shouting.url, "ktm482")
    assert all("html" in region for region in again.asks("here", have={})["regions"])
    for page in (stalled, silent, again, reader.page):
        page.close()


# A server that is told to stop

class Writer(threading.Thread):
    """Somebody who writes one idea after another until the server is gone."""

    def __init__(self, server: str, code: str, n: int) -> None:
        super().__init__(daemon=True)
        self.page = Raw(server, code, "phone", Browser(server).joins(code, f"W{n}", ["Civil service", "Civil society"][n % 2]).cookie)
        self.name, self.saved, self.put_off, self.unanswered = f"w{n}", [], 0, []

    def run(self) -> None:
        for n in range(10_000):
            idea = f"{self.name}-{n}"
            try:
                answer = self.page.asks("do", command="submit_idea", id=idea, args={"idea": idea, "text": f"Idea {idea}", "stage": "ideas"})
            except (Gone, OSError):
                return self.unanswered.append(idea)
            if answer["ok"]:
                self.saved.append(idea)
            else:
                assert answer["again"] is True, answer
                self.put_off += 1
            time.sleep(0.03)


def said(server, code: str, what: str = "idea") -> list[str]:
    """The ids of the ideas in the journal, in their order, or (*what* is ``text``) their words."""
    with contextlib.closing(sqlite3.connect(server.folder / f"{code}.db")) as journal:
        return [row[0] for row in journal.execute(f"select json_extract(body, '$.{what}') from journal where kind = 'IdeaSubmitted' order by seq")]


def test_a_server_that_is_told_to_stop_answers_what_is_under_way_and_says_goodbye(served):
    made = served.make()
    code = made["code"]
    assert Browser(served.local).leads(made).does(code, "open_stage", seat="console", stage="ideas", step="1", was="") == 303
    writers = [Writer(served.local, code, n) for n in range(6)]
    for writer in writers:
        writer.start()
    eventually(lambda: sum(len(writer.saved) for writer in writers) > 60)
    begun = time.monotonic()
    served.stop()
    assert time.monotonic() - begun < 5 and served._process.returncode == 0
    for writer in writers:
        writer.join(10)
        assert writer.page.left, "every page was told"
        writer.page.close()
    there = said(served, code)
    assert sorted(there) == sorted(idea for writer in writers for idea in writer.saved), "in the journal is what was acknowledged, no more, no less"
    assert all([i for i in there if i.startswith(writer.name + "-")] == writer.saved for writer in writers)
    assert "Traceback" not in served.log()


# A server that was started anew, and everybody comes at once

def test_who_comes_back_to_a_server_started_anew_is_sent_only_what_changed(served):
    code = served.make()["code"]
    browsers = [Browser(served.local).joins(code, f"P{n}") for n in range(40)]
    pages = [Raw(served.local, code, "phone", browser.cookie) for browser in browsers]
    time.sleep(0.3)
    marks = [{region["id"]: region["mark"] for region in page.asks("here", have={})["regions"]} for page in pages]
    served.kill()
    for page in pages:
        page.close()
    served.start()
    pages = [Raw(served.local, code, "phone", browser.cookie) for browser in browsers]
    answers = [page.asks("here", have=have)["regions"] for page, have in zip(pages, marks)]
    sent = {region["id"] for answer in answers for region in answer if "html" in region}
    assert not sent, sent
    assert max(len(json.dumps(answer)) for answer in answers) < 5_000
    for page in pages:
        page.close()


# The worker

def children(pid: int) -> list[int]:
    return [int(p.name) for p in Path("/proc").iterdir() if p.name.isdigit() and _parent(p) == pid]


def _parent(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0   # gone meanwhile


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds the worker in /proc")
def test_a_worker_that_is_killed_comes_back_and_suggests(served):
    made = served.make()
    code, maya, ana = made["code"], Browser(served.local).leads(made), Browser(served.local)
    ana.joins(code, "Ana")
    assert maya.does(code, "open_stage", seat="console", stage="ideas", step="1", was="") == 303
    for n, text in enumerate(("Pay for the bus", "A bus at night", "Longer bus hours", "One desk for all", "A desk in the library", "A single desk")):
        assert ana.does(code, "submit_idea", idea=f"i{n}", text=text, stage="ideas") == 303
    eventually(lambda: children(served.pid))
    console = Raw(served.local, code, "console", maya.cookie)
    assert maya.does(code, "open_stage", seat="console", stage="themes", step="0", was="ideas.1") == 303
    for _ in range(2):
        os.kill(children(served.pid)[0], signal.SIGKILL)
        assert console.asks("do", command="ask_suggestion", args={"stage": "themes"})["ok"]
        eventually(lambda: suggested(served, code), 60)
    console.close()


def test_a_worker_that_hangs_is_replaced_and_asked_again(river, tmp_path, monkeypatch):
    monkeypatch.setenv("WORKSHOP_LITE", "1")
    monkeypatch.setattr(themer, "LIMIT", 2)
    ana = river.joins("Ana")
    river.opens("ideas", 1)
    for text in ("Pay for the bus", "A bus at night", "One desk for all", "A desk in the library"):
        ana.writes(text)
    river.opens("themes")
    asks, running = Themer(tmp_path / "sessions"), SimpleNamespace(session=river.session)
    asks._vectors.mkdir(parents=True)
    asks._worker.start()
    eventually(lambda: asks._worker.state == "ready", 60)
    hangs = asks._worker._process._popen.pid
    os.kill(hangs, signal.SIGSTOP)
    asks.look(running)
    eventually(lambda: "No suggestion came" in river.session.room.trouble)
    eventually(lambda: asks._worker.state == "ready" and asks._worker._process._popen.pid != hangs, 60)
    asks.look(running)   # as the next beat does
    eventually(lambda: river.w.boards["themes"].suggestion)
    assert not river.session.room.trouble
    asks.close()


def suggested(server, code: str) -> bool:
    """Whether the last question to the clusterer has its answer in the journal."""
    with contextlib.closing(sqlite3.connect(server.folder / f"{code}.db")) as journal:
        kinds = [row[0] for row in journal.execute("select kind from journal order by seq")]
    return "ThemesSuggested" in kinds[max(n for n, kind in enumerate(kinds) if kind in ("SuggestionAsked", "StageOpened")):]


def upgraded(server: str) -> socket.socket:
    """A line that polled first and is a WebSocket now, just before its first packet."""
    polling = server + "/socket.io/?EIO=4&transport=polling"
    with urllib.request.urlopen(polling) as answer:
        sid = json.loads(answer.read()[1:])["sid"]
    line = socket.create_connection(("127.0.0.1", int(server.rsplit(":", 1)[1])), timeout=20)
    line.sendall(f"GET /socket.io/?EIO=4&transport=websocket&sid={sid} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                 "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode())
    assert b" 101 " in line.recv(4096)
    return line


def masked(text: str) -> bytes:
    return bytes([0x81, 0x80 | len(text)]) + bytes(4) + text.encode()


GOODBYE = bytes([0x88, 0x80]) + bytes(4)


@pytest.mark.parametrize("packets", [[masked("2probe"), masked("1")], [masked("1")], [masked("2probe"), masked("5"), GOODBYE]],
                         ids=["given up", "no probe", "left"])
def test_a_line_that_was_upgraded_gets_frames_and_nothing_else_to_its_end(served, packets):
    """An HTTP answer behind the last frame is an invalid frame to a browser."""
    line, got = upgraded(served.local), b""
    for packet in packets:
        line.sendall(packet)
    with contextlib.closing(line):
        while more := line.recv(4096):
            got += more
    assert b"HTTP" not in got
