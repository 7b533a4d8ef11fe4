"""The board: tray and themes as they stand, and what a suggestion would do to them."""
from collections import defaultdict
from dataclasses import dataclass

from workshop.regions.console.frame import stage_kind
from workshop.regions.region import Context, region
from workshop.room import Room
from workshop.rules.themes import TRAY, opens, placed
from workshop.state import MARKS, Board, Idea, Theme, Wishes, Workshop
from workshop.words import N_, PSEUDO

SHELVES = 4


@dataclass(frozen=True)
class Line:
    """An idea on the board.  *way*: ``leaving`` to, or ``arriving`` in, the theme *goal* (a letter, "" for the tray).

    *also*: the words of the others on its card; *behind*: how many people wrote and support what is on it; *turns*: how
    often it was withheld or given back.
    """

    id: str
    text: str
    table: str
    held: bool = False
    way: str = ""
    goal: str = ""
    also: tuple[str, ...] = ()
    behind: int = 1
    turns: int = 0


@dataclass(frozen=True)
class Column:
    """A theme on the board.  *new*: only suggested so far.  *changes*: ideas that its part of the suggestion moves."""

    id: int
    mark: str
    name: str
    wording: str
    telling: str
    count: int
    ideas: tuple[Line, ...]
    new: bool = False
    changes: int = 0
    named: bool = False


@dataclass(frozen=True)
class Change:
    """What accepting the suggestion would do, and what it keeps."""

    opens: int
    places: int
    moves: int
    trays: int
    held: int
    named: int
    whole: int


@region("console")
def board_tools(w: Workshop, room: Room, key: str) -> Context:
    """The suggestion in one line, and the state of whoever makes it."""
    board = board_now(w)
    change = _change(w, board) if board and board.suggestion else None
    return {"shown": board is not None, "stage": w.open_id, "code": w.code, "ideas": len(w.ideas_of(w.source(w.open_id))) if board else 0,
            "themes": len(board.themes) if board else 0, "change": change, "waiting": bool(board and board.waiting),
            "asked": board.asked if board else 0, "wishes": board.wishes if board else Wishes(), "locked": locked(w),
            "worker": room.worker, "note": _note(w, room, board), "trouble": room.trouble}


def _note(w: Workshop, room: Room, board: Board | None) -> str:
    """What to know of whoever sorted, a sentence marked for translation, or ""."""
    encoder = (board.suggestion.encoder if board.suggestion else board.encoder) if board else ""
    if "shared words" in (encoder, room.encoder):
        return N_("Sorted by shared words: no language model is installed.")
    if encoder == "all-MiniLM-L6-v2" and w.plan.language.split("-")[0] not in ("en", PSEUDO):
        return N_("The language model hardly knows your language. Check its themes with care.")
    return ""


@region("console", listed=True)
def board_tray(w: Workshop, room: Room, key: str) -> Context:
    """The ideas in no theme, each with the themes that are nearest to it."""
    board = board_now(w)
    going = placed(w, board) if board and board.suggestion else {}
    tables, there = _tables(w), w.tray(w.open_id) if board else ()
    lines = []
    for idea in there:
        if idea.id not in board.cards:
            to = going.get(idea.id, TRAY)
            line = _line(w, board, idea, tables, "leaving" if to != TRAY else "", _mark(to))
            lines.append((idea.id, (line, _offers(w, board, idea.id), w.open_id, w.code)))
    coming = (i for i, to in going.items() if to == TRAY and i not in board.cards)
    lines += [(f"to-{i}", (_line(w, board, w.ideas[i], tables, "arriving"), (), w.open_id, w.code)) for i in coming]
    return {"shown": board is not None, "entries": lines, "count": len(there)}


@region("console", listed=True)
def board_shelves(w: Workshop, room: Room, key: str) -> Context:
    """The themes on four shelves."""
    board = board_now(w)
    columns = _columns(w, board) if board else ()
    shelves = _shelved(columns)
    return {"shown": board is not None, "bare": not columns,
            "entries": [(str(n), (tuple(shelf), w.open_id, w.code, locked(w))) for n, shelf in enumerate(shelves)] if board else []}


@region("console")
def move_goals(w: Workshop, room: Room, key: str) -> Context:
    """Where selected ideas can go."""
    return {"goals": _goals(w)}


@region("console")
def merge_goals(w: Workshop, room: Room, key: str) -> Context:
    """What a theme can be merged into."""
    return {"goals": _goals(w)}


def board_now(w: Workshop) -> Board | None:
    """The board of the open stage, None where it has none."""
    return w.boards.get(w.open_id) if stage_kind(w) == "themes" else None


def _goals(w: Workshop) -> tuple[tuple[int, str, str], ...]:
    board = board_now(w)
    return tuple((n, theme.mark, theme.name) for n, theme in board.themes.items()) if board else ()


def _shelved(columns: tuple[Column, ...]) -> list[list[Column]]:
    """*columns* on the shelves: down one and up the next by their numbers, so that a theme that goes moves no other one.

    Where a shelf would have two more than another, its last theme moves over.
    """
    shelves: list[list[Column]] = [[] for _ in range(SHELVES)]
    for column in columns:
        turn, along = divmod(column.id, SHELVES)
        shelves[along if turn % 2 == 0 else SHELVES - 1 - along].append(column)
    while len(most := max(shelves, key=len)) > len(least := min(shelves, key=len)) + 1:
        least.append(most.pop())
    return shelves


def locked(w: Workshop) -> bool:
    """Whether a vote on this board has opened: then only names and wordings can change."""
    return any(w.source(vote) == w.open_id for vote in w.votes)


def _tables(w: Workshop) -> dict[str, str]:
    return {group.id: group.name for group in w.groups_of(w.source(w.open_id))}


def _mark(theme: int) -> str:
    return "" if theme == TRAY else MARKS[theme % len(MARKS)]


def _offers(w: Workshop, board: Board, idea: str) -> tuple[tuple[int, str, str], ...]:
    """The themes on the board that the last suggestion found nearest to *idea*: number, mark, name."""
    near = () if locked(w) else board.near.get(idea, ())
    return tuple((n, board.themes[n].mark, board.themes[n].name) for n in near if n in board.themes)


def _line(w: Workshop, board: Board, idea: Idea, tables: dict[str, str], way: str = "", goal: str = "") -> Line:
    table, held = tables.get(idea.group, ""), idea.id in board.held
    card = [w.ideas[i] for i in board.on_card(idea.id)] if board.cards else [idea]
    if len(card) == 1 and idea.id not in w.support:
        return Line(idea.id, idea.text, table, held, way, goal, turns=idea.turns)
    return Line(idea.id, idea.text, table, held, way, goal,
                tuple(other.text for other in card[1:]), len({who for other in card for who in (other.author, *w.supporters(other.id))}), idea.turns)


def _change(w: Workshop, board: Board) -> Change:
    going = placed(w, board)
    places = sum(1 for i, to in going.items() if to != TRAY and i not in board.place)
    trays = sum(1 for to in going.values() if to == TRAY)
    named = sum(1 for theme in board.themes.values() if theme.named)
    return Change(len(_suggested(board, going)), places, len(going) - places - trays, trays, len(board.held), named, len(going))


def _suggested(board: Board, going: dict[str, int]) -> dict[int, str]:
    """The themes that the suggestion would open: number -> name."""
    names = board.suggestion.names if board.suggestion else {}
    return {n: name for n, name in names.items() if opens(board, going, n)}


def _columns(w: Workshop, board: Board) -> tuple[Column, ...]:
    going, tables = placed(w, board) if board.suggestion else {}, _tables(w)
    inside, coming = defaultdict(list), defaultdict(list)
    for i, theme in board.place.items():
        to = going.get(i)
        if i not in board.cards:
            inside[theme].append(_line(w, board, w.ideas[i], tables, "leaving" if to is not None else "", _mark(to) if to is not None else ""))
    for i, theme in going.items():
        if i not in board.cards:
            coming[theme].append(_line(w, board, w.ideas[i], tables, "arriving"))
    known = [_column(w, board, theme, inside[n], coming[n]) for n, theme in board.themes.items()]
    fresh = [_column(w, board, Theme(n, name), [], coming[n], new=True) for n, name in _suggested(board, going).items()]
    return (*known, *fresh)


def _column(w: Workshop, board: Board, theme: Theme, inside: list[Line], coming: list[Line], new: bool = False) -> Column:
    lines = (*inside, *coming)
    texts = {line.id: line.text for line in lines}
    told = [texts[i] for i in board.examples.get(theme.id, ()) if i in texts] or [line.text for line in lines[:1]]
    count = sum(1 + len(line.also) for line in inside)
    return Column(theme.id, theme.mark, theme.name, theme.wording, told[0][:200] if told else "", count, lines, new, len(coming), theme.named)
