"""Reads the catalogues in ``catalogues/``: gettext's PO files, a language each, as translators edit them."""
import gettext
import json
import re
from functools import cache
from pathlib import Path

from workshop.words import ENGLISH, Catalogue

FOLDER = Path(__file__).with_name("catalogues")
LINE = re.compile(r'(?:(msgid|msgid_plural|msgstr)(?:\[\d\])? )?(".*")')
PLURAL = re.compile(r"plural=(.+?);")


@cache
def catalogue(language: str) -> Catalogue:
    """The sentences of *language*, a tag like ``ar`` or ``ar-EG``; English where there is no catalogue."""
    path = FOLDER / f"{language.partition('-')[0].lower()}.po"
    return read(path.read_text("utf-8")) if path.is_file() else ENGLISH


def read(text: str) -> Catalogue:
    """What stands in a PO file.  Of comments, contexts and flags it takes no notice."""
    sentences, forms, header = {}, {}, ""
    for part in re.split(r"\n\s*\n", text):
        one, many, *said = _strings(part)
        if not one:
            header = said[0] if said else ""
        elif many:
            forms[many] = tuple(said)
        else:
            sentences[one] = said[0]
    plural = PLURAL.search(header)
    return Catalogue(sentences, forms, gettext.c2py(plural[1]) if plural else ENGLISH.form)


def _strings(part: str) -> list[str]:
    """An entry's sentence, the same for many (empty where it has none), and its translations."""
    found: list[tuple[str, str]] = []
    for line in part.splitlines():
        if match := LINE.fullmatch(line.strip()):
            key, words = match[1], json.loads(match[2])
            found = [*found, (key, words)] if key else [*found[:-1], (found[-1][0], found[-1][1] + words)]
    keyed = dict(reversed(found))
    return [keyed.get("msgid", ""), keyed.get("msgid_plural", ""), *(words for key, words in found if key == "msgstr")]
