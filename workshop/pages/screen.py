"""The projector's page: anybody who has the code may look."""
from flask import Blueprint, request

from workshop.pages import drawing
from workshop.pages.installation import workshop_at
from workshop.seats import Seat

pages = Blueprint("screen", __name__)


@pages.get("/<code>/screen")
def screen(code: str):
    """The screen, light or (``?theme=dark``) dark."""
    theme = "dark" if request.args.get("theme") == "dark" else "light"
    return drawing.page(workshop_at(code), Seat("screen"), theme=theme)
