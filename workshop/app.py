"""Puts the parts together."""
import hashlib
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import segno
from flask import Flask, request, url_for
from flask.sessions import SecureCookieSessionInterface
from jinja2 import StrictUndefined
from markupsafe import Markup

from workshop.downloads import Downloads
from workshop.live.live import Live
from workshop.pages import brand, check, console, do, files, home, paper, phone, safety, screen
from workshop.pages.installation import Installation, leave
from workshop.places import shipped
from workshop.registry import Registry
from workshop.seats import Seats
from workshop.sessions import Sessions
import workshop.regions  # noqa: F401  (registers them)
from workshop.words import _, counted, language

BODY_MOST = 200_000
YEAR = 365 * 24 * 3600


class OrganisersOnly(SecureCookieSessionInterface):
    """Reads the organiser's cookie where there is one; a thousand phones have none."""

    def open_session(self, app: Flask, request):
        return super().open_session(app, request) if self.get_cookie_name(app) in request.cookies else self.session_class()


class Workshops(Flask):
    """Flask, but for how long browsers keep files: those that pages name with their version for good, others not at all."""

    session_interface = OrganisersOnly()

    def get_send_file_max_age(self, filename: str | None) -> int | None:
        return YEAR if "v" in request.args else None


def create_app(folder: Path, base: str, after=lambda running: None, near=lambda w, text, ideas: [], forget=lambda code: None) -> Flask:
    """The application over the sessions *folder*.

    *base* is the address that people use, with any path it is served under.  *after* is called with each running
    workshop when a beat has shown it; *near* finds what says nearly the same (``Themer.near``); *forget* is given the code of
    each that is let go of.  The installation is ``app.extensions["workshop"]``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    app = Workshops("workshop", template_folder=str(shipped("templates")), static_folder=str(shipped("static")), static_url_path="/static")
    registry, sessions, seats = Registry(folder), Sessions(folder), Seats(folder)
    app.config.update(SECRET_KEY=seats.key, SESSION_COOKIE_NAME="organiser", SESSION_COOKIE_SAMESITE="Lax",
                      MAX_CONTENT_LENGTH=BODY_MOST, APPLICATION_ROOT=urlsplit(base).path or "/",
                      PERMANENT_SESSION_LIFETIME=timedelta(days=30))
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(_=_, counted=counted, language=language, static_url=static_url, qr=qr)
    live = Live(app, registry, sessions, seats, base, after, near, forget)
    app.extensions["workshop"] = Installation(folder, base, registry, sessions, seats, live, Downloads(folder=folder))
    safety.guard(app)
    app.teardown_request(leave)
    app.add_url_rule("/healthz", view_func=lambda: ("ok\n", 200, {"Content-Type": "text/plain"}), endpoint="healthz")
    for part in (home, paper, brand, check, console, screen, files, do, phone):
        app.register_blueprint(part.pages)
    app.wsgi_app = under_path(app.wsgi_app, urlsplit(base).path.rstrip("/"))
    return app


def under_path(application, path: str):
    """WSGI: *application* served under *path* ("" for none), whether what stands in front cuts it off or not."""
    def serve(environ, start_response):
        if path:
            environ["SCRIPT_NAME"] = path
            if environ["PATH_INFO"] == path or environ["PATH_INFO"].startswith(path + "/"):
                environ["PATH_INFO"] = environ["PATH_INFO"][len(path):]
        return application(environ, start_response)
    return serve


def qr(address: str) -> Markup:
    """The QR code of an address, as SVG without colours of its own."""
    return _qr(address, _("QR code of %(address)s", address=address))


@lru_cache(maxsize=64)
def _qr(address: str, title: str) -> Markup:
    return Markup(segno.make(address, error="m").svg_inline(border=0, omitsize=True, svgclass="qr-code", lineclass=None, title=title))


def static_url(name: str) -> str:
    """The address of a file of ``static``, which changes when the file does, so that browsers may keep it."""
    path = shipped("static") / name
    return url_for("static", filename=name, v=_version(path, path.stat().st_mtime_ns))


@lru_cache(maxsize=256)
def _version(path: Path, changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]
