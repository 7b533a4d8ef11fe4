"""The pages of a Word file: the cover of a charter, the first page of a report, contents, parts, header and footer."""
from workshop.charter.document import Document
from workshop.charter.docx.body import TAB, Body, field
from workshop.charter.docx.look import MM, WIDE, edge, shrunk, size, space
from workshop.charter.drawings import INK, Drawing
from workshop.charter.first_page import FRONT, first_share, in_lines, points

COVER = (55, 46, 38, 30, 24, 18)    # points
BREAK = "<w:pageBreakBefore/>"


def document_xml(d: Document, body: Body) -> str:
    """Everything between the margins."""
    first = _cover(d, body) if d.kind == "charter" else _front(d, body)
    parts = [(part, [body.section(section, n) for section in part.sections]) for n, part in enumerate(d.parts)]
    contents = _contents(body) if d.kind == "report" else ""
    return first + "".join(body.write.words(part.title, "Heading1", before=BREAK) + (contents if n == 0 else "") + "".join(made)
                           for n, (part, made) in enumerate(parts))


def header_xml(d: Document, body: Body, first: bool) -> str:
    return body.write.paragraph(body.pictures.behind(binding(d, first)), "Header")


def footer_xml(d: Document, body: Body) -> str:
    pages = f'{field("PAGE", "1")}{body.write.run(" / ")}{field("NUMPAGES", "1")}'
    return body.write.paragraph(body.write.run(d.foot) + TAB + pages, "Footer")


def _label(d: Document, body: Body) -> str:
    draft = TAB + body.write.run(f"\u00a0{d.draft}\u00a0", "Highlight") if d.draft else ""
    logo = ("" if draft else TAB) + body.write.run("  ") + body.pictures.inline(d.logo) if d.logo else ""
    return body.write.paragraph(body.write.run(d.label) + draft + logo, "Label")


def _title(d: Document, body: Body, sizes: tuple[int, ...]) -> str:
    close = space(0, 3, 216) if sizes is FRONT else ""
    return body.write.words(d.title, "Title", look=size(2 * points(d.title, sizes)), after=close)


def _cover(d: Document, body: Body) -> str:
    write = body.write
    top = write.paragraph("", after=f'<w:spacing w:before="0" w:after="{6 * MM:.0f}"/>')
    lead = write.words(d.lead, "Subtitle", after=f'<w:ind w:right="{30 * MM:.0f}"/>')
    anchor = write.paragraph("")    # frames hang on the paragraph after them, which must be on their page
    return top + _label(d, body) + _title(d, body, COVER) + lead + _room(d, body) + _cover_facts(d, body) + anchor


def _room(d: Document, body: Body) -> str:
    """The people in the room, a dot each, above what stands at the foot of the cover; and which dot is whose."""
    if not d.room:
        return ""
    picture, write = d.field, body.write
    named = [f"\u00a0{side.side},\u00a0{side.n}      " for side in d.room]
    keys = "".join(body.pictures.inline(side.key) + write.run(words) for side, words in zip(d.room, named, strict=True))
    place = _frame(0, _foot(d) - 8 - 4 * in_lines("".join(named) + d.room_note, 105) - picture.high, WIDE)
    dots = write.paragraph(body.pictures.inline(picture, d.room_note), before=place)
    return dots + write.paragraph(keys + write.run(d.room_note), "Note", before=place)


def _cover_facts(d: Document, body: Body) -> str:
    """What stands at the foot of the cover, a line each."""
    if not d.facts:
        return ""
    place = _frame(0, _foot(d), WIDE)
    rule = body.write.paragraph(body.pictures.inline(line()), before=place)
    return rule + "".join(body.fact(name, value, "Fact", "Strong", place) for name, value in d.facts)


def _foot(d: Document) -> float:
    """Where the foot of the cover begins: mm from the margin."""
    return 252 - sum(5.8 * in_lines(value, 58) for _name, value in d.facts)


def _frame(x: float, y: float, wide: float) -> str:
    """Where a paragraph stands that is not in the text: mm from the margins."""
    return (f'<w:framePr w:w="{wide * MM:.0f}" w:hSpace="0" w:wrap="around" w:vAnchor="margin" w:hAnchor="margin" w:x="{max(x * MM, 1):.0f}"'
            f' w:y="{max(y * MM, 1):.0f}"/>')


def _front(d: Document, body: Body) -> str:
    """Complete alone: the question, what was decided, what comes next."""
    side = "right" if body.write.turns(d.lead) else "left"
    question = body.write.words(d.lead, "Question", before=f'<w:pBdr>{edge(side, 32, gap=10)}</w:pBdr>',
                                after=f'<w:ind w:left="{5 * MM:.0f}"/>')
    line = body.write.words(d.line, "Note")
    return shrunk(_label(d, body) + _title(d, body, FRONT) + question + line + body.blocks(d.front, 1), first_share(d))


def _contents(body: Body) -> str:
    """A table of contents without page numbers, which only Word can count; it is Word's own, so that people can have it renewed."""
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "2-2" \\n \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    last, lines = len(body.contents) - 1, []
    for n, (mark, title) in enumerate(body.contents):
        link = f'<w:hyperlink w:anchor="{mark}" w:history="1">{body.write.run(title)}</w:hyperlink>'
        lines.append(body.write.paragraph((begin if n == 0 else "") + link + (end if n == last else ""), "TOC2"))
    return "".join(lines)


def binding(d: Document, first: bool) -> Drawing:
    """The strip along the upper edge of a page, with holes on the first, and a line in the colour of *d* where that is light."""
    high, below = (7.0, 2.0) if first else (2.6, 0.8)
    holes = "".join(f'<circle cx="{210 * share:.1f}" cy="3.5" r="2.1" fill="#ffffff"/>' for share in (0.075, 0.356, 0.646, 0.925)) if first else ""
    edge_line = f'<path d="M0 {high}h210v{below}H0z" fill="{d.edge}"/>' if d.edge else ""
    return _drawn(210, high + (below if d.edge else 0), f'<path d="M0 0h210v{high}H0z" fill="currentColor"/>{edge_line}{holes}', d.ink)


def line() -> Drawing:
    """What parts the room from the facts at the foot of the cover."""
    return _drawn(WIDE, 0.4, f'<path d="M0 0h{WIDE}v.4H0z" fill="currentColor"/>', INK)


def _drawn(wide: float, high: float, inside: str, ink: str) -> Drawing:
    return Drawing(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" color="{ink}">{inside}</svg>', wide, high)
