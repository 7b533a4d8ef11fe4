"""What everybody can read of a vote's result, taken from what is really sent: files as they are downloaded, pages as they are drawn."""
import csv
import html
import io
import json
import re
from dataclasses import dataclass, field

from workshop.charter import files
from workshop.drawn import Drawn
from workshop.live.audiences import audiences
from workshop.regions.region import REGIONS
from workshop.room import Room
from workshop.seats import Seat
from workshop.state import Workshop

MARK = "0" * 64
Range = tuple[int, int]
NUMBER = r"\d+(?: to \d+)?"


@dataclass
class Line:
    """What one publication tells of an option.  *people*: from how many to how many, None where it does not say; *sides*: side -> (dots, people)."""

    dots: int
    people: Range | None = None
    sides: dict[str, tuple[int, Range]] = field(default_factory=dict)


Told = dict[str, Line]
"""Option, by its name -> what is told of it."""


def span(words: str | int) -> Range:
    """``7``, ``"1 to 2"`` and ``"from 1 to 2 people"`` as numbers."""
    found = [int(n) for n in re.findall(r"\d+", str(words))]
    return found[0], found[-1]


def of_json(contents: bytes) -> Told:
    """The first vote of workshop.json."""
    rows = json.loads(contents)["votes"][0]["rows"]
    return {row["name"]: Line(row["dots"], span(row["people"]), {side: (dots, span(people)) for side, (dots, people) in row["sides"].items()}) for row in rows}


def of_csv(contents: bytes) -> Told:
    """votes.csv; an empty cell says nothing."""
    rows = list(csv.DictReader(io.StringIO(contents.decode("utf-8-sig"), newline="")))
    sides = [head.removesuffix(": dots") for head in rows[0] if head.endswith(": dots")]
    return {row["option"]: Line(int(row["dots"]), span(row["people"]), {side: (int(row[f"{side}: dots"]), span(row[f"{side}: people"]))
                                                                        for side in sides if row[f"{side}: dots"]}) for row in rows}


def of_report(contents: bytes) -> Told:
    """The tables of the vote in the report as a web page."""
    section = re.search("Every vote</span>.*?</section>|Every vote</h3>.*?</section>", contents.decode(), re.DOTALL)[0]
    told: Told = {}
    for table in re.findall(r"<table\b.*?</table>", section, re.DOTALL):
        head, *rows = ([_plain(cell) for cell in re.findall(r"<t[hd]\b.*?>(.*?)</t[hd]>", row, re.DOTALL)] for row in re.findall("<tr>(.*?)</tr>", table, re.DOTALL))
        for cells in (dict(zip(head, row, strict=True)) for row in rows):
            name = cells["Option"].partition(": ")[2]
            line = told.setdefault(name, Line(int(cells["Dots"]), span(cells["People"]))) if "Dots" in cells else told[name]
            line.sides |= {side: (int(found[1]), span(found[2])) for side, cell in cells.items() if (found := re.fullmatch(rf"(\d+) from ({NUMBER})", cell))}
    return told


def of_screen(drawn: str) -> Told:
    """The result on the screen: the first places with their sides, the others with their dots."""
    told = {}
    for place in re.findall(r'<li class="seen".*?</li>', drawn, re.DOTALL):
        people = re.search(rf"</svg><span>(from {NUMBER} \w+)</span></p>", place)
        sides = {html.unescape(side): (int(dots), span(words)) for side, dots, words in
                 re.findall(rf'aria-label="([^"]*)"><rect[^>]*></svg><b>(\d+)</b> <span>(from {NUMBER} \w+)</span>', place)}
        told[_name(place, "h2")] = Line(int(re.search(r'class="total">(\d+)', place)[1]), span(people[1]) if people else None, sides)
    rest = drawn.partition('<div class="rest"')[2]
    for place in re.findall("<li>.*?</li>", rest, re.DOTALL):
        told[_name(place, "div")] = Line(int(re.search(r"<b>(\d+)</b></li>", place)[1]))
    return told


def of_console(drawn: str) -> Told:
    """The result on the console, option by option."""
    told = {}
    for place in re.findall(r"<li.*?</li>", drawn, re.DOTALL):
        name = _plain(re.search(r'<span class="name" dir="auto">(.*?)<', place, re.DOTALL)[1])
        people = re.search(rf'<p class="second">(from {NUMBER} \w+)', place)
        sides = {_plain(side): (int(dots), span(words)) for side, dots, words in re.findall(rf'<span dir="auto">([^<]*)</span> (\d+) (from {NUMBER} \w+)', place)}
        told[name] = Line(int(re.search(r'<b class="number">(\d+)', place)[1]), span(people[1]) if people else None, sides)
    return told


def _name(place: str, around: str) -> str:
    return _plain(re.search(rf'<{around}>.*?<span dir="auto">(.*?)</span>', place, re.DOTALL)[1])


def _plain(marked_up: str) -> str:
    return html.unescape(re.sub("<[^>]*>", "", re.sub("<svg.*?</svg>", "", marked_up, flags=re.DOTALL))).strip()


@dataclass
class _Still:
    """A workshop that nobody changes, for the pages that are drawn of it."""

    state: Workshop
    room: Room = field(default_factory=Room)


def published(w: Workshop, environment) -> dict[str, Told]:
    """All that is told of the vote that the room is in, by where it stands.  *environment*: the app's, within one of its requests."""
    drawn = Drawn(_Still(w), environment)

    def page(name: str) -> str:
        region = REGIONS[name]
        return drawn.look(region, audiences(Seat(region.page, "f1"), w, "en")[region.audience]).html

    def file(name: str, ext: str) -> bytes:
        return files.make(w, name, ext, asker="organiser", mark=MARK)[0]
    return {"json": of_json(file("workshop", "json")), "csv": of_csv(file("votes", "csv")), "report": of_report(file("report", "html")),
            "screen": of_screen(page("screen-result")), "console": of_console(page("counted-up"))}
