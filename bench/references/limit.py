"""The limit: a WebSocket broadcast on uvloop that knows nothing of rooms, rules or a disk, and writes one frame to every line.

    python -m bench.references.limit PORT BYTES
"""
import asyncio
import base64
import hashlib
import json
import re
import sys

import uvloop

GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"    # RFC 6455, 1.3
LINES: set[asyncio.Transport] = set()
BYTES = int(sys.argv[2])


def frame(words: str) -> bytes:
    data = words.encode()
    n = len(data)
    return (bytes((0x81, n)) if n < 126 else bytes((0x81, 126)) + n.to_bytes(2)) + data


class Line(asyncio.Protocol):
    def connection_made(self, line) -> None:
        self.line, self.rest, self.open = line, b"", False

    def connection_lost(self, why) -> None:
        LINES.discard(self.line)

    def data_received(self, data: bytes) -> None:
        data = self.rest + data
        if not self.open:
            if (end := data.find(b"\r\n\r\n") + 4) < 4:
                self.rest = data
                return
            key = re.search(rb"(?i)sec-websocket-key: (\S+)", data)
            if not key:
                self.line.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                return self.line.close()
            accept = base64.b64encode(hashlib.sha1(key[1] + GUID.encode()).digest())
            self.line.write(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " + accept + b"\r\n\r\n")
            self.open, data = True, data[end:]
            LINES.add(self.line)
        while len(data) >= 6:
            n, head = data[1] & 127, 2
            if n == 126:
                n, head = int.from_bytes(data[2:4]), 4
            if len(data) < head + 4 + n:
                break
            self.reads(data[head + 4:head + 4 + n].decode())     # the clients' mask is all zeros
            data = data[head + 4 + n:]
        self.rest = data

    def reads(self, words: str) -> None:
        if words.startswith("40"):
            return self.line.write(frame("40{}"))
        number, _, message = words.removeprefix("42").partition("[")
        idea = json.loads("[" + message)[1]
        self.line.write(frame(f'43{number}[{{"ok":true}}]'))
        shown = frame("42" + json.dumps(["patch", {"regions": [{"id": "flip-chart", "put": [[idea["idea"], idea["text"].ljust(BYTES - 120), None]]}]}]))
        for line in LINES:
            line.write(shown)


async def main() -> None:
    server = await asyncio.get_running_loop().create_server(Line, "127.0.0.1", int(sys.argv[1]), backlog=2048)
    await server.serve_forever()


uvloop.run(main())
