"""The space that ideas are gathered in: meaning and words together, each idea drawn towards its neighbours."""
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from workshop.themes.shared_words import bm25, unit

WORDS_WEIGHT = .55     # of the words beside the meaning, where the ideas' meanings have nothing in common
MOST_WORDS = 2         # where they have nearly all
MOST_TIES = 15         # of one idea
LEAST_TIE = .001       # every idea keeps its neighbours, however far
AVERAGINGS = 6
COLUMNS = 32
EXACT = 150            # ideas up to which all columns are computed


@dataclass(frozen=True)
class Space:
    """ties: sparse symmetric (n, n), how like two neighbours are; places: float32 (n, d), rows of length 1;
    alike: whether all ideas say the same."""

    ties: sparse.csr_matrix
    places: np.ndarray
    alike: bool


def space(texts: Sequence[str], vectors: np.ndarray, held: dict[int, int]) -> Space:
    """Where each of n >= 2 ideas stands among the others.

    vectors: (n, d).  held: position -> label; ideas held in one theme are tied
    together, ties between two themes are cut.

    Vectors are centred on the workshop, words are set beside them; each idea is then
    averaged with its neighbours on a k-nearest-neighbour graph, six times (graph
    smoothing, as in simplified graph convolution: Wu et al., 2019).
    """
    near = cosines(texts, vectors)
    ties = _held_ties(_ties(near), held)
    return Space(ties, _averaged(_columns(near), ties), alike=bool(near[0].min() > .999))


def centred(vectors: np.ndarray) -> np.ndarray:
    """Unit rows of *vectors* seen from their mean; the vectors themselves where all are the same."""
    seen = unit(vectors - vectors.mean(axis=0))
    return seen if seen.any() else unit(vectors)


def cosines(texts: Sequence[str], vectors: np.ndarray) -> np.ndarray:
    """Cosines of n ideas with one another, (n, n), by meaning and words together, both seen from the workshop.  vectors: (n, d)."""
    meaning, said = centred(vectors), bm25(texts)
    near = meaning @ meaning.T
    near += _words_weight(vectors) ** 2 * (said @ said.T).toarray()
    length = np.sqrt(np.maximum(np.diagonal(near), 1e-12))
    near /= length[:, None]
    near /= length[None, :]
    return near


def _words_weight(vectors: np.ndarray) -> float:
    """How much words count: the more, the more the ideas have in common.

    Where all answer one narrow question, an encoder has spent most of each vector on
    the question; seen from their mean, what is left is small and noisy, and the words
    that two ideas share tell more.  Measured by the vectors' variance about their mean,
    1 where they have nothing in common.
    """
    rows = unit(vectors)
    spread = float(((rows - rows.mean(axis=0)) ** 2).sum(axis=1).mean())
    return min(MOST_WORDS, WORDS_WEIGHT / max(spread, 1e-6) ** 1.5)


def _columns(near: np.ndarray) -> np.ndarray:
    """Coordinates whose inner products are the cosines *near*: exact up to EXACT ideas, else the largest 74.

    By eigenvectors of the cosines, which costs nothing extra for thousands of word
    columns; randomised range finding for many ideas (Halko et al., 2011).
    """
    n = len(near)
    if n <= EXACT:
        values, turned = np.linalg.eigh(near)
    else:
        basis = np.random.default_rng(0).standard_normal((n, 2 * COLUMNS + 10)).astype(np.float32)
        for _ in range(3):
            basis, _r = np.linalg.qr(near @ basis)
        values, small = np.linalg.eigh(basis.T @ near @ basis)
        turned = basis @ small
    return (turned * np.sqrt(np.maximum(values, 0))).astype(np.float32)


def _ties(likeness: np.ndarray) -> sparse.csr_matrix:
    """Each idea tied to its nearest neighbours, about the root of n, both ways."""
    n = len(likeness)
    most = min(n - 1, int(np.clip(round(n ** .5), 3, MOST_TIES)))
    near = np.empty((n, most), np.int32)
    weight = np.empty((n, most), np.float32)
    for i, row in enumerate(likeness):
        others = row.copy()
        others[i] = -np.inf
        near[i] = np.argpartition(-others, most - 1)[:most]
        weight[i] = np.maximum(others[near[i]], LEAST_TIE)
    one_way = sparse.csr_matrix((weight.ravel(), (np.repeat(np.arange(n), most), near.ravel())), shape=(n, n))
    return one_way.maximum(one_way.T).tocsr()


def _held_ties(ties: sparse.csr_matrix, held: dict[int, int]) -> sparse.csr_matrix:
    """*ties* with the ideas held in one theme tied firmly together, and none between two themes."""
    if not held:
        return ties
    where = np.full(ties.shape[0], -1)
    where[list(held)] = list(held.values())
    ties = ties.tocoo()
    a, b = where[ties.row], where[ties.col]
    stays = (a < 0) | (b < 0) | (a == b)
    pairs = np.array([pair for label in sorted(set(held.values())) for pair in _ring(np.flatnonzero(where == label))],
                     dtype=int).reshape(-1, 2)
    firm = sparse.coo_matrix((np.ones(len(pairs), np.float32), pairs.T), shape=ties.shape).tocsr()
    kept = sparse.csr_matrix((ties.data[stays], (ties.row[stays], ties.col[stays])), shape=ties.shape)
    return kept.maximum(firm).maximum(firm.T).tocsr()


def _ring(positions: np.ndarray) -> list[tuple[int, int]]:
    """Each position with the few after it: everybody tied, in a number of ties that only grows with the ideas."""
    steps = range(1, MOST_TIES // 2 + 1)
    return [(i, j) for step in steps for i, j in zip(positions, np.roll(positions, step)) if i != j]


def _averaged(columns: np.ndarray, ties: sparse.csr_matrix) -> np.ndarray:
    step = sparse.diags_array(1 / np.maximum(np.asarray(ties.sum(axis=1)).ravel(), 1e-12)) @ ties
    places = unit(columns)
    for _ in range(AVERAGINGS):
        places = unit(places + step @ places)
    return unit(_largest(places))


def _largest(places: np.ndarray) -> np.ndarray:
    """*places* turned so that its COLUMNS widest directions come first, the others dropped."""
    if places.shape[1] <= COLUMNS:
        return places
    values, turned = np.linalg.eigh(places.T @ places)
    return places @ turned[:, ::-1][:, :COLUMNS]
