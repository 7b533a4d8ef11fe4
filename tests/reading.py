"""What a reader finds in a file of a workshop, whatever its format: read by other programs than those that wrote it."""
import io
import sqlite3
import zipfile
from contextlib import closing
from datetime import datetime

import openpyxl

from tests import word


def sheets(contents: bytes) -> dict[str, list[tuple]]:
    """Name of sheet -> its rows, the head first."""
    book = openpyxl.load_workbook(io.BytesIO(contents))
    return {sheet.title: [tuple(cell.value for cell in row) for row in sheet.iter_rows()] for sheet in book}


def members(contents: bytes) -> dict[str, bytes]:
    """Name -> contents of every file in a ZIP."""
    with zipfile.ZipFile(io.BytesIO(contents)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def database(contents: bytes) -> sqlite3.Connection:
    """The SQLite file, opened to be asked; rows know their columns."""
    db = sqlite3.connect(":memory:")
    db.deserialize(contents)
    db.row_factory = sqlite3.Row
    return db


def tables(contents: bytes) -> dict[str, list[dict]]:
    """Name of table -> its rows, those of the full-text index left out."""
    with closing(database(contents)) as db:
        names = [row[0] for row in db.execute("select name from sqlite_master where type = 'table' and name not like 'ideas_fts%'")]
        return {name: [dict(row) for row in db.execute(f'select * from "{name}"')] for name in names}


def words(contents: bytes, ext: str) -> str:
    """All text in a file."""
    if ext == "docx":
        return word.everything(contents)
    if ext == "xlsx":
        return "\n".join(str(cell) for rows in sheets(contents).values() for row in rows for cell in row if cell is not None and not isinstance(cell, datetime))
    if ext == "db":
        return "\n".join(str(cell) for rows in tables(contents).values() for row in rows for cell in row.values() if cell is not None)
    if ext == "zip":
        return "\n".join(member.decode() for member in members(contents).values())
    return contents.decode()
