"""Makes the files that a workshop gives out, by name and kind."""
from collections.abc import Callable

from workshop.catalogue import catalogue
from workshop.charter import data, docx, html, markdown, model, pdf
from workshop.charter.brand import Brand, dressed
from workshop.charter.document import Document
from workshop.charter.figures import local
from workshop.charter.offered import FILES as FILES
from workshop.charter.offered import TYPES, is_draft, there_is, versioned
from workshop.charter.seen import Seen, seen
from workshop.state import Workshop
from workshop.words import ENGLISH, speaking

WRITERS: dict[str, Callable[[Document], bytes]] = {"pdf": pdf.write, "docx": docx.write, "html": html.write, "md": markdown.write}
DOCUMENTS = {"charter": model.charter, "report": model.report}
TABLES = {table.name: table for table in data.TABLES}
DATA: dict[str, Callable[[Seen, str], bytes]] = {"xlsx": data.xlsx.write, "zip": data.archive.write, "json": data.whole.write, "db": data.database.write}
MARKED = 12   # characters of the journal's hash in the name of a table, which has no other place for it


def make(w: Workshop, name: str, ext: str, *, asker: str, mark: str = "", brand: Brand = Brand()) -> tuple[bytes, str, str]:
    """One file of *w* as *asker* may see it now: (contents, media type, file name).

    asker: ``facilitator``, ``organiser`` or ``participant``.  mark: the journal's hash, printed in the file.
    *name*: one of ``FILES``, or ``charter-N`` for version N as it was adopted.  brand: what documents wear.
    Raises ``KeyError`` where there is no such file.  Documents speak the plan's language, as far as there is a catalogue;
    data is in English, since programs read it.
    A large one takes seconds: a server has it made by ``workshop.downloads``.
    """
    if not there_is(w, name, ext):
        raise KeyError(f"{name}.{ext}")
    with speaking(w.plan.language, catalogue(w.plan.language) if versioned(name)[0] in DOCUMENTS else ENGLISH):
        return _contents(w, name, ext, asker, mark, brand), TYPES[ext], file_name(w, name, ext, mark)


def write(document: Document, ext: str) -> bytes:
    """*document* in the kind *ext*."""
    return WRITERS[ext](document)


def file_name(w: Workshop, name: str, ext: str, mark: str = "") -> str:
    """Code, name, draft or not, the number of the last entry in the journal and its day: ``ktm482-charter-draft-812-2026-11-22.pdf``.

    A CSV, which can hold nothing beside its rows, has the beginning of the journal's hash in its name too.
    """
    base, version = versioned(name)
    number = version or (w.version if base == "charter" and w.version > 1 else 0)
    parts = (w.code, base, f"{number}.0" if number else "", "draft" if is_draft(w, name) else "", str(w.seq), local(w.at).strftime("%Y-%m-%d") if w.at else "",
             mark[:MARKED] if ext == "csv" else "")
    return "-".join(filter(None, parts)) + f".{ext}"


def _contents(w: Workshop, name: str, ext: str, asker: str, mark: str, brand: Brand) -> bytes:
    base, version = versioned(name)
    if base in DOCUMENTS:
        made = model.charter(w, asker, mark, version) if version else DOCUMENTS[base](w, asker, mark)
        return write(dressed(made, brand), ext)
    s = seen(w, asker)
    return DATA[ext](s, mark) if name == "workshop" else data.csv.write(TABLES[name], s)
