"""Commands as plain posts, for pages without a socket: done is a redirect back, refused is the page again."""
import sqlite3
from typing import Any

from flask import Blueprint, abort, current_app, redirect, request, url_for

from workshop.live.audiences import language_of
from workshop.pages import drawing
from workshop.pages.installation import here, seat_here, workshop_at
from workshop.rules import Refused
from workshop.words import N_, speaking

pages = Blueprint("do", __name__)
LISTS = ("ideas",)


@pages.post("/<code>/do/<command>")
def do(code: str, command: str):
    """Run a command for the seat that the form names in ``seat`` (``phone`` where it names none)."""
    running = workshop_at(code)
    seat = seat_here(running, request.form.get("seat", "phone"))
    if not seat:
        abort(403)
    args = _args()
    try:
        here().live.do(running, seat, command, args)
    except Refused as refused:
        return _again(running, seat, command, args, refused), 422
    except (sqlite3.Error, OSError):
        current_app.logger.exception("%s: %s could not be written", running.session.state.code, command)
        return _again(running, seat, command, args, Refused(N_("The server cannot save just now. Send it again in a moment."))), 503
    return redirect(url_for(f"{seat.page}.{seat.page}", code=running.session.state.code), 303)


def _args() -> dict[str, Any]:
    """The form's fields as a command's arguments: ``dots.OPTION`` fields become one map, lists keep all their values."""
    args: dict[str, Any] = {}
    for key in request.form:
        if key.startswith("dots."):
            args.setdefault("dots", {})[key.removeprefix("dots.")] = request.form[key] or "0"
        elif key != "seat":
            args[key] = request.form.getlist(key) if key in LISTS else request.form[key]
    return args


def _again(running, seat, command: str, args: dict[str, Any], refused: Refused) -> str:
    with speaking(language_of(seat, running.session.state)):
        told = {"command": command, "args": args, "error": str(refused)}
    return_code = here().return_code(running.session.state.code, seat.person)
    return drawing.page(running, seat, told, return_code=return_code)
