"""A table as CSV, in which a spreadsheet finds nothing to run."""
import csv
import io

from workshop.charter.data.table import Cell, Table, spelled
from workshop.charter.seen import Seen
from workshop.charter.text import clean

FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def write(table: Table, s: Seen) -> bytes:
    """*table* of what somebody may see, in UTF-8 with the mark that spreadsheets look for."""
    head, out = table.head(s.w), io.StringIO()
    writer = csv.writer(out)
    writer.writerow([inert(column.title) for column in head])
    writer.writerows([inert(spelled(cell, column.kind)) for cell, column in zip(row, head, strict=True)] for row in table.rows(s))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def inert(cell: Cell) -> Cell:
    """*cell* so that a spreadsheet shows it: words that it would run as a formula get an apostrophe in front."""
    if not isinstance(cell, str):
        return cell
    cell = clean(cell)
    return "'" + cell if cell.lstrip().startswith(FORMULA) else cell
