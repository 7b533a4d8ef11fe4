"""The versions of a charter: who stood where, and what one changed of the one before."""
from dataclasses import replace

from workshop.charter.changes import changes, in_lines
from workshop.charter.blocks import Block, Bullets, Compared, Heading, Table, Words
from workshop.charter.figures import day
from workshop.state import Workshop
from workshop.words import N_, _

CHANGED = {"added": N_("new"), "removed": N_("taken out"), "changed": N_("changed")}
MARKED = {"added": N_("added:"), "removed": N_("removed:")}


def name(version: int) -> str:
    """What people call a version: 1.0, 2.0."""
    return f"{version}.0"


def history(w: Workshop, upto: int) -> tuple[Block, ...]:
    """Who adopted which version, up to *upto*; the objections to earlier ones word for word."""
    found = [(n, then.adopted) for n, then in enumerate(w.versions[:upto], start=1)]
    rows = tuple((name(n), day(a.at), a.agree, a.live, len(a.objections), a.silent) for n, a in found)
    head = (_("Version"), _("Adopted on"), _("Agree"), _("Can live with it"), _("Object"), _("No answer"))
    blocks: list[Block] = [Table(_("Each version, and who stood where"), head, rows, wide=(1,))]
    for n, a in found:
        if a.objections and n != upto:
            blocks += [Heading(_("Objections to version %(name)s, word for word", name=name(n))), Bullets(tuple(a.objections))]
    return tuple(blocks)


def comparison(was: Workshop, now: Workshop) -> tuple[Block, ...]:
    """What *now* says otherwise than *was*, word by word."""
    found = changes(was, now)
    if not found:
        return (Words(_("The words are the same.")),)
    blocks: list[Block] = [Words(_("Words that were added are underlined, words that were removed are struck through; both are marked as such."), "note")]
    for change in found:
        blocks.append(Heading(_(change.title), None, _(CHANGED[change.how])))
        for line in in_lines(change.pieces):
            blocks.append(Compared(tuple(replace(piece, said=_(MARKED[piece.how])) if piece.how else piece for piece in line)))
    return tuple(blocks)
