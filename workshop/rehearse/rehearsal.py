"""``workshop rehearse``: make a workshop on a running server, play it, check it."""
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gevent
import requests

from workshop.rehearse import checks, documents, summary
from workshop.rehearse.lead import Facilitator
from workshop.rehearse.ledger import Ledger
from workshop.rehearse.pace import Pace
from workshop.rehearse.page import Page, Unreachable, asked
from workshop.rehearse.play import Made, Play
from workshop.rehearse.progress import Progress
from workshop.words import _

SETTLES = 10.0      # seconds until every page has to show what the server draws
PAUSE = 0.3


class NotMade(Exception):
    """The server does not make such a workshop; the message is its sentence."""


def make(url: str, key: str, plan: str) -> Made:
    """Make a workshop from *plan*.  Raises ``Unreachable``, also on a wrong key, and ``NotMade`` on a plan it does not have."""
    answer = asked(requests.Session(), "POST", url.rstrip("/") + "/workshops", data={"plan": plan},
                   headers={"Authorization": f"Bearer {key}", "Accept": "application/json"})
    try:
        said = answer.json()
    except requests.JSONDecodeError as wrong:
        raise Unreachable(_("%(url)s is not a workshop server.", url=url)) from wrong
    if answer.status_code == 401:
        raise Unreachable(_("%(url)s does not take that organiser's key.", url=url))
    if answer.status_code != 201:
        raise NotMade(said.get("error", str(answer.status_code)))
    return Made(url.rstrip("/"), *(said[name] for name in ("code", "join", "console", "screen")))


def rehearse(made: Made, plan: str, people: int, texts: Sequence[str], *, seed: str, pace: Pace, files: Path | None, left_out: Sequence[str],
             progress: Progress) -> dict[str, Any]:
    """Play a whole workshop; returns the summary.  *left_out*: sentences on the rows of the file that hold no idea.

    Raises ``Unreachable`` where the server goes away for good.
    """
    begun, ledger = time.monotonic(), Ledger()
    ledger.faults += left_out
    play = Play(made, seed, pace, ledger)
    try:
        lead = Facilitator(play, progress.tell)
        lead.come_in()
        play.cast(people, texts)
        play.let_in(play.players)
        lead.lead()
        return _summed_up(play, plan, people, len(texts) + len(left_out), files, begun)
    finally:
        play.close()


def _summed_up(play: Play, plan: str, people: int, offered: int, folder: Path | None, begun: float) -> dict[str, Any]:
    """End the workshop, download everything, and hold it against what was sent."""
    ledger = play.ledger
    ledger.faults += _behind(play.pages())
    play.console.do("end_workshop")
    files = documents.download(play.console, next((p.page for p in play.present()), None), ledger.faults)
    if folder:
        documents.keep(files, folder)
    data, table = play.data(), files.get("ideas.csv", b"idea\r\n").decode("utf-8-sig")
    ideas, seen = _held_against(play, data, table)
    sent = [idea.text for idea in ledger.ideas.values() if idea.acknowledged is not None]
    if unprinted := documents.unprinted(files, sent):
        ledger.faults.append(_("The report leaves out %(n)d ideas; one is: %(what)s", n=len(unprinted), what=unprinted[0][:60]))
    last = data["votes"][-1]["stage"] if data["votes"] else ""
    faults = ledger.told()
    return {"version": summary.VERSION, "ok": not faults, "code": play.code, "plan": plan, "seconds": round(time.monotonic() - begun, 1),
            "people": {"asked": people, "joined": len(ledger.joined), "groups": summary.groups(data)},
            "ideas": {"offered": offered} | ideas, "seen": {"expected": seen["expected"], "seen": seen["seen"]},
            "themes": summary.themes(data), "votes": summary.votes(data, ledger.ballots.get(last, {})), "top": summary.top(data),
            "files": documents.listed(files),
            "ms": {"acknowledged": summary.percentiles(ledger.ms), "seen": summary.percentiles(seen["ms"])}, "faults": faults}


def _held_against(play: Play, data: dict[str, Any], table: str) -> tuple[dict[str, int], dict[str, Any]]:
    """The counts of ideas and of who saw them; what is wrong goes to the ledger."""
    ledger, ideas = play.ledger, list(play.ledger.ideas.values())
    lost, doubled = checks.lost(ideas, data, table), checks.doubled(ideas, data, table)
    back = checks.out_of_order(ideas, data, play.charts.values())
    expected = checks.expected(data, ledger.ideas, checks.seats(data, ledger.ideas, play.tables))
    unseen = [pair for pair in expected if pair not in ledger.seen]
    ledger.faults += [*checks.miscounted(ledger.ballots, data), *checks.missing(ledger.given, data),
                      *checks.sentences(ledger, lost, doubled, back, len(unseen))]
    acknowledged = sum(idea.acknowledged is not None for idea in ideas)
    counts = {"sent": len(ideas), "acknowledged": acknowledged, "refused": sum(bool(idea.refused) for idea in ideas), "lost": len(lost),
              "doubled": len(doubled), "leaked": len({idea for idea, _who in ledger.leaks}), "out_of_order": back}
    return counts, {"expected": len(expected), "seen": len(expected) - len(unseen), "ms": checks.waits(ledger, expected)}


def _behind(pages: list[Page]) -> list[str]:
    """The pages that do not show what the server draws for them, once all is quiet."""
    until = time.monotonic() + SETTLES
    while behind := [page for page in pages if not _same(page)]:
        if time.monotonic() > until:
            break
        pages = behind
        gevent.sleep(PAUSE)
    return [_("The page of %(who)s does not show what a reload would.", who=page.person or page.seat) for page in behind] + [
        f"{page.seat}: {fault}" for page in pages for fault in page.board.faults]


def _same(page: Page) -> bool:
    whole = page.whole()
    return all(page.board.shown[name].same_as(now) for name, now in whole.items())
