"""How well each idea sits in its theme: confidence, the nearest themes, and who is left in the tray."""
from dataclasses import dataclass

import numpy as np

from workshop.themes.shared_words import unit
from workshop.themes.space import MOST_TIES, centred

TRAY = -1
SHARPNESS = 8.0        # how fast confidence falls as another theme comes as near
DEVIATIONS = 5         # below the median, at strict 0
ROBUST = 1.4826        # median absolute deviations in a standard deviation
LEAST_DEVIATION = .2   # of the median, so that ideas all alike stay together
BLOCK = 1000           # ideas compared with all at once


@dataclass(frozen=True)
class Placing:
    """labels, confidence, near: as in ``Suggestion``.  seen: the vectors seen from their mean, (n, d)."""

    labels: list[int]
    confidence: list[float]
    near: list[tuple[int, ...]]
    seen: np.ndarray


def placing(vectors: np.ndarray, labels: np.ndarray, held: dict[int, int], strict: float) -> Placing:
    """Judge *labels* (n,), and take out what fits nowhere; held ideas stay and are certain.

    An idea not yet in a theme (-1) and not held there goes to the nearest one first.
    """
    seen, labels = centred(vectors), labels.copy()
    likeness, themes = _likeness(seen, labels)
    if not themes:
        return Placing(labels.tolist(), [float(i in held) for i in range(len(labels))], [()] * len(labels), seen)
    loose = [i for i in np.flatnonzero(labels == TRAY) if i not in held]
    labels[loose] = np.array(themes)[likeness[loose].argmax(axis=1)]
    likeness, themes = _likeness(seen, labels)
    labels[_unfit(vectors, held, strict)] = TRAY
    sure = _confidence(likeness, labels, themes)
    sure[list(held)] = 1
    order = np.argsort(-likeness, axis=1, kind="stable")[:, :2]
    return Placing(labels.tolist(), [round(float(p), 4) for p in sure],
                   [tuple(themes[c] for c in row) for row in order], seen)


def _likeness(seen: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, list[int]]:
    """How like each idea is to each theme without it, (n, themes), and the themes' labels."""
    themes = sorted(set(labels.tolist()) - {TRAY})
    found = np.zeros((len(labels), len(themes)), np.float32)
    for c, theme in enumerate(themes):
        own = labels == theme
        total = seen[own].sum(axis=0)
        found[:, c] = seen @ unit(total[None])[0]
        found[own, c] = (unit(total - seen[own]) * seen[own]).sum(axis=1)
    return found, themes


def _unfit(vectors: np.ndarray, held: dict[int, int], strict: float) -> list[int]:
    """The positions of the loneliest ideas: much less like their nearest neighbours than the median idea.

    Likeness is measured in the vectors as they are.  Seen from the mean, what has nothing to do with the question
    lies in a direction of its own and looks like a fine theme.
    At the default dial 2.5 robust deviations and at most 5 of 100; at 1 all below the median, at most 20 of 100.
    """
    strict, rows = float(np.clip(strict, 0, 1)), unit(vectors)
    most = int(len(rows) * strict ** 2 / 5)
    if not most:
        return []
    fit = _fit(rows)
    usual = np.median(fit)
    deviation = max(ROBUST * np.median(np.abs(fit - usual)), usual * LEAST_DEVIATION)
    least = usual - DEVIATIONS * (1 - strict) * deviation
    return [int(i) for i in np.argsort(fit, kind="stable") if i not in held and fit[i] < least][:most]


def _fit(rows: np.ndarray) -> np.ndarray:
    """The mean cosine of each idea with its nearest neighbours, about the root of n."""
    most = min(len(rows) - 1, int(np.clip(round(len(rows) ** .5), 3, MOST_TIES)))
    fit = np.empty(len(rows), np.float32)
    for start in range(0, len(rows), BLOCK):
        near = rows[start:start + BLOCK] @ rows.T
        near[np.arange(len(near)), np.arange(start, start + len(near))] = -2
        fit[start:start + BLOCK] = np.partition(near, -most, axis=1)[:, -most:].mean(axis=1)
    return fit


def _confidence(likeness: np.ndarray, labels: np.ndarray, themes: list[int]) -> np.ndarray:
    """The share of an idea's own theme, or of the nearest one for the tray, among all by likeness."""
    power = np.exp(SHARPNESS * (likeness - likeness.max(axis=1, keepdims=True)))
    column = {theme: c for c, theme in enumerate(themes)}
    own = [column.get(label, int(likeness[i].argmax())) for i, label in enumerate(labels.tolist())]
    return power[np.arange(len(labels)), own] / power.sum(axis=1)
