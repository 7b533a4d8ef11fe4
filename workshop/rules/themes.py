"""What may be done on the board."""
import itertools
from dataclasses import replace

from workshop.events import Event
from workshop.events.themes import (IdeasMoved, SuggestionAccepted, SuggestionAsked, SuggestionDiscarded, ThemeClosed, ThemeMade,
                                    ThemeRenamed, ThemesMerged, ThemesSuggested, ThemeWorded)
from workshop.rules.board import before_the_vote, board_of, on_board, theme_on
from workshop.rules.command import Ask, Refused, cleaned, command, ident
from workshop.rules.edits import no_run_off_open, recounted, split_from, votes_on
from workshop.rules.wishes import theme_name, wishes_for
from workshop.state import Board, Suggestion, Workshop
from workshop.words import N_

WORDING_MOST = 200
TRAY = -1
NEW = 10_000
"""Added to the number that the clusterer would give a theme of its answer which is not on the board yet."""


@command("facilitator")
def ask_suggestion(w: Workshop, ask: Ask, *, stage: str, was: int | None = None, about: int = 0, into: str = "",
                   strict: float = .5) -> Event | None:
    """Ask the clusterer again; its answer comes as ``suggest_themes``.

    *was*: the question before, as the page showed it; with it one can ask again though nothing else happened since.
    *about*, *into* and *strict* are wishes, see ``wishes_for``.
    """
    board = board_of(w, stage)
    before_the_vote(w, stage)
    wishes = wishes_for(about, into, strict)
    if board.asked == w.seq if was is None else board.asked != was:
        if wishes != board.wishes:
            raise Refused(N_("Somebody asked for another suggestion first. Look at it, then ask again."))
        return None
    return SuggestionAsked(stage, wishes)


@command("server")
def suggest_themes(w: Workshop, ask: Ask, *, stage: str, suggestion: Suggestion) -> Event | None:
    """The clusterer's answer; one to an older question than the board's last is dropped."""
    board = w.boards.get(stage)
    if not board or not board.waiting or suggestion.asked != board.asked:
        return None
    return ThemesSuggested(stage, _numbered(suggestion, board))


def _numbered(suggestion: Suggestion, board: Board) -> Suggestion:
    """*suggestion* in which a theme that is not on the board has the number that the clusterer would give it, if that is
    new or was only suggested so far, else one that nothing had."""
    wished = {n: n - NEW if n >= NEW else n for n in suggestion.names if n not in board.themes}
    unused = itertools.count(max([board.unused - 1, *wished.values()]) + 1)
    suggested, taken, number = board.suggestion.names if board.suggestion else {}, {*board.themes, *board.gone}, {}
    for n, wish in wished.items():
        free = (wish > board.top or wish in suggested) and wish not in taken
        number[n] = wish if free else next(unused)
        taken.add(number[n])

    def of(theme: int) -> int:
        return number.get(theme, theme)
    return replace(suggestion, labels={i: of(t) for i, t in suggestion.labels.items()}, names={of(n): name for n, name in suggestion.names.items()},
                   examples={of(n): ideas for n, ideas in suggestion.examples.items()},
                   theme_confidence={of(n): sure for n, sure in suggestion.theme_confidence.items()},
                   near={i: tuple(of(t) for t in two) for i, two in suggestion.near.items()}, given=tuple(of(n) for n in suggestion.given))


@command("facilitator")
def accept_suggestion(w: Workshop, ask: Ask, *, stage: str, theme: int | None = None) -> Event | None:
    """Put the suggestion on the board, whole or one theme of it.  What a person placed or named stays."""
    board = board_of(w, stage)
    before_the_vote(w, stage)
    if not board.suggestion:
        if board.themes:
            return None
        raise Refused(N_("There is no suggestion yet. It comes by itself in a moment."))
    place = placed(w, board, theme)
    names = {n: board.themes[n].name if n in board.themes and board.themes[n].named else name
             for n, name in board.suggestion.names.items() if (n in board.themes or opens(board, place, n)) and theme in (None, n)}
    if not names and theme is not None:
        raise Refused(N_("That theme is not in the suggestion any more."))
    if theme is not None and not place and theme in board.themes:
        return None
    given = tuple(n for n in board.suggestion.given if n in names)
    new = {n: name for n, name in names.items() if n not in board.themes or board.themes[n].name != name or n in given}
    return SuggestionAccepted(stage, new, place, theme is None, board.suggestion.encoder, _left_empty(board, place, names), given)


def placed(w: Workshop, board: Board, theme: int | None = None) -> dict[str, int]:
    """What accepting the suggestion, or its *theme* alone, would put where: idea -> theme, -1 for the tray."""
    here = {idea.id for idea in w.ideas_of(w.source(board.stage)) if not idea.parked} - board.held
    labels = board.suggestion.labels
    labels = {**labels, **{idea: labels[card] for idea, card in board.cards.items() if card in labels}}
    return {idea: label for idea, label in labels.items()
            if idea in here and label not in board.gone and board.place.get(idea, TRAY) != label and theme in (None, label)}


def opens(board: Board, place: dict[str, int], theme: int) -> bool:
    """Whether accepting opens the suggested *theme*: people did not take it away, and it gets an idea or was asked for."""
    return theme not in board.themes and theme not in board.gone and (theme in place.values() or theme in board.suggestion.given)


def _left_empty(board: Board, place: dict[str, int], names: dict[int, str]) -> tuple[int, ...]:
    """Themes that nobody named and that accepting would leave without an idea."""
    after = {**board.place, **place}.values()
    return tuple(n for n, t in board.themes.items() if n not in after and n not in names and not t.named)


@command("facilitator")
def discard_suggestion(w: Workshop, ask: Ask, *, stage: str) -> Event | None:
    """Put the suggestion away; the board stays as it is."""
    return SuggestionDiscarded(stage) if board_of(w, stage).suggestion else None


@command("facilitator")
def move_ideas(w: Workshop, ask: Ask, *, stage: str, ideas: list[str], theme: int) -> Event | None:
    """Put *ideas* into *theme*, -1 for the tray, and hold them there."""
    board = board_of(w, stage)
    before_the_vote(w, stage)
    moving = tuple(i for i in on_board(w, board, ideas) if board.place.get(i, TRAY) != theme or i not in board.held)
    if theme != TRAY:
        theme_on(board, theme)
    return IdeasMoved(stage, moving, theme) if moving else None


@command("facilitator")
def make_theme(w: Workshop, ask: Ask, *, stage: str, key: str, name: str, ideas: list[str] = [], dots: str = "") -> Event | None:
    """Open a theme, empty or split off with *ideas*; what was split stays so.  *key* is an id made by the page.

    *dots*: where people have voted, whether those of the theme that is split all ``stay`` there or all ``go`` to the new one.
    """
    board, name = board_of(w, stage), theme_name(name)
    if (known := board.made.get(ident(key))) is not None:
        if known in board.themes and board.themes[known].name != name:
            raise Refused(N_("This was sent before with other words. Send it once more."))
        return None
    taken = on_board(w, board, ideas)
    of = split_from(w, board, taken, dots) if votes_on(w, stage) else TRAY
    split = {board.place[i] for i in taken if i in board.place}
    left = tuple(i for i, at in board.place.items() if at in split and i not in taken and i not in board.held)
    made = ThemeMade(stage, key, board.unused, name, taken, left, of, dots if of != TRAY else "")
    return made if of == TRAY else recounted(w, made)


@command("facilitator")
def rename_theme(w: Workshop, ask: Ask, *, stage: str, theme: int, name: str) -> Event | None:
    """Give a theme another name; later suggestions keep it."""
    found, name = theme_on(board_of(w, stage), theme), theme_name(name)
    return None if (found.name, found.named) == (name, True) else ThemeRenamed(stage, theme, name)


@command("facilitator")
def word_theme(w: Workshop, ask: Ask, *, stage: str, theme: int, wording: str) -> Event | None:
    """Say in one sentence what a group could start on; empty takes it away."""
    found, wording = theme_on(board_of(w, stage), theme), cleaned(wording)
    if len(wording) > WORDING_MOST:
        raise Refused(N_("A wording is at most %(most)d characters; this one is %(n)d."), most=WORDING_MOST, n=len(wording))
    return None if found.wording == wording else ThemeWorded(stage, theme, wording)


@command("facilitator")
def merge_themes(w: Workshop, ask: Ask, *, stage: str, theme: int, into: int) -> Event | None:
    """Put everything in *theme* *into* another one; where people have voted, its dots count there, and nobody counts twice."""
    board = board_of(w, stage)
    if theme in board.gone and into in board.themes:
        return None
    theme_on(board, theme), theme_on(board, into)
    if theme == into:
        raise Refused(N_("A theme cannot go into itself. Choose another one."))
    no_run_off_open(w, stage, f"theme:{theme}", f"theme:{into}")
    return recounted(w, ThemesMerged(stage, theme, into))


@command("facilitator")
def close_theme(w: Workshop, ask: Ask, *, stage: str, theme: int) -> Event | None:
    """Take a theme off the board; its ideas go back to the tray."""
    board = board_of(w, stage)
    if theme in board.gone:
        return None
    theme_on(board, theme)
    if any(f"theme:{theme}" in vote.options for vote in votes_on(w, stage)):
        raise Refused(N_("People have voted on this theme. Merge it into another, and its dots go with it."))
    before_the_vote(w, stage)
    return ThemeClosed(stage, theme)
