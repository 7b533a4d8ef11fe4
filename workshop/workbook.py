"""The rows of a workbook (XLSX), as cells of words; what could harm is not opened."""
import io
import warnings
import zipfile
from collections.abc import Iterable

from workshop.words import N_, _

BEGINS, OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
UNPACKED_MOST = 60_000_000   # bytes: ten times what 5,000 ideas take
COLUMNS_MOST = 50
OLDER = N_("This workbook is of an old kind. Save it as XLSX or CSV.")
BROKEN = N_("This workbook cannot be opened. Save it again as XLSX, or as CSV.")
BIG = N_("This workbook unpacks to more than a list of ideas takes. Save the list alone as CSV.")


class NotAWorkbook(Exception):
    """A workbook that cannot be read, or is not going to be; the message is a sentence for people."""


def is_workbook(content: bytes) -> bool:
    """Whether *content* is a workbook, also an old one."""
    return content.startswith((BEGINS, OLD))


def records_of(content: bytes, most: int) -> tuple[int, list[list[str]]]:
    """The first sheet in which anything stands: how many empty rows it begins with, and the rows of cells after them.

    It is read as far as row *most*; a formula is what it showed when it was saved.  Raises ``NotAWorkbook``, before anything is unpacked where it would be too much.
    """
    if content.startswith(OLD):
        raise NotAWorkbook(_(OLDER))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > UNPACKED_MOST:
                raise NotAWorkbook(_(BIG))
        return _records(content, most)
    except NotAWorkbook:
        raise
    except Exception as wrong:   # openpyxl raises whatever its libraries do on a broken file
        raise NotAWorkbook(_(BROKEN)) from wrong


def _records(content: bytes, most: int) -> tuple[int, list[list[str]]]:
    from openpyxl import load_workbook
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")   # of styles and extensions that hold no words
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    for sheet in book.worksheets:
        rows = [[_words(cell) for cell in row] for row in sheet.iter_rows(max_row=most, max_col=COLUMNS_MOST, values_only=True)]
        if any(map(any, rows)):
            return _trimmed(rows)
    return 0, []


def _trimmed(rows: list[list[str]]) -> tuple[int, list[list[str]]]:
    """*rows* without the empty ones around the table and the empty columns at its end, and how many were in front."""
    there = [n for n, row in enumerate(rows) if any(row)]
    wide = max(_last(rows[n]) for n in there)
    return there[0], [row[:wide] for row in rows[there[0]:there[-1] + 1]]


def _last(row: Iterable[str]) -> int:
    return max((n for n, cell in enumerate(row, start=1) if cell), default=0)


def _words(cell: object) -> str:
    """A cell as people see it: 3.0 is 3."""
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
