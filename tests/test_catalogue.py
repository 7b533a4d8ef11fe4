"""A workshop in another language: its documents are in it as far as there is a catalogue, and in English beyond that."""
import ast
import re
from pathlib import Path

from tests.test_documents import Play, said
from tests.test_pdf import amended, from_right
from workshop.catalogue import catalogue, read
from workshop.charter import model
from workshop.words import _, counted, joined, listed, speaking

WRITTEN = Path(__file__).parent.parent / "workshop"
OF_DOCUMENTS = ("agreed.py", "backing.py", "evidence.py", "figures.py", "model.py", "outcomes.py", "pieces.py", "results.py", "rounds.py", "seen.py", "versions.py",
                "weighed.py", "weighed_pieces.py", "pdf.py", "markdown.py", "body.py")
AR = catalogue("ar")
GAP = re.compile(r"%\((\w+)\)[.\d]*([ds f])")


def sentences(folder: Path, names: tuple[str, ...] = ()) -> set[str]:
    """Every sentence that is marked in the modules of *folder*; those with a number by the one for many."""
    found = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))) if not names or path.name in names else ():
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "N_", "counted"):
                asked = node.args[1:2] if node.func.id == "counted" else node.args[:1]
                found |= {a.value for a in asked if isinstance(a, ast.Constant)}
    return found


def test_what_is_filled_in_is_filled_in_in_arabic_too():
    """One and two are words there, so that their number need not be said."""
    assert [english for english, arabic in AR.sentences.items() if set(GAP.findall(english)) != set(GAP.findall(arabic)) or not arabic.strip()] == []
    forms = [(many, set(GAP.findall(many)), set(GAP.findall(form))) for many, all_forms in AR.forms.items() for form in all_forms]
    assert [many for many, wanted, there in forms if there | {("n", "d")} != wanted | {("n", "d")}] == []
    assert {len(all_forms) for all_forms in AR.forms.values()} == {6}


def test_the_catalogue_and_the_documents_say_nearly_the_same():
    """Whoever adds or changes a sentence need not know Arabic; it stands in English until somebody who does comes by."""
    ours, theirs = sentences(WRITTEN / "charter", OF_DOCUMENTS), {*AR.sentences, *AR.forms}
    assert len(ours & theirs) / len(ours) > 0.9
    assert len(theirs - sentences(WRITTEN)) / len(theirs) < 0.1


def test_numbers_take_the_form_that_arabic_has_for_them():
    with speaking("ar", AR):
        assert [counted("1 idea", "%(n)d ideas", n) for n in (1, 2, 3, 10, 11, 100, 103)] == [
            "فكرة واحدة", "فكرتان", "3 أفكار", "10 أفكار", "11 فكرة", "100 فكرة", "103 أفكار"]
        assert listed(("أ", "ب", "ج")) == "أ، ب وج" and joined(("أ", "", "ب")) == "أ، ب"
        assert _("A sentence that nobody translated") == "A sentence that nobody translated"
    assert counted("1 idea", "%(n)d ideas", 2) == "2 ideas"


def test_an_arabic_workshop_has_arabic_documents_and_english_data():
    w = amended(from_right(), "لا أحد بعيد عن الخدمات.")
    with speaking("ar", AR):
        titles = [s.title for make in (model.charter, model.report) for part in make(w, "facilitator").parts for s in (part, *part.sections)]
    assert titles and [title for title in titles if re.search("[A-Za-z]", title)] == []
    for kind in ("pdf", "html", "md"):
        assert "نبدأ بهذه الأولويات" in said(w, "report", kind) or kind == "pdf"
        assert "Decided" not in said(w, "report", kind) and "What we agreed" not in said(w, "charter", kind)
    assert said(w, "votes", "csv").lstrip("\ufeff").split()[0].isascii() and "Decided: start with these 3" in said(Play().writes().sorts().votes().counts().w, "report", "md")


def test_a_tag_with_a_country_finds_its_language_and_an_unknown_one_stays_english():
    assert catalogue("ar-EG").sentences == AR.sentences and not catalogue("tlh").sentences and not catalogue("en").sentences


def test_a_file_as_translators_keep_it_is_read():
    made = read("""# A comment
msgid ""
msgstr ""
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

#: pieces.py
msgid "One "
"sentence"
msgstr "Une "
"phrase"

msgid "1 dot"
msgid_plural "%(n)d dots"
msgstr[0] "%(n)d point"
msgstr[1] "%(n)d points"
""")
    with speaking("fr", made):
        assert (_("One sentence"), counted("1 dot", "%(n)d dots", 0), counted("1 dot", "%(n)d dots", 2)) == ("Une phrase", "0 point", "2 points")
