"""What one asker may see of a workshop now: the rest is not in what the documents are made from."""
from collections.abc import Iterator
from dataclasses import dataclass, replace

from workshop.charter.figures import stage_title
from workshop.state import Edit, Question, Vote, Workshop
from workshop.words import _, counted

ASKERS = ("facilitator", "organiser", "participant")


@dataclass(frozen=True)
class Seen:
    """A workshop without what *asker* may not see: no name but of those who agreed, no author, no ballot, nothing still hidden.

    *left_out* says in sentences what is missing for now; *withdrawn* counts the ideas their authors took back,
    *withheld* those that facilitators set aside;
    *voted* is how many have voted in each vote, open ones too.
    """

    w: Workshop
    asker: str
    left_out: tuple[str, ...]
    withdrawn: int
    withheld: int
    voted: dict[str, int]


def seen(w: Workshop, asker: str) -> Seen:
    """*w* as *asker* (one of ``ASKERS``) may see it at this moment."""
    if asker not in ASKERS:
        raise ValueError(f"{asker!r} is none of {', '.join(ASKERS)}")
    said = (*_silent(w), *_open_votes(w), *_not_shown(w, asker), *_weighing(w), *_notes(w, asker))
    gone = [idea for idea in w.ideas.values() if not idea.stands and not w.is_silent(idea.stage)]
    withheld = sum(1 for idea in gone if idea.withheld)
    voted = {stage: vote.result.voters if vote.result else vote.voters for stage, vote in w.votes.items()}
    return Seen(_without(w, asker), asker, said, len(gone) - withheld, withheld, voted)


def is_told(w: Workshop, vote: Vote, asker: str) -> bool:
    """Whether *asker* may see how *vote* came out: a participant once it is shown, or talked about."""
    if not vote.result:
        return False
    at = w.plan.stage(vote.stage)
    talked_about = any(s.source == (at.run_off or at.id) and w.has_opened(s.id) for s in w.plan.stages)
    return asker != "participant" or vote.shown or talked_about


def _without(w: Workshop, asker: str) -> Workshop:
    there = (i for i in w.ideas.values() if i.stands and not w.is_silent(i.stage))
    ideas = {i.id: replace(i, author="", first="") for i in there}
    return replace(
        w, versions=tuple(_without(replace(v, versions=()), asker) for v in w.versions), ideas=ideas, by="",
        facilitators={}, told="", note="" if asker == "participant" else w.note,
        people={p.id: p if p.id in w.printed else replace(p, name="") for p in w.people.values()},
        charts={key: tuple(i for i in chart if i in ideas) for key, chart in w.charts.items()},
        stars={key: tuple(i for i in stars if i in ideas) for key, stars in w.stars.items()},
        parking={n.id: replace(n, author="") for n in w.parking.values()},
        points={p.id: replace(p, author="") for p in w.points.values()},
        boards={b.stage: replace(b, suggestion=None, place={i: t for i, t in b.place.items() if i in ideas},
                                 cards={i: card for i, card in b.cards.items() if i in ideas and card in ideas},
                                 near={}, alike=(), examples={}, flags={}, flagged={}, history=(), edits=tuple(_bare(e) for e in b.edits))
                for b in w.boards.values()},
        weights={key: replace(weight, ratings={}, since=frozenset()) for key, weight in w.weights.items() if weight.shown},
        questions={key: found for key, asked in w.questions.items() if (found := tuple(_unnamed(q) for q in asked if q.outcome))},
        votes={v.stage: replace(v, ballots={}, sheets={}, papers=(), told=(), result=v.result if is_told(w, v, asker) else None)
               for v in w.votes.values()})


def _bare(edit: Edit) -> Edit:
    """What went into what, and nobody who went along."""
    return Edit(edit.step, edit.old, edit.new, edit.split, edit.goes, edit.undone, name=edit.name)


def _silent(w: Workshop) -> tuple[str, ...]:
    hidden = {s: len(w.ideas_of(s.id)) for s in w.plan.stages if w.is_silent(s.id)}
    return tuple(counted("1 idea of “%(stage)s”, which is still written in silence.",
                         "%(n)d ideas of “%(stage)s”, which are still written in silence.", n, stage=s.title)
                 for s, n in hidden.items() if n)


def _open_votes(w: Workshop) -> tuple[str, ...]:
    open_votes = {stage: v.voters for stage, v in w.votes.items() if not v.result}
    return tuple(counted("The dots of “%(stage)s”, which is still open; 1 person has voted.",
                         "The dots of “%(stage)s”, which is still open; %(n)d people have voted.", n,
                         stage=stage_title(w, stage))
                 for stage, n in open_votes.items())


def _not_shown(w: Workshop, asker: str) -> tuple[str, ...]:
    hidden = [v.stage for v in w.votes.values() if v.result and not is_told(w, v, asker)]
    return tuple(_("The result of “%(stage)s”, which the facilitator has not shown yet.", stage=stage_title(w, stage))
                 for stage in hidden)


def _unnamed(question: Question) -> Question:
    """A closed question with its reasons alone, each under the number of its place."""
    places = tuple(map(str, range(len(question.outcome.reasons))))
    answers = {place: question.answers[who] for place, who in zip(places, question.outcome.reasons, strict=True)}
    return replace(question, answers=answers, outcome=replace(question.outcome, reasons=places))


def _weighing(w: Workshop) -> Iterator[str]:
    """Ratings that are not shown, and questions that are still open."""
    for (stage, _priority), weight in w.weights.items():
        if weight.raters and not weight.shown:
            yield counted("How 1 person rated a priority of “%(stage)s”, which the facilitator has not shown.",
                          "How %(n)d people rated a priority of “%(stage)s”, which the facilitator has not shown.", weight.raters, stage=stage_title(w, stage))
    for (stage, _priority), asked in w.questions.items():
        if not asked[-1].outcome:
            yield counted("Who agrees to a priority of “%(stage)s”, which is still asked; 1 person has answered.",
                          "Who agrees to a priority of “%(stage)s”, which is still asked; %(n)d people have answered.", len(asked[-1].answers),
                          stage=stage_title(w, stage))


def _notes(w: Workshop, asker: str) -> tuple[str, ...]:
    return (_("The facilitators' notes."),) if w.note and asker == "participant" else ()
