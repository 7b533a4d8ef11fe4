"""The facilitator's page, and its door."""
from flask import Blueprint, make_response, redirect, render_template, request, url_for

from workshop.pages import drawing
from workshop.pages.installation import here, is_organiser, seat_here, workshop_at
from workshop.seats import new_id
from workshop.session import NotSaved
from workshop.words import _, speaking

pages = Blueprint("console", __name__)


@pages.get("/<code>/console")
def console(code: str):
    """The console of a facilitator who is in; the door for anybody else, which reads the token from the fragment."""
    running = workshop_at(code)
    seat = seat_here(running, "console")
    if seat and seat.person in running.session.state.facilitators:
        return drawing.page(running, seat)
    return _door(running)


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
