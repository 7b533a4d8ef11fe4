"""The board, as far as it was accepted, and where one's own ideas stand on it."""
from collections import Counter
from dataclasses import dataclass

from workshop.regions.phone.view import view
from workshop.regions.region import Context, region
from workshop.room import Room
from workshop.state import Board, Idea, Workshop


@dataclass(frozen=True)
class Clump:
    """A theme and how many ideas are in it."""

    mark: str
    name: str
    wording: str
    count: int


def board_shown(w: Workshop) -> Board | None:
    """The board of the open stage, where it has themes to show."""
    board = w.boards.get(w.open_id) if view(w) == "themes" else None
    return board if board and board.themes else None


@region("phone", "phones")
def phone_themes(w: Workshop, room: Room, key: str) -> Context:
    """The themes with their names and counts.  What is only suggested is not here."""
    board = board_shown(w)
    count = Counter(board.place.values()) if board else Counter()
    themes = tuple(Clump(t.mark, t.name, t.wording, count[n]) for n, t in board.themes.items()) if board else ()
    return {"waiting": view(w) == "themes" and not board, "themes": themes, "tray": len(w.tray(w.open_id)) if board else 0}


@region("phone", "person", listed=True)
def my_places(w: Workshop, room: Room, person: str) -> Context:
    """Where one's own ideas stand."""
    board = board_shown(w)
    mine = [i for i in w.written_by(person, w.source(w.open_id)) if not i.withdrawn] if board else []
    entries = [(i.id, _placed(board, i)) for i in mine if not i.parked]
    return {"some": bool(entries), "entries": entries}


@region("phone", "group", listed=True)
def our_places(w: Workshop, room: Room, group: str) -> Context:
    """Where the ideas that the group starred stand."""
    board = board_shown(w)
    stars = w.stars.get((w.source(w.open_id), group), ()) if board else ()
    return {"some": bool(stars), "word": w.plan.group_word, "entries": [(i, _placed(board, w.ideas[i])) for i in stars]}


def _placed(board: Board, idea: Idea) -> tuple[str, str, str]:
    """The idea's words, and the mark and name of its theme, empty in the tray."""
    theme = board.themes.get(board.place.get(idea.id, -1))
    return (idea.text, theme.mark, theme.name) if theme else (idea.text, "", "")
