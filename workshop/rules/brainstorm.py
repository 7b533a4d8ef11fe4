"""Writing, supporting, starring and sharing ideas; the parking lot."""
from workshop.events import Event
from workshop.events.brainstorm import (GroupShared, IdeaEdited, IdeaRestored, IdeaStarred, IdeaSubmitted, IdeaSupported, IdeaUnstarred,
                                        IdeaUnsupported, IdeaWithdrawn, NoteParked, WritingRevealed)
from workshop.rules.command import Ask, Refused, cleaned, command, ident
from workshop.state import IDEA_MOST, Idea, Workshop
from workshop.words import N_


@command("participant", "facilitator")
def submit_idea(w: Workshop, ask: Ask, *, idea: str, text: str, stage: str, person: str | None = None) -> Event | None:
    """Put one idea on the flip chart of its author's group.

    *idea* is an id chosen by the page, *stage* the one it showed.  *text* is 1 to 500 characters once runs of
    white space are folded.  A stage that has been open always takes it; what comes late is marked so.
    """
    author, text = ask.acts_for(w, person), worded(text)
    if known := w.ideas.get(idea):
        return _same(known.author == author and text in (known.text, known.first))
    at = w.plan.stage(stage)
    if not at or at.kind != "brainstorm" or not w.has_opened(stage):
        raise Refused(N_("Ideas open when the facilitator opens them. Your words are kept here."))
    group = w.group_of(author, stage)
    return IdeaSubmitted(stage, ident(idea), group.id if group else "", author, text, late=w.open_id != stage, parked=vote_opened(w, stage))


@command("participant", "facilitator")
def edit_idea(w: Workshop, ask: Ask, *, idea: str, text: str, person: str | None = None) -> Event | None:
    """Change the words of an idea of one's own; the first ones are kept in the journal."""
    own, text = _own(w, ask, idea, person), worded(text)
    if own.text == text:
        return None
    _before_the_vote(w, own)
    return IdeaEdited(idea, text)


@command("participant", "facilitator")
def withdraw_idea(w: Workshop, ask: Ask, *, idea: str, person: str | None = None) -> Event | None:
    """Take an idea of one's own off the chart."""
    own = w.ideas.get(idea)
    if own and own.withdrawn:
        return None
    _before_the_vote(w, _own(w, ask, idea, person))
    return IdeaWithdrawn(idea)


@command("participant", "facilitator")
def restore_idea(w: Workshop, ask: Ask, *, idea: str, person: str | None = None) -> Event | None:
    """Put an idea of one's own back on the chart."""
    if idea in w.ideas and w.ideas[idea].stands:
        return None
    _before_the_vote(w, _own(w, ask, idea, person, withdrawn=True))
    return IdeaRestored(idea)


@command("facilitator")
def reveal_writing(w: Workshop, ask: Ask, *, stage: str) -> Event | None:
    """Show what was written in silence, for good."""
    if not w.has_opened(stage):
        raise Refused(N_("This stage has not been open yet."))
    return None if stage in w.revealed else WritingRevealed(stage)


@command("participant", "facilitator")
def star_idea(w: Workshop, ask: Ask, *, idea: str, person: str | None = None) -> Event | None:
    """Star an idea of one's own group: up to the plan's ``top`` for each group."""
    found = _starrable(w, ask, idea, person)
    stars = w.stars.get((found.stage, found.group), ())
    if idea in stars:
        return None
    if len(stars) >= w.plan.top:
        raise Refused(N_("Your table has given its %(n)d stars. Take one back first."), n=w.plan.top)
    return IdeaStarred(idea)


@command("participant", "facilitator")
def unstar_idea(w: Workshop, ask: Ask, *, idea: str, person: str | None = None) -> Event | None:
    """Take a star back; any member of the group may."""
    found = _starrable(w, ask, idea, person)
    return IdeaUnstarred(idea) if idea in w.stars.get((found.stage, found.group), ()) else None


@command("participant", "facilitator")
def support_idea(w: Workshop, ask: Ask, *, idea: str, person: str | None = None) -> Event | None:
    """Stand behind an idea that somebody else of one's own group wrote, until the vote opens."""
    supporter, found = ask.acts_for(w, person), w.ideas.get(idea)
    if not found or not found.stands:
        raise Refused(N_("That idea is not there any more."))
    if supporter in w.support.get(idea, ()):
        return None
    if found.author == supporter:
        raise Refused(N_("That idea is yours. Support is for what others wrote."))
    if not _of_one_group(w, supporter, found):
        raise Refused(N_("You can support the ideas of your own table."))
    if w.is_silent(found.stage):
        raise Refused(N_("Nobody sees others' ideas yet. Support them when they are shown."))
    _before_the_vote(w, found)
    return IdeaSupported(idea, supporter)


@command("participant", "facilitator")
def unsupport_idea(w: Workshop, ask: Ask, *, idea: str, person: str | None = None) -> Event | None:
    """Take one's support back."""
    supporter = ask.acts_for(w, person)
    if supporter not in w.support.get(idea, ()):
        return None
    _before_the_vote(w, w.ideas[idea])
    return IdeaUnsupported(idea, supporter)


@command("facilitator")
def share_group(w: Workshop, ask: Ask, *, stage: str, group: str) -> Event | None:
    """Give the floor to a group in plenary."""
    at = w.plan.stage(stage)
    if not at or at.kind != "plenary" or group not in {g.id for g in w.groups_of(stage)}:
        raise Refused(N_("That table is not there any more."))
    return None if w.sharing.get(stage) == group else GroupShared(stage, group)


@command("participant", "facilitator")
def park_note(w: Workshop, ask: Ask, *, note: str, text: str, stage: str = "", person: str | None = None) -> Event | None:
    """Put a thought in the parking lot, from any stage."""
    author = ask.by if ask.role == "facilitator" and not person else ask.acts_for(w, person)
    text = worded(text)
    if known := w.parking.get(note):
        return _same((known.author, known.text) == (author, text))
    return NoteParked(ident(note), author, text, stage or w.open_id)


def vote_opened(w: Workshop, stage: str) -> bool:
    """Whether a vote on what was written in *stage* has opened: straight, or on themes made of it."""
    return any(stage in (w.source(vote), w.source(w.source(vote))) for vote in w.votes)


def _same(same: bool) -> None:
    if not same:
        raise Refused(N_("This was sent before with other words. Send it once more."))


def worded(text: str) -> str:
    """The words of an idea, white space folded; refused where there are none or too many."""
    text = cleaned(text)
    if not text:
        raise Refused(N_("Nothing is written yet. Type an idea first."))
    if len(text) > IDEA_MOST:
        raise Refused(N_("An idea is 1 to %(most)d characters; this one is %(n)d."), most=IDEA_MOST, n=len(text))
    return text


def _own(w: Workshop, ask: Ask, idea: str, person: str | None, withdrawn: bool = False) -> Idea:
    found = w.ideas.get(idea)
    if not found or found.withdrawn != withdrawn and not found.withheld:
        raise Refused(N_("That idea is not there any more."))
    written = found.author == ask.acts_for(w, person) if person else \
        found.author == ask.by or ask.role == "facilitator" and found.author in w.people and not w.people[found.author].phone
    if not written:
        raise Refused(N_("Only its author can change an idea."))
    if found.withheld:
        raise Refused(N_("The facilitator withholds this idea. Only they can give it back."))
    return found


def _before_the_vote(w: Workshop, idea: Idea) -> None:
    if vote_opened(w, idea.stage):
        raise Refused(N_("The vote has opened; ideas stand as they are now."))


def _starrable(w: Workshop, ask: Ask, idea: str, person: str | None) -> Idea:
    found = w.ideas.get(idea)
    if not found or not found.stands:
        raise Refused(N_("That idea is not there any more."))
    if not _of_one_group(w, ask.acts_for(w, person), found):
        raise Refused(N_("You can star the ideas of your own table."))
    if not stars_open(w, found.stage):
        raise Refused(N_("Stars open when the facilitator opens them."))
    return found


def _of_one_group(w: Workshop, person: str, idea: Idea) -> bool:
    group = w.group_of(person, idea.stage)
    return (group.id if group else "") == idea.group


def stars_open(w: Workshop, stage: str) -> bool:
    """Whether groups may star what they wrote in *stage* now."""
    if not w.open:
        return False
    return w.step.stars if w.open_id == stage else w.open.kind == "plenary" and w.source(w.open_id) == stage
