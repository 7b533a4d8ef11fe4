"""How long ideas take to themes on a console: a real server, its model warm, one page that looks on.

    python bench/forming.py < TEXTS        (a JSON list of texts)

Prints one JSON object, in seconds: ``encoding``, all texts in one job of an idle worker (the mean of one before and one
after); ``forming``, from a console that comes to a workshop of these raw ideas until themes of all of them stand on it;
``met``, from there until the board's suggestion stands on it; ``raw``, the same for a board whose ideas are raw.
"""
from gevent import monkey

monkey.patch_all()

import json  # noqa: E402  (gevent has to patch before anything else is imported)
import os  # noqa: E402
import socket  # noqa: E402
import subprocess  # noqa: E402
import sys  # noqa: E402
import tempfile  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable, Sequence  # noqa: E402
from contextlib import contextmanager  # noqa: E402
from pathlib import Path  # noqa: E402

import requests  # noqa: E402

from workshop import plans  # noqa: E402
from workshop.journal import Journal  # noqa: E402
from workshop.registry import Listed, Registry  # noqa: E402
from workshop.rehearse.page import Page  # noqa: E402
from workshop.rules.forming import LEAST  # noqa: E402
from workshop.rules.stages import standing  # noqa: E402
from workshop.session import Session  # noqa: E402
from workshop.themer import COMMAND  # noqa: E402
from workshop.worker import Worker  # noqa: E402

KEY, PATIENCE = "bench", 300


def main() -> None:
    texts = json.load(sys.stdin)
    encoding = [encoded(texts)]
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as url:
        warm = looked_at(url, *filled(Path(folder), texts[:LEAST], "ideas"))
        until(lambda: warm.board.shown["forming"].entries)
        found = measured(url, Path(folder), texts)
        warm.close()
    encoding.append(encoded(texts))
    print(json.dumps({"encoding": sum(encoding) / 2, **found}))


def measured(url: str, folder: Path, texts: Sequence[str]) -> dict[str, float]:
    code, token = filled(folder, texts, "ideas")
    begun = time.monotonic()
    console = looked_at(url, code, token)
    until(lambda: console.board.shown["forming"].entries and f"{len(texts)} ideas" in words(console, "forming").partition("</h2>")[0]
          and f" of {len(texts)} ideas" not in words(console, "forming"))
    formed = time.monotonic()
    assert console.do("open_stage", stage="themes", step=0, was="ideas.1").ok
    until(lambda: 'class="suggestion"' in words(console, "board-tools"))
    met = time.monotonic()
    console.close()
    code, token = filled(folder, texts, "themes")
    raw = time.monotonic()
    console = looked_at(url, code, token)
    until(lambda: 'class="suggestion"' in words(console, "board-tools"))
    seconds = time.monotonic() - raw
    console.close()
    return {"forming": formed - begun, "met": met - formed, "raw": seconds}


def encoded(texts: Sequence[str]) -> float:
    """Seconds for all vectors, by a worker as the server has one."""
    worker = Worker(COMMAND, limit=PATIENCE)
    worker.ask({"job": "embed", "texts": texts[:LEAST]})
    begun = time.monotonic()
    worker.ask({"job": "embed", "texts": texts})
    took = time.monotonic() - begun
    worker.close()
    return took


@contextmanager
def served(folder: Path):
    """A server on *folder*; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-m", "workshop", "serve", "--host", "127.0.0.1", "--port", str(port), "--sessions", str(folder)],
                              env={**os.environ, "WORKSHOP_ORGANISER_KEY": KEY}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until(lambda: answers(f"http://127.0.0.1:{port}/healthz"))
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def filled(folder: Path, texts: Sequence[str], stage: str) -> tuple[str, str]:
    """A workshop with these ideas, none of which anybody has read yet, in *stage*; gives its code and its console's token."""
    plan, registry = plans.read(plans.find("cop-inception", folder)), Registry(folder)
    code = registry.new_code()
    session = Session(Journal(folder / f"{code}.db"))
    session.do("make_workshop", "organiser", "organiser", code=code, plan=plan)
    session.do("welcome_facilitator", "maya", "facilitator", name="Maya")
    session.do("join", "ana", "participant", name="Ana", constituency=plan.constituencies[0])
    session.do("open_stage", "maya", "facilitator", stage="ideas", step=1, was="")
    for n, text in enumerate(texts):
        session.do("submit_idea", "ana", "participant", idea=f"i{n}", text=text[:500], stage="ideas")
    if stage != "ideas":
        session.do("open_stage", "maya", "facilitator", stage=stage, step=0, was=standing(session.state))
    session.close()
    token = registry.add(Listed(code, plan.title, plan.community, "", 0))
    registry.close()
    return code, token


def looked_at(url: str, code: str, token: str) -> Page:
    """A console of that workshop, connected."""
    page = Page(url, code, "console")
    page.post(page.path, token=token, name="Maya")
    page.load()
    page.connect()
    return page


def words(page: Page, region: str) -> str:
    return page.board.shown[region].html


def answers(address: str) -> bool:
    try:
        return requests.get(address, timeout=2).ok
    except requests.RequestException:
        return False


def until(true: Callable[[], object]) -> None:
    """Wait for it.  Raises ``TimeoutError``."""
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            raise TimeoutError("This did not come.")
        time.sleep(.02)


if __name__ == "__main__":
    main()
