"""What every answer carries and every post is held against; errors in words."""
import gzip
import sqlite3
from functools import lru_cache
from urllib.parse import urlsplit

from flask import Flask, Response, abort, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

from workshop.registry import normal
from workshop.session import NotSaved
from workshop.sqlite import Unreadable
from workshop.words import N_, _

POLICY = ("default-src 'self'; img-src 'self' data:; style-src 'self'; object-src 'none'; base-uri 'none'; "
          "frame-ancestors 'none'; form-action 'self'")
SQUEEZED = ("text/", "application/javascript", "application/json", "image/svg")
SENTENCES = {
    403: (N_("This page is not yours to open"), N_("Come in by the link or the code that you were given.")),
    404: (N_("Nothing is here"), N_("Check the address, or type the code that is on the wall.")),
    405: (N_("This page cannot do that"), N_("Go back, load the page again and try once more.")),
    413: (N_("That was too long to take in"), N_("Go back, shorten it and send it again.")),
    500: (N_("Something went wrong here"), N_("What was saved is safe. Load the page again; if it stays, tell the facilitator.")),
    503: (N_("The server cannot save just now"), N_("Its disk takes nothing. Try again in a moment, and tell the facilitator.")),
}
UNREAD = (N_("This workshop cannot be opened"),
          N_("%(why)s The other workshops go on. On the server, “workshop check %(code)s” says more."))


def guard(app: Flask) -> None:
    """Give *app* its headers, its check of where posts come from, and its pages for errors."""
    app.before_request(_same_origin)
    app.after_request(_headers)
    app.after_request(_squeezed)
    app.register_error_handler(Exception, _said(app))


def _same_origin() -> None:
    """Refuse a post that another site sent in our people's name."""
    origin = request.headers.get("Origin")
    foreign = origin and urlsplit(origin).netloc != request.host
    if request.method == "POST" and (foreign or request.headers.get("Sec-Fetch-Site") == "cross-site"):
        abort(403)


def _headers(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"   # with no-referrer, forms send "Origin: null"
    if response.mimetype == "text/html":
        response.headers["Cache-Control"] = "no-store"
    return response


def _squeezed(response: Response) -> Response:
    kind = response.mimetype or ""
    if "gzip" not in request.headers.get("Accept-Encoding", "") or not kind.startswith(SQUEEZED) or response.status_code in (204, 304):
        return response
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) < 600 or "Content-Encoding" in response.headers:
        return response
    response.set_data(_gzipped(body) if request.endpoint == "static" else gzip.compress(body, 5))
    response.headers["Content-Encoding"] = "gzip"
    response.headers.add("Vary", "Accept-Encoding")
    return response


@lru_cache(maxsize=64)
def _gzipped(body: bytes) -> bytes:
    return gzip.compress(body, 9)


def _said(app: Flask):
    def say(error: Exception):
        if isinstance(error, Unreadable):
            app.logger.error("%s: %s", request.path, error)
            return _unread(error)
        status = 503 if isinstance(error, (sqlite3.Error, NotSaved)) else error.code if isinstance(error, HTTPException) and error.code else 500
        if isinstance(error, HTTPException) and status < 400:
            return error
        if status in (500, 503):
            app.logger.error("%s %s failed", request.method, request.path, exc_info=error)
        heading, sentence = SENTENCES.get(status, SENTENCES[500 if status >= 500 else 404])
        return _told(_(heading), _(sentence), status)
    return say


def _unread(wrong: Unreadable):
    code = (request.view_args or {}).get("code", "")
    return _told(_(UNREAD[0]), _(UNREAD[1], why=str(wrong), code=normal(code)), 503)


def _told(heading: str, sentence: str, status: int):
    """The answer in words: JSON for programs, a page for people."""
    if request.accept_mimetypes.best == "application/json":
        return jsonify(error=f"{heading}. {sentence}", again=status == 503), status
    return render_template("pages/error.html", heading=heading, sentence=sentence), status
