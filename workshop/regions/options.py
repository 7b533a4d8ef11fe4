"""What stands on a ballot and what came of it, as screen and phones name it."""
from dataclasses import dataclass

from workshop.charter import backing, rounds
from workshop.charter.figures import option_name
from workshop.charter.seen import is_told
from workshop.regions.shared import Side, fill_of
from workshop.state import Row, Vote, Workshop
from workshop.words import _


BRIEF, CARD = 120, 600   # bytes


@dataclass(frozen=True)
class Option:
    """One option of a vote: a theme with its *mark* and *wording*, or a single idea with the words of others on its card."""

    key: str
    mark: str
    text: str
    wording: str = ""


@dataclass(frozen=True)
class Place:
    """One option's result.  *shared*: others have the same rank; *sides*: those that may be shown, with their dots; *said*: what they put where."""

    rank: int
    shared: bool
    option: Option
    dots: int
    sides: tuple[Side, ...]
    both: bool
    people: str
    said: str


def option(w: Workshop, vote: Vote, key: str) -> Option:
    """The option *key* (``theme:N`` or ``idea:ID``) of *vote*."""
    kind, _, at = key.partition(":")
    if kind == "idea":
        return Option(key, "", option_name(w, vote.stage, key), brief(" / ".join(w.ideas[i].text for i, card in w.cards.items() if card == at), CARD))
    theme = w.boards[w.source(vote.stage)].themes[int(at)]
    return Option(key, theme.mark, theme.name, theme.wording)


def said_of_rounds(w: Workshop, vote: Vote) -> str:
    """What a second vote changed, for everybody once its first is told, or which of the two counts; empty where there is one."""
    first = rounds.first_of(w, vote)
    return rounds.in_words(w, vote, lambda key: _("“%(name)s”", name=brief(option(w, vote, key).text))) if not first or is_told(w, first, "participant") else ""


def decided(w: Workshop, stage: str) -> tuple[Option, ...]:
    """What the stage *stage* builds on: the priorities, and any tied for the last place."""
    vote = next((w.final(v) for v in (w.votes.get(w.source(stage)), w.last_vote) if v and v.result), None)
    return tuple(option(w, vote, key) for key in (*vote.result.priorities, *vote.result.tied)) if vote else ()


def place(w: Workshop, vote: Vote, row: Row) -> Place:
    """*row* of the result of *vote*, for everybody to see."""
    shared = sum(other.rank == row.rank for other in vote.result.rows) > 1
    given = tuple(Side(s, fill_of(w, s), row.sides[s][0], backing.from_people(row.people_of(s))) for s in w.plan.constituencies if s in row.sides)
    said = " ".join(filter(None, (backing.in_words(vote.result, row, w.plan.constituencies), _then(w, vote, row))))
    return Place(row.rank, shared, option(w, vote, row.option), row.dots, given, row.option in vote.result.both,
                 backing.from_people(row.people_in_all), said)


def _then(w: Workshop, vote: Vote, row: Row) -> str:
    """Where the option of *row* stood in the first round of *vote*, where that is told and *vote* is the second."""
    first = rounds.first_of(w, vote)
    if not first or not is_told(w, first, "participant"):
        return ""
    return next(rounds.then(both) for both in rounds.compared(w, vote) if both.option == row.option)


def revealed(w: Workshop, vote: Vote) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
    """What everybody sees of the result of *vote* so far: the priorities and those tied, and the other options once all of it is shown."""
    first = {*vote.result.priorities, *vote.result.tied}
    seen = [row for row in vote.result.rows if vote.shown or row.option in first and row.rank >= vote.from_rank]
    return (tuple(place(w, vote, row) for row in seen if row.option in first), tuple(place(w, vote, row) for row in seen if row.option not in first))


def how_sure(w: Workshop, vote: Vote) -> str:
    """Whether one more voter could have changed what goes in, in a sentence."""
    return backing.how_sure(vote.result, {key: brief(option(w, vote, key).text) for key in vote.options})


def brief(text: str, most: int = BRIEF) -> str:
    """*text* in at most *most* bytes or, of what is longer, its beginning and "…"; empty where there is no room for a word."""
    if len(text.encode()) <= most:
        return text
    return f"{text.encode()[:most - 3].decode(errors='ignore').rstrip()}…" if most > 12 else ""
