"""Themes, and which idea is in which."""
from collections.abc import Mapping
from dataclasses import dataclass, field

MARKS = "ABCDEFGHJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Theme:
    """A named clump of ideas.  *id* is its number for life; *named*: by a person; *wording*: what a group could start on."""

    id: int
    name: str
    wording: str = ""
    named: bool = False

    @property
    def mark(self) -> str:
        """The letter that people call it by."""
        return MARKS[self.id % len(MARKS)]


@dataclass(frozen=True)
class Suggestion:
    """The clusterer's answer.  *labels*: idea -> theme, -1 for the tray; *asked*: the journal number it answers."""

    labels: Mapping[str, int]
    names: Mapping[int, str]
    examples: Mapping[int, tuple[str, ...]]
    confidence: Mapping[str, float]
    theme_confidence: Mapping[int, float]
    near: Mapping[str, tuple[int, ...]]
    encoder: str
    asked: int = 0


@dataclass(frozen=True)
class Board:
    """Which idea is in which theme.  Ideas in no theme are in the tray; *held* ones were put there by a person.

    *made* knows each theme that a person opened by the id its sender gave, so that sent twice is once.
    *asked* is the journal number at which a suggestion was asked for, 0 where none is wanted.
    """

    stage: str
    themes: Mapping[int, Theme] = field(default_factory=dict)
    place: Mapping[str, int] = field(default_factory=dict)
    held: frozenset[str] = frozenset()
    made: Mapping[str, int] = field(default_factory=dict)
    gone: frozenset[int] = frozenset()
    suggestion: Suggestion | None = None
    encoder: str = ""
    asked: int = 0

    @property
    def unused(self) -> int:
        """The next theme number: one more than any that was ever used here."""
        return max([-1, *self.themes, *self.gone]) + 1

    @property
    def waiting(self) -> bool:
        """Whether a suggestion was asked for and has not come."""
        return bool(self.asked) and (self.suggestion is None or self.suggestion.asked != self.asked)

    def ideas_in(self, theme: int) -> tuple[str, ...]:
        """The ids of the ideas in *theme*, in the order they were placed."""
        return tuple(idea for idea, at in self.place.items() if at == theme)
