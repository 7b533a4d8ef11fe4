"""The server's own sender: what it touches of the libraries, and that every page gets its packets whole and in order."""
import socket
import time

import engineio
import gevent
import pytest
import socketio
from engineio.socket import Socket
from hypothesis import given
from hypothesis import strategies as st
from simple_websocket import ConnectionClosed
from wsproto.connection import Connection, ConnectionType
from wsproto.events import CloseConnection, TextMessage
from wsproto.frame_protocol import FrameProtocol, Opcode

from tests.raw import Browser, Raw
from tests.served import Served
from workshop.live import sender, socket as ours
from workshop.live.sender import as_frame, cut_off_who_falls_behind, emit_by_and_by, send_at_once, tend_together
from workshop.live.socket import WholeFrames, WholeWebSocket, WholeWebSocketWSGI, use_whole_frames

KEY = "river-stone-lamp"


@given(st.text(max_size=300) | st.sampled_from(["x" * n for n in (125, 126, 65_535, 65_536)] + ["ü" * 63]))
def test_a_frame_of_ours_is_read_as_the_words_it_holds(words):
    reader = FrameProtocol(client=True, extensions=[])
    reader.receive_bytes(as_frame(words))
    frames = list(reader.received_frames())
    assert "".join(frame.payload for frame in frames) == words and frames[0].opcode is Opcode.TEXT and frames[-1].message_finished


def test_the_libraries_have_what_the_sender_touches():
    """A release that changes one of these needs a new look; the switch back to stock is WORKSHOP_SENDER=stock."""
    server = socketio.Server(async_mode="gevent")
    engine = server.eio
    assert isinstance(engine, engineio.Server) and engine.sockets == {} and "websocket" in engine._async
    stock = engine._async["websocket"]
    use_whole_frames(engine)
    assert engine._async["websocket"] is WholeWebSocketWSGI and issubclass(WholeWebSocketWSGI, stock)
    page = Socket(engine, "sid")
    assert (page.upgraded, page.closing, page.queue.qsize()) == (False, False, 0)
    page.line = None    # where the sender keeps a page's line
    engine.sockets["sid"] = page
    cut_off_who_falls_behind(engine)
    send_at_once(engine)
    server.manager.pre_connect("sid", "/")
    emit_by_and_by(server, "patch", {"n": 1}, None)
    waiting = page.queue.get_nowait()
    assert waiting.encode() == '42["patch",{"n":1}]', "a page without a line of its own is sent to by the queue"


def test_one_greenlet_pings_who_is_there_and_misses_who_went(monkeypatch):
    monkeypatch.setattr(sender, "TENDING", 0.02)
    engine = socketio.Server(async_mode="gevent", ping_interval=0.1, ping_timeout=20).eio
    tend_together(engine)
    here, silent, gone = (Socket(engine, sid) for sid in ("here", "silent", "gone"))
    engine.sockets.update(here=here, silent=silent, gone=gone)
    for page in (here, here, silent, gone):   # twice: it waits for one already
        page.schedule_ping()
    gone.closed = True
    assert [page.queue.get(timeout=20).encode() for page in (here, silent)] == ["2", "2"]
    assert set(engine.sockets) == {"here", "silent"} and not gone.queue.qsize()
    here.schedule_ping()   # as its pong does
    silent.last_ping -= 30
    assert here.queue.get(timeout=20).encode() == "2" and not here.queue.qsize() and not here.closed
    gevent.sleep(0.1)
    assert silent.closed and set(engine.sockets) == {"here"}, "who does not answer is ended as ever"


def test_a_page_that_speaks_nonsense_is_ended_and_the_next_is_heard(served):
    made = served.make(groups="1")
    cookie = Browser(served.local).joins(made["code"], "Ana").cookie
    wild = Raw(served.local, made["code"], "phone", cookie)
    wild.line.sock.sendall(b"\xff" * 40)
    while wild.line.sock.recv(4096):
        continue
    wild.line.shutdown()
    tame = Raw(served.local, made["code"], "phone", cookie)
    assert tame.asks("here", have={})["regions"]
    tame.close()


def test_who_leaves_a_room_while_it_is_emitted_to_gets_nothing_more(monkeypatch):
    monkeypatch.setattr("workshop.loop.SLICE", 0)
    server = socketio.Server(async_mode="gevent")
    pages = [Socket(server.eio, f"page {n}") for n in range(5)]
    for page in pages:
        server.eio.sockets[page.sid] = page
        server.manager.basic_enter_room(server.manager.pre_connect(page.sid, "/"), "/", "table 1")
    last = list(server.manager.rooms["/"]["table 1"])[-1]
    gevent.spawn(server.manager.leave_room, last, "/", "table 1")
    emit_by_and_by(server, "patch", {"n": 1}, "table 1")
    assert [page.queue.qsize() for page in pages] == [1, 1, 1, 1, 0]
    emit_by_and_by(server, "patch", {"n": 2}, "no table")


class Line:
    """Two ends of a socket whose system buffer is small."""

    def __init__(self) -> None:
        near, self.far = socket.socketpair()
        near.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        self.whole = WholeFrames(near)

    def reads(self, size: int) -> bytes:
        got = b""
        while len(got) < size:
            more = self.far.recv(size - len(got))
            assert more, "the line ended"
            got += more
        return got


@pytest.fixture
def line():
    made = Line()
    yield made
    made.far.close()
    made.whole.close()


def test_what_does_not_fit_goes_on_by_itself_and_what_comes_after_it_waits(line):
    long, short = as_frame("a" * 500_000), as_frame("b")
    assert line.whole.begins(long)
    assert not line.whole.begins(short), "half a frame is out: nothing may come between"
    behind = gevent.spawn(line.whole.send, as_frame("c"))
    gevent.sleep(0.01)
    assert not line.whole.begins(short), "somebody waits already"
    assert line.reads(len(long)) == long
    behind.join(5)
    assert line.reads(3) == as_frame("c")
    assert line.whole.begins(short) and line.reads(3) == short


def test_a_line_that_takes_nothing_leaves_the_frame_to_its_sender(line):
    while line.whole.begins(b"x" * 1000) and not line.whole._in_hand:
        continue
    assert not line.whole.begins(as_frame("later"))


def test_a_page_that_reads_nothing_is_ended_while_half_a_frame_is_out(line, monkeypatch):
    monkeypatch.setattr(ours, "SENDING_MOST", 0.1)
    assert line.whole.begins(as_frame("a" * 3_000_000))
    gevent.sleep(0.5)
    assert not line.whole.begins(as_frame("b")), "its line is shut"
    assert not line.whole._in_hand


@pytest.mark.parametrize("who", ["server", "page"])
def test_nothing_comes_behind_the_frame_that_closes(who):
    """A browser calls that a fault, and says so to whoever looks."""
    near, far = socket.socketpair()
    ends = Connection(ConnectionType.CLIENT)
    key = {"HTTP_UPGRADE": "websocket", "HTTP_CONNECTION": "Upgrade", "HTTP_SEC_WEBSOCKET_KEY": "bm9uY2Vub25jZW5vbmNlIQ==", "HTTP_SEC_WEBSOCKET_VERSION": "13"}
    server = WholeWebSocket({"werkzeug.socket": near, "REQUEST_METHOD": "GET", "PATH_INFO": "/", "QUERY_STRING": "", "HTTP_HOST": "workshop.test", **key})
    far.recv(4096)
    assert server.begins(as_frame("before"))
    if who == "server":
        server.close()
    else:
        far.sendall(ends.send(CloseConnection(1000)))
        with pytest.raises(ConnectionClosed):
            server.receive()
    assert not server.begins(as_frame("behind"))
    ends.receive_data(far.recv(4096))
    assert [type(event) for event in ends.events()] == [TextMessage, CloseConnection]
    near.close(), far.close()


@pytest.mark.parametrize("which", ["", "stock"])
def test_a_room_sees_the_same_whichever_sender_there_is(tmp_path, which):
    server = Served(tmp_path / "sessions", KEY, WORKSHOP_SENDER=which)
    try:
        made = server.make(groups="1")
        maya = Raw(server.local, made["code"], "console", Browser(server.local).leads(made).cookie)
        maya.asks("do", command="open_stage", args={"stage": "ideas", "step": 1, "was": ""})
        phones = [Raw(server.local, made["code"], "phone", Browser(server.local).joins(made["code"], f"P{n}").cookie) for n in range(4)]
        for phone in phones:
            phone.asks("here", have={})
            phone.patches.clear()
        for n in range(30):
            assert phones[n % 4].asks("do", command="submit_idea", args={"idea": f"i{n}", "text": f"Idea {n}", "stage": "ideas"})["ok"]
        for phone in phones:
            seen = []
            while len(seen) < 30:
                seen += [put[0] for region in phone.patches if region["id"] == "flip-chart" for put in region.get("put", ())]
                phone.patches.clear()
                if len(seen) < 30:
                    phone.reads()
            assert seen == [f"i{n}" for n in range(30)]
            phone.close()
        maya.close()
    finally:
        server.stop()


def test_a_page_to_which_nothing_happens_stays_connected(tmp_path):
    """Engine.IO ends the line of a page for which nothing was in its queue for so long as a ping and its answer may take."""
    soon = "from workshop.live import live\nstock = live.SocketIO\nlive.SocketIO = lambda *a, **k: stock(*a, **{**k, 'ping_interval': 1, 'ping_timeout': 1})"
    server = Served(tmp_path, KEY, first=soon)
    try:
        made = server.make(groups="1")
        ana = Raw(server.local, made["code"], "phone", Browser(server.local).joins(made["code"], "Ana").cookie)
        until = time.monotonic() + 5
        while time.monotonic() < until:
            assert ana.reads(), "it is pinged, and answers"
        assert ana.asks("here", have={})["regions"]
        ana.close()
    finally:
        server.stop()
