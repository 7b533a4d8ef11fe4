"""What votes come to when themes are merged or split after they opened.

Ballots stay as they were cast: what a vote holds is worked out from them, so that undoing gives back exactly what was.
"""
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from workshop.state.board import Edit
from workshop.state.vote import Ballot, Sheet, Vote

BallotOrSheet = TypeVar("BallotOrSheet", Ballot, Sheet)


def under(vote: Vote, edits: Iterable[Edit]) -> Vote:
    """*vote* with the options, papers and ballots that *edits*, all those of its board in order, leave it."""
    since = tuple(edit for edit in edits if edit.step > vote.at)
    options, *papers = vote.drawn or (vote.options, *vote.papers)
    now = _options(options, since)
    return replace(vote, options=now, papers=tuple(_options(paper, since) for paper in papers),
                   drawn=() if now == options else (options, *papers),
                   ballots={person: counts_for(ballot, since) for person, ballot in vote.ballots.items()},
                   sheets={side: counts_for(sheet, since) for side, sheet in vote.sheets.items()})


def counts_for(placed: BallotOrSheet, edits: Iterable[Edit]) -> BallotOrSheet:
    """A ballot or sheet with its dots where *edits* leave them.

    A split that is undone has its new option's dots go back; one that had been made by then moves nothing.
    """
    edits, dots = tuple(edits), dict(placed.placed)
    for edit in reversed(edits):
        if edit.undone and edit.split:
            dots = _moved(dots, edit.new, edit.old)
    for edit in edits:
        if not edit.undone and (not edit.split or edit.goes and edit.step not in placed.knew):
            dots = _moved(dots, edit.old, edit.new)
    return replace(placed, dots=dots, cast=None if dots == placed.placed else placed.placed)


def parts(vote: Vote, then: Iterable[Edit], now: Iterable[Edit]) -> dict[str, dict[str, bool]]:
    """Where the dots that each option of *vote* holds under the edits *now* stood under the edits *then*.

    Option -> the options of then that it has dots of -> whether it has all of these.
    """
    then, now = ([edit for edit in edits if edit.step > vote.at] for edits in (then, now))
    placed = {(option, one.knew) for one in (*vote.counted.values(), *vote.sheets.values()) for option in one.placed}
    moves = {(_counts_at(option, knew, then), _counts_at(option, knew, now)) for option, knew in placed}
    went = Counter(was for was, _is in moves)
    return {option: {was: went[was] == 1 for was, at in sorted(moves) if at == option} for _was, option in moves}


def _counts_at(option: str, knew: tuple[int, ...], edits: Iterable[Edit]) -> str:
    return next(iter(counts_for(Ballot({option: 1}, 0, knew=knew), edits).dots))


def _moved(dots: Mapping[str, int], old: str, new: str) -> dict[str, int]:
    if old not in dots:
        return dict(dots)
    rest = {option: n for option, n in dots.items() if option != old}
    return {**rest, new: rest.get(new, 0) + dots[old]}


def _options(options: tuple[str, ...], edits: Iterable[Edit]) -> tuple[str, ...]:
    for edit in (e for e in edits if not e.undone and e.old in options):
        at = options.index(edit.old)
        before, behind = options[:at], options[at + 1:]
        if edit.split:
            options = (*before, edit.old, edit.new, *behind)
        else:
            options = (*before, *behind) if edit.new in options else (*before, edit.new, *behind)
    return options
