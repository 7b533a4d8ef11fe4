"""A document as one HTML page that stands alone: styles, drawings and face are inside it."""
import base64
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from workshop.charter.blocks import Cell
from workshop.charter.document import Document
from workshop.charter.drawings import Drawing
from workshop.charter.first_page import first_share
from workshop.places import shipped
from workshop.words import _

LARGER = 1.1    # the first page may be set so much larger than a Word file's: its words are a point smaller as they are
BRIEF = 22      # characters of a cell that stays on one line where there is room for it, like a date


def write(document: Document) -> bytes:
    """*document* as a page in UTF-8 that asks for nothing from elsewhere and runs nothing."""
    page = _pages().get_template("document.html")
    return page.render(d=document, face=_face(), share=min(1, first_share(document) * LARGER)).encode("utf-8", "replace")


def _inline(drawing: Drawing) -> Markup:
    """*drawing* as a part of the page; words in it are escaped where it is drawn."""
    return Markup(drawing.svg.replace(' xmlns="http://www.w3.org/2000/svg"', ' class="mirrors"' if drawing.mirrors else "", 1))


@cache
def _pages() -> Environment:
    pages = Environment(loader=FileSystemLoader(shipped("templates") / "documents"), autoescape=True,
                        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    pages.globals["_"] = _
    pages.filters["drawn"] = _inline
    pages.tests["cell"] = lambda cell: isinstance(cell, Cell)
    pages.tests["brief"] = lambda cell: len(str(cell)) <= BRIEF
    return pages


@cache
def _face() -> str:
    """The product's face as a data address, empty where the build did not bring it."""
    path = shipped("static") / "vendor" / "fonts" / "atkinson-next.woff2"
    return "data:font/woff2;base64," + base64.b64encode(path.read_bytes()).decode() if path.exists() else ""
