"""Where people say that an idea is in the wrong place, and what facilitators make of it."""
from workshop.events import Event
from workshop.events.themes import FlagsLeft, FlagTaken, PlaceFlagged
from workshop.rules.board import before_the_vote, board_of, theme_on
from workshop.rules.command import Ask, Refused, command
from workshop.state import Workshop
from workshop.words import N_

NONE = -1


@command("participant", "facilitator")
def flag_place(w: Workshop, ask: Ask, *, stage: str, idea: str, theme: int, person: str | None = None) -> Event | None:
    """Say that an idea of one's own, or one that one's group starred, is not where it belongs.

    *theme*: where it would be better, -1 for none of the themes there are.
    """
    who, board = ask.acts_for(w, person), board_of(w, stage)
    before_the_vote(w, stage)
    _ours(w, stage, idea, who)
    if theme != NONE:
        theme_on(board, theme)
    if board.flags.get(idea, {}).get(who) == theme:
        return None
    if theme != NONE and board.place.get(idea) == theme:
        raise Refused(N_("It stands there already. Choose another theme."))
    return PlaceFlagged(stage, idea, who, theme)


@command("participant", "facilitator")
def unflag_place(w: Workshop, ask: Ask, *, stage: str, idea: str, person: str | None = None) -> Event | None:
    """Take back what one said of an idea's place."""
    who, board = ask.acts_for(w, person), board_of(w, stage)
    return FlagTaken(stage, idea, who) if who in board.flags.get(idea, {}) else None


@command("facilitator")
def leave_flags(w: Workshop, ask: Ask, *, stage: str, idea: str, said: int) -> Event | None:
    """Leave *idea* where it is, whatever was said of its place up to the journal number *said*, that of what the page showed last."""
    board = board_of(w, stage)
    if idea not in board.flags:
        return None
    if board.flagged[idea] > said:
        raise Refused(N_("Somebody said more of that idea since. Look at it, then decide."))
    return FlagsLeft(stage, idea)


def _ours(w: Workshop, stage: str, idea: str, who: str) -> None:
    found, source = w.ideas.get(idea), w.source(stage)
    if not found or not found.stands or found.parked or found.stage != source:
        raise Refused(N_("That idea is not on the board any more."))
    group = w.group_of(who, source)
    starred = idea in w.stars.get((source, group.id if group else ""), ())
    if found.author != who and not starred:
        raise Refused(N_("You can say so of your own ideas and of those your table starred."))
