"""The code box, and the organiser's desk."""


from flask import Blueprint, jsonify, redirect, render_template, request, session as cookie, url_for

from workshop import plans
from workshop.pages.installation import here, is_organiser
from workshop.registry import Listed, normal
from workshop.session import now
from workshop.words import N_, _

pages = Blueprint("home", __name__)
NOT_PLAN_KEYS = ("plan",)


@pages.get("/")
def code_box():
    """Where people type the code that they see on the wall."""
    typed = request.args.get("code", "")
    if not typed:
        return render_template("pages/code-box.html", typed="", error="")
    code = normal(typed)
    if code and here().registry.has(code):
        return redirect(url_for("phone.phone", code=code))
    return render_template("pages/code-box.html", typed=typed, error=_("No workshop has the code %(code)s.", code=typed[:12].upper())), 404


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
    """Make a workshop from a plan and what the form changed.  JSON for programs, a page of links for people."""
    wants_json = request.accept_mimetypes.best == "application/json"
    if not is_organiser():
        sentence = _("Sign in with the organiser's key first.")
        return (jsonify(error=sentence), 401) if wants_json else (render_template("pages/sign-in.html", error=sentence), 401)
    try:
        listed, token = _made()
    except plans.PlanWrong as wrong:
        return (jsonify(error=str(wrong)), 422) if wants_json else (desk(str(wrong)), 422)
    base = here().base.rstrip("/")
    links = {"code": listed.code, "join": f"{base}/{listed.code}", "console": f"{base}/{listed.code}/console#{token}",
             "screen": f"{base}/{listed.code}/screen"}
    return (jsonify(links) if wants_json else render_template("pages/made.html", listed=listed, links=links, token=token)), 201


def desk(error: str = ""):
    """The organiser's page, with what was filled in where *error* says why it could not be used."""
    installation = here()
    found, broken = {}, {}
    for name, path in plans.known(installation.folder).items():
        try:
            found[name] = plans.read(path)
        except plans.PlanWrong as wrong:
            broken[name] = str(wrong)
    listed = [(workshop, installation.sessions.get(workshop.code).state) for workshop in installation.registry.workshops()]
    return render_template("pages/organise.html", plans=found, broken=broken, workshops=listed, error=error, filled=request.form)


def _made() -> tuple[Listed, str]:
    installation = here()
    name = request.form.get("plan", "")
    plan = plans.changed(plans.read(plans.find(name, installation.folder)), {k: v for k, v in request.form.items() if k not in NOT_PLAN_KEYS})
    code = installation.registry.new_code()
    installation.sessions.get(code).do("make_workshop", "organiser", "organiser", code=code, plan=plan)
    listed = Listed(code, plan.title, plan.community, name, now())
    return listed, installation.registry.add(listed)
