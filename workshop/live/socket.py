"""What makes the server's sockets prompt and its WebSocket frames whole."""
import os
import socket as sockets

import gevent
import simple_websocket
from engineio.async_drivers.gevent import WebSocketWSGI
from gevent.lock import Semaphore
from gevent.pywsgi import WSGIServer
from wsproto.utilities import ProtocolError

SENDING_MOST = 20           # seconds that one frame may take to leave


class PromptServer(WSGIServer):
    """Sends small frames at once: with Nagle's delay an acknowledgement took 47 ms in place of 5."""

    backlog = 2048   # after a restart everybody comes at once; whom the system turns away waits a second or three

    def init_socket(self) -> None:
        super().init_socket()
        self.socket.setsockopt(sockets.IPPROTO_TCP, sockets.TCP_NODELAY, 1)


class WholeFrames:
    """A socket that sends a frame whole or ends: simple-websocket 1.1 takes a short write for a whole frame.

    A frame that has not left after *SENDING_MOST* seconds ends the connection, since half of it may have.
    """

    def __init__(self, socket: sockets.socket) -> None:
        self._socket, self._sending, self._in_hand = socket, Semaphore(), 0

    def send(self, data: bytes) -> int:
        """Send *data* behind whatever is under way.  Raises ``OSError``."""
        self._in_hand += 1
        try:
            with self._sending:
                self._send_all(data)
        finally:
            self._in_hand -= 1
        return len(data)

    def begins(self, data: bytes) -> bool:
        """Give *data* to the system where nothing is under way and it takes some now; the rest goes out by itself.

        Never waits.  False where not a byte went, so that the caller keeps all of it.
        """
        if self._in_hand:
            return False
        try:
            sent = os.write(self._socket.fileno(), data)
        except OSError:   # full, or gone: whoever waits for it finds out which
            return False
        if sent < len(data):
            self._in_hand += 1
            self._sending.acquire()
            gevent.spawn(self._goes_on, data[sent:])
        return True

    def _goes_on(self, rest: bytes) -> None:
        try:
            self._send_all(rest)
        except OSError:
            return   # ended, and the reading side says so
        finally:
            self._sending.release()
            self._in_hand -= 1

    def _send_all(self, data: bytes) -> None:
        try:
            with gevent.Timeout(SENDING_MOST, TimeoutError("The other side does not read.")):
                self._socket.sendall(data)
        except OSError:
            self._end()
            raise

    def _end(self) -> None:
        """Wake whoever reads from the socket or waits to write to it: nothing more comes or goes."""
        try:
            self._socket.shutdown(sockets.SHUT_RDWR)
        except OSError:
            return   # the other side was faster

    def __getattr__(self, name: str):
        return getattr(self._socket, name)


class NoThread:
    """In place of the one that reads ahead for each WebSocket: who waits for a message reads it."""

    name = ""

    def __init__(self, target) -> None:
        """Takes a *target* that never runs."""

    def start(self) -> None:
        """Start nothing."""


class WholeWebSocket(simple_websocket.Server):
    """Whole frames, no reading ahead, and no compression, which costs 1.6 times the CPU and 2.3 times the memory of a client."""

    def __init__(self, environ: dict, **more) -> None:
        super().__init__(environ, **{**more, "thread_class": NoThread})

    def handshake(self) -> None:
        self.sock = WholeFrames(self.sock)
        self.environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        super().handshake()

    def begins(self, frame: bytes) -> bool:
        """As ``WholeFrames`` does; not behind the frame that closed it."""
        return self.connected and self.sock.begins(frame)

    def receive(self, timeout: float | None = None) -> str | bytes:
        """The next message.  Raises ``ConnectionClosed`` where none comes any more; *timeout* is the socket's own."""
        while self.connected and not self.input_buffer:
            try:
                self.ws.receive_data(self._reads())
                self.connected = self._handle_events()
            except (OSError, ProtocolError):   # who went without a word, or speaks nothing that we know
                self.connected = False
        if self.input_buffer:
            return self.input_buffer.pop(0)
        raise simple_websocket.ConnectionClosed(self.close_reason, self.close_message)

    def _reads(self) -> bytes:
        data = self.sock.recv(self.receive_bytes)
        if not data:
            raise OSError("The other side is gone.")
        return data


class WholeWebSocketWSGI(WebSocketWSGI):
    """Engine.IO's way to a WebSocket, over ours."""

    def __call__(self, environ, start_response):
        self.ws = WholeWebSocket(environ, **self.server_args)
        self.app.__self__.line = self.ws
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


def use_whole_frames(engine) -> None:
    """Let the Engine.IO server *engine* speak through ``WholeWebSocket``."""
    engine._async = {**engine._async, "websocket": WholeWebSocketWSGI}
