"""Names for themes, from the ideas' own words, and the idea that tells most of each."""
import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from workshop.themes.phrases import MOST_LETTERS, folded, phrases
from workshop.themes.shared_words import unit

EXAMPLES = 3
SUPPORT = .3           # of the share of a theme's ideas that have the phrase, beside its contrast
CAUTION = 1.0          # imagined average ideas with each phrase, so that one odd idea does not name a theme


def examples_of(seen: np.ndarray, members: Mapping[int, Sequence[int]]) -> dict[int, list[int]]:
    """Label -> up to three positions of its ideas, the most telling first.

    seen: (n, d), vectors seen from their mean.  Most telling is what lies furthest
    in the direction in which its theme differs from the workshop.
    """
    towards = _towards(seen, members)
    return {label: sorted(own, key=lambda i: (-round(float(seen[i] @ towards[label]), 5), i))[:EXAMPLES]
            for label, own in members.items()}


def named(texts: Sequence[str], seen: np.ndarray, members: Mapping[int, Sequence[int]],
          given: Mapping[int, str]) -> dict[int, str]:
    """Label -> name: the one *given*, else a phrase of the theme's ideas unlike every other name.

    A phrase stands for the mean of the ideas that contain it.  It is scored by
    contrast, how far that mean lies where the theme differs from the workshop, and
    by its share of the theme's ideas.  Themes that are told best choose first.
    """
    names = {label: given[label] for label in members if label in given}
    told = _told(texts, seen, {label: own for label, own in members.items() if label not in names})
    taken = {folded(name) for name in names.values()}
    for label in sorted(told, key=lambda label: (-max(told[label].values(), default=0), label)):
        best = sorted(told[label].items(), key=lambda pair: (-round(pair[1], 6), pair[0]))
        name = next((phrase for phrase, _ in best if _is_new(folded(phrase), taken)), None)
        names[label] = name or _from_idea(texts[members[label][0]], label, taken)
        taken.add(folded(names[label]))
    return {label: names[label] for label in sorted(names)}


def _towards(seen: np.ndarray, members: Mapping[int, Sequence[int]]) -> dict[int, np.ndarray]:
    return {label: unit((seen[list(own)].mean(axis=0) - seen.mean(axis=0))[None])[0]
            if len(own) < len(seen) else unit(seen[list(own)].mean(axis=0)[None])[0] for label, own in members.items()}


def _told(texts, seen, members) -> dict[int, dict[str, float]]:
    """label -> phrase -> how well it tells the theme."""
    where, spelled = defaultdict(set), defaultdict(Counter)
    for own in members.values():
        for i in own:
            for phrase in phrases(texts[i]):
                where[folded(phrase)].add(i)
                spelled[folded(phrase)][phrase] += 1
    theme_of = {i: label for label, own in members.items() for i in own}
    towards, told = _towards(seen, members), {label: {} for label in members}
    for words, having in where.items():
        inside = Counter(theme_of[i] for i in having)
        mean = seen[sorted(having)].sum(axis=0) / (len(having) + CAUTION)
        for label, n in inside.items():
            if n == 1 and len(members[label]) > 3:
                continue
            purity = n / len(having)
            told[label][_best_spelling(spelled[words])] = \
                (float(mean @ towards[label]) + SUPPORT * n / len(members[label])) * purity * _weight(words)
    return told


def _weight(words: tuple[str, ...]) -> float:
    """Two or three words read as a title; one says little, four are long."""
    return {1: .85, 2: 1.0, 3: 1.0}.get(len(words), .9)


def _best_spelling(spellings: Counter) -> str:
    return min(spellings, key=lambda phrase: (-spellings[phrase], phrase))


def _is_new(words: tuple[str, ...], taken: set[tuple[str, ...]]) -> bool:
    """Whether *words* are neither part of a name nor have one as their part."""
    return not any(set(words) <= set(other) or set(other) <= set(words) for other in taken)


def _from_idea(text: str, label: int, taken: set[tuple[str, ...]]) -> str:
    """The beginning of an idea, where no phrase will do; a number where that is taken or empty."""
    text = " ".join(text.split())
    if len(text) > MOST_LETTERS:
        text = text[:MOST_LETTERS].rsplit(" ", 1)[0] + "…"
    return text if text and folded(text) not in taken else f"{text} #{label + 1}".strip()
