"""How long every file takes, at 50, 500 and 5,000 ideas, and whether anybody's page waits meanwhile.

    python -m bench.documents [--ideas 50 500 5000] [--weasyprint PYTHON]

Prints for each file the ms of the first and of later ones, the ms of work of a later one, which a busy machine changes less,
MB, and pages of a PDF; each is of another workshop of that size, since the engine remembers what it laid out.  Then, through
the server's own worker, ms until a file is there and is there again, the longest piece of work that held the server's loop
meanwhile, and the worker's memory (Linux).  With ``--weasyprint`` the same page of HTML becomes a PDF by WeasyPrint too, in
a process of *PYTHON*, which needs a place of its own:

    python3 -m venv /tmp/weasy && /tmp/weasy/bin/pip install weasyprint     (and Debian's libpango-1.0-0, libpangoft2-1.0-0)
"""
from gevent import monkey
monkey.patch_all()

import argparse
import io
import json
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import gevent
import pypdf

from tests.test_documents import Play
from workshop.charter import files
from workshop.downloads import Downloads
from workshop.events.brainstorm import IdeaSupported
from workshop.events.themes import SuggestionAccepted
from workshop.journal import Entry, Journal
from workshop.session import Session
from workshop.state import Workshop

LINES = [line.strip() for line in (Path(__file__).parent.parent / "workshop/demo_ideas.txt").read_text().splitlines() if line.strip()]
THEMES, SUPPORTERS, LATER = 10, 4, 3
WEASYPRINT = """
import json, sys, time
from weasyprint import HTML
took = []
for path in sys.argv[1:]:
    page, began, worked = open(path).read(), time.perf_counter(), time.process_time()
    written = HTML(string=page).write_pdf()
    took.append([(time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000, len(written)])
print(json.dumps(took))
"""


class Recorded(Play):
    """A workshop and the entries that it is made of."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        super().__init__()

    def does(self, *events, by: str = "f1") -> "Recorded":
        for event in events:
            super().does(event, by=by)
            self.entries.append(Entry(self.w.seq, self.at, by, event))
        return self


def held(n: int, turn: int) -> Recorded:
    """A whole workshop with *n* ideas of a fifth as many people; with every *turn* other words in other themes."""
    people = max(12, n // 5)
    play = Recorded().writes([f"{LINES[(i * 7 + turn) % len(LINES)]} ({turn}, {i})" for i in range(n)], people)
    play.does(*(IdeaSupported(idea, f"p{(k * 3 + s) % people}") for k, idea in enumerate(play.w.ideas) for s in range(SUPPORTERS)))
    play.sorts()
    names = {t: f"{LINES[(t * 11 + turn) % len(LINES)][:40]} {t}" for t in range(THEMES)}
    play.does(SuggestionAccepted("themes", names, {idea: (k + turn) % (THEMES + 1) - 1 for k, idea in enumerate(play.w.ideas)}, True, "a bag of words"))
    return play.votes().counts().talks().agrees().closes()


def timed(what: Callable[[], bytes]) -> tuple[float, float, bytes]:
    """ms by the clock, ms of work of all cores, and what came of it."""
    began, worked = time.perf_counter(), time.process_time()
    made = what()
    return (time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000, made


def line(n: int, name: str, took: list[float], work: list[float], size: int, more: str = "") -> None:
    print(f"{n:6} {name:18}{took[0]:9.0f}{statistics.median(took[1:]):9.0f}{statistics.median(work[1:]):9.0f}{size / 1e6:9.2f} {more:>6}", flush=True)


def pages(made: bytes, kind: str) -> str:
    return str(len(pypdf.PdfReader(io.BytesIO(made)).pages)) if kind == "pdf" else ""


def of_every_kind(n: int, workshops: list[Workshop]) -> dict[str, float]:
    """Print a line for each file; return the ms of work that a later one takes."""
    later = {}
    for name, kinds in files.FILES.items():
        for kind in kinds:
            took, work, made = zip(*(timed(lambda: files.make(w, name, kind, asker="organiser", mark="0" * 64)[0]) for w in workshops))
            later[f"{name}.{kind}"] = statistics.median(work[1:])
            line(n, f"{name}.{kind}", took, work, len(made[-1]), pages(made[-1], kind))
    return later


def beside_weasyprint(python: str, n: int, workshops: list[Workshop], later: dict[str, float]) -> None:
    with tempfile.TemporaryDirectory() as place:
        for name in ("charter", "report"):
            paths = [Path(place) / f"{name}-{k}.html" for k in range(len(workshops))]
            for path, w in zip(paths, workshops):
                path.write_bytes(files.make(w, name, "html", asker="organiser", mark="0" * 64)[0])
            took, work, sizes = zip(*json.loads(subprocess.run([python, "-c", WEASYPRINT, *map(str, paths)], capture_output=True, text=True, check=True).stdout))
            line(n, f"{name}, WeasyPrint", took, work, sizes[-1], f"        ours takes {statistics.median(work[1:]) / later[f'{name}.pdf']:.1f} times less work")
def served(n: int, play: Recorded) -> None:
    """What the server has of it: the wait for a file, and the longest that its loop stood still."""
    with tempfile.TemporaryDirectory() as place:
        journal = Journal(Path(place) / "ktm482.db")
        journal.append(*(entry.row() for entry in play.entries))
        session, downloads, stood, grown = Session(journal), Downloads(), [0.0], [0.0]
        downloads.ask(session, "actions", "csv", "organiser").done.wait()
        watching = gevent.spawn(_tick, stood), gevent.spawn(_weigh, downloads, grown)
        for name, kind in (("report", "pdf"), ("report", "html"), ("workshop", "json")):
            stood[0], began = 0.0, time.perf_counter()
            making = downloads.ask(session, name, kind, "organiser")
            making.done.wait()
            came, began = time.perf_counter() - began, time.perf_counter()
            downloads.ask(session, name, kind, "organiser").done.wait()
            print(f"{n:6} {f'{name}.{kind}':18} there after {came * 1000:.0f} ms, again after {(time.perf_counter() - began) * 1e6:.0f} us; "
                  f"the server's loop worked for {stood[0] * 1000:.0f} ms at most in one piece; {len(play.entries)} entries {making.fault}", flush=True)
        gevent.killall(watching)
        downloads.close()
        session.close()
    print(f"{n:6} the worker took {grown[0]:.0f} MB at most")


def _tick(stood: list[float]) -> None:
    """The longest that the loop's thread worked on anything without letting others go on, waiting for a core left out."""
    while True:
        began = time.thread_time()
        gevent.sleep(.001)
        stood[0] = max(stood[0], time.thread_time() - began)


def _weigh(downloads: Downloads, grown: list[float]) -> None:
    """The most memory that the worker had so far, in MB."""
    while True:
        gevent.sleep(.05)
        process = downloads._worker._process
        status = Path(f"/proc/{process._popen.pid}/status") if process else Path("/dev/null")
        try:
            grown[0] = max([grown[0], *(int(line.split()[1]) / 1000 for line in status.read_text().splitlines() if line.startswith("VmHWM"))])
        except OSError:   # it has ended meanwhile
            continue


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ideas", type=int, nargs="*", default=[50, 500, 5000])
    parser.add_argument("--weasyprint", metavar="PYTHON", help="an interpreter that has WeasyPrint")
    args = parser.parse_args()
    print(f"{'ideas':>6} {'file':18}{'first':>9}{'later ms':>9}{'work ms':>9}{'MB':>9} {'pages':>6}")
    for n in args.ideas:
        plays = [held(n, turn) for turn in range(1 + LATER)]
        workshops = [play.w for play in plays]
        later = of_every_kind(n, workshops)
        if args.weasyprint:
            beside_weasyprint(args.weasyprint, n, workshops, later)
        served(n, plays[0])


if __name__ == "__main__":
    main()
