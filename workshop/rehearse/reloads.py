"""Whether pages show what a reload would."""
import time
from collections.abc import Iterable

from workshop.rehearse.page import Page
from workshop.words import _

SETTLES = 10.0      # seconds until every page has to show what the server draws
PAUSE = 0.3


def stale(pages: Iterable[Page]) -> list[str]:
    """A sentence for each page that shows something else than a reload, also after a while."""
    behind = [page for page in pages if not _same(page)]
    until = time.monotonic() + SETTLES
    while behind and time.monotonic() < until:
        time.sleep(PAUSE)
        behind = [page for page in behind if not _same(page)]
    return [_("The page of %(who)s does not show what a reload would.", who=page.who) for page in behind]


def _same(page: Page) -> bool:
    shown, fresh = page.board.shown, page.fresh()
    return shown.keys() == fresh.keys() and all(shown[name].same_as(now) for name, now in fresh.items())
