"""A document as a Word file that people go on editing: real headings, lists, tables, captions and fields."""
import io
import zipfile
from datetime import UTC, datetime

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as KIND
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from workshop.charter.document import Document
from workshop.charter.docx import look
from workshop.charter.docx.body import Body
from workshop.charter.docx.pages import document_xml, first_share, footer_xml, header_xml
from workshop.charter.docx.pictures import Pictures
from workshop.charter.docx.words import ILLEGAL, Writer

SPACES = nsdecls("w", "r", "wp", "a", "pic") + (' xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"'
                                                 ' xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative"')
BALLAST = (KIND.CUSTOM_XML, KIND.THUMBNAIL, KIND.EXTENDED_PROPERTIES, "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
           KIND.WEB_SETTINGS)       # of python-docx's template
HIDDEN_FACE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"


def write(document: Document) -> bytes:
    """*document* as DOCX: A4, in its language and direction, with its pictures as vectors and the product's face inside.

    What people wrote is text and nothing else: no field, no link and no markup is made from it.
    """
    made, writer = docx.Document(), Writer(document.language, document.direction == "rtl")
    pictures = Pictures(writer.from_right)
    _emptied(made)
    body = Body(writer, pictures)
    xmls = {made.part: document_xml(document, body), **_around(made, document, body)}
    for part, xml in xmls.items():
        if part is not made.part:
            _filled(part.element, xml)
    _filled(made.element.body, xmls[made.part], keep=made.sections[0]._sectPr)
    pictures.attach(xmls)
    _dressed(made, document, body)
    return _packed(made, document.at)


def _packed(made, at: int) -> bytes:
    """The file, dated when the workshop last changed: equal documents are equal files."""
    saved, out = io.BytesIO(), io.BytesIO()
    made.save(saved)
    day = max(datetime.fromtimestamp(at / 1000, UTC), datetime(1980, 1, 1, tzinfo=UTC)).timetuple()[:6]
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, day), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _emptied(made) -> None:
    """Without what python-docx's template brings along and nobody asked for."""
    for rels in (made.part.rels, made.part.package.rels):
        for key in [key for key, rel in rels.items() if rel.reltype in BALLAST]:
            del rels[key]


def _around(made, document: Document, body: Body) -> dict[Part, str]:
    """The page, and its headers and footers: the first has a binding with holes."""
    page = made.sections[0]
    look.lay_out(page, body.write.from_right)
    page.different_first_page_header_footer = True
    parts = {}
    for first, header, footer in ((True, page.first_page_header, page.first_page_footer), (False, page.header, page.footer)):
        header.is_linked_to_previous = footer.is_linked_to_previous = False
        parts |= {header.part: header_xml(document, body, first), footer.part: footer_xml(document, body)}
    return parts


def _filled(element, xml: str, keep=None) -> None:
    """*element* with *xml* for its content; *keep* stays, at the end."""
    for child in list(element):
        if child is not keep:
            element.remove(child)
    for n, child in enumerate(list(parse_xml(f"<w:body {SPACES}>{xml}</w:body>"))):
        element.insert(n, child)


def _dressed(made, document: Document, body: Body) -> None:
    """Styles, lists, faces and properties."""
    part, faces = made.part, look.faces()
    part._styles_part._element = look.styles(document.language, body.write.from_right, first_share(document))
    part.numbering_part._element = look.numbering(len(document.parts))
    part._settings_part._element = look.settings(document.language, body.write.from_right, bool(faces))
    table = next(rel.target_part for rel in part.rels.values() if rel.reltype == KIND.FONT_TABLE)
    table._blob = look.font_table({kind: key for kind, (key, _face) in faces.items()})
    for n, (kind, (_key, face)) in enumerate(faces.items(), start=1):
        table.rels.add_relationship(KIND.FONT, Part(PackURI(f"/word/fonts/font{n}.odttf"), HIDDEN_FACE, face, part.package), kind)
    said, at = made.core_properties, datetime.fromtimestamp(max(document.at, 0) / 1000, UTC)
    said.title, said.subject, said.language = _line(document.foot), _line(document.label), document.language
    said.author = said.last_modified_by = said.comments = said.keywords = ""
    said.created = said.modified = at


def _line(text: str) -> str:
    """*text* as a property: those hold 255 characters."""
    return ILLEGAL.sub("", text)[:255]
