"""The tables of a workshop: the same in a workbook, a ZIP and a database, typed, explained, and with nothing to run."""
import csv
import io
import re
import zipfile
from contextlib import closing
from datetime import datetime

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from tests.reading import database, members, sheets, tables
from tests.test_documents import HOSTILE, MARK, PLAN, Play, whole
from workshop.charter import data, files
from workshop.charter.text import clean
from workshop.events.people import NamePrinted
from workshop.journal import Journal, NotAJournal

SCRIPTS = ("Наступний автобус", "الخدمات قريبة من الناس", "שירותים קרובים", "सेवाएँ पास में हों", "บริการใกล้บ้านของทุกคน", "公共服务应该离人更近", "行政サービスを身近に", "더 가까운 서비스",
           "Οι υπηρεσίες κοντά", "சேவைகள் அருகில்")
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=cmd|' /C calc'!A0", "\uff1d1+1", "{=1+1}", "http://example.org", "_x003D_1+1", "=HYPERLINK(\"http://x\",\"y\")")


def made(w, ext: str, asker: str = "organiser") -> bytes:
    return files.make(w, "workshop", ext, asker=asker, mark=MARK)[0]


def in_csv(contents: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(contents.decode("utf-8-sig"), newline="")))


def spelled(cell, head: str) -> str:
    """A cell of a workbook as CSV spells it."""
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%dT%H:%MZ" if head.startswith("written") else "%Y-%m-%dT%H:%M:%SZ")
    return "" if cell is None else f"{cell:g}" if isinstance(cell, float) else str(cell)


@pytest.fixture(scope="module")
def done():
    return Play().writes().sorts().votes().counts().talks().agrees().does(NamePrinted("p3"), NamePrinted("p1")).closes().w


def test_the_first_sheet_says_what_this_is_and_what_every_column_means(done):
    book = sheets(made(done, "xlsx"))
    assert list(book)[:8] == ["about", "ideas", "themes", "votes", "priorities", "actions", "participants", "timeline"]
    facts = {row[0]: row[1] for row in book["about"]}
    assert facts["Journal's hash, SHA-256"] == MARK and facts["Status"] == "final" and facts["Participants"] == 12
    assert {row[0]: row[1] for row in sheets(made(Play().writes().w, "xlsx"))["about"]}["Status"] == "draft"
    explained = {(row[0], row[1]) for row in book["about"]}
    assert all((name, column) in explained for name, rows in book.items() for column in rows[0][:2])


def test_a_workbook_can_be_sorted_filtered_and_read(done):
    book = openpyxl.load_workbook(io.BytesIO(made(done, "xlsx")))
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == sheet.dimensions
        for column in sheet.columns:
            widest = max(len(str(cell.value or "")) for cell in column)
            assert sheet.column_dimensions[column[0].column_letter].width >= min(widest, 60)
    ideas = book["ideas"]
    assert isinstance(ideas["K2"].value, datetime) and ideas["K2"].number_format == "yyyy-mm-dd hh:mm"
    assert ideas["A2"].value == 1 and book["votes"]["F2"].value == 15 and book["votes"]["G4"].value == "5 to 6"
    assert (book.properties.title, book.properties.subject) == ("Inception workshop", "What can we do together?")
    assert book.custom_doc_props["Language"].value == "en"


def test_every_format_holds_the_same_tables(done):
    archive, book, db = members(made(done, "zip")), sheets(made(done, "xlsx")), tables(made(done, "db"))
    assert set(archive) == {"README.md", "dictionary.csv", "about.csv", *(f"{table.name}.csv" for table in data.TABLES)}
    for table in data.TABLES:
        head, *rows = in_csv(archive[f"{table.name}.csv"])
        rows = [[cell.removeprefix("'") for cell in row] for row in rows]
        assert book[table.name][0] == tuple(head)
        assert [[spelled(cell, name) for cell, name in zip(row, head)] for row in book[table.name][1:]] == rows
        for row, there in zip(rows, db[table.name], strict=True):
            for name, cell in zip(head, row):
                if name in (key := {k.replace("_", " "): k for k in there}):
                    assert spelled(there[key[name]], name) == cell
    for name in ("ideas", "votes", "actions", "priorities"):
        assert archive[f"{name}.csv"] == files.make(done, name, "csv", asker="organiser")[0]


def test_the_readme_and_the_dictionaries_explain_every_column(done):
    archive = members(made(done, "zip"))
    readme, dictionary = archive["README.md"].decode(), {(row[0], row[1]) for row in in_csv(archive["dictionary.csv"])}
    for table in data.TABLES:
        section = readme.split(f"## {table.name}.csv")[1].split("##")[0]
        for column in in_csv(archive[f"{table.name}.csv"])[0]:
            assert f"| {column} |" in section and (table.name, column) in dictionary
    assert MARK in readme and "final" in readme
    with closing(database(made(done, "db"))) as db:
        explained = {(row["table"], row["column"]) for row in db.execute("select * from dictionary")}
        for table in (*data.TABLES, "about"):
            name = getattr(table, "name", table)
            assert {(name, row["name"]) for row in db.execute(f"pragma table_info('{name}')")} <= explained


def test_the_database_is_sound_and_its_tables_refer_to_each_other(done):
    with closing(database(made(done, "db"))) as db:
        assert [row[0] for row in db.execute("pragma integrity_check")] == ["ok"] and not db.execute("pragma foreign_key_check").fetchall()
        backed = db.execute("""select t.name, v.dots, count(i.number) as ideas from votes v join themes t on t.number = v.theme_number
            join ideas i on i.theme_number = t.number where v.priority group by v.number order by v.rank""").fetchall()
        assert [(row["name"], row["dots"]) for row in backed] == [("Go to where people are", 15), ("One door, one form", 11), ("Say it so it is understood", 6)]
        assert all(row["ideas"] == 4 for row in backed)
        assert [tuple(row) for row in db.execute("select a.action, p.priority from actions a join priorities p on p.number = a.priority_number")] == [
            ("One benefits day", "Go to where people are"), ("A list of who helps", "One door, one form")]
        assert db.execute("select people_least, people_most from votes where rank = 3").fetchone()[:] == (5, 6)


def test_words_are_found_in_the_middle_of_a_sentence_in_any_script():
    with closing(database(made(Play().writes(SCRIPTS).sorts().w, "db"))) as db:
        for words, part in zip(SCRIPTS, ("автобус", "قريبة", "קרובים", "पास", "ใกล้บ้าน", "离人更近", "サービス", "가까운", "υπηρεσίες", "அருகில்"), strict=True):
            found = db.execute("select i.idea from ideas_fts f join ideas i on i.number = f.rowid where ideas_fts match ?", (f'"{part}"',)).fetchall()
            assert [row["idea"] for row in found] == [words]
        assert db.execute("select idea from ideas where idea like '%公共%'").fetchone()["idea"] == SCRIPTS[5]


def test_the_database_holds_no_journal_and_no_id_of_a_person(done, tmp_path):
    contents = made(done, "db", "facilitator")
    with closing(database(contents)) as db:
        assert not db.execute("select 1 from sqlite_master where name = 'journal'").fetchall()
        assert not any(re.fullmatch(r"p\d+", str(cell)) for rows in tables(contents).values() for row in rows for cell in row.values())
    (tmp_path / "ktm482.db").write_bytes(contents)
    with pytest.raises(NotAJournal):
        Journal(tmp_path / "ktm482.db", "ro")


def test_only_those_who_agreed_stand_among_the_participants(done):
    assert sheets(made(done, "xlsx", "participant"))["participants"] == [("name", "side"), ("Secret Name 1", "Civil society"), ("Secret Name 3", "Civil society")]
    assert sheets(made(whole(), "xlsx"))["participants"] == [("name", "side")]


@pytest.mark.parametrize("words", FORMULAS)
def test_a_workbook_shows_a_formula_as_the_words_that_somebody_wrote(words):
    contents = made(Play().writes((words,)).sorts().w, "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(contents))
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f" or cell.hyperlink]
    assert unescape(book["ideas"]["B2"].value) == clean(words)
    with zipfile.ZipFile(io.BytesIO(contents)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert not [name for name, xml in parts.items() if "<f>" in xml or "<f " in xml or "externalLink" in name or "<hyperlink" in xml]


def test_hostile_words_stand_as_they_were_written():
    w = Play().writes(HOSTILE).sorts().w
    kept = [clean(words) for words in HOSTILE]
    assert [row[1] for row in sheets(made(w, "xlsx"))["ideas"][1:]] == kept
    assert [row[1].removeprefix("'") for row in in_csv(members(made(w, "zip"))["ideas.csv"])[1:]] == kept
    assert [row["idea"] for row in tables(made(w, "db"))["ideas"]] == [words.replace("\ud800", "?") for words in HOSTILE]


def test_what_is_too_long_for_a_cell_ends_in_a_sign_and_is_whole_elsewhere():
    words = "🎉" * 20_000
    w = Play().writes((words,)).sorts().w
    cell = sheets(made(w, "xlsx"))["ideas"][1][1]
    assert len(cell.encode("utf-16-le")) // 2 <= 32_767 and cell.endswith("🎉…")
    assert in_csv(members(made(w, "zip"))["ideas.csv"])[1][1] == words


def test_the_same_workshop_gives_the_same_bytes(done):
    for ext in ("xlsx", "zip", "db", "json"):
        assert made(done, ext) == made(done, ext)


def test_a_workshop_without_sides_or_anything_else_has_tables():
    for w in (Play().w, Play(PLAN.__class__("Bare", "", PLAN.stages[:1])).writes().w):
        assert [len(rows) for name, rows in sheets(made(w, "xlsx")).items() if name == "votes"] == [1]
        assert tables(made(w, "db"))["votes"] == []
