"""Working out what is possible and how it might get done."""
from workshop.events import Event
from workshop.events.discuss import ActionRemoved, ActionSet, HelpOffered, PointAdded, PointRemoved, PriorityOnStage, TableChosen
from workshop.rules.command import Ask, Refused, cleaned, command, ident
from workshop.state import POINT_KINDS, Action, Workshop
from workshop.words import N_

POINT_MOST, ACTION_MOST, NAME_MOST = 300, 300, 80


def on_the_table(w: Workshop, stage: str) -> tuple[str, ...]:
    """What is discussed in *stage*: the priorities of the vote it takes from, and any tied for the last place."""
    result = w.result(stage)
    return (*result.priorities, *result.tied) if result else ()


@command("facilitator")
def put_on_stage(w: Workshop, ask: Ask, *, stage: str, priority: str) -> Event | None:
    """Bring a priority to the screen."""
    discussed(w, stage, priority)
    return None if w.on_stage.get(stage) == priority and stage not in w.matrix_on else PriorityOnStage(stage, priority)


@command("participant", "facilitator")
def choose_table(w: Workshop, ask: Ask, *, stage: str, priority: str, person: str | None = None) -> Event | None:
    """Sit down where *priority* is talked about."""
    discussed(w, stage, priority)
    who = ask.acts_for(w, person)
    return None if w.tables.get(stage, {}).get(who) == priority else TableChosen(stage, who, priority)


@command("participant", "facilitator")
def add_point(w: Workshop, ask: Ask, *, point: str, stage: str, priority: str, kind: str, text: str) -> Event | None:
    """Say what is possible (``power``, ``others``, ``later``), in the way (``obstacle``) or ``how`` it might get done."""
    discussed(w, stage, priority)
    text = _words(text, POINT_MOST)
    if kind not in POINT_KINDS:
        raise Refused(N_("Choose where this belongs, then add it."))
    if known := w.points.get(point):
        if (known.author, known.text) != (ask.by, text):
            raise Refused(N_("This was sent before with other words. Send it once more."))
        return None
    return PointAdded(stage, ident(point), priority, kind, text, ask.by)


@command("participant", "facilitator")
def remove_point(w: Workshop, ask: Ask, *, point: str) -> Event | None:
    """Take a point back: its author or a facilitator."""
    if point not in w.points:
        return None
    if ask.role != "facilitator" and w.points[point].author != ask.by:
        raise Refused(N_("Only its author or a facilitator can take a point back."))
    return PointRemoved(point)


@command("participant", "facilitator")
def set_action(w: Workshop, ask: Ask, *, action: str, stage: str, priority: str, what: str, owner: str = "", support: str = "",
               first: str = "", due: str = "", measure: str = "") -> Event | None:
    """Write an action down, or change its words: what, who owns it, who helps, the first move, until when, how one will know."""
    discussed(w, stage, priority)
    names = [_words(words, NAME_MOST, least=0) for words in (owner, support)]
    new = Action(ident(action), stage, priority, _words(what, ACTION_MOST), *names, _words(first, ACTION_MOST, least=0), _words(due, NAME_MOST, least=0),
                 _words(measure, ACTION_MOST, least=0))
    return None if w.actions.get(action) == new else ActionSet(new)


@command("facilitator")
def remove_action(w: Workshop, ask: Ask, *, action: str) -> Event | None:
    """Take an action off the list."""
    return ActionRemoved(action) if action in w.actions else None


@command("participant", "facilitator")
def offer_help(w: Workshop, ask: Ask, *, priority: str, on: bool = True, person: str | None = None) -> Event | None:
    """Say "I'll help" with a priority, or take it back."""
    who = ask.acts_for(w, person)
    if not w.last_vote or priority not in w.last_vote.options:
        raise Refused(N_("That is not a priority here. Load the page again."))
    return None if (who in w.helpers.get(priority, ())) == on else HelpOffered(priority, who, on)


def discussed(w: Workshop, stage: str, priority: str) -> None:
    """Raises ``Refused`` where *priority* is not one that people discuss in *stage*, or they have not begun."""
    at = w.plan.stage(stage)
    if not at or at.kind != "discuss" or not w.has_opened(stage):
        raise Refused(N_("The discussion has not opened yet. Your words are kept here."))
    if priority not in on_the_table(w, stage):
        raise Refused(N_("That is not a priority here. Load the page again."))


def _words(text: str, most: int, least: int = 1) -> str:
    text = cleaned(text)
    if not least <= len(text) <= most:
        raise Refused(N_("Write %(least)d to %(most)d characters; this is %(n)d."), least=least, most=most, n=len(text))
    return text
