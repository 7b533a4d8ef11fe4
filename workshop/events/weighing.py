"""What people say of a priority's effort and impact, and whether they agree to it."""
from dataclasses import dataclass

from workshop.events.event import Event, put
from workshop.state import Answer, Done, Figures, Outcome, Question, Rating, Weight, Workshop
from workshop.state.changed import replace


@dataclass(frozen=True)
class PriorityRated(Event):
    """One person's rating as it stands now.  *proxy*: a facilitator entered it."""

    stage: str
    priority: str
    person: str
    effort: int
    impact: int
    number: int
    proxy: bool = False

    def apply(self, w: Workshop) -> Workshop:
        key = self.stage, self.priority
        weight = w.weights.get(key, Weight())
        ratings = put(weight.ratings, self.person, Rating(self.effort, self.impact, self.number))
        since = weight.since | {self.person} if weight.shown else weight.since
        return replace(w, weights=put(w.weights, key, replace(weight, ratings=ratings, since=since)))

    def touches(self, w: Workshop) -> frozenset[str]:
        return frozenset((self.person, self.priority))


@dataclass(frozen=True)
class RatingsShown(Event):
    """The figures of a priority, for everybody; the screen draws them."""

    stage: str
    priority: str
    figures: Figures

    def apply(self, w: Workshop) -> Workshop:
        key = self.stage, self.priority
        weight = replace(w.weights[key], shown=self.figures, since=frozenset(), at=w.seq)
        return replace(w, weights=put(w.weights, key, weight), matrix_on=w.matrix_on | {self.stage})


@dataclass(frozen=True)
class MatrixPut(Event):
    """The screen shows effort and impact of all priorities, or (*on* False) what is talked about."""

    stage: str
    on: bool

    def apply(self, w: Workshop) -> Workshop:
        return replace(w, matrix_on=w.matrix_on | {self.stage} if self.on else w.matrix_on - {self.stage})


@dataclass(frozen=True)
class AgreementAsked(Event):
    """A question is open: for the *round*-th time (from 1), or in another way before anybody answered."""

    stage: str
    priority: str
    round: int
    method: str

    def apply(self, w: Workshop) -> Workshop:
        before = w.questions.get((self.stage, self.priority), ())[: self.round - 1]
        return replace(w, questions=put(w.questions, (self.stage, self.priority), (*before, Question(self.method))))


@dataclass(frozen=True)
class AgreementAnswered(Event):
    """Where one person stands now, and why.  *proxy*: a facilitator entered it."""

    stage: str
    priority: str
    round: int
    person: str
    answer: str
    why: str
    number: int
    proxy: bool = False

    def apply(self, w: Workshop) -> Workshop:
        question = w.questions[self.stage, self.priority][self.round - 1]
        answers = put(question.answers, self.person, Answer(self.answer, self.why, self.number))
        return _with(w, self, replace(question, answers=answers))

    def touches(self, w: Workshop) -> frozenset[str]:
        return frozenset((self.person, self.priority))


@dataclass(frozen=True)
class AgreementClosed(Event):
    stage: str
    priority: str
    round: int
    outcome: Outcome

    def apply(self, w: Workshop) -> Workshop:
        return _with(w, self, replace(w.questions[self.stage, self.priority][self.round - 1], outcome=self.outcome, closed=w.seq))


@dataclass(frozen=True)
class ReasonAnswered(Event):
    """What was done with the reason in *place* of the outcome; *version* is one more than that of the words they replace."""

    stage: str
    priority: str
    round: int
    place: int
    text: str
    version: int

    def apply(self, w: Workshop) -> Workshop:
        question = w.questions[self.stage, self.priority][self.round - 1]
        return _with(w, self, replace(question, done=put(question.done, self.place, Done(self.text, self.version))))


def _with(w: Workshop, event, question: Question) -> Workshop:
    asked = w.questions[event.stage, event.priority]
    asked = (*asked[: event.round - 1], question, *asked[event.round:])
    return replace(w, questions=put(w.questions, (event.stage, event.priority), asked))
