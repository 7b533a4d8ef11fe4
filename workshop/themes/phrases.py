"""The phrases of a text that could be a title, and the shortest wording of a whole idea."""
import re
import unicodedata
from functools import lru_cache

from workshop.themes.function_words import FUNCTION_WORDS

MOST_WORDS = 3         # that say something, in one phrase
MOST_TOKENS = 5        # those between them counted too
MOST_LETTERS = 40
CORE_WORDS = 6         # of an idea, in a title
_TOKEN = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*|[^\w\s]")
_APART = re.compile(r"[^\w\s]")
_CLAUSE = re.compile(r"[.,;:!?()\[\]\"“”«»\n]|\s[-–—]\s")
# Words that open or close a wish rather than name its matter.
_WISHES = frozenset("""
able add allow ask avoid away better big bring build create different certain does doing done easy encourage ensure
etc far general good great having help helps idea ideas improve include increase introduce just kind let lets like
little long lot lots make makes making mean need needs needed new nice offer please provide put put really reduce
require run say said says set shall simply start stop support sure take thing things think tell told try use used uses
using various want wants way ways without work works would come comes came back become becomes know known give given
gives giving get gets getting going gone got keep know best real right wrong
""".split())
# Words that say too little to be a title alone.
_VAGUE = frozenset("""
people person persons man men woman women day days week weeks month months year years hour hours minute minutes time
times morning evening night today place places number numbers part parts side sides case cases point points one two
three four five six seven eight nine ten hundred half second third end beginning old young small large main common
free open own many first last next other same example reason purpose purposes people's thing something somebody
anybody everybody everyone someone anyone kilometre kilometres world good bad high low short read share live choose
pay ask answer call meet write send wait play change learn speak talk apply feel believe allow authorize happen lead
lose find see look show turn buy eat act hold carry walk believe bring needs matter words order issue issues problem
problems result results state states amend amended bill title related test information info level type list due
current number
""".split())
_JOINTS = frozenset("""
and or but if when that which who whom so because where while until than as to of for in into on onto at by with
without from about through before after between instead both y o que para por con en de des du pour par avec dans et
ou qui und oder mit für
""".split())
_ASKING = frozenset("""
let we should i think please our their they you it is are be to there this that these those would must need needs can
could will also have having
""".split())
_ARTICLES = frozenset("a an the un una el la los las le une der die das".split())



_WEAK = FUNCTION_WORDS | _WISHES


def folded(phrase: str) -> tuple[str, ...]:
    """The words of *phrase* without case, accents left as they are, and without a plural's s."""
    return tuple(_singular(token.casefold()) for token in _TOKEN.findall(phrase) if not _APART.fullmatch(token))


def phrases(text: str, weak: frozenset[str] = frozenset()) -> dict[tuple[str, ...], str]:
    """The words that could be a title, up to three that say something, nearby: in their order by letter -> as written.

    "Planning meeting" and "meetings for planning" are the same phrase.  It neither
    opens nor closes with a word that names nothing, of *weak* or of a language that
    is known.  A text written all in capitals is taken as small letters.
    """
    tokens, starts = _tokens(text)
    plain = [None if is_weak(token.casefold(), weak) else _singular(token.casefold()) for token in tokens]
    found = {}
    for start in (i for i, word in enumerate(plain) if word):
        said = []
        for end in range(start, min(start + MOST_TOKENS, len(tokens))):
            if _APART.fullmatch(tokens[end]):
                break
            if plain[end] is None:
                continue
            said.append(plain[end])
            if len(said) > MOST_WORDS or len(set(said)) < len(said):
                break
            spelling = _as_written(tokens[start:end + 1], start in starts)
            key = tuple(sorted(said))
            if len(spelling) <= MOST_LETTERS and len(spelling) < len(found.get(key, spelling + " ")):
                found[key] = spelling
    return found


def says_little(words: tuple[str, ...]) -> bool:
    """Whether these words, alone, would tell nobody what a theme is about."""
    return all(word in _VAGUE for word in words)


def cores(text: str, weak: frozenset[str] = frozenset()) -> list[tuple[str, bool]]:
    """Wordings of an idea, short enough for a title: (wording, whether the idea begins with it).

    A clause, or what stands between its joints ("to", "for", "when"), each with at
    least two words of which one says something.
    """
    found = {}
    for nth, clause in enumerate(_CLAUSE.split(_calm(text))):
        words = clause.split()
        starts = [i for i, word in enumerate(words) if i == 0 or words[i - 1].casefold() in _JOINTS]
        for start in starts:
            end = _end(words, start, weak)
            idle = _ASKING if start == 0 else _ASKING | _ARTICLES
            begin = next((i for i in range(start, end) if words[i].casefold() not in idle), end)
            if _is_wording(words[begin:end], weak):
                found.setdefault(titled(" ".join(words[begin:end])), nth == start == 0)
    return list(found.items())


def _end(words: list[str], start: int, weak: frozenset[str]) -> int:
    """Where the wording ends that begins at *start*: at the end, else at the last joint within its length."""
    most = start
    while most < len(words) and most - start < CORE_WORDS and len(" ".join(words[start:most + 1])) <= MOST_LETTERS:
        most += 1
    if most < len(words):
        most = next((i for i in range(most, start + 1, -1) if words[i].casefold() in _JOINTS), most)
    while most > start and (_is_weak_word(words[most - 1], weak) or words[most - 1].casefold() in _JOINTS):
        most -= 1
    return most


def _is_wording(words: list[str], weak: frozenset[str]) -> bool:
    telling = [word for word in words if not _is_weak_word(word, weak)]
    opens_well = bool(words) and words[0].casefold() not in _JOINTS
    return opens_well and len(telling) >= 2 and not says_little(tuple(word.casefold() for word in telling))


def _is_weak_word(word: str, weak: frozenset[str]) -> bool:
    parts = [re.split("['’]", part)[-1] for part in folded(word)]
    return all(part in FUNCTION_WORDS or part in weak for part in parts)


def titled(phrase: str) -> str:
    """*phrase* with a large first letter."""
    return phrase[:1].upper() + phrase[1:]


def _calm(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    return text.lower() if text.isupper() and len(text) > 12 else text


def _tokens(text: str) -> tuple[list[str], set[int]]:
    """The words and signs of *text*, and where a sentence begins."""
    tokens = _TOKEN.findall(_calm(text))
    return tokens, {0, *(i + 1 for i, token in enumerate(tokens) if token in ".!?:;")}


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


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
