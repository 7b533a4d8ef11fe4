"""The charter's sections, in order, and the text that the workshop offers for each."""
from dataclasses import dataclass

from workshop.charter.figures import by_side, decided, option_name
from workshop.charter.stood import stood
from workshop.state import Workshop
from workshop.words import N_, _, counted, listed


@dataclass(frozen=True)
class SectionKind:
    """*title* and *ask* (what belongs there) are marked for translation; *generated* ones nobody writes."""

    id: str
    title: str
    ask: str
    generated: bool = False


SECTIONS = (
    SectionKind("purpose", N_("Purpose"), N_("Why this community exists, in one or two sentences.")),
    SectionKind("scope-in", N_("In scope"), N_("What we work on, a line each.")),
    SectionKind("scope-out", N_("Out of scope"), N_("What we leave to others or to later, a line each.")),
    SectionKind("community", N_("Community"), N_("Who may join, the balance between the sides, the time expected.")),
    SectionKind("roles", N_("Roles"), N_("Who does what, and for how long.")),
    SectionKind("practice", N_("Practice"), N_("When we meet, whom we invite, where our knowledge is kept.")),
    SectionKind("priorities", N_("First priorities"), N_("What the vote decided, with what was said about it."),
                generated=True),
    SectionKind("decisions", N_("How we decide"), N_("How we come to a decision, and what happens with an objection.")),
    SectionKind("ways", N_("Ways of working"), N_("How we treat each other and each other's words.")),
    SectionKind("resources", N_("Resources"), N_("Time, money, rooms and people that we can count on.")),
    SectionKind("success", N_("What success looks like"), N_("How we will know, and when we look back.")),
    SectionKind("amendment", N_("Changing this charter"), N_("Who may propose a change, and how it is adopted.")),
)


def words(w: Workshop, section: str) -> str:
    """What people wrote in *section* or took from what is offered; nothing stands there by itself.

    Charters that were adopted before offers had to be taken hold those for sections that nobody wrote, and go on holding them in
    later versions.
    """
    if section in w.charter:
        return w.charter[section].text
    then = w if w.adopted and not w.amending and w.adopted.sections is None else _offers_counted(w)
    return drafted(then, section) if then else ""


def _offers_counted(w: Workshop) -> Workshop | None:
    """The last version adopted when what was offered was in the charter by itself."""
    return next((stood(w, n) for n in range(len(w.versions), 0, -1) if w.versions[n - 1].adopted.sections is None), None)


def offered(w: Workshop, section: str) -> str:
    """What a draft of the first version shows where nobody has written yet; it is not in the charter until somebody takes it."""
    return "" if w.adopted or section in w.charter else drafted(w, section)


def on_offer(w: Workshop, section: str) -> str:
    """What of the offer for *section* does not stand in its words yet, as whole lines."""
    there = {line.strip() for line in words(w, section).splitlines()}
    return "\n".join(line for line in drafted(w, section).splitlines() if line and line.strip() not in there)


def drafted(w: Workshop, section: str) -> str:
    """Text for *section* from what was decided, empty where nothing was.  Lines that start with "- " are a list."""
    return _DRAFTS[section](w) if section in _DRAFTS else ""


def _purpose(w: Workshop) -> str:
    start = _("The question we start from: %(question)s", question=w.plan.question) if w.plan.question else ""
    return "\n\n".join(filter(None, [w.plan.domain, start]))


def _scope_in(w: Workshop) -> str:
    return _lines(option_name(w, vote.stage, row.option) for vote, row in decided(w))


def _scope_out(w: Workshop) -> str:
    return _lines(_("Not now: %(what)s", what=p.text) for p in w.points.values() if p.kind == "later")


def _community(w: Workshop) -> str:
    there = by_side(w, w.people)
    if not w.plan.constituencies or not there:
        return ""
    counts = listed([_("%(n)d from %(side)s", n=dots.n, side=dots.side) for dots in there])
    return "\n\n".join([_("We come from %(sides)s.", sides=listed(w.plan.constituencies)),
                        _("At the first workshop there were %(counts)s.", counts=counts)])


def _roles(w: Workshop) -> str:
    return _lines(_("%(owner)s: %(what)s", owner=a.owner, what=a.what) for a in w.actions.values() if a.owner)


def _practice(w: Workshop) -> str:
    return _("We meet next: %(date)s.", date=w.next_date.rstrip(".")) if w.next_date else ""


def _decisions(w: Workshop) -> str:
    found = decided(w)
    if not found:
        return ""
    vote = found[0][0]
    return _("We chose our first priorities by vote: %(dots)d dots each, at most %(cap)d on one. "
             "Nobody saw a count before the vote closed.", dots=vote.dots, cap=vote.cap)


def _resources(w: Workshop) -> str:
    names = {row.option: option_name(w, vote.stage, row.option) for vote, row in decided(w)}
    offers = [counted("1 person offers to help with “%(priority)s”.", "%(n)d people offer to help with “%(priority)s”.",
                      len(people), priority=names[key])
              for key, people in w.helpers.items() if people and key in names]
    support = [_("%(support)s: for “%(what)s”", support=a.support, what=a.what)
               for a in w.actions.values() if a.support]
    return _lines(offers + support)


def _success(w: Workshop) -> str:
    dated = {a.id: _("By %(due)s: %(what)s", due=a.due, what=a.what) if a.due else a.what for a in w.actions.values()}
    return _lines(_("%(step)s (how we will know: %(measure)s)", step=dated[a.id], measure=a.measure) if a.measure else dated[a.id]
                  for a in w.actions.values() if a.due or a.measure)


def _lines(entries) -> str:
    return "\n".join(f"- {entry}" for entry in entries)


_DRAFTS = {"purpose": _purpose, "scope-in": _scope_in, "scope-out": _scope_out, "community": _community,
           "roles": _roles, "practice": _practice, "decisions": _decisions, "resources": _resources,
           "success": _success}
