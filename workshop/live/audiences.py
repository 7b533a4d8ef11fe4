"""Which drawings a seat is given: derived from the state, never from a message."""
from workshop.regions.region import KINDS, Audience
from workshop.rules.discuss import on_the_table
from workshop.seats import Seat
from workshop.state import Workshop


def audiences(seat: Seat, w: Workshop, language: str) -> dict[str, Audience]:
    """For each kind of drawing on the seat's page, whose the seat is given."""
    return {kind: Audience(kind, _key(kind, seat.person, w), language) for kind in KINDS[seat.page]}


def _key(kind: str, person: str, w: Workshop) -> str:
    if kind == "person":
        return person
    if kind == "group":
        return group_key(w, person)
    if kind == "paper":
        return paper_key(w, person)
    if kind == "table":
        return table_key(w, person)
    return ""


def group_key(w: Workshop, person: str) -> str:
    """The group whose chart the person sees."""
    group = w.group_of(person, w.open_id) if w.open_id else None
    return group.id if group else ""


def paper_key(w: Workshop, person: str) -> str:
    """The paper that the person votes on: join number modulo the papers."""
    vote = w.votes.get(w.open_id)
    return str(w.people[person].number % len(vote.papers)) if vote and person in w.people else ""


def table_key(w: Workshop, person: str) -> str:
    """The priority that the person sits down with in the open discussion, or the one on the screen."""
    if not w.open or w.open.kind != "discuss":
        return ""
    chosen = w.tables.get(w.open_id, {}).get(person) if w.open.side_by_side else w.on_stage.get(w.open_id)
    return chosen or (next(iter(on_the_table(w, w.open_id)), "") if not w.open.side_by_side else "")


def language_of(seat: Seat, w: Workshop) -> str:
    """The person's own language; for console and screen the workshop's."""
    person = w.people.get(seat.person) if seat.page == "phone" else None
    return person.language if person else w.plan.language
