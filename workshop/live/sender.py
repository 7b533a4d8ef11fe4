"""What goes out to many: at once where a page is idle, a few at a time where there are many, and a slow phone's trouble its own."""
import logging
import random
import time
from collections.abc import Iterable

import gevent
from engineio.packet import MESSAGE, PING, Packet
from engineio.socket import Socket
from socketio.packet import EVENT

from workshop.loop import giving_way

log = logging.getLogger(__name__)
TENDING = 1                 # seconds between two looks at who is to be pinged, and who did not answer
SPREAD = 0.8, 1             # of the time between pings, so that all who came at once are not pinged at once
WAITING_MOST = 500          # packets that may wait for one page: some 10 s of a busy room
WAITING_LENGTH = 1_000_000  # and their length in all
A_PING = Packet(PING)


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


def emit_by_and_by(server, event: str, data: dict, room: str) -> None:
    """Emit to *room* as the Socket.IO *server* does, a few pages at a time.  Who leaves meanwhile is sent nothing more."""
    packet = Packet(MESSAGE, server.packet_class(EVENT, namespace="/", data=[event, data]).encode())
    rooms = server.manager.rooms.get("/", {})
    for sid, page in giving_way(server.manager.get_participants("/", room)):
        if sid in rooms.get(room, ()):
            server._send_eio_packet(page, packet)


def send_at_once(engine) -> None:
    """Let the Engine.IO server *engine* write to an idle page's socket itself, in place of a queue and a greenlet for each.

    A frame is built once for all that get the same packet.  What a page cannot take at once goes its stock way, in order.
    """
    by_queue, last, frame = engine.send_packet, None, b""

    def send_packet(sid: str, packet) -> None:
        nonlocal last, frame
        page = engine.sockets.get(sid)
        line = getattr(page, "line", None)
        if line and page.upgraded and not page.closing and not page.queue.qsize():
            if packet is not last:
                last, frame = packet, as_frame(packet.encode())
            if line.begins(frame):
                return
        by_queue(sid, packet)

    engine.send_packet = send_packet


def tend_together(engine) -> None:
    """Let one greenlet ping the pages of the Engine.IO server *engine* and miss those that went, in place of one greenlet
    for each ping and a timer for each look.

    At a thousand pages and five ideas a second those took a third of the server's time.
    """
    start, engine.start_service_task = engine.start_background_task, False

    def start_background_task(target, *args, **kwargs):
        if getattr(target, "__func__", None) is not Socket._send_ping:
            return start(target, *args, **kwargs)
        target.__self__.ping_at = time.time() + engine.ping_interval * random.uniform(*SPREAD)

    def tend() -> None:
        while True:
            gevent.sleep(TENDING)
            for page in list(engine.sockets.values()):
                try:
                    _tend(engine, page)
                except Exception:
                    log.exception("%s could not be pinged", page.sid)

    engine.start_background_task = start_background_task
    gevent.spawn(tend)


def _tend(engine, page: Socket) -> None:
    if page.closed:
        engine.sockets.pop(page.sid, None)
    elif page.last_ping and not page.closing:
        page.check_ping_timeout()
    elif not page.closing and page.ping_at <= time.time():
        page.last_ping = time.time()
        page.send(A_PING)   # by its queue: Engine.IO ends a page for which nothing came through that for as long as a ping may take


def as_frame(words: str) -> bytes:
    """*words* as one unmasked text frame (RFC 6455, 5.2), as a server sends it."""
    data = words.encode()
    n = len(data)
    head = bytes((0x81, n)) if n < 126 else b"\x81\x7e" + n.to_bytes(2) if n < 65536 else b"\x81\x7f" + n.to_bytes(8)
    return head + data


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
