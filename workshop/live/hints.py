"""What stands on the chart already, for who is writing: a page asks while somebody types, and waits for nothing."""
import re
from collections import Counter
from collections.abc import Callable
from functools import lru_cache

from workshop.live.bucket import Bucket
from workshop.regions.phone.brainstorm import may_be_hinted
from workshop.rules.command import cleaned
from workshop.seats import Seat
from workshop.session import Session
from workshop.state import IDEA_MOST, Workshop

Near = Callable[[Workshop, str, list[tuple[str, str]]], list[str] | None]
HINTED = 2                # ideas in one answer
AT_ONCE, IN_ALL = 8, 16   # questions under way for one workshop, and in all
A_SECOND = 40             # questions in all, 10 ms each, so that what else the worker has to do gets its turn
ITS_OWN = 3               # questions of one page at once; then one a second
WORD = re.compile(r"[^\W_]{4,}|[^\W_\x00-\x7f]{3,}")   # a word that tells ideas apart; shorter ones are mostly articles


class Hints:
    """Which ideas of their own chart people are told of.  *near(workshop, text, ideas)* finds them; None where it has no time.

    What says nearly the same has a word in common; where there is none, the worker is not asked.  Two thousand people
    may type at once: who asks too much is told at once to ask later.
    """

    def __init__(self, near: Near) -> None:
        self._near, self._under_way, self._pace = near, Counter(), Bucket(IN_ALL, A_SECOND)
        self._asking: dict[str, Bucket] = {}

    def leaves(self, sid: str) -> None:
        """A page is gone."""
        self._asking.pop(sid, None)

    def answer(self, session: Session, seat: Seat, sid: str, text: str, stage: str) -> list[dict[str, str]] | None:
        """Up to ``HINTED`` ideas (``id`` and ``text``) that say nearly what *text* does, as the writer may see them; None: ask later."""
        if seat.page != "phone" or len(text) > IDEA_MOST:
            return []
        w, text = session.state, cleaned(text)
        ideas = [(i.id, i.text) for i in may_be_hinted(w, seat.person, stage)]
        said = frozenset(WORD.findall(text.lower()))
        if all(said.isdisjoint(_words(words)) for _, words in ideas):
            return []
        if not self._may(sid, w.code):
            return None
        self._under_way[w.code] += 1
        try:
            found = self._near(w, text, ideas)
        finally:
            self._under_way[w.code] -= 1
        if found is None:
            return None
        now = {i.id: i.text for i in may_be_hinted(session.state, seat.person, stage)}   # one may be gone meanwhile
        return [{"id": idea, "text": now[idea]} for idea in found if idea in now][:HINTED]

    def _may(self, sid: str, code: str) -> bool:
        free = self._under_way[code] < AT_ONCE and self._under_way.total() < IN_ALL
        return free and self._asking.setdefault(sid, Bucket(ITS_OWN, 1)).takes() and self._pace.takes()


@lru_cache(maxsize=10_000)
def _words(text: str) -> frozenset[str]:
    return frozenset(WORD.findall(text.lower()))
