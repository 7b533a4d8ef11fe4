"""Who may come in, and where they sit."""
from workshop.agenda import Plan
from workshop.events import Event
from workshop.events.people import FacilitatorJoined, NamePrinted, PersonJoined, PersonMoved, WorkshopMade
from workshop.rules.breakout import place_for
from workshop.rules.command import Ask, Refused, cleaned, command, ident
from workshop.state import Person, Workshop
from workshop.words import LANGUAGES, N_, PSEUDO

NAME_MOST = 40


@command("organiser")
def make_workshop(w: Workshop, ask: Ask, *, code: str, plan: Plan) -> Event | None:
    """Begin the journal of the workshop *code*."""
    return None if w.code else WorkshopMade(code, plan)


@command("facilitator")
def welcome_facilitator(w: Workshop, ask: Ask, *, name: str) -> Event | None:
    """Somebody with the workshop's key runs it from now on, under *name*."""
    name = cleaned(name)[:NAME_MOST] or "Facilitator"
    known = w.facilitators.get(ask.by)
    return None if known and known.name == name else FacilitatorJoined(ask.by, name)


@command("participant")
def join(w: Workshop, ask: Ask, *, name: str = "", constituency: str = "", language: str = "") -> Event | None:
    """Come in, or come in again under another name.  Sent twice is once; who comes after the end did not take part,
    but while the charter is being changed the community may have grown."""
    if not w.may_join and ask.by not in w.people:
        raise Refused(N_("This workshop has ended. Nobody can join it any more."))
    return _joined(w, ask.by, name, constituency, language, phone=True)


@command("facilitator")
def add_person(w: Workshop, ask: Ask, *, person: str, name: str, constituency: str = "") -> Event | None:
    """Add somebody without a phone; facilitators write, star and vote for them."""
    if not cleaned(name):
        raise Refused(N_("Give a name, so that you know for whom you write."))
    if person in w.people and w.people[person].phone:
        raise Refused(N_("That person has a phone and answers for themselves."))
    return _joined(w, ident(person), name, constituency, "", phone=False)


@command("facilitator")
def move_person(w: Workshop, ask: Ask, *, stage: str, person: str, group: str) -> Event | None:
    """Seat somebody at another table, from *stage* on."""
    groups = w.groups_of(stage)
    formed = next((s for s, there in w.groups.items() if there is groups), "")
    if person not in w.people or group not in {g.id for g in groups}:
        raise Refused(N_("That table or person is not there any more."))
    now = w.group_of(person, stage)
    return None if now and now.id == group else PersonMoved(formed, person, group)


@command("participant", "facilitator")
def print_name(w: Workshop, ask: Ask, *, on: bool, person: str | None = None) -> Event | None:
    """Let one's name and side stand in charter and data, or take that back, at any time."""
    who = ask.acts_for(w, person)
    if on == (who in w.printed):
        return None
    if on and not w.people[who].name:
        raise Refused(N_("You gave no name. Join again with one, then choose."))
    return NamePrinted(who, on)


def _joined(w: Workshop, person: str, name: str, constituency: str, language: str, phone: bool) -> Event | None:
    name, known = cleaned(name), w.people.get(person)
    _check_name(w.plan, name)
    if w.plan.constituencies and constituency not in w.plan.constituencies:
        raise Refused(N_("Choose where you are here from, then join."))
    if language not in (*LANGUAGES, PSEUDO):
        language = w.plan.language
    coming = Person(person, known.number if known else len(w.people) + 1, name if w.plan.names != "none" else "",
                    constituency if w.plan.constituencies else "", language, phone)
    if known == coming:
        return None
    if known and known.constituency != constituency and w.groups:
        raise Refused(N_("Tables are made already. Ask the facilitator to change where you are from."))
    seats = {} if known else {stage: place_for(groups, coming.constituency, w.people) for stage, groups in w.groups.items() if groups}
    return PersonJoined(coming.id, coming.number, coming.name, coming.constituency, coming.language, phone, seats)


def _check_name(plan: Plan, name: str) -> None:
    if len(name) > NAME_MOST:
        raise Refused(N_("A name is at most %(most)d characters; this one is %(n)d."), most=NAME_MOST, n=len(name))
    if plan.names == "asked" and not name:
        raise Refused(N_("Type your name, then join."))
