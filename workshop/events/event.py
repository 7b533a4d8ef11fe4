"""What an event is, and the table of all kinds."""
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from workshop.state import Workshop

EVENTS: dict[str, type["Event"]] = {}
K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True)
class Event:
    """What happened.  Applying never fails, never asks the time and never computes what a method may change."""

    def __init_subclass__(cls, kind: bool = True) -> None:
        if kind:
            EVENTS[cls.__name__] = cls

    def apply(self, w: Workshop) -> Workshop:
        """*w* after this; ``w.seq``, ``w.at`` and ``w.by`` are already those of the entry it stands in."""
        raise TypeError(f"{type(self).__name__} says no change")

    def touches(self, w: Workshop) -> frozenset[str] | None:
        """Whose own drawings this may change: ids of people, groups and priorities; None for anybody's.  *w* is as this left it.

        What all phones, the screen and the consoles see is looked at after every event.  A thousand phones are not, where
        an event says that it concerns one.
        """
        return None


def put(mapping: Mapping[K, V], key: K, value: V) -> dict[K, V]:
    """*mapping* with *value* at *key*; the old one stays as it is."""
    return {**mapping, key: value}


def without(mapping: Mapping[K, V], *keys: K) -> dict[K, V]:
    """*mapping* without *keys*."""
    return {key: value for key, value in mapping.items() if key not in keys}
