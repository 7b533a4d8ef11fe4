"""Breakout balance: who sits where, so that every table has as many from each side as the next."""
import random
from collections.abc import Mapping, Sequence
from math import ceil

from workshop.state import Group, Person

SMALLEST, LARGEST = 4, 8


def advised(sides: Mapping[str, int], size: int = 0) -> int:
    """How many groups to make of *sides* (constituency -> people).

    Looks for groups of 4 to 8 in which the sides are equal, nearest to *size* people each (6 where it is 0);
    where there is none, the number nearest to *size*.  At least 1.
    """
    people = sum(sides.values())
    wanted = size or (SMALLEST + LARGEST) // 2
    if people <= wanted:
        return 1
    allowed = range(ceil(people / max(LARGEST, size)), max(people // min(SMALLEST, wanted), 1) + 1)
    even = [n for n in allowed if all(side % n == 0 for side in sides.values())]
    return min(even or allowed or [1], key=lambda n: (abs(people / n - wanted), n))


def dealt(people: Sequence[Person], count: int, seed: int) -> tuple[Group, ...]:
    """*people* in *count* groups: sizes differ by at most one, and so does each constituency's share.

    Each constituency is shuffled by *seed* and dealt out in turn, the next one going on where the last ended.
    """
    chance = random.Random(seed)
    hands: list[list[str]] = [[] for _ in range(count)]
    place = 0
    for side in sorted({p.constituency for p in people}):
        of_side = [p.id for p in people if p.constituency == side]
        chance.shuffle(of_side)
        for person in of_side:
            hands[place % count].append(person)
            place += 1
    return tuple(Group(f"g{n}", str(n), tuple(hand)) for n, hand in enumerate(hands, start=1))


def place_for(groups: Sequence[Group], constituency: str, people: Mapping[str, Person]) -> str:
    """The group for a late joiner: the smallest of those where their *constituency* is rarest."""
    def crowd(group: Group) -> tuple[int, int]:
        return sum(people[p].constituency == constituency for p in group.people), len(group.people)
    return min(groups, key=crowd).id
