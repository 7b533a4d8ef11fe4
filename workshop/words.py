"""Sentences for people, marked here and translated where they leave the server."""
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

PSEUDO, COMMA = "qps", ", "
LANGUAGES = {"en": "English"}
FROM_RIGHT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


@dataclass(frozen=True)
class Catalogue:
    """What sentences are in another language, by what they are here.

    *forms* has those with a number, by the one for many: as many as the language tells apart; *form* says which, for a number.
    """

    sentences: Mapping[str, str]
    forms: Mapping[str, tuple[str, ...]]
    form: Callable[[int], int]


ENGLISH = Catalogue({}, {}, lambda n: int(n != 1))
_catalogue: ContextVar[Catalogue] = ContextVar("catalogue", default=ENGLISH)
_language: ContextVar[str] = ContextVar("language", default="en")
_ACCENTED = str.maketrans("aeiouyAEIOUYcn", "áéíóúýÁÉÍÓÚÝçñ")


def N_(sentence: str) -> str:
    """Mark *sentence* for translation and return it unchanged."""
    return sentence


@contextmanager
def speaking(language: str, catalogue: Catalogue = ENGLISH):
    """Translate into *language* inside the block, as far as its *catalogue* goes; each greenlet has its own."""
    language_before, catalogue_before = _language.set(language), _catalogue.set(catalogue)
    try:
        yield
    finally:
        _language.reset(language_before)
        _catalogue.reset(catalogue_before)


def language() -> str:
    """The language that sentences are translated into here."""
    return _language.get()


def direction() -> str:
    """``rtl`` where the current language is read from the right, else ``ltr``."""
    return "rtl" if language().partition("-")[0].lower() in FROM_RIGHT else "ltr"


def _(sentence: str, /, **values) -> str:
    """*sentence* in the current language, with ``%(name)s`` filled in from *values*.

    The pseudo-locale ``qps`` brackets and accents every sentence, so that a test
    can tell what was never marked.
    """
    if language() == PSEUDO:
        sentence = _accented(sentence)
    sentence = _catalogue.get().sentences.get(sentence, sentence)
    return sentence % values if values else sentence


def counted(one: str, many: str, n: int, /, **values) -> str:
    """*one* or *many* as *n* asks for, with ``%(n)d`` filled in."""
    known = _catalogue.get()
    if many in known.forms:
        return known.forms[many][known.form(n)] % {"n": n, **values}
    return _(one if n == 1 else many, n=n, **values)


def joined(parts: Iterable[str]) -> str:
    """Those of *parts* that say something, with the language's commas between."""
    return _catalogue.get().sentences.get(COMMA, COMMA).join(filter(None, parts))


def listed(names: Sequence[str]) -> str:
    """*names* as people list them: a, b and c."""
    if len(names) < 2:
        return "".join(names)
    return _("%(most)s and %(last)s", most=joined(names[:-1]), last=names[-1])


class InWords(Exception):
    """A fault that people are told of: a sentence marked for translation, and the values that belong in it."""

    def __init__(self, sentence: str, /, **values: object) -> None:
        super().__init__(sentence, values)
        self.sentence, self.values = sentence, values

    def __str__(self) -> str:
        return _(self.sentence, **self.values)


def _accented(sentence: str) -> str:
    parts = sentence.split("%(")
    head, rest = parts[0].translate(_ACCENTED), parts[1:]
    kept = [name + ")" + tail[:1] + tail[1:].translate(_ACCENTED) for name, _, tail in (p.partition(")") for p in rest)]
    return "⟦" + "%(".join([head, *kept]) + "⟧"
