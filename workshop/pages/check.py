"""Whether phones reach this laptop: one button on the phone, the count on the laptop."""
import re
from urllib.parse import urlsplit

from flask import Blueprint, abort, jsonify, make_response, redirect, render_template, request, url_for

from workshop.pages.installation import here, is_organiser
from workshop.seats import new_id
from workshop.words import _, counted

pages = Blueprint("check", __name__)
COOKIE = "check"
BROWSER = re.compile("[0-9a-f]{16}")
COUNTED_MOST = 2000
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@pages.get("/check")
def check():
    """The count and the QR code on the laptop, the button on a phone.

    The laptop is where the address is the loopback one, or where the organiser is signed in; ``?laptop`` and
    ``?phone`` say so where that is wrong.
    """
    ours = _loopback(request.host) or is_organiser()
    if "phone" in request.args or not ours and "laptop" not in request.args:
        return render_template("pages/check.html", reached=False)
    base = here().base.rstrip("/")
    return render_template("pages/check-laptop.html", address=f"{base}/check", alone=_loopback(urlsplit(base).netloc), ours=ours,
                           may_be_phone=not _loopback(request.host), **_count())


@pages.post("/check")
def reach():
    """Count this browser, once, by a random id that means nothing; say that it reaches us."""
    browser, reached = request.cookies.get(COOKIE, ""), here().reached
    if not BROWSER.fullmatch(browser):
        browser = new_id()
    if len(reached) < COUNTED_MOST:
        reached.add(browser)
    response = make_response(render_template("pages/check.html", reached=True))
    response.set_cookie(COOKIE, browser, httponly=True, samesite="Lax", secure=request.is_secure, path=url_for("check.check"))
    return response


@pages.get("/check/count")
def count():
    """How many browsers reached us: ``{n, sentence}``."""
    response = jsonify(_count())
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.post("/check/reset")
def reset():
    """Count from nought again."""
    if not (_loopback(request.host) or is_organiser()):
        abort(403)
    here().reached.clear()
    return redirect(url_for("check.check"), 303)


def _count() -> dict[str, int | str]:
    n = len(here().reached)
    return {"n": n, "sentence": counted("%(n)d phone has reached this laptop.", "%(n)d phones have reached this laptop.", n) if n
            else _("No phone has reached this laptop yet.")}


def _loopback(host: str) -> bool:
    return urlsplit(f"//{host}").hostname in LOOPBACK
