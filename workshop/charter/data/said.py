"""The tables of what was written and how it was sorted: ideas, themes, parking lot."""
from collections.abc import Iterator

from workshop.charter.data.table import Cell, Column, Table, at, columns
from workshop.charter.figures import group_name, places_of, stage_title, starred
from workshop.charter.seen import Seen
from workshop.state import Theme, Workshop
from workshop.words import N_


def idea_numbers(w: Workshop) -> dict[str, int]:
    """Idea -> its number in the table ``ideas``."""
    return {idea: n for n, idea in enumerate(w.ideas, start=1)}


def theme_numbers(w: Workshop) -> dict[tuple[str, int], int]:
    """(stage of the board, theme) -> its number in the table ``themes``."""
    return {key: n for n, key in enumerate(((board.stage, theme) for board in w.boards.values() for theme in board.themes), start=1)}


def _ideas(s: Seen) -> Iterator[tuple[Cell, ...]]:
    w = s.w
    themes, stars, numbers, cards = places_of(w), starred(w), idea_numbers(w), w.cards
    of_theme = _theme_of_ideas(w)
    for n, idea in enumerate(w.ideas.values(), start=1):
        theme: Theme | None = themes.get(idea.id)
        yield (n, idea.text, stage_title(w, idea.stage), group_name(w, idea.stage, idea.group), theme.mark if theme else None, theme.name if theme else None,
               int(idea.id in stars), int(idea.late), int(idea.parked), len(w.supporters(idea.id)), at(idea.at), of_theme.get(idea.id), numbers.get(cards.get(idea.id)))


def _theme_of_ideas(w: Workshop) -> dict[str, int]:
    """Idea -> the number of its theme on the last board of its stage."""
    numbers, last = theme_numbers(w), {w.source(s.id): w.boards[s.id] for s in w.plan.stages if s.id in w.boards}
    return {idea: numbers[board.stage, theme] for board in last.values() for idea, theme in board.place.items() if theme in board.themes}


def _themes(s: Seen) -> Iterator[tuple[Cell, ...]]:
    numbers = theme_numbers(s.w)
    for board in s.w.boards.values():
        for theme in board.themes.values():
            yield (numbers[board.stage, theme.id], theme.mark, theme.name, theme.wording, stage_title(s.w, board.stage), len(board.ideas_in(theme.id)), int(theme.named))


def _parking(s: Seen) -> Iterator[tuple[Cell, ...]]:
    return ((note.text, stage_title(s.w, note.stage), at(note.at)) for note in s.w.parking.values())


WRITTEN = Column("written at", N_("To the minute and no finer, so that no time gives an author away."), "minute")

IDEAS = Table("ideas", N_("Every idea that stands, in the order it came."), (
    Column("number", N_("Counts the rows; other tables name an idea by it."), "number"),
    *columns("idea, stage, group", N_("The words as written, where and at which table.")),
    *columns("theme, theme name", N_("The letter and the name of its theme; empty where it is in none.")),
    *columns("starred, late, parked", N_("1 where its group starred it, it came late, it went to the parking lot."), "yes"),
    Column("support", N_("How many others at its table stand behind it."), "number"), WRITTEN,
    Column("theme number", N_("Its theme in the table themes."), "number", of="themes"),
    Column("same as", N_("The idea that says the same, on whose card it lies."), "number", of="ideas")), _ideas)
THEMES = Table("themes", N_("Every theme on a board."), (
    Column("number", N_("Counts the rows; other tables name a theme by it."), "number"),
    *columns("theme, name, wording", N_("Its letter, its name, and what a group could start on.")),
    Column("stage", N_("The stage of its board.")), Column("ideas", N_("How many ideas are in it."), "number"),
    Column("named", N_("1 where a person named it."), "yes")), _themes)
PARKING = Table("parking", N_("What was put aside for later."), (*columns("note, stage", N_("The words as written, and in which stage.")), WRITTEN), _parking)
