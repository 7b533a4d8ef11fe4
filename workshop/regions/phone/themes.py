"""The board, as far as it was accepted, and where one's own ideas stand on it."""
from collections import Counter
from dataclasses import dataclass

from workshop.regions.phone.view import view
from workshop.regions.region import Context, Within, region
from workshop.room import Room
from workshop.state import Board, Idea, Workshop


# Bytes, of which a phone's page has 60,000; and so many of one's newest ideas, and of the themes, to choose from in the form.
THEMES, OWN, STARRED, MISPLACED, GOALS = 12_000, 9_000, 4_000, 24, 30


@dataclass(frozen=True)
class Clump:
    """A theme and how many ideas are in it."""

    mark: str
    name: str
    wording: str
    count: int


@dataclass(frozen=True)
class Placed:
    """An idea with the *mark* and *name* of its theme, empty in the tray.

    *said*: where people would rather see it ("" for none of the themes), and how many; *may_say*: not once people vote.
    """

    idea: str
    text: str
    mark: str
    name: str
    said: tuple[tuple[str, int], ...]
    may_say: bool


def board_shown(w: Workshop) -> Board | None:
    """The board of the open stage, where it has themes to show."""
    board = w.boards.get(w.open_id) if view(w) == "themes" else None
    return board if board and board.themes else None


@region("phone", "phones", listed=True)
def phone_themes(w: Workshop, room: Room, key: str) -> Context:
    """The themes with their names and counts.  What is only suggested is not here."""
    board = board_shown(w)
    count = Counter(board.place.values()) if board else Counter()
    themes = [(str(n), Clump(t.mark, t.name, t.wording, count[n])) for n, t in board.themes.items()] if board else []
    return {"waiting": view(w) == "themes" and not board, "some": bool(themes), "tray": len(w.tray(w.open_id)) if board else 0,
            "within": Within(THEMES, newest=False), "entries": themes}


@region("phone", "person", listed=True)
def my_places(w: Workshop, room: Room, person: str) -> Context:
    """Where one's own ideas stand, and what one said of that and of others that the group starred."""
    board = board_shown(w)
    told = [i for i, by in board.flags.items() if person in by] if board else []
    mine = _standing(w, [*(i.id for i in w.written_by(person, w.source(w.open_id))), *told]) if board else []
    return {"some": bool(mine), "within": Within(OWN), "entries": [(i.id, (_placed(w, board, i, person), w.code, w.open_id)) for i in mine]}


@region("phone", "group", listed=True)
def our_places(w: Workshop, room: Room, group: str) -> Context:
    """Where the ideas that the group starred stand."""
    board = board_shown(w)
    stars = w.stars.get((w.source(w.open_id), group), ()) if board else ()
    entries = [(i, (_placed(w, board, w.ideas[i]), w.code, w.open_id)) for i in stars]
    return {"some": bool(stars), "word": w.plan.group_word, "within": Within(STARRED), "entries": entries}


@region("phone", "person")
def not_here(w: Workshop, room: Room, person: str) -> Context:
    """The one form in which one says where an idea of one's own, or one that one's group starred, would be better."""
    board = board_shown(w)
    group = w.group_of(person, w.source(w.open_id)) if board else None
    stars = w.stars.get((w.source(w.open_id), group.id if group else ""), ()) if board else ()
    ideas = _standing(w, [*stars, *(i.id for i in w.written_by(person, w.source(w.open_id)))]) if board and _may_say(w, board) else []
    return {"stage": w.open_id, "code": w.code, "ideas": tuple((i.id, i.text) for i in ideas[-MISPLACED:]),
            "goals": tuple((n, theme.name) for n, theme in [*board.themes.items()][:GOALS]) if ideas else ()}


def _standing(w: Workshop, ideas: list[str]) -> list[Idea]:
    return [w.ideas[i] for i in dict.fromkeys(ideas) if w.ideas[i].stands and not w.ideas[i].parked]


def _may_say(w: Workshop, board: Board) -> bool:
    """Whether people may still say that an idea is in the wrong place."""
    return not any(w.source(vote) == board.stage for vote in w.votes)


def _placed(w: Workshop, board: Board, idea: Idea, person: str = "") -> Placed:
    at = board.place.get(idea.id, -1)
    by = board.flags.get(idea.id, {})
    said = {person: by[person]} if person in by else {} if person else by
    wishes = Counter(to for to in said.values() if to != at and (to == -1 or to in board.themes))
    theme = board.themes.get(at)
    return Placed(idea.id, idea.text, theme.mark if theme else "", theme.name if theme else "",
                  tuple((board.themes[to].name if to in board.themes else "", n) for to, n in wishes.items()), _may_say(w, board))
