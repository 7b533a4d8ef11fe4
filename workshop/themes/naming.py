"""Names for themes, from the ideas' own words, and the ideas that tell most of each."""
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from workshop.themes.function_words import frequent
from workshop.themes.phrases import MOST_LETTERS, cores, folded, phrases, says_little, things, titled
from workshop.themes.spelling import usual_spelling
from workshop.themes.telling import Words, tells, towards

EXAMPLES = 3
READ = 40              # ideas of a theme that are read for its name
TELLING = 6            # ideas, the most telling ones, of which one may name the theme
SMALL = 3              # ideas: in so few, a phrase of one of them may name the theme
PAIRED = 8             # phrases that are tried two by two
OFTEN = .5             # of the ideas with a phrase have it in a longer one: then that is the phrase
THING = .5             # of the ideas with a single word have it where the name of a thing may stand
PART = .12             # of the ideas have each phrase of a pair
SHARED = 2.5           # worth of a name that all ideas have a part of, beside how well it tells
PLURAL = .2            # of those who wrote a word wrote its plural: then that names the theme
ALONE = .4             # what one word costs, or a pair of such
STEM = 4               # letters that two words of a pair must not both begin with
LONG = .03             # what a letter more costs, from SHORT on
SHORT = 20


class Name(NamedTuple):
    """What a theme could be called: how good that is, the words, each part's folded words."""

    value: float
    spelling: str
    parts: tuple[tuple[str, ...], ...]


class Shared(NamedTuple):
    """A phrase of a theme's ideas: its words by letter, as most write it, the ideas that have it."""

    words: tuple[str, ...]
    spelling: str
    ideas: frozenset[int]


def examples_of(seen: np.ndarray, members: Mapping[int, Sequence[int]]) -> dict[int, list[int]]:
    """Label -> up to three positions of its ideas, the most telling first.

    seen: (n, d), vectors seen from their mean.  Most telling is what lies furthest
    in the direction in which its theme differs from the workshop.
    """
    return {label: _telling(seen, own)[:EXAMPLES] for label, own in members.items()}


def named(texts: Sequence[str], seen: np.ndarray, members: Mapping[int, Sequence[int]],
          given: Mapping[int, str]) -> dict[int, str]:
    """Label -> name: the one *given*, else words of the theme's ideas, unlike every other name.

    Offered are phrases that several ideas share, two such phrases side by side, and
    the cores of the most telling ideas.  Each is worth how well its words tell the
    theme from the others (``tells``), how many of the ideas have a part of it, and
    how short it is.  Of each theme the READ most telling ideas are read.  Themes
    that are told best choose first.
    """
    read = {label: _telling(seen, own)[:READ] for label, own in members.items()}
    spelled = usual_spelling([texts[i] for own in read.values() for i in own])
    names = {label: given[label] for label in members if label in given}
    offered = _offered(texts, seen, members, read, set(members) - set(names))
    taken = [folded(name) for name in names.values()]
    for label in sorted(offered, key=lambda label: (-max((name.value for name in offered[label]), default=0), label)):
        best = next((name for name in offered[label] if all(_is_new(part, taken) for part in name.parts)), None)
        names[label] = spelled(best.spelling) if best else _beginning(texts[read[label][0]], label, taken)
        taken += best.parts if best else [folded(names[label])]
    return {label: names[label] for label in sorted(names)}


def _telling(seen: np.ndarray, own: Sequence[int]) -> list[int]:
    own = list(own)
    along = seen[own] @ towards(seen, own)
    return [own[i] for i in np.argsort(-along.round(5), kind="stable")]


def _offered(texts, seen, members, read: Mapping[int, list[int]], labels: set[int]) -> dict[int, list[Name]]:
    """For each of *labels* what it could be called, the best first."""
    every, weak = sorted(i for own in read.values() for i in own), frequent(texts)
    words = Words([texts[i] for i in every], seen[every])
    directions = {label: towards(seen, own) for label, own in members.items()}

    def told(label: int, names: list[tuple[str, ...]]) -> list[float]:
        return tells(words.vectors(names), directions, label).tolist()

    found = {}
    for label in sorted(labels):
        shared = _shared(texts, read[label], weak)
        value = dict(zip(shared, told(label, [phrase.words for phrase in shared])))
        best = sorted(shared, key=lambda phrase: (-round(value[phrase], 5), phrase.words))
        names = [(phrase.spelling, (phrase.words,), len(phrase.ideas)) for phrase in best] + \
            _pairs([phrase for phrase in best if len(phrase.ideas) >= PART * len(read[label])][:PAIRED],
                   {phrase.words for phrase in shared}) + \
            [(core, (folded(core),), 1) for i in read[label][:TELLING] for core in cores(texts[i], weak)]
        values = told(label, [[word for part in parts for word in part] for _spelling, parts, _ideas in names])
        found[label] = sorted((Name(round(tell + _reads(spelling, parts, ideas / len(read[label])), 5), spelling, parts)
                               for tell, (spelling, parts, ideas) in zip(values, names)), reverse=True)
    return found


def _reads(spelling: str, parts, share: float) -> float:
    """What a name is worth to who reads it."""
    alone = sum(len(part) == 1 for part in parts) / len(parts)
    return SHARED * share - ALONE * alone - LONG * max(0, len(spelling) - SHORT)


def _shared(texts, own: list[int], weak: frozenset[str]) -> list[Shared]:
    """The phrases that could name a theme of these ideas."""
    having, spelled = defaultdict(list), defaultdict(list)
    for i in own:
        for words, spelling in phrases(texts[i], weak).items():
            having[words].append(i)
            spelled[words].append(spelling)
    least = 1 if len(own) <= SMALL else 2
    common = {words: frozenset(ideas) for words, ideas in having.items() if len(ideas) >= least}
    longer = defaultdict(int)
    for words, ideas in common.items():
        for part in (part for n in range(1, len(words)) for part in combinations(words, n)):
            longer[part] = max(longer[part], len(ideas))
    return [Shared(words, _spelling(Counter(spelled[words])), ideas) for words, ideas in common.items()
            if not says_little(words) and longer[words] <= OFTEN * len(ideas)
            and (len(words) > 1 or sum(words[0] in things(texts[i]) for i in ideas) >= THING * len(ideas))]


def _spelling(found: Counter) -> str:
    """The usual one; of a single word the plural, where enough wrote it."""
    enough = PLURAL * found.total()
    return min(found, key=lambda spelling: (" " not in spelling and not (spelling.endswith("s") and found[spelling] >= enough),
                                            -found[spelling], len(spelling), spelling))


def _pairs(phrases: list[Shared], known: set[tuple[str, ...]]) -> list[tuple[str, tuple, int]]:
    """Two phrases side by side, the more frequent first; not where the two together are a *known* phrase."""
    found = []
    for at, one in enumerate(phrases):
        for other in phrases[at + 1:]:
            first, second = (one, other) if len(one.ideas) >= len(other.ideas) else (other, one)
            both = f"{first.spelling} & {second.spelling}"
            stems = [{word[:STEM] for word in phrase.words} for phrase in (one, other)]
            together = tuple(sorted(one.words + other.words))
            if not stems[0] & stems[1] and together not in known and len(both) <= MOST_LETTERS:
                found.append((both, (first.words, second.words), len(one.ideas | other.ideas)))
    return found


def _is_new(words: Sequence[str], taken: list[tuple[str, ...]]) -> bool:
    """Whether *words* are neither part of a name nor have one as their part."""
    return not any(set(words) <= set(other) or set(other) <= set(words) for other in taken)


def _beginning(text: str, label: int, taken: list[tuple[str, ...]]) -> str:
    """The beginning of an idea, where no phrase will do; with a number where that is taken or empty."""
    text = " ".join(text.split())
    if len(text) > MOST_LETTERS:
        text = text[:MOST_LETTERS].rsplit(" ", 1)[0] + "…"
    return titled(text) if folded(text) and folded(text) not in taken else f"{text} #{label + 1}".strip()
