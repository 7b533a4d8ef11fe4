"""Reads HTML as a page without a browser has to: elements with their places, and words."""
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import accumulate

VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
SPOKEN = ("value", "title", "alt", "aria-label", "placeholder", "content")


@dataclass
class Element:
    """One element.  It stands at *opens* to *ends* in the HTML, what is in it at *inner* to *closes*."""

    tag: str
    attrs: dict[str, str]
    opens: int
    inner: int
    closes: int = 0
    ends: int = 0
    inside: list["Element | str"] = field(default_factory=list)

    def walk(self) -> Iterator["Element"]:
        """Itself and every element in it, in the order of the page."""
        yield self
        for part in self.inside:
            if isinstance(part, Element):
                yield from part.walk()

    def words(self) -> str:
        """All that it says, attributes that are read aloud or filled in included."""
        told = [self.attrs[name] for name in SPOKEN if self.attrs.get(name)]
        return " ".join([*told, *(part if isinstance(part, str) else part.words() for part in self.inside)])


def read(html: str) -> Element:
    """*html* as a tree: an element without a tag that holds the others."""
    reader = _Reader(html)
    reader.feed(html)
    reader.close()
    return reader.root


def regions(page: str) -> dict[str, tuple[str, str]]:
    """The regions of a page as it is loaded: id -> (mark, html)."""
    return {e.attrs["id"]: (e.attrs["data-mark"], page[e.inner:e.closes])
            for e in read(page).walk() if "data-mark" in e.attrs}


def marks(page: str) -> list[str]:
    """The marks of the regions of a page as it is loaded, in its order."""
    return re.findall(r'\sdata-mark="([^"]*)"', page)


def split(region: str, html: str) -> tuple[str, dict[str, str], str]:
    """A region as what stands before its entries, the entries (key -> html), and what stands after them."""
    if "data-entries" not in html:
        return html, {}, ""
    listing = next(e for e in read(html).walk() if "data-entries" in e.attrs)
    entries = {e.attrs["id"].removeprefix(region + "."): html[e.opens:e.ends] for e in listing.inside
               if isinstance(e, Element) and e.attrs.get("id", "").startswith(region + ".")}
    return html[:listing.inner], entries, html[listing.closes:]


def filled(html: str, had: str) -> str:
    """An entry as it came, with the parts that came as their id alone as they stand in the one that the page *had*."""
    parts = {e.attrs["id"]: had[e.opens:e.ends] for e in read(had).walk() if "data-part" in e.attrs} if "data-kept" in html else {}
    return re.sub(r'<li id="([^"]+)" data-kept></li>', lambda kept: parts.get(kept[1], kept[0]), html)


def told(html: str, name: str) -> str:
    """The value of the first attribute *name* in *html*, empty where there is none."""
    found = re.search(rf'\s{re.escape(name)}="([^"]*)"', html)
    return found[1] if found else ""


def plain(text: str) -> str:
    """*text* in small letters and digits alone, so that no escaping or quoting makes it another."""
    return " ".join(re.sub(r"[\W_]+", " ", text).casefold().split())


class _Reader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self._html, self._lines = html, [0, *accumulate(len(line) + 1 for line in html.split("\n"))]
        self.root = Element("", {}, 0, 0, len(html), len(html))
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self._begun(tag, attrs)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._begun(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag not in {e.tag for e in self._open[1:]}:
            return
        at = self._place()
        while True:
            element = self._open.pop()
            element.closes, element.ends = at, self._html.find(">", at) + 1
            if element.tag == tag:
                return

    def handle_data(self, data: str) -> None:
        self._open[-1].inside.append(data)

    def _begun(self, tag: str, attrs: list[tuple[str, str | None]]) -> Element:
        at = self._place()
        inner = at + len(self.get_starttag_text() or "")
        element = Element(tag, {name: value or "" for name, value in attrs}, at, inner, inner, inner)
        self._open[-1].inside.append(element)
        return element

    def _place(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column
