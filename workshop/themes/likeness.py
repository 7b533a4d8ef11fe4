"""Ideas that say the same, and themes that are about the same."""
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from workshop.themes.shared_words import bm25, tf_idf, unit, words_or_signs
from workshop.themes.space import centred

LEAST = .56            # similarity from which two ideas are offered as one: docs/themes.md has the measurement
MOST = 10              # pairs of one idea, so that a thousand copies stay a short list
COPY = .95             # cosine of the vectors from which the words need not be the same: a slip of the pen
CLOSE = 40             # ideas, the closest in meaning, whose words are compared
BLOCK = 1000           # ideas compared with all at once
SPLITS = .3            # similarity from which two themes are said to split a vote: docs/themes.md has the measurement


def alike(texts: Sequence[str], vectors: np.ndarray, least: float | None = None) -> list[tuple[int, int, float]]:
    """Pairs of positions i < j that say nearly the same, with their similarity; most alike first, then by position.

    texts: n texts, any.  vectors: float (n, d), as ``encode`` gives them.  Similarity, 0 to 1: the mean of the
    cosines of the vectors and of the tf-idf words (Spärck Jones, 1972), since arguments for and against
    one thing are close in meaning, and only those who say the same share its words;
    from COPY on the first of these alone.
    least: LEAST where None.  Texts that differ only in case and white space are 1.0
    alike, whatever their vectors.  Of each idea at most ``MOST`` pairs to the
    nearest ones are given.
    """
    same = defaultdict(list)
    for i, text in enumerate(texts):
        same[" ".join(str(text).casefold().split())].append(i)
    found = {(i, j): 1.0 for own in same.values() for at, i in enumerate(own) for j in own[at + 1:at + 1 + MOST]}
    first = [own[0] for own in same.values()]
    if len(first) > 1:
        rows = np.asarray(vectors, np.float32).reshape(len(texts), -1)[first]
        for i, j, score in _near([str(texts[i]) for i in first], unit(rows), LEAST if least is None else least):
            found[min(first[i], first[j]), max(first[i], first[j])] = score
    return sorted(((i, j, score) for (i, j), score in found.items()), key=lambda pair: (-pair[2], pair[:2]))


def splitting(texts: Sequence[str], vectors: np.ndarray, themes: Sequence[Sequence[int]]) -> list[tuple[int, int, float]]:
    """Pairs i < j of *themes* that are about the same, with their similarity; most alike first, then by position.

    texts: n ideas, all of the workshop.  vectors: float (n, d), as ``encode`` gives them.  themes: the positions in *texts*
    of each theme's ideas; those of none say nothing.
    Similarity, -1 to 1: the mean of the cosines of two themes' mean vectors, seen from the
    workshop's mean, and of their words by BM25, as in ``space``.
    """
    if len(texts) < 2:
        return []
    meant, said = centred(np.asarray(vectors, np.float32).reshape(len(texts), -1)), bm25(texts)
    there = [i for i, own in enumerate(themes) if len(own)]
    middle = unit(np.array([meant[list(themes[i])].mean(axis=0) for i in there]))
    words = unit(np.array([np.asarray(said[list(themes[i])].mean(axis=0)).ravel() for i in there]))
    score = (middle @ middle.T + words @ words.T) / 2
    found = [(there[a], there[b], round(float(score[a, b]), 4)) for a in range(len(there)) for b in range(a + 1, len(there)) if score[a, b] >= SPLITS]
    return sorted(found, key=lambda pair: (-pair[2], pair[:2]))


def _near(texts: list[str], rows: np.ndarray, least: float) -> list[tuple[int, int, float]]:
    """The MOST nearest of each text, as far as they are *least* alike."""
    said, most, found = tf_idf(texts, words_or_signs), min(CLOSE, len(texts) - 1), []
    for start in range(0, len(rows), BLOCK):
        meant = rows[start:start + BLOCK] @ rows.T
        meant[np.arange(len(meant)), np.arange(start, start + len(meant))] = -2
        close = np.argpartition(-meant, most - 1, axis=1)[:, :most]
        here = np.repeat(np.arange(len(meant)), most)
        both = np.asarray(said[start + here].multiply(said[close.ravel()]).sum(axis=1)).reshape(close.shape)
        meant = np.take_along_axis(meant, close, axis=1)
        score = np.clip(np.where(meant >= COPY, np.maximum(meant, both), (meant + both) / 2), 0, 1)
        for i, best in enumerate(np.argsort(-score, axis=1, kind="stable")[:, :MOST]):
            found += [(start + i, int(close[i, b]), round(float(score[i, b]), 4)) for b in best if score[i, b] >= least]
    return found
