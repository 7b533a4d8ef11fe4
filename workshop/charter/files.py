"""The files that a workshop gives out, by name and kind."""
from collections.abc import Callable

from workshop.charter import data, docx, html, markdown, model, pdf
from workshop.charter.document import Document
from workshop.charter.figures import local
from workshop.charter.seen import Seen, seen
from workshop.state import Workshop
from workshop.words import speaking

FILES = {"charter": ("pdf", "docx", "html", "md"), "report": ("pdf", "docx", "html", "md"), "ideas": ("csv",), "votes": ("csv",),
         "actions": ("csv",), "priorities": ("csv",), "workshop": ("xlsx", "zip", "json", "db")}
TYPES = {"pdf": "application/pdf", "html": "text/html; charset=utf-8", "md": "text/markdown; charset=utf-8",
         "csv": "text/csv; charset=utf-8", "json": "application/json", "zip": "application/zip", "db": "application/vnd.sqlite3",
         "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
         "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
WRITERS: dict[str, Callable[[Document], bytes]] = {"pdf": pdf.write, "docx": docx.write, "html": html.write, "md": markdown.write}
DOCUMENTS = {"charter": model.charter, "report": model.report}
TABLES = {table.name: table for table in data.TABLES}
DATA: dict[str, Callable[[Seen, str], bytes]] = {"xlsx": data.xlsx.write, "zip": data.archive.write, "json": data.whole.write, "db": data.database.write}


def make(w: Workshop, name: str, ext: str, *, asker: str, mark: str = "") -> tuple[bytes, str, str]:
    """One file of *w* as *asker* may see it now: (contents, media type, file name).

    asker: ``facilitator``, ``organiser`` or ``participant``.  mark: the journal's hash, printed in the file.
    Raises ``KeyError`` where ``FILES`` has no such name and kind.  Documents speak the plan's language.
    A large PDF takes a second: call it in a pool thread or a worker.
    """
    if ext not in FILES[name]:
        raise KeyError(f"{name}.{ext}")
    with speaking(w.plan.language):
        return _contents(w, name, ext, asker, mark), TYPES[ext], file_name(w, name, ext)


def write(document: Document, ext: str) -> bytes:
    """*document* as ``pdf``, ``docx``, ``html`` or ``md``."""
    return WRITERS[ext](document)


def file_name(w: Workshop, name: str, ext: str) -> str:
    """Code, name, draft or not, and the day of the last change: ``ktm482-charter-draft-2026-11-22.pdf``."""
    final = w.adopted if name == "charter" else w.ended
    parts = (w.code, name, "" if final else "draft", local(w.at).strftime("%Y-%m-%d") if w.at else "")
    return "-".join(filter(None, parts)) + f".{ext}"


def _contents(w: Workshop, name: str, ext: str, asker: str, mark: str) -> bytes:
    if name in DOCUMENTS:
        return write(DOCUMENTS[name](w, asker, mark), ext)
    s = seen(w, asker)
    return DATA[ext](s, mark) if name == "workshop" else data.csv.write(TABLES[name], s)
