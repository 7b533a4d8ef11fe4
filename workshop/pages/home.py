"""The code box, and the organiser's desk."""
import sqlite3
from contextlib import closing
from typing import Any

from flask import Blueprint, abort, current_app, jsonify, redirect, render_template, request, session as cookie, url_for

from workshop import plans
from workshop.agenda import Plan
from workshop.charter import brand
from workshop.loop import giving_way, off_the_loop
from workshop.pages import desk as on_desk
from workshop.pages.installation import here, is_organiser
from workshop.registry import CODE_LENGTH, Listed, normal
from workshop.reopen.reading import MOST as EXPORT_MOST, NotAnExport
from workshop.session import now
from workshop.sqlite import Unreadable
from workshop.words import N_, _

pages = Blueprint("home", __name__)
NOT_PLAN_KEYS = ("plan", "side")
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


@pages.get("/")
def code_box():
    """Where people type the code that they see on the wall."""
    typed = request.args.get("code", "")
    if not typed:
        return render_template("pages/code-box.html", typed="", error="")
    code = normal(typed)
    if code and here().registry.has(code):
        return redirect(url_for("phone.phone", code=code))
    return render_template("pages/code-box.html", typed=typed, error=_("No workshop has the code %(code)s.", code=_spoken(typed))), 404


@pages.get("/organise")
def organise():
    """Plans to pick from and workshops that were made; the sign-in for anybody else."""
    if not is_organiser():
        return render_template("pages/sign-in.html", error="")
    return desk()


@pages.post("/organise/sign-in")
def sign_in():
    """Exchange the link's token, or the key, for the organiser's cookie."""
    installation = here()
    token, key = request.form.get("token", ""), request.form.get("key", "")
    if token and installation.spend_sign_in(token) or key and installation.registry.is_organiser(key.strip()):
        cookie["organiser"] = True
        cookie.permanent = True
        return redirect(url_for("home.organise"), 303)
    wrong = N_("That link was used already or is older than ten minutes. Type the key.") if token else N_("That is not the organiser's key.")
    return render_template("pages/sign-in.html", error=_(wrong)), 403


@pages.post("/organise/sign-out")
def sign_out():
    cookie.pop("organiser", None)
    return redirect(url_for("home.organise"), 303)


@pages.post("/workshops")
def make_workshop():
    """Make a workshop from a plan and what the form changed, or of an export.  JSON for programs, a page of links for people."""
    wants_json = request.accept_mimetypes.best == "application/json"
    if not is_organiser():
        sentence = _("Sign in with the organiser's key first.")
        return (jsonify(error=sentence), 401) if wants_json else (render_template("pages/sign-in.html", error=sentence), 401)
    request.max_content_length = EXPORT_MOST   # from here on the body is the organiser's
    again, export = None, request.files.get("export")
    try:
        again = _reopened(export) if export else None
        listed, token = (again.listed, again.token) if again else _made()
    except (plans.PlanWrong, NotAnExport) as wrong:
        return (jsonify(error=str(wrong)), 422) if wants_json else (desk(**{"unread" if export else "error": _said(wrong)}), 422)
    except (sqlite3.Error, OSError):
        current_app.logger.exception("A workshop could not be made")
        sentence = _("The server cannot save just now. Make room on its disk, then try again.")
        return (jsonify(error=sentence, again=True), 503) if wants_json else (desk(sentence), 503)
    links = links_to(listed.code, token)
    said = {"left_out": again.left_out} if again else {}
    return (jsonify(links | said) if wants_json else render_template("pages/made.html", listed=listed, links=links, new=True, again=again)), 201


@pages.post("/organise/<code>/link")
def new_link(code: str):
    """Another link to a workshop's console; the one before opens it no more.  Whoever is in stays in."""
    if not is_organiser():
        return render_template("pages/sign-in.html", error=_("Sign in with the organiser's key first.")), 401
    listed = next((w for w in here().registry.workshops() if w.code == normal(code)), None) or abort(404)
    return render_template("pages/made.html", listed=listed, links=links_to(listed.code, off_the_loop(here().registry.renew_token, listed.code)), new=False, again=None)


def links_to(code: str, token: str) -> dict[str, str]:
    """The addresses of a workshop: what people join by, its console, its screen."""
    base = here().base.rstrip("/")
    return {"code": code, "join": f"{base}/{code}", "console": f"{base}/{code}/console#{token}", "screen": f"{base}/{code}/screen"}


@pages.post("/organise/consequences")
def consequences():
    """What the form as it is filled in comes to, as plain sentences; or why it cannot be used."""
    if not is_organiser():
        return _("Sign in with the organiser's key first."), 401, PLAIN
    try:
        return "\n".join(on_desk.comes_to(_planned())), PLAIN
    except plans.PlanWrong as wrong:
        return _said(wrong), PLAIN


def desk(error: str = "", unread: str = "", wrong_brand: str = ""):
    """The organiser's page, with what was filled in where *error* says why it could not be used.

    *unread* says why an export could not be opened, *wrong_brand* why a colour or a logo was not taken.
    """
    installation = here()
    found, broken = on_desk.known(installation.folder)
    asked = request.values.get("plan", "")
    chosen = asked if asked in found else next(iter(found), "")
    workshops = [_held(listed) for listed in installation.registry.workshops()]
    return in_pieces("pages/organise.html", plans=found, chosen=chosen, broken=broken, workshops=workshops, error=error, unread=unread, filled=request.form,
                           brand=off_the_loop(brand.read, installation.folder), wrong_brand=wrong_brand, ink=brand.INK,
                           sides=request.form.getlist("side"), bars=on_desk.bars, duration=on_desk.duration,
                           comes_to=() if error or not chosen else on_desk.comes_to(found[chosen]))


def in_pieces(page: str, **context: Any) -> str:
    """A page that may be long, so drawn that the loop is never held for long: with hundreds of workshops it has 3 MB."""
    current_app.update_template_context(context)
    return "".join(giving_way(current_app.jinja_env.get_template(page).generate(context)))


def _held(listed: Listed) -> on_desk.Held:
    """The workshop as it stands on the list, also where its file cannot be read."""
    try:
        return on_desk.held(listed, here().sessions.summary(listed.code))
    except (sqlite3.Error, OSError, Unreadable) as wrong:
        return on_desk.unread(listed, str(wrong))


def _made() -> tuple[Listed, str]:
    installation, plan = here(), _planned()
    code = installation.registry.new_code()
    listed = Listed(code, plan.title, plan.community, request.form.get("plan", ""), now())
    try:
        installation.sessions.make(code).do("make_workshop", "organiser", "organiser", code=code, plan=plan)
        return listed, off_the_loop(installation.registry.add, listed)
    except (sqlite3.Error, OSError):
        installation.sessions.unmake(code)
        raise


def _reopened(export):
    from workshop.reopen.making import reopened   # with the writers of data, which no page needs
    installation = here()
    with closing(export):
        contents = export.read()
    return off_the_loop(reopened, contents, installation.folder, installation.registry, now())


def _planned() -> Plan:
    """The plan that was picked, with what the form changed.  A page gives each side a field, a program one line each."""
    form = {key: words for key, words in request.form.items() if key not in NOT_PLAN_KEYS}
    if "side" in request.form:
        form["constituencies"] = "\n".join(request.form.getlist("side"))
    return plans.changed(plans.read(plans.find(request.form.get("plan", ""), here().folder)), form)


def _said(wrong: plans.PlanWrong) -> str:
    """The refusal without the name of the file where there is none."""
    return str(wrong).removeprefix("form: ")


def _spoken(typed: str) -> str:
    """What was typed, as codes are shown."""
    code = "".join(typed.split())[:12].upper()
    return f"{code[:3]} {code[3:]}" if len(code) == CODE_LENGTH else code
