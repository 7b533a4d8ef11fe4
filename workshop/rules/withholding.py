"""Setting an idea aside, so that nobody but facilitators sees it, and giving it back."""
from workshop.events import Event
from workshop.events.withholding import IdeaGivenBack, IdeaWithheld
from workshop.rules.command import Ask, Refused, cleaned, command
from workshop.state import Idea, Workshop
from workshop.words import N_

REASON_MOST = 80


@command("facilitator")
def withhold_idea(w: Workshop, ask: Ask, *, idea: str, reason: str = "", turns: int | None = None) -> Event | None:
    """Set an idea aside, in any stage.  Its author is told, with the *reason* where there is one: at most 80 characters.

    One that is on a ballot keeps its place there and its dots, without its words.  *turns*: how often it had been set aside
    or given back by then; a late copy, with a number that is past, changes nothing.
    """
    found, reason = _shown(w, idea), cleaned(reason)
    if len(reason) > REASON_MOST:
        raise Refused(N_("A reason is at most %(most)d characters; this one is %(n)d."), most=REASON_MOST, n=len(reason))
    return None if found.withheld or turns not in (None, found.turns) else IdeaWithheld(idea, reason)


@command("facilitator")
def give_back_idea(w: Workshop, ask: Ask, *, idea: str, turns: int | None = None) -> Event | None:
    """Give an idea back that was set aside: it stands where it stood, as far as that is still there.  *turns*: see ``withhold_idea``."""
    found = _shown(w, idea)
    if not found.withheld or turns not in (None, found.turns):
        return None
    if not found.text:
        raise Refused(N_("Its words are not here. This workshop was opened again from a file."))
    return IdeaGivenBack(idea)


def _shown(w: Workshop, idea: str) -> Idea:
    """The idea of that id, which facilitators see."""
    found = w.ideas.get(idea)
    if not found or found.withdrawn:
        raise Refused(N_("That idea is not there any more."))
    if w.is_silent(found.stage):
        raise Refused(N_("It is written in silence, so nobody sees it yet."))
    return found
