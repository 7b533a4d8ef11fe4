"""A page without a browser or a library of its own: Socket.IO over one WebSocket, packet by packet."""
import json
import urllib.parse
import urllib.request
from urllib.error import HTTPError

import websocket

PATIENCE = 20
OPEN, PING, PONG, HELLO, GOODBYE, EVENT, ANSWER = "0", "2", "3", "40", "41", "42", "43"


class Gone(Exception):
    """The server ended the connection."""


class Browser:
    """Cookies, and forms posted with them."""

    def __init__(self, server: str) -> None:
        self.server, self.cookie = server, ""

    def asks(self, path: str, **form: str) -> tuple[int, str]:
        """The status and text of one answer; redirects are not followed."""
        asked = urllib.request.Request(self.server + path, urllib.parse.urlencode(form).encode() if form else None, {"Cookie": self.cookie})
        try:
            answer = urllib.request.build_opener(_Stay).open(asked, timeout=PATIENCE)
        except HTTPError as status:
            answer = status
        with answer:
            self.cookie = (answer.headers.get("Set-Cookie") or self.cookie).split(";")[0]
            return answer.status, answer.read().decode()

    def joins(self, code: str, name: str, side: str = "Civil service") -> "Browser":
        self.asks(f"/{code}")
        assert self.asks(f"/{code}", name=name, constituency=side)[0] == 303
        return self

    def leads(self, made: dict[str, str]) -> "Browser":
        assert self.asks(f"/{made['code']}/console", token=made["token"], name="Maya")[0] == 303
        return self

    def does(self, code: str, command: str, **form: str) -> int:
        return self.asks(f"/{code}/do/{command}", **form)[0]


class Raw:
    """One socket.  *patches* holds the regions that came, *left* whether the server said goodbye."""

    def __init__(self, server: str, code: str, seat: str = "screen", cookie: str = "", **options) -> None:
        self.patches, self.left, self._number = [], False, 0
        self.line = websocket.create_connection(server.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket", timeout=PATIENCE,
                                                cookie=cookie, skip_utf8_validation=True, **options)
        assert self.line.recv().startswith(OPEN)
        self.line.send(HELLO + json.dumps({"code": code, "seat": seat}))
        hello = self.reads()
        assert hello.startswith(HELLO), hello

    def asks(self, name: str, **message) -> dict:
        """What the server answers; patches that come before it are kept.  Raises ``Gone``."""
        self._number += 1
        self._sends(f"{EVENT}{self._number}" + json.dumps([name, message]))
        while not (packet := self.reads()).startswith(f"{ANSWER}{self._number}["):
            continue
        return json.loads(packet[len(f"{ANSWER}{self._number}"):])[0]

    def reads(self) -> str:
        """The next packet.  Raises ``Gone`` at the end of the connection, and whatever a broken frame comes to."""
        try:
            packet = self.line.recv()
        except (websocket.WebSocketConnectionClosedException, ConnectionError) as end:
            self.close()
            raise Gone from end
        if not packet:
            self.close()
            raise Gone
        if packet == PING:
            self._sends(PONG)
        elif packet == GOODBYE:
            self.left = True
        elif packet.startswith(EVENT):
            self.patches += json.loads(packet[len(EVENT):])[1]["regions"]
        return packet

    def close(self) -> None:
        self.line.shutdown()

    def _sends(self, packet: str) -> None:
        try:
            self.line.send(packet)
        except (websocket.WebSocketConnectionClosedException, ConnectionError) as end:
            self.close()
            raise Gone from end


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None
