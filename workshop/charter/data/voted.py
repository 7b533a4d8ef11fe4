"""The tables of votes: what was on the ballot, from how many, side by side."""
from collections.abc import Iterator

from workshop.charter import rounds
from workshop.charter.data.said import idea_numbers, theme_numbers
from workshop.charter.data.table import Cell, Column, Table, columns
from workshop.charter.figures import closed_votes, option_name, stage_title
from workshop.charter.seen import Seen
from workshop.state import Row, Vote, Workshop
from workshop.words import N_


def vote_numbers(w: Workshop) -> dict[str, int]:
    """Vote stage -> its number in the table ``turnout``."""
    return {stage: n for n, stage in enumerate(w.votes, start=1)}


def option_numbers(w: Workshop) -> dict[tuple[str, str], int]:
    """(vote stage, option) -> its number in the table ``votes``."""
    return {key: n for n, key in enumerate(((vote.stage, row.option) for vote in closed_votes(w) for row in vote.result.rows), start=1)}


def _turnout(s: Seen) -> Iterator[tuple[Cell, ...]]:
    for n, vote in enumerate(s.w.votes.values(), start=1):
        r = vote.result
        yield (n, stage_title(s.w, vote.stage), rounds.round_of(s.w, vote), vote.dots, vote.cap, int(bool(r)), s.voted[vote.stage],
               *((sum(r.paper.values()), r.proxies, r.over) if r else (None, None, None)))


def _voters(s: Seen) -> Iterator[tuple[Cell, ...]]:
    numbers = vote_numbers(s.w)
    return ((numbers[vote.stage], stage_title(s.w, vote.stage), side, n) for vote in closed_votes(s.w) for side, n in vote.result.sides.items())


def _votes(s: Seen) -> Iterator[tuple[Cell, ...]]:
    numbers, in_turnout, ideas, themes = option_numbers(s.w), vote_numbers(s.w), idea_numbers(s.w), theme_numbers(s.w)
    for vote in closed_votes(s.w):
        priorities = s.w.settled(vote).result.priorities
        for row in vote.result.rows:
            kind, _sep, key = row.option.partition(":")
            yield (numbers[vote.stage, row.option], stage_title(s.w, vote.stage), rounds.round_of(s.w, vote), row.rank, option_name(s.w, vote.stage, row.option),
                   row.dots, row.people_in_all, int(row.option in priorities), vote.result.on_paper(row), int(row.one), in_turnout[vote.stage],
                   themes.get((s.w.source(vote.stage), int(key))) if kind == "theme" else None, ideas.get(key) if kind == "idea" else None,
                   *(cell for side in s.w.plan.constituencies for cell in _of_side(row, side)))


def _of_side(row: Row, side: str) -> tuple[Cell, Cell]:
    return (row.sides[side][0], row.people_of(side)) if side in row.sides else (None, None)


def _sides(s: Seen) -> Iterator[tuple[Cell, ...]]:
    numbers = option_numbers(s.w)
    for vote in closed_votes(s.w):
        for row in vote.result.rows:
            yield from ((numbers[vote.stage, row.option], stage_title(s.w, vote.stage), option_name(s.w, vote.stage, row.option), side, *_of_side(row, side))
                        for side in s.w.plan.constituencies if side in row.sides)


OPTION = Column("option number", N_("The option in the table votes."), "number", of="votes")
VOTE = Column("vote number", N_("The vote in the table turnout."), "number", of="turnout")

TURNOUT = Table("turnout", N_("Every vote that opened, and how many voted."), (
    Column("number", N_("Counts the rows; other tables name a vote by it."), "number"), Column("vote", N_("The stage.")),
    Column("round", N_("1, or 2 for a second vote."), "number"),
    *columns("dots each, at most on one", N_("What each person could place."), "number"),
    Column("result known", N_("1 where the result is in this file."), "yes"), Column("voted", N_("How many people voted, on paper too."), "number"),
    *columns("on paper, entered for somebody, not counted", N_("How many of them on paper; ballots a facilitator entered; ballots with more dots than there were."), "number")), _turnout)
VOTES = Table("votes", N_("Every option of every vote whose result is known."), (
    Column("number", N_("Counts the rows; other tables name an option by it."), "number"), Column("vote", N_("The stage.")),
    Column("round", N_("1, or 2 for a second vote on the same options, which then counts; a run-off has that of its vote."), "number"),
    Column("rank", N_("1 for the most dots; ties share one."), "number"), Column("option", N_("What stood on the ballot.")),
    Column("dots", N_("How many dots it got."), "number"),
    Column("people", N_("From how many people; where that would tell of a side, 6 to 7."), "people"),
    Column("priority", N_("1 where it is a priority."), "yes"),
    Column("on paper", N_("How many of the dots were counted on paper; empty where that would tell how few voted."), "number"),
    Column("one person", N_("1 where it would be no priority without the dots of one person."), "yes"), VOTE,
    Column("theme number", N_("The theme in the table themes, where it is one."), "number", of="themes"),
    Column("idea number", N_("The idea in the table ideas, where it is one."), "number", of="ideas")), _votes,
    each_side=(Column("dots", N_("Empty where a side is not shown alone; 1 or 2 people are written 1 to 2."), "number"),
               Column("people", N_("Empty where a side is not shown alone; 1 or 2 people are written 1 to 2."), "people")))
SIDES = Table("sides", N_("What each side that is shown gave each option."), (
    OPTION, *columns("vote, option, side", N_("The stage, what stood on the ballot, and who placed the dots.")),
    Column("dots", N_("How many dots it got from that side."), "number"), Column("people", N_("From how many; 1 or 2 are written 1 to 2."), "people")), _sides)
VOTERS = Table("voters", N_("How many of each side that is shown voted."), (
    VOTE, *columns("vote, side", N_("The stage, and who.")), Column("voted", N_("How many of that side voted, on paper too."), "number")), _voters)
