"""Who is there."""
from collections.abc import Mapping
from dataclasses import dataclass, field

from workshop.agenda import Plan
from workshop.events.event import Event, put
from workshop.state import Facilitator, Group, Person, Workshop
from workshop.state.changed import replace


@dataclass(frozen=True)
class WorkshopMade(Event):
    """The first event of every journal: it holds the whole plan."""

    code: str
    plan: Plan

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, code=self.code, plan=self.plan, made=w.at)


@dataclass(frozen=True)
class FacilitatorJoined(Event):
    facilitator: str
    name: str

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, facilitators=put(w.facilitators, self.facilitator, Facilitator(self.facilitator, self.name)))

    def touches(self, w: Workshop) -> frozenset[str]:
        return frozenset()


@dataclass(frozen=True)
class PersonJoined(Event):
    """Somebody came in, by phone or added by a facilitator.  *seats*: stage -> the group they sit down in."""

    person: str
    number: int
    name: str
    constituency: str = ""
    language: str = "en"
    phone: bool = True
    seats: Mapping[str, str] = field(default_factory=dict)

    def apply(self, w: Workshop) -> Workshop:
        person = Person(self.person, self.number, self.name, self.constituency, self.language, self.phone)
        groups = {stage: seated(there, self.person, self.seats[stage]) if stage in self.seats else there
                  for stage, there in w.groups.items()}
        late = (*w.latecomers, person.id) if self.seats else w.latecomers
        return replace(w, people=put(w.people, person.id, person), groups=groups, latecomers=late)

    def touches(self, w: Workshop) -> frozenset[str]:
        return frozenset((self.person, *self.seats.values()))


@dataclass(frozen=True)
class PersonMoved(Event):
    """A facilitator sat somebody at another table; *stage* is where the groups were formed."""

    stage: str
    person: str
    group: str

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, groups=put(w.groups, self.stage, seated(w.groups[self.stage], self.person, self.group)))


@dataclass(frozen=True)
class NamePrinted(Event):
    """Somebody agreed that documents print their name and side, or (*on* False) took that back."""

    person: str
    on: bool = True

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, printed=w.printed | {self.person} if self.on else w.printed - {self.person})

    def touches(self, w: Workshop) -> frozenset[str]:
        return frozenset((self.person,))


def seated(groups: tuple[Group, ...], person: str, group: str) -> tuple[Group, ...]:
    """*groups* with *person* in *group* and in no other."""
    return tuple(_with(g, person) if g.id == group else _without(g, person) for g in groups)


def _with(group: Group, person: str) -> Group:
    return group if person in group.people else replace(group, people=(*group.people, person))


def _without(group: Group, person: str) -> Group:
    return replace(group, people=tuple(p for p in group.people if p != person)) if person in group.people else group
