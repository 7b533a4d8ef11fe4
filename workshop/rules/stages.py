"""Where the workshop goes, and its clock."""
from collections import Counter

from workshop.agenda import Stage
from workshop.events import Event
from workshop.events.stages import ClockSet, EyesUp, NoteWritten, NothingSaved, StageOpened, Told, WorkshopEnded
from workshop.rules.breakout import advised, dealt
from workshop.rules.command import Ask, Refused, cleaned, command
from workshop.rules.vote import drawn_up
from workshop.state import Group, Workshop
from workshop.words import N_

MINUTE = 60_000
LONGEST = 24 * 60 * MINUTE
TELL_MOST, NOTE_MOST = 140, 4000


@command("facilitator")
def open_stage(w: Workshop, ask: Ask, *, stage: str, step: int = 0, was: str = "") -> Event | None:
    """Take the room to a step of a stage, forward or back.

    *was* is where the asker's page stood, as ``stage.step`` and empty before the first: if somebody moved
    the room meanwhile, two presses do not become two steps.
    """
    to = w.plan.stage(stage)
    if not to or not 0 <= step < len(to.steps):
        raise Refused(N_("This workshop has no such stage. Load the page again."))
    if (w.open_id, w.steps.get(w.open_id)) == (stage, step):
        return None
    if was != standing(w):
        raise Refused(N_("The room has moved on already. Look where it is, then go on."))
    total = round(to.steps[step].minutes * MINUTE)
    return StageOpened(stage, step, ask.at + total, total, _groups(w, to, ask.seed), drawn_up(w, to, ask.seed))


def standing(w: Workshop) -> str:
    """Where the room stands, as pages name it: ``stage.step``; empty before the first."""
    return f"{w.open_id}.{w.steps[w.open_id]}" if w.open_id else ""


@command("facilitator")
def set_clock(w: Workshop, ask: Ask, *, stage: str, ends: int = 0, left: int | None = None) -> Event | None:
    """Let the clock run until *ends* (ms since 1970), or stand with *left* ms to go."""
    _open_now(w, stage)
    if left is None and not ask.at - LONGEST <= ends <= ask.at + LONGEST or left is not None and not 0 <= left <= LONGEST:
        raise Refused(N_("The clock can be set up to 24 hours."))
    going = ends - ask.at if left is None else left
    event = ClockSet(ends if left is None else 0, left, max(w.clock.total, going))
    return None if (event.ends, event.left) == (w.clock.ends, w.clock.left) else event


@command("facilitator")
def pause_clock(w: Workshop, ask: Ask, *, stage: str) -> Event | None:
    """Stop the clock where it is; past its end it stands at nothing."""
    _open_now(w, stage)
    return None if w.clock.left is not None else ClockSet(0, max(0, w.clock.ends - ask.at), w.clock.total)


@command("facilitator")
def run_clock(w: Workshop, ask: Ask, *, stage: str) -> Event | None:
    """Let a paused clock go on."""
    _open_now(w, stage)
    return None if w.clock.left is None else ClockSet(ask.at + w.clock.left, None, w.clock.total)


@command("facilitator")
def tell_all(w: Workshop, ask: Ask, *, text: str) -> Event | None:
    """Put a sentence on every phone; an empty one takes it away."""
    text = cleaned(text)
    if len(text) > TELL_MOST:
        raise Refused(N_("Say it in %(most)d characters; this one is %(n)d."), most=TELL_MOST, n=len(text))
    return None if text == w.told else Told(text)


@command("facilitator")
def set_eyes_up(w: Workshop, ask: Ask, *, on: bool) -> Event | None:
    """Ask every phone to look up, or let them go back."""
    return None if on == w.eyes_up else EyesUp(on)


@command("facilitator")
def write_note(w: Workshop, ask: Ask, *, text: str, was: str | None = None) -> Event | None:
    """Keep the facilitators' notes for the report, whole.  *was*: the notes that the writer's page had, where it says."""
    text = "\n".join(cleaned(line) for line in text.splitlines()).strip()
    if len(text) > NOTE_MOST:
        raise Refused(N_("Notes hold %(most)d characters; these are %(n)d."), most=NOTE_MOST, n=len(text))
    if text == w.note:
        return None
    if was is not None and was != w.note:
        raise Refused(N_("Somebody else wrote here first. Both texts are in the box; look, then go on."))
    return NoteWritten(text)


@command("server")
def tell_unsaved(w: Workshop, ask: Ask, *, since: int) -> Event | None:
    """Note that nothing could be saved from *since* (ms) until now."""
    known = any(begun == since for begun, _ended in w.unsaved)
    return None if known or not w.seq else NothingSaved(min(since, ask.at))


@command("facilitator")
def end_workshop(w: Workshop, ask: Ask) -> Event | None:
    """End the workshop; pages offer the documents from then on."""
    return None if w.ended else WorkshopEnded()


def _open_now(w: Workshop, stage: str) -> None:
    if w.open_id != stage:
        raise Refused(N_("The room has moved on already. Look where it is, then go on."))


def _groups(w: Workshop, to: Stage, seed: int) -> tuple[Group, ...] | None:
    """The groups to form, where *to* needs them and people sit in none yet."""
    if not to.groups or w.groups_of(to.id):
        return None
    people = list(w.people.values())
    sides = Counter(p.constituency for p in people)
    if not people and w.plan.people:
        sides = Counter({"": w.plan.people})
    return dealt(people, w.plan.groups or advised(sides, w.plan.group_size), seed)
