"""The phrases of a text that could be a title."""
import re
import unicodedata

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

MOST_WORDS = 3
MOST_LETTERS = 40
_TOKEN = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*|[^\w\s]")
_APART = re.compile(r"[^\w\s]")
# Words that scikit-learn's list takes for function words, and that name things in a workshop.
_TELLING = frozenset("bill computer cry detail fire fill interest mill move part serious system top".split())
# Words that open or close a wish rather than name its matter.
_WISHES = frozenset("""
a able add allow also always ask avoid big bring build create do does doesn doing don done easy encourage ensure etc
general get gets getting give giving go going good great have having help helps idea ideas improve include increase
introduce just keep let lets like lot lots make makes making many more much need needs needed new nice offer people
please provide put really reduce require run set should shouldn shall simply start stop support take thing things think
try use used uses using want wants way ways without work would wouldn able best better isn aren won can cannot cant
say says said know known tell come comes became become becomes different various certain purposes purpose
""".split())
_WEAK = (ENGLISH_STOP_WORDS - _TELLING) | _WISHES
_JOINING = frozenset("of for and to in the on at with de la du des und der die das et i w z na do".split())


def folded(phrase: str) -> tuple[str, ...]:
    """The words of *phrase* without case, accents left as they are, and without a plural's s."""
    return tuple(_singular(token.casefold()) for token in _TOKEN.findall(phrase) if not _APART.fullmatch(token))


def phrases(text: str) -> dict[tuple[str, ...], str]:
    """Up to three words in a row that neither open nor close with a weak word: ``folded`` -> as written.

    A text written all in capitals is taken as small letters.
    """
    text = unicodedata.normalize("NFC", text)
    if text.isupper() and len(text) > 12:
        text = text.lower()
    tokens = _TOKEN.findall(text)
    sentence_start = {0, *(i + 1 for i, token in enumerate(tokens) if token in ".!?:;")}
    found, plain = {}, [_singular(token.casefold()) for token in tokens]
    for start in range(len(tokens)):
        for end in range(start + 1, min(start + MOST_WORDS, len(tokens)) + 1):
            if _APART.fullmatch(tokens[end - 1]):
                break
            if _is_title(tokens[start:end]):
                found.setdefault(tuple(plain[start:end]), _as_written(tokens[start:end], start in sentence_start))
    return {words: phrase for words, phrase in found.items() if len(phrase) <= MOST_LETTERS}


def _is_title(tokens: list[str]) -> bool:
    first, last = tokens[0].casefold(), tokens[-1].casefold()
    inner = [token.casefold() for token in tokens[1:-1]]
    return not (_is_weak(first) or _is_weak(last)) and all(not _is_weak(t) or t in _JOINING for t in inner)


def _is_weak(word: str) -> bool:
    word = re.split("['’]", word)[0]
    return word in _WEAK or len(word) < 3 or word.isdigit()


def _as_written(tokens: list[str], opens_sentence: bool) -> str:
    """The words as they stand inside a sentence, where what is large (NHS, Lisbon) is so for a reason."""
    first = tokens[0]
    if opens_sentence and not any(letter.isupper() for letter in first[1:]):
        first = first.lower()
    return " ".join([first, *tokens[1:]])


def titled(phrase: str) -> str:
    """*phrase* with a large first letter."""
    return phrase[:1].upper() + phrase[1:]


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
