"""What a workshop gives out: which files, of which kinds, and what people call them.  ``charter.files`` makes them.

Pages read this; the writers, which take a second to import, are the worker's.
"""
from collections.abc import Sequence
from dataclasses import dataclass

from workshop.state import Workshop
from workshop.state.summary import Summary
from workshop.words import N_, _

FILES = {"charter": ("pdf", "docx", "html", "md"), "report": ("pdf", "docx", "html", "md"), "ideas": ("csv",), "votes": ("csv",),
         "actions": ("csv",), "priorities": ("csv",), "workshop": ("xlsx", "zip", "json", "db")}
TYPES = {"pdf": "application/pdf", "html": "text/html; charset=utf-8", "md": "text/markdown; charset=utf-8",
         "csv": "text/csv; charset=utf-8", "json": "application/json", "zip": "application/zip", "db": "application/vnd.sqlite3",
         "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
         "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
DOCUMENTS = {"charter": (N_("Charter"), N_("What was agreed, to be sent and signed as it is.")),
             "report": (N_("Outcomes report"), N_("The decisions on one page, then every idea, theme and vote."))}
KINDS = {"pdf": N_("PDF to read and print"), "docx": N_("Word to go on editing"), "html": N_("Web page"), "md": N_("Text to go on editing")}
DATA = {("workshop", "xlsx"): N_("Everything (Excel)"), ("ideas", "csv"): N_("Every idea, one a row (CSV)"),
        ("votes", "csv"): N_("Every vote, one option a row (CSV)"), ("actions", "csv"): N_("Every action (CSV)"),
        ("priorities", "csv"): N_("Effort, impact, agreement (CSV)"), ("workshop", "zip"): N_("Everything (CSV in a ZIP)"),
        ("workshop", "json"): N_("Everything (JSON)"), ("workshop", "db"): N_("Everything, to search (SQLite)")}
TO_READ = ("pdf", "html")


@dataclass(frozen=True)
class File:
    """One download: *name* and *extension* are its address, *words* what people call it."""

    name: str
    extension: str
    words: str


@dataclass(frozen=True)
class Offer:
    """What belongs together on the list: a document in its kinds, or the data.  *about* says what it is."""

    title: str
    about: str
    draft: bool
    files: tuple[File, ...]


def offered(w: Workshop | Summary, names: Sequence[str] = tuple(FILES), kinds: Sequence[str] = tuple(KINDS)) -> tuple[Offer, ...]:
    """What can be had of *w*, the two documents first, then earlier versions of the charter: of the files *names*, documents only of
    these *kinds*."""
    documents = [Offer(_(title), _(about), is_draft(w, name), tuple(File(name, kind, _(KINDS[kind])) for kind in kinds if kind in FILES[name]))
                 for name, (title, about) in DOCUMENTS.items() if name in names]
    earlier = range(1, w.version) if "charter" in names else ()
    documents += [Offer(_("Charter, version %(n)d.0", n=n), _("As it was adopted."), False, tuple(File(f"charter-{n}", kind, _(KINDS[kind])) for kind in kinds))
                  for n in reversed(earlier)]
    data = tuple(File(name, kind, _(words)) for (name, kind), words in DATA.items() if name in names and kind in FILES.get(name, ()))
    behind = [Offer(_("Data"), _("What the documents are made from, to count and to sort."), not w.ended, data)] if data else []
    return (*documents, *behind)


def is_draft(w: Workshop | Summary, name: str) -> bool:
    """Whether the file *name* is a draft still: a charter while its words can change, all else until the workshop ends."""
    return w.drafting if name == "charter" else not versioned(name)[1] and not w.ended


def versioned(name: str) -> tuple[str, int]:
    """The name of a file, and of which version it is: ``charter-2`` is the second as it was adopted, 0 is as things stand."""
    base, _sep, number = name.partition("-")
    return (base, int(number)) if base == "charter" and number.isdecimal() and len(number) < 6 else (name, 0)


def there_is(w: Workshop, name: str, kind: str) -> bool:
    """Whether *w* gives out the file *name* as *kind*."""
    base, version = versioned(name)
    return kind in FILES.get(base, ()) and version <= len(w.versions) and (version > 0 or name == base)


def kind_words(name: str, kind: str) -> str:
    """One file as a person would name it: ``Charter, PDF to read and print``."""
    base, version = versioned(name)
    if version:
        return _("Charter, version %(n)d.0, %(kind)s", n=version, kind=_(KINDS[kind]))
    if base in DOCUMENTS:
        return _("%(title)s, %(kind)s", title=_(DOCUMENTS[name][0]), kind=_(KINDS[kind]))
    return _(DATA[name, kind]) if (name, kind) in DATA else f"{name}.{kind}"
