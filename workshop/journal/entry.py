"""An entry of the journal, to and from the words that stand in the file."""
from dataclasses import dataclass
from datetime import datetime, timezone

import msgspec

from workshop.events import EVENTS, Event

RENAMED: dict[str, str] = {}
"""Kinds that had another name in an earlier release: old name -> name now."""


class UnknownEvent(ValueError):
    """A kind of event that this release does not know."""


@dataclass(frozen=True)
class Entry:
    """Number *seq* of a journal: what happened *at* (ms since 1970, UTC), asked for by the seat *by*."""

    seq: int
    at: int
    by: str
    event: Event

    def row(self) -> tuple[int, str, str, str, str]:
        """The entry as it is written: seq, at, by, kind, body."""
        when = datetime.fromtimestamp(self.at / 1000, timezone.utc)
        return self.seq, when.strftime("%Y-%m-%dT%H:%M:%S.") + f"{self.at % 1000:03d}Z", self.by, type(self.event).__name__, body(self.event)


def body(event: Event) -> str:
    """The event as JSON."""
    return msgspec.json.encode(event).decode()


def entry(row: tuple[int, str, str, str, str]) -> Entry:
    """The entry that was written as *row*.  Raises ``UnknownEvent`` on a kind from a later release."""
    seq, at, by, kind, words = row
    known = EVENTS.get(RENAMED.get(kind, kind))
    if known is None:
        raise UnknownEvent(f"Entry {seq} is of the kind {kind}, which this release does not know. Open it with a newer one.")
    whole = datetime.strptime(at, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc)
    return Entry(seq, round(whole.timestamp() * 1000), by, msgspec.json.decode(words, type=known))
