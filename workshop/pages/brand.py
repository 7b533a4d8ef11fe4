"""The organisation's colour and logo: kept for all documents of the installation."""
from flask import Blueprint, current_app, redirect, render_template, request, url_for

from workshop.charter import brand
from workshop.loop import off_the_loop
from workshop.pages.home import desk
from workshop.pages.installation import here, is_organiser
from workshop.words import N_, _
from workshop.worker import WorkerFailed

pages = Blueprint("brand", __name__)
BODY_MOST = 4_000_000   # a logo that is too large is told so in a sentence, up to here


@pages.post("/organise/brand")
def keep():
    """Take a colour and a logo; no file leaves the logo as it is, unless it shall go."""
    if not is_organiser():
        return render_template("pages/sign-in.html", error=_("Sign in with the organiser's key first.")), 401
    request.max_content_length = BODY_MOST
    given = request.files.get("logo")
    try:
        now = b"" if "no-logo" in request.form else off_the_loop(brand.read, here().folder).logo
        worn = brand.checked(request.form.get("colour", ""), (given.read() if given else b"") or now)
        if worn.logo and not here().downloads.can_draw(worn.drawing.svg):
            raise brand.BrandWrong(N_("This picture is damaged. Open it in a picture program and save it again as PNG."))
        off_the_loop(brand.keep, here().folder, worn)
    except (brand.BrandWrong, WorkerFailed) as wrong:
        return desk(wrong_brand=_(str(wrong))), 422
    except OSError:
        current_app.logger.exception("Colour and logo could not be kept")
        return desk(wrong_brand=_("The server cannot save just now. Make room on its disk, then try again.")), 503
    here().downloads.forget()
    return redirect(url_for("home.organise", _anchor="brand"), 303)
