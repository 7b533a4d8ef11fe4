"""A page for one list of the phone, whole: what the phone's own page has no room for, some bytes at a time."""
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask import abort, current_app, request

from workshop.live.audiences import audiences, language_of
from workshop.live.running import Running
from workshop.pages import drawing
from workshop.regions.region import REGIONS, Within
from workshop.seats import Seat
from workshop.words import speaking

LEAF = 30_000


def leaf(running: Running, seat: Seat, part: str, number: int = 1, chosen: str = "", refused: dict[str, Any] | None = None) -> str:
    """Leaf *number* of the list of region *part*, as this person may see it; where the newest are wanted they are on leaf 1.

    *chosen*: the key of an entry, for which there is a form then.  *refused*: as for ``drawing.page``.
    404 where the phone has no such list.
    """
    region = REGIONS.get(part)
    if not region or region.page != "phone" or not region.listed:
        abort(404)
    w, language = running.session.state, language_of(seat, running.session.state)
    with speaking(language):
        context = dict(region.look(w, running.session.room, audiences(seat, w, language)[region.audience].key))
        values, within = dict(context.pop("entries", ())), context.get("within") or Within(LEAF)
        drawn = current_app.jinja_env.get_template(region.template).make_module({**context, "entries": ""})
        leaves = list(_leaves({key: str(drawn.entry(key, value)) for key, value in values.items()}, within.newest)) or [{}]
    number = max(1, min(number, len(leaves)))
    return drawing.page(running, seat, refused, sheet="leaf", part=part, newest=within.newest, number=number, count=len(leaves),
                        values=values, entries=leaves[number - 1], chosen=chosen if chosen in values else "")


def asked_from() -> dict[str, Any] | None:
    """Part and number of the leaf whose form is posted in this request, None where it comes from another page.

    Its forms of several fields name it in ``leaf``, for they may be posted from a refusal; what is one press, the browser tells.
    """
    came = urlsplit(request.form.get("leaf") or request.referrer or "")
    _before, found, part = came.path.rpartition("/all/")
    if not found or part not in REGIONS:
        return None
    number = parse_qs(came.query).get("page", ["1"])[0]
    return {"part": part, "number": int(number) if number.isdecimal() else 1}


def _leaves(entries: dict[str, str], newest: bool) -> Iterator[dict[str, str]]:
    """*entries*, key -> HTML, in portions of at most ``LEAF`` bytes, each in its order; with *newest* the last ones first."""
    portion, room = {}, LEAF
    for key, html in reversed(entries.items()) if newest else entries.items():
        room -= len(html.encode())
        if portion and room < 0:
            yield _in_order(portion, newest)
            portion, room = {}, LEAF - len(html.encode())
        portion[key] = html
    if portion:
        yield _in_order(portion, newest)


def _in_order(portion: dict[str, str], newest: bool) -> dict[str, str]:
    return dict(reversed(portion.items())) if newest else portion
