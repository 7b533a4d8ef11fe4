"""What the board waits for: ideas that look alike, and ideas that people would see elsewhere."""
from collections import Counter
from dataclasses import dataclass

from workshop.regions.console.before import before_vote
from workshop.regions.console.themes import board_now, locked
from workshop.regions.region import Context, region
from workshop.room import Room
from workshop.state import Board, Workshop

MOST = 5   # of each kind at a time


@dataclass(frozen=True)
class Pair:
    """Two ideas that look alike."""

    idea: str
    text: str
    turns: int
    other: str
    other_text: str
    other_turns: int


@dataclass(frozen=True)
class Flag:
    """How many people would rather see an idea in *theme* (-1: in none of them) than where it is.

    *at*, *to*: mark and name of both places, empty for the tray; *said*: the journal number of what was said of it last.
    """

    idea: str
    text: str
    turns: int
    people: int
    theme: int
    at: tuple[str, str]
    to: tuple[str, str]
    said: int


@region("console")
def to_decide(w: Workshop, room: Room, key: str) -> Context:
    """How much waits for the facilitators beside the board, with pairs of options that would split the next vote; *at*: where."""
    board = board_now(w)
    on_board = len(_pairs(w, board)) + len(_flags(w, board)) if board and not locked(w) else 0
    return {"count": on_board + (len(before_vote(w, room, "").get("pairs", ())) if board else 0), "at": "board-waits" if on_board else "before-vote"}


@region("console", listed=True)
def board_alike(w: Workshop, room: Room, key: str) -> Context:
    """Pairs that may become one card, most alike first."""
    board = board_now(w)
    pairs = _pairs(w, board) if board and not locked(w) else []
    return {"count": len(pairs), "entries": [(f"{p.idea}-{p.other}", (p, w.open_id, w.code)) for p in pairs[:MOST]]}


@region("console", listed=True)
def board_flags(w: Workshop, room: Room, key: str) -> Context:
    """What phones said of the places of ideas; who said it is not here."""
    board = board_now(w)
    flags = _flags(w, board) if board and not locked(w) else []
    return {"count": len(flags), "entries": [(f"{f.idea}-{f.theme}", (f, w.open_id, w.code)) for f in flags[:MOST]]}


def _pairs(w: Workshop, board: Board) -> list[Pair]:
    there = {i.id: i for i in w.ideas_of(w.source(board.stage)) if not i.parked}
    found = []
    for one, two in board.alike:
        apart = (min(one, two), max(one, two)) in board.apart
        if one in there and two in there and not apart and board.on_card(one)[0] != board.on_card(two)[0]:
            found.append(Pair(one, there[one].text, there[one].turns, two, there[two].text, there[two].turns))
    return found


def _flags(w: Workshop, board: Board) -> list[Flag]:
    found = []
    for idea, by in board.flags.items():
        at = board.place.get(idea, -1)
        wishes = Counter(theme for theme in by.values() if theme != at and (theme in board.themes or theme == -1))
        if w.ideas[idea].stands:
            found += [Flag(idea, w.ideas[idea].text, w.ideas[idea].turns, n, theme, _place(board, at), _place(board, theme), board.flagged[idea]) for theme, n in wishes.items()]
    return sorted(found, key=lambda flag: -flag.people)


def _place(board: Board, theme: int) -> tuple[str, str]:
    return (board.themes[theme].mark, board.themes[theme].name) if theme in board.themes else ("", "")
