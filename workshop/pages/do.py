"""Commands as plain posts, for pages without a socket: done is a redirect back, refused is the page again."""
from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask import Blueprint, abort, jsonify, redirect, request, url_for

from workshop.live.audiences import language_of
from workshop.live.live import NotNow, known_id
from workshop.pages import drawing
from workshop.pages.installation import here, seat_here, workshop_at
from workshop.pages.leaf import asked_from, leaf
from workshop.rules import Refused
from workshop.words import speaking

pages = Blueprint("do", __name__)
LISTS = ("ideas",)
NOT_ARGUMENTS = ("seat", "entry", "leaf")


@pages.post("/<code>/do/<command>")
def do(code: str, command: str):
    """Run a command for the seat that the form names in ``seat`` (``phone`` where it names none).

    A page's own script, for which no socket comes through, asks for JSON and is answered as over one; ``entry`` is
    the id of what it sends.
    """
    running = workshop_at(code)
    seat = seat_here(running, request.form.get("seat", "phone"))
    if not seat:
        abort(403)
    wants_json = request.accept_mimetypes.best == "application/json"
    args = _args()
    try:
        seq = here().live.do(running, seat, command, args, known_id(request.form.get("entry")))
    except (Refused, NotNow) as why:
        again = isinstance(why, NotNow)
        with speaking(language_of(seat, running.session.state)):
            told = {"ok": False, "again": again, "error": str(why)}
        return jsonify(told) if wants_json else (_again(running, seat, command, args, told["error"]), 503 if again else 422)
    return jsonify(ok=True, seq=seq) if wants_json else redirect(_where_from(running, seat), 303)


def _where_from(running, seat) -> str:
    leaf, code, came = asked_from(), running.session.state.code, urlsplit(request.referrer or "")
    if seat.page == "console" and came.path == url_for("console.ideas", code=code):
        return url_for("console.ideas", code=code, find=parse_qs(came.query).get("find"))
    if leaf and seat.page == "phone":
        return url_for("phone.all", code=code, part=leaf["part"], page=leaf["number"])
    return url_for(f"{seat.page}.{seat.page}", code=code)


def _args() -> dict[str, Any]:
    """The form's fields as a command's arguments: ``dots.OPTION`` fields become one map, lists keep all their values."""
    args: dict[str, Any] = {}
    for key in request.form:
        if key.startswith("dots."):
            args.setdefault("dots", {})[key.removeprefix("dots.")] = request.form[key] or "0"
        elif key not in NOT_ARGUMENTS:
            args[key] = request.form.getlist(key) if key in LISTS else request.form[key]
    return args


def _again(running, seat, command: str, args: dict[str, Any], error: str) -> str:
    told, leaf_of = {"command": command, "args": args, "error": error}, asked_from()
    if leaf_of and seat.page == "phone":
        return leaf(running, seat, **leaf_of, chosen=str(args.get("idea", "")), refused=told)
    return_code = here().return_code(running.session.state.code, seat.person)
    return drawing.page(running, seat, told, return_code=return_code)
