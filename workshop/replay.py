"""A workshop from the entries of its journal."""
from collections.abc import Iterable

from workshop.journal import Damaged, Entry
from workshop.state import Workshop
from workshop.state.changed import replace
from workshop.words import N_


def replay(w: Workshop, entries: Iterable[Entry]) -> Workshop:
    """*w* after *entries*.  Raises ``Damaged`` where one is missing or does not fit."""
    for one in entries:
        w = applied(w, one)
    return w


def applied(w: Workshop, new: Entry) -> Workshop:
    """*w* after one more entry.  Raises ``Damaged`` where it is not the next or does not fit."""
    if new.seq != w.seq + 1:
        raise Damaged(N_("Entry %(seq)d is missing."), seq=w.seq + 1)
    try:
        return new.event.apply(replace(w, seq=new.seq, at=new.at, by=new.by))
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as wrong:
        raise Damaged(N_("Entry %(seq)d does not fit what came before it."), seq=new.seq) from wrong
