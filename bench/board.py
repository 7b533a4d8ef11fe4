"""How quick the board is by hand: a real server, a console in Chromium, and a few hundred ideas.

    python bench/board.py [IDEAS]

For each act: milliseconds until the page shows what came of it, the browser's longest task meanwhile (nothing where none
took 50 ms), and the kB that came over the line.  Then what one move costs the server.
"""
import shutil
import sys
import tempfile
import time
from pathlib import Path

from gevent import monkey

monkey.patch_all()
sys.path.insert(0, str(Path(__file__).parent.parent))

from playwright.sync_api import Page, sync_playwright  # noqa: E402

from tests.conftest import CHROMIUM, FLAGS, KEY  # noqa: E402
from tests.served import Served  # noqa: E402
from tests.test_board_page import nothing_suggested  # noqa: E402
from tests.test_console import Room, come_in, facilitate, opened  # noqa: E402
from workshop import plans  # noqa: E402
from workshop.app import create_app  # noqa: E402
from workshop.drawn import Drawn  # noqa: E402
from workshop.journal import Journal  # noqa: E402
from workshop.regions.region import REGIONS, Audience  # noqa: E402
from workshop.session import Session  # noqa: E402

THEMES, MOVED, OTHERS = 8, 50, 20
LINES = [line.strip() for line in (Path(__file__).parent.parent / "workshop/demo_ideas.txt").read_text().splitlines() if line.strip()]
WATCH = """() => { window.tasks = []; new PerformanceObserver((list) => list.getEntries().forEach((task) => window.tasks.push(task.duration)))
    .observe({ type: "longtask" }); }"""


class Watched:
    """A page whose acts are timed."""

    def __init__(self, page: Page) -> None:
        self.page, self._bytes = page, 0
        page.on("websocket", lambda line: line.on("framereceived", self._came))
        page.reload()
        page.wait_for_selector("body[data-live=yes]")
        page.evaluate(WATCH)

    def _came(self, frame) -> None:
        self._bytes += len(frame)

    def times(self, what: str, act, shown: str = "") -> None:
        """Do *act*, wait until the expression *shown* holds, and print what it took."""
        self.page.evaluate("() => { window.tasks.length = 0 }")
        self._bytes, began = 0, time.perf_counter()
        act()
        if shown:
            until(self.page, shown)
        took = time.perf_counter() - began
        self.page.wait_for_timeout(400)
        longest = max(self.page.evaluate("() => window.tasks"), default=0)
        print(f"{what:58}{took * 1000:7.0f} ms {f'{longest:.0f} ms' if longest else '-':>9}{self._bytes / 1000:9.1f} kB", flush=True)


def until(page: Page, expression: str) -> None:
    while not page.evaluate(f"() => Boolean({expression})"):
        page.wait_for_timeout(5)


def fill(n: int):
    def filled(session: Session) -> None:
        come_in(session)
        opened(session, "tables")
        opened(session, "ideas", 1)
        for i in range(n):
            session.do("submit_idea", f"p{i % 12}", "participant", idea=f"i{i}", text=f"{LINES[i % len(LINES)]} ({i})", stage="ideas")
        opened(session, "themes")
        for theme in range(THEMES):
            facilitate(session, "make_theme", stage="themes", key=f"k{theme}", name=f"Theme {theme}", ideas=[f"i{i}" for i in range(theme, n, THEMES)])
        nothing_suggested(session)
    return filled


def count(theme: int) -> str:
    return f"document.querySelectorAll('#theme-{theme} [data-idea]').length"


def play(watched: Watched, other: Page, n: int) -> None:
    page, each = watched.page, n // THEMES
    line, keys = (lambda theme, at: page.locator(f"#theme-{theme} [data-idea]").nth(at)), page.keyboard
    watched.times("click an idea", line(0, 0).click, "document.querySelector('[aria-selected=true]')")
    watched.times("20 arrows", lambda: [keys.press("ArrowDown") for _ in range(20)])
    keys.press("Escape")
    watched.times("type to find, and select all that is found", lambda: (keys.press("/"), keys.type("village"), keys.press("Enter")),
                  "document.querySelectorAll('[aria-selected=true]').length")
    watched.times("show all again", lambda: (keys.press("/"), keys.press("Escape")), "!document.querySelector('.unfound')")
    keys.press("Escape"), keys.press("Escape")
    watched.times("move one by key", lambda: (line(1, 0).click(), keys.press("m"), keys.press("d")), f"{count(3)} > {each}")
    line(0, 0).click(), line(0, MOVED - 1).click(modifiers=["Shift"])
    line(0, MOVED - 1).scroll_into_view_if_needed()
    take, goal = line(0, MOVED - 1).bounding_box(), page.locator("#theme-2").bounding_box()
    page.mouse.move(take["x"] + 40, take["y"] + 8)
    watched.times(f"lift {MOVED} and carry them over the board", lambda: (page.mouse.down(), page.mouse.move(goal["x"] + 40, 500, steps=20)),
                  "document.querySelector('.goal')")
    for moved in range(OTHERS):
        other.locator("#theme-5 [data-idea]").first.click()
        other.keyboard.press("m"), other.keyboard.press("g")
        until(other, f"{count(5)} === {each - moved - 1}")
    watched.times(f"drop them; {OTHERS} moves of somebody else came meanwhile", page.mouse.up, f"{count(2)} >= {each + MOVED}")
    watched.times("somebody else moves one", lambda: (other.locator("#theme-5 [data-idea]").first.click(), other.keyboard.press("m"), other.keyboard.press("g")),
                  f"{count(5)} < {each - OTHERS}")


def on_the_server(folder: Path, n: int) -> None:
    """Print what drawing the board anew takes after one move and after many."""
    session = Session(Journal(folder / "measured.db"))
    session.do("make_workshop", "organiser", "organiser", code="ktm482", plan=plans.read(plans.find("cop-inception", folder)))
    fill(n)(session)
    app, console = create_app(folder, "http://workshop.test"), Audience("console", "", "en")
    with app.test_request_context(base_url="http://workshop.test"):
        drawn, board = Drawn(session, app.jinja_env), [REGIONS[name] for name in REGIONS if name.startswith("board-")]
        for region in board:
            drawn.look(region, console)
        for ideas in (["i0"], [f"i{i}" for i in range(1, THEMES * MOVED, THEMES)]):
            facilitate(session, "move_ideas", stage="themes", ideas=ideas, theme=3)
            began = time.perf_counter()
            for region in board:
                drawn.patch(region, console)
            print(f"{f'server: draw the board after {len(ideas)} moved':58}{(time.perf_counter() - began) * 1000:7.1f} ms")
    session.close()


def main() -> None:
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory() as place, sync_playwright() as browsers:
        served = Served(Path(place) / "sessions", KEY)
        browser = browsers.chromium.launch(executable_path=next(filter(None, map(shutil.which, CHROMIUM))), args=FLAGS)
        try:
            def people(path: str, width: int, height: int) -> Page:
                page = browser.new_context(viewport={"width": width, "height": height}).new_page()
                page.goto(served.url + path)
                return page
            room = Room(served).filled(fill(n))
            watched, other = Watched(room.console(people, 1440, 900)), room.console(people, 1440, 900, name="Bo")
            print(f"{f'{n} ideas in {THEMES} themes':58}{'shown in':>10}{'task':>9}{'line':>12}")
            play(watched, other, n)
        finally:
            browser.close()
            served.stop()
        on_the_server(Path(place), n)


if __name__ == "__main__":
    main()
