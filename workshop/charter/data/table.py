"""What a table of data is: its columns with what they mean, and its rows.  Every format writes the same ones."""
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby

from workshop.charter.seen import Seen
from workshop.state import Count, Workshop
from workshop.words import N_

Cell = str | int | float | datetime | Count | None
KINDS = {"text": N_("words"), "number": N_("a whole number"), "decimal": N_("a number"), "yes": N_("1 for yes, 0 for no"),
         "minute": N_("day and time, UTC, to the minute"), "moment": N_("day and time, UTC"), "people": N_("a number of people, or from and to")}


@dataclass(frozen=True)
class Column:
    """*kind*: what stands in it, one of ``KINDS``.  *of*: the table whose ``number`` it holds, where it refers to one."""

    name: str
    meaning: str
    kind: str = "text"
    of: str = ""

    @property
    def title(self) -> str:
        """What stands at its head."""
        return f"{self.name} (UTC)" if self.kind in ("minute", "moment") else self.name


@dataclass(frozen=True)
class Table:
    """*each_side*: columns that are there once for each side of the workshop, behind the others."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    rows: Callable[[Seen], Iterable[tuple[Cell, ...]]]
    each_side: tuple[Column, ...] = ()

    def head(self, w: Workshop) -> tuple[Column, ...]:
        """All columns that the table has in *w*."""
        return (*self.columns, *(replace(c, name=f"{side}: {c.name}") for side in w.plan.constituencies for c in self.each_side))


def columns(names: str, meaning: str, kind: str = "text") -> tuple[Column, ...]:
    """Columns of one kind that one sentence explains; *names* with commas."""
    return tuple(Column(name, meaning, kind) for name in names.split(", "))


def in_short(tables: Iterable[Table]) -> tuple[tuple[str, str], ...]:
    """(table and columns, what they mean, not yet translated): columns with one meaning together, for a reader."""
    found = []
    for table in tables:
        there = (*table.columns, *(replace(c, name=f"SIDE: {c.name}") for c in table.each_side))
        found += [(f"{table.name}: {', '.join(c.name for c in same)}", meaning) for meaning, same in groupby(there, lambda c: c.meaning)]
    return tuple(found)


def at(ms: int) -> datetime | None:
    """*ms* since 1970 as a time, None for 0."""
    return datetime.fromtimestamp(ms / 1000, UTC) if ms else None


def spelled(cell: Cell, kind: str) -> str | int | float:
    """*cell* as words or a number; "" where there is nothing."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%dT%H:%MZ" if kind == "minute" else "%Y-%m-%dT%H:%M:%SZ")
    if isinstance(cell, Count):
        return cell.most if cell.least == cell.most else str(cell)
    return cell
