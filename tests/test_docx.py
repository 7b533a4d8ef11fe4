"""The Word files: an organiser opens them, finds their way by headings, goes on editing, and nothing in them does anything."""
import io
import os
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm
from openxml_audit import FileFormat, OpenXmlValidator

from tests import word
from tests.test_documents import (HOSTILE, IDEAS, MARK, PLAN, THEMES, Play, counted, done, numbers, said,  # noqa: F401
                                  text_of, whole)
from tests.word import W
from workshop.charter import docx as writer
from workshop.charter import files
from workshop.charter.blocks import Bar, Bars, Block, Bullets, Cell, Facts, Heading, Ideas, Line, Place, Places, Table, Words
from workshop.charter.document import Document, Part, Section
from workshop.charter.docx.body import Body
from workshop.charter.docx.pictures import rendered
from workshop.charter.docx.tables import column_widths
from workshop.charter.brand import Brand, dressed
from workshop.charter.docx.words import LEFT_MARK, Writer, is_right_to_left, pieces
from workshop.charter.drawings import bar
from workshop.charter.text import clean

NAMES = ("charter", "report")
SCRIPTS = ("الخدمات قريبة من الناس", "שירותים קרובים לאנשים", "लोगों के पास सेवाएँ", "บริการใกล้ประชาชน", "服务就在身边", "人のそばに", "사람들 가까이",
           "услуги рядом с людьми", "υπηρεσίες κοντά", "dịch vụ gần dân")
OURS = re.compile(r"PAGE|NUMPAGES|SEQ (Table|Figure) \\\* ARABIC|TOC \\o \"2-2\" \\n \\h \\z \\u")


def made(w, name: str, asker: str = "facilitator") -> bytes:
    return files.make(w, name, "docx", asker=asker, mark=MARK)[0]


def opened(contents: bytes):
    return docx.Document(io.BytesIO(contents))


def written(*blocks, language: str = "en", kind: str = "report", **more) -> bytes:
    parts = (Part("In full", (Section("A section", blocks, "1"),)),)
    way = "rtl" if language in ("ar", "fa", "he") else "ltr"
    return writer.write(Document(kind, language, "Report", "Title", "Lead?", "Line.", "Foot", "", 1_795_341_600_000, way, parts=parts, **more))


def runs(contents: bytes) -> dict[str, set[str]]:
    """Of every run its words, and what its properties are called, with languages and faces."""
    found: dict[str, set[str]] = {}
    for run in ElementTree.fromstring(word.parts(contents)["word/document.xml"]).iter(f"{W}r"):
        text = "".join(t.text or "" for t in run.iter(f"{W}t"))
        props = [p for holder in run.findall(f"{W}rPr") for p in holder]
        found.setdefault(text.strip(), set()).update(*({p.tag.removeprefix(W), *p.attrib.values()} for p in props))
    return found


# What an organiser finds ---------------------------------------------------------------------------------------------

@pytest.mark.parametrize("name", NAMES)
def test_headings_are_words_own_and_no_level_is_skipped(done, name):
    document = files.DOCUMENTS[name](done, "facilitator", MARK)
    there = [p for p in opened(made(done, name)).paragraphs if re.fullmatch(r"Title|Heading \d", p.style.name)]
    levels = [0 if p.style.name == "Title" else int(p.style.name[-1]) for p in there]
    assert levels[0] == 0 and levels.count(0) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    titles = [part.title for part in document.parts] + [s.title for part in document.parts for s in part.sections]
    assert [title for title in titles if title not in [p.text for p in there]] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_head_of_every_table_comes_again_on_every_page(done, name):
    tables = opened(made(done, name)).tables
    assert tables
    for table in tables:
        first, *rest = table.rows
        assert first._tr.trPr.find(f"{W}tblHeader") is not None
        assert all(row._tr.trPr.find(f"{W}tblHeader") is None for row in rest)
        assert len({len(row.cells) for row in table.rows}) == 1
        assert sum(cell.width for cell in first.cells) <= Mm(172.5)


def test_lists_captions_and_numbers_of_sections_are_counted_by_word(done):
    report = opened(made(done, "report"))
    styles = {p.style.name for p in report.paragraphs} | {p.style.name for t in report.tables for c in t._cells for p in c.paragraphs}
    assert styles >= {"Title", "Heading 1", "Heading 2", "Heading 3", "List Bullet", "Idea", "Caption", "toc 2", "Note"}
    captions = [p.text for p in report.paragraphs if p.style.name == "Caption"]
    assert captions and all(re.match(rf"Table {n}\. .", text) for n, text in enumerate(captions, 1))
    lists = {p.style.name: p.style.element.pPr.numPr.numId.val for p in report.paragraphs if p.style.name in ("List Bullet", "Idea")}
    known = {num.numId for num in report.part.numbering_part.element.num_lst}
    numbered = [p._p.pPr.numPr.numId.val for p in report.paragraphs if p.style.name == "Heading 2" and p._p.pPr.numPr is not None]
    assert len(set(lists.values())) == 2 and {*lists.values(), *numbered} <= known
    document = files.DOCUMENTS["report"](done, "facilitator", MARK)
    assert [s.number for part in document.parts for s in part.sections if s.number] == [str(n) for n in range(1, len(numbered) + 1)]


def test_properties_say_what_it_is_and_not_who_made_it(done):
    for name in NAMES:
        contents = made(done, name)
        document = opened(contents)
        said_of, page = document.core_properties, document.sections[0]
        assert "Services within reach" in said_of.title and said_of.language == "en" and said_of.subject
        assert (said_of.author, said_of.last_modified_by, said_of.comments, said_of.keywords) == ("", "", "", "")
        assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
        assert b"python-docx" not in b"".join(word.parts(contents).values())
        assert "Secret Name" not in "".join(part.decode(errors="replace") for part in word.parts(contents).values())


def test_every_page_has_its_number_and_the_first_its_binding(done):
    page = opened(made(done, "charter")).sections[0]
    assert page.different_first_page_header_footer
    for footer in (page.footer, page.first_page_footer):
        assert "Services within reach" in footer.paragraphs[0].text
        assert [e.text.strip() for e in footer._element.iter(f"{W}instrText")] == ["PAGE", "NUMPAGES"]
    assert all(list(header._element.iter(f"{W}drawing")) for header in (page.header, page.first_page_header))


@pytest.mark.parametrize("name", NAMES)
def test_every_picture_is_a_vector_kept_once_and_says_what_it_shows_or_that_it_need_not(done, name):
    contents = made(done, name)
    there = word.parts(contents)
    drawn = [e for part, xml in there.items() if part.endswith(".xml") for e in ElementTree.fromstring(xml).iter() if e.tag.endswith("}docPr")]
    assert len({e.get("id") for e in drawn}) == len(drawn) > 5
    for picture in drawn:
        assert picture.get("descr") or any(e.tag.endswith("}decorative") and e.get("val") == "1" for e in picture.iter())
    vectors = [xml for part, xml in there.items() if part.endswith(".svg")]
    assert len(vectors) == len({*vectors}) == sum(part.endswith(".png") for part in there)
    assert all(b"currentColor" not in xml and ElementTree.fromstring(xml).get("viewBox") for xml in vectors)
    assert sum(xml.count(b"svgBlip") for xml in there.values()) == len(drawn)


def test_an_organisations_colour_and_logo_are_worn_and_a_damaged_logo_stops_nothing(done):
    document = files.DOCUMENTS["charter"](done, "facilitator", MARK)
    logo = rendered([('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"><path d="M0 0h4v2z"/></svg>', 4, 2)])[0]
    for brand in (Brand("#1d4f91", logo), Brand("#ffdc00", logo[:40])):
        there = word.parts(writer.write(dressed(document, brand)))
        pixels = sum(part.endswith(".png") for part in there) - sum(part.endswith(".svg") for part in there)
        drawn = b"".join(data for part, data in there.items() if part.endswith(".svg"))
        assert pixels == 1 and brand.colour.encode() in drawn and b"data:image" not in drawn


# The same as the others ----------------------------------------------------------------------------------------------

@pytest.mark.parametrize("name", NAMES)
def test_a_word_file_says_what_the_pdf_says(done, name):
    text = word.words(made(done, name))
    printed = numbers(said(done, name, "pdf"))
    assert printed <= numbers(text) | {str(n) for n in range(1, 20)}, "sections are counted by Word"
    assert numbers(text) <= printed | {str(n) for n in range(1, 20)}, "tables are counted by Word"
    assert [idea for idea in IDEAS if idea not in text] == []
    for theme in list(THEMES.values())[:3]:
        assert re.search(rf"{theme}.{{0,200}}?\b{counted(done)[theme]}\b", text)
    for words in ("One benefits day", "A list of who helps", "Call on Monday", "How we will know: Two hundred people come in a day", "Who pays for interpreters?", "Offices go out", MARK):
        assert words in text


def test_decisions_come_first_in_a_report(done):
    text = word.words(made(done, "report"))
    first = text[:text.index("In full")]
    for words in ("What can we do together?", *THEMES.values(), "One benefits day", "R. Pop", "3 December", "1 agrees, 1 can live with it, 1 objects"):
        assert words in first


def test_the_same_workshop_gives_the_same_file_to_the_byte(done):
    assert made(done, "report") == made(done, "report")


def test_a_draft_says_so():
    w = Play().writes().sorts().w
    assert "Draft" in word.words(made(w, "charter")) and "draft" in files.file_name(w, "charter", "docx")


def test_a_workshop_of_which_nothing_is_known_has_word_files():
    bare = replace(PLAN, constituencies=(), community="", domain="", stages=PLAN.stages[:1])
    for w, name in ((Play().w, "charter"), (Play(bare).w, "report"), (Play(bare).w, "charter")):
        assert opened(made(w, name, "participant")).paragraphs


# Whatever a phone can send --------------------------------------------------------------------------------------------

@pytest.fixture(scope="module")
def hostile() -> dict[str, bytes]:
    """Both files of a workshop of hostile people, with a title to match."""
    long = (*HOSTILE, *SCRIPTS, "x" * 10_000, "]]> <w:p/> &lt;", 'HYPERLINK "http://x" \\* MERGEFORMAT', "{ TOC }", "\ufffe\uffff", "a\u2028b\u0085c")
    plan = replace(PLAN, community='<i>"Title"</i> ' + "Longword" * 20, domain="=1+1 \x00 🎉", title="{{ 7*7 }}")
    w = Play(plan).writes(long).sorts().votes().counts().talks().agrees().w
    return {name: made(w, name) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_hostile_words_come_out_as_they_were_written(hostile, name):
    text = word.words(hostile[name]).replace(" ", "")
    for words in (*HOSTILE, *SCRIPTS, "x" * 10_000, "]]> <w:p/> &lt;", 'HYPERLINK "http://x" \\* MERGEFORMAT', "{ TOC }"):
        assert "".join(clean(words).split()) in "".join(text.split()), words[:40]


@pytest.mark.parametrize("name", NAMES)
def test_hostile_words_become_no_field_no_link_and_no_part(hostile, name):
    there = word.parts(hostile[name])
    xml = {part: ElementTree.fromstring(data) for part, data in there.items() if part.endswith((".xml", ".rels", ".svg"))}
    fields = [e.text.strip() for tree in xml.values() for e in tree.iter(f"{W}instrText")]
    assert fields and all(OURS.fullmatch(field) for field in fields)
    assert not any(list(tree.iter(f"{W}fldSimple")) for tree in xml.values())
    links = [link for tree in xml.values() for link in tree.iter(f"{W}hyperlink")]
    assert all(re.fullmatch(r"_Toc\d{6}", link.get(f"{W}anchor")) and len(link.attrib) == 2 for link in links)
    assert not any(e.get("TargetMode") for part, tree in xml.items() if part.endswith(".rels") for e in tree)
    assert not [part for part in there if re.search(r"vba|activeX|embed|custom", part)]


def test_what_xml_cannot_hold_never_reaches_it():
    bad = "a\x00b\x08\ud800\ufffe\uffff c"
    contents = written(Words(bad), Bullets((bad,)), Heading(bad, None, bad), Table(bad, (bad,), ((bad,),)), Ideas((Line(bad, bad),)),
                       facts=((bad, bad),), kind="charter")
    assert word.words(contents).count("ab c") == 11
    assert opened(contents).core_properties.title == "Foot"


def faults(contents: bytes, folder) -> list[str]:
    """What keeps a file from the schema that Word reads by, and from its own parts; a checker's word, not ours."""
    path = folder / "file.docx"
    path.write_bytes(contents)
    return [str(fault) for fault in OpenXmlValidator(FileFormat.MICROSOFT_365, security_validation=True).validate(str(path)).errors]


@pytest.mark.parametrize("name", NAMES)
def test_word_opens_a_file_without_a_repair(done, hostile, name, tmp_path):
    assert faults(made(done, name), tmp_path) == faults(hostile[name], tmp_path) == faults(made(Play().w, name), tmp_path) == []
    document = replace(files.DOCUMENTS[name](done, "facilitator", MARK), language="ar", direction="rtl")
    assert faults(writer.write(document), tmp_path) == []


def test_the_checker_sees_what_word_would_have_to_repair(done, tmp_path):
    whole_file, broken = made(done, "charter"), io.BytesIO()
    with zipfile.ZipFile(broken, "w") as packed:
        for part, data in word.parts(whole_file).items():
            packed.writestr(part, data.replace(b"<w:tblGrid>", b"<w:grid>").replace(b"</w:tblGrid>", b"</w:grid>"))
    assert faults(broken.getvalue(), tmp_path)


# Languages ------------------------------------------------------------------------------------------------------------

def test_each_script_has_its_language_its_direction_and_its_face():
    found = runs(written(*(Words(text) for text in SCRIPTS), Words("See הקו and the line"), language="en"))
    for text, wanted in zip(SCRIPTS, ({"rtl", "ar-SA", "Arial"}, {"rtl", "he-IL"}, {"cs", "hi-IN", "Nirmala UI"}, {"cs", "th-TH"},
                                      {"zh-CN", "eastAsia", "Microsoft YaHei"}, set(), {"ko-KR", "Malgun Gothic"}, set(), set(), set()), strict=True):
        assert found.get(text, set()) >= wanted, text
        assert wanted or "rtl" not in found.get(text, ())
    assert "ja-JP" in found["人"] & found["のそばに"], "Han beside kana is Japanese"
    assert found["See"] == found["and the line"] == set() and {"rtl", "he-IL"} <= found["הקו"]


def test_a_paragraph_from_the_right_stands_on_the_right_in_any_document():
    paragraphs = opened(written(Words("الخدمات"), Words("(12) services"), Words("12"), language="en")).paragraphs
    turned = {p.text: p._p.pPr is not None and p._p.pPr.find(f"{W}bidi") is not None for p in paragraphs}
    assert turned["الخدمات"] and not turned["(12) services"] and not turned["12"]


def test_a_document_in_arabic_is_turned_around_whole(done):
    contents = written(Table("الجدول", ("العدد",), ((12,),)), Words("12"), language="ar")
    document, styles = opened(contents), word.parts(contents)["word/styles.xml"].decode()
    assert document.sections[0]._sectPr.find(f"{W}bidi") is not None and 'w:bidi="ar"' in styles
    assert all(t._tbl.tblPr.find(f"{W}bidiVisual") is not None for t in document.tables)
    assert {p.text: p._p.pPr.find(f"{W}bidi") is not None for p in document.paragraphs if p.text}["12"]
    english = opened(written(Table("Table", ("Number",), ((12,),)), language="en"))
    assert english.sections[0]._sectPr.find(f"{W}bidi") is None


def test_words_of_another_script_begin_where_the_others_do_in_a_document_from_the_right():
    """As in the PDF and on the page: all at the right edge; bullets and numbers of headings too, unless the words mix both scripts."""
    made = opened(written(Heading("Doors"), Words("One door for all."), Bullets(("On Saturdays",)), Words("Groups in “الأفكار”, as formed"), language="ar"))
    found = {p.text.strip(LEFT_MARK): (p._p.pPr.find(f"{W}bidi") is not None, p.alignment) for p in made.paragraphs}
    assert {found[words] for words in ("In full", "A section", "Doors", "One door for all.", "On Saturdays")} == {(True, None)}
    mixed = next(at for words, at in found.items() if words.startswith("Groups in"))
    assert mixed == (False, WD_ALIGN_PARAGRAPH.RIGHT)


def test_a_time_from_and_to_is_read_the_same_in_every_file():
    made = opened(written(Facts((("Time", "10:20–10:58"),)), language="ar"))
    assert f"{LEFT_MARK}10:20–10:58{LEFT_MARK}" in next(p.text for p in made.paragraphs if "10:20" in p.text)


def test_signs_go_with_the_letters_around_them_and_marks_with_their_letter():
    assert list(pieces("מה? (שם) ok!", False)) == [("HEBREW", "מה? (שם"), ("", ") ok!")]
    assert list(pieces("ok שם!", True)) == [("", "ok"), ("HEBREW", " שם!")]
    assert "".join(piece for _script, piece in pieces("می\u200cخواهم ۱۲ km", True)) == "می\u200cخواهم ۱۲ km"
    assert list(pieces("กำ้", False)) == [("THAI", "กำ้")]
    assert is_right_to_left("12 שם", False) and not is_right_to_left("12 ok", True) and is_right_to_left("12", True)
    assert "ar-SA" not in Writer("fa", True).run("خدمات") and '"fa"' in Writer("fa", True).run("خدمات")


# Tables, size ---------------------------------------------------------------------------------------------------------

def test_columns_fill_the_page_and_words_get_what_numbers_leave():
    assert column_widths((160, 24, 16), (1, 0, 0), 172) == [132, 24, 16]
    assert column_widths((160, 90, 16), (1, 0.5, 0), 172) == [104, 52, 16]
    crowded = column_widths([20] * 20, [1] + [0] * 19, 172)
    assert round(sum(crowded), 6) == 172 and min(crowded) > 6 and crowded[0] == 43
    assert column_widths((20, 60), (0, 0), 100) == [20, 80]


@pytest.mark.parametrize("name", NAMES)
def test_every_column_has_a_head(done, name):
    heads = [[cell.text for cell in table.rows[0].cells] for table in opened(made(done, name)).tables]
    assert heads and all(all(words.strip() for words in head) for head in heads)


def test_a_bar_ends_with_its_number():
    table = opened(written(Bars((Bar("Doors", 12, 12), Bar("Roads", 3, 12)), "Theme", "dots"))).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["Theme", "dots"], ["Doors", "\t12"], ["Roads", "\t3"]]


def test_columns_from_the_right_keep_apart_whichever_side_a_program_calls_left():
    """Of a table turned around LibreOffice takes the right of a cell for its right, others for its end."""
    for language, room in (("ar", {"left": "85", "right": "85"}), ("en", {"left": "0", "right": "170"})):
        contents = written(Table("", ("One", "Two"), (("A", "B"),)), language=language)
        style = next(s for s in ElementTree.fromstring(word.parts(contents)["word/styles.xml"]).iter(f"{W}style") if s.get(f"{W}styleId") == "Workshop")
        margins = {m.tag.removeprefix(W): m.get(f"{W}w") for m in style.find(f"{W}tblPr/{W}tblCellMar")}
        assert {side: margins[side] for side in room} == room
        assert bool(list(opened(contents).tables[0]._tbl.iter(f"{W}tcMar"))) == (language == "en")
    priorities = opened(written(Places((Place("1", "Doors", 999),)), language="ar")).tables[0]
    sides = [side.tag.removeprefix(W) for side in priorities.rows[1].cells[-1]._tc.tcPr.find(f"{W}tcMar")]
    assert sides == ["left", "right"], "a number of three digits takes all the room that its column has"


def test_facts_stay_on_one_page_and_no_row_of_a_table_stands_alone():
    made = opened(written(Facts((("One", "1"), ("Two", "2"), ("Three", "3"))), Table("", ("What",), (("A",), ("B",), ("C",), ("D",)))))
    assert [p.paragraph_format.keep_with_next for p in made.paragraphs if p.style.name == "Fact"] == [True, True, None]
    assert [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in made.tables[0].rows[1:]] == [True, None, True, None]


def test_a_wide_drawing_fits_its_column_and_has_its_words_below():
    drawn = Cell("12 of 40", bar(12, 40, 90))
    contents = written(Table("", ("What", "One", "Two"), (("A name", drawn, drawn),)))
    widths = [cell.width for cell in opened(contents).tables[0].rows[1].cells]
    extents = [int(e.get("cx")) for e in ElementTree.fromstring(word.parts(contents)["word/document.xml"]).iter() if e.tag.endswith("}extent")]
    assert len(extents) == 2 and all(wide < room for wide, room in zip(extents, widths[1:], strict=True))


@pytest.mark.parametrize("many, share", [(1, 1), (8, 0.8), (60, 0.67)])
def test_a_first_page_that_would_not_fit_is_set_smaller_down_to_two_thirds(done, many, share):
    document = files.DOCUMENTS["report"](done, "facilitator", MARK)
    place = next(b for b in document.front if b.type == "places").entries[0]
    contents = writer.write(replace(document, front=(Places((place,) * many),)))
    names = {p.style.name for t in opened(contents).tables[:1] for c in t._cells for p in c.paragraphs}
    assert (names >= {"Priority, first page"}) == (share < 1) and (names >= {"Priority"}) == (share == 1)
    size = opened(contents).styles["Priority" if share == 1 else "Priority, first page"].font.size.pt
    assert 14 * share * 0.9 <= size <= 14 * share * 1.1


def test_a_report_of_thirty_themes_and_500_ideas_stays_small():
    ideas = Ideas(tuple(Line(f"Idea number {n} about the bus to the hills, and who pays for it", "table 3, starred") for n in range(17)))
    theme = next(b for b in files.DOCUMENTS["report"](whole(), "facilitator", MARK).front if getattr(b, "entries", None)).entries[0]
    blocks = [block for n in range(30) for block in (Heading(f"Theme {n}", replace(theme.mark, letter=chr(65 + n % 26)), "17 ideas"), ideas)]
    assert len(written(*blocks)) < 400_000


def test_every_kind_of_block_can_be_written():
    assert [kind.__name__ for kind in Block.__subclasses__() if not hasattr(Body, kind.__name__.lower())] == []


# In another program ---------------------------------------------------------------------------------------------------

@pytest.fixture(scope="module")
def converted(done, hostile, tmp_path_factory) -> dict[str, str]:
    """What LibreOffice prints of each file: all in one start of it, which takes most of the time."""
    office, folder = shutil.which("soffice"), tmp_path_factory.mktemp("office")
    if not office:
        (pytest.fail if os.environ.get("REQUIRE_OFFICE") else pytest.skip)("There is no LibreOffice here.")
    for name in NAMES:
        (folder / f"{name}-done.docx").write_bytes(made(done, name))
        (folder / f"{name}-hostile.docx").write_bytes(hostile[name])
    command = [office, "--headless", f"-env:UserInstallation=file://{folder}/office", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, sorted(folder.glob("*.docx")))], check=True, capture_output=True, timeout=240)
    return {path.stem: "".join(text_of(path.read_bytes()).split()) for path in folder.glob("*.pdf")}


@pytest.mark.parametrize("name", NAMES)
def test_libreoffice_opens_a_file_and_loses_no_word(converted, name):
    """It would say no to a file that it had to repair."""
    for whose, wanted in (("done", [*IDEAS, *THEMES.values(), "One benefits day", MARK]), ("hostile", [*HOSTILE[2:6], "W" * 200, "]]> <w:p/> &lt;"])):
        assert [words for words in wanted if "".join(words.split()) not in converted[f"{name}-{whose}"]] == []


def test_a_theme_s_name_and_words_stay_on_the_page_of_its_first_idea():
    made = opened(written(Heading("Doors"), Words("One door for all", "lead"), Words("From both sides.", "note"), Ideas((Line("Open on Saturdays"),)), Words("The end.")))
    kept = {p.text: p.paragraph_format.keep_with_next for p in made.paragraphs}
    assert kept["One door for all"] and kept["From both sides."] and not kept["The end."]
