"""How large the first page of a document can be set: where a file cannot measure its words, it estimates them."""
from textwrap import wrap

from workshop.charter.blocks import Block
from workshop.charter.document import Document

WIDE = 172                          # mm between the margins
FRONT = (28, 24, 20, 16)            # points of a report's title
LETTER = 0.2                        # mm a point: about as wide as a bold letter is
HIGH, SHARES = 250, (1, 0.96, 0.92, 0.88, 0.84, 0.8, 0.77, 0.74, 0.7, 0.67)   # mm of a page, and how small its words may become


def points(title: str, sizes: tuple[int, ...]) -> int:
    """The largest of *sizes* at which *title* takes at most three lines and no word of it is broken."""
    def fits(size: int) -> bool:
        lines = wrap(title, int(WIDE / (LETTER * size)), break_long_words=False, break_on_hyphens=False)
        return len(lines) <= 3 and all(len(line) * LETTER * size <= WIDE for line in lines)
    return next(filter(fits, sizes), sizes[-1])


def first_share(d: Document) -> float:
    """How large the first page of a report is set so that it stays one page, as far as its height can be told: 1 to 0.67."""
    set_in = points(d.title, FRONT)
    head = 21 + (d.logo.high - 5 if d.logo else 0) + 0.38 * set_in * in_lines(d.title, int(WIDE / (LETTER * set_in)))
    high = head + 6 * in_lines(d.lead, 65) + 5 * in_lines(d.line, 100) + sum(map(_high, d.front))
    return 1 if d.kind == "charter" else next((share for share in SHARES if high * share <= HIGH), SHARES[-1])


def _high(b: Block) -> float:
    """About how many mm *b* takes on the first page."""
    if b.type == "places":
        return 7 + sum(10 + sum(4 + 3.1 * (side.n > 30) for side in p.sides) + 4.4 * (in_lines(p.said, 72) + in_lines(p.wording, 72)) for p in b.entries)
    if b.type == "bars":
        return 6 + 6.5 * len(b.entries)
    if b.type == "table":
        return 14 + sum(2.4 + 4.6 * max(in_lines(str(getattr(cell, "text", cell)), 40) for cell in cells) for cells in b.rows)
    if b.type == "facts":
        return 10 + sum(6.5 * in_lines(value, 60) for _name, value in b.pairs)
    return {"heading": 13.5, "words": 3 + 4.8 * in_lines(getattr(b, "text", ""), 85) + 8 * (getattr(b, "kind", "") == "look")}.get(b.type, 20)


def in_lines(text: str, across: int) -> int:
    """How many lines *text* takes where *across* letters stand in one."""
    return sum(-(-max(len(line), 1) // across) for line in text.split("\n")) if text else 0
