"""What is possible, what is in the way, how, who and when."""
from dataclasses import dataclass

from workshop.events.event import Event, put, without
from workshop.state import Action, Point, Workshop
from workshop.state.changed import replace


@dataclass(frozen=True)
class PriorityOnStage(Event):
    """The room talks about *priority* now."""

    stage: str
    priority: str

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, on_stage=put(w.on_stage, self.stage, self.priority), matrix_on=w.matrix_on - {self.stage})


@dataclass(frozen=True)
class TableChosen(Event):
    """Somebody sat down where *priority* is talked about."""

    stage: str
    person: str
    priority: str

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, tables=put(w.tables, self.stage, put(w.tables.get(self.stage, {}), self.person, self.priority)))

    def touches(self, w: Workshop) -> frozenset[str]:
        return frozenset((self.person,))


@dataclass(frozen=True)
class PointAdded(Event):
    stage: str
    point: str
    priority: str
    kind: str
    text: str
    author: str

    def apply(self, w: Workshop) -> Workshop:
        point = Point(self.point, self.stage, self.priority, self.kind, self.text, self.author)
        return replace(w, points=put(w.points, point.id, point))

    def touches(self, w: Workshop) -> frozenset[str]:
        return frozenset((self.author, self.priority))


@dataclass(frozen=True)
class PointRemoved(Event):
    point: str

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, points=without(w.points, self.point))


@dataclass(frozen=True)
class ActionSet(Event):
    """An action as it stands now: new, or with other words."""

    action: Action

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, actions=put(w.actions, self.action.id, self.action))


@dataclass(frozen=True)
class ActionRemoved(Event):
    action: str

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, actions=without(w.actions, self.action))


@dataclass(frozen=True)
class HelpOffered(Event):
    """*person* will help with *priority*, or (*on* False) takes that back."""

    priority: str
    person: str
    on: bool = True

    def apply(self, w: Workshop) -> Workshop:
        others = tuple(p for p in w.helpers.get(self.priority, ()) if p != self.person)
        return replace(w, helpers=put(w.helpers, self.priority, (*others, self.person) if self.on else others))

    def touches(self, w: Workshop) -> frozenset[str]:
        return frozenset((self.person, self.priority))
