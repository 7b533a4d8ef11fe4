"""The phrases of a text that could be a title, and the shortest wording of a whole idea."""
import re
import unicodedata
from functools import lru_cache

from workshop.themes.function_words import FUNCTION_WORDS
from workshop.themes.title_words import ARTICLES, ASKING, BREAKS, DOES, INFINITIVE, LINKS, VAGUE, WISHES

MOST_WORDS = 3         # that say something, in one phrase
MOST_TOKENS = 5        # those between them counted too
MOST_LETTERS = 40
CORE_WORDS = 6         # of an idea, in a title
FOREIGN_WORDS = 4      # the same, in a language that is not known
UNSPACED_LETTERS = 16  # the same, where words are not set apart
# Vowel signs and accents, from Greek to Khmer: inside a word, though not letters.
_MARKS = "".join(chr(code) for code in range(0x300, 0x1800) if unicodedata.category(chr(code)) in ("Mn", "Mc"))
_LETTERS = rf"(?:[^\W_]|[{_MARKS}])+"
TOKEN = re.compile(rf"{_LETTERS}(?:['’\-]{_LETTERS})*|[^\w\s]")
_APART = re.compile(r"[^\w\s]")
_CLAUSE = re.compile(r"[.,;:!?()\[\]\"“”«»\n،؛؟。，、；：！？]|\s[-–—]\s")
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")   # Thai to Han: words not set apart
_WEAK = FUNCTION_WORDS | WISHES
_ENDS = LINKS | BREAKS


@lru_cache(maxsize=20_000)
def folded(phrase: str) -> tuple[str, ...]:
    """The words of *phrase* without case, accents left as they are, and without a plural's s."""
    return tuple(_singular(token.casefold()) for token in TOKEN.findall(phrase) if not _APART.fullmatch(token))


@lru_cache(maxsize=20_000)
def phrases(text: str, weak: frozenset[str] = frozenset()) -> dict[tuple[str, ...], str]:
    """The words that could be a title, up to three that say something, nearby: in their order by letter -> as written.

    "Planning meeting" and "meetings for planning" are the same phrase.  It neither
    opens nor closes with a word that names nothing, of *weak* or of a language that
    is known.  A text written all in capitals is taken as small letters.
    """
    written, starts = tokens(text)
    plain = [None if is_weak(token.casefold(), weak) else _singular(token.casefold()) for token in written]
    found = {}
    for start in (i for i, word in enumerate(plain) if word):
        said = []
        for end in range(start, min(start + MOST_TOKENS, len(written))):
            if _APART.fullmatch(written[end]) or _plain(written[end]) in BREAKS:
                break
            if plain[end] is None:
                continue
            said.append(plain[end])
            if len(said) > MOST_WORDS or len(set(said)) < len(said):
                break
            spelling = _as_written(list(written[start:end + 1]), start in starts)
            key = tuple(sorted(said))
            if len(spelling) <= MOST_LETTERS and len(spelling) < len(found.get(key, spelling + " ")):
                found[key] = spelling
    return found


@lru_cache(maxsize=20_000)
def things(text: str) -> frozenset[str]:
    """The words of *text* that may be the name of something: neither after one of ``DOES`` nor before an article."""
    plain = [_plain(word) for word in tokens(text)[0]]
    return frozenset(_singular(word) for before, word, after in zip(["", *plain], plain, [*plain[1:], ""])
                     if before not in DOES and after not in ARTICLES)


def says_little(words: tuple[str, ...]) -> bool:
    """Whether these words, alone, would tell nobody what a theme is about."""
    return all(word in VAGUE for word in words)


@lru_cache(maxsize=20_000)
def cores(text: str, weak: frozenset[str] = frozenset()) -> list[str]:
    """Wordings of an idea, short enough for a title.

    Each begins a clause or follows a link ("for", "and"), ends with its clause or before
    a link or a break ("that", "should"), and has two words or more that say something.
    """
    found = []
    for clause in _CLAUSE.split(_calm(text)):
        words = clause.split()
        for start in (i for i, word in enumerate(words) if i == 0 or _plain(words[i - 1]) in LINKS):
            idle = ASKING | ARTICLES if start == 0 else ARTICLES
            begin = next((i for i in range(start, len(words)) if _plain(words[i]) not in idle), len(words))
            for end in _ends(words, begin):
                if _is_wording(words[begin:end], weak):
                    found.append(titled(" ".join(words[begin:end])))
    return found


def _ends(words: list[str], begin: int) -> list[int]:
    """Where a wording that begins at *begin* may end."""
    ends = []
    for end in range(begin, min(begin + CORE_WORDS, len(words)) + 1):
        if len(" ".join(words[begin:end])) > MOST_LETTERS:
            break
        if end == len(words) or _plain(words[end]) in _ENDS:
            ends.append(end)
        if end == len(words) or _plain(words[end]) in BREAKS:
            return ends
    if not ends and not any(_plain(word) in FUNCTION_WORDS for word in words):
        return [begin + FOREIGN_WORDS]   # a language whose links nobody listed: cut somewhere
    return ends


def _is_wording(words: list[str], weak: frozenset[str]) -> bool:
    if len(words) == 1:
        return UNSPACED.match(words[0]) is not None and 4 <= len(words[0]) <= UNSPACED_LETTERS
    telling = [word for word in words if not _is_weak_word(word, weak)]
    if len(telling) < 2 or words[-1] not in telling or _plain(words[-2]) == INFINITIVE or \
            _singular(_plain(words[-1])) in WISHES | VAGUE:
        return False
    linked = [_plain(word) in LINKS for word in words]
    return not linked[0] and not any(a and b for a, b in zip(linked, linked[1:]))


def _is_weak_word(word: str, weak: frozenset[str]) -> bool:
    parts = [re.split("['’]", part)[-1] for part in folded(word)]
    return all(part in FUNCTION_WORDS or part in weak for part in parts)


@lru_cache(maxsize=20_000)
def _plain(word: str) -> str:
    """A word of a sentence as the lists have it."""
    return word.casefold().replace("’", "'").strip("*_/“”\"'")


def titled(phrase: str) -> str:
    """*phrase* with a large first letter."""
    return phrase[:1].upper() + phrase[1:]


def _calm(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    return text.lower() if text.isupper() and len(text) > 12 else text


@lru_cache(maxsize=20_000)
def tokens(text: str) -> tuple[tuple[str, ...], frozenset[int]]:
    """The words and signs of *text*, and where a sentence begins.  A text written all in capitals is taken as small letters."""
    found = tuple(TOKEN.findall(_calm(text)))
    return found, frozenset({0, *(i + 1 for i, token in enumerate(found) if token in ".!?:;")})


@lru_cache(maxsize=20_000)
def is_weak(word: str, weak: frozenset[str] = frozenset()) -> bool:
    """Whether a title neither opens nor closes with *word*, in small letters."""
    first = re.split("['’]", word)[0]
    return not {word, first}.isdisjoint(_WEAK | weak) or len(first) < 3 or not any(map(str.isalpha, word))


def _as_written(tokens: list[str], opens_sentence: bool) -> str:
    """The words as they stand inside a sentence, where what is large (NHS, Lisbon) is so for a reason."""
    first = tokens[0]
    if opens_sentence and not any(letter.isupper() for letter in first[1:]):
        first = first.lower()
    return " ".join([first, *tokens[1:]])


@lru_cache(maxsize=20_000)
def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("xes", "ches", "shes", "sses")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
