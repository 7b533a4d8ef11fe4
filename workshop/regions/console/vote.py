"""The vote: who has voted, what is on the ballot, and the result once it is closed."""
from dataclasses import dataclass
from itertools import count

from workshop.charter import backing
from workshop.charter.figures import option_name
from workshop.regions.console.frame import stage_kind
from workshop.regions.region import Context, region
from workshop.regions.shared import fill_of
from workshop.room import Room
from workshop.rules.stages import standing
from workshop.state import MARKS, Row, Vote, Workshop


@dataclass(frozen=True)
class Turnout:
    """How many of some people have voted, and how many more gave more dots than there are now."""

    name: str
    fill: str
    voted: int
    people: int
    over: int = 0


@dataclass(frozen=True)
class Entered:
    """What was entered of a paper chart of *side*, "" for any.  *number*: of the next entry; *over*: it holds more dots than there are now."""

    side: str
    fill: str
    people: int
    dots: int
    number: int
    over: bool


@dataclass(frozen=True)
class Option:
    """An option.  *ideas*: how many are in its theme; *idea*: (id, how often withheld) of a single one that stands, to withhold it."""

    key: str
    mark: str
    name: str
    ideas: int
    idea: tuple[str, int] | None


@dataclass(frozen=True)
class Place:
    """An option's place in the result.  *sides*: (name, fill, dots, people in words) of the constituencies shown; *idea*: see ``Option``."""

    rank: str
    mark: str
    name: str
    dots: int
    people: str
    sides: tuple[tuple[str, str, int, str], ...]
    said: str
    won: bool
    tied: bool
    both: bool
    idea: tuple[str, int] | None


@dataclass(frozen=True)
class Tie:
    """Those that tied for the last place, and what becomes of it.

    *new*: the id of the run-off that can be added, else empty.  *planned*: there is one that is not closed.  *held*: it
    chose *chosen* and left *still* tied.
    """

    names: tuple[str, ...]
    new: str
    planned: bool
    held: bool
    chosen: tuple[str, ...]
    still: tuple[str, ...]


@region("console")
def turnout(w: Workshop, room: Room, key: str) -> Context:
    """Who has voted, by side: never what.  *over*: the ballots that do not count, since they hold more dots than there are now;
    *done*: how many voters said that they will change nothing more."""
    vote = _vote(w)
    shown = vote is not None and not vote.result
    return {"shown": shown, "done": len(room.ready.get(standing(w), frozenset()) & set(vote.ballots)) if shown else 0, "voted": vote.voters if shown else 0, "over": len(vote.over) if shown else 0, "people": max(len(w.people), vote.voters) if shown else 0,
            "sides": tuple(_turnout(vote, side, fill_of(w, side), [p.id for p in w.people.values() if p.constituency == side])
                           for side in w.plan.constituencies) if shown else ()}


@region("console")
def on_the_ballot(w: Workshop, room: Room, key: str) -> Context:
    """The options in the board's order, with nothing that was voted."""
    vote = _vote(w)
    return {"options": _options(w, vote) if vote and not vote.result else ()}


@region("console")
def still_out(w: Workshop, room: Room, key: str) -> Context:
    """Table by table, how many have voted."""
    vote = _vote(w)
    groups = w.groups_of(w.open_id) if vote and not vote.result else ()
    return {"tables": tuple(Turnout(g.name, "solid", sum(p in vote.counted for p in g.people), len(g.people)) for g in groups) if len(groups) > 1 else ()}


@region("console")
def ballot_paper(w: Workshop, room: Room, key: str) -> Context:
    """The fields of a ballot that a facilitator fills in for somebody; it does not change while the vote is open."""
    vote = _vote(w)
    shown = vote is not None and not vote.result
    return {"options": _options(w, vote) if shown else (), "dots": vote.dots if shown else 0, "cap": vote.cap if shown else 0}


@region("console")
def on_paper(w: Workshop, room: Room, key: str) -> Context:
    """What was entered from paper charts: of each side how many people and dots, never on what."""
    vote = _vote(w)
    shown = vote is not None and not vote.result
    return {"charts": tuple(_entered(w, vote, side) for side in (*w.plan.constituencies, "")) if shown else (), "stage": w.open_id, "code": w.code}


@region("console")
def chart_fields(w: Workshop, room: Room, key: str) -> Context:
    """The fields for the dots of a paper chart; they do not change while the vote is open."""
    vote = _vote(w)
    shown = vote is not None and not vote.result
    return {"options": _options(w, vote) if shown else (), "dots": vote.dots if shown else 0, "cap": vote.cap if shown else 0}


@region("console")
def counted_up(w: Workshop, room: Room, key: str) -> Context:
    """The result, here first."""
    vote = _vote(w)
    result = vote.result if vote else None
    names = {option: option_name(w, vote.stage, option) for option in vote.options} if result else {}
    return {"shown": result is not None, "from_rank": vote.from_rank if vote else None, "voters": result.voters if result else 0,
            "over": result.over if result else 0, "people": max(len(w.people), result.voters) if result else 0, "otherwise": backing.otherwise(result) if result else "",
            "places": tuple(_place(w, vote, row, names) for row in result.rows) if result else (),
            "most": max((row.dots for row in result.rows), default=0) if result else 0,
            "hidden": backing.not_alone(result) if result else "", "code": w.code, "stage": w.open_id,
            "tie": _tie(w, vote, names) if result and result.tied else None, "sure": backing.how_sure(result, names) if result else ""}


def _vote(w: Workshop) -> Vote | None:
    return w.votes.get(w.open_id) if stage_kind(w) == "vote" else None


def _tie(w: Workshop, vote: Vote, names: dict[str, str]) -> Tie:
    run_off, now = w.run_off(vote.stage), w.settled(vote).result
    held = now is not vote.result
    new = next(id for n in count(1) if not w.plan.stage(id := f"run-off-{n}") and id not in w.taken_back)
    return Tie(tuple(names[o] for o in vote.result.tied), "" if run_off or w.open.run_off or w.ended or w.final(vote).stage != vote.stage else new, bool(run_off) and not held,
               held, tuple(names[o] for o in now.priorities if o in vote.result.tied), tuple(names[o] for o in now.tied) if held else ())


def _turnout(vote: Vote, name: str, fill: str, people) -> Turnout:
    voted, over = (sum(1 for person in people if person in ballots) for ballots in (vote.counted, vote.over))
    voted += vote.sheets[name].people if name in vote.sheets else 0
    return Turnout(name, fill, voted, max(len(people), voted), over)


def _entered(w: Workshop, vote: Vote, side: str) -> Entered:
    sheet = vote.sheets.get(side)
    people, dots, number = (sheet.people, sum(sheet.dots.values()), sheet.number) if sheet else (0, 0, 0)
    return Entered(side, fill_of(w, side) if side else "", people, dots, number + 1, side in vote.overfull)


def mark_of(option: str) -> str:
    """The letter of the theme that *option* stands for, empty for a single idea."""
    kind, _sep, number = option.partition(":")
    return MARKS[int(number) % len(MARKS)] if kind == "theme" else ""


def _idea(w: Workshop, option: str) -> tuple[str, int] | None:
    kind, _sep, id = option.partition(":")
    return (id, w.ideas[id].turns) if kind == "idea" and w.ideas[id].stands else None


def _options(w: Workshop, vote: Vote) -> tuple[Option, ...]:
    board = w.boards.get(w.source(vote.stage))
    count = {f"theme:{n}": len(board.ideas_in(n)) for n in board.themes} if board else {}
    return tuple(Option(o, mark_of(o), option_name(w, vote.stage, o), count.get(o, 0), _idea(w, o)) for o in vote.options)


def _place(w: Workshop, vote: Vote, row: Row, names: dict[str, str]) -> Place:
    shared = sum(1 for other in vote.result.rows if other.rank == row.rank) > 1
    now = w.settled(vote).result
    sides = tuple((side, fill_of(w, side), row.sides[side][0], backing.from_people(row.people_of(side))) for side in w.plan.constituencies if side in row.sides)
    return Place(f"{row.rank} =" if shared else str(row.rank), mark_of(row.option), names[row.option], row.dots, backing.from_people(row.people_in_all),
                 sides, backing.in_words(vote.result, row, w.plan.constituencies),
                 row.option in now.priorities, row.option in now.tied, row.option in vote.result.both, _idea(w, row.option))
