"""How well each idea sits in its theme: confidence, the nearest themes, and who is left in the tray."""
from dataclasses import dataclass

import numpy as np

from workshop.themes.shared_words import unit
from workshop.themes.space import centred

TRAY = -1
SHARPNESS = 8.0        # how fast confidence falls as another theme comes as near


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
    labels[_unfit(labels, likeness, held, strict)] = TRAY
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


def _unfit(labels: np.ndarray, likeness: np.ndarray, held: dict[int, int], strict: float) -> list[int]:
    """The positions that sit worst: much less like any theme than the median idea.

    At the default dial a third as like and at most 5 of 100; at 1 all below the median, at most 20 of 100.
    """
    strict = float(np.clip(strict, 0, 1))
    fit = likeness.max(axis=1)
    least = strict ** 1.5 * np.median(fit)
    worst = [int(i) for i in np.argsort(fit, kind="stable") if i not in held and fit[i] < least]
    return worst[:int(len(labels) * strict ** 2 / 5)]


def _confidence(likeness: np.ndarray, labels: np.ndarray, themes: list[int]) -> np.ndarray:
    """The share of an idea's own theme, or of the nearest one for the tray, among all by likeness."""
    power = np.exp(SHARPNESS * (likeness - likeness.max(axis=1, keepdims=True)))
    column = {theme: c for c, theme in enumerate(themes)}
    own = [column.get(label, int(likeness[i].argmax())) for i, label in enumerate(labels.tolist())]
    return power[np.arange(len(labels)), own] / power.sum(axis=1)
