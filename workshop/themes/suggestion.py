"""A suggestion: which ideas belong together, what each theme is called, how sure that is."""
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linear_sum_assignment

from workshop.themes.followers import followed
from workshop.themes.kept_names import kept
from workshop.themes.naming import examples_of, named
from workshop.themes.partition import Held, divide
from workshop.themes.placing import TRAY, Placing, placing
from workshop.themes.sorting import sorted_into
from workshop.themes.space import cosines, space

MOST = 5000            # ideas gathered at once; beyond that the rest is sorted into what these form


@dataclass(frozen=True)
class Suggestion:
    """An answer for n ideas.

    labels: n ints, the theme of each idea, -1 for the tray.
    names: label -> name.  examples: label -> up to three positions, most telling first.
    confidence: n floats, 0 to 1, that the idea belongs where it is (1 where a person put it).
    theme_confidence: label -> mean confidence of its ideas.
    near: n tuples of the two nearest themes' labels, nearest first; shorter where there are fewer themes.
    """

    labels: list[int] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    examples: dict[int, list[int]] = field(default_factory=dict)
    confidence: list[float] = field(default_factory=list)
    theme_confidence: dict[int, float] = field(default_factory=dict)
    near: list[tuple[int, ...]] = field(default_factory=list)


def suggest(texts: Sequence[str], vectors: np.ndarray, *, held: Mapping[int, int] | None = None,
            previous: Sequence[int | None] | None = None, names: Mapping[int, str] | None = None,
            called: Mapping[int, tuple[str, Sequence[int]]] | None = None, about: int | None = None,
            into: Sequence[str] | None = None, strict: float = .5, language: str | None = None) -> Suggestion:
    """Gather n ideas into themes, by the steps of docs/themes.md: ``space``, ``divide``, ``placing`` and ``named``
    say which methods of the literature they are.

    texts: n texts, any.  vectors: float (n, d), as ``encode`` gives them, of whatever encoder; n and d may be 0,
    and what is no number counts as 0.
    held: position -> label where a person put it, -1 for the tray; it stays there.
    previous: the label that each idea had, -1 for the tray, None for a new idea; of one in *held* that it had before
    a person moved it, so that others follow it (``followed``).
    A theme that goes on keeps its label; a new one takes the next int above all
    in *previous*, *held* and *names*.
    names: label -> name given by a person, kept for each theme that goes on.
    called: label -> the name that was found before, and the positions it was found for; ``kept`` says how long it stays.
    about: how many themes are wished.  into: names to sort into; they and the
    themes held by people are then the only ones, and *about* says nothing.
    strict: 0 (nothing is left in the tray) to 1: at most strict² / 5 of the ideas are, beside those held there.
    language: of the workshop; says which encoder reads *into*.

    Equal input gives equal output.  Raises ``ValueError`` where the lengths of
    *texts*, *vectors* and *previous* differ.
    """
    texts, vectors = [str(text) for text in texts], np.asarray(vectors, np.float32)
    n, names = len(texts), {int(label): name for label, name in (names or {}).items()}
    held = {int(i): int(label) for i, label in (held or {}).items() if 0 <= int(i) < n}
    previous = [None] * n if previous is None else [None if label is None else int(label) for label in previous]
    if not len(vectors) == len(previous) == n:
        raise ValueError(f"{n} texts, but {len(vectors)} vectors and {len(previous)} previous labels")
    if not n:
        return Suggestion()
    vectors = np.nan_to_num(vectors.reshape(n, -1), nan=0, posinf=0, neginf=0)
    unused = 1 + max([-1, *held.values(), *names, *(label for label in previous if label is not None)])
    ties = dict(held)
    if into:
        ties, names, about = sorted_into(texts, vectors, held, names, into, unused, language)
        unused, previous = 1 + max([unused - 1, *names]), [None] * n
    labels = _gathered(texts, vectors, ties, previous, about, unused)
    return _described(texts, placing(vectors, labels, held, strict), names, called or {})


def _gathered(texts, vectors, held: dict[int, int], previous, about: int | None, unused: int) -> np.ndarray:
    """A label for each idea, the held ones in place, those held in the tray left there."""
    labels = np.full(len(texts), TRAY)
    free = [i for i in range(len(texts)) if held.get(i) != TRAY]
    if len(free) > MOST:
        free = [free[int(i)] for i in np.linspace(0, len(free) - 1, MOST)]
    if free:
        at = {i: here for here, i in enumerate(free)}
        labels[free] = _themes([texts[i] for i in free], vectors[free], {at[i]: held[i] for i in held if i in at},
                               [previous[i] for i in free], about, unused)
    for i, label in held.items():
        labels[i] = label
    return labels


def _themes(texts, vectors, held, previous, about, unused) -> list[int]:
    own = sorted(set(held.values()))
    others = sorted({label for i, label in enumerate(previous) if label is not None and label >= 0 and i not in held} - set(own))
    number = {label: k for k, label in enumerate(own + others)}
    where = np.array([number[held[i]] if i in held else -1 for i in range(len(texts))])
    goes_on = any(label is not None and label >= 0 for label in previous)
    last = np.array([number[held.get(i, label)] if held.get(i, label) in number else -1
                     for i, label in enumerate(previous)])
    if len(texts) == 1:
        found = np.maximum(where, 0)
    else:
        found = divide(space(texts, vectors, held), Held(where, len(own)), last if goes_on else None, about)
    labels = _relabelled(found, own, others, last, unused)
    left = {i: previous[i] for i in held if previous[i] not in (None, TRAY, held[i])}
    return followed(cosines(texts, vectors), np.array(labels), held, left).tolist() if left else labels


def _relabelled(found: np.ndarray, own: list[int], others: list[int], last: np.ndarray, unused: int) -> list[int]:
    """Labels for the numbers in *found*: held themes have theirs, the rest go on from the last themes that
    they share most ideas with, each at most once; what is new comes after, largest first."""
    label = dict(enumerate(own))
    sizes = Counter(found.tolist())
    new = sorted(set(sizes) - set(label), key=lambda c: (-sizes[c], c))
    shared = np.array([[((found == c) & (last == len(own) + j)).sum() for j in range(len(others))] for c in new])
    if shared.size:
        for row, column in zip(*linear_sum_assignment(-shared)):
            if shared[row, column]:
                label[new[row]] = others[column]
    for c in new:
        if c not in label:
            label[c], unused = unused, unused + 1
    return [label[c] for c in found.tolist()]


def _described(texts: list[str], placed: Placing, given: dict[int, str], called: Mapping) -> Suggestion:
    themes = sorted(set(placed.labels) - {TRAY})
    members = {theme: [i for i, label in enumerate(placed.labels) if label == theme] for theme in themes}
    return Suggestion(
        labels=placed.labels, confidence=placed.confidence, near=placed.near,
        names=named(texts, placed.seen, members, given | kept(called, texts, members, given)), examples=examples_of(placed.seen, members),
        theme_confidence={theme: float(np.mean([placed.confidence[i] for i in members[theme]])) for theme in themes})
