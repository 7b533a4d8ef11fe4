"""What words mean in a workshop, learnt from its ideas, and how well they tell one theme from the others."""
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from scipy import sparse

from workshop.themes.phrases import folded
from workshop.themes.shared_words import unit

CAUTION = 3            # ridge penalty: how much a word must be seen before it means more than the workshop's mean
SHARPNESS = 4          # how fast a name loses by lying near another theme too
CONTRAST = 6           # weight of lying far in the direction of the own theme, beside lying in no other


class Words:
    """A vector for every word of n ideas, without asking the encoder.

    texts: n ideas.  seen: (n, d), their vectors seen from the workshop's mean.

    An idea is taken for the sum of its words, weighted by how rare they are; the words'
    vectors are those that explain the ideas' best, by ridge regression (Hoerl &
    Kennard, 1970).  Unlike the mean of the ideas that have a word, this does not
    credit it with what the words beside it mean.
    """

    def __init__(self, texts: Sequence[str], seen: np.ndarray) -> None:
        said = [sorted(set(folded(text))) for text in texts]
        self._column = {word: c for c, word in enumerate(sorted({word for words in said for word in words}))}
        often = Counter(word for words in said for word in words)
        self._weight = 1 + np.log((1 + len(said)) / (1 + np.array([often[word] for word in self._column])))
        of = self._rows(said)
        alike = (of @ of.T).toarray() + CAUTION * np.eye(len(said))
        self._vectors = of.T @ np.linalg.solve(alike, seen)

    def vectors(self, phrases: Iterable[Sequence[str]]) -> np.ndarray:
        """A vector (d,) for each of *phrases*, given as folded words; 0 for words that nobody used."""
        return self._rows(phrases) @ self._vectors

    def _rows(self, phrases: Iterable[Sequence[str]]) -> sparse.csr_matrix:
        """Each phrase as its words' weights: a row of length 1, or 0 where none is known."""
        known = [sorted({self._column[word] for word in words if word in self._column}) for words in phrases]
        row = np.repeat(np.arange(len(known)), [len(own) for own in known])
        column = np.array([c for own in known for c in own], int)
        weight = self._weight[column]
        length = np.bincount(row, weight ** 2, len(known)) ** .5
        return sparse.csr_matrix((weight / length[row], (row, column)), (len(known), len(self._column)))


def towards(seen: np.ndarray, own: Sequence[int]) -> np.ndarray:
    """The direction (d,) in which these ideas differ from the workshop, whose mean is 0."""
    return unit(seen[list(own)].mean(axis=0, keepdims=True))[0]


def tells(rows: np.ndarray, directions: Mapping[int, np.ndarray], label: int) -> np.ndarray:
    """How well each of *rows* (m, d) tells the theme *label* from the other *directions*: the logarithm of its
    share among them by likeness (softmax), and how far it lies in its direction (contrast)."""
    every, own = np.array(list(directions.values())), list(directions).index(label)
    like = SHARPNESS * (unit(rows) @ every.T)
    return like[:, own] - np.log(np.exp(like).sum(axis=1)) + CONTRAST * (rows @ every[own])
