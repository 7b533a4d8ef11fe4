"""The charter, its adoption, and the last round."""
from dataclasses import dataclass

from workshop.events.event import Event, put
from workshop.state import Adoption, Section, Stand, Workshop
from workshop.state.changed import replace

STEPS = 50          # that can be undone, for each section
PAUSE = 60_000      # ms without a key after which typing is another step


@dataclass(frozen=True)
class SectionWritten(Event):
    """A section's words, whole; *version* is one more than that of the words they replace.

    *kind*: ``typed`` goes on with the step that the same person began, ``undo`` and ``redo`` go back and forth between
    steps, all else is a step of its own.
    """

    section: str
    text: str
    version: int
    kind: str = ""

    def apply(self, w: Workshop) -> Workshop:
        known = w.charter.get(self.section, Section("", 0, ""))
        past, ahead = self._steps(w, known)
        goes_on = self.kind == "typed" and len(past) >= len(known.past)
        now = Section(self.text, self.version, w.by, past[-STEPS:], ahead, w.at if goes_on else 0)
        return replace(w, charter=put(w.charter, self.section, now), worded=w.seq)

    def _steps(self, w: Workshop, known: Section) -> tuple[tuple[str, ...], tuple[str, ...]]:
        if self.kind == "undo":
            return known.past[:-1], (*known.ahead, known.text)
        if self.kind == "redo":
            return (*known.past, known.text), known.ahead[:-1]
        if self.kind == "typed" and known.typed and known.by == w.by and w.at - known.typed < PAUSE:
            return known.past[:-1] if known.past[-1] == self.text else known.past, ()
        return (*known.past, known.text), ()

    def touches(self, w: Workshop) -> frozenset[str]:
        return frozenset(w.stands)   # who took a stand is told that the words are others now


@dataclass(frozen=True)
class StandTaken(Event):
    """``agree``, ``live`` or ``object``, and why; *words*: the last change that the person had seen, 0 for all there were."""

    person: str
    stand: str
    why: str = ""
    words: int = 0

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, stands=put(w.stands, self.person, Stand(self.stand, self.why, self.words or w.worded)))

    def touches(self, w: Workshop) -> frozenset[str]:
        return frozenset((self.person,))


@dataclass(frozen=True)
class CharterAdopted(Event):
    adoption: Adoption

    def apply(self, w: Workshop) -> Workshop:
        w = replace(w, adopted=self.adoption, amending=False)
        return replace(w, versions=(*w.versions, w))


@dataclass(frozen=True)
class AmendmentProposed(Event):
    """The next version of the charter is drafted, from the words in force; *number* counts the proposals."""

    number: int

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, amending=True, proposals=self.number, stands={}, worded=w.seq)


@dataclass(frozen=True)
class AmendmentDropped(Event):
    """The proposal is off: the words are again those in force, and what was drafted is a step before them."""

    number: int

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, amending=False, stands={}, worded=w.seq, charter={id: self._back(w, id) for id in w.charter})

    def _back(self, w: Workshop, id: str) -> Section:
        now, then = w.charter[id], w.versions[-1].charter.get(id, Section("", 0, ""))
        return now if now.text == then.text else Section(then.text, now.version + 1, w.by, (*now.past, now.text)[-STEPS:])


@dataclass(frozen=True)
class WordSaid(Event):
    """One word from one person at the end."""

    person: str
    word: str

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, words=put(w.words, self.person, self.word))

    def touches(self, w: Workshop) -> frozenset[str]:
        return frozenset((self.person,))


@dataclass(frozen=True)
class WorkshopRated(Event):
    """1 to 5 from one person."""

    person: str
    rating: int

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, ratings=put(w.ratings, self.person, self.rating))

    def touches(self, w: Workshop) -> frozenset[str]:
        return frozenset((self.person,))


@dataclass(frozen=True)
class NextDateSet(Event):
    """When the community meets again, in the facilitator's words."""

    date: str

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, next_date=self.date)
