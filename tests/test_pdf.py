"""The PDF for people who hear it, and for archives: checked by a program that is not ours, and looked into."""
import io
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outloud import check

from tests.test_documents import HOSTILE, MARK, PLAN, Play, said, whole
from workshop.charter import faces, files, pdf
from workshop.events.charter import AmendmentProposed, CharterAdopted, SectionWritten
from workshop.events.people import NamePrinted
from workshop.events.weighing import RatingsShown
from workshop.state import Figures, Spread, Weight, Workshop

DEMO = (Path(__file__).parent.parent / "workshop" / "demo_ideas.txt").read_text("utf-8").splitlines()
ARABIC = ("افتحوا مكتب التسجيل يوم السبت", "عيادة متنقلة تزور القرى مرة في الشهر (1)", "نموذج واحد بدلاً من 7 نماذج", "Un guichet unique, ouvert le samedi.")
LATIN = "".join(map(chr, range(32, 0x250))) + "“”–…•"
EXPLAINED = {
    "LNK-010": "an address that somebody wrote stays words: nobody is led to where a stranger wants them",
    "TXT-004": "a joined script draws one letter in several forms: each is a glyph of its own and all of them mean that letter"}


def weighed(w: Workshop) -> Workshop:
    """*w* with effort and impact of its first priority shown."""
    key = "discuss", w.votes["vote"].result.priorities[0]
    w = replace(w, weights={key: Weight()})
    return RatingsShown(*key, Figures(9, Spread(1, 2, 3), Spread(4, 4, 5))).apply(w)


def typical() -> Workshop:
    play = Play(replace(PLAN, people=64)).writes(DEMO[:150], people=60)
    play.does(*(NamePrinted(f"p{n}") for n in range(0, 60, 3)))
    return weighed(play.sorts().votes().counts().talks().agrees().closes().w)


def hostile() -> Workshop:
    plan = replace(PLAN, community="<i>Title</i> #set " + "Longword" * 20, domain="=1+1 \x00 🎉", title="{{ 7*7 }}")
    return Play(plan).writes(HOSTILE).sorts().votes().counts().talks().agrees().closes().w


def from_right() -> Workshop:
    plan = replace(PLAN, language="ar", community="خدمات في متناول الجميع", domain="كيف تصل الخدمات إلى الناس.", question="ماذا نفعل معاً؟", group_word="طاولة")
    return weighed(Play(plan).writes(ARABIC * 5).sorts().votes().counts().talks().agrees().closes().w)


def amended(w: Workshop, *texts: str) -> Workshop:
    """*w* with a second version of its charter, whose purpose and roles are *texts*."""
    play = Play.of(w)
    play.does(AmendmentProposed(1), *(SectionWritten(section, text, 9) for section, text in zip(("purpose", "roles"), texts)))
    return play.does(CharterAdopted(replace(w.adopted, objections=texts, sections={}))).w


WORKSHOPS = {"small": lambda: weighed(whole()), "amended": lambda: amended(whole(), "Nobody is out of reach, young or old.", "Two hosts.\n- In turn"),
             "amended from the right": lambda: amended(from_right(), *ARABIC[:2]), "amended by the hostile": lambda: amended(hostile(), "\n".join(HOSTILE)[:4000], HOSTILE[0]), "typical": typical, "hostile": hostile, "from the right": from_right,
             "empty": lambda: Play().w, "with Arabic ideas": lambda: Play().writes(ARABIC * 3).sorts().w}


@pytest.fixture(scope="module", params=[(kind, name) for kind in WORKSHOPS for name in ("charter", "report")], ids=" ".join)
def made(request, tmp_path_factory):
    """(kind of workshop, kind of document, path) of a PDF."""
    kind, name = request.param
    path = tmp_path_factory.mktemp("pdf") / f"{name}.pdf"
    path.write_bytes(files.make(WORKSHOPS[kind](), name, "pdf", asker="facilitator", mark=MARK)[0])
    return kind, name, path


def test_what_an_old_charter_held_without_being_taken_is_still_in_its_next_version():
    """Offers counted by themselves then: nobody took them out."""
    before = whole()
    assert before.adopted.sections is None and "We chose our first priorities by vote" in said(before, "charter", "md")
    for after in (amended(before, "Nobody is out of reach, young or old."), Play.of(before).does(AmendmentProposed(1)).w):
        text = said(after, "charter", "md")
        assert "We chose our first priorities by vote" in text and "A. Cal: A list of who helps" in text and "taken out" not in text
    assert said(amended(before, "Nobody.", "Two hosts."), "charter", "md").count("A. Cal: A list of who helps") == 1, "where its words were written anew"


def test_an_independent_checker_finds_no_error_and_no_warning_that_is_not_explained(made):
    result = check(made[2])
    assert result.verdict in ("pass", "review") and result.errors == 0
    assert {found.rule: found.message for found in result.findings if found.rule not in EXPLAINED} == {}
    failed = {row["id"] for rows in result.criteria.values() for row in rows if row["status"] == "fail"}
    assert failed == set() and len(result.criteria["wcag22"]) > 50


def elements(node, parent: str = "") -> list[tuple[str, str, pikepdf.Object]]:
    """(kind, its parent's kind, element) of the whole structure, in reading order."""
    if not isinstance(node, pikepdf.Dictionary) or "/S" not in node:
        return []
    kind, kids = str(node["/S"]), node.get("/K", [])
    below = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [(kind, parent, node), *(found for kid in below for found in elements(kid, kind))]


def structure(document: pikepdf.Pdf) -> list[tuple[str, str, pikepdf.Object]]:
    tops = document.Root.StructTreeRoot.K
    return [one for top in (tops if isinstance(tops, pikepdf.Array) else [tops]) for one in elements(top)]


def test_it_says_its_language_and_title_and_heads_every_part(made):
    kind, name, path = made
    with pikepdf.open(path) as document:
        root = document.Root
        assert str(root.Lang) == ("ar" if kind.endswith("from the right") else "en") and bool(root.ViewerPreferences.DisplayDocTitle)
        assert str(document.docinfo.Title).replace(pdf.FROM_RIGHT, "") == str(document.docinfo.Title) != ""
        found = structure(document)
        kinds = Counter(one[0] for one in found)
        assert kinds["/H1"] == 1 and kinds["/H2"] >= 1 and kinds["/H3"] >= 2
        assert [str(one.get("/Alt", "")) for of, _parent, one in found if of == "/Figure" and not one.get("/Alt")] == []
        rows = [one for of, _parent, one in found if of == "/TR"]
        assert kinds["/Table"] <= kinds["/TH"] and len(rows) >= 2 * kinds["/Table"]


def test_the_2x2_is_told_to_who_cannot_see_it():
    contents = files.make(weighed(whole()), "report", "pdf", asker="facilitator")[0]
    with pikepdf.open(io.BytesIO(contents)) as document:
        alts = [str(one["/Alt"]) for of, _parent, one in structure(document) if of == "/Figure"]
    assert alts == ["Go to where people are: effort 2, impact 4, start now"]


def told(w: Workshop, name: str = "report") -> str:
    return " ".join(said(w, name, "pdf").split("What could not be drawn")[1:])


def test_a_letter_without_a_font_is_counted_and_named_and_the_note_says_what_brings_one(monkeypatch):
    monkeypatch.setattr(faces, "covered", lambda: frozenset(map(ord, LATIN)) | {0xFFFD})
    w = Play().writes(("ሰላም ለሁሉም", "สวัสดี", "party 🎉🎉", "fine")).opens("ideas", 1).w
    text = told(w)
    assert "2 signs stand as their names in brackets." in text and "13 letters have no font on this server (ETHIOPIC and THAI). A � stands for each." in text
    assert "pip install 'workshop-toolkit[scripts]'" in text and "The web page of this document shows them." in text
    assert "สวัสดี" in said(w, "report", "html") and "What could not be drawn" not in said(w, "report", "html")


def test_a_script_that_no_package_brings_promises_nothing_and_a_document_of_known_letters_says_nothing():
    play = Play().writes(("ሰላም", "नमस्ते दुनिया")).opens("ideas", 1)
    assert "3 letters have no font on this server (ETHIOPIC)." in told(play.w) and "pip install" not in told(play.w)
    assert told(Play().writes(("नमस्ते दुनिया", "Привет, γειά σου, مرحبا")).opens("ideas", 1).w) == ""


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=60), min_size=1, max_size=5))
@settings(max_examples=25, deadline=None)
def test_any_text_that_a_phone_can_send_comes_out_and_keeps_the_standards(texts):
    w = Play().writes(tuple(texts)).opens("ideas", 1).w
    contents = files.make(w, "report", "pdf", asker="facilitator", mark=MARK)[0]
    assert contents.startswith(b"%PDF") and b"pdfuaid" in contents
