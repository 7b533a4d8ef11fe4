"""Names for themes, from the ideas' own words, and the ideas that tell most of each."""
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy import sparse

from workshop.themes.function_words import frequent
from workshop.themes.phrases import MOST_LETTERS, cores, folded, is_weak, phrases, says_little, titled
from workshop.themes.shared_words import unit

EXAMPLES = 3
READ = 40              # ideas of a theme that are read for its name
SMALL = 3              # ideas: in so few, a phrase of one of them may name the theme
SUPPORT = .5           # of the share of a theme's ideas that have the phrase, beside its contrast
CAUTION = 1            # imagined average ideas with each phrase, so that one odd idea does not name a theme
WEIGHTS = (0, .9, 1, 1.05) # by number of words: one says little
ENOUGH = (1, .4, .25, .2)  # of the ideas have a phrase of so many words that names them alone
PART = .22             # of the ideas have each part of a name in two parts
BOTH = .4              # of the ideas have one of the parts
MOSTLY = .6            # of the ideas have a word that may stand alone though two parts could be had
OFTEN = .34            # of the ideas with a word have it in a longer phrase: then that is the name
TELLING = 6            # ideas, the most telling ones, of which one may name the theme
OPENS = .2             # of contrast, that the beginning of an idea is worth
LONG = .008            # of contrast, that a letter more of such a name costs

Words = tuple[str, ...]


class Told(NamedTuple):
    """How well a phrase tells a theme: contrast, score, the theme's ideas that have it, their share, its spelling."""

    contrast: float
    score: float
    ideas: frozenset[int]
    share: float
    spelling: str


def examples_of(seen: np.ndarray, members: Mapping[int, Sequence[int]]) -> dict[int, list[int]]:
    """Label -> up to three positions of its ideas, the most telling first.

    seen: (n, d), vectors seen from their mean.  Most telling is what lies furthest
    in the direction in which its theme differs from the workshop.
    """
    return {label: _telling(seen, own)[:EXAMPLES] for label, own in members.items()}


def named(texts: Sequence[str], seen: np.ndarray, members: Mapping[int, Sequence[int]],
          given: Mapping[int, str]) -> dict[int, str]:
    """Label -> name: the one *given*, else words of the theme's ideas, unlike every other name.

    A phrase that enough of the ideas share, else two, else the core of a short and
    telling idea.  A phrase stands for the mean of the ideas that contain it.  It is
    scored by contrast, how far that mean lies where the theme differs from the
    workshop, by its share of the theme's ideas, and by how few others have it.  Of
    each theme the READ most telling ideas are read.  Themes that are told best choose first.
    """
    weak = frequent(texts)
    read = {label: _telling(seen, own)[:READ] for label, own in members.items()}
    told = _told(texts, seen, read, weak)
    names = {label: given[label] for label in members if label in given}
    taken = {folded(name) for name in names.values()}
    best = {label: max((phrase.score for phrase in told[label].values()), default=0) for label in members}
    for label in sorted(set(members) - set(names), key=lambda label: (-best[label], label)):
        names[label] = _shared(told[label], taken) or _core(texts, seen, read[label], told[label], weak, taken) \
            or _any(told[label], taken) or _beginning(texts[read[label][0]], label, taken)
        taken.add(folded(names[label]))
    return {label: names[label] for label in sorted(names)}


def _telling(seen: np.ndarray, own: Sequence[int]) -> list[int]:
    own = list(own)
    along = seen[own] @ _towards(seen, own)
    return [own[i] for i in np.argsort(-along.round(5), kind="stable")]


def _towards(seen: np.ndarray, own: Sequence[int]) -> np.ndarray:
    """The direction (d,) in which these ideas differ from the workshop, whose mean is 0."""
    return unit(seen[list(own)].mean(axis=0, keepdims=True))[0]


def _told(texts, seen, read: Mapping[int, list[int]], weak: frozenset[str]) -> dict[int, dict[Words, Told]]:
    """For each label the phrases that could name it."""
    theme_of = {i: label for label, own in read.items() for i in own}
    having, spelled = defaultdict(list), defaultdict(Counter)
    for i in theme_of:
        for words, spelling in phrases(texts[i], weak).items():
            having[words].append(i)
            spelled[words][spelling] += 1
    least = min(map(len, read.values()), default=0)
    kept = [words for words, ideas in having.items() if len(ideas) > 1 or len(words) == 1 or least <= SMALL]
    contrasts = dict(zip(kept, _contrasts(seen, read, [having[words] for words in kept])))
    told = {label: {} for label in read}
    for words in kept:
        for label, own in _by_theme(having[words], theme_of).items():
            share, contrast = len(own) / len(read[label]), contrasts[words][label]
            alone = (len(own) / len(having[words])) ** .5
            told[label][words] = Told(contrast, (contrast + SUPPORT * share) * alone * WEIGHTS[len(words)],
                                      frozenset(own), share, _spelling(spelled[words]))
    return told


def _contrasts(seen, read: Mapping[int, list[int]], having: list[list[int]]) -> list[dict[int, float]]:
    """For each list of ideas, how far their mean lies in the direction of each theme."""
    towards = np.array([_towards(seen, own) for own in read.values()])
    along, columns = seen @ towards.T, list(read)
    which = np.repeat(np.arange(len(having)), [len(ideas) for ideas in having])
    of = sparse.csr_matrix((np.ones(len(which), np.float32), (which, [i for ideas in having for i in ideas])),
                           (len(having), len(seen)))
    means = (of @ along) / (np.diff(of.indptr)[:, None] + CAUTION)
    return [dict(zip(columns, row)) for row in means.tolist()]


def _by_theme(ideas: list[int], theme_of: Mapping[int, int]) -> dict[int, list[int]]:
    found = defaultdict(list)
    for i in ideas:
        found[theme_of[i]].append(i)
    return found


def _spelling(found: Counter) -> str:
    """The usual one; of a single word the plural, where anybody wrote it."""
    return min(found, key=lambda spelling: (" " not in spelling and not spelling.endswith("s"), -found[spelling],
                                            len(spelling), spelling))


def _shared(told: Mapping[Words, Told], taken: set[Words]) -> str | None:
    """The best phrase that enough ideas share, or a word that most have; else two that together do."""
    often = [words for words in told if len(told[words].ideas) > 1 or told[words].share > 1 / (SMALL + 1)]
    best = [words for words in sorted(often, key=lambda words: (-round(told[words].score, 6), words))
            if _is_new(words, taken) and not says_little(words)]
    first = next((words for words in best if told[words].share >= ENOUGH[len(words)]), None)
    if first:
        first = _in_full(first, told, taken)
    if first and (len(first) > 1 or told[first].share >= MOSTLY):
        return titled(told[first].spelling)
    return _two(told, [words for words in best if told[words].share >= PART]) \
        or (titled(told[first].spelling) if first else None)


def _two(told: Mapping[Words, Told], parts: list[Words]) -> str | None:
    for one in parts:
        for other in parts:
            both = f"{told[one].spelling}, {told[other].spelling}"
            share = len(told[one].ideas | told[other].ideas) / len(told[one].ideas) * told[one].share
            if not set(one) & set(other) and share >= BOTH and len(both) <= MOST_LETTERS:
                return titled(both)
    return None


def _in_full(words: Words, told: Mapping[Words, Told], taken: set[Words]) -> Words:
    """The longer phrase that *words* often come in ("revenue": "internal revenue code"), or *words*."""
    least = max(2, OFTEN * len(told[words].ideas))
    longer = [more for more in told
              if set(words) < set(more) and len(told[more].ideas) >= least and _is_new(more, taken)]
    return max(longer, key=lambda more: (len(told[more].ideas), len(more), more), default=words)


def _core(texts, seen, read: list[int], told: Mapping[Words, Told], weak: frozenset[str],
          taken: set[Words]) -> str | None:
    """The wording of a telling idea whose words tell the theme best, for its length; rather its beginning."""
    along, best = seen[read] @ _towards(seen, read), (-np.inf, "")
    for at, i in enumerate(read[:TELLING]):
        for said, opens in cores(texts[i], weak):
            each = [told[word,].contrast if (word,) in told else 0 for word in folded(said) if not is_weak(word, weak)]
            value = round(float(along[at]) + sum(each) / max(len(each), 1) + OPENS * opens - LONG * len(said), 5)
            if folded(said) not in taken:
                best = max(best, (value, said))
    return best[1] or None


def _any(told: Mapping[Words, Told], taken: set[Words]) -> str | None:
    best = [words for words in told if _is_new(words, taken)]
    return titled(told[max(best, key=lambda words: (round(told[words].score, 6), words))].spelling) if best else None


def _is_new(words: Words, taken: set[Words]) -> bool:
    """Whether *words* are neither part of a name nor have one as their part."""
    return not any(set(words) <= set(other) or set(other) <= set(words) for other in taken)


def _beginning(text: str, label: int, taken: set[Words]) -> str:
    """The beginning of an idea, where no phrase will do; with a number where that is taken or empty."""
    text = " ".join(text.split())
    if len(text) > MOST_LETTERS:
        text = text[:MOST_LETTERS].rsplit(" ", 1)[0] + "…"
    return titled(text) if folded(text) and folded(text) not in taken else f"{text} #{label + 1}".strip()
