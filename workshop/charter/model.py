"""The two documents, made from what an asker may see."""
from workshop.charter import evidence, outcomes
from workshop.charter.agreed import agreed, still_open
from workshop.charter.blocks import Block, Dots
from workshop.charter.document import Document, Part, Section, each_text
from workshop.charter.figures import by_side, day, held, short
from workshop.charter.pieces import facts, left_out, named_people, numbered, origin, parked, sections, themes
from workshop.charter.seen import seen
from workshop.charter.stood import stood
from workshop.charter.text import clean
from workshop.charter.versions import comparison, history, name
from workshop.state import Workshop
from workshop.words import _, direction, joined, language

MOST_DOTS, FEWER = 120, 5
FOOT = 50   # characters of the title at the foot of each page, so that it keeps to one line


def charter(w: Workshop, asker: str, mark: str = "", version: int = 0) -> Document:
    """The charter for *asker*: *version* as it was adopted, 0 for the one that is drafted, else the one in force.

    *mark* is the journal's hash.  Raises ``KeyError`` where there is no such version.
    """
    number = version or w.version
    if not 1 <= number <= w.version:
        raise KeyError(f"charter {version}")
    now, draft = seen(w, asker), number > len(w.versions)
    s = now if draft else seen(stood(w, number), asker)
    versions = _versions(w, number, asker)
    w, at = s.w, s.w.at if draft else s.w.adopted.at
    cover = facts((_("Version"), name(number) if not draft or now.w.adopted else ""), (_("Status"), _status(now.w, number)),
                  (_("Date"), day(at) if at else ""), (_("Next meeting"), w.next_date))
    index = sections((_("Participants who agreed to be named"), named_people(w)), (_("Method"), _method(w)),
                     (_("All themes and ideas"), themes(w)), (_("Parking lot"), parked(w)))
    annex = Part(_("Annex"), (*still_open(s), *versions, *index, *left_out(s), origin(now, mark)))
    return _document("charter", w, at, _("Charter of a community of practice"), w.plan.domain or w.plan.question,
                     draft=_("Draft") if draft else "", facts=cover.pairs,
                     parts=(Part(_("What we agreed"), numbered(agreed(w))), annex))


def _status(w: Workshop, version: int) -> str:
    if version > len(w.versions):
        return _("Proposed; version %(name)s is in force", name=name(version - 1)) if w.adopted else _("Draft, not adopted yet")
    return _("Adopted") if version == len(w.versions) else _("Adopted; version %(name)s took its place", name=name(len(w.versions)))


def _versions(w: Workshop, version: int, asker: str) -> tuple[Section, ...]:
    """The history of the versions up to this one, and what it changed of the one before; nothing for the first."""
    if version == 1:
        return ()
    was, now = (seen(stood(w, n) if n <= len(w.versions) else w, asker).w for n in (version - 1, version))
    title = _("What changed since version %(name)s", name=name(version - 1))
    return sections((_("Versions"), history(w, version)), (title, comparison(was, now)))


def report(w: Workshop, asker: str, mark: str = "") -> Document:
    """The prioritised outcomes report, for *asker*; *mark* is the journal's hash.  A draft until the workshop ends."""
    s = seen(w, asker)
    full = Part(_("In full"), numbered(outcomes.full(s)))
    people = sections((_("Participants who agreed to be named"), named_people(s.w)))
    annex = Part(_("Annex"), (*people, *left_out(s), outcomes.data_files(), origin(s, mark)))
    return _document("report", s.w, held(s.w), _("Prioritised outcomes report"), w.plan.question,
                     draft="" if w.ended else _("Draft"), front=outcomes.front(s), parts=(full, annex))


def _document(kind: str, w: Workshop, at: int, label: str, lead: str, draft: str, **rest) -> Document:
    title = w.plan.community or w.plan.title
    called = _("Charter") if kind == "charter" else label
    foot = joined((short(title, FOOT), called, draft, day(at) if at else ""))
    room = tuple(Dots(side.side, side.n, side.fill) for side in by_side(w, w.people))
    each, note = 1, _("One dot is one person who was in the room.")
    if len(w.people) > MOST_DOTS:
        each, note = FEWER, _("One dot is %(n)d people who were in the room.", n=FEWER)
    made = Document(kind, language(), label, title, lead, outcomes.line(w), foot, draft, at, direction(), room=room, each=each,
                    room_note=note if room else "", **rest)
    return each_text(made, clean)


def _method(w: Workshop) -> tuple[Block, ...]:
    sides = [(side.side, str(side.n)) for side in by_side(w, w.people)] if w.plan.constituencies else []
    return (facts((_("Workshop"), w.plan.title), (_("Question"), w.plan.question), (_("Date"), day(w.made) if w.made else ""),
                  (_("Participants"), str(len(w.people))), *sides, (_("Ideas"), str(len(w.ideas))), *evidence.how(w).pairs),)
