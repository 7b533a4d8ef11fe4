"""Who types in which section of the charter: it belongs to the room, never to the journal."""
from dataclasses import replace

import gevent

from workshop.rules.charter import SECTIONS
from workshop.session import Session

SILENT = 5   # seconds without word from a page after which its person has stopped, or gone: a line that breaks says nothing


class Typing:
    """Puts into the room of one workshop who types where, until they stop, leave or fall silent."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._ends: dict[str, gevent.Greenlet] = {}

    def types(self, person: str, section: str) -> None:
        """*person* types in *section*, or has stopped where it is none."""
        if ends := self._ends.pop(person, None):
            ends.kill()
        if section in SECTIONS:
            self._ends[person] = gevent.spawn_later(SILENT, self._put, person, "")
        self._put(person, section if section in SECTIONS else "")

    def _put(self, person: str, section: str) -> None:
        others = {who: where for who, where in self._session.room.typing.items() if who != person}
        self._session.enter(lambda room: replace(room, typing={**others, person: section} if section else others))
