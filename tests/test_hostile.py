"""A workshop in which every word is an attack: each format has it literally, runs nothing of it, and stays what it is."""
import csv
import html
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pypdf
import pytest
from openpyxl.utils.escape import unescape
from outloud import check

from tests import word
from tests.reading import members, tables
from tests.test_documents import MARK, PLAN, Play
from tests.test_pdf import EXPLAINED
from workshop.charter import files, pdf
from workshop.charter.data.csv import FORMULA
from workshop.charter.text import clean
from workshop.events.brainstorm import NoteParked
from workshop.events.charter import CharterAdopted, NextDateSet, SectionWritten, StandTaken, WordSaid
from workshop.events.discuss import ActionSet, PointAdded
from workshop.events.people import NamePrinted, PersonJoined
from workshop.events.stages import NoteWritten, WorkshopEnded
from workshop.events.themes import ThemeRenamed, ThemeWorded
from workshop.state import Action, Adoption, Workshop

FORMULAS = ('=HYPERLINK("http://x","y")', "+1+1", "-2+3", "@SUM(A1:A9)", "\t=cmd|' /C calc'!A0", "\uff1d1+1", "\n=1+1", "\u200b=1+1", '"=1+1"', "_x003D_1+1")
MARKUP = ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&lt;b&gt; &amp;amp;", "]]> <w:p/>", "{{ 7*7 }} {% raw %}", "%(n)d %s %n", "[x](javascript:1) `c` |a|b|", "# h\n- x\n1. y",
          '#read("/etc/passwd") #set page(width: 1cm)', "$x^2$ *b* _i_ @ref <label> // c /* d */", "\\u{1F600} \\", '{ TOC } { HYPERLINK "http://x" }', "'; drop table ideas; --", "${jndi:ldap://x}")
UNSEEN = ("NUL \x00 and bell \x07", "turn \u202egnp.exe\u202c back", "\u2066isolated\u2069", "lone \ud800 half", "\ufeffmark", "private \ue000 use", "line\u2028break")
EMOJI = ("👩\u200d🌾 👨\u200d👩\u200d👧\u200d👦 👍🏽 🏳️\u200d🌈 🇧🇷", "✓ ☎ №")
SCRIPTS = ("Наступний автобус", "الخدمات قريبة من الناس", "שירותים קרובים לאנשים", "सेवाएँ लोगों के पास", "บริการใกล้บ้านของทุกคน", "公共服务应该离人更近", "行政サービスを身近に", "더 가까운 서비스",
           "Οι υπηρεσίες κοντά μας", "சேவைகள் அருகில்", "می\u200cخواهم", "Tiếng Việt có dấu, ĉiuj ĝardenoj, Țara")
LONG = ("W" * 10_000, "لا" * 300)
ATTACKS = (*FORMULAS, *MARKUP, *UNSEEN, *EMOJI, *SCRIPTS, *LONG)


def everywhere() -> Workshop:
    """A workshop with an attack in every field that somebody can fill, as a journal could hold it."""
    attacks = iter(ATTACKS * 3)

    def some(n: int) -> tuple[str, ...]:
        return tuple(next(attacks) for _n in range(n))
    title, question, community, domain, *sides = some(6)
    stages = tuple(replace(stage, title=name) for stage, name in zip(PLAN.stages, some(len(PLAN.stages)), strict=True))
    play = Play(replace(PLAN, title=title, question=question, community=community, domain=domain, constituencies=tuple(sides), stages=stages))
    play.writes(ATTACKS).does(*(PersonJoined(f"p{n}", n + 1, name, sides[n % 2]) for n, name in enumerate(some(12))), *(NamePrinted(f"p{n}") for n in range(6))).sorts()
    for n, (name, wording) in enumerate(zip(some(4), some(4), strict=True)):
        play.does(ThemeRenamed("themes", n, name), ThemeWorded("themes", n, wording))
    play.votes().counts().opens("discuss")
    play.does(*(PointAdded("discuss", f"k{n}", f"theme:{n % 3}", ("power", "others", "later", "obstacle", "how")[n % 5], text, "p1") for n, text in enumerate(some(10))))
    play.does(*(ActionSet(Action(f"a{n}", "discuss", f"theme:{n % 3}", *some(5))) for n in range(4)), *(NoteParked(f"n{n}", "p1", text, "discuss") for n, text in enumerate(some(4))))
    objection, = some(1)
    play.opens("charter").does(*(SectionWritten(section, text, 1) for section, text in zip(("purpose", "scope-in", "scope-out", "roles", "ways"), some(5), strict=True)),
                               StandTaken("p1", "object", objection), CharterAdopted(Adoption(play.at, 0, 0, (objection,), 11)), NextDateSet(*some(1)))
    return play.opens("close").does(*(WordSaid(f"p{n}", text) for n, text in enumerate(some(5))), NoteWritten(*some(1)), WorkshopEnded()).w


@pytest.fixture(scope="module")
def w():
    return everywhere()


def made(w: Workshop, name: str, ext: str) -> bytes:
    return files.make(w, name, ext, asker="organiser", mark=MARK)[0]


def bare(words: str) -> str:
    """*words* without white space, which formats fold and break at will."""
    return "".join(words.split())


def test_every_attack_stands_literally_among_the_ideas_of_every_data_file(w):
    assert [idea["text"] for idea in json.loads(made(w, "workshop", "json"))["ideas"]] == [words.replace("\ud800", "?") for words in ATTACKS]
    assert [row["idea"] for row in tables(made(w, "workshop", "db"))["ideas"]] == [words.replace("\ud800", "?") for words in ATTACKS]
    kept = [clean(words) for words in ATTACKS]
    book = openpyxl.load_workbook(io.BytesIO(made(w, "workshop", "xlsx")))
    assert [unescape(row[1].value) for row in book["ideas"].iter_rows(min_row=2)] == kept
    for contents in (made(w, "ideas", "csv"), members(made(w, "workshop", "zip"))["ideas.csv"]):
        rows = list(csv.DictReader(io.StringIO(contents.decode("utf-8-sig"), newline="")))
        assert [row["idea"] for row in rows] == ["'" * words.lstrip().startswith(FORMULA) + words for words in kept]


def test_no_cell_anywhere_is_a_formula_or_a_link(w):
    book = openpyxl.load_workbook(io.BytesIO(made(w, "workshop", "xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink] and not book.defined_names
    parts = word.parts(made(w, "workshop", "xlsx"))
    assert not [name for name, xml in parts.items() if b"<f>" in xml or b"<f " in xml or b"<hyperlink" in xml or b"TargetMode" in xml or "externalLink" in name]
    for name, contents in members(made(w, "workshop", "zip")).items():
        if name.endswith(".csv"):
            rows = csv.reader(io.StringIO(contents.decode("utf-8-sig"), newline=""))
            assert not [cell for row in rows for cell in row if cell.lstrip().startswith(FORMULA) and not re.fullmatch(r"-?\d+(\.\d+)?", cell)], name


def test_every_attack_stands_literally_in_every_document(w):
    for name in ("charter", "report"):
        page = re.sub(r"<style>.*?</style>|<svg.*?</svg>", "", made(w, name, "html").decode(), flags=re.S)
        said = {"html": html.unescape(re.sub("<[^>]*>", "", page)), "docx": word.words(made(w, name, "docx")),
                "md": made(w, name, "md").decode().replace("&amp;", "&")}
        for ext, text in said.items():
            text = bare(text.replace("\\", "") if ext == "md" else text)
            missing = [words[:40] for words in ATTACKS if bare(clean(words).replace("\\", "") if ext == "md" else clean(words)) not in text]
            assert not missing, f"{name}.{ext} has not {missing}"


def test_a_page_runs_and_loads_nothing(w):
    for name in ("charter", "report"):
        page = made(w, name, "html").decode()
        assert not re.search(r"<(script|img|iframe|object|embed|link|base|form)\b|\son\w+=|javascript:\S*[\"']", re.sub(r">[^<]*<", "><", page), flags=re.I)
        assert not any(hidden in page for hidden in "\x00\x07\u202e\u2066\ufeff")


@pytest.mark.parametrize("name", ["charter", "report"])
def test_the_pdf_keeps_its_standards_and_says_what_can_be_set(w, name, monkeypatch, tmp_path):
    tried, compiled = [], pdf._compiled
    monkeypatch.setattr(pdf, "_compiled", lambda *given: tried.append(given[-1]) or compiled(*given))
    contents = made(w, name, "pdf")
    assert tried == [pdf.STANDARDS], "it had to be written without them"
    (tmp_path / "made.pdf").write_bytes(contents)
    found = check(tmp_path / "made.pdf")
    # PAG-001: words of many pages bring the heads of several tables to the same place; they are heads all the same.
    assert found.errors == 0 and not [finding for finding in found.findings if finding.rule not in {*EXPLAINED, "PAG-001"}]
    text = bare(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(contents)).pages).replace("\u200b", ""))
    for words in (*FORMULAS[:4], *MARKUP, "W" * 10_000, "turn gnp.exe back", *SCRIPTS[:1], *SCRIPTS[8:9], *SCRIPTS[-1:]):
        assert bare(words) in text, words[:40]


def test_the_export_opens_again_word_for_word(w, tmp_path):
    from tests.test_reopen import opens_again
    opens_again(w, tmp_path / "again")


def test_every_file_is_named_by_the_code_alone(w):
    for name, kinds in files.FILES.items():
        for kind in set(kinds) - {"pdf"}:
            assert re.fullmatch(r"ktm482-[a-z]+(-v?\d+)?(-\d{4}-\d\d-\d\d)?.*\." + kind, files.make(w, name, kind, asker="organiser", mark=MARK)[2])
            assert Path(files.make(w, name, kind, asker="organiser", mark=MARK)[2]).name
