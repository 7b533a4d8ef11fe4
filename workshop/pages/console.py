"""The facilitator's page, and its door."""
from flask import Blueprint, make_response, redirect, render_template, request, url_for

from workshop.pages import drawing
from workshop.pages.installation import here, is_organiser, seat_here, workshop_at
from workshop.seats import new_id
from workshop.session import NotSaved
from workshop.words import _, speaking

pages = Blueprint("console", __name__)
LISTED_MOST = 300   # ideas


@pages.get("/<code>/console")
def console(code: str):
    """The console of a facilitator who is in; the door for anybody else, which reads the token from the fragment."""
    running = workshop_at(code)
    seat = seat_here(running, "console")
    if seat and seat.person in running.session.state.facilitators:
        return drawing.page(running, seat)
    return _door(running)


@pages.get("/<code>/console/ideas")
def ideas(code: str):
    """Every idea that facilitators see, the newest first, or those with the words in ``find``, to withhold or give back by plain forms."""
    running = workshop_at(code)
    seat = seat_here(running, "console")
    w = running.session.state
    if not seat or seat.person not in w.facilitators:
        return _door(running)
    find = request.args.get("find", "")
    found = [i for i in reversed(w.ideas.values()) if i.text and not i.withdrawn and not w.is_silent(i.stage) and _has(i.text, find)]
    tables = {(s.id, g.id): g.name for s in w.plan.stages for g in w.groups_of(s.id)}
    listed = [(idea, tables.get((idea.stage, idea.group), "")) for idea in found[:LISTED_MOST]]
    return drawing.page(running, seat, sheet="console-ideas", find=find, listed=listed, left=len(found) - len(listed))


def _has(text: str, find: str) -> bool:
    return all(word in text.casefold() for word in find.casefold().split())


@pages.post("/<code>/console")
def come_in(code: str):
    """Make a facilitator with an id out of whoever has the workshop's token, or is the organiser."""
    running = workshop_at(code)
    known = running.session.state.code
    if not is_organiser() and not here().registry.opens(known, request.form.get("token", "")):
        with speaking(running.session.state.plan.language):
            return _door(running, _("This link does not open the console. Ask the organiser for a new one.")), 403
    seat = seat_here(running, "console")
    facilitator = seat.person if seat else new_id()
    try:
        running.session.do("welcome_facilitator", facilitator, "facilitator", name=request.form.get("name", ""))
    except NotSaved:
        with speaking(running.session.state.plan.language):
            return _door(running, _("The server cannot save just now. Make room on its disk, then try again.")), 503
    response = make_response(redirect(url_for("console.console", code=known), 303))
    here().seats.give(request, response, known, "console", facilitator)
    return response


def _door(running, error: str = "") -> str:
    w = running.session.state
    with speaking(w.plan.language):
        return render_template("pages/console-door.html", w=w, error=error, organiser=is_organiser(), filled=request.form)
