"""The pages of a Word file: the cover of a charter, the first page of a report, contents, parts, header and footer."""
from textwrap import wrap

from workshop.charter.document import Document
from workshop.charter.docx.body import TAB, Body, field
from workshop.charter.docx.look import MM, WIDE, edge, size
from workshop.charter.drawings import INK, Drawing

COVER, FRONT = (55, 46, 38, 30, 24, 18), (28, 24, 20, 16)           # points
LETTER = 0.2                        # mm a point: about as wide as a bold letter is
FOOT = 244                          # mm from the margin: what stands at the foot of the cover
BREAK = "<w:pageBreakBefore/>"


def document_xml(d: Document, body: Body) -> str:
    """Everything between the margins."""
    first = _cover(d, body) if d.kind == "charter" else _front(d, body)
    parts = [(part, [body.section(section, n) for section in part.sections]) for n, part in enumerate(d.parts)]
    contents = _contents(body) if d.kind == "report" else ""
    return first + "".join(body.write.words(part.title, "Heading1", before=BREAK) + (contents if n == 0 else "") + "".join(made)
                           for n, (part, made) in enumerate(parts))


def header_xml(body: Body, first: bool) -> str:
    return body.write.paragraph(body.pictures.behind(binding(first)), "Header")


def footer_xml(d: Document, body: Body) -> str:
    pages = f'{field("PAGE", "1")}{body.write.run(" / ")}{field("NUMPAGES", "1")}'
    return body.write.paragraph(body.write.run(d.foot) + TAB + pages, "Footer", of=d.foot)


def _label(d: Document, body: Body) -> str:
    draft = TAB + body.write.run(f"\u00a0{d.draft}\u00a0", "Highlight") if d.draft else ""
    return body.write.paragraph(body.write.run(d.label) + draft, "Label", of=d.label)


def _title(d: Document, body: Body, sizes: tuple[int, ...]) -> str:
    """The title in the largest of *sizes* at which it takes at most three lines and no word of it is broken."""
    def fits(points: int) -> bool:
        lines = wrap(d.title, int(WIDE / (LETTER * points)), break_long_words=False, break_on_hyphens=False)
        return len(lines) <= 3 and all(len(line) * LETTER * points <= WIDE for line in lines)
    return body.write.words(d.title, "Title", look=size(2 * next(filter(fits, sizes), sizes[-1])))


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
    keys = "".join(f'{body.pictures.inline(side.key)}{write.run(f" {side.side}, {side.n}      ")}' for side in d.room)
    place = _frame(0, FOOT - 15 - picture.high, WIDE)
    dots = write.paragraph(body.pictures.inline(picture, d.room_note), before=place)
    return dots + write.paragraph(keys + write.run(d.room_note), "Note", before=place)


def _cover_facts(d: Document, body: Body) -> str:
    """The facts side by side at the foot of the cover, a frame each: so each name is read before its value."""
    if not d.facts:
        return ""
    wide, made = WIDE / len(d.facts), []
    rule = body.write.paragraph(body.pictures.inline(line()), before=_frame(0, FOOT - 3, WIDE))
    for n, (name, value) in enumerate(reversed(d.facts) if body.write.from_right else d.facts):
        place = _frame(n * wide, FOOT, wide)
        made.append(body.write.words(name, "TableHead", before=place)
                    + body.write.words(value, "TableCell", before=place, look="<w:b/><w:bCs/>"))
    return rule + "".join(reversed(made) if body.write.from_right else made)


def _frame(x: float, y: float, wide: float) -> str:
    """Where a paragraph stands that is not in the text: mm from the margins."""
    return (f'<w:framePr w:w="{wide * MM:.0f}" w:hSpace="0" w:wrap="around" w:vAnchor="margin" w:hAnchor="margin" w:x="{max(x * MM, 1):.0f}"'
            f' w:y="{max(y * MM, 1):.0f}"/>')


def _front(d: Document, body: Body) -> str:
    """Complete alone: the question, what was decided, what comes next."""
    side = "right" if body.write.from_right else "left"
    question = body.write.words(d.lead, "Question", before=f'<w:pBdr>{edge(side, 32, gap=10)}</w:pBdr>',
                                after=f'<w:ind w:left="{5 * MM:.0f}"/>')
    line = body.write.words(d.line, "Note")
    return _label(d, body) + _title(d, body, FRONT) + question + line + body.blocks(d.front, 1)


def _contents(body: Body) -> str:
    """A table of contents without page numbers, which only Word can count; it is Word's own, so that people can have it renewed."""
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "2-2" \\n \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    last, lines = len(body.contents) - 1, []
    for n, (mark, title) in enumerate(body.contents):
        link = f'<w:hyperlink w:anchor="{mark}" w:history="1">{body.write.run(title)}</w:hyperlink>'
        lines.append(body.write.paragraph((begin if n == 0 else "") + link + (end if n == last else ""), "TOC2", of=title))
    return "".join(lines)


def binding(first: bool) -> Drawing:
    """The strip along the upper edge of a page, with holes on the first."""
    high = 7.0 if first else 2.6
    holes = "".join(f'<circle cx="{210 * share:.1f}" cy="3.5" r="2.1" fill="#ffffff"/>' for share in (0.075, 0.356, 0.646, 0.925)) if first else ""
    return _drawn(210, high, holes)


def line() -> Drawing:
    """What parts the room from the facts at the foot of the cover."""
    return _drawn(WIDE, 0.4, "")


def _drawn(wide: float, high: float, above: str) -> Drawing:
    return Drawing(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" color="{INK}"><path d="M0 0h{wide}v{high}H0z" fill="currentColor"/>{above}</svg>',
                   wide, high)
