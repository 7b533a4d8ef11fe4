"""The reason for where somebody stands: on the charter, or on a priority."""
from workshop.rules.command import Refused, cleaned
from workshop.state import IDEA_MOST
from workshop.words import N_


def reason(why: str, needed: bool) -> str:
    """*why* as it is kept, up to as many characters as an idea.  Raises ``Refused`` where it is too long, or *needed* and missing."""
    why = cleaned(why)
    if needed and not why:
        raise Refused(N_("Say why you object, so that it can be answered."))
    if len(why) > IDEA_MOST:
        raise Refused(N_("Say it in %(most)d characters; this one is %(n)d."), most=IDEA_MOST, n=len(why))
    return why
