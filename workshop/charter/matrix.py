"""The 2x2 of effort and impact: where each priority is drawn.  Pure geometry, in units of the drawing."""
from dataclasses import dataclass

from workshop.state import SCALE, Figures, Spread

LEFT, TOP, WIDE, HIGH = 56, 40, 560, 420
INSET = 34          # between the frame and 1 or 5, so that a mark on the edge is whole
SIZE = 46           # of a mark
NEAR = 50           # marks closer than this touch
STEPS = [(0, 0), *((x * NEAR, y * NEAR) for ring in (1, 2, 3) for x in (0, -ring, ring) for y in (0, -ring, ring) if x or y)]


@dataclass(frozen=True)
class Spot:
    """One priority: *x*, *y* of its medians, from *left* to *right* and *bottom* to *top* its spreads, *mark_x* and *mark_y* the
    corner of its mark, *middle_x* and *middle_y* the middle of that, *aside* where it has moved away from the medians."""

    key: str
    x: float
    y: float
    left: float
    right: float
    bottom: float
    top: float
    middle_x: float
    middle_y: float
    aside: bool

    @property
    def mark_x(self) -> float:
        return self.middle_x - SIZE / 2

    @property
    def mark_y(self) -> float:
        return self.middle_y - SIZE / 2


@dataclass(frozen=True)
class Strip:
    """One spread on a line of 100 by 12: the bar from *low*, *wide* units long, and the *median*."""

    low: float
    wide: float
    median: float


def strip(spread: Spread) -> Strip:
    """Where *spread* lies on a line from 1, at 8, to 5, at 92."""
    low, high, middle = (8 + 21 * (value - 1) for value in (spread.low, spread.high, spread.median))
    return Strip(low, max(high - low, 1), middle)


def across(effort: float) -> float:
    """Where an effort of 1 to 5 lies from left to right."""
    return round(LEFT + INSET + (effort - 1) * (WIDE - 2 * INSET) / (SCALE - 1), 1)


def up(impact: float) -> float:
    """Where an impact of 1 to 5 lies from top to bottom: more is higher."""
    return round(TOP + HIGH - INSET - (impact - 1) * (HIGH - 2 * INSET) / (SCALE - 1), 1)


def spots(figures: list[tuple[str, Figures]]) -> tuple[Spot, ...]:
    """Where each (key, figures) is drawn.  A mark that would hide another stands beside it, tied to its medians by a line."""
    placed: list[Spot] = []
    for key, f in figures:
        x, y = across(f.effort.median), up(f.impact.median)
        middle = next((at for at in ((x + dx, y + dy) for dx, dy in STEPS) if _free(at, placed)), (x, y))
        placed.append(Spot(key, x, y, *_ends(f.effort, across), *_ends(f.impact, up), *middle, middle != (x, y)))
    return tuple(placed)


def _ends(spread: Spread, place) -> tuple[float, float]:
    return place(spread.low), place(spread.high)


def _free(at: tuple[float, float], placed: list[Spot]) -> bool:
    x, y = at
    inside = LEFT + SIZE / 2 <= x <= LEFT + WIDE - SIZE / 2 and TOP + SIZE / 2 <= y <= TOP + HIGH - SIZE / 2
    return inside and all(max(abs(x - spot.middle_x), abs(y - spot.middle_y)) >= NEAR for spot in placed)
