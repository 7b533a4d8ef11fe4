"""What each person's last commands came to, so that a copy which was long on its way changes nothing any more."""
from collections.abc import Callable

from workshop.rules import Refused

KEPT = 50   # for each person: an outbox sends one at a time, so that a copy can be late by a few only


class Outcomes:
    """The outcomes of one running workshop.  A command may be sent twice; but the first of two changes of mind, come
    again after the second, would undo it.  They stay while the workshop is let go of, not when the server ends."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, int | Refused]] = {}

    def __len__(self) -> int:
        return sum(map(len, self._known.values()))

    def once(self, person: str, entry: str, do: Callable[[], int]) -> int:
        """What *do* returns, or what it came to when the person's *entry* of that id was here before.

        Raises ``Refused`` as *do* did.  An entry without an id, and one that the server could not do, is not kept.
        """
        known = self._known.setdefault(person, {})
        outcome = known.get(entry)
        if outcome is None:
            try:
                outcome = do()
            except Refused as refused:
                outcome = refused
        if entry:
            known[entry] = outcome
            if len(known) > KEPT:
                del known[next(iter(known))]
        if isinstance(outcome, Refused):
            raise outcome.with_traceback(None)
        return outcome
