"""``workshop demo``: a workshop to look at, in which people take part who are not there."""
import os
import secrets
import signal
import subprocess
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import gevent
import requests

from workshop.ideas_file import read
from workshop.rehearse.command import DEMO_IDEAS, MISUSED, UNREACHABLE
from workshop.rehearse.lead import Facilitator
from workshop.rehearse.ledger import Ledger
from workshop.rehearse.pace import Pace
from workshop.rehearse.plain import Unreachable
from workshop.rehearse.play import Made, Play
from workshop.rehearse.progress import Progress
from workshop.rehearse.rehearsal import NotMade, make
from workshop.words import _

STARTS = 40         # seconds until the server has to answer
SPARE = 0.35        # of the ideas: kept for those who go on writing


def run(args: Namespace) -> int:
    """Play a workshop for people to look on and join, until they end it; returns the exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        with ExitStack() as stack:
            key, url = args.organiser_key, args.url
            if not url:
                key = secrets.token_urlsafe(12)
                url = stack.enter_context(_served(args.sessions, args.host, args.port, key))
            made = make(url, key, args.plan)
            return _played(made, args, stack)
    except NotMade as fault:
        print(fault, file=sys.stderr)
        return MISUSED
    except Unreachable as fault:
        print(fault, file=sys.stderr)
        return UNREACHABLE
    except KeyboardInterrupt:
        return 0


@contextmanager
def _served(folder: str, host: str, port: int, key: str) -> Iterator[str]:
    """A server of our own, on a folder that goes with it where none is given; gives the address for our players."""
    with ExitStack() as stack:
        place = Path(folder or stack.enter_context(tempfile.TemporaryDirectory(prefix="workshop-demo-")))
        place.mkdir(parents=True, exist_ok=True)
        log = stack.enter_context(open(place / "server.log", "a+"))
        command = [sys.executable, "-m", "workshop", "serve", "--host", host, "--port", str(port), "--sessions", str(place)]
        server = subprocess.Popen(command, env={**os.environ, "WORKSHOP_ORGANISER_KEY": key}, stdout=subprocess.DEVNULL,
                                  stderr=log, start_new_session=True)
        try:
            url = f"http://{'127.0.0.1' if host in ('', '0.0.0.0', '::') else host}:{port}"
            _await(server, url, place / "server.log")
            yield url
        finally:
            server.terminate()
            server.wait()


def _await(server: subprocess.Popen, url: str, log: Path) -> None:
    """Wait until the server answers.  Raises ``Unreachable`` with what it said where it ends before that."""
    for _try in range(STARTS * 10):
        if server.poll() is not None:
            raise Unreachable((log.read_text().strip() or _("The server did not start.")).splitlines()[-1])
        try:
            if requests.get(url + "/healthz", timeout=2).ok:
                return
        except requests.RequestException:
            gevent.sleep(0.1)
    raise Unreachable(_("The server did not answer within %(n)d seconds.", n=STARTS))


def _played(made: Made, args: Namespace, stack: ExitStack) -> int:
    progress, play = Progress(), Play(made, args.seed, Pace("lively"), Ledger())
    stack.callback(play.close)
    lead = Facilitator(play, progress.tell)
    lead.come_in()
    stages = [stage["id"] for stage in play.plan["stages"]]
    if args.hold and args.hold not in (*stages, *play.parts):
        raise NotMade(_("The plan has no stage %(stage)s. These are in it: %(stages)s.", stage=args.hold,
                        stages=", ".join(stages)))
    print(_greeting(made), flush=True)
    texts = [text for _row, text in read(DEMO_IDEAS).rows]
    play.spare, play.restless = texts[:int(len(texts) * SPARE)], True
    play.cast(args.participants, texts[len(play.spare):])
    play.let_in(play.players)
    ours = lead.lead(args.hold)
    play.led = False
    if ours and not args.hold:
        lead.ask("end_workshop")
    progress.end()
    print(_ending(ours, args.hold), flush=True)
    while True:
        gevent.sleep(1)


def _greeting(made: Made) -> str:
    return "\n".join(["", _("A workshop to look at. End it with Ctrl+C."), "",
                      _("  Console  %(address)s", address=made.console),
                      _("  Screen   %(address)s", address=made.screen),
                      _("  Phone    %(address)s", address=made.join), "",
                      _("Join with a phone, or open the console and go on yourself: the people follow."), ""])


def _ending(ours: bool, hold: str) -> str:
    if not ours:
        return _("You lead now. The people follow wherever you go.")
    if hold:
        return _("The room stays in %(stage)s. Open the console to go on.", stage=hold)
    return _("The workshop is over. Its documents are on every page.")
