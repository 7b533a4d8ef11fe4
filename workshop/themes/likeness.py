"""Ideas that say the same."""
from collections.abc import Sequence

import numpy as np

from workshop.themes.shared_words import unit

LEAST = .85            # cosine from which two ideas are offered as one
MOST = 10              # for one idea, so that a thousand copies stay a short list


def alike(texts: Sequence[str], vectors: np.ndarray, least: float | None = None) -> list[tuple[int, int, float]]:
    """Pairs of positions i < j that say nearly the same, with their similarity; most alike first, then by position.

    vectors: (n, d), as ``encode`` gives them.  least: cosine, 0 to 1 (``LEAST`` where None).
    Texts that differ only in case and white space are 1.0 alike, whatever their vectors.
    Of each idea at most ``MOST`` pairs to the nearest ones are given.
    """
    least = LEAST if least is None else least
    rows, said = unit(vectors), _numbers(texts)
    found = {}
    for i, row in enumerate(rows):
        near = np.minimum(rows @ row, 1)
        near[said == said[i]] = 1
        near[i] = -1
        enough = np.flatnonzero(near >= least)
        for j in enough[np.argsort(-near[enough], kind="stable")][:MOST].tolist():
            found[min(i, j), max(i, j)] = round(float(near[j]), 4)
    return sorted(((i, j, score) for (i, j), score in found.items()), key=lambda pair: (-pair[2], pair[:2]))


def _numbers(texts: Sequence[str]) -> np.ndarray:
    """The same number for the same words."""
    seen = {}
    return np.array([seen.setdefault(" ".join(str(text).casefold().split()), len(seen)) for text in texts], int)
