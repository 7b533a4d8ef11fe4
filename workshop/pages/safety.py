"""What every answer carries and every post is held against; errors in words."""
import gzip
from functools import lru_cache
from urllib.parse import urlsplit

from flask import Flask, Response, abort, render_template, request
from werkzeug.exceptions import HTTPException

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
}


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
        status = error.code if isinstance(error, HTTPException) and error.code else 500
        if isinstance(error, HTTPException) and status < 400:
            return error
        if status == 500:
            app.logger.error("%s %s failed", request.method, request.path, exc_info=error)
        heading, sentence = SENTENCES.get(status, SENTENCES[500 if status >= 500 else 404])
        return render_template("pages/error.html", heading=_(heading), sentence=_(sentence)), status
    return say
