"""What the themes worker is asked, and what its answers mean here."""
import itertools
from collections.abc import Iterable, Mapping

import msgspec

from workshop.room import Forming
from workshop.rules.forming import to_gather
from workshop.rules.themes import NEW
from workshop.state import MARKS, Board, Idea, Suggestion, Vote, Workshop


def forming_question(ideas: Iterable[Idea], last: Forming) -> dict:
    """What themes these *ideas* form, in which those of *last* go on."""
    return {"job": "suggest", "ideas": [[i.id, i.text] for i in ideas], "previous": dict(last.labels), "called": _called(last.names, last.named)}


def formed(answer: dict, last: Forming) -> Forming:
    """The themes of the worker's *answer*: those of *last* have their numbers still, new ones take unused ones."""
    own = sorted(int(n) for n in answer["names"])
    number = {n: n for n in own if n in last.names}
    marks, unused = {n % len(MARKS) for n in number}, last.unused
    for n in own:
        if n not in number:
            while unused % len(MARKS) in marks and len(marks) < len(MARKS):
                unused += 1
            marks.add(unused % len(MARKS))
            number[n], unused = unused, unused + 1
    labels = {i: number.get(n, -1) for i, n in answer["labels"].items()}
    names = dict(sorted((number[n], answer["names"][str(n)]) for n in own))
    named = {n: last.named[n] if last.names.get(n) == name else _ideas_in(labels, n) for n, name in names.items()}
    return Forming(labels, names, {number[n]: tuple(answer["examples"][str(n)]) for n in own}, named, unused)


def board_question(w: Workshop, stage: str, forming: Forming) -> dict:
    """What to suggest for the board of *stage*; on one that nobody has touched the *forming* themes go on."""
    board = w.boards[stage]
    ideas = [i for i in to_gather(w, w.source(stage)) if i.id not in board.cards]   # a card is asked about once
    here, wishes = {i.id for i in ideas}, board.wishes
    wished = {name.casefold() for name in wishes.into}
    previous, called = _last(board, forming)
    return {"job": "suggest", "ideas": [[i.id, i.text] for i in ideas], "held": {i: board.place.get(i, -1) for i in board.held & here},
            "previous": previous, "called": called, "about": wishes.about, "into": wishes.into, "strict": wishes.strict,
            "names": {str(n): t.name for n, t in board.themes.items() if t.named or t.name.casefold() in wished}}


def split_question(w: Workshop, vote: Vote) -> dict:
    """Which options of *vote* are so alike that they would split it; people see them only once its ideas are out."""
    source = w.source(vote.stage)
    board = w.boards.get(source)
    ideas = w.ideas_of(board and w.source(source) or source)
    own = {o: list(board.ideas_in(int(o.partition(":")[2]))) if o.startswith("theme:") else [o.partition(":")[2]] for o in vote.options
           if o.startswith("theme:") or w.ideas[o.partition(":")[2]].stands}
    return {"job": "split", "ideas": [[i.id, i.text] for i in ideas], "options": own, "themes": bool(board)}


def suggestion(answer: dict, board: Board) -> Suggestion:
    """The worker's answer to what was asked of *board*; its new themes get numbers from ``NEW`` on until they are taken in."""
    def number(label) -> int:
        return int(label) if int(label) in board.themes or int(label) < 0 else NEW + int(label)
    made = {"labels": {i: number(t) for i, t in answer["labels"].items()}, "near": {i: [number(t) for t in two] for i, two in answer["near"].items()},
            **{key: {number(n): value for n, value in answer[key].items()} for key in ("names", "examples", "theme_confidence")}}
    given = _given(made["names"], board)
    return msgspec.convert({**made, "names": {**made["names"], **given}, "confidence": answer["confidence"], "encoder": answer["encoder"],
                            "alike": answer["alike"], "asked": board.asked, "given": list(given)}, Suggestion)


def _given(names: Mapping[int, str], board: Board) -> dict[int, str]:
    """The themes that have a name which was asked for; one that no idea goes into is there too, and empty."""
    known = {t.name.casefold(): n for n, t in board.themes.items()} | {name.casefold(): n for n, name in names.items()}
    unused = itertools.count(max([NEW - 1, NEW + board.unused - 1, *names]) + 1)
    return {known[name.casefold()] if name.casefold() in known else next(unused): name for name in board.wishes.into}


def _last(board: Board, forming: Forming) -> tuple[dict[str, int], dict[str, list]]:
    """What the facilitator has before them: the theme of each idea, of a held one that it was taken from, and what the
    clusterer called the themes."""
    if board.top < 0 and not board.suggestion:
        return dict(forming.labels), _called(forming.names, forming.named)
    suggested = board.suggestion.labels if board.suggestion else {}
    names = {**(board.suggestion.names if board.suggestion else {}), **{n: t.name for n, t in board.themes.items()}}
    labels = {**{i: n for i, n in suggested.items() if n not in board.gone}, **board.place}
    ours = {n: name for n, name in names.items() if not (n in board.themes and board.themes[n].named)}
    return {**labels, **_left(board, suggested)}, _called(ours, {n: _ideas_in(labels, n) for n in ours})


def _left(board: Board, suggested: Mapping[str, int]) -> dict[str, int]:
    """The theme that each held idea was in, or *suggested* for, when people took hold of it, or the next one where that is gone by now."""
    found: dict[str, int] = {}
    for step in (s for s in board.history if not s.withheld):
        for i, (was, now) in step.ideas.items():
            if now.held and (not was.held or found.get(i) in board.gone):
                found[i] = suggested.get(i, was.theme) if was.theme < 0 else was.theme
    return {i: n for i, n in found.items() if i in board.held and n not in board.gone}


def _called(names: Mapping[int, str], named: Mapping[int, tuple[str, ...]]) -> dict[str, list]:
    return {str(n): [name, list(named[n])] for n, name in names.items()}


def _ideas_in(labels: Mapping[str, int], theme: int) -> tuple[str, ...]:
    return tuple(i for i, n in labels.items() if n == theme)
