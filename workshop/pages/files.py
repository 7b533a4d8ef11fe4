"""Downloads: made from what the asker may see now."""
from flask import Blueprint, abort, make_response

from workshop.pages.installation import is_organiser, seat_here, workshop_at
from workshop.session import off_the_loop

pages = Blueprint("files", __name__)
FOR_PARTICIPANTS = ("charter", "report")


@pages.get("/<code>/files/<name>.<extension>")
def file(code: str, name: str, extension: str):
    """One document or data file; participants get charter and report when the workshop has ended."""
    from workshop.charter import files
    running = workshop_at(code)
    w = running.session.state
    seat = seat_here(running, "console")
    facilitator = bool(seat and seat.person in w.facilitators)
    if (name, extension) not in files.FILES:
        abort(404)
    if not (facilitator or is_organiser() or w.ended and name in FOR_PARTICIPANTS):
        abort(403)
    asker = "facilitator" if facilitator else "organiser" if is_organiser() else "participant"
    body, kind, filename = off_the_loop(_make, files, w, name, extension, asker, running.session.mark())
    response = make_response(body)
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _make(files, w, name, extension, asker, mark):
    return files.make(w, name, extension, asker=asker, mark=mark)
