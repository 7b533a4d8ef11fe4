"""What a charter says: its sections in order, and how it was adopted."""
from workshop.charter import drawings
from workshop.charter.blocks import Block, Bullets, Cell, Columns, Heading, Table, Words
from workshop.charter.document import Section
from workshop.charter.figures import both_votes, day, decided
from workshop.charter.pieces import entries, first_steps, heading_of, note, paragraphs, priorities, said_of, talked_about
from workshop.charter.sections import SECTIONS, offered, words
from workshop.charter.seen import Seen
from workshop.charter.weighed_pieces import agreed_to, weight_of
from workshop.rules.charter import standing_now
from workshop.state import Workshop
from workshop.words import _, counted


def agreed(w: Workshop) -> tuple[Section, ...]:
    """The sections that hold something, in the order of ``SECTIONS``, then the adoption."""
    made = [(kind, _blocks(w, kind.id)) for kind in SECTIONS if kind.id != "scope-out"]
    there = [Section(_("Domain and scope") if kind.id == "scope-in" else _(kind.title), blocks)
             for kind, blocks in made if blocks]
    nothing = Section(_("Nothing yet"), (Words(_("The charter is drafted from what the workshop decides.")),))
    return (*there, *_adoption(w)) or (nothing,)


def still_open(s: Seen) -> tuple[Section, ...]:
    """What the facilitators have still to write; nothing for others, nothing while no words can change."""
    if s.asker == "participant" or not s.w.drafting:
        return ()
    empty = [] if decided(s.w) else [_("First priorities")]
    empty += [_(kind.title) for kind in SECTIONS if not kind.generated and not words(s.w, kind.id).strip()]
    return (Section(_("Still open"), (Bullets(tuple(empty)),)),) if empty else ()


def _blocks(w: Workshop, section: str) -> tuple[Block, ...]:
    if section == "scope-in":
        return _scope(w)
    if section == "priorities":
        return _priorities(w)
    return (*paragraphs(_words(w, section), "lead" if section == "purpose" else "text"), *_not_taken(w, section))


def _words(w: Workshop, section: str) -> str:
    return words(w, section) or offered(w, section)


def _not_taken(w: Workshop, *sections: str) -> tuple[Block, ...]:
    there = any(offered(w, section) for section in sections)
    return note(_("Offered from what was decided. It is in the charter once somebody takes it.") if there else "")


def _scope(w: Workshop) -> tuple[Block, ...]:
    parts = ((_("In"), entries(_words(w, "scope-in"))), (_("Out"), entries(_words(w, "scope-out"))))
    there = tuple(part for part in parts if part[1])
    return (Columns(there), *_not_taken(w, "scope-in", "scope-out")) if there else ()


def _priorities(w: Workshop) -> tuple[Block, ...]:
    """The result, then each priority with what was said about it and its first steps."""
    found = list(priorities(w))
    found += note(both_votes(w, w.last_vote)) if found else ()
    for option in talked_about(w) if found else ():
        said = (*said_of(w, option), *weight_of(w, option), *agreed_to(w, option), *first_steps(w, option))
        found += [heading_of(w, option), *said] if said else []
    return tuple(found)


def _adoption(w: Workshop) -> tuple[Section, ...]:
    if w.drafting and not w.stands:
        return ()
    a = standing_now(w, 0) if w.drafting else w.adopted
    said = _("Not adopted yet. So far:") if w.drafting else _("Adopted on %(day)s by a show of phones.", day=day(a.at))
    stands = ((_("Agree"), a.agree, "solid"), (_("Can live with it"), a.live, "half"), (_("Object"), len(a.objections), "ring"))
    most = max(n for _name, n, _fill in stands)
    rows = (*((name, Cell(str(n), drawings.dots(n, fill, most=most))) for name, n, fill in stands), (_("No answer"), str(a.silent)))
    blocks = [Words(said), Table(_("Who stands where"), (_("Stand"), _("People")), rows, wide=(1,))]
    blocks += note(counted("1 answer came before the last change of the words.", "%(n)d answers came before the last change of the words.", a.earlier)
                   if a.earlier else "")
    if a.objections:
        blocks += [Heading(_("Objections, word for word")), Bullets(tuple(a.objections))]
    return (Section(_("Adoption"), tuple(blocks)),)
