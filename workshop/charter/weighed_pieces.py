"""Effort, impact and agreement, as the documents show them."""
from workshop.charter import drawings, matrix
from workshop.charter.blocks import Block, Figure, Heading, Table, Words
from workshop.charter.figures import labelled, option_mark, option_name
from workshop.charter.pieces import note, talked_about, vote_with
from workshop.charter.weighed import (agreement, between, in_place, last_weight, merged_into, number, reasons, said_before,
                                      sentence, weighed)
from workshop.state import Figures, Question, Workshop
from workshop.words import N_, _

METHODS = {"consent": N_("Asked for consent."), "fist": N_("Asked by fist of five.")}


def picture(w: Workshop) -> tuple[Block, ...]:
    """The 2x2 of all priorities that were shown, and its numbers; nothing before any was."""
    found = weighed(w, talked_about(w))
    if not found:
        return ()
    names = {option: option_name(w, vote_with(w, option), option) for option, _figures in found}
    labels = [option_mark(w, vote_with(w, option), option) or str(n) for n, (option, _figures) in enumerate(found, start=1)]
    said = sentence([(names[o], number(f.effort.median), number(f.impact.median), in_place(f)) for o, f in found])
    head = (_("Priority"), _("Effort"), _("half said"), _("Impact"), _("half said"), _("Place"), _("Rated by"))
    rows = tuple((_labelled(label, names[option]), number(f.effort.median), between(f.effort), number(f.impact.median), between(f.impact), in_place(f), f.raters)
                 for label, (option, f) in zip(labels, found, strict=True))
    drawn = drawings.two_by_two(zip(labels, matrix.spots(found), strict=True), said)
    axes = _("Left to right, effort: from a week's work to years and money. Bottom to top, impact: from hardly noticed to changes daily life.")
    return (Figure(drawn, said, axes, (_("Start now"), _("Plan it")), (_("If there is time"), _("Leave"))),
            *note(_("1 is little, 5 is much. The middle answer, and between which numbers at least half of the answers lie.")),
            Table("", head, rows), *note(" ".join(_merged(w, labels, found))))


def _merged(w: Workshop, labels: list[drawings.Mark | str], found: list[tuple[str, Figures]]) -> list[str]:
    """Of each that was rated before others went into it, that it was."""
    said = ((label, said_before(w, option, last_weight(w, option).at)) for label, (option, _figures) in zip(labels, found, strict=True))
    return [_labelled(label, words) for label, words in said if words]


def _labelled(label: drawings.Mark | str, name: str) -> str:
    return labelled(label if isinstance(label, str) else label.letter, name)


def weight_of(w: Workshop, option: str) -> tuple[Block, ...]:
    """What *option* was rated, in a sentence; and what those were that went into it."""
    return tuple(block for part in (option, *merged_into(w, option)) if (weight := last_weight(w, part))
                 for block in note(_of_part(w, option, part, _weight(weight.shown), weight.at)))


def _of_part(w: Workshop, option: str, part: str, said: str, at: int) -> str:
    """What was *said* at journal number *at* of *part*, which is *option* or went into it."""
    if part == option:
        return " ".join(filter(None, [said, said_before(w, option, at)]))
    return _("“%(name)s”, before it went into this: %(said)s", name=merged_into(w, option)[part], said=said)


def _weight(f: Figures) -> str:
    return _("Effort %(effort)s (half said %(of_effort)s), impact %(impact)s (half said %(of_impact)s), rated by %(n)d: %(place)s.",
             effort=number(f.effort.median), of_effort=between(f.effort), impact=number(f.impact.median), of_impact=between(f.impact),
             n=f.raters, place=in_place(f))


def agreed_to(w: Workshop, option: str) -> tuple[Block, ...]:
    """Who agrees to *option*, each time it was asked, with every reason and what was done with it; so too for those that went into it."""
    return tuple(block for part in (option, *merged_into(w, option)) for block in _agreed_to(w, option, part))


def _agreed_to(w: Workshop, option: str, part: str) -> tuple[Block, ...]:
    found = [question for _stage, question in _asked(w, part)]
    blocks: list[Block] = []
    for n, question in enumerate(found, start=1):
        again = _("Asked %(n)d of %(all)d times:", n=n, all=len(found)) if len(found) > 1 else ""
        said = " ".join(filter(None, [again, _(METHODS[question.method]), agreement(question)]))
        blocks.append(Words(_of_part(w, option, part, said, question.closed)))
        rows = tuple((reason.stand, reason.text, reason.done) for reason in reasons(question))
        if rows:
            blocks.append(Table(_("Reasons, word for word"), (_("Who"), _("Why"), _("What was done with it")), rows, wide=(1, 2)))
    return tuple(blocks)


def _asked(w: Workshop, option: str) -> list[tuple[str, Question]]:
    """(stage, question) of all that were closed, oldest first."""
    return [(stage, question) for (stage, priority), asked in w.questions.items() if priority == option for question in asked if question.outcome]


def in_full(w: Workshop) -> list[Block]:
    """The picture, then who agrees to each priority."""
    blocks = list(picture(w))
    for option in talked_about(w):
        if found := agreed_to(w, option):
            vote = vote_with(w, option)
            blocks += [Heading(option_name(w, vote, option), option_mark(w, vote, option)), *found]
    return blocks
