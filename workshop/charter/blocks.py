"""What a document is put together from, and what each piece draws: frozen values that every writer reads."""
from dataclasses import dataclass

from workshop.charter import drawings
from workshop.charter.drawings import Drawing, Mark


@dataclass(frozen=True)
class Dots:
    """*n* dots of one side, filled in its way: one of ``FILLS``.  *people*: how many placed them, in words.

    *most*: the largest number beside which it is drawn; past ``drawings.MOST_DOTS`` all are bars on one scale.
    """

    side: str
    n: int
    fill: str = "solid"
    people: str = ""
    most: int = 0
    colour: str = drawings.INK

    @property
    def drawing(self) -> Drawing:
        return drawings.dots(self.n, self.fill, self.colour, self.most)

    @property
    def key(self) -> Drawing:
        """One dot, to say what this side's look like."""
        return drawings.dots(1, self.fill, self.colour)


FILLS = ("solid", "ring", "half", "bullseye", "hatched", "quarter")


class Block:
    """A piece of a section."""

    @property
    def type(self) -> str:
        return type(self).__name__.lower()


@dataclass(frozen=True)
class Words(Block):
    """A paragraph.  *kind*: ``text``, ``lead`` (large), ``note`` (small) or ``look`` (highlighted)."""

    text: str
    kind: str = "text"


@dataclass(frozen=True)
class Heading(Block):
    """A heading inside a section; *beside* stands at the end of its line."""

    text: str
    mark: Mark | None = None
    beside: str = ""


@dataclass(frozen=True)
class Piece:
    """Some of a line.  *how*: ``added``, ``removed``, or empty where it stayed; *said*: the same in words, for who sees no lines."""

    text: str
    how: str = ""
    said: str = ""


@dataclass(frozen=True)
class Compared(Block):
    """A line with what was added to it and removed from it."""

    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Bullets(Block):
    entries: tuple[str, ...]


@dataclass(frozen=True)
class Columns(Block):
    """Short lists side by side: (title, entries)."""

    parts: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Facts(Block):
    """Names and values, a line each."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Place:
    """One priority as voted.  *rank* is a numeral, ``3 =`` where shared; *tag* says who stands behind it, *said* in a sentence."""

    rank: str
    name: str
    dots: int
    mark: Mark | None = None
    wording: str = ""
    sides: tuple[Dots, ...] = ()
    tag: str = ""
    said: str = ""


@dataclass(frozen=True)
class Places(Block):
    entries: tuple[Place, ...]


@dataclass(frozen=True)
class Bar:
    """*n* of something, drawn as a bar whose full length stands for *most*."""

    name: str
    n: int
    most: int
    mark: Mark | None = None

    @property
    def drawing(self) -> Drawing:
        return drawings.bar(self.n, self.most)


@dataclass(frozen=True)
class Bars(Block):
    """Numbers as bars.  *name* says what stands at the start, *unit* what is counted."""

    entries: tuple[Bar, ...]
    name: str
    unit: str


@dataclass(frozen=True)
class Cell:
    """A cell of a table that draws what its *text* says."""

    text: str
    drawing: Drawing


@dataclass(frozen=True)
class Table(Block):
    """*rows* hold as many cells as *head*: words, numbers or a ``Cell``.  Columns in *wide* take the room that is left.

    *counts*: columns of numbers some of which stand in words, ``6 to 7``.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str | int | Cell, ...], ...]
    wide: tuple[int, ...] = (0,)
    counts: tuple[int, ...] = ()

    @property
    def columns(self) -> tuple[tuple[str, bool], ...]:
        """Each column's head, and whether it holds numbers."""
        numbers = [n in self.counts or bool(self.rows) and all(isinstance(row[n], int) for row in self.rows) for n in range(len(self.head))]
        return tuple(zip(self.head, numbers, strict=True))


@dataclass(frozen=True)
class Figure(Block):
    """A chart.  *alt* says in words what it shows; its numbers stand in a table after it.

    *above* and *below*: words at its left and right corners, outside it.  *caption*: what is drawn, and how to read it.
    """

    drawing: Drawing
    alt: str
    caption: str
    above: tuple[str, str] = ("", "")
    below: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Line:
    """One idea, and what is said beside it."""

    text: str
    beside: str = ""


@dataclass(frozen=True)
class Ideas(Block):
    entries: tuple[Line, ...]
