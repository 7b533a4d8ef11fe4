"""Writing the charter, adopting it, and the last round."""
from workshop.events import Event
from workshop.events.charter import (AmendmentDropped, AmendmentProposed, CharterAdopted, NextDateSet, SectionWritten, StandTaken,
                                     WordSaid, WorkshopRated)
from workshop.rules.command import Ask, Refused, cleaned, command
from workshop.rules.stands import reason
from workshop.state import Adoption, Section, Workshop
from workshop.words import N_

SECTION_MOST, WORD_MOST, DATE_MOST = 4000, 40, 80
SECTIONS = ("purpose", "scope-in", "scope-out", "community", "roles", "practice", "decisions", "ways", "resources", "success", "amendment")
KINDS = ("", "typed", "undo", "redo")
STANDS = ("agree", "live", "object")


@command("facilitator")
def write_section(w: Workshop, ask: Ask, *, section: str, text: str, was: int = 0, kind: str = "") -> Event | None:
    """Put a section's words, whole.  *was* is the version that the writer's page showed, 0 for none.

    *kind*: ``typed`` while somebody types, so that all of it is one step to undo; ``undo`` and ``redo``, whose *text* is what
    they lead to.
    """
    if section not in SECTIONS or kind not in KINDS:
        raise Refused(N_("The charter has no such section. Load the page again."))
    text = "\n".join(cleaned(line) for line in text.splitlines()).strip()
    if len(text) > SECTION_MOST:
        raise Refused(N_("A section holds %(most)d characters; this one has %(n)d."), most=SECTION_MOST, n=len(text))
    known = w.charter.get(section)
    if known and known.text == text or not known and not text:
        return None
    _while_drafting(w)
    if (known.version if known else 0) != was or kind in ("undo", "redo") and not _leads_to(known, kind, text):
        raise Refused(N_("Somebody else wrote here first. Your words are kept below; look at theirs."))
    return SectionWritten(section, text, was + 1, kind)


def _leads_to(known: Section | None, kind: str, text: str) -> bool:
    steps = () if not known else known.past if kind == "undo" else known.ahead
    return steps[-1:] == (text,)


@command("participant", "facilitator")
def take_stand(w: Workshop, ask: Ask, *, stand: str, why: str = "", version: int = 0, words: int = 0, person: str | None = None) -> Event | None:
    """Agree with the charter, live with it, or object and say why.

    *version* and *words*: which version the asker's page showed, and the number of the last change of its words; 0 where it does
    not say.
    """
    who = ask.acts_for(w, person)
    if stand not in STANDS:
        raise Refused(N_("Choose one of the three, then send it."))
    why = reason(why, needed=stand == "object")
    known, saw = w.stands.get(who), min(words or w.worded, w.worded)
    if known and (known.stand, known.why) == (stand, why) and saw <= known.words:
        return None
    if not any(w.has_opened(s.id) for s in w.plan.stages if s.kind == "charter"):
        raise Refused(N_("The charter has not opened yet."))
    _while_drafting(w, version or w.version)
    if known and saw < known.words:
        raise Refused(N_("The words have changed since. Look at them, then answer."))
    return StandTaken(who, stand, why, saw)


@command("facilitator")
def adopt_charter(w: Workshop, ask: Ask, *, version: int = 1, words: int | None = None) -> Event | None:
    """Record *version* of the charter as adopted, with who stood where by number and the objections in words.

    *words*: the number of the last change of its words that the asker's page showed, where it says.
    """
    if version <= len(w.versions):
        return None
    if version != w.version or not w.drafting:
        raise Refused(N_("No change of the charter is proposed now. Load the page again."))
    if words not in (None, w.worded):
        raise Refused(N_("The words changed while you pressed. Look at them, then adopt."))
    if not any(section.text for section in w.charter.values()) and not w.last_vote:
        raise Refused(N_("There is no charter yet. Write at least its purpose."))
    return CharterAdopted(standing_now(w, ask.at))


def standing_now(w: Workshop, at: int) -> Adoption:
    """Who stands where, as it would be recorded at *at*."""
    stands = [s.stand for s in w.stands.values()]
    objections = tuple(s.why for s in w.stands.values() if s.stand == "object")
    earlier = sum(s.words < w.worded for s in w.stands.values())
    sections = {id: section.version for id, section in w.charter.items()}
    return Adoption(at, stands.count("agree"), stands.count("live"), objections, max(len(w.people) - len(stands), 0), earlier, sections)


@command("facilitator")
def propose_amendment(w: Workshop, ask: Ask, *, number: int) -> Event | None:
    """Draft the next version of the adopted charter.  *number*: one more than the proposals that there were."""
    if number <= w.proposals:
        return None
    if not w.adopted:
        raise Refused(N_("The charter is not adopted yet. Change its words as they are."))
    if w.amending or number != w.proposals + 1:
        raise Refused(N_("A change is proposed already. Write in that one."))
    return AmendmentProposed(number)


@command("facilitator")
def drop_amendment(w: Workshop, ask: Ask, *, number: int) -> Event | None:
    """Give up the proposal *number*; the words in force come back."""
    return AmendmentDropped(number) if w.amending and number == w.proposals else None


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


def _while_drafting(w: Workshop, version: int = 0) -> None:
    if not w.drafting or version and version != w.version:
        raise Refused(N_("The charter has been adopted and stands as it is."))


def _closing(w: Workshop) -> None:
    if not any(w.has_opened(s.id) for s in w.plan.stages if s.kind == "close"):
        raise Refused(N_("The last round has not opened yet."))
