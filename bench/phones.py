"""Phones of one process on one event loop: each a WebSocket that speaks Socket.IO packet by packet, checks what it sees, and
notes when."""
import asyncio
import base64
import json
import os
import re
import time
import urllib.parse
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field

IDEA = re.compile(r"i(\d{7})")        # how an idea's id looks, wherever it stands
EVENT, ANSWER, PING, HELLO = b"42", b"43", b"2", b"40"
PATIENCE = 60                         # seconds, for one answer


@dataclass
class Seen:
    """What a crowd saw: seconds from sending to acknowledgement and to each phone, and what went wrong."""

    acknowledged: array = field(default_factory=lambda: array("d"))
    delivered: array = field(default_factory=lambda: array("d"))
    refused: int = 0
    doubled: int = 0
    leaked: int = 0
    ended: int = 0
    bytes: int = 0


class Phone(asyncio.Protocol):
    """One phone.  *greets*: what it says once the line is open; *group*: whose ideas it is to see, where known;
    *marks*: what it shows, region by region, as it was last told in whole."""

    def __init__(self, crowd: "Crowd", n: int, greets: list[str], cookie: str = "") -> None:
        self.crowd, self.n, self.cookie, self.group = crowd, n, cookie, ""
        self.seen: dict[int, None] = {}
        self.marks: dict[str, str] = {}
        self.here = asyncio.get_running_loop().create_future()
        self.greets, self._rest, self._open, self._number = greets, b"", False, 0
        self._asked: dict[int, asyncio.Future] = {}

    def connection_made(self, line) -> None:
        self.line = line
        line.write((f"GET {self.crowd.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\nCookie: {self.cookie}\r\n\r\n").encode())

    def data_received(self, data: bytes) -> None:
        data = self._rest + data if self._rest else data
        at, end = 0, len(data)
        if not self._open:
            at = data.find(b"\r\n\r\n") + 4
            if at < 4:
                self._rest = data
                return
            if not data.startswith(b"HTTP/1.1 101"):
                return self.line.close()
            self._open = True
            for words in self.greets:
                self.says(words)
        while end - at >= 2:
            length, head = data[at + 1], 2
            if length == 126:
                length, head = int.from_bytes(data[at + 2:at + 4]), 4
            elif length == 127:
                length, head = int.from_bytes(data[at + 2:at + 10]), 10
            if end - at < head + length:
                break
            self._reads(data[at + head:at + head + length], data[at] & 15)
            at += head + length
        self._rest = data[at:]

    def _reads(self, packet: bytes, kind: int) -> None:
        if kind == 8:
            return self.line.close()
        if packet.startswith(EVENT):
            self.crowd.shows(self, packet)
        elif packet.startswith(ANSWER):
            number, _, answer = packet[2:].partition(b"[")
            self._asked.pop(int(number)).set_result(json.loads(b"[" + answer)[0])
        elif packet == PING:
            self.says("3")
        elif packet.startswith(HELLO) and not self.here.done():
            self.here.set_result(None)

    def connection_lost(self, why) -> None:
        self.crowd.seen.ended += not self.crowd.closing
        for waiting in (self.here, *self._asked.values()):
            if not waiting.done():
                waiting.set_exception(ConnectionError(str(why)))

    def says(self, words: str) -> None:
        """Send one text frame; the mask is all zeros, which the protocol allows."""
        data = words.encode()
        n = len(data)
        head = bytes((0x81, 0x80 | n)) if n < 126 else bytes((0x81, 0xfe)) + n.to_bytes(2) if n < 65536 else bytes((0x81, 0xff)) + n.to_bytes(8)
        self.line.write(head + bytes(4) + data)

    async def asks(self, name: str, message: dict) -> dict:
        """The server's answer."""
        self._number += 1
        answer = self._asked[self._number] = asyncio.get_running_loop().create_future()
        self.says(f"42{self._number}" + json.dumps([name, message]))
        return await asyncio.wait_for(answer, PATIENCE)


class Crowd:
    """Phones at one server.  *path*: its WebSocket's address."""

    def __init__(self, port: int, path: str) -> None:
        self.port, self.path, self.seen, self.closing = port, path, Seen(), False
        self.phones: list[Phone] = []
        self.sent: dict[int, float] = {}
        self.author: dict[int, Phone] = {}
        self.order: dict[str, list[int]] = {}
        self._read: dict[bytes, tuple[list[int], bool, str]] = {}

    async def connects(self, n: int, greets: list[str], cookie: str = "") -> Phone:
        """A phone that has been let in.  Raises ``ConnectionError``."""
        _line, phone = await asyncio.get_running_loop().create_connection(lambda: Phone(self, n, greets, cookie), "127.0.0.1", self.port)
        self.phones.append(phone)
        await asyncio.wait_for(phone.here, PATIENCE)
        return phone

    def shows(self, phone: Phone, packet: bytes) -> None:
        """A phone was sent something to show."""
        now, seen = time.perf_counter(), self.seen
        known = self._read.get(packet)
        if known is None:
            if len(self._read) > 2000:
                self._read.clear()
            known = self._read[packet] = _shown(packet)
        ideas, whole, group = known
        seen.bytes += len(packet)
        if group:
            phone.group = group
        for idea in ideas:
            if idea in phone.seen:
                seen.doubled += not whole
                continue
            phone.seen[idea] = None
            if idea in self.sent:
                seen.delivered.append(now - self.sent[idea])
                seen.leaked += self.author[idea].group != phone.group

    async def submits(self, phone: Phone, idea: int, ask: Callable[[str], tuple[str, dict]]) -> None:
        """The phone sends an idea, and waits until it is acknowledged."""
        name, message = ask(f"i{idea:07}")
        self.author[idea], self.sent[idea] = phone, time.perf_counter()
        answer = await phone.asks(name, message)
        self.seen.acknowledged.append(time.perf_counter() - self.sent[idea])
        self.seen.refused += not answer["ok"]

    def faults(self) -> dict[str, int]:
        """What was lost, doubled, out of order or for somebody else.  Ideas of one group come to all of it in one order."""
        groups: dict[str, list[Phone]] = {}
        for phone in self.phones:
            groups.setdefault(phone.group, []).append(phone)
        lost = sum(self.author[idea].group == phone.group and idea not in phone.seen for phone in self.phones for idea in self.sent)
        mixed = sum([i for i in p.seen if i in one.seen] != [i for i in one.seen if i in p.seen] for one, *others in groups.values() for p in others)
        return {"lost": lost, "doubled": self.seen.doubled, "leaked": self.seen.leaked, "out_of_order": mixed, "refused": self.seen.refused, "ended": self.seen.ended}

    def begins(self) -> None:
        """Forget what was measured so far."""
        self.seen, self.sent, self.author = Seen(), {}, {}
        for phone in self.phones:
            phone.seen.clear()

    async def closes(self) -> None:
        self.closing = True
        for phone in self.phones:
            phone.line.abort()
        await asyncio.sleep(0.2)


def _shown(packet: bytes) -> tuple[list[int], bool, str]:
    """The ideas that an event puts on the chart, in order; whether it is the whole chart; and the name of the group if it tells one."""
    ideas, whole, group = {}, False, ""
    for region in json.loads(packet[2:])[1]["regions"]:
        if region["id"] == "flip-chart":
            whole = "html" in region
            put = IDEA.findall(region["html"]) if whole else [key for key, *_more in region["put"]]
            ideas |= dict.fromkeys(int(str(key).removeprefix("i")) for key in put if str(key).removeprefix("i").isdigit())
        elif region["id"] == "where" and (found := re.search(r"[Tt]able \d+", region.get("html", ""))):
            group = found[0]
    return list(ideas), whole, group


async def fetched(port: int, path: str, cookie: str = "", **form: str) -> tuple[int, str, str]:
    """The status, text and cookie of one answer, over a line of its own; redirects are not followed."""
    body = urllib.parse.urlencode(form).encode()
    kind = "Content-Type: application/x-www-form-urlencoded\r\n" if form else ""
    reads, writes = await asyncio.open_connection("127.0.0.1", port)
    writes.write((f"{'POST' if form else 'GET'} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n{kind}Cookie: {cookie}\r\n"
                  f"Content-Length: {len(body)}\r\n\r\n").encode() + body)
    answer = await asyncio.wait_for(reads.read(), PATIENCE)
    writes.close()
    head, _, text = answer.decode().partition("\r\n\r\n")
    given = re.search(r"(?im)^set-cookie: ([^;\r\n]+)", head)
    return int(head.split(" ", 2)[1]), text, given[1] if given else cookie
