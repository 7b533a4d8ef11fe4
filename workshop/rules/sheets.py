"""Dots on a paper chart, counted by a facilitator and entered as totals."""
from workshop.events import Event
from workshop.events.vote import SheetEntered
from workshop.rules.command import Ask, Refused, command
from workshop.state import Sheet, Vote, Workshop
from workshop.words import N_

PEOPLE_MOST = 2000


@command("facilitator")
def enter_sheet(w: Workshop, ask: Ask, *, stage: str, side: str, people: int, number: int, dots: dict[str, int] | None = None) -> Event | None:
    """Say what the *people* of one *side* placed on a paper chart; it takes the place of what was said of that side before.

    *side*: a constituency, "" for people of any.  *dots*: option -> how many in all.  Nobody, and no dots: the sheet is
    taken away.  *number* is counted by the page: one lower than the last changes nothing.
    """
    if stage not in w.votes:
        raise Refused(N_("The vote has not opened yet."))
    vote, given = w.votes[stage], {option: n for option, n in (dots or {}).items() if n}
    last = vote.sheets.get(side)
    if last and (number < last.number or (number, given, people) == (last.number, dict(last.placed), last.people)):
        return None
    if vote.result:
        raise Refused(N_("The vote has closed. What was entered by then counts."))
    if last and number == last.number:
        raise Refused(N_("This sheet changed on another page. Look at it, then enter it again."))
    if side and side not in w.plan.constituencies:
        raise Refused(N_("This page is out of date. Load it again."))
    _check(w, vote, Sheet(given, people, number))
    return SheetEntered(stage, side, given, people, number) if people or last else None


def _check(w: Workshop, vote: Vote, sheet: Sheet) -> None:
    if not set(sheet.dots) <= set(vote.options) or any(n < 0 for n in sheet.dots.values()):
        raise Refused(N_("This sheet names something that is not in the vote. Load the page again."))
    if not 0 <= sheet.people <= PEOPLE_MOST:
        raise Refused(N_("Give 0 to %(most)d people."), most=PEOPLE_MOST)
    placed = sum(sheet.dots.values())
    if placed > sheet.people * vote.dots:
        raise Refused(N_("%(people)d people with %(dots)d dots each have %(all)d; this sheet has %(n)d. Count both again."),
                      people=sheet.people, dots=vote.dots, all=sheet.people * vote.dots, n=placed)
    over = next((option for option, n in sheet.dots.items() if n > sheet.people * vote.cap), None)
    if over:
        raise Refused(N_("“%(name)s” has %(n)d dots; %(people)d people can give it %(all)d at most. Count both again."), name=w.option_text(vote.stage, over),
                      n=sheet.dots[over], people=sheet.people, all=sheet.people * vote.cap)
