"""For organisers: a workshop made of ideas that were typed up from paper."""
import sqlite3

from flask import Blueprint, current_app, render_template, request
from werkzeug.exceptions import RequestEntityTooLarge

from workshop import plans, typed_up
from workshop.charter.offered import offered
from workshop.ideas_file import Ideas, NotIdeas
from workshop.loop import off_the_loop
from workshop.pages.home import links_to
from workshop.pages.installation import here, is_organiser
from workshop.registry import Listed
from workshop.session import now
from workshop.typed_up import NotTyped, Paper
from workshop.words import N_, InWords, _
from workshop.worker import WorkerFailed

pages = Blueprint("paper", __name__)
UPLOAD_MOST = 5_000_000   # bytes
LARGE = N_("This file is larger than 5 MB. Save the list alone, as CSV or text.")
NOTHING = N_("Choose a file, or paste the ideas.")


class Unreadable(InWords):
    """What was sent is not there or too large."""


@pages.get("/organise/paper")
def paper():
    """The form; the sign-in for anybody else."""
    return _form() if is_organiser() else render_template("pages/sign-in.html", error="")


@pages.post("/organise/paper")
def type_up():
    """Make the workshop, say what was left out and why, and have themes looked for."""
    request.max_content_length = UPLOAD_MOST + 100_000
    if not is_organiser():
        return render_template("pages/sign-in.html", error=_("Sign in with the organiser's key first.")), 401
    try:
        paper = _sent()
        plan = typed_up.plan_of(paper)
    except RequestEntityTooLarge:
        return _form(_(LARGE), {}), 413
    except (Unreadable, NotTyped, NotIdeas) as why:
        return _form(str(why), request.form), 422
    except plans.PlanWrong as why:
        return _form(str(why).removeprefix("plan: "), request.form), 422
    except WorkerFailed as why:
        return _form(_(str(why)), request.form), 503
    try:
        return _made(paper, plan), 201
    except (sqlite3.Error, OSError):
        current_app.logger.exception("A workshop could not be made")
        return _form(_("The server cannot save just now. Make room on its disk, then try again."), request.form), 503


def _sent() -> Paper:
    file, text, form = request.files.get("file"), request.form.get("text", ""), request.form
    contents = file.read() if file and file.filename else text.encode()
    if not contents.strip():
        raise Unreadable(NOTHING)
    if len(contents) > UPLOAD_MOST:
        raise Unreadable(LARGE)
    name = file.filename if file and file.filename else _("pasted text")
    people, language = form.get("people", "").strip(), form.get("language", "").strip().lower()
    language = language if language.isascii() and language.isalpha() else "en"
    ideas = here().downloads.read(name if file and file.filename else "pasted.txt", contents, language)
    return Paper(ideas, name[:100], form.get("title", ""), form.get("question", ""), form.get("community", ""), language,
                 int(people) if people.isdecimal() and len(people) < 6 else 0)


def _made(paper: Paper, plan) -> str:
    installation = here()
    listed = Listed(installation.registry.new_code(), plan.title, plan.community, "", now())
    try:
        session = installation.sessions.make(listed.code)
        with session.use:
            session.do("make_workshop", typed_up.BY, "organiser", code=listed.code, plan=plan)
            typed_up.fill(session, paper)
            token = off_the_loop(installation.registry.add, listed)
    except BaseException:
        installation.sessions.unmake(listed.code)
        raise
    installation.live.running(listed.code)   # whose beat has themes looked for
    session.use.spawn(typed_up.take_themes, session)
    return render_template("pages/paper-made.html", listed=listed, links=links_to(listed.code, token), ideas=paper.ideas, dots=paper.dots.total(),
                           offered=offered(session.state))


def _form(error: str = "", filled=None) -> str:
    return render_template("pages/paper.html", error=error, filled=filled or {})
