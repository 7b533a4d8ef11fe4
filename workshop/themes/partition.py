"""How many themes, and which ideas in each: k-means over the space, merged one by one, judged by its ties."""
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from workshop.themes.judging import modularity, moved, numbered_as, silhouette, sums_of
from workshop.themes.shared_words import unit
from workshop.themes.space import Space

MOST_THEMES = 12
FEW = 6                # ideas below which there is one theme
STARTS = 4
ROUNDS = 30
PRIOR = .16
GROWTH = 1.25          # themes expected more, by the natural logarithm of the number of ideas
USUAL = 7              # themes expected at most, of any number of ideas
FIRM_PRIOR = 1.0       # where people have held three ideas a theme or more
SILHOUETTE = .5
AT_ONCE = .2           # of the ideas may move from one look to the next
BETTER = .05           # by which a division must be better than the last one, and each step towards it
STEPS = 3              # towards a fresh division, from one look to the next
OPENS_BY_HAND = .1     # by which another theme must be better on a board that people had their hands in
STAY = .15             # of cosine, by which another theme must be nearer before an idea leaves its last one


@dataclass(frozen=True)
class Held:
    """What people fixed.  where: int (n,), the theme's number 0.. or -1; themes: how many have held ideas; board: how many there were
    before, where the last division goes on."""

    where: np.ndarray
    themes: int
    board: int = 0


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
        held = replace(held, board=_count(going_on))
        return _better(space, held, last, going_on, [] if held.themes else _fresh(space, held, wish))
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
    numbers = [k for k in (_numbers(len(space.places), held) if wish is None else [wish]) if k <= len(space.places)]
    if held.themes or max(numbers) == 1:
        return [_means(space.places, held, k) for k in numbers]
    return [division for start in range(STARTS) for division in _merged(space, held, numbers, start)]


def _merged(space: Space, held: Held, numbers: Sequence[int], start: int) -> list[np.ndarray]:
    """k-means into the largest of *numbers* from one start, then the two themes whose union costs least made one,
    again and again: a division for each number."""
    centres = _spread(space.places, max(numbers), np.random.default_rng(start))
    found = []
    while True:
        labels = _lloyd(space.places, held, centres)
        sums = sums_of(space.places, labels)
        if len(sums) in numbers or not found:
            found.append(labels)
        if len(sums) <= min(numbers):
            return found
        centres = unit(_joined(sums))


def _joined(sums: np.ndarray) -> np.ndarray:
    """*sums* of places, with the two that lose least length by being added up in one row."""
    length = np.linalg.norm(sums, axis=1)
    loss = length[:, None] + length[None] - np.linalg.norm(sums[:, None] + sums[None], axis=2)
    loss[np.tril_indices(len(sums))] = np.inf
    a, b = np.unravel_index(np.argmin(loss), loss.shape)
    return np.vstack([np.delete(sums, [a, b], axis=0), sums[a] + sums[b]])


def _spread(places: np.ndarray, k: int, random: np.random.Generator) -> np.ndarray:
    """*k* of the places, each drawn by how far it is from those before (k-means++: Arthur & Vassilvitskii, 2007)."""
    centres = [places[random.integers(len(places))]]
    far = np.full(len(places), 2.0)
    while len(centres) < k:
        far = np.minimum(far, np.maximum(1 - places @ centres[-1], 0))
        total = np.cumsum(far)
        if total[-1] < 1e-6:
            break
        centres.append(places[min(np.searchsorted(total, random.random() * total[-1]), len(places) - 1)])
    return np.array(centres)


def _continued(space: Space, held: Held, last: np.ndarray) -> np.ndarray:
    """The last themes, their centres moved to where their ideas now are, the new ideas among them."""
    k = max(int(last.max()) + 1, held.themes)
    centres = unit(sums_of(space.places, np.where(last < 0, k, last), k)[:k])
    found = _lloyd(space.places, held, centres, last)
    if moved(found, last) <= AT_ONCE:
        return found
    nearest = (space.places @ centres.T).argmax(axis=1)
    return _dense(np.where(held.where >= 0, held.where, np.where(last < 0, nearest, last)), held.themes)


def _better(space: Space, held: Held, last: np.ndarray, going_on: np.ndarray, fresh: list[np.ndarray]) -> np.ndarray:
    """The last division unless another one is clearly better that moves few ideas: one with another theme opened in it,
    with up to three themes taken over from the best of the *fresh* ones, or a fresh one whole.

    What would move or open too much at once so comes in steps, while ideas come.  A board that people have had their hands in
    is not divided afresh, and opens a theme more hardly: most of what would move stands in themes that somebody has
    looked through.
    """
    best, steps = going_on, _opened(space, held, going_on)
    aim = _best(space, held, fresh) if fresh else going_on
    for _ in range(STEPS):
        step = _best(space, held, [best, *_gentle(steps + _towards(space, held, best, aim), last)])
        if _value(space, held, step) <= _value(space, held, best) + (OPENS_BY_HAND if held.themes else BETTER):
            break
        best, steps = step, []
    found = _best(space, held, [best, *_gentle(fresh, last)])
    return found if _value(space, held, found) > _value(space, held, best) + BETTER else best


def _gentle(divisions: list[np.ndarray], last: np.ndarray) -> list[np.ndarray]:
    """Those of *divisions* that open or close at most one theme and move few ideas out of the *last* ones."""
    many = _count(last[last >= 0])
    return [labels for labels in divisions if abs(_count(labels) - many) <= 1 and moved(labels, last) <= AT_ONCE]


def _towards(space: Space, held: Held, labels: np.ndarray, aim: np.ndarray) -> list[np.ndarray]:
    """*labels* with one theme as it is in *aim*, for each that differs; the other ideas stay if they can."""
    aim, new, found = numbered_as(aim, labels), int(labels.max()) + 1, []
    for c in np.unique(aim):
        if not np.array_equal(aim == c, labels == c):
            loyal = np.where(aim == c, min(c, new), np.where(labels == c, -1, labels))
            centres = unit(sums_of(space.places, np.where(loyal < 0, new + 1, loyal)))[:int(loyal.max()) + 1]
            found.append(_lloyd(space.places, held, centres, loyal))
    return found


def _opened(space: Space, held: Held, labels: np.ndarray) -> list[np.ndarray]:
    """*labels* with one theme parted in two, for each theme that is large enough; the other ideas stay if they can."""
    if _count(labels) >= MOST_THEMES:
        return []
    sums, found = sums_of(space.places, labels), []
    for c in np.flatnonzero(np.bincount(labels) >= FEW):
        own = np.flatnonzero(labels == c)
        places, free = space.places[own], Held(np.full(len(own), -1), 0)
        parts = sums_of(places, _lloyd(places, free, _spread(places, 2, np.random.default_rng(0))))
        centres = np.vstack([sums, parts[1:]])
        centres[c] = parts[0]
        found.append(_lloyd(space.places, held, unit(centres), np.where(labels == c, -1, labels)))
    return found


def _best(space: Space, held: Held, divisions: list[np.ndarray]) -> np.ndarray:
    if len(divisions) == 1:
        return divisions[0]
    return max(divisions, key=lambda labels: _value(space, held, labels))


def _means(places: np.ndarray, held: Held, k: int) -> np.ndarray:
    """k-means into *k* from the held ideas."""
    return np.zeros(len(places), int) if k <= 1 else _lloyd(places, held, _seeds(places, held, k))


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


def _lloyd(places: np.ndarray, held: Held, centres: np.ndarray, last: np.ndarray | None = None) -> np.ndarray:
    """Spherical k-means (Dhillon & Modha, 2001) from *centres*, in which held ideas never move, and those with a
    *last* centre leave it only for one that is nearer by STAY."""
    fixed, labels = held.where >= 0, np.full(len(places), -1)
    loyal = np.flatnonzero(last >= 0) if last is not None else np.array([], int)
    for _ in range(ROUNDS):
        likeness = places @ centres.T
        if len(loyal):
            likeness[loyal, last[loyal]] += STAY
        found = np.where(fixed, held.where, likeness.argmax(axis=1))
        if (found == labels).all():
            break
        labels = found
        sums = sums_of(places, labels, len(centres))
        centres = np.where(sums.any(axis=1, keepdims=True), unit(sums), centres)
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
    weight, expected = PRIOR, min(USUAL, 1 + GROWTH * np.log(n))
    if held.themes and pinned.sum() >= 3 * held.themes:
        weight, expected = FIRM_PRIOR, held.board or held.themes * (1 + (pinned == 1).mean())
    return modularity(space.ties, labels) + SILHOUETTE * silhouette(space.places, labels) \
        - weight * np.log(k / expected) ** 2
