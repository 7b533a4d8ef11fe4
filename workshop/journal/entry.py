"""An entry of the journal, to and from the words that stand in the file."""
from dataclasses import dataclass
from datetime import datetime, timezone

import msgspec

from workshop.events import EVENTS, Event
from workshop.sqlite import Unreadable
from workshop.words import N_

RENAMED: dict[str, str] = {}
"""Kinds that had another name in an earlier release: old name -> name now."""

Row = tuple[int, str, str, str, str]


class UnknownEvent(Unreadable):
    """A kind of event that this release does not know."""


class Damaged(Unreadable):
    """A journal that can be read up to some entry and not further."""


@dataclass(frozen=True)
class Entry:
    """Number *seq* of a journal: what happened *at* (ms since 1970, UTC), asked for by the seat *by*."""

    seq: int
    at: int
    by: str
    event: Event

    def row(self) -> Row:
        """The entry as it is written: seq, at, by, kind, body."""
        when = datetime.fromtimestamp(self.at / 1000, timezone.utc)
        return self.seq, when.strftime("%Y-%m-%dT%H:%M:%S.") + f"{self.at % 1000:03d}Z", self.by, type(self.event).__name__, body(self.event)


def body(event: Event) -> str:
    """The event as JSON."""
    return msgspec.json.encode(event).decode()


def entry(row: Row) -> Entry:
    """The entry that was written as *row*.

    Raises ``UnknownEvent`` on a kind from a later release, and ``Damaged`` where the words are not those of any release.
    """
    seq, at, by, kind, words = row
    known = EVENTS.get(RENAMED.get(kind, kind))
    if known is None and isinstance(kind, str) and kind.isidentifier():
        raise UnknownEvent(N_("Entry %(seq)d is of the kind %(kind)s, which this release does not know. Open it with a newer one."),
                           seq=seq, kind=kind)
    try:
        whole = datetime.fromisoformat(at.removesuffix("Z")).replace(tzinfo=timezone.utc)   # strptime takes seven times as long
        return Entry(seq, round(whole.timestamp() * 1000), by, msgspec.json.decode(words, type=known))
    except (AttributeError, TypeError, ValueError, msgspec.MsgspecError) as wrong:
        raise Damaged(N_("Entry %(seq)d cannot be read."), seq=seq) from wrong
