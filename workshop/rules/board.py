"""What every rule of the board asks, what people may do with its ideas beside moving them, and undoing."""
from workshop.events import Event
from workshop.events.board import StepUndone, standing
from workshop.events.themes import CardParted, IdeasFolded, IdeasHeld, IdeasReleased, PairLeft
from workshop.events.withholding import IdeaGivenBack, IdeaWithheld
from workshop.rules.command import Ask, Refused, command
from workshop.rules.edits import edit_of, no_run_off_open, recounted
from workshop.state import Board, Spot, Step, Theme, Workshop
from workshop.words import N_


@command("facilitator")
def hold_ideas(w: Workshop, ask: Ask, *, stage: str, ideas: list[str] = [], theme: int | None = None) -> Event | None:
    """Have *ideas*, or all that are in *theme*, stay where they are under every later suggestion."""
    board = board_of(w, stage)
    before_the_vote(w, stage)
    held = tuple(i for i in _meant(w, board, ideas, theme) if i not in board.held)
    return IdeasHeld(stage, held) if held else None


@command("facilitator")
def release_ideas(w: Workshop, ask: Ask, *, stage: str, ideas: list[str] = [], theme: int | None = None) -> Event | None:
    """Let a suggestion move *ideas*, or all that are in *theme*, again."""
    board = board_of(w, stage)
    before_the_vote(w, stage)
    released = tuple(i for i in _meant(w, board, ideas, theme) if i in board.held)
    return IdeasReleased(stage, released) if released else None


@command("facilitator")
def fold_ideas(w: Workshop, ask: Ask, *, stage: str, ideas: list[str], into: str) -> Event | None:
    """Put *ideas*, and what lies on their cards, on the card of *into*, since they say the same."""
    board = board_of(w, stage)
    before_the_vote(w, stage)
    goal, *there = on_board(w, board, [into])
    card = tuple(i for i in on_board(w, board, ideas) if i != goal and i not in there)
    return IdeasFolded(stage, card, goal) if card else None


@command("facilitator")
def part_card(w: Workshop, ask: Ask, *, stage: str, idea: str) -> Event | None:
    """Have the ideas on the card of *idea* stand alone again."""
    board = board_of(w, stage)
    before_the_vote(w, stage)
    _here(w, board, [idea])
    head, *others = board.on_card(idea)
    return CardParted(stage, head) if others else None


@command("facilitator")
def leave_pair(w: Workshop, ask: Ask, *, stage: str, idea: str, other: str) -> Event | None:
    """Leave two ideas that look alike as two; they are not offered as one again."""
    board = board_of(w, stage)
    _here(w, board, [idea, other])
    pair = min(idea, other), max(idea, other)
    return None if pair in board.apart else PairLeft(stage, *pair)


@command("facilitator")
def undo(w: Workshop, ask: Ask, *, stage: str, step: int) -> Event | None:
    """Take back what the step of that journal number changed, and nothing else; to undo an undoing does it again.

    Where a later step changed the same, that one has to be undone first.
    """
    board = board_of(w, stage)
    found = board.step(step)
    if not found:
        raise Refused(N_("That step is not in this board's history. Load the page again."))
    if found.undone:
        return None
    if found.withheld:
        idea, reason = found.withheld
        return IdeaWithheld(idea, reason) if found.back else IdeaGivenBack(idea)
    if found.ideas or any(None in change for change in found.themes.values()):
        _is_turned(w, board, found)
    if later := in_the_way(w, board, found):
        by = w.facilitators.get(later.by)
        raise Refused(N_("%(name)s changed the same things after that. Undo that first."), name=by.name) if by else \
            Refused(N_("The same things were changed after that. Undo that first."))
    event = StepUndone(stage, step, tuple(i for i, (_was, now) in _still_there(w, board, found).items() if board.spot(i) == now))
    return recounted(w, event) if edit_of(w, board, found) else event


def _is_turned(w: Workshop, board: Board, step: Step) -> None:
    """Refuse to turn round what people voted on, unless it was done to those themes after all of these votes had opened."""
    if edit := edit_of(w, board, step):
        return no_run_off_open(w, board.stage, edit.old, edit.new)
    if board.root(step).seq in {edit.step for edit in board.edits}:
        raise Refused(N_("A vote has opened since. Merge or split the themes once more instead."))
    before_the_vote(w, board.stage)


def _still_there(w: Workshop, board: Board, step: Step) -> dict[str, tuple[Spot, Spot]]:
    """What *step* changed of the ideas that are on the board now; one that its author took off stays away."""
    return {i: (standing(w, was), standing(w, now)) for i, (was, now) in step.ideas.items() if _is_here(w, board, i)}


def in_the_way(w: Workshop, board: Board, step: Step) -> Step | None:
    """The step to undo before *step* can be undone: a later one that changed the same ideas or themes, with nothing in its own way."""
    first = None
    while later := _on_top_of(w, board, first or step):
        first = later
    return first


def _on_top_of(w: Workshop, board: Board, step: Step) -> Step | None:
    if step.withheld:   # whatever came after that: an idea is given back wherever there is room for it
        return None
    changes = _still_there(w, board, step)
    goes = {n for n, (was, _now) in step.themes.items() if was is None}
    comes = {n for n, (was, _now) in step.themes.items() if was}
    ideas = {i for i, (_was, now) in changes.items() if board.spot(i) != now}
    ideas |= {i for theme in goes for i in board.ideas_in(theme) if i not in changes}
    ideas |= {i for i, card in board.cards.items() if card in changes and i not in changes}
    ideas |= {was.card for was, _now in changes.values() if was.card and not _lies_there(board, changes, was)}
    themes = {n for n, (_was, now) in step.themes.items() if board.themes.get(n) != now}
    themes |= {was.theme for was, _now in changes.values()} - board.themes.keys() - comes - {-1}
    # An undoing of what came later only put back what was: what differs after it, an author changed.
    later = (s for s in reversed(board.history) if s.seq > step.seq and not s.undone and not (s.back and s.of > step.seq))
    return next((s for s in later if ideas & s.ideas.keys() or themes & s.themes.keys()), None)


def _lies_there(board: Board, changes: dict[str, tuple[Spot, Spot]], was: Spot) -> bool:
    """Whether the card on which an idea *was* is where it was then, once *changes* are taken back."""
    card = changes[was.card][0] if was.card in changes else board.spot(was.card)
    return card == Spot(was.theme, was.held)


def next_undo(w: Workshop, board: Board) -> Step | None:
    """What is undone next: the last thing done, or done again, that still stands and has nothing in its way."""
    return _free(w, board, [s for s in board.history if not s.undone and not s.back])


def next_redo(w: Workshop, board: Board) -> Step | None:
    """The undoing that is undone next: the last one with nothing in its way, while nothing else was done after it."""
    undoings: list[Step] = []
    for step in board.history:
        undoings = [*undoings, step] if step.back else [u for u in undoings if u.seq != step.of] if step.of else []
    return _free(w, board, undoings)


def _free(w: Workshop, board: Board, steps: list[Step]) -> Step | None:
    """The last of *steps* that can be undone: steps undone out of their order may stand in the way of others."""
    return next((s for s in reversed(steps) if not in_the_way(w, board, s)), None)


def board_of(w: Workshop, stage: str) -> Board:
    """The board of the themes stage *stage*."""
    if stage not in w.boards:
        raise Refused(N_("The board is made when its stage opens."))
    return w.boards[stage]


def theme_on(board: Board, theme: int) -> Theme:
    """The theme of that number."""
    if theme not in board.themes:
        raise Refused(N_("That theme is not on the board any more."))
    return board.themes[theme]


def on_board(w: Workshop, board: Board, ideas: list[str]) -> tuple[str, ...]:
    """*ideas*, each once and with all that lie on its card."""
    _here(w, board, ideas)
    return tuple(dict.fromkeys(other for idea in ideas for other in board.on_card(idea)))


def before_the_vote(w: Workshop, stage: str) -> None:
    """Refuse what would move ideas once people vote on the themes."""
    if any(w.source(vote) == stage for vote in w.votes):
        raise Refused(N_("The vote on these themes has opened. They can be named, merged and split now."))


def _here(w: Workshop, board: Board, ideas: list[str]) -> None:
    if not all(_is_here(w, board, idea) for idea in ideas):
        raise Refused(N_("One of these ideas is not on the board any more."))


def _is_here(w: Workshop, board: Board, idea: str) -> bool:
    found = w.ideas.get(idea)
    return bool(found) and found.stage == w.source(board.stage) and found.stands and not found.parked


def _meant(w: Workshop, board: Board, ideas: list[str], theme: int | None) -> tuple[str, ...]:
    if theme is None:
        return on_board(w, board, ideas)
    theme_on(board, theme)
    return board.ideas_in(theme)
