"""Sorting into names that a facilitator typed: each name draws the ideas most like it, and these draw the rest."""
from collections.abc import Sequence

import numpy as np

from workshop.themes.encoder import encoder
from workshop.themes.shared_words import tf_idf, unit

SEEDED = 4             # one idea in so many starts its theme, the surest


def sorted_into(texts: Sequence[str], vectors: np.ndarray, held: dict[int, int], names: dict[int, str],
                into: Sequence[str], unused: int, language: str | None) -> tuple[dict[int, int], dict[int, str], int]:
    """What ``suggest`` needs to sort into *into*: ideas tied to labels, names by label, number of themes.

    A name that a theme already has means that theme; the others take labels from *unused* on.
    """
    labels, names = _labels(into, names, unused), dict(names)
    names.update(labels)
    likeness = _likeness(texts, vectors, list(labels.values()), language)
    nearest = likeness.argmax(axis=1)
    second = np.sort(likeness, axis=1)[:, -2] if len(labels) > 1 else 0
    margin = likeness.max(axis=1) - second
    tied = {}
    for c, label in enumerate(labels):
        near = [i for i in np.argsort(-margin, kind="stable").tolist() if nearest[i] == c and likeness[i, c] > 0]
        tied.update({i: label for i in near[:max(1, len(near) // SEEDED)]})
    tied = {**tied, **held}
    return tied, names, max(1, len(set(tied.values()) - {-1}))


def _labels(into: Sequence[str], names: dict[int, str], unused: int) -> dict[int, str]:
    known = {name.casefold(): label for label, name in names.items()}
    found = {}
    for name in dict.fromkeys(" ".join(name.split()) for name in into):
        if name:
            label = known.setdefault(name.casefold(), unused)
            unused += label == unused
            found[label] = name
    return found


def _likeness(texts, vectors, names: list[str], language) -> np.ndarray:
    """How like each text is to each name: by meaning where the vectors are the encoder's, by words always."""
    said = tf_idf([*texts, *names])
    likeness = (said[:len(texts)] @ said[len(texts):].T).toarray()
    by = encoder(language)
    if by.settled:
        meant = by.rows(names)
        if meant.shape[1] == vectors.shape[1]:
            likeness = likeness + unit(vectors) @ meant.T
    return likeness
