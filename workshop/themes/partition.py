"""How many themes, and which ideas in each: k-means over the space, judged by its ties."""
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.cluster import KMeans

from workshop.themes.shared_words import unit
from workshop.themes.space import Space

MOST_THEMES = 12
FEW = 6                # ideas below which there is one theme
STARTS = 4
ROUNDS = 30
PRIOR = .08
FIRM_PRIOR = 1.0       # where people have held three ideas a theme or more
SILHOUETTE = .5
BETTER = .05           # by which a fresh number of themes must be better than the last one


@dataclass(frozen=True)
class Held:
    """What people fixed.  where: int (n,), the theme's number 0.. or -1; themes: how many have held ideas."""

    where: np.ndarray
    themes: int


def divide(space: Space, held: Held, last: np.ndarray | None = None, about: int | None = None) -> np.ndarray:
    """A theme's number for each of n >= 2 ideas: int (n,).

    Held ideas have their own number; numbers below ``held.themes`` are theirs, the
    others mean nothing but "together".  last: the numbers of before (-1: was in
    none); that division is kept, with the new ideas sorted in, unless another is
    clearly better.  about: exactly so many, where there are ideas enough.
    """
    n = len(space.places)
    wish = None if about is None else int(np.clip(about, max(held.themes, 1), min(n, 4 * MOST_THEMES)))
    going_on = None if last is None else _continued(space, held, last)
    if going_on is not None and wish in (None, _count(going_on)):
        return _better(space, held, going_on, _fresh(space, held, wish))
    return _best(space, held, _fresh(space, held, wish))


def _numbers(n: int, held: Held) -> Iterable[int]:
    """The numbers of themes that are tried."""
    if n < FEW:
        return [max(1, held.themes)]
    most = min(MOST_THEMES, max(3, n // 4))
    return range(max(2, held.themes), max(most, held.themes + 1) + 1)


def _fresh(space: Space, held: Held, wish: int | None) -> list[np.ndarray]:
    if wish is None and space.alike:
        wish = max(1, held.themes)
    numbers = _numbers(len(space.places), held) if wish is None else [wish]
    return [_means(space.places, held, k) for k in numbers if k <= len(space.places)]


def _continued(space: Space, held: Held, last: np.ndarray) -> np.ndarray:
    """The last themes, their centres moved to where their ideas now are, the new ideas among them."""
    k = max(int(last.max()) + 1, held.themes)
    centres = np.array([space.places[last == c].mean(axis=0) if (last == c).any() else np.zeros(space.places.shape[1])
                        for c in range(k)], np.float32)
    return _lloyd(space.places, held, unit(centres))


def _better(space: Space, held: Held, going_on: np.ndarray, fresh: list[np.ndarray]) -> np.ndarray:
    found = _best(space, held, fresh)
    return found if _value(space, held, found) > _value(space, held, going_on) + BETTER else going_on


def _best(space: Space, held: Held, divisions: list[np.ndarray]) -> np.ndarray:
    if len(divisions) == 1:
        return divisions[0]
    return max(divisions, key=lambda labels: _value(space, held, labels))


def _means(places: np.ndarray, held: Held, k: int) -> np.ndarray:
    """k-means into *k*: from several starts, or from the held ideas where there are any."""
    if k <= 1:
        return np.zeros(len(places), int)
    if not held.themes:
        distinct = len(np.unique(places.round(4), axis=0))
        return _dense(KMeans(min(k, distinct), n_init=STARTS, random_state=0).fit_predict(places))
    return _lloyd(places, held, _seeds(places, held, k))


def _seeds(places: np.ndarray, held: Held, k: int) -> np.ndarray:
    """Centres: the mean of each theme's held ideas, then the densest spots far from all that is there."""
    centres = [unit(places[held.where == c].mean(axis=0, keepdims=True))[0] for c in range(held.themes)]
    near = np.maximum(places @ places.T, 0)
    density = np.sort(near, axis=1)[:, -min(10, len(places)):].mean(axis=1)
    while len(centres) < k:
        far = 1 - (places @ np.array(centres).T).max(axis=1)
        far[held.where >= 0] = -1
        centres.append(places[int(np.argmax(far * density))])
    return np.array(centres)


def _lloyd(places: np.ndarray, held: Held, centres: np.ndarray) -> np.ndarray:
    """Spherical k-means (Dhillon & Modha, 2001) from *centres*, in which held ideas never move."""
    fixed, labels = held.where >= 0, np.full(len(places), -1)
    for _ in range(ROUNDS):
        found = np.where(fixed, held.where, (places @ centres.T).argmax(axis=1))
        if (found == labels).all():
            break
        labels = found
        for c in range(len(centres)):
            if (labels == c).any():
                centres[c] = unit(places[labels == c].mean(axis=0, keepdims=True))[0]
    return _dense(labels, held.themes)


def _dense(labels: np.ndarray, kept: int = 0) -> np.ndarray:
    """*labels* without gaps; those below *kept* stay as they are."""
    used = sorted(set(labels.tolist()) | set(range(kept)))
    return np.searchsorted(used, labels)


def _count(labels: np.ndarray) -> int:
    return len(np.unique(labels))


def _value(space: Space, held: Held, labels: np.ndarray) -> float:
    k, n = _count(labels), len(labels)
    pinned = np.bincount(held.where[held.where >= 0], minlength=held.themes)
    weight, expected = PRIOR, 1 + .9 * np.log(n)
    if held.themes and pinned.sum() >= 3 * held.themes:
        weight, expected = FIRM_PRIOR, held.themes * (1 + (pinned == 1).mean())
    return modularity(space.ties, labels) + SILHOUETTE * silhouette(space.places, labels) \
        - weight * np.log(k / expected) ** 2


def modularity(ties: sparse.csr_matrix, labels: np.ndarray) -> float:
    """How much more the ties stay within themes than by chance (Newman & Girvan, 2004): -1/2 to 1."""
    of = sparse.csr_matrix((np.ones(len(labels)), (labels, np.arange(len(labels)))))
    between = (of @ ties @ of.T).toarray()
    total = max(between.sum(), 1e-12)
    return float(np.trace(between) / total - ((between.sum(axis=1) / total) ** 2).sum())


def silhouette(places: np.ndarray, labels: np.ndarray) -> float:
    """Mean cosine silhouette (Rousseeuw, 1987), exact in n * k steps because rows have length 1."""
    sizes = np.bincount(labels)
    if len(sizes) < 2:
        return 0.0
    rows = np.arange(len(labels))
    of = sparse.csr_matrix((np.ones(len(labels), np.float32), (labels, rows)))
    likeness = places @ (of @ places).T
    own = (likeness[rows, labels] - 1) / np.maximum(sizes[labels] - 1, 1)
    likeness /= np.maximum(sizes, 1)
    likeness[rows, labels] = -np.inf
    within, across = 1 - own, 1 - likeness.max(axis=1)
    found = (across - within) / np.maximum(np.maximum(within, across), 1e-9)
    return float(np.where(sizes[labels] > 1, found, 0).mean())
