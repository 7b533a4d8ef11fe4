"""The board: what the clusterer suggested and what people did with it."""
from collections.abc import Mapping
from dataclasses import dataclass, replace

from workshop.events.event import Event, put, without
from workshop.state import Board, Suggestion, Theme, Workshop


@dataclass(frozen=True)
class BoardEvent(Event, kind=False):
    """A change of one board: ``on`` gives the new one."""

    stage: str

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, boards=put(w.boards, self.stage, self.on(w.boards[self.stage], w)))

    def on(self, board: Board, w: Workshop) -> Board:
        raise TypeError(f"{type(self).__name__} says no change")


@dataclass(frozen=True)
class SuggestionAsked(BoardEvent):
    def on(self, board: Board, w: Workshop) -> Board:
        return replace(board, asked=w.seq)


@dataclass(frozen=True)
class ThemesSuggested(BoardEvent):
    """The answer of the clusterer, whole, so that replay never asks it again."""

    suggestion: Suggestion

    def on(self, board: Board, w: Workshop) -> Board:
        return replace(board, suggestion=self.suggestion)


@dataclass(frozen=True)
class SuggestionAccepted(BoardEvent):
    """*themes* are opened or kept with these names; *place* puts ideas in a theme, -1 back in the tray.

    *empty* themes, which this left without an idea, go.
    """

    themes: Mapping[int, str]
    place: Mapping[str, int]
    whole: bool
    encoder: str = ""
    empty: tuple[int, ...] = ()

    def on(self, board: Board, w: Workshop) -> Board:
        themes = {**board.themes, **{n: replace(board.themes[n], name=name) if n in board.themes else Theme(n, name)
                                     for n, name in self.themes.items()}}
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


@dataclass(frozen=True)
class ThemeMade(BoardEvent):
    """A person opened a theme, empty or with *ideas*; *key* is the id its sender gave."""

    key: str
    theme: int
    name: str
    ideas: tuple[str, ...] = ()

    def on(self, board: Board, w: Workshop) -> Board:
        place = {**without(board.place, *self.ideas), **dict.fromkeys(self.ideas, self.theme)}
        return replace(board, themes=put(board.themes, self.theme, Theme(self.theme, self.name, named=True)), place=place,
                       held=board.held | set(self.ideas), made=put(board.made, self.key, self.theme))


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
    """Everything in *theme* went *into* another; its letter is not used again."""

    theme: int
    into: int

    def on(self, board: Board, w: Workshop) -> Board:
        moved = board.ideas_in(self.theme)
        place = {i: self.into if t == self.theme else t for i, t in board.place.items()}
        return replace(board, themes=without(board.themes, self.theme), place=place, held=board.held | set(moved),
                       gone=board.gone | {self.theme})


@dataclass(frozen=True)
class ThemeClosed(BoardEvent):
    """A theme was taken off the board; its ideas went back to the tray."""

    theme: int

    def on(self, board: Board, w: Workshop) -> Board:
        return replace(board, themes=without(board.themes, self.theme), gone=board.gone | {self.theme},
                       place={i: t for i, t in board.place.items() if t != self.theme},
                       held=board.held - set(board.ideas_in(self.theme)))
