"""Writing the charter, adopting it, and the last round."""
from workshop.events import Event
from workshop.events.charter import CharterAdopted, NextDateSet, SectionWritten, StandTaken, WordSaid, WorkshopRated
from workshop.rules.command import Ask, Refused, cleaned, command
from workshop.rules.stands import reason
from workshop.state import Adoption, Workshop
from workshop.words import N_

SECTION_MOST, WORD_MOST, DATE_MOST = 4000, 40, 80
SECTIONS = ("purpose", "scope-in", "scope-out", "community", "roles", "practice", "decisions", "ways", "resources", "success", "amendment")
STANDS = ("agree", "live", "object")


@command("facilitator")
def write_section(w: Workshop, ask: Ask, *, section: str, text: str, was: int = 0) -> Event | None:
    """Put a section's words, whole.  *was* is the version that the writer's page showed, 0 for none."""
    if section not in SECTIONS:
        raise Refused(N_("The charter has no such section. Load the page again."))
    text = "\n".join(cleaned(line) for line in text.splitlines()).strip()
    if len(text) > SECTION_MOST:
        raise Refused(N_("A section holds %(most)d characters; this one has %(n)d."), most=SECTION_MOST, n=len(text))
    known = w.charter.get(section)
    if known and known.text == text or not known and not text:
        return None
    _before_adoption(w)
    if (known.version if known else 0) != was:
        raise Refused(N_("Somebody else wrote here first. Your words are kept below; look at theirs."))
    return SectionWritten(section, text, was + 1)


@command("participant", "facilitator")
def take_stand(w: Workshop, ask: Ask, *, stand: str, why: str = "", person: str | None = None) -> Event | None:
    """Agree with the charter, live with it, or object and say why."""
    who = ask.acts_for(w, person)
    if stand not in STANDS:
        raise Refused(N_("Choose one of the three, then send it."))
    why = reason(why, needed=stand == "object")
    known = w.stands.get(who)
    if known and (known.stand, known.why) == (stand, why):
        return None
    if not any(w.has_opened(s.id) for s in w.plan.stages if s.kind == "charter"):
        raise Refused(N_("The charter has not opened yet."))
    _before_adoption(w)
    return StandTaken(who, stand, why)


@command("facilitator")
def adopt_charter(w: Workshop, ask: Ask) -> Event | None:
    """Record the charter as adopted, with who stood where by number and the objections in words."""
    if w.adopted:
        return None
    if not w.charter and not w.last_vote:
        raise Refused(N_("There is no charter yet. Write at least its purpose."))
    stands = [s.stand for s in w.stands.values()]
    objections = tuple(s.why for s in w.stands.values() if s.stand == "object")
    return CharterAdopted(Adoption(ask.at, stands.count("agree"), stands.count("live"), objections, len(w.people) - len(stands)))


@command("participant", "facilitator")
def say_word(w: Workshop, ask: Ask, *, word: str, person: str | None = None) -> Event | None:
    """Leave one word at the end."""
    who, word = ask.acts_for(w, person), cleaned(word)
    if not 1 <= len(word) <= WORD_MOST:
        raise Refused(N_("One word, 1 to %(most)d characters; this is %(n)d."), most=WORD_MOST, n=len(word))
    _closing(w)
    return None if w.words.get(who) == word else WordSaid(who, word)


@command("participant", "facilitator")
def rate_workshop(w: Workshop, ask: Ask, *, rating: int, person: str | None = None) -> Event | None:
    """Say how it was, 1 to 5."""
    who = ask.acts_for(w, person)
    if not 1 <= rating <= 5:
        raise Refused(N_("Choose a number from 1 to 5."))
    _closing(w)
    return None if w.ratings.get(who) == rating else WorkshopRated(who, rating)


@command("facilitator")
def set_next_date(w: Workshop, ask: Ask, *, date: str) -> Event | None:
    """Say when the community meets again, in words that people understand."""
    date = cleaned(date)
    if len(date) > DATE_MOST:
        raise Refused(N_("Say it in %(most)d characters; this one is %(n)d."), most=DATE_MOST, n=len(date))
    return None if w.next_date == date else NextDateSet(date)


def _before_adoption(w: Workshop) -> None:
    if w.adopted:
        raise Refused(N_("The charter has been adopted and stands as it is."))


def _closing(w: Workshop) -> None:
    if not any(w.has_opened(s.id) for s in w.plan.stages if s.kind == "close"):
        raise Refused(N_("The last round has not opened yet."))
