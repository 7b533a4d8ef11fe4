"""``workshop rehearse``: make a workshop on a running server, play it, check it."""
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import requests

from workshop.rehearse import checks, documents, summary
from workshop.rehearse.lead import Facilitator
from workshop.rehearse.ledger import Ledger
from workshop.rehearse.network import Network
from workshop.rehearse.pace import Pace
from workshop.rehearse.plain import Unreachable, asked
from workshop.rehearse.play import Made, Play
from workshop.rehearse.reloads import stale
from workshop.words import _


class NotMade(Exception):
    """The server does not make such a workshop; the message is its sentence."""


def make(url: str, key: str, plan: str) -> Made:
    """Make a workshop from *plan*.

    Raises ``Unreachable``, also where the key is not taken, and ``NotMade`` on a plan that cannot be used.
    """
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


def rehearse(made: Made, plan: str, people: int, texts: Sequence[str], *, seed: str, pace: Pace, network: Network,
             left_out: Sequence[str] = (), told: Callable[[str, float], None] = lambda title, done: None,
             files: Path | None = None, rounds: bool = False) -> dict[str, Any]:
    """Play a whole workshop over *network*; returns the summary.

    *rounds*: with a tie, a run-off and a second vote.  *left_out*: sentences on the rows of the file that hold no idea.
    Raises ``Unreachable`` where the server goes away for good.
    """
    begun, ledger = time.monotonic(), Ledger()
    ledger.faults += left_out
    play = Play(made, seed, pace, ledger, network, rounds)
    try:
        lead = Facilitator(play, told)
        lead.come_in()
        play.cast(people, texts)
        play.let_in(play.players)
        lead.lead()
        found = _held_against(play, files)
    finally:
        play.close()
    found["ideas"]["offered"] += len(left_out)
    return {"version": summary.VERSION, "ok": not found["faults"], "code": made.code, "plan": plan,
            "seconds": round(time.monotonic() - begun, 1), "people": {"asked": people} | found.pop("people"), **found}


def _held_against(play: Play, folder: Path | None) -> dict[str, Any]:
    """End the workshop, download everything, hold it against what was sent, and give the figures."""
    ledger, play.network.bad = play.ledger, False
    ledger.faults += stale(play.pages())
    ledger.faults += [f"{page.seat}: {fault}" for page in play.pages() for fault in page.board.faults]
    play.console.do("end_workshop")
    files = documents.download(play.console, next((p.page for p in play.present()), None), ledger.faults)
    if folder:
        documents.keep(files, folder)
    data, table = play.data(), files.get("ideas.csv", b"idea\r\n").decode("utf-8-sig")
    expected = checks.expected(data, ledger.ideas, checks.seats(data, ledger.ideas, play.tables))
    unseen = sum(pair not in ledger.seen for pair in expected)
    ideas = _ideas(play, data, table, unseen)
    ledger.faults += [*checks.miscounted(ledger.ballots, data), *checks.of_another_round(data), *checks.missing(ledger.given, data), *checks.misweighed(ledger.given, data),
                      *_unprinted(ledger, files)]
    last = next((vote["stage"] for vote in reversed(data["votes"]) if not vote["run_off"]), "")
    return {"people": {"joined": len(ledger.joined), "groups": summary.groups(data)}, "ideas": ideas,
            "seen": {"expected": len(expected), "seen": len(expected) - unseen}, "themes": summary.themes(data),
            "votes": summary.votes(data, ledger.ballots.get(last, {})), "top": summary.top(data),
            "files": documents.listed(files), "faults": ledger.told(),
            "ms": {"acknowledged": summary.percentiles(ledger.ms), "seen": summary.percentiles(checks.waits(ledger, expected))}}


def _ideas(play: Play, data: dict[str, Any], table: str, unseen: int) -> dict[str, int]:
    """The counts of ideas; what is wrong goes to the ledger."""
    ledger, ideas = play.ledger, list(play.ledger.ideas.values())
    lost, doubled = checks.lost(ideas, data, table), checks.doubled(ideas, data, table)
    back = checks.out_of_order(ideas, data, play.charts.values())
    ledger.faults += checks.sentences(ledger, lost, doubled, back, unseen)
    acknowledged, refused = sum(i.acknowledged is not None for i in ideas), sum(bool(i.refused) for i in ideas)
    return {"offered": play.offered, "sent": len(ideas), "acknowledged": acknowledged, "refused": refused, "lost": len(lost),
            "doubled": len(doubled), "leaked": len({idea for idea, _who in ledger.leaks}), "out_of_order": back}


def _unprinted(ledger: Ledger, files: dict[str, bytes]) -> list[str]:
    sent = [idea.text for idea in ledger.ideas.values() if idea.acknowledged is not None]
    left = documents.unprinted(files, sent)
    return [_("The report leaves out %(n)d ideas; one is: %(what)s", n=len(left), what=left[0])] if left else []
