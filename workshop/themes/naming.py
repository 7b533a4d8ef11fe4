"""Names for themes, from the ideas' own words, and the ideas that tell most of each."""
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from workshop.themes.phrases import MOST_LETTERS, folded, phrases, titled
from workshop.themes.shared_words import unit

EXAMPLES = 3
READ = 60              # ideas of a theme that are read for its name
SUPPORT = .3           # of the share of a theme's ideas that have the phrase, beside its contrast
CAUTION = 1            # imagined average ideas with each phrase, so that one odd idea does not name a theme
MOSTLY = .6            # of the ideas with a word have it in a longer phrase: then that is the name
HALF = .5              # of the ideas must have the phrase, or a second one stands beside it
WEIGHTS = (0, .85, 1, 1)   # by number of words: one says little

Words = tuple[str, ...]


class Told(NamedTuple):
    """How well a phrase tells a theme: its score, how many of the theme's ideas have it, which share, its spelling."""

    score: float
    ideas: int
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
    """Label -> name: the one *given*, else a phrase or two of the theme's ideas, unlike every other name.

    A phrase stands for the mean of the ideas that contain it.  It is scored by
    contrast, how far that mean lies where the theme differs from the workshop, by
    its share of the theme's ideas, and by how few others have it.  Of each theme the
    READ most telling ideas are read.  Themes that are told best choose first.
    """
    told = _told(texts, seen, members)
    names = {label: given[label] for label in members if label in given}
    taken = {folded(name) for name in names.values()}
    best = {label: max((phrase.score for phrase in told[label].values()), default=0) for label in members}
    for label in sorted(set(members) - set(names), key=lambda label: (-best[label], label)):
        names[label] = _name(told[label], taken) or _from_idea(texts[_telling(seen, members[label])[0]], label, taken)
        taken.add(folded(names[label]))
    return {label: names[label] for label in sorted(names)}


def _telling(seen: np.ndarray, own: Sequence[int]) -> list[int]:
    own = list(own)
    along = seen[own] @ _towards(seen, own)
    return [own[i] for i in np.argsort(-along.round(5), kind="stable")]


def _towards(seen: np.ndarray, own: Sequence[int]) -> np.ndarray:
    """The direction (d,) in which these ideas differ from the workshop, whose mean is 0."""
    return unit(seen[list(own)].mean(axis=0, keepdims=True))[0]


def _told(texts, seen, members) -> dict[int, dict[Words, Told]]:
    """For each label the phrases that could name it."""
    read = {label: _telling(seen, own)[:READ] for label, own in members.items()}
    theme_of = {i: label for label, own in read.items() for i in own}
    having, spelled = defaultdict(list), defaultdict(Counter)
    for i in theme_of:
        for words, spelling in phrases(texts[i]).items():
            having[words].append(i)
            spelled[words][spelling] += 1
    told, towards = {label: {} for label in members}, {label: _towards(seen, own) for label, own in members.items()}
    for words, ideas in having.items():
        mean = seen[ideas].sum(axis=0) / (len(ideas) + CAUTION)
        spelling = min(spelled[words], key=lambda found: (-spelled[words][found], found))
        for label, n in Counter(theme_of[i] for i in ideas).items():
            share = n / len(read[label])
            score = (float(mean @ towards[label]) + SUPPORT * share) * (n / len(ideas)) ** .5 * WEIGHTS[len(words)]
            if n > 1 or len(read[label]) <= 3:
                told[label][words] = Told(score, n, share, spelling)
    return told


def _name(told: Mapping[Words, Told], taken: set[Words]) -> str | None:
    """The best phrase that is new, and the next best where it stands for less than half of the ideas."""
    best = [words for words in sorted(told, key=lambda words: (-round(told[words].score, 6), words))
            if _is_new(words, taken)]
    if not best:
        return None
    first = _in_full(best[0], told, taken)
    second = next((words for words in best if not set(words) & set(first)), None)
    if second is None or told[best[0]].share >= HALF:
        return titled(told[first].spelling)
    both = f"{told[first].spelling}, {told[second].spelling}"
    return titled(both if len(both) <= MOST_LETTERS else told[first].spelling)


def _in_full(words: Words, told: Mapping[Words, Told], taken: set[Words]) -> Words:
    """The longer phrase that *words* mostly come in ("revenue": "internal revenue code"), or *words*."""
    least = max(2, MOSTLY * told[words].ideas)
    longer = [more for more in told if set(words) < set(more) and told[more].ideas >= least and _is_new(more, taken)]
    return max(longer, key=lambda more: (told[more].ideas, len(more), more), default=words)


def _is_new(words: Words, taken: set[Words]) -> bool:
    """Whether *words* are neither part of a name nor have one as their part."""
    return not any(set(words) <= set(other) or set(other) <= set(words) for other in taken)


def _from_idea(text: str, label: int, taken: set[Words]) -> str:
    """The beginning of an idea, where no phrase will do; with a number where that is taken or empty."""
    text = " ".join(text.split())
    if len(text) > MOST_LETTERS:
        text = text[:MOST_LETTERS].rsplit(" ", 1)[0] + "…"
    return titled(text) if folded(text) and folded(text) not in taken else f"{text} #{label + 1}".strip()
