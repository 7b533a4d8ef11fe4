"""How good a division is, and how much of another one it keeps."""
import numpy as np
from scipy import sparse
from scipy.optimize import linear_sum_assignment


def sums_of(places: np.ndarray, labels: np.ndarray, k: int = 0) -> np.ndarray:
    """The sum of the places of each theme: (themes, columns), at least *k* of them."""
    k = max(k, int(labels.max()) + 1)
    return (labels == np.arange(k)[:, None]).astype(np.float32) @ places


def modularity(ties: sparse.csr_matrix, labels: np.ndarray) -> float:
    """How much more the ties stay within themes than by chance (Newman & Girvan, 2004): -1/2 to 1."""
    rows = np.repeat(np.arange(len(labels)), np.diff(ties.indptr))
    total = max(float(ties.data.sum()), 1e-12)
    within = ties.data[labels[rows] == labels[ties.indices]].sum()
    ends = np.bincount(labels[rows], weights=ties.data)
    return float(within / total - ((ends / total) ** 2).sum())


def silhouette(places: np.ndarray, labels: np.ndarray) -> float:
    """Mean cosine silhouette (Rousseeuw, 1987), exact in n * k steps because rows have length 1."""
    sizes = np.bincount(labels)
    if len(sizes) < 2:
        return 0.0
    rows = np.arange(len(labels))
    likeness = places @ sums_of(places, labels).T
    own = (likeness[rows, labels] - 1) / np.maximum(sizes[labels] - 1, 1)
    likeness /= np.maximum(sizes, 1)
    likeness[rows, labels] = -np.inf
    within, across = 1 - own, 1 - likeness.max(axis=1)
    found = (across - within) / np.maximum(np.maximum(within, across), 1e-9)
    return float(np.where(sizes[labels] > 1, found, 0).mean())


def moved(labels: np.ndarray, last: np.ndarray) -> float:
    """The share of the ideas in a theme of *last* (-1: in none) that *labels* take out of it, however themes are numbered."""
    shared = _shared(labels, last)
    return 1 - float(shared[linear_sum_assignment(-shared)].sum()) / max(int((last >= 0).sum()), 1)


def numbered_as(labels: np.ndarray, last: np.ndarray) -> np.ndarray:
    """*labels* with the numbers of the themes of *last* that they share most ideas with; new themes come after these."""
    shared = _shared(labels, last)
    number = {row: column for row, column in zip(*linear_sum_assignment(-shared)) if shared[row, column]}
    for new, row in enumerate(sorted(set(range(len(shared))) - set(number))):
        number[row] = shared.shape[1] + new
    return np.array([number[row] for row in range(len(shared))])[labels]


def _shared(labels: np.ndarray, last: np.ndarray) -> np.ndarray:
    """How many ideas each theme of *labels* shares with each of *last*."""
    rows, columns, there = int(labels.max()) + 1, max(int(last.max()) + 1, 1), last >= 0
    return np.bincount(labels[there] * columns + last[there], minlength=rows * columns).reshape(rows, columns)
