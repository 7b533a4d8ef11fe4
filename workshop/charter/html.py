"""A document as one HTML page that stands alone: styles, drawings and face are inside it."""
import base64
from functools import cache
from math import ceil, sqrt

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from workshop.charter.document import Document, Dots
from workshop.places import shipped
from workshop.words import _


def write(document: Document) -> bytes:
    """*document* as a page in UTF-8 that asks for nothing from elsewhere and runs nothing."""
    page = _pages().get_template("document.html")
    return page.render(d=document, face=_face(), across=_across(document)).encode("utf-8", "replace")


def _across(document: Document) -> int:
    """How many dots of the room stand in a row."""
    return max(round(sqrt(3 * sum(ceil(side.n / document.each) for side in document.room))), 1)


@cache
def _pages() -> Environment:
    pages = Environment(loader=FileSystemLoader(shipped("templates") / "documents"), autoescape=True,
                        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    pages.globals["_"] = _
    pages.filters["share"] = lambda n, most: round(100 * n / max(most, 1), 2)
    pages.tests["dots"] = lambda cell: isinstance(cell, Dots)
    pages.tests["count"] = lambda cell: isinstance(cell, int)
    return pages


@cache
def _face() -> str:
    """The product's face as a data address, empty where the build did not bring it."""
    path = shipped("static") / "vendor" / "fonts" / "atkinson-next.woff2"
    return "data:font/woff2;base64," + base64.b64encode(path.read_bytes()).decode() if path.exists() else ""
