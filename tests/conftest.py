"""What tests share: a workshop told as a story, a real server, and people in real browsers."""
import os
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from hypothesis import settings
from playwright.sync_api import expect

from tests.story import Story
from tests.served import Served

KEY = "river-stone-lamp"
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage", "--disable-background-networking",
         "--disable-component-update", "--disable-sync",
         "--host-resolver-rules=MAP workshop.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]

CUT = ("ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE", "ERR_INTERNET_DISCONNECTED", "WebSocket")   # what a page may say of a line that was cut
PATIENCE = 20_000   # ms: how long a page may take to show what is expected, on a machine that has much else to do

settings.register_profile("busy machine", deadline=None)
settings.load_profile("busy machine")
expect.set_options(timeout=PATIENCE)


def pytest_addoption(parser):
    parser.addoption("--faults", action="store_true", help="run the long fault tests too")


def pytest_collection_modifyitems(config, items):
    """The long fault tests run where they are asked for."""
    if config.getoption("--faults"):
        return
    long = [item for item in items if item.get_closest_marker("faults")]
    config.hook.pytest_deselected(items=long)
    items[:] = [item for item in items if item not in long]


@pytest.fixture
def river(tmp_path):
    """A workshop with two sides and no stage open.  Afterwards its journal, read anew, gives the same workshop."""
    story = Story(tmp_path)
    yield story
    story.restarts()


@pytest.fixture(scope="session")
def servers(tmp_path_factory):
    """A server for whoever comes next: the one before, unless a test spent it.  Starting one costs seconds."""
    running = []

    def next_one() -> Served:
        if not running or running[-1].spent:
            running.append(Served(tmp_path_factory.mktemp("served") / "sessions", KEY))
        return running[-1]
    yield next_one
    if running and not running[-1].spent:
        running[-1].stop()


@pytest.fixture
def served(servers):
    """A real server process, shared with other tests until one stops it; themes by shared words, so that no model has to load."""
    server = servers()
    yield server
    if server.spent:
        server.stop()


@pytest.fixture
def alone(servers):
    """A real server process with a sessions folder in which nobody else has a workshop."""
    before = servers()
    before.stop()
    server = servers()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not path:
        (pytest.fail if os.environ.get("REQUIRE_BROWSER") else pytest.skip)("There is no Chromium here; set CHROMIUM to one.")
    return {**browser_type_launch_args, "executable_path": path, "args": FLAGS}


@pytest.fixture
def people(browser, served):
    """``people(path, width, height)`` opens a page in a browser of its own, on an address that is no secure context.

    With ``beside=page`` it opens in the same browser as that page.  Afterwards no page may have had an error in its
    console but refused posts and lines that were cut on purpose (``people.cut = True``).
    """
    opened, errors = [], []

    def come(path: str, width: int = 390, height: int = 780, beside=None, **options):
        context = beside.context if beside else browser.new_context(reduced_motion="reduce", **options)
        opened.append(context)
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: said.type == "error" and not excused(said.text) and errors.append(said.text))
        page.goto(served.url + path)
        return page

    def excused(text: str) -> bool:
        return "422" in text or come.cut and any(why in text for why in CUT)
    come.cut = False
    yield come
    for context in dict.fromkeys(opened):
        context.close()
    assert not errors, errors


@pytest.fixture
def accessible():
    """``accessible(page, ...)``: axe finds nothing against WCAG 2.2 AA on any of the pages."""
    axe = Axe()

    def check(*pages):
        for page in pages:
            found = axe.run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}).response["violations"]
            assert not found, (page.url, [(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in found])
    return check
