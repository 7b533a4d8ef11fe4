"""Joining, and the phone."""
from flask import Blueprint, make_response, redirect, render_template, request, url_for

from workshop.charter.offered import TO_READ, offered
from workshop.live.bucket import Bucket
from workshop.live.live import NotNow
from workshop.live.running import Running
from workshop.pages import drawing
from workshop.pages.installation import here, seat_here, workshop_at
from workshop.pages.leaf import leaf
from workshop.rules import Refused
from workshop.seats import Seat, new_id
from workshop.words import N_, speaking

pages = Blueprint("phone", __name__)
guesses: dict[str, Bucket] = {}


@pages.get("/<code>")
def phone(code: str):
    """The phone of whoever joined in this browser, the join page for anybody else."""
    running = workshop_at(code)
    seat = seat_here(running, "phone")
    if seat and seat.person in running.session.state.people:
        return drawing.page(running, seat, return_code=here().return_code(running.session.state.code, seat.person))
    response = make_response(_door(running))
    if not seat:
        here().seats.give(request, response, running.session.state.code, "phone", new_id())
    return response


@pages.get("/<code>/all/<part>")
def all(code: str, part: str):
    """One list of this phone, whole, leaf by leaf: ``page``, from 1; ``idea``, which of them to change."""
    running = workshop_at(code)
    seat = seat_here(running, "phone")
    if not seat or seat.person not in running.session.state.people:
        return redirect(url_for("phone.phone", code=running.session.state.code))
    return leaf(running, seat, part, request.args.get("page", 1, type=int), request.args.get("idea", ""))


@pages.post("/<code>")
def join(code: str):
    """Come in: ``name``, ``constituency``, ``language``; or ``role=observer``; or ``back``, a return code."""
    running, form = workshop_at(code), request.form
    if form.get("role") == "observer":
        return redirect(url_for("screen.screen", code=running.session.state.code), 303)
    response = redirect(url_for("phone.phone", code=running.session.state.code), 303)
    seat = seat_here(running, "phone") or Seat("phone", new_id())
    try:
        if form.get("back"):
            seat = _returning(running, form["back"])
        else:
            here().live.do(running, seat, "join", {k: form.get(k, "") for k in ("name", "constituency", "language")})
    except (Refused, NotNow) as why:
        with speaking(running.session.state.plan.language):
            response = make_response(_door(running, str(why)), 422 if isinstance(why, Refused) else 503)
    here().seats.give(request, response, running.session.state.code, "phone", seat.person)
    return response


def _returning(running: Running, back: str) -> Seat:
    """The seat that a return code opens.  Guessing is slowed down, for each workshop."""
    code = running.session.state.code
    if not guesses.setdefault(code, Bucket(holds=10, a_second=0.2)).takes():
        raise Refused(N_("Too many return codes were tried. Wait a minute, then try again."))
    person = here().returning(running, back)
    if not person:
        raise Refused(N_("No return code here is %(code)s. Check it on your first phone."), code=back[:12].upper())
    return Seat("phone", person)


def _door(running: Running, error: str = "") -> str:
    w = running.session.state
    with speaking(w.plan.language):
        left = offered(w, w.plan.downloads, TO_READ) if not w.may_join else ()
        return render_template("pages/join.html", w=w, error=error, filled=request.form, offered=left)
