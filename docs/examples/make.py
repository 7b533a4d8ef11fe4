"""Make what is in this folder: the inception workshop, rehearsed by 60 people on a day that passes 60 times as fast.

    .venv/bin/python docs/examples/make.py

Takes four minutes.  Documents and pictures of their pages are written beside this file; pictures need ``pdftoppm`` (poppler) and Pillow.
"""
from gevent import monkey

monkey.patch_all()

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import gevent
import requests
from PIL import Image

from workshop.ideas_file import read
from workshop.rehearse.network import Network
from workshop.rehearse.pace import Pace
from workshop.rehearse.rehearsal import make, rehearse

HERE = Path(__file__).resolve().parent
FASTER, PEOPLE, PORT, KEY, PLAN = 60, 60, 8947, "an-example", "cop-inception"
SERVER = f"""
import sys, time
begun, passed = 1_000_000_000 * (int(time.time()) // 86_400 * 86_400 + 8 * 3600 + 50 * 60), time.monotonic_ns
start = passed()
time.time_ns = lambda: begun + (passed() - start) * {FASTER}
from workshop.cli import main
sys.exit(main())
"""
KEPT, PICTURES, WIDE, COLOURS = ("pdf", "docx", "md"), {"charter": (1, 2, 3), "report": (1, 3, 7)}, 900, 96


class Hurried(Pace):
    """The plan's own minutes on the faster clock, for people and for who leads them."""

    def seconds(self, minutes: float, acts: int) -> float:
        return minutes * 60 / FASTER

    @property
    def waits(self) -> bool:
        return True


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen([sys.executable, "-c", SERVER, "serve", "--host", "127.0.0.1", "--port", str(PORT), "--sessions", folder],
                                  env=os.environ | {"WORKSHOP_ORGANISER_KEY": KEY}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            faults = play(Path(folder))
        finally:
            server.terminate()
            server.wait()
    print("\n".join(faults) or "Nothing was wrong.")
    return bool(faults)


def play(folder: Path) -> list[str]:
    """Play the workshop, keep its documents and picture them; returns what was wrong."""
    url = f"http://127.0.0.1:{PORT}"
    while not answers(url):
        gevent.sleep(0.5)
    texts = [text for _row, text in read(HERE / "ideas.txt").rows]
    found = rehearse(make(url, KEY, PLAN), PLAN, PEOPLE, texts, seed="1", pace=Hurried(), network=Network("1"), files=folder / "files")
    for name, pages in PICTURES.items():
        for kind in KEPT:
            (HERE / f"{name}.{kind}").write_bytes((folder / "files" / f"{name}.{kind}").read_bytes())
        for page in pages:
            picture(name, page)
    return found["faults"]


def answers(url: str) -> bool:
    try:
        return requests.get(f"{url}/healthz", timeout=2).ok
    except requests.RequestException:
        return False


def picture(name: str, page: int) -> None:
    """A page of a document as a small PNG."""
    path = HERE / f"{name}-{page}.png"
    subprocess.run(["pdftoppm", "-png", "-singlefile", "-f", str(page), "-scale-to-x", str(WIDE), "-scale-to-y", "-1", HERE / f"{name}.pdf", path.with_suffix("")],
                   check=True, stderr=subprocess.DEVNULL)
    Image.open(path).convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE).save(path, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
