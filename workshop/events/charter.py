"""The charter, its adoption, and the last round."""
from dataclasses import dataclass, replace

from workshop.events.event import Event, put
from workshop.state import Adoption, Section, Stand, Workshop


@dataclass(frozen=True)
class SectionWritten(Event):
    """A section's words, whole; *version* is one more than that of the words they replace."""

    section: str
    text: str
    version: int

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, charter=put(w.charter, self.section, Section(self.text, self.version, w.by)))


@dataclass(frozen=True)
class StandTaken(Event):
    """``agree``, ``live`` or ``object``, and why."""

    person: str
    stand: str
    why: str = ""

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, stands=put(w.stands, self.person, Stand(self.stand, self.why)))


@dataclass(frozen=True)
class CharterAdopted(Event):
    adoption: Adoption

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, adopted=self.adoption)


@dataclass(frozen=True)
class WordSaid(Event):
    """One word from one person at the end."""

    person: str
    word: str

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, words=put(w.words, self.person, self.word))


@dataclass(frozen=True)
class WorkshopRated(Event):
    """1 to 5 from one person."""

    person: str
    rating: int

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, ratings=put(w.ratings, self.person, self.rating))


@dataclass(frozen=True)
class NextDateSet(Event):
    """When the community meets again, in the facilitator's words."""

    date: str

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, next_date=self.date)
