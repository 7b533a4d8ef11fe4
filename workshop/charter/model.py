"""The two documents, made from what an asker may see."""
from workshop.charter import outcomes
from workshop.charter.document import Block, Bullets, Columns, Document, Dots, Facts, Heading, Part, Section, Table, Words, each_text
from workshop.charter.figures import by_side, day, decided
from workshop.charter.pieces import entries, first_steps, left_out, origin, paragraphs, priorities, said_of, talked_about, themes, heading_of
from workshop.charter.sections import SECTIONS, words
from workshop.charter.seen import Seen, seen
from workshop.charter.text import clean
from workshop.state import Adoption, Workshop
from workshop.words import _, counted, language

MOST_DOTS = 120


def charter(w: Workshop, asker: str, mark: str = "") -> Document:
    """The charter as it stands, for *asker*; *mark* is the journal's hash.  A draft until it is adopted."""
    s = seen(w, asker)
    w, at = s.w, w.adopted.at if w.adopted else w.at
    status = _("Adopted") if w.adopted else _("Draft, not adopted yet")
    facts = ((_("Version"), "1.0" if w.adopted else ""), (_("Status"), status), (_("Date"), day(at) if at else ""), (_("Next meeting"), w.next_date))
    agreed = Part(_("What we agreed"), _numbered(_sections(w) + _adoption(w)) or (_nothing_yet(),))
    annex = Part(_("Annex"), (*_open_sections(s), _method(w), *_index(w), *left_out(s), origin(s, mark, day(w.at) if w.at else "")))
    return _document("charter", w, at, _("Charter of a community of practice"), w.plan.domain or w.plan.question,
                     draft="" if w.adopted else _("Draft"), facts=tuple((name, value) for name, value in facts if value), parts=(agreed, annex))


def report(w: Workshop, asker: str, mark: str = "") -> Document:
    """The prioritised outcomes report, for *asker*; *mark* is the journal's hash.  A draft until the workshop has ended."""
    s = seen(w, asker)
    w = s.w
    full = Part(_("In full"), _numbered(outcomes.sections(s)))
    annex = Part(_("Annex"), (*left_out(s), outcomes.data_files(), origin(s, mark, day(w.at) if w.at else "")))
    return _document("report", w, w.at, _("Prioritised outcomes report"), w.plan.question, draft="" if w.ended else _("Draft"),
                     front=outcomes.front(s), parts=(full, annex))


def _document(kind: str, w: Workshop, at: int, label: str, lead: str, draft: str, **rest) -> Document:
    title = w.plan.community or w.plan.title
    foot = ", ".join(filter(None, [title, label if kind == "report" else _("Charter"), draft, day(at) if at else ""]))
    each = 1 if len(w.people) <= MOST_DOTS else 5
    room = tuple(Dots(d.side, d.n, d.fill) for d in by_side(w, w.people))
    note = _("One dot is one person who was in the room.") if each == 1 else _("One dot is 5 people who were in the room.")
    made = Document(kind, language(), label, title, lead, outcomes.line(w), foot, draft, at, room=room, each=each, room_note=note if room else "", **rest)
    return each_text(made, clean)


def _sections(w: Workshop) -> tuple[Section, ...]:
    made = []
    for kind in SECTIONS:
        if kind.id == "scope-in":
            blocks = _scope(w)
        elif kind.id == "priorities":
            blocks = _priorities(w)
        else:
            blocks = paragraphs(words(w, kind.id), "lead" if kind.id == "purpose" else "text")
        if blocks and kind.id != "scope-out":
            made.append(Section(_("Domain and scope") if kind.id == "scope-in" else _(kind.title), blocks))
    return tuple(made)


def _scope(w: Workshop) -> tuple[Block, ...]:
    parts = ((_("In"), entries(words(w, "scope-in"))), (_("Out"), entries(words(w, "scope-out"))))
    there = tuple(part for part in parts if part[1])
    return (Columns(there),) if there else ()


def _priorities(w: Workshop) -> tuple[Block, ...]:
    found = list(priorities(w))
    for option in talked_about(w) if decided(w) else ():
        said = (*said_of(w, option), *first_steps(w, option))
        found += [heading_of(w, option), *said] if said else []
    return tuple(found)


def _adoption(w: Workshop) -> tuple[Section, ...]:
    stands = [s.stand for s in w.stands.values()]
    a = w.adopted or Adoption(0, stands.count("agree"), stands.count("live"), tuple(s.why for s in w.stands.values() if s.stand == "object"),
                              len(w.people) - len(stands))
    if not w.adopted and not stands:
        return ()
    said = _("Adopted on %(day)s by a show of phones.", day=day(a.at)) if w.adopted else _("Not adopted yet. So far:")
    rows = ((_("Agree"), Dots("", a.agree)), (_("Can live with it"), Dots("", a.live, "half")), (_("Object"), Dots("", len(a.objections), "ring")),
            (_("No answer"), a.silent))
    blocks = [Words(said), Table(_("Who stands where"), (_("Stand"), _("People")), rows, wide=(1,))]
    if a.objections:
        blocks += [Heading(_("Objections, word for word")), Bullets(tuple(a.objections))]
    return (Section(_("Adoption"), tuple(blocks)),)


def _open_sections(s: Seen) -> tuple[Section, ...]:
    """What the facilitators have still to write; nothing for others, nothing once it is adopted."""
    if s.asker == "participant" or s.w.adopted:
        return ()
    empty = tuple(_(kind.title) for kind in SECTIONS if not kind.generated and not words(s.w, kind.id).strip())
    empty = (*(() if decided(s.w) else (_("First priorities"),)), *empty)
    return (Section(_("Still open"), (Bullets(empty),)),) if empty else ()


def _method(w: Workshop) -> Section:
    there = by_side(w, w.people)
    pairs = [(_("Workshop"), w.plan.title), (_("Question"), w.plan.question), (_("Date"), day(w.made) if w.made else ""),
             (_("Participants"), str(len(w.people))), *((d.side, str(d.n)) for d in there if w.plan.constituencies),
             (_("Ideas"), str(len(w.ideas)))]
    return Section(_("Method"), (Facts(tuple((name, value) for name, value in pairs if value)),))


def _index(w: Workshop) -> tuple[Section, ...]:
    found = themes(w)
    parked = outcomes.parked(w)
    return (*((Section(_("All themes and ideas"), found),) if found else ()), *((Section(_("Parking lot"), parked),) if parked else ()))


def _nothing_yet() -> Section:
    return Section(_("Nothing yet"), (Words(_("The charter is drafted from what the workshop decides.")),))


def _numbered(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    return tuple(Section(s.title, s.blocks, str(n)) for n, s in enumerate(sections, start=1))
