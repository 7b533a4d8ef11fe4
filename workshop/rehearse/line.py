"""One line from a page to the server: a socket, which may end at any moment."""
import json
import logging
import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from threading import Event
from typing import Any
from urllib.parse import urlsplit

import requests
import socketio
from socketio.exceptions import SocketIOError
from websocket import ABNF

from workshop.words import _

ANSWER = 8        # seconds, as pages wait
SILENT = logging.getLogger("workshop.rehearse.socket")
SILENT.setLevel(logging.CRITICAL)
AT_ONCE = struct.pack("ii", 1, 0)     # closing throws away what has not left, and the other side is told so


class Unanswered(Exception):
    """No answer came over this line; the same may be asked again."""


class Line:
    """An open socket.  *patched* is called with (line, regions), *ended* with the line, once, when it is over.

    *way* is ``websocket`` or ``polling``; *up*: it is not over.  Raises ``Unanswered`` where it does not open.
    """

    def __init__(self, url: str, auth: dict[str, str], jar: requests.Session, way: str,
                 patched: Callable[["Line", list], None], ended: Callable[["Line"], None]) -> None:
        self.up, self._told = True, ended
        self._waiting: set[Event] = set()
        # Checking UTF-8 letter by letter takes most of a client's time, and decoding finds what is wrong as well.
        self._socket = socketio.Client(reconnection=False, http_session=jar, handle_sigint=False, logger=SILENT,
                                       engineio_logger=SILENT, websocket_extra_options={"skip_utf8_validation": True})
        self._socket.on("patch", lambda message: patched(self, message["regions"]))
        self._socket.on("disconnect", lambda reason="": self._end())
        try:
            self._socket.connect(url, auth=auth, transports=[way], wait_timeout=ANSWER,
                                 socketio_path=urlsplit(url).path.strip("/") + "/socket.io")
        except SocketIOError as wrong:
            raise Unanswered(_("No socket to %(url)s: %(why)s", url=url, why=wrong)) from wrong

    def send(self, event: str, message: dict[str, Any], answered: Callable[[Any], None] | None = None) -> None:
        """Send, and go on.  Raises ``Unanswered`` where the line is over."""
        try:
            self._socket.emit(event, message, callback=answered)
        except SocketIOError as wrong:
            raise Unanswered(str(wrong)) from wrong

    def call(self, event: str, message: dict[str, Any]) -> dict[str, Any]:
        """Send, and wait for the answer.  Raises ``Unanswered``."""
        answers: list[dict[str, Any]] = []
        done = Event()

        def answered(answer: dict[str, Any]) -> None:
            answers.append(answer)
            done.set()
        self.send(event, message, answered)
        self._waiting.add(done)
        if self.up:
            done.wait(ANSWER)
        self._waiting.discard(done)
        if not answers:
            raise Unanswered(_("No answer came to %(event)s.", event=event))
        return answers[0]

    def cut(self, half: dict[str, Any] | None = None) -> None:
        """End it without a word, or in the middle of the message *half*."""
        engine = self._socket.eio
        if engine.current_transport == "websocket":
            with suppress(OSError, AttributeError):     # the server was faster: broken, or closed and gone
                _cut(engine.ws.sock, half)
        else:
            engine.state = "disconnected"
            engine.queue.put(None)
        self._end()

    def close(self) -> None:
        self._socket.disconnect()

    def _end(self) -> None:
        if self.up:
            self.up = False
            for done in tuple(self._waiting):
                done.set()
            self._told(self)


def _cut(raw: socket.socket, half: dict[str, Any] | None) -> None:
    if half:
        frame = ABNF.create_frame("42" + json.dumps(["do", half]), ABNF.OPCODE_TEXT).format()
        raw.sendall(frame[:len(frame) // 2])
        raw.shutdown(socket.SHUT_RDWR)
    else:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
    raw.close()
