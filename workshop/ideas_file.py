"""Ideas from a file: CSV, JSON lines or plain text, whatever its encoding and separator."""
import codecs
import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from workshop.words import N_, _

IDEA_MOST = 500        # letters, as everywhere in a workshop
COLUMNS = ("text", "idea", "ideas")
SEPARATORS = ",;\t|"
NONE = "\x1f"          # a separator that nobody types
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
Rows = Iterator[tuple[str, str]]   # the text of each row, or "" and the sentence that says what is wrong with it
EMPTY = N_("There are no words in it.")
LONG = N_("An idea is 1 to %(most)d characters; this one is %(n)d.")
NOT_JSON = N_('The line is not a JSON object with a "text".')
NO_COLUMN = N_("No column is called text or idea. The columns are: %(columns)s.")
CELLS = N_("The row has %(n)d cells, but the header %(most)d. Put quotes around cells that hold a separator.")
BROKEN = N_("Line %(line)d cannot be read as a table: %(why)s.")
BINARY = N_("This is not a text file. Save it as CSV, JSON lines or plain text.")


class NotIdeas(Exception):
    """The file as a whole holds no ideas that can be read; the message is a sentence for people."""


@dataclass
class Ideas:
    """rows: (row, text) of each idea, white space folded.  rejected: (row, why) of what is none.

    Rows count from 0: lines of a text or JSON lines file, records of a table without its header.
    """

    rows: list[tuple[int, str]] = field(default_factory=list)
    rejected: list[tuple[int, str]] = field(default_factory=list)


def read(path: str | Path) -> Ideas:
    """The ideas in the file at *path*.

    ``.csv`` and ``.tsv`` are tables with a column called text or idea, or with a
    single column and no header; ``.jsonl`` and ``.ndjson`` hold an object with
    "text" (or "idea") on each line; everything else has one idea on each line.
    Raises ``OSError`` where the file cannot be opened and ``NotIdeas`` where it is
    none of these.
    """
    path, ideas = Path(path), Ideas()
    reader = READERS.get(path.suffix.lower(), _lines)
    for row, (found, fault) in enumerate(reader(decoded(path.read_bytes()))):
        text = " ".join(found.split())
        fault = fault or _fault_of(text)
        if fault:
            ideas.rejected.append((row, fault))
        else:
            ideas.rows.append((row, text))
    return ideas


def decoded(content: bytes) -> str:
    """The text in *content*, every line ended by a line feed and no empty lines at the end.

    By its byte order mark, else UTF-8, else the Windows code page of Western Europe.
    """
    encoding = next((name for mark, name in MARKS if content.startswith(mark)), None)
    if encoding is None and b"\0" in content:
        raise NotIdeas(_(BINARY))
    try:
        text = content.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        text = content.decode(encoding or "cp1252", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip()


def _fault_of(text: str) -> str:
    if not text:
        return _(EMPTY)
    return _(LONG, most=IDEA_MOST, n=len(text)) if len(text) > IDEA_MOST else ""


def _lines(text: str) -> Rows:
    return ((line, "") for line in (text.split("\n") if text else []))


def _json_lines(text: str) -> Rows:
    for line, _none in _lines(text):
        try:
            said = json.loads(line) if line.strip() else {"text": ""}
        except (ValueError, RecursionError):
            said = None
        found = next((said[key] for key in COLUMNS if key in said), None) if isinstance(said, dict) else None
        yield (found, "") if isinstance(found, str) else ("", _(NOT_JSON))


def _table(text: str) -> Rows:
    if not text:
        return
    header, separator = _header(text)
    column = next((i for i, name in enumerate(header) if name in COLUMNS), None)
    if column is None and len(header) > 1:
        raise NotIdeas(_(NO_COLUMN, columns=", ".join(header)[:200]))
    for record in _records(text, separator)[column is not None:]:
        yield _cell(record, column or 0, header, separator)


def _header(text: str) -> tuple[list[str], str]:
    """The columns' names in small letters, and the separator under which one of them is known or there are most.

    A single column has no separator: a comma in it is a comma.
    """
    first = text.split("\n", 1)[0]
    split = {separator: [name.strip().casefold() for name in next(csv.reader([first], delimiter=separator), [])]
             for separator in SEPARATORS}
    best = max(SEPARATORS, key=lambda separator: (bool(set(split[separator]) & set(COLUMNS)), len(split[separator])))
    return split[best], best if len(split[best]) > 1 else NONE


def _records(text: str, separator: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    try:
        return list(reader)
    except csv.Error as fault:
        raise NotIdeas(_(BROKEN, line=reader.line_num, why=fault)) from fault


def _cell(record: list[str], column: int, header: list[str], separator: str) -> tuple[str, str]:
    """The idea in *record*; a separator written into the last column without quotes is part of it."""
    if len(record) > len(header) and any(record[len(header):]):
        if column < len(header) - 1:
            return "", _(CELLS, n=len(record), most=len(header))
        return separator.join(record[column:]), ""
    return (record[column] if column < len(record) else ""), ""


READERS = {".csv": _table, ".tsv": _table, ".jsonl": _json_lines, ".ndjson": _json_lines}
