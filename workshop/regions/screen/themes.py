"""The board, as far as it was accepted."""
from dataclasses import dataclass

from workshop.regions.region import Context, region
from workshop.regions.screen.frame import is_open
from workshop.room import Room
from workshop.state import Board, Theme, Workshop

TOLD = 3


@dataclass(frozen=True)
class Clump:
    """A theme as the screen shows it: *count* ideas, the first few of them in *ideas*."""

    mark: str
    name: str
    wording: str
    count: int
    ideas: tuple[str, ...]


@region("screen")
def screen_board(w: Workshop, room: Room, key: str) -> Context:
    """The themes with three ideas of each, those with stars first; the tray last.  What is only suggested is not here."""
    shown = is_open(w, "themes")
    board = w.boards.get(w.open_id) if shown else None
    starred = {idea for (stage, _), ideas in w.stars.items() if stage == w.source(w.open_id) for idea in ideas} if shown else set()
    there = w.tray(w.open_id) if board and board.themes else ()
    tray = tuple(i.text for i in there if i.id not in board.cards)
    return {"shown": shown, "themes": tuple(_clump(w, board, theme, starred) for theme in board.themes.values()) if board else (),
            "tray": tray[:TOLD], "unplaced": len(there), "ideas": len(w.ideas_of(w.source(w.open_id))) if shown else 0}


def _clump(w: Workshop, board: Board, theme: Theme, starred: set[str]) -> Clump:
    ideas = [i for i in board.ideas_in(theme.id) if w.ideas[i].stands]
    heads = dict.fromkeys(board.cards.get(i, i) for i in sorted(ideas, key=lambda i: i not in starred))
    told = list(heads)[:TOLD]
    return Clump(theme.mark, theme.name, theme.wording, len(ideas), tuple(w.ideas[i].text for i in told))
