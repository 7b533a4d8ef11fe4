"""Draws a page: its shell, with every region as it is now."""
from typing import Any

from flask import render_template
from markupsafe import Markup

from workshop.drawn import Drawing
from workshop.live.audiences import audiences, language_of
from workshop.live.running import Running
from workshop.regions.region import REGIONS
from workshop.seats import Seat, new_id
from workshop.words import speaking


def page(running: Running, seat: Seat, refused: dict[str, Any] | None = None, sheet: str = "", **more: Any) -> str:
    """The page of *seat*, or its page *sheet*: ``pages/NAME.html`` with ``region(name)`` for what is live in it and ``known(name)``
    for what that region is drawn from.

    *refused*: command, args and error of a form that a rule said no to; its words are drawn in their places again.
    """
    w = running.session.state
    language = language_of(seat, w)
    given = audiences(seat, w, language)

    def look(name: str) -> Drawing:
        kind = REGIONS[name]
        return running.drawn.look(kind, given[kind.audience])

    def region(name: str) -> Markup:
        drawing = look(name)
        return Markup(f'<div id="{name}" class="region {name}" data-mark="{drawing.mark}">{drawing.html}</div>')
    with speaking(language):
        return render_template(f"pages/{sheet or seat.page}.html", w=w, seat=seat, region=region, refused=refused, new_id=new_id,
                               known=lambda name: look(name).context, **more)
