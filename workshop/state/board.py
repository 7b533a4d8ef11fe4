"""Themes, and which idea is in which."""
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

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
class Wishes:
    """What the clusterer was asked for.  *about* so many themes; sorted *into* these names alone; *strict*, 0 to 1: the tray's dial."""

    about: int | None = None
    into: tuple[str, ...] = ()
    strict: float = .5


@dataclass(frozen=True)
class Suggestion:
    """The clusterer's answer.  *labels*: idea -> theme, -1 for the tray; *asked*: the journal number it answers.

    *near*: idea -> its two nearest themes; *alike*: pairs of ideas that say nearly the same, most alike first.
    *given*: the themes that have a name which a person asked to sort into.
    """

    labels: Mapping[str, int]
    names: Mapping[int, str]
    examples: Mapping[int, tuple[str, ...]]
    confidence: Mapping[str, float]
    theme_confidence: Mapping[int, float]
    near: Mapping[str, tuple[int, ...]]
    encoder: str
    asked: int = 0
    alike: tuple[tuple[str, str], ...] = ()
    given: tuple[int, ...] = ()


@dataclass(frozen=True)
class Spot:
    """Where an idea is: its *theme* (-1: the tray), whether it is *held*, and the idea on whose *card* it lies, "" on its own."""

    theme: int = -1
    held: bool = False
    card: str = ""


@dataclass(frozen=True)
class Step:
    """What somebody did to the board at journal number *seq*: the *kind* of event, and what it changed.

    *ideas*, *themes*, *suggestion*: before and after; a theme that was or is not there is None.
    *of*: the step that it undid, 0 where it did something new; *back*: it took that back, rather than doing it again;
    *undone*: it was undone itself.  *withheld*: the idea that it set aside, or gave back, and the reason.
    """

    seq: int
    by: str
    at: int
    kind: str
    of: int = 0
    back: bool = False
    ideas: Mapping[str, tuple[Spot, Spot]] = field(default_factory=dict)
    themes: Mapping[int, tuple[Theme | None, Theme | None]] = field(default_factory=dict)
    suggestion: tuple[Suggestion | None, Suggestion | None] | None = None
    undone: bool = False
    withheld: tuple[str, str] | None = None


@dataclass(frozen=True)
class Edit:
    """What the board's step *step* did to the options of the votes that had opened by then.

    Merged: what *old*, by its *name* of then, has counts for *new*, and *old* is no option any more.  *split*: *new* came beside *old*; *goes*: the
    dots that *old* had by then are those of *new*.  *points*, *actions*, *helpers* and *seats* (discuss stage, person) went
    over from *old* to *new*, as did the discuss stages *on_stage*.
    """

    step: int
    old: str
    new: str
    split: bool = False
    goes: bool = False
    undone: bool = False
    points: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()
    seats: tuple[tuple[str, str], ...] = ()
    on_stage: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True)
class Board:
    """Which idea is in which theme.  Ideas in no theme are in the tray; *held* ones were put there by a person.

    *made* knows each theme that a person opened by the id its sender gave, so that sent twice is once.
    *gone*: themes that people took away; *top*: the highest number that a theme ever had here.
    *asked* is the journal number at which a suggestion was asked for, 0 where none is wanted; *wishes*: what was asked for last.
    *near*, *alike* and *examples* are those of the last suggestion; *apart*: pairs that a person left as two.
    *cards*: idea -> the idea on whose card it lies, since they say the same.
    *edits*: the merges and splits since people voted on it, those undone too.
    *flags*: idea -> person -> the theme where that person would rather see it, -1 for none of them;
    *flagged*: idea -> the journal number of the last of them.
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
    wishes: Wishes = Wishes()
    top: int = -1
    near: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    alike: tuple[tuple[str, str], ...] = ()
    examples: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    apart: frozenset[tuple[str, str]] = frozenset()
    cards: Mapping[str, str] = field(default_factory=dict)
    flags: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    flagged: Mapping[str, int] = field(default_factory=dict)
    history: tuple[Step, ...] = ()
    edits: tuple[Edit, ...] = ()

    @property
    def unused(self) -> int:
        """The next theme number: one more than any that was ever used here or stands in the suggestion."""
        return max([self.top, *(self.suggestion.names if self.suggestion else ())]) + 1

    @property
    def waiting(self) -> bool:
        """Whether a suggestion was asked for and has not come."""
        return bool(self.asked) and (self.suggestion is None or self.suggestion.asked != self.asked)

    def ideas_in(self, theme: int) -> tuple[str, ...]:
        """The ids of the ideas in *theme*, in the order they were placed."""
        return self._inside.get(theme, ())

    @cached_property
    def _inside(self) -> Mapping[int, tuple[str, ...]]:
        """Theme -> its ideas: gone through once for all themes."""
        found = defaultdict(list)
        for idea, theme in self.place.items():
            found[theme].append(idea)
        return {theme: tuple(ideas) for theme, ideas in found.items()}

    def name_of(self, theme: int) -> str:
        """What *theme* is called, or was when people put it into another one after they had voted; empty for any other."""
        names = (edit.name for edit in reversed(self.edits) if edit.old == f"theme:{theme}" and edit.name)
        return self.themes[theme].name if theme in self.themes else next(names, "")

    def spot(self, idea: str) -> Spot:
        """Where *idea* is."""
        return Spot(self.place.get(idea, -1), idea in self.held, self.cards.get(idea, ""))

    def on_card(self, idea: str) -> tuple[str, ...]:
        """The ideas that lie on the same card as *idea*, the one that gives its words first."""
        head = self.cards.get(idea, idea)
        return (head, *(other for other, card in self.cards.items() if card == head))

    def root(self, step: Step) -> Step:
        """What *step* did, or undid, or did again in the end."""
        while step.of:
            step = self.step(step.of)
        return step

    def step(self, seq: int) -> Step | None:
        """The step of that journal number."""
        return next((step for step in self.history if step.seq == seq), None)
