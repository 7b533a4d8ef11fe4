"""A document as PDF: typst lays it out from a constant template; people's words travel as data."""
import json
import logging
from dataclasses import replace

import typst

from workshop.charter import faces
from workshop.charter.blocks import Words
from workshop.charter.document import Document, Section, as_plain, each_text
from workshop.charter.text import drawable, is_from_right, is_sign, script
from workshop.places import shipped
from workshop.words import _, counted, listed

log = logging.getLogger(__name__)
FROM_RIGHT = "\u200f"   # what people write holds no such mark any more, see text.clean
TRIAL = b'#set document(title: "Logo")\n#pdf.artifact(image(bytes(sys.inputs.svg), format: "svg"))'
STANDARDS = ["a-2a", "ua-1"]


def write(document: Document) -> bytes:
    """*document* as a tagged PDF, PDF/A-2a and PDF/UA-1 in one.

    Where the engine finds that it cannot keep these standards it is written without a logo, and then without them: a
    document always comes out.
    """
    ready = _set(document)
    for one, standards in ((ready, STANDARDS), (replace(ready, logo=None), STANDARDS)):
        try:
            return _compiled(one, standards)
        except typst.TypstError as wrong:
            log.warning("A PDF could not keep its standards: %s", wrong)
    return _compiled(replace(ready, logo=None), [])


def can_draw(svg: str) -> bool:
    """Whether the drawing *svg* can stand in a PDF that keeps the standards."""
    try:
        typst.compile(TRIAL, font_paths=faces.fonts(), sys_inputs={"svg": svg}, pdf_standards=STANDARDS)
    except typst.TypstError:
        return False
    return True


def _set(document: Document) -> Document:
    """*document* in characters that there are, each line that is read from the right with a mark before it.

    What could not be drawn is told in the last part.
    """
    lost: list[str] = []
    ready = each_text(document, lambda text: _marked(drawable(text, faces.covered(), None if text.startswith("<svg") else lost)))
    if not lost:
        return ready
    last = ready.parts[-1]
    told = Section(_("What could not be drawn"), tuple(Words(sentence) for sentence in _told(lost)))
    return replace(ready, parts=(*ready.parts[:-1], replace(last, sections=(*last.sections, told))))


def _marked(text: str) -> str:
    return "\n".join(FROM_RIGHT + line if is_from_right(line) else line for line in text.split("\n"))


def _told(lost: list[str]) -> list[str]:
    """How many characters have no face here, of which scripts, and what helps."""
    signs, letters = [c for c in lost if is_sign(c)], [c for c in lost if not is_sign(c)]
    said = [counted("1 sign stands as its name in brackets.", "%(n)d signs stand as their names in brackets.", len(signs))] if signs else []
    if letters:
        scripts = dict.fromkeys(map(script, letters))
        said += [counted("1 letter has no font on this server (%(scripts)s). A � stands for it.",
                         "%(n)d letters have no font on this server (%(scripts)s). A � stands for each.", len(letters), scripts=listed(sorted(scripts))),
                 _("The web page of this document shows them.")]
        if any(name in begins for begins in faces.SCRIPTS.values() for name in scripts):
            said.append(_("On the server, pip install 'workshop-toolkit[scripts]' brings fonts for more scripts."))
    return said


def _compiled(document: Document, standards: list[str]) -> bytes:
    folder = shipped("templates") / "documents"
    inputs = {"data": json.dumps(as_plain(document)), "faces": json.dumps(faces.families(document.language))}
    return typst.compile(folder / "document.typ", root=folder, font_paths=faces.fonts(), sys_inputs=inputs, pdf_standards=standards,
                         timestamp=document.at // 1000)
