"""Ideas that follow their like: people took some out of a theme into another one, and those of the same kind that nobody holds go along."""
from collections.abc import Mapping

import numpy as np

NEAREST = 3            # ideas of a theme that say how like an idea is to it
CLEARLY = .04          # of cosine, by which the theme that people moved its like into must be nearer
ROUNDS = 3             # in each of which an idea may follow those that went in the one before


def followed(likeness: np.ndarray, labels: np.ndarray, held: Mapping[int, int], left: Mapping[int, int]) -> np.ndarray:
    """*labels* (n,) in which free ideas follow those that people moved.

    likeness: (n, n) cosines.  held: position -> label where a person put it.  left: position -> label that a held idea had before.
    An idea follows from one theme into another where one that was moved so is nearer to it than the three nearest of its own
    theme are on the average, and the three nearest of the other theme are clearly so.  The last idea of a theme stays.
    """
    moves: dict[tuple[int, int], list[int]] = {}
    for i, label in sorted(left.items()):
        if label != held[i]:
            moves.setdefault((label, held[i]), []).append(i)
    free = np.array([i not in held for i in range(len(labels))])
    for _ in range(ROUNDS):
        found = _one_round(likeness, labels, free, moves)
        if (found == labels).all():
            break
        labels = found
    return labels


def _one_round(likeness: np.ndarray, labels: np.ndarray, free: np.ndarray, moves: Mapping[tuple[int, int], list[int]]) -> np.ndarray:
    found, nearer = labels.copy(), np.full(len(labels), CLEARLY)
    for (out, into), moved in moves.items():
        own = np.flatnonzero(free & (labels == out))
        if len(own) and (labels == out).sum() > 1:
            stays, goes = _nearest(likeness, own, labels == out), _nearest(likeness, own, labels == into)
            follows = (likeness[np.ix_(own, moved)].max(axis=1) > stays) & (goes - stays > nearer[own])
            found[own[follows]], nearer[own[follows]] = into, (goes - stays)[follows]
    return found


def _nearest(likeness: np.ndarray, ideas: np.ndarray, there: np.ndarray) -> np.ndarray:
    """The mean cosine of each of *ideas* with the nearest others of those *there*."""
    others = np.flatnonzero(there)
    near = np.where(others == ideas[:, None], -np.inf, likeness[np.ix_(ideas, others)])
    near = -np.partition(-near, min(NEAREST, len(others)) - 1, axis=1)[:, :NEAREST]
    return np.where(np.isfinite(near), near, 0).sum(axis=1) / np.isfinite(near).sum(axis=1)
