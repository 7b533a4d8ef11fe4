"""All tables as a workbook: a sheet each, real numbers and dates, and no cell that is a formula."""
import io
import unicodedata
from collections.abc import Iterable
from datetime import datetime

from xlsxwriter import Workbook

from workshop.charter.data.table import KINDS, Cell, Column, Table, at, spelled
from workshop.charter.data.tables import all_tables, described, dictionary
from workshop.charter.seen import Seen
from workshop.charter.text import clean
from workshop.words import _, language

MOST = 32_767   # UTF-16 units in a cell, beyond which Excel calls the file damaged
NARROW, WIDE, ROOM = 6, 70, 2
A4 = 9
LINE, LINES = 15, 20   # points a line; the highest row
RIGHT_TO_LEFT = ("ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi")
FORMATS = {"minute": "yyyy-mm-dd hh:mm", "moment": "yyyy-mm-dd hh:mm:ss"}


def write(s: Seen, mark: str) -> bytes:
    """The workbook of what somebody may see; *mark* is the journal's hash.  The same workshop gives the same bytes."""
    out, tables = io.BytesIO(), all_tables(mark)
    # Rows go to the disk as they are written and strings stay in their cells: no table of all strings is kept.
    with Workbook(out, {"constant_memory": True, "remove_timezone": True}) as book:
        title = clean(s.w.plan.title)
        book.set_properties({"title": title, "subject": clean(s.w.plan.question)[:255], "status": _("final") if s.w.ended else _("draft"),
                             "comments": _("Hash of the journal") + f": {mark}", "created": at(s.w.at or 1).replace(tzinfo=None)})
        book.set_custom_property("Language", language())
        styles = _styles(book)
        _about(book, styles, s, tables)
        for table in tables[1:]:
            sheet = _sheet(book, table.name)
            head, rows = table.head(s.w), list(table.rows(s))
            _fill(sheet, head, rows, _fit(sheet, head, rows), styles, 0)
            sheet.freeze_panes(1, 0)
            sheet.repeat_rows(0)
            sheet.autofilter(0, 0, len(rows), len(head) - 1)
    return out.getvalue()


def _styles(book: Workbook) -> dict:
    words, digits, head = {"text_wrap": True, "align": "left", "indent": 1}, {"align": "right"}, {"bold": True, "bottom": 1}
    kinds = {"text": words, **{kind: {"num_format": form, "align": "left", "indent": 1} for kind, form in FORMATS.items()}}
    styles = {kind: book.add_format({"valign": "top", **kinds.get(kind, digits)}) for kind in KINDS}
    return styles | {f"head of {kind}": book.add_format({**head, "valign": "top", **kinds.get(kind, digits)}) for kind in KINDS}


def _sheet(book: Workbook, name: str):
    """A sheet that prints as wide as its page."""
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    if language() in RIGHT_TO_LEFT:
        sheet.right_to_left()
    return sheet


def _about(book: Workbook, styles: dict, s: Seen, tables: tuple[Table, ...]) -> None:
    """The first sheet: what there is to know, and below it what every column means."""
    sheet, about, meaning = _sheet(book, tables[0].name), tables[0], dictionary(described(s.w, tables))
    facts, rows = list(about.rows(s)), list(meaning.rows(s))
    widths = _fit(sheet, meaning.columns, [*(fact + ("",) * 3 for fact in facts), *rows])
    _fill(sheet, about.columns, facts, widths, styles, 0)
    _fill(sheet, meaning.columns, rows, widths, styles, len(facts) + 2)
    sheet.freeze_panes(1, 0)


def _fit(sheet, head: tuple[Column, ...], rows: Iterable[tuple[Cell, ...]]) -> list[int]:
    """Give each column the width of its widest cell, within bounds; returns how many digits each then holds."""
    widths = [min(max((_width(str(spelled(row[n], column.kind))[:WIDE]) for row in rows), default=0), WIDE) for n, column in enumerate(head)]
    widths = [max(width, len(column.title), NARROW) for width, column in zip(widths, head, strict=True)]
    for n, width in enumerate(widths):
        sheet.set_column(n, n, width + ROOM)
    return widths


def _width(words: str) -> int:
    """How many digits wide *words* are; ideographs are two."""
    return len(words) if words.isascii() else sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in words)


def _fill(sheet, head: tuple[Column, ...], rows: Iterable[tuple[Cell, ...]], widths: list[int], styles: dict, top: int) -> None:
    """Write *rows* below *head*, from the row *top* (from 0) on, each as high as its words need."""
    for n, column in enumerate(head):
        sheet.write_string(top, n, whole(clean(column.title)), styles[f"head of {column.kind}"])
    for y, row in enumerate(rows, start=top + 1):
        lines = max((_lines(cell, width) for cell, width in zip(row, widths, strict=False) if isinstance(cell, str)), default=1)
        if lines > 1:
            sheet.set_row(y, LINE * min(lines, LINES))
        for x, (cell, column) in enumerate(zip(row, head, strict=True)):
            _write(sheet, y, x, cell, column.kind, styles)


def _lines(words: str, width: int) -> int:
    """How many lines *words* take where *width* digits fit in one."""
    return 1 if len(words) <= width // 2 else sum(-(-max(_width(line), 1) // width) for line in words.split("\n"))


def _write(sheet, y: int, x: int, cell: Cell, kind: str, styles: dict) -> None:
    """One cell, typed by what it holds: words are a string, whatever they begin with."""
    if isinstance(cell, datetime):
        sheet.write_datetime(y, x, cell, styles[kind if kind in FORMATS else "moment"])
        return
    cell = spelled(cell, kind)
    if isinstance(cell, str):
        if cell:
            sheet.write_string(y, x, whole(clean(cell)), styles[kind])
    else:
        sheet.write_number(y, x, cell, styles[kind])


def whole(words: str) -> str:
    """*words* as far as a cell can hold them; the sign … stands for the rest."""
    if len(words) <= MOST // 2 or len(words.encode("utf-16-le")) // 2 <= MOST:
        return words
    return words.encode("utf-16-le")[:2 * (MOST - 1)].decode("utf-16-le", "ignore") + "…"
