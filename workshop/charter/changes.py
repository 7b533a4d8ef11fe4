"""What differs between two versions of the charter, word by word."""
import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from workshop.charter.blocks import Piece
from workshop.charter.figures import decided, option_name
from workshop.charter.sections import SECTIONS, words
from workshop.state import Workshop
from workshop.words import _, joined

TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff][^\S\n]*|[^\s\u3040-\u30ff\u3400-\u9fff]+[^\S\n]*|\n\s*|\s+")
HARD = 200_000   # pairs of equal words past which a text is taken as rewritten: looking for the smallest change takes too long


@dataclass(frozen=True)
class Change:
    """A section that differs.  *how*: ``added``, ``removed`` (all of it) or ``changed``; *title* is marked for translation."""

    section: str
    title: str
    how: str
    pieces: tuple[Piece, ...]


def changes(was: Workshop, now: Workshop, generated: bool = True) -> tuple[Change, ...]:
    """What *now* says otherwise than *was*, in the order of the sections; *generated*: those too that nobody writes."""
    found = []
    for kind in SECTIONS:
        before, after = (_text(w, kind.id) for w in (was, now))
        if before != after and (generated or not kind.generated):
            how = "changed" if before and after else "added" if after else "removed"
            found.append(Change(kind.id, kind.title, how, compared(before, after)))
    return tuple(found)


def _text(w: Workshop, section: str) -> str:
    return _priorities(w) if section == "priorities" else words(w, section).strip()


def _priorities(w: Workshop) -> str:
    """The priorities by name, and the first steps towards them: a line each."""
    names = [option_name(w, vote.stage, row.option) for vote, row in decided(w)]
    steps = [joined((a.what, a.owner, a.support, a.first, a.due, a.measure)) for a in w.actions.values()] if names else []
    return "\n".join([*names, *(_("First step: %(step)s", step=step) for step in steps)])


@lru_cache(maxsize=256)
def compared(was: str, now: str) -> tuple[Piece, ...]:
    """*now* with what was taken from *was* and what was added; the pieces that are not ``added``, put together, are *was* but for
    white space, those that are not ``removed`` are *now*, likewise.  What goes stands ahead of what comes in its place."""
    old, new = TOKEN.findall(was), TOKEN.findall(now)
    a, b = ([token.strip(" \t") for token in tokens] for tokens in (old, new))
    if _hard(a, b):
        return _pieces([("removed", _apart(was)), ("added", now)])
    found: list[tuple[str, str]] = []
    for kind, i, i_end, j, j_end in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(("", "".join(max(pair, key=len) for pair in zip(old[i:i_end], new[j:j_end], strict=True))))
        else:
            found += [("removed", _apart("".join(old[i:i_end]))), ("added", "".join(new[j:j_end]))]
    return _pieces(found)


def _apart(text: str) -> str:
    """*text* with the space that keeps it from what comes in its place."""
    return text + " " if text and not text[-1].isspace() else text


def _hard(a: list[str], b: list[str]) -> bool:
    counts = Counter(b)
    return sum(n * counts[token] for token, n in Counter(a).items()) > HARD


def in_lines(pieces: tuple[Piece, ...]) -> tuple[tuple[Piece, ...], ...]:
    """*pieces*, a line of the text each; empty lines are left out, and the space beside marked words is not marked."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *more = piece.text.split("\n")
        for n, part in enumerate((first, *more)):
            if n:
                lines.append([])
            lines[-1] += _bare(piece.how, part)
    return tuple(tuple(line) for line in lines if any(piece.text.strip() for piece in line))


def _bare(how: str, text: str) -> list[Piece]:
    words = text.strip()
    if not how or not words:
        return [Piece(text)] if text else []
    before, _words, after = text.partition(words)
    return [piece for piece in (Piece(before), Piece(words, how), Piece(after)) if piece.text]


def _pieces(found: list[tuple[str, str]]) -> tuple[Piece, ...]:
    return tuple(Piece(text, how) for how, text in found if text)
