"""What makes the server's sockets prompt, its WebSocket frames whole, and a slow phone's own trouble nobody else's."""
import socket as sockets
from collections.abc import Iterable

import gevent
import simple_websocket
from engineio.async_drivers.gevent import WebSocketWSGI
from gevent.lock import RLock
from gevent.pywsgi import WSGIServer

SENDING_MOST = 20           # seconds that one frame may take to leave
WAITING_MOST = 500          # packets that may wait for one page: some 10 s of a busy room
WAITING_LENGTH = 1_000_000  # and their length in all


class PromptServer(WSGIServer):
    """Sends small frames at once: with Nagle's delay an acknowledgement took 47 ms in place of 5."""

    backlog = 2048   # after a restart everybody comes at once; whom the system turns away waits a second or three

    def init_socket(self) -> None:
        super().init_socket()
        self.socket.setsockopt(sockets.IPPROTO_TCP, sockets.TCP_NODELAY, 1)


class WholeFrames:
    """A socket whose ``send`` sends all: simple-websocket 1.1 takes a short write for a whole frame.

    A frame that has not left after *SENDING_MOST* seconds ends the connection, since half of it may have.
    """

    def __init__(self, socket: sockets.socket) -> None:
        self._socket, self._sending = socket, RLock()

    def send(self, data: bytes) -> int:
        with self._sending:
            try:
                with gevent.Timeout(SENDING_MOST, TimeoutError("The other side does not read.")):
                    self._socket.sendall(data)
            except OSError:
                self._end()
                raise
        return len(data)

    def _end(self) -> None:
        """Wake whoever reads from the socket or waits to write to it: nothing more comes or goes."""
        try:
            self._socket.shutdown(sockets.SHUT_RDWR)
        except OSError:
            return   # the other side was faster

    def __getattr__(self, name: str):
        return getattr(self._socket, name)


class WholeWebSocket(simple_websocket.Server):
    """Whole frames, and no compression, which costs 1.6 times the CPU and 2.3 times the memory of a client."""

    def handshake(self) -> None:
        self.sock = WholeFrames(self.sock)
        self.environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        super().handshake()


class WholeWebSocketWSGI(WebSocketWSGI):
    """Engine.IO's way to a WebSocket, over ours."""

    def __call__(self, environ, start_response):
        self.ws = WholeWebSocket(environ, **self.server_args)
        try:
            self.app(self)
            return ()   # a list, which Engine.IO gives, is answered with HTTP where the line was upgraded, behind the last frame
        finally:
            self.ws.sock.close()
            line = environ["wsgi.input"]
            getattr(line, "rfile", line).close()   # or the web server reads what still comes as another request

    def close(self) -> None:
        try:
            super().close()
        except OSError:
            return   # to say goodbye to somebody who is gone is no fault


def answer_meanwhile(server, event: str) -> None:
    """Let the Socket.IO *server* answer *event* when it can, while what the same page sends after it goes on; all else keeps
    its order."""
    in_turn = server._handle_event_internal

    def handle(server, sid: str, eio_sid: str, data: list, *more) -> None:
        if data[0] == event:
            gevent.spawn(in_turn, server, sid, eio_sid, data, *more)
        else:
            in_turn(server, sid, eio_sid, data, *more)
    server._handle_event_internal = handle


def use_whole_frames(engine) -> None:
    """Let the Engine.IO server *engine* speak through ``WholeWebSocket``."""
    engine._async = {**engine._async, "websocket": WholeWebSocketWSGI}


def cut_off_who_falls_behind(engine) -> None:
    """Bound what waits for each page of *engine*, whose queues have no end.

    A page that does not read is cut off; it connects again when it can and is given everything whole.
    """
    send = engine.send_packet

    def send_packet(sid: str, packet) -> None:
        send(sid, packet)
        page = engine.sockets.get(sid)
        if page and not page.closing and too_much(page.queue.queue):
            gevent.spawn(_cut, page)

    engine.send_packet = send_packet


def too_much(waiting: Iterable) -> bool:
    """Whether more packets wait than one page may keep waiting; one alone may be of any length."""
    return len(waiting) > WAITING_MOST or len(waiting) > 1 and sum(len(p.data or "") for p in waiting if p) > WAITING_LENGTH


def _cut(page) -> None:
    while page.queue.qsize():
        page.queue.get_nowait()
    page.close(wait=False, abort=True, reason=page.server.reason.TRANSPORT_ERROR)
