"""Looks into every page and file that can be had by HTTP, for what nobody may see yet."""
import re

from workshop.rehearse.play import Play
from workshop.rehearse.reading import plain, regions
from workshop.words import _

FILES = ("ideas.csv", "votes.csv", "workshop.json", "report.md")
CELL = re.compile(r"[|*#:,()]")
PHONES = 4       # phones that load their page again; the sockets of all are watched anyway


def peek(play: Play) -> None:
    """Load pages and files as people could at this moment, and have the ledger look at them."""
    for page in (play.console, play.screen, *(p.page for p in play.present()[:PHONES])):
        html = page.get(page.path).text
        play.ledger.hides(page.who, html)
        for region, (_mark, drawing) in regions(html).items():
            play.ledger.faults += filter(None, [play.ledger.votes.looks(page.who, region, drawing)])
    for phone in play.present()[:1]:
        for name in FILES:
            play.ledger.hides(phone.id, phone.page.get(f"/{play.code}/files/{name}").text)
    files = {name: play.console.get(f"/{play.code}/files/{name}").text for name in FILES}
    for name, text in files.items():
        play.ledger.hides(name, text)
    if play.ledger.votes.options:
        _look_for_tallies(play, files)


def _look_for_tallies(play: Play, files: dict[str, str]) -> None:
    """While a vote is open, no file may say more of an option than it did at the start."""
    if any("rows" in vote for vote in play.data()["votes"] if not vote["known"]):
        play.ledger.faults.append(_("%(file)s told how people vote before the vote closed.", file="workshop.json"))
    for name in ("votes.csv", "report.md"):
        names = {plain(option) for option in play.ledger.votes.options.values()}
        lines = [line for line in files[name].splitlines() if names & set(map(plain, CELL.split(line)))]
        if play.ledger.votes.first.setdefault(("file", name), {"lines": "\n".join(lines)})["lines"] != "\n".join(lines):
            play.ledger.faults.append(_("%(file)s told how people vote before the vote closed.", file=name))
