"""Downloads: made from what the asker may see now."""
from functools import partial

from flask import Blueprint, abort, make_response

from workshop.charter import files
from workshop.pages.installation import is_organiser, seat_here, workshop_at
from workshop.session import off_the_loop

pages = Blueprint("files", __name__)
FOR_PARTICIPANTS = ("charter", "report")


@pages.get("/<code>/files/<name>.<extension>")
def file(code: str, name: str, extension: str):
    """One document or data file; participants get charter and report when the workshop has ended."""
    running = workshop_at(code)
    w = running.session.state
    seat = seat_here(running, "console")
    facilitator = bool(seat and seat.person in w.facilitators)
    if extension not in files.FILES.get(name, ()):
        abort(404)
    if not (facilitator or is_organiser() or w.ended and name in FOR_PARTICIPANTS):
        abort(403)
    asker = "facilitator" if facilitator else "organiser" if is_organiser() else "participant"
    make = partial(files.make, w, name, extension, asker=asker, mark=running.session.mark())
    body, kind, filename = off_the_loop(make)
    response = make_response(body)
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    response.headers["Cache-Control"] = "no-store"
    return response

