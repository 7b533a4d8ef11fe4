"""Charts as SVGs that stand alone: drawn once here, placed by every writer.

Lengths are millimetres.  The only words in them are letters and numerals: other scripts cannot be drawn inside a
picture by all writers, and stand beside it.  ``currentColor`` is the ink, so that a page may change it.
"""
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape
from math import ceil, sqrt
from workshop.charter import matrix

INK, LIVE, HAIR, MARKER = "#0f1b33", "#c4211a", "#c3cedb", "#ffdc32"
FACE = "'Atkinson Hyperlegible Next', 'Noto Sans', sans-serif"
DOT, GAP, FIVE, LEADING = 2.25, 0.36, 0.99, 3.1   # across a dot, between two, more after each fifth, from row to row
ROW, MOST_DOTS = 30, 60                           # dots in a row; above so many a bar is drawn instead
BAR = 2.4
FIELD, LARGEST = 172, 26                          # the cover's field of dots: its width, and the most room for a dot


@dataclass(frozen=True)
class Drawing:
    """An *svg*, *wide* by *high* mm, whose ink is ``currentColor``.

    It is hidden from who cannot see it unless it says in words what it shows.  *mirrors*: it starts on the side where
    reading starts, so a page that is read from the right turns it around.
    """

    svg: str
    wide: float
    high: float
    mirrors: bool = False


@dataclass(frozen=True)
class Mark:
    """How a theme is drawn: its *letter*, the outline *path* on a grid of 24, *fill* and the colour of the letter."""

    letter: str
    path: str
    fill: str
    ink: str
    down: float = 0.0

    @property
    def drawing(self) -> Drawing:
        return _drawing(5.4, 5.4, _mark(self), INK, self.letter, "0 0 24 24")


def dots(n: int, fill: str = "solid", colour: str = INK, most: int = 0, across: int = ROW) -> Drawing:
    """*n* dots in fives, *across* in a row.  Where *most*, the largest of those compared, is past 60, a bar instead."""
    if max(n, most) > MOST_DOTS:
        return bar(n, max(n, most), round(_along(across - 1) + DOT, 2), colour, fill != "solid")
    at = [(_along(k % across) + DOT / 2, k // across * LEADING + DOT / 2) for k in range(n)]
    wide, rows = _along(min(n, across) - 1) + DOT if n else 0.1, ceil(n / across) or 1
    return replace(_drawing(wide, (rows - 1) * LEADING + DOT, _filled(at, DOT / 2, fill), colour), mirrors=True)


def bar(n: float, most: float, wide: float = 60, colour: str = INK, hollow: bool = False) -> Drawing:
    """A bar for *n*, where *most* is *wide* long; a hair line for none."""
    long = wide * n / most if most else 0
    inset, edge = (0.25, 'fill="none" stroke="currentColor" stroke-width=".5"') if hollow else (0, 'fill="currentColor"')
    box = f'<rect x="{inset}" y="{inset}" width="{_n(max(long - 2 * inset, 0.1))}" height="{_n(BAR - 2 * inset)}" {edge}/>'
    none = f'<path d="M.1 0v{BAR}" stroke="{HAIR}" stroke-width=".2"/>'
    return replace(_drawing(wide, BAR, box if long else none, colour), mirrors=True)


def field(sides: Iterable[tuple[int, str]], colour: str = INK) -> Drawing:
    """The people in the room: for each side as many dots as *sides* say, each side starting a new row."""
    sides = [(n, fill) for n, fill in sides if n]
    across = max(round(sqrt(3 * sum(n for n, _fill in sides))), 1)
    pitch = min(FIELD / (across - 0.17), LARGEST)
    pieces, row = [], 0
    for n, fill in sides:
        at = [((k % across + 0.415) * pitch, (row + k // across + 0.415) * pitch) for k in range(n)]
        pieces.append(_filled(at, 0.415 * pitch, fill))
        row += ceil(n / across)
    return replace(_drawing((across - 0.17) * pitch, max(row - 0.17, 0.1) * pitch, "".join(pieces), colour), mirrors=True)


def spans(real: Sequence[tuple[float, float]], planned: float, day: tuple[float, float], wide: float = 50) -> Drawing:
    """One stage on the line of the *day*: solid bars while it was open, below them a box as long as was *planned*.

    Times may be in any unit, the same for all.  The box starts where the stage first opened.
    """
    start, end = day
    scale = wide / max(end - start, 1)
    bars = "".join(f'<rect x="{_n((a - start) * scale)}" y="0" width="{_n(max((b - a) * scale, 0.3))}" height="1.6" fill="currentColor"/>' for a, b in real)
    x, long = (real[0][0] - start) * scale, max(planned * scale, 0.5)
    box = f'<rect x="{_n(x + 0.15)}" y="1.95" width="{_n(long - 0.3)}" height=".9" fill="none" stroke="currentColor" stroke-width=".3"/>'
    line = f'<path d="M0 3.3h{wide}" stroke="{HAIR}" stroke-width=".2"/>'
    return replace(_drawing(wide, 3.4, line + bars + (box if planned else ""), INK), mirrors=True)


def two_by_two(points: Iterable[tuple[str | Mark, matrix.Spot]], said: str) -> Drawing:
    """Effort across, impact up: each priority as its mark or numeral, with its spreads; *said* is the same in words."""
    points = list(points)
    left, top, right, low = matrix.LEFT, matrix.TOP, matrix.LEFT + matrix.WIDE, matrix.TOP + matrix.HIGH
    x, y = (left + right) / 2, (top + low) / 2
    frame = (f'<path d="M{left} {top}H{x}V{y}H{left}z" fill="{MARKER}"/>'
             f'<path d="M{_n(x)} {top}V{low}M{left} {_n(y)}H{right}" fill="none" stroke="currentColor" stroke-width="3" stroke-dasharray="3 8"/>'
             f'<path d="M{left} {top}V{low}H{right}" fill="none" stroke="currentColor" stroke-width="7"/>')
    lines, marks = "".join(_spread(spot) for _label, spot in points), "".join(_point(label, spot) for label, spot in points)
    box = (left - 6, top - 6, matrix.WIDE + 12, matrix.HIGH + 12)
    return _drawing(box[2] / 5, box[3] / 5, frame + lines + marks, INK, said, " ".join(map(_n, box)))


def _spread(s: matrix.Spot) -> str:
    aside = f'M{_n(s.x)} {_n(s.y)}L{_n(s.middle_x)} {_n(s.middle_y)}' if s.aside else ""
    point = f'<circle cx="{_n(s.x)}" cy="{_n(s.y)}" r="6" fill="currentColor"/>' if s.aside else ""
    cross = f"M{_n(s.left)} {_n(s.y)}H{_n(s.right)}M{_n(s.x)} {_n(s.bottom)}V{_n(s.top)}"
    return f'<path d="{cross}{aside}" fill="none" stroke="currentColor" stroke-width="5"/>{point}'


def _point(label: str | Mark, s: matrix.Spot) -> str:
    numeral = f'<circle cx="12" cy="12" r="11.2" fill="currentColor"/>{_letter(label, 16.4, "#ffffff", 12)}' if isinstance(label, str) else _mark(label)
    return f'<g transform="translate({_n(s.mark_x)} {_n(s.mark_y)}) scale({_n(matrix.SIZE / 24)})">{numeral}</g>'


def _mark(m: Mark) -> str:
    return f'<path d="{m.path}" fill="{m.fill}" stroke="currentColor" stroke-width="1.5"/>{_letter(m.letter, 15.9 + m.down, m.ink, 11)}'


def _letter(text: str, down: float, colour: str, size: int) -> str:
    return (f'<text x="12" y="{_n(down)}" text-anchor="middle" font-family="{FACE}" font-size="{size}" font-weight="700" fill="{colour}">{escape(text)}</text>')


def _along(k: int) -> float:
    """Where the dot *k* of a row starts."""
    return k * (DOT + GAP) + k // 5 * FIVE


def _filled(at: Sequence[tuple[float, float]], r: float, fill: str) -> str:
    """Dots of radius *r* in the middles *at*: a side is told by how its dots are filled, so that grey print loses nothing."""
    solid, line, width = FILLED[fill]
    paths = []
    if solid:
        paths.append(f'<path fill="currentColor" d="{"".join(piece(x, y, r) for x, y in at for piece in solid)}"/>')
    if line:
        drawn = "".join(piece(x, y, r) for x, y in at for piece in line)
        paths.append(f'<path fill="none" stroke="currentColor" stroke-width="{_n(width * r)}" d="{drawn}"/>')
    return "".join(paths)


def _disc(share: float):
    return lambda x, y, r: f"M{_n(x - share * r)} {_n(y)}a{_n(share * r)} {_n(share * r)} 0 1 0 {_n(2 * share * r)} 0a{_n(share * r)} {_n(share * r)} 0 1 0 {_n(-2 * share * r)} 0z"


def _half(x: float, y: float, r: float) -> str:
    return f"M{_n(x)} {_n(y - r)}a{_n(r)} {_n(r)} 0 0 0 0 {_n(2 * r)}z"


def _quarter(x: float, y: float, r: float) -> str:
    return f"M{_n(x)} {_n(y - r)}a{_n(r)} {_n(r)} 0 0 0 {_n(-r)} {_n(r)}h{_n(r)}z"


def _cross(x: float, y: float, r: float) -> str:
    return f"M{_n(x - 0.86 * r)} {_n(y)}h{_n(1.72 * r)}M{_n(x)} {_n(y - 0.86 * r)}v{_n(1.72 * r)}"


# What is filled, what is drawn as a line, and how wide the line is in radii.
FILLED = {"solid": ((_disc(1),), (), 0), "ring": ((), (_disc(0.72),), 0.56), "half": ((_half,), (_disc(0.86),), 0.28),
          "bullseye": ((_disc(0.4),), (_disc(0.86),), 0.28), "hatched": ((), (_disc(0.86), _cross), 0.28),
          "quarter": ((_quarter,), (_disc(0.86),), 0.28)}


def _drawing(wide: float, high: float, inside: str, colour: str, said: str = "", box: str = "") -> Drawing:
    shown = f'role="img"><title>{escape(said)}</title>' if said else 'aria-hidden="true">'
    head = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box or f"0 0 {_n(wide)} {_n(high)}"}" width="{_n(wide)}mm" height="{_n(high)}mm" '
            f'color="{colour}" direction="ltr" {shown}')
    return Drawing(head + inside + "</svg>", round(wide, 2), round(high, 2))


def _n(value: float) -> str:
    return f"{round(value, 2):g}"
