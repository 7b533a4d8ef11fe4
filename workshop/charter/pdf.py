"""A document as PDF: typst lays it out from a constant template; people's words travel as data."""
import importlib.util
import json
import logging
from dataclasses import replace
from functools import cache
from pathlib import Path

import typst
from fontTools.ttLib import TTFont

from workshop.charter.document import Document, as_plain, each_text
from workshop.charter.text import drawable, is_from_right
from workshop.places import shipped

log = logging.getLogger(__name__)
FROM_RIGHT = "\u200f"   # what people write holds no such mark any more, see text.clean
TRIAL = b'#set document(title: "Logo")\n#pdf.artifact(image(bytes(sys.inputs.svg), format: "svg"))'
STANDARDS = ["a-2a", "ua-1"]
FONT_PACKAGES = ("fontpkg_noto_sans", "fontpkg_noto_sans_arabic")


def write(document: Document) -> bytes:
    """*document* as a tagged PDF, PDF/A-2a and PDF/UA-1 in one.

    Where the engine finds that it cannot keep these standards it is written without a logo, and then without them: a
    document always comes out.
    """
    plain = replace(document, logo=None)
    for one, standards in ((document, STANDARDS), (plain, STANDARDS)):
        try:
            return _compiled(json.dumps(as_plain(each_text(one, _set))), document.at, standards)
        except typst.TypstError as wrong:
            log.warning("A PDF could not keep its standards: %s", wrong)
    return _compiled(json.dumps(as_plain(each_text(plain, _set))), document.at, [])


def can_draw(svg: str) -> bool:
    """Whether the drawing *svg* can stand in a PDF that keeps the standards."""
    try:
        typst.compile(TRIAL, font_paths=fonts(), sys_inputs={"svg": svg}, pdf_standards=STANDARDS)
    except typst.TypstError:
        return False
    return True


def _set(text: str) -> str:
    """*text* as the template sets it: in characters that there are, with a mark before each line that is read from the right."""
    return "\n".join(FROM_RIGHT + line if is_from_right(line) else line for line in drawable(text, covered()).split("\n"))


def _compiled(data: str, at: int, standards: list[str]) -> bytes:
    folder = shipped("templates") / "documents"
    return typst.compile(folder / "document.typ", root=folder, font_paths=fonts(), sys_inputs={"data": data},
                         pdf_standards=standards, timestamp=at // 1000)


@cache
def _font_folders() -> tuple[Path, ...]:
    """Where the faces are: those of the product, if the build brought them, and those for other scripts."""
    found = [importlib.util.find_spec(name) for name in FONT_PACKAGES]
    others = [Path(spec.submodule_search_locations[0], "files") for spec in found if spec]
    return tuple(folder for folder in (shipped("static") / "vendor" / "fonts", *others) if any(folder.glob("*.ttf")))


@cache
def fonts() -> typst.Fonts:
    """Kept: finding the faces anew costs 25 ms a document.  No system fonts, so that every machine draws the same."""
    folders = list(_font_folders())
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=not folders, font_paths=folders)


@cache
def covered() -> frozenset[int]:
    """The code points that some face can draw."""
    return frozenset().union(*(_drawn_by(path) for folder in _font_folders() for path in folder.glob("*.ttf")))


def _drawn_by(path: Path) -> set[int]:
    with TTFont(path, lazy=True) as face:
        return set(face.getBestCmap())
