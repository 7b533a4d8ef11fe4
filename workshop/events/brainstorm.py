"""Ideas, stars, support and what is put aside."""
from dataclasses import dataclass

from workshop.events.event import Event, put, without
from workshop.state import Board, Idea, Note, Spot, Workshop
from workshop.state.changed import replace


@dataclass(frozen=True)
class IdeaSubmitted(Event):
    """*late*: its stage was no longer open; *parked*: the vote on it had opened, so it went to the parking lot."""

    stage: str
    idea: str
    group: str
    author: str
    text: str
    late: bool = False
    parked: bool = False

    def apply(self, w: Workshop) -> Workshop:
        idea = Idea(self.idea, self.stage, self.group, self.author, self.text, w.at, self.late, self.parked)
        chart = (*w.charts.get((self.stage, self.group), ()), idea.id)
        mine = (*w.written.get((self.stage, self.author), ()), idea.id)
        return replace(w, ideas=put(w.ideas, idea.id, idea), charts=put(w.charts, (self.stage, self.group), chart),
                       written=put(w.written, (self.stage, self.author), mine))

    def touches(self, w: Workshop) -> frozenset[str]:
        return frozenset((self.author, self.group))


@dataclass(frozen=True)
class IdeaEdited(Event):
    idea: str
    text: str

    def apply(self, w: Workshop) -> Workshop:
        was = w.ideas[self.idea]
        return replace(w, ideas=put(w.ideas, was.id, replace(was, text=self.text, first=was.first or was.text)))

    def touches(self, w: Workshop) -> frozenset[str]:
        return readers(w, self.idea)


@dataclass(frozen=True)
class IdeaWithdrawn(Event):
    """An author took an idea back; it leaves chart, stars and board and stays in the journal."""

    idea: str

    def apply(self, w: Workshop) -> Workshop:
        return taken_off(w, replace(w.ideas[self.idea], withdrawn=True))

    def touches(self, w: Workshop) -> frozenset[str]:
        return readers(w, self.idea)


def taken_off(w: Workshop, idea: Idea) -> Workshop:
    """*w* with *idea*, which stands no more, and no star or place on a board for it."""
    boards = {stage: _off(board, idea.id) for stage, board in w.boards.items()}
    stars = {key: tuple(i for i in ideas if i != idea.id) if idea.id in ideas else ideas for key, ideas in w.stars.items()}
    return replace(w, ideas=put(w.ideas, idea.id, idea), boards=boards, stars=stars)


def _off(board: Board, idea: str) -> Board:
    """*board* without *idea*; those on its card stand alone."""
    if board.spot(idea) == Spot() and idea not in board.cards.values():
        return board
    return replace(board, place=without(board.place, idea), held=board.held - {idea},
                   cards={i: card for i, card in board.cards.items() if idea not in (i, card)})


@dataclass(frozen=True)
class IdeaRestored(Event):
    """An author put an idea back where it stood; on a board it is in the tray."""

    idea: str

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, ideas=put(w.ideas, self.idea, replace(w.ideas[self.idea], withdrawn=False)))

    def touches(self, w: Workshop) -> frozenset[str]:
        return readers(w, self.idea)


@dataclass(frozen=True)
class WritingRevealed(Event):
    """What was written in silence is shown."""

    stage: str

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, revealed=w.revealed | {self.stage})


@dataclass(frozen=True)
class IdeaStarred(Event):
    idea: str

    def apply(self, w: Workshop) -> Workshop:
        key = chart_of(w, self.idea)
        return replace(w, stars=put(w.stars, key, (*w.stars.get(key, ()), self.idea)))

    def touches(self, w: Workshop) -> frozenset[str]:
        return readers(w, self.idea)


@dataclass(frozen=True)
class IdeaUnstarred(Event):
    idea: str

    def apply(self, w: Workshop) -> Workshop:
        key = chart_of(w, self.idea)
        return replace(w, stars=put(w.stars, key, tuple(i for i in w.stars.get(key, ()) if i != self.idea)))

    def touches(self, w: Workshop) -> frozenset[str]:
        return readers(w, self.idea)


@dataclass(frozen=True)
class IdeaSupported(Event):
    """*person* stands behind an idea that another wrote."""

    idea: str
    person: str

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, support=put(w.support, self.idea, (*w.support.get(self.idea, ()), self.person)),
                       supported=put(w.supported, self.person, (*w.supported.get(self.person, ()), self.idea)))

    def touches(self, w: Workshop) -> frozenset[str]:
        return readers(w, self.idea) | {self.person}


@dataclass(frozen=True)
class IdeaUnsupported(Event):
    idea: str
    person: str

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, support=put(w.support, self.idea, tuple(p for p in w.support.get(self.idea, ()) if p != self.person)),
                       supported=put(w.supported, self.person, tuple(i for i in w.supported.get(self.person, ()) if i != self.idea)))

    def touches(self, w: Workshop) -> frozenset[str]:
        return readers(w, self.idea) | {self.person}


@dataclass(frozen=True)
class GroupShared(Event):
    """In plenary it is *group*'s turn."""

    stage: str
    group: str

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, sharing=put(w.sharing, self.stage, self.group))


@dataclass(frozen=True)
class NoteParked(Event):
    """Something went into the parking lot."""

    note: str
    author: str
    text: str
    stage: str

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, parking=put(w.parking, self.note, Note(self.note, self.author, self.text, self.stage, w.at)))

    def touches(self, w: Workshop) -> frozenset[str]:
        return frozenset((self.author,))


def chart_of(w: Workshop, idea: str) -> tuple[str, str]:
    """The stage and the group on whose chart *idea* is."""
    return w.ideas[idea].stage, w.ideas[idea].group


def readers(w: Workshop, idea: str) -> frozenset[str]:
    """Who wrote *idea*, who stands behind it, and the group on whose chart it is; in plenary every group, since one speaks to all."""
    said = w.ideas[idea]
    listening = (g.id for g in w.groups_of(w.open_id)) if w.open and w.open.kind == "plenary" else ()
    return frozenset((said.author, said.group, *w.support.get(idea, ()), *listening))
