"""``workshop serve``: one process that owns a sessions folder until it is told to stop."""
import ctypes
import errno
import gc
import logging
import os
import signal
import socket
import sys
from pathlib import Path

import gevent
import segno
from flask import Flask

from workshop.app import create_app
from workshop.keep.folder import owned
from workshop.live.socket import PromptServer
from workshop.loop import giving_way, off_the_loop
from workshop.pages.installation import Installation
from workshop.sqlite import Unreadable
from workshop.themer import Themer

QUIET = 300   # seconds after which a workshop that nobody looks at is let go of
LOOKS = 10    # in that time
GARBAGE = 20_000, 20, 10   # looking for it after every 700 objects took an eighth of the time in which a thousand people joined


def serve(folder: str, host: str, port: int, base: str) -> int:
    """Serve the workshops in *folder*.  Returns the exit code."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    place = Path(folder)
    try:
        place.mkdir(parents=True, exist_ok=True)
        lock = owned(place)
    except OSError as wrong:
        print(f"The folder {place} cannot be used: {wrong.strerror}. Choose another with --sessions.", file=sys.stderr)
        return 3
    if not lock:
        print(f"Another server has the folder {place}. Stop it, or choose another folder with --sessions.", file=sys.stderr)
        return 3
    addresses = [host] if host not in ("0.0.0.0", "::", "") else own_addresses()
    base = base or f"http://{addresses[0]}:{port}"
    themer = Themer(place)
    try:
        app = create_app(place, base, themer.look, themer.near, themer.forget)
    except Unreadable as wrong:
        print(f"{wrong} Move it away and start again, or bring the folder back with: workshop restore.", file=sys.stderr)
        return 3
    gc.freeze()   # what was imported stays, and needs no looking through
    gc.set_threshold(*GARBAGE)
    themer.start()
    server = PromptServer((host, port), app, log=None, error_log=logging.getLogger("server"))
    try:
        server.start()
    except OSError as wrong:
        why = "another program has it" if wrong.errno == errno.EADDRINUSE else wrong.strerror
        print(f"Port {port} cannot be used: {why}. Choose another with --port.", file=sys.stderr)
        return 3
    gevent.spawn(compile_templates, app)
    gevent.spawn(_let_go, app.extensions["workshop"], float(os.environ.get("WORKSHOP_QUIET", QUIET)))
    _greet(app.extensions["workshop"], addresses, port)
    return _until_stopped(server, themer, app)


def compile_templates(app: Flask) -> None:
    """Compile the templates ahead of time, while there is nothing else to do: the first console held up everybody for a third of a second."""
    for name in giving_way(app.jinja_env.list_templates(filter_func=lambda name: name.startswith(("pages/", "regions/")))):
        app.jinja_env.get_template(name)


def _let_go(installation: Installation, quiet: float) -> None:
    """For ever: let go of the workshops that were quiet for so many seconds."""
    while True:
        gevent.sleep(quiet / LOOKS)
        if installation.live.let_go_of_idle(quiet) and sys.platform == "linux":
            off_the_loop(_give_back)


def _give_back() -> None:
    """Let the system have what is free: the C library keeps it otherwise, 250 MB after 550 workshops."""
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):   # not every C library has it
        trim(0)


def own_addresses() -> list[str]:
    """The addresses of this machine that phones could reach, the likeliest first; the loopback one where there is none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            likely = [probe.getsockname()[0]]
        except OSError:
            likely = []
    try:
        named = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    except OSError:
        named = set()
    return likely + sorted(a for a in named if a not in likely and not a.startswith("127.")) or ["127.0.0.1"]


def _greet(installation: Installation, addresses: list[str], port: int) -> None:
    key = os.environ.get("WORKSHOP_ORGANISER_KEY", "")
    base = installation.base.rstrip("/")
    print("\nWorkshop is running. Stop it with Ctrl+C.\n")
    if key:
        if not installation.registry.is_organiser(key):
            installation.registry.new_key(key)
    elif not installation.registry.has_key():
        print(f"  The organiser's key, shown this once:  {installation.registry.new_key()}\n")
    print(f"  Organise (this link works once, for ten minutes):\n    http://127.0.0.1:{port}/organise#{installation.new_sign_in()}")
    print("\n  Addresses of this machine:")
    for address in addresses:
        print(f"    http://{address}:{port}")
    print(f"\n  For phones: {base}")
    print(f"  Do phones reach this laptop? Look at http://127.0.0.1:{port}/check here, and try {base}/check on a phone.")
    print("  If none does: a phone's hotspot or a travel router, see docs/venue.md.\n")
    if "utf" in (sys.stdout.encoding or "").lower():
        segno.make(base, error="m").terminal(compact=True)
    sys.stdout.flush()


def _until_stopped(server: PromptServer, themer: Themer, app) -> int:
    stopped = gevent.event.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(name, stopped.set)
    stopped.wait()
    print("\nStopping. What was saved is in the sessions folder.", flush=True)
    installation = app.extensions["workshop"]
    server.close()
    installation.live.stop()
    server.stop(timeout=1)
    themer.close()
    installation.downloads.close()
    installation.sessions.close()
    installation.registry.close()
    return 0
