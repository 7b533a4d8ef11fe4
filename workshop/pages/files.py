"""Downloads: made from what the asker may see now, by the worker, and kept until the workshop changes."""
from flask import Blueprint, Response, abort, jsonify, make_response, redirect, render_template, request, url_for

from workshop.charter.offered import kind_words, there_is, versioned
from workshop.downloads import Making
from workshop.live.running import Running
from workshop.pages.installation import here, is_organiser, seat_here, workshop_at
from workshop.words import _, speaking

pages = Blueprint("files", __name__)
PATIENCE = 2   # seconds until somebody who looks at a page is shown one that waits
AGAIN = 5      # seconds after which a program may try once more


@pages.get("/workshop.schema.json")
def schema():
    """The JSON Schema of workshop.json, for those who write programs."""
    from workshop.charter.data.export import schema as said   # what writes files is not loaded where pages are served
    return jsonify(said())


@pages.get("/<code>/files/<name>.<extension>")
def file(code: str, name: str, extension: str):
    """One document or data file; participants get those that the plan gives them, when the workshop has ended.

    A browser that waits too long is sent to the page that waits; a program waits here.  ``at``: the number under which it was waited for.
    """
    running = workshop_at(code)
    making = _asked(running, name, extension, again=True)
    ready = making.done.wait(PATIENCE if _is_browser() else None)
    if not ready:
        return redirect(url_for("files.making", code=running.session.state.code, name=name, extension=extension, at=making.key[1]), 303)
    return _not_made(running, making) if making.fault else _sent(making)


@pages.get("/<code>/files/<name>.<extension>/making")
def making(code: str, name: str, extension: str):
    """The page that waits for a file: what is being made, how long it still takes, and the file once it is there.

    It needs no script: it loads itself again every two seconds.
    """
    running = workshop_at(code)
    return _page(running, _asked(running, name, extension))


def _asked(running: Running, name: str, extension: str, again: bool = False) -> Making:
    """404 where there is no such file, 403 where it is not for whoever asks."""
    if not there_is(running.session.state, name, extension):
        abort(404)
    asker = _asker(running, name) or abort(403)
    return here().downloads.ask(running.session, name, extension, asker, request.args.get("at", 0, type=int), again)


def _asker(running: Running, name: str) -> str:
    """As whom this browser may have the file *name* now, or "" where it may not."""
    w, seat = running.session.state, seat_here(running, "console")
    if seat and seat.person in w.facilitators:
        return "facilitator"
    if is_organiser():
        return "organiser"
    return "participant" if w.ended and versioned(name)[0] in w.plan.downloads else ""


def _is_browser() -> bool:
    return "text/html" in request.headers.get("Accept", "")


def _sent(making: Making) -> Response:
    response = make_response(making.contents)
    response.headers["Content-Type"] = making.type
    response.headers["Content-Disposition"] = f'attachment; filename="{making.file}"'
    response.headers["Cache-Control"] = "no-store"
    response.headers["Workshop-Journal"] = f"{making.key[1]} {making.mark}".strip()
    return response


def _not_made(running: Running, making: Making):
    """The page that says why, for people; the sentence for programs."""
    answer = make_response(_page(running, making) if _is_browser() else _(making.fault), 503)
    answer.headers["Retry-After"] = str(AGAIN)
    if not _is_browser():
        answer.mimetype = "text/plain"
    return answer


def _page(running: Running, making: Making) -> str:
    w, downloads = running.session.state, here().downloads
    _code, at, name, extension, asker = making.key
    with speaking(w.plan.language):
        return render_template("pages/making.html", w=w, name=name, extension=extension, at=at, asker=asker, ideas=making.ideas,
                               state="refused" if making.fault else "ready" if making.done.is_set() else "making", fault=making.fault,
                               file=making.file, size=len(making.contents), words=kind_words(name, extension), before=len(downloads.before(making)),
                               age=making.age, left=downloads.left(making))
