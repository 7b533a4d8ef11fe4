"""What a workshop has that its journal does not tell, for as long as nobody looks at it."""
from collections import OrderedDict
from dataclasses import replace

from workshop.live.outcomes import Outcomes
from workshop.room import Room
from workshop.session import Session

MOST = 200_000   # outcomes of commands that are remembered for workshops that were let go of: some 30 MB


class Away:
    """The room and the outcomes of each workshop that was let go of, but for the people, who have all left."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[Room, Outcomes]] = OrderedDict()

    def goes(self, code: str, session: Session, outcomes: Outcomes) -> None:
        """Remember it; forget first who went first, where it is too much."""
        self._kept[code] = replace(session.room, here={}, consoles=0, screens=0, typing={}, fault=""), outcomes
        self._kept.move_to_end(code)
        left = sum(len(kept) for _room, kept in self._kept.values()) - MOST
        while left > 0:
            _code, (_room, forgotten) = self._kept.popitem(last=False)
            left -= len(forgotten)

    def comes_back(self, code: str, session: Session) -> Outcomes:
        """Put its room into *session*, and return its outcomes; both empty where it was not here before."""
        room, outcomes = self._kept.pop(code, (session.room, Outcomes()))
        session.enter(lambda now: replace(room, fault=now.fault))
        return outcomes
