"""The charter as it is written: its sections with what is offered for them, what is open, who stands where."""
from collections.abc import Iterator
from dataclasses import dataclass

from workshop.charter.backing import stood_where
from workshop.charter.figures import option_name
from workshop.charter.sections import SECTIONS, SectionKind, drafted, on_offer, words
from workshop.regions.changed import changed
from workshop.regions.console.frame import stage_kind
from workshop.regions.region import Context, region
from workshop.room import Room
from workshop.rules.charter import standing_now
from workshop.rules.discuss import on_the_table
from workshop.state import Action, Section, Workshop
from workshop.words import _


@dataclass(frozen=True)
class Part:
    """A section.  *title* and *ask* are marked for translation; *by*: who wrote last.

    *whole*: what the workshop offers; *offer*: what of it the words do not have yet.  *before*, *after*: what undoing and doing again lead
    to, None where there is nothing.  *typing*: (id, name) of each facilitator who types here.
    """

    title: str
    ask: str
    text: str
    version: int
    by: str
    whole: str
    offer: str
    before: str | None
    after: str | None
    typing: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Open:
    """Something that the charter lacks.  *kind*: ``section``, ``votes``, ``action``, ``owner``, ``due``, ``objection`` or ``next``.

    *key*: the section or priority; *name*: what people call it; *action*: the one that it is about.
    """

    kind: str
    key: str = ""
    name: str = ""
    action: Action | None = None


def shown(w: Workshop) -> bool:
    """Whether the console has the charter before it: in its stage, after the end of a workshop that had it, and while a change is proposed."""
    was_open = any(stage.kind == "charter" and w.has_opened(stage.id) for stage in w.plan.stages)
    return stage_kind(w) == "charter" or bool(w.ended) and was_open or w.amending


@region("console")
def charter_head(w: Workshop, room: Room, key: str) -> Context:
    """Which version is drafted, what is open, and how many sections have something on offer that nobody took."""
    there = shown(w)
    return {"shown": there, "drafting": w.drafting, "version": w.version, "code": w.code, "proposals": w.proposals, "amending": w.amending,
            "open": tuple(_open(w)) if there and w.drafting else (), "stage": next((s.id for s in reversed(w.plan.stages) if s.kind == "discuss"), ""),
            "offers": sum(bool(not w.charter.get(kind.id) and not words(w, kind.id) and drafted(w, kind.id)) for kind in SECTIONS) if there and w.drafting else 0}


@region("console")
def version_changes(w: Workshop, room: Room, key: str) -> Context:
    """What the proposed change, or the last one, says otherwise than the version before."""
    there = shown(w) and w.version > 1
    return {"shown": there, "version": w.version, "amending": w.amending, "changed": changed(w, generated=True) if there else ()}


@region("console")
def charter_versions(w: Workshop, room: Room, key: str) -> Context:
    """Each version with who adopted it, the latest first, and its files."""
    found = [(n, w.versions[n - 1].adopted) for n in range(len(w.versions), 0, -1)] if shown(w) else []
    return {"shown": bool(found), "code": w.code,
            "versions": tuple((n, a.at, f"{stood_where(a)}, {_('%(n)d did not answer', n=a.silent)}") for n, a in found)}


@region("console", listed=True)
def charter_sections(w: Workshop, room: Room, key: str) -> Context:
    """The sections that people write."""
    kinds = [kind for kind in SECTIONS if not kind.generated] if shown(w) else []
    return {"shown": shown(w), "entries": [(kind.id, (_part(w, room, kind), w.drafting)) for kind in kinds]}


@region("console")
def adoption(w: Workshop, room: Room, key: str) -> Context:
    """Who stands where, by number, with objections in words."""
    return {"shown": shown(w) and (w.drafting or stage_kind(w) == "charter"), "now": standing_now(w, 0) if w.drafting else w.adopted,
            "drafting": w.drafting, "version": w.version, "words": w.worded, "code": w.code}


def _part(w: Workshop, room: Room, kind: SectionKind) -> Part:
    now = w.charter.get(kind.id, Section("", 0, ""))
    by, typing = w.facilitators.get(now.by), ((who, w.facilitators[who].name) for who, where in room.typing.items()
                                              if where == kind.id and who in w.facilitators)
    return Part(kind.title, kind.ask, words(w, kind.id), now.version, by.name if by else "", drafted(w, kind.id), on_offer(w, kind.id) if w.drafting else "",
                now.past[-1] if now.past else None, now.ahead[-1] if now.ahead else None, tuple(typing))


def _open(w: Workshop) -> Iterator[Open]:
    for kind in SECTIONS:
        if kind.generated:
            yield from _open_priorities(w)
        elif not words(w, kind.id):
            yield Open("section", kind.id, kind.title)
    if standing_now(w, 0).objections:
        yield Open("objection")
    if not w.next_date:
        yield Open("next")


def _open_priorities(w: Workshop) -> Iterator[Open]:
    last = w.last_vote
    if not last:
        yield Open("votes")
        return
    talk = next((s.id for s in reversed(w.plan.stages) if s.kind == "discuss" and w.has_opened(s.id)), "")
    for option in on_the_table(w, talk) if talk else ():
        name, actions = option_name(w, last.stage, option), [a for a in w.actions.values() if a.priority == option]
        if not actions:
            yield Open("action", option, name)
        for action in actions:
            for kind in ("owner", "due"):
                if not getattr(action, kind):
                    yield Open(kind, option, name, action)
