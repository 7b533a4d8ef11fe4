"""The board: what the clusterer suggested and what people did with it."""
from collections.abc import Mapping
from dataclasses import dataclass, field

from workshop.events.board import BoardEvent
from workshop.events.edits import edited
from workshop.events.event import put, without
from workshop.state import Board, Edit, Result, Suggestion, Theme, Wishes, Workshop
from workshop.state.changed import replace


@dataclass(frozen=True)
class SuggestionAsked(BoardEvent):
    wishes: Wishes = Wishes()

    def on(self, board: Board, w: Workshop) -> Board:
        return replace(board, asked=w.seq, wishes=self.wishes)


@dataclass(frozen=True)
class ThemesSuggested(BoardEvent):
    """The answer of the clusterer, whole, so that replay never asks it again."""

    suggestion: Suggestion

    def on(self, board: Board, w: Workshop) -> Board:
        return replace(board, suggestion=self.suggestion, near=self.suggestion.near, alike=self.suggestion.alike,
                       examples=self.suggestion.examples)


@dataclass(frozen=True)
class SuggestionAccepted(BoardEvent):
    """*themes* are opened or kept with these names; *place* puts ideas in a theme, -1 back in the tray.

    *empty* themes, which this left without an idea, go.  *given*: the themes whose name a person asked to sort into.
    """

    themes: Mapping[int, str]
    place: Mapping[str, int]
    whole: bool
    encoder: str = ""
    empty: tuple[int, ...] = ()
    given: tuple[int, ...] = ()

    def on(self, board: Board, w: Workshop) -> Board:
        before = {n: board.themes.get(n, Theme(n, name)) for n, name in self.themes.items()}
        themes = {**board.themes, **{n: replace(was, name=self.themes[n], named=was.named or n in self.given) for n, was in before.items()}}
        place = {i: t for i, t in {**board.place, **self.place}.items() if t >= 0}
        return replace(board, themes=without(themes, *self.empty), place=place, gone=board.gone | set(self.empty),
                       encoder=self.encoder or board.encoder,
                       suggestion=None if self.whole else board.suggestion, asked=0 if self.whole else board.asked)


@dataclass(frozen=True)
class SuggestionDiscarded(BoardEvent):
    def on(self, board: Board, w: Workshop) -> Board:
        return replace(board, suggestion=None, asked=0)


@dataclass(frozen=True)
class IdeasMoved(BoardEvent):
    """A person put *ideas* into *theme*, -1 for the tray; they are held there from now on."""

    ideas: tuple[str, ...]
    theme: int

    def on(self, board: Board, w: Workshop) -> Board:
        place = without(board.place, *self.ideas)
        if self.theme >= 0:
            place |= dict.fromkeys(self.ideas, self.theme)
        return replace(board, place=place, held=board.held | set(self.ideas))

    def touches(self, w: Workshop) -> frozenset[str]:
        moved = [w.ideas[idea] for idea in self.ideas if idea in w.ideas]
        return frozenset(who for idea in moved for who in (idea.author, idea.group))


@dataclass(frozen=True)
class ThemeMade(BoardEvent):
    """A person opened a theme, empty or with *ideas*; *key* is the id its sender gave.

    *left*: ideas of the themes that this split, which are held where they were.  *of*: the one theme that it split after
    people had voted; *dots*: that theme's ``stay`` or ``go`` to the new one.  *results*: what closed votes come to then.
    """

    key: str
    theme: int
    name: str
    ideas: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    of: int = -1
    dots: str = ""
    results: Mapping[str, Result] = field(default_factory=dict)

    def apply(self, w: Workshop) -> Workshop:
        edit = Edit(w.seq, f"theme:{self.of}", f"theme:{self.theme}", split=True, goes=self.dots == "go")
        return edited(super().apply(w), self.stage, edit, self.results) if self.of >= 0 else super().apply(w)

    def on(self, board: Board, w: Workshop) -> Board:
        place = {**without(board.place, *self.ideas), **dict.fromkeys(self.ideas, self.theme)}
        return replace(board, themes=put(board.themes, self.theme, Theme(self.theme, self.name, named=True)), place=place,
                       held=board.held | {*self.ideas, *self.left}, made=put(board.made, self.key, self.theme))


@dataclass(frozen=True)
class ThemeRenamed(BoardEvent):
    theme: int
    name: str

    def on(self, board: Board, w: Workshop) -> Board:
        return replace(board, themes=put(board.themes, self.theme, replace(board.themes[self.theme], name=self.name, named=True)))


@dataclass(frozen=True)
class ThemeWorded(BoardEvent):
    """The sentence that a group could start on."""

    theme: int
    wording: str

    def on(self, board: Board, w: Workshop) -> Board:
        return replace(board, themes=put(board.themes, self.theme, replace(board.themes[self.theme], wording=self.wording)))


@dataclass(frozen=True)
class ThemesMerged(BoardEvent):
    """Everything in *theme* went *into* another, and all of it is held there; its letter is not used again.

    *results*: what closed votes come to, where people had voted on it.
    """

    theme: int
    into: int
    results: Mapping[str, Result] = field(default_factory=dict)

    def apply(self, w: Workshop) -> Workshop:
        edit = Edit(w.seq, f"theme:{self.theme}", f"theme:{self.into}", name=w.boards[self.stage].themes[self.theme].name)
        return edited(super().apply(w), self.stage, edit, self.results)

    def on(self, board: Board, w: Workshop) -> Board:
        together = {*board.ideas_in(self.theme), *board.ideas_in(self.into)}
        place = {i: self.into if t == self.theme else t for i, t in board.place.items()}
        return replace(board, themes=without(board.themes, self.theme), place=place, held=board.held | together,
                       gone=board.gone | {self.theme})


@dataclass(frozen=True)
class ThemeClosed(BoardEvent):
    """A theme was taken off the board; its ideas went back to the tray."""

    theme: int

    def on(self, board: Board, w: Workshop) -> Board:
        return replace(board, themes=without(board.themes, self.theme), gone=board.gone | {self.theme},
                       place={i: t for i, t in board.place.items() if t != self.theme},
                       held=board.held - set(board.ideas_in(self.theme)))


@dataclass(frozen=True)
class IdeasHeld(BoardEvent):
    """A person wants *ideas* to stay where they are."""

    ideas: tuple[str, ...]

    def on(self, board: Board, w: Workshop) -> Board:
        return replace(board, held=board.held | set(self.ideas))


@dataclass(frozen=True)
class IdeasReleased(BoardEvent):
    """A suggestion may move *ideas* again."""

    ideas: tuple[str, ...]

    def on(self, board: Board, w: Workshop) -> Board:
        return replace(board, held=board.held - set(self.ideas))


@dataclass(frozen=True)
class IdeasFolded(BoardEvent):
    """*ideas* say the same as *into*, and lie on its card from now on."""

    ideas: tuple[str, ...]
    into: str

    def on(self, board: Board, w: Workshop) -> Board:
        spot = board.spot(self.into)
        place = without(board.place, *self.ideas) | (dict.fromkeys(self.ideas, spot.theme) if spot.theme >= 0 else {})
        held = board.held | set(self.ideas) if spot.held else board.held - set(self.ideas)
        return replace(board, place=place, held=held, cards={**without(board.cards, *self.ideas), **dict.fromkeys(self.ideas, self.into)})


@dataclass(frozen=True)
class CardParted(BoardEvent):
    """The ideas on the card of *idea* stand alone again, where the card was."""

    idea: str

    def on(self, board: Board, w: Workshop) -> Board:
        return replace(board, cards={i: card for i, card in board.cards.items() if card != self.idea})


@dataclass(frozen=True)
class PairLeft(BoardEvent):
    """Two ideas that look alike stay two."""

    idea: str
    other: str

    def on(self, board: Board, w: Workshop) -> Board:
        return replace(board, apart=board.apart | {(self.idea, self.other)})


@dataclass(frozen=True)
class PlaceFlagged(BoardEvent):
    """*person* says that *idea* is in the wrong place, and would rather see it in *theme*, -1 for none of them."""

    idea: str
    person: str
    theme: int

    def on(self, board: Board, w: Workshop) -> Board:
        flags = put(board.flags, self.idea, put(board.flags.get(self.idea, {}), self.person, self.theme))
        return replace(board, flags=flags, flagged=put(board.flagged, self.idea, w.seq))

    def touches(self, w: Workshop) -> frozenset[str]:
        return frozenset((self.person, w.ideas[self.idea].group))


@dataclass(frozen=True)
class FlagTaken(BoardEvent):
    """*person* takes back what they said of the place of *idea*."""

    idea: str
    person: str

    def on(self, board: Board, w: Workshop) -> Board:
        rest = without(board.flags.get(self.idea, {}), self.person)
        return replace(board, flags=put(board.flags, self.idea, rest) if rest else without(board.flags, self.idea))


@dataclass(frozen=True)
class FlagsLeft(BoardEvent):
    """The facilitators leave *idea* where it is."""

    idea: str

    def on(self, board: Board, w: Workshop) -> Board:
        return replace(board, flags=without(board.flags, self.idea))
