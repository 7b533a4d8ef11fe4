"""The blocks of a document as WordprocessingML."""
from workshop.charter.document import Block, Cell, Dots, Mark, Section
from workshop.charter.docx.look import MM, NUMBERED, WIDE, edge, size
from workshop.charter.docx.pictures import Pictures
from workshop.charter.docx.tables import LONG, column_widths, row, table
from workshop.charter.docx.words import Writer, is_right_to_left
from workshop.words import _

TAB = "<w:r><w:tab/></w:r>"
END = '<w:jc w:val="right"/>'       # the end of a line: in a paragraph from the right Word takes this for its left
LONG_WORD = 40                      # characters; the journal's hash has 64 and stays on one line
HEAD, SMALL = size(30), size(17)


class Body:
    """Writes blocks, one method a type.  Counts tables, figures and headings, for captions and the table of contents."""

    def __init__(self, writer: Writer, pictures: Pictures):
        self.write, self.pictures = writer, pictures
        self.contents: list[tuple[str, str]] = []
        self._captions = {"Table": 0, "Figure": 0}

    def blocks(self, blocks: tuple[Block, ...], level: int) -> str:
        """*blocks*, whose headings are of *level*: 1 on the first page of a report, 3 in a section."""
        return "".join(getattr(self, b.type)(b, level) for b in blocks)

    def section(self, section: Section, part: int) -> str:
        """*section* with a heading of level 2 that the table of contents finds; numbered in the list of its *part*."""
        mark = f"_Toc{len(self.contents) + 1:06d}"
        self.contents.append((mark, section.title))
        n = len(self.contents)
        listed = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{NUMBERED + part}"/></w:numPr>' if section.number else ""
        inner = f'<w:bookmarkStart w:id="{n}" w:name="{mark}"/>{self.write.run(section.title)}<w:bookmarkEnd w:id="{n}"/>'
        return self.write.paragraph(inner, "Heading2", of=section.title, before=listed) + self.blocks(section.blocks, 3)

    def words(self, b, level: int) -> str:
        if b.kind == "look":
            return self.write.paragraph(self.write.run(b.text, "Highlight"), "Look", of=b.text)
        return self.write.words(b.text, {"lead": "Lead", "note": "Note"}.get(b.kind, ""))

    def heading(self, b, level: int) -> str:
        small = HEAD if level == 1 else ""
        beside = TAB + self.write.run(b.beside, "Beside") if b.beside else ""
        return self.write.paragraph(self._mark(b.mark) + self.write.run(b.text, look=small) + beside, f"Heading{level}", of=b.text)

    def bullets(self, b, level: int) -> str:
        return "".join(self.write.words(entry, "ListBullet") for entry in b.entries)

    def columns(self, b, level: int) -> str:
        wide = [WIDE / len(b.parts)] * len(b.parts)
        none = "".join(f'<w:{side} w:val="nil"/>' for side in ("bottom", "insideH"))
        head = row(wide, [self.write.words(title, "TableHead") for title, _entries in b.parts], head=True, lines='<w:bottom w:val="nil"/>')
        lists = ["".join(self.write.words(entry, "ListBullet") for entry in entries) for _title, entries in b.parts]
        breaks = sum(len(entries) for _title, entries in b.parts) > 8
        return self._after(table(wide, [head, row(wide, lists, breaks=breaks)], from_right=self.write.from_right, lines=none))

    def facts(self, b, level: int) -> str:
        style, strong = ("Closing", "Strong") if level == 1 else ("Fact", "")
        return "".join(self._fact(name, value, style, strong) for name, value in b.pairs)

    def _fact(self, name: str, value: str, style: str, strong: str) -> str:
        from_right = is_right_to_left(name, self.write.from_right)
        long = SMALL if max(map(len, value.split()), default=0) > LONG_WORD else ""
        return self.write.paragraph(self.write.run(name) + TAB + self.write.run(value, strong, long, from_right), style, of=name)

    def places(self, b, level: int) -> str:
        widths = (15, WIDE - 33, 18)
        head = row(widths, [self.write.words(_("Rank"), "TableHead"), self.write.words(_("Priority"), "TableHead"),
                            self.write.words(_("Dots"), "TableHead", after=END)], head=True)
        lines = edge("bottom", 9) + edge("insideH", 9)
        rows = [row(widths, (self._rank(p), self._place(p), self._sum(p.dots))) for p in b.entries]
        return self._after(table(widths, [head, *rows], from_right=self.write.from_right, lines=lines, said=_("Priorities")))

    def _rank(self, p) -> str:
        half_points = (64, 50, 40)[len(p.rank) - 1] if len(p.rank) < 4 else 30
        return self.write.words(p.rank, "Rank", look=size(half_points))

    def _sum(self, dots: int) -> str:
        return self.write.paragraph(self.write.run(str(dots), "Sum"), "TableCell", after=END)

    def _place(self, p) -> str:
        tag = TAB + self.write.run(f"\u00a0{p.tag}\u00a0", "Tag") if p.tag else ""
        name = self.write.paragraph(self._mark(p.mark) + self.write.run(p.name) + tag, "PlaceName", of=p.name)
        sides = "".join(self._side(side) for side in p.sides)
        return name + sides + "".join(self.write.words(text, "TableCell") for text in (p.said, p.wording) if text)

    def _side(self, side: Dots) -> str:
        drawn = self.pictures.inline(side.drawing) if side.n else ""
        people = self.write.run(f"  {side.people}" if side.people else "")
        return self.write.paragraph(self.write.run(side.side) + TAB + drawn + self.write.run(f"\u00a0{side.n}", "Number") + people, "Side", of=side.side)

    def bars(self, b, level: int) -> str:
        named = max((len(bar.name) for bar in b.entries), default=0) > 3
        widths = (80, WIDE - 98, 18) if named else (14, WIDE - 32, 18)
        head = row(widths, [self.write.paragraph("", "TableHead")] * 2 + [self.write.words(b.unit, "TableHead", after=END)], head=True, lines='<w:bottom w:val="nil"/>')
        rows = [row(widths, (self.write.paragraph(self._mark(bar.mark) + self.write.run(bar.name), "TableCell", of=bar.name),
                             self.write.paragraph(self.pictures.inline(bar.drawing), "TableCell"),
                             self.write.paragraph(self.write.run(str(bar.n), "Number"), "TableCell", after=END))) for bar in b.entries]
        none = "".join(f'<w:{side} w:val="nil"/>' for side in ("bottom", "insideH"))
        return self._after(table(widths, [head, *rows], from_right=self.write.from_right, lines=none, said=b.unit))

    def figure(self, b, level: int) -> str:
        """A drawing between the words at its corners, and how to read it."""
        wide = round(b.drawing.wide)
        corners = f'<w:keepNext/><w:tabs><w:tab w:val="right" w:pos="{wide * MM:.0f}"/></w:tabs>'
        above, below = (self.write.paragraph(self.write.run(start, "Strong") + TAB + self.write.run(end, "Strong"), of=start, before=corners)
                        if start or end else "" for start, end in (b.above, b.below))
        drawn = self.write.paragraph(self.pictures.inline(b.drawing, b.alt), before="<w:keepNext/>")
        return above + drawn + below + self.caption("Figure", b.caption)

    def table(self, b, level: int) -> str:
        longest = [max((len(line) for r in b.rows if isinstance(r[k], str) for line in r[k].split("\n")), default=0) for k in range(len(b.head))]
        widths = column_widths(b.head, longest, b.wide, WIDE)
        head = row(widths, [self.write.words(name, "TableHead", after=END if numbers else "") for name, numbers in b.columns], head=True)
        rows = [row(widths, [self._cell(cell, numbers) for cell, (_name, numbers) in zip(cells, b.columns, strict=True)],
                    breaks=any(isinstance(cell, str) and len(cell) > LONG for cell in cells)) for cells in b.rows]
        made = table(widths, [head, *rows], from_right=self.write.from_right, said=b.caption)
        return (self.caption("Table", b.caption) if b.caption else "") + self._after(made)

    def _cell(self, cell: str | int | Cell, numbers: bool) -> str:
        if isinstance(cell, Cell):
            return self.write.paragraph(self.pictures.inline(cell.drawing) + self.write.run(f"\u00a0{cell.text}", "Number"), "TableCell", of=cell.text)
        if isinstance(cell, int):
            return self.write.words(str(cell), "TableCell", after=END if numbers else "")
        first, *more = cell.split("\n")
        return self.write.words(first, "TableCell") + "".join(self.write.words(line, "TableNote") for line in more)

    def ideas(self, b, level: int) -> str:
        return "".join(self._idea(line.text, line.beside) for line in b.entries)

    def _idea(self, text: str, beside: str) -> str:
        from_right = is_right_to_left(text, self.write.from_right)
        added = TAB + self.write.run(beside, "Beside", from_right=from_right) if beside else ""
        return self.write.paragraph(self.write.run(text) + added, "Idea", of=text)

    def caption(self, kind: str, text: str) -> str:
        """A caption that Word counts: *kind* is ``Table`` or ``Figure``."""
        self._captions[kind] += 1
        counted = field(f"SEQ {kind} \\* ARABIC", str(self._captions[kind]))
        name = {"Table": _("Table"), "Figure": _("Figure")}[kind]
        return self.write.paragraph(f"{self.write.run(name + ' ')}{counted}{self.write.run('. ' + text)}", "Caption", of=name)

    def _mark(self, mark: Mark | None) -> str:
        return self.pictures.inline(mark.drawing, mark.letter) + self.write.run("\u00a0\u00a0") if mark else ""

    def _after(self, made: str) -> str:
        """Room below a table; Word also joins two that nothing stands between."""
        return made + self.write.paragraph("", before="", after=f'<w:spacing w:before="0" w:after="0" w:line="{2 * MM:.0f}" w:lineRule="exact"/>')


def field(code: str, shown: str) -> str:
    """A field of Word's that we wrote; *shown* is what it says until Word counts anew."""
    sign = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    return (f'{sign("begin")}<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>{sign("separate")}'
            f'<w:r><w:t>{shown}</w:t></w:r>{sign("end")}')
