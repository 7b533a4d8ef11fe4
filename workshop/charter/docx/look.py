"""How the Word file looks: styles, lists, page, faces.  Measures are in twentieths of a point, sizes in half points."""
import re
import uuid
from functools import cache
from itertools import cycle
from typing import NamedTuple

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from workshop.charter.first_page import WIDE as WIDE
from workshop.places import shipped

INK, INK2, HAIR, YELLOW = "0F1B33", "3C4962", "C3CEDB", "FFDC32"
FACE = "Atkinson Hyperlegible Next"
MM = 1440 / 25.4                    # in twentieths of a point
W = nsdecls("w", "r")


class Style(NamedTuple):
    """A paragraph style: its *id*, the *name* that Word knows it by, the style it is *based* on, its properties."""

    id: str
    name: str
    based: str = "Normal"
    para: str = ""
    run: str = ""
    next: str = ""


def size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def colour(value: str) -> str:
    return f'<w:color w:val="{value}"/>'


def space(before: float, after: float, line: int = 0) -> str:
    """Room in mm above and below; *line* in 240ths of a line."""
    lines = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before * MM:.0f}" w:after="{after * MM:.0f}"{lines}/>'


def edge(side: str, eighths: int, tone: str = INK, gap: int = 0) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{gap}" w:color="{tone}"/>'


MIDDLE = '<w:textAlignment w:val="center"/>'   # pictures stand in the middle of a line
SIZES = re.compile(r'(<w:sz(?:Cs)? w:val=|w:before=|w:after=|\bc[xy]=)"(\d+)"')
NAMED = re.compile(r'<w:(pStyle|rStyle|tblStyle) w:val="(\w+)"/>')
BOLD, KEEP = "<w:b/><w:bCs/>", "<w:keepNext/><w:keepLines/>"
TIGHT = '<w:spacing w:val="-4"/>'
STYLES = (
    Style("Title", "Title", para=KEEP + space(4, 5, 216), run=BOLD + '<w:spacing w:val="-14"/>' + size(76), next="Subtitle"),
    Style("Subtitle", "Subtitle", para=space(0, 2), run=size(29), next="Normal"),
    Style("Heading1", "heading 1", para=KEEP + space(6, 3, 228) + '<w:outlineLvl w:val="0"/>', run=BOLD + TIGHT + size(44), next="Normal"),
    Style("Heading2", "heading 2", para=KEEP + space(7, 2.2, 228) + '<w:outlineLvl w:val="1"/>', run=BOLD + TIGHT + size(30), next="Normal"),
    Style("Heading3", "heading 3", para=KEEP + f'<w:tabs><w:tab w:val="right" w:pos="{WIDE * MM:.0f}"/></w:tabs>' + space(6, 2, 228)
          + MIDDLE + '<w:outlineLvl w:val="2"/>', run=BOLD + size(25), next="Normal"),
    Style("Label", "Kind of document", para=f'<w:tabs><w:tab w:val="right" w:pos="{WIDE * MM:.0f}"/></w:tabs>' + space(2, 0) + MIDDLE, run=BOLD + size(23)),
    Style("Question", "Question", para=space(0, 3), run=BOLD + size(28)),
    Style("Lead", "Lead", para=space(1, 3), run=size(25)),
    Style("Note", "Note", para=space(1, 1.5), run=colour(INK2) + size(18)),
    Style("Look", "Look here", para=space(3.5, 3)),
    Style("ListBullet", "List Bullet", para='<w:numPr><w:numId w:val="1"/></w:numPr>' + space(0, 1)),
    Style("Idea", "Idea", "ListBullet", '<w:keepLines/><w:numPr><w:numId w:val="2"/></w:numPr><w:pBdr>' + edge("bottom", 4, HAIR, 3)
          + edge("between", 4, HAIR, 3) + f'</w:pBdr><w:tabs><w:tab w:val="right" w:pos="{WIDE * MM:.0f}"/></w:tabs>' + space(0.6, 0.8), size(20)),
    Style("Fact", "Fact", para=f'<w:tabs><w:tab w:val="left" w:pos="{50 * MM:.0f}"/></w:tabs>' + space(0, 1.2)
          + f'<w:ind w:left="{50 * MM:.0f}" w:hanging="{50 * MM:.0f}"/>', run=size(21)),
    Style("Closing", "What comes next", "Fact", "<w:pBdr>" + edge("top", 9, gap=7) + edge("bottom", 9, gap=7) + "</w:pBdr>" + space(0, 1.6),
          size(22)),
    Style("Caption", "caption", para=KEEP + space(5, 1.6), run=BOLD + size(21)),
    Style("TableHead", "Table head", para="<w:keepNext/>" + space(0, 0, 240), run=BOLD + colour(INK2) + size(18)),
    Style("TableCell", "Table cell", para=space(0, 0, 252) + MIDDLE, run=size(20)),
    Style("TableNote", "Table note", "TableCell", run=colour(INK2) + size(18)),
    Style("Rank", "Rank", "TableCell", space(0, 0, 200), BOLD + size(64)),
    Style("PlaceName", "Priority", "TableCell", f'<w:tabs><w:tab w:val="right" w:pos="{139 * MM:.0f}"/></w:tabs>' + space(0, 1.4, 240), BOLD + size(28)),
    Style("Side", "Side", "TableCell", f'<w:tabs><w:tab w:val="left" w:pos="{25 * MM:.0f}"/></w:tabs>' + space(0, 0.8, 240)
          + f'<w:ind w:left="{25 * MM:.0f}" w:hanging="{25 * MM:.0f}"/>', colour(INK2) + size(18)),
    Style("TOC2", "toc 2", para=space(0, 1.2), run=size(20)),
    Style("Header", "header", para=space(0, 0, 240)),
    Style("Footer", "footer", para=f'<w:tabs><w:tab w:val="right" w:pos="{WIDE * MM:.0f}"/></w:tabs>' + space(0, 0, 240), run=colour(INK2) + size(17)),
)
CHARACTERS = (("Strong", "Strong", BOLD), ("Beside", "Beside", '<w:b w:val="0"/><w:bCs w:val="0"/>' + colour(INK2) + size(18)),
              ("Number", "Number", BOLD + colour(INK) + size(19)), ("Sum", "Sum", BOLD + size(40)),
              ("Tag", "Tag", BOLD + size(18) + f'<w:bdr w:val="single" w:sz="7" w:space="0" w:color="{INK}"/>'),
              ("Highlight", "Highlight", BOLD + f'<w:bdr w:val="single" w:sz="24" w:space="0" w:color="{YELLOW}"/><w:shd w:val="clear" w:color="auto" w:fill="{YELLOW}"/>'))


def shrunk(xml: str, share: float) -> str:
    """*xml* at a *share* of its size, in the styles of the first page, but for headings, which keep their names."""
    if share == 1:
        return xml
    xml = SIZES.sub(lambda m: f'{m[1]}"{round(int(m[2]) * share)}"', xml)
    return NAMED.sub(lambda m: m[0] if m[2].startswith(("Title", "Heading")) else f'<w:{m[1]} w:val="{m[2]}First"/>', xml)


def _first_page(from_right: bool, share: float) -> tuple[list[Style], list[tuple[str, str, str]], str]:
    """The same styles smaller, for a first page that would not fit: of paragraphs, of characters, of tables."""
    normal = Style("Normal", "Normal", para=space(0, 1.8, 264), run=size(22))
    kept = [normal, *(s for s in STYLES if not s.id.startswith(("Title", "Heading")))]
    small = [Style(f"{s.id}First", f"{s.name}, first page", "Normal" if s is normal else f"{s.based}First", shrunk(s.para, share), shrunk(s.run, share)) for s in kept]
    return small, [(f"{id}First", f"{name}, first page", shrunk(look, share)) for id, name, look in CHARACTERS], _table(from_right, "First", share)


def styles(language: str, from_right: bool, share: float):
    """The styles part's element; *share* is how large the first page is set."""
    small, small_characters, small_table = _first_page(from_right, share) if share < 1 else ([], [], "")
    latin, other = ("en-GB", language) if from_right else (language, "ar-SA")
    asian = language if language.split("-")[0] in ("zh", "ja", "ko") else "zh-CN"
    normal = (f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{FACE}" w:hAnsi="{FACE}" w:eastAsia="Microsoft YaHei" w:cs="Arial"/>'
              f'{colour(INK)}{size(22)}<w:lang w:val="{latin}" w:eastAsia="{asian}" w:bidi="{other}"/></w:rPr></w:rPrDefault>'
              f'<w:pPrDefault><w:pPr>{space(0, 1.8, 264)}</w:pPr></w:pPrDefault></w:docDefaults>'
              '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
              '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:semiHidden/></w:style>'
              '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:semiHidden/></w:style>'
              '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
              '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>')
    paragraphs = "".join(
        f'<w:style w:type="paragraph" w:styleId="{s.id}"{_custom(s.name)}><w:name w:val="{s.name}"/><w:basedOn w:val="{s.based}"/>'
        f'<w:next w:val="{s.next or s.id}"/><w:qFormat/><w:pPr>{s.para}</w:pPr><w:rPr>{s.run}</w:rPr></w:style>' for s in (*STYLES, *small))
    characters = "".join(
        f'<w:style w:type="character" w:styleId="{id}"{_custom(name)}><w:name w:val="{name}"/><w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/>'
        f'<w:rPr>{look}</w:rPr></w:style>' for id, name, look in (*CHARACTERS, *small_characters))
    return parse_xml(f"<w:styles {W}>{normal}{paragraphs}{characters}{_table(from_right)}{small_table}</w:styles>")


BUILT_IN = ("Title", "Subtitle", "List Bullet", "Strong")


def _custom(name: str) -> str:
    """Word's own names begin small, but for these; what is ours says so."""
    return "" if name in BUILT_IN or name[0].islower() and "," not in name else ' w:customStyle="1"'


def _table(from_right: bool, tail: str = "", share: float = 1) -> str:
    """The room between columns is at their end; from the right it is parted, since programs differ in which side they call left then."""
    start, end = (1.5, 1.5) if from_right else (0, 3)
    margins = "".join(f'<w:{side} w:w="{mm * MM:.0f}" w:type="dxa"/>' for side, mm in (("top", 1.1 * share), ("left", start), ("bottom", 1.1 * share), ("right", end)))
    return (f'<w:style w:type="table" w:customStyle="1" w:styleId="Workshop{tail}"><w:name w:val="Workshop{tail}"/><w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr>'
            f'<w:tblBorders>{edge("bottom", 4, HAIR)}{edge("insideH", 4, HAIR)}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr></w:style>')


NUMBERED = 3                        # the first numbered list; one more for each part whose sections are numbered


def numbering(parts: int):
    """Bullets, ideas, and numbers of sections that begin anew in each of *parts*."""
    bullet = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
        f'<w:pStyle w:val="{style}"/><w:suff w:val="tab"/><w:lvlText w:val="{sign}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="{left}"/></w:pPr>'
        f'<w:rPr><w:rFonts w:ascii="{FACE}" w:hAnsi="{FACE}" w:cs="Arial" w:hint="default"/>{colour(INK)}</w:rPr></w:lvl></w:abstractNum>'
        for n, style, sign, left in ((1, "ListBullet", "•", 227), (2, "Idea", "–", 227)))
    counted = ('<w:abstractNum w:abstractNumId="3"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
               '<w:suff w:val="tab"/><w:lvlText w:val="%1"/><w:lvlJc w:val="left"/><w:pPr><w:tabs><w:tab w:val="num" w:pos="454"/></w:tabs>'
               f'<w:ind w:left="454" w:hanging="454"/></w:pPr><w:rPr><w:b w:val="0"/><w:bCs w:val="0"/>{colour(INK2)}</w:rPr></w:lvl></w:abstractNum>')
    lists = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2))
    lists += "".join(f'<w:num w:numId="{NUMBERED + n}"><w:abstractNumId w:val="3"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
                     for n in range(parts))
    return parse_xml(f"<w:numbering {W}>{bullet}{counted}{lists}</w:numbering>")


def settings(language: str, from_right: bool, faces: bool):
    """The settings part's element: as Word of today works, not as one of the past."""
    embedded = "<w:embedTrueTypeFonts/>" if faces else ""
    modern = "".join(f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>' for name, value in (
        ("compatibilityMode", 15), ("overrideTableStyleFontSizeAndJustification", 1), ("enableOpenTypeFeatures", 1),
        ("doNotFlipMirrorIndents", 1), ("differentiateMultirowTableHeaders", 1)))
    return parse_xml(f'<w:settings {W}><w:zoom w:percent="100"/>{embedded}<w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>'
                     f'<w:compat>{modern}</w:compat><w:themeFontLang w:{"bidi" if from_right else "val"}="{language}"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>')


def font_table(keys: dict[str, str]) -> bytes:
    """The faces that come with the file: *keys* are those of regular and bold.  Verdana where a program ignores them."""
    embedded = "".join(f'<w:embed{kind} r:id="{kind}" w:fontKey="{key}"/>' for kind, key in keys.items())
    return (f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {W}><w:font w:name="{FACE}"><w:altName w:val="Verdana"/>'
            f'<w:family w:val="swiss"/><w:pitch w:val="variable"/>{embedded}</w:font></w:fonts>').encode()


@cache
def faces() -> dict[str, tuple[str, bytes]]:
    """Regular and bold with their keys, hidden as Word wants them (ECMA-376, part 4, 2.8.1); none where the build brought none."""
    folder, found = shipped("static") / "vendor" / "fonts", {}
    for kind, name in (("Regular", "atkinson-next-400.ttf"), ("Bold", "atkinson-next-700.ttf")):
        if (folder / name).exists():
            key = uuid.uuid5(uuid.NAMESPACE_URL, name)
            face = (folder / name).read_bytes()
            hidden = bytes(a ^ b for a, b in zip(face[:32], cycle(key.bytes[::-1]), strict=False))
            found[kind] = (f"{{{str(key).upper()}}}", hidden + face[32:])
    return found


def lay_out(page, from_right: bool) -> None:
    """A4 with the margins of the PDF."""
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(19)
    page.top_margin, page.bottom_margin, page.header_distance, page.footer_distance = Mm(18), Mm(22), Mm(0), Mm(10)
    if from_right:
        page._sectPr.find(qn("w:docGrid")).addprevious(parse_xml(f"<w:bidi {W}/>"))
