"""All tables as a SQLite file to read and to search: plain tables with foreign keys, and what they mean."""
from collections.abc import Iterator
from graphlib import TopologicalSorter

from workshop.charter.data.table import Cell, Column, Table, spelled
from workshop.charter.data.tables import all_tables, dictionary
from workshop.charter.seen import Seen
from workshop.sqlite import in_memory
from workshop.state import Count

TYPES = {"text": str, "number": int, "decimal": float, "yes": int, "minute": str, "moment": str, "people": int}
# Every three characters in a row are indexed, so words are found in the middle of a sentence in scripts that put no
# space between them (Chinese, Japanese, Thai, Khmer), where unicode61 would take a whole sentence for one word.
# Two characters alone are found by LIKE, as docs/interfaces.md says.
TOKENIZE = "trigram"


def write(s: Seen, mark: str) -> bytes:
    """A SQLite file of what somebody may see; *mark* is the journal's hash.  It holds no journal and no id of a person."""
    db = in_memory()
    try:
        tables = all_tables(mark)
        meaning = dictionary((table, name, column) for table in tables for column in table.columns for name, _kind in _columns(column))
        with db.atomic():
            for table in _in_order((meaning, *tables)):
                _put(db, table, s)
            db.table("ideas").enable_fts(["idea"], tokenize=TOKENIZE)
        return db.conn.serialize()
    finally:
        db.close()


def _in_order(tables: tuple[Table, ...]) -> Iterator[Table]:
    """*tables*, each behind those that it refers to."""
    named = {table.name: table for table in tables}
    refers = {table.name: {c.of for c in table.columns if c.of} - {table.name} for table in tables}
    return (named[name] for name in TopologicalSorter(refers).static_order())


def _put(db, table: Table, s: Seen) -> None:
    """Create *table* and fill it.  What is there once for each side is left to the table ``sides``."""
    named = [(name, kind) for column in table.columns for name, kind in _columns(column)]
    keys = [(_name(column), column.of, "number") for column in table.columns if column.of]
    made = db.table(table.name).create(dict(named), pk="number" if "number" in dict(named) else None, foreign_keys=keys)
    rows = (dict(zip(dict(named), _cells(row, table.columns), strict=True)) for row in table.rows(s))
    made.insert_all(rows)


def _columns(column: Column) -> Iterator[tuple[str, type]]:
    """(name, type) of the columns that hold *column*: a number of people that may be from and to has two."""
    name = _name(column)
    yield from ((f"{name}_least", int), (f"{name}_most", int)) if column.kind == "people" else ((name, TYPES[column.kind]),)


def _name(column: Column) -> str:
    return column.name.replace(" ", "_")


def _cells(row: tuple[Cell, ...], columns: tuple[Column, ...]) -> Iterator[Cell]:
    for cell, column in zip(row, columns, strict=False):
        if column.kind == "people":
            yield from (cell.least, cell.most) if isinstance(cell, Count) else (cell, cell)
        else:
            words = spelled(cell, column.kind)
            yield None if cell is None else words.encode("utf-8", "replace").decode() if isinstance(words, str) else words
