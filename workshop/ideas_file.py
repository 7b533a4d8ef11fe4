"""Ideas typed up by people: a table, a workbook, JSON lines or plain text, whatever its encoding and separator."""
import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from workshop.encoding import Undecodable, decoded
from workshop.words import N_, _
from workshop.workbook import NotAWorkbook, is_workbook, records_of

IDEA_MOST = 500        # letters, as everywhere in a workshop
IDEAS_MOST = 5000      # lines that are read; more is a list to split
DOTS_MOST = 10_000
COLUMNS = ("text", "idea", "ideas")
BESIDE = {"group": ("group", "table", "chart", "flip chart"), "side": ("constituency", "side", "from"), "dots": ("dots", "votes")}
KNOWN = {*COLUMNS, *(name for names in BESIDE.values() for name in names)}
SEPARATORS = ",;\t|"
NONE = "\x1f"          # a separator that nobody types
NAME_MOST = 40
SAID = re.compile("sep=([,;\t|])")   # Excel's way to say it
BULLET = re.compile(r"^\s*(?:[-*•–·◦]|\d{1,3}[.)])\s+(?=\S)")
Found = tuple[dict[str, str], str]   # what stands in a row, and the sentence that says what is wrong with it
EMPTY = N_("There are no words in it.")
LONG = N_("An idea is 1 to %(most)d characters; this one is %(n)d.")
NOT_JSON = N_('The line is not a JSON object with a "text".')
NO_COLUMN = N_("No column is called text or idea. The columns are: %(columns)s.")
CELLS = N_("The row has %(n)d cells, but the header %(most)d. Put quotes around cells that hold a separator.")
BROKEN = N_("Line %(line)d cannot be read as a table: %(why)s.")
DOTS = N_("Dots are a whole number; this one says “%(said)s”.")
NAME = N_("Group and side are at most %(most)d characters; this one is %(n)d.")
MANY = N_("This list has more than %(most)d lines. Split it, and take one part at a time.")


class NotIdeas(Exception):
    """The file as a whole holds no ideas that can be read; the message is a sentence for people."""


@dataclass(frozen=True)
class Line:
    """One idea: its *row*, its *text*, and what the list says beside it: its group, its side, its dots."""

    row: int
    text: str
    group: str = ""
    side: str = ""
    dots: int = 0


@dataclass
class Ideas:
    """*lines*: what was read, white space folded.  *rejected*: (row, why) of what is no idea.

    Rows count from 0: lines of a text or JSON lines file, records of a table without its header; *first* is the number
    that people see beside row 0.
    """

    first: int = 1
    lines: list[Line] = field(default_factory=list)
    rejected: list[tuple[int, str]] = field(default_factory=list)

    @property
    def rows(self) -> list[tuple[int, str]]:
        """(row, text) of each idea."""
        return [(line.row, line.text) for line in self.lines]


def read(path: str | Path, language: str = "") -> Ideas:
    """The ideas in the file at *path*, as ``ideas_in`` reads them.  Raises ``OSError`` where it cannot be opened."""
    return ideas_in(Path(path).name, Path(path).read_bytes(), language)


def ideas_in(name: str, content: bytes, language: str = "") -> Ideas:
    """The ideas in the *content* of a file called *name*.

    ``.csv``, ``.tsv`` and workbooks are tables with a column called text or idea and, if wished, group (or table, chart),
    constituency (or side) and dots (or votes), or with a single column and no header; ``.jsonl`` and ``.ndjson`` hold an object with
    these keys on each line; everything else has one idea on each line, after a bullet or a number if there is one.
    *language*: what it is written in, which tells old encodings apart.  Raises ``NotIdeas`` where it is none of these.
    """
    first, found_in = _found(name, content, language)
    ideas = Ideas(first)
    for row, (found, fault) in enumerate(found_in):
        if row >= IDEAS_MOST:
            raise NotIdeas(_(MANY, most=IDEAS_MOST))
        said = {key: " ".join(words.split()) for key, words in found.items()}
        fault = fault or _fault_of(said)
        if fault:
            ideas.rejected.append((row, fault))
        else:
            ideas.lines.append(Line(row, said["text"], said.get("group", ""), said.get("side", ""), int(said.get("dots") or 0)))
    return ideas


def _found(name: str, content: bytes, language: str) -> tuple[int, Iterator[Found]]:
    """The number that people see beside the first row, and what stands in each."""
    try:
        if is_workbook(content):
            before, records = records_of(content, IDEAS_MOST + 2)
            first, found = _table(records)
            return before + first, found
        text = decoded(content, language)
    except (NotAWorkbook, Undecodable) as wrong:
        raise NotIdeas(str(wrong)) from wrong
    return READERS.get(Path(name).suffix.lower(), _lines)(text)


def _fault_of(said: dict[str, str]) -> str:
    text, dots, beside = said.get("text", ""), said.get("dots", ""), max(said.get("group", ""), said.get("side", ""), key=len)
    if not text:
        return _(EMPTY)
    if len(text) > IDEA_MOST:
        return _(LONG, most=IDEA_MOST, n=len(text))
    if len(beside) > NAME_MOST:
        return _(NAME, most=NAME_MOST, n=len(beside))
    return "" if not dots or dots.isdecimal() and len(dots) < 6 and int(dots) <= DOTS_MOST else _(DOTS, said=dots[:40])


def _lines(text: str) -> tuple[int, Iterator[Found]]:
    return 1, (({"text": BULLET.sub("", line)}, "") for line in (text.split("\n") if text else []))


def _json_lines(text: str) -> tuple[int, Iterator[Found]]:
    return 1, _objects(text)


def _objects(text: str) -> Iterator[Found]:
    for line in text.split("\n") if text else []:
        try:
            said = json.loads(line) if line.strip() else {"text": ""}
        except (ValueError, RecursionError):
            said = None
        found = _named({key: _cell(key, value) for key, value in said.items()}) if isinstance(said, dict) else {}
        yield (found, "") if "text" in found else ({}, _(NOT_JSON))


def _cell(key: str, value: object) -> str | None:
    """A JSON value as a cell has it; None where no cell could: words of an idea are words."""
    number = type(value) is int and key not in COLUMNS
    return str(value) if number or isinstance(value, str) else None


def _named(said: dict[str, str | None]) -> dict[str, str]:
    """What *said* has under any of the names that a column may have."""
    wanted = {"text": COLUMNS, **BESIDE}
    picked = {key: next((said[name] for name in names if said.get(name) is not None), None) for key, names in wanted.items()}
    return {key: words for key, words in picked.items() if words is not None}


def _separated(text: str) -> tuple[int, Iterator[Found]]:
    if not text:
        return 1, iter(())
    first, rest = text.partition("\n")[::2]
    if named := SAID.fullmatch(first):
        number, found = _table(_records(rest, named[1]), named[1])
        return number + 1, found
    separator = _separator(first)
    return _table(_records(text, separator), separator)


def _records(text: str, separator: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    try:
        return list(reader)
    except csv.Error as fault:
        raise NotIdeas(_(BROKEN, line=reader.line_num, why=fault)) from fault


def _separator(first: str) -> str:
    """The separator under which a column of the *first* line is known, or there are most columns.

    A single column has no separator: a comma in it is a comma.
    """
    if len(first) > csv.field_size_limit():
        return NONE
    split = {separator: _heads(next(csv.reader([first], delimiter=separator), [])) for separator in SEPARATORS}
    best = max(SEPARATORS, key=lambda separator: (len(KNOWN & set(split[separator])), len(split[separator])))
    return best if len(split[best]) > 1 else NONE


def _heads(cells: Sequence[str]) -> list[str]:
    return [" ".join(cell.split()).casefold() for cell in cells]


def _table(records: list[list[str]], separator: str = NONE) -> tuple[int, Iterator[Found]]:
    """What stands in *records*, of which the first is the header, unless there is one column that it does not name."""
    header = _heads(records[0]) if records else []
    if set(header) & set(COLUMNS):
        return 2, (_record(record, header, separator) for record in records[1:])
    if len(header) > 1:
        raise NotIdeas(_(NO_COLUMN, columns=", ".join(header)[:200]))
    return 1, (({"text": record[0] if record else ""}, "") for record in records)


def _record(record: list[str], header: list[str], separator: str) -> Found:
    """The cells of *record* by name; a separator written into the last column without quotes is part of its words."""
    over = record[len(header):]
    if any(over):
        if header[-1] not in COLUMNS or separator == NONE:
            return {}, _(CELLS, n=len(record), most=len(header))
        record = [*record[:len(header) - 1], separator.join(record[len(header) - 1:])]
    return _named(dict(zip(header, record))) or {"text": ""}, ""


READERS = {".csv": _separated, ".tsv": _separated, ".jsonl": _json_lines, ".ndjson": _json_lines}
