"""Names that stay: a facilitator has read them, so a theme that goes on keeps its own while it fits."""
from collections.abc import Mapping, Sequence

from workshop.themes.phrases import folded

STAYED = 1 / 2         # of the ideas that a theme was named after are still in it
KNOWN = 1 / 3          # of the ideas in it are those that it was named after


def kept(called: Mapping[int, tuple[str, Sequence[int]]], texts: Sequence[str], members: Mapping[int, Sequence[int]],
         given: Mapping[int, str]) -> dict[int, str]:
    """Label -> name, for each theme that keeps the one it had.

    called: label -> the name, and the positions of the ideas that it was found for.
    members: label -> positions of the ideas that are in the theme now.
    A name stays while half of its ideas do, the theme has not grown to more than three times as many, and each of
    its words is still said in it; never beside a name *given* by a person that reads the same.
    """
    taken = {folded(name) for name in given.values()}
    return {label: name for label, (name, then) in called.items()
            if label in members and label not in given and folded(name) not in taken and _fits(name, set(then), members[label], texts)}


def _fits(name: str, then: set[int], now: Sequence[int], texts: Sequence[str]) -> bool:
    both = len(then & set(now))
    said = {word for i in now for word in folded(texts[i])}
    return both >= STAYED * len(then) and both >= KNOWN * len(now) and set(folded(name)) <= said
