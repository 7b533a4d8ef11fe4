"""The blocks of a document as WordprocessingML."""
from collections.abc import Sequence

from workshop.charter.blocks import Block, Cell, Dots, Mark
from workshop.charter.document import Section
from workshop.charter.docx.look import MM, NUMBERED, WIDE, edge, size, space
from workshop.charter.docx.pictures import Pictures
from workshop.charter.docx.tables import GAP, LEAST, LETTER, LONG, column_widths, kept, row, table
from workshop.charter.docx.words import Writer
from workshop.charter.drawings import MOST_DOTS
from workshop.words import _

TAB = "<w:r><w:tab/></w:r>"
END = '<w:jc w:val="right"/>'       # the end of a line: in a paragraph from the right that is its left
TOGETHER = 6                        # facts that stay on one page; of longer lists LibreOffice would begin a page for each
MANY = 24                           # entries of lists side by side, above which they may go on on the next page
BESIDE = 32                         # mm, up to which a drawing and its words stand in one line of a table
WORDY = 44                          # mm; a column with longer lines shares what the others leave
WIDER = 1.35
SIDE = 78                           # mm of a side's bar, beside which a large number has room
LONG_WORD = 40                      # characters; the journal's hash has 64 and stays on one line
MARKED = {"added": '<w:u w:val="single"/>', "removed": "<w:strike/>", "": ""}
HEAD, SMALL = size(30), size(17)
LISTED = ("table", "ideas", "columns")


class Body:
    """Writes blocks, one method a type.  Counts tables, figures and headings, for captions and the table of contents."""

    def __init__(self, writer: Writer, pictures: Pictures):
        self.write, self.pictures = writer, pictures
        self.contents: list[tuple[str, str]] = []
        self._captions = {"Table": 0, "Figure": 0}

    def blocks(self, blocks: tuple[Block, ...], level: int) -> str:
        """*blocks*, whose headings are of *level*: 1 on the first page of a report, 3 in a section."""
        return "".join(self.words(b, level, leads(blocks, n)) if b.type == "words" else getattr(self, b.type)(b, level) for n, b in enumerate(blocks))

    def section(self, section: Section, part: int) -> str:
        """*section* with a heading of level 2 that the table of contents finds; numbered in the list of its *part*."""
        mark = f"_Toc{len(self.contents) + 1:06d}"
        self.contents.append((mark, section.title))
        n, turned = len(self.contents), self.write.turns(section.title)
        listed = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{NUMBERED + part}"/></w:numPr>' if section.number else ""
        inner = f'<w:bookmarkStart w:id="{n}" w:name="{mark}"/>{self.write.run(section.title, from_right=turned)}<w:bookmarkEnd w:id="{n}"/>'
        return self.write.paragraph(inner, "Heading2", from_right=turned, before=listed) + self.blocks(section.blocks, 3)

    def words(self, b, level: int, leads: bool) -> str:
        if b.kind == "look":
            turned = self.write.turns(b.text)
            return self.write.paragraph(self.write.run(f"\u00a0{b.text}\u00a0", "Highlight", from_right=turned), "Look", from_right=turned)
        return self.write.words(b.text, {"lead": "Lead", "note": "Note"}.get(b.kind, "Normal"), before="<w:keepNext/>" if leads else "")

    def compared(self, b, level: int) -> str:
        turned = self.write.turns("".join(piece.text for piece in b.pieces))
        return self.write.paragraph("".join(self._piece(piece, turned) for piece in b.pieces), from_right=turned)

    def _piece(self, piece, turned: bool) -> str:
        return self.write.run(f"[{piece.said} {piece.text}]" if piece.how else piece.text, look=MARKED[piece.how], from_right=turned)

    def heading(self, b, level: int) -> str:
        small, above = (HEAD, space(5, 2)) if level == 1 else ("", "")
        turned = self.write.turns(b.text)
        beside = TAB + self.write.run(b.beside, "Beside", from_right=turned) if b.beside else ""
        words = self.write.run(b.text, look=small, from_right=turned)
        return self.write.paragraph(self._mark(b.mark) + words + beside, f"Heading{level}", from_right=turned, after=above)

    def bullets(self, b, level: int) -> str:
        return "".join(self.write.words(entry, "ListBullet") for entry in b.entries)

    def columns(self, b, level: int) -> str:
        wide = [WIDE / len(b.parts)] * len(b.parts)
        none = "".join(f'<w:{side} w:val="nil"/>' for side in ("bottom", "insideH"))
        head = self._row(wide, [self._head(title) for title, _entries in b.parts], head=True, lines='<w:bottom w:val="nil"/>')
        lists = ["".join(self.write.words(entry, "ListBullet") for entry in entries) for _title, entries in b.parts]
        breaks = sum(len(entries) for _title, entries in b.parts) > MANY
        return self._after(table(wide, [head, self._row(wide, lists, breaks=breaks)], from_right=self.write.from_right, lines=none))

    def facts(self, b, level: int) -> str:
        style, strong = ("Closing", "Strong") if level == 1 else ("Fact", "")
        return "".join(self.fact(name, value, style, strong, "<w:keepNext/>" if n < len(b.pairs) <= TOGETHER else "") for n, (name, value) in enumerate(b.pairs, start=1))

    def fact(self, name: str, value: str, style: str, strong: str, place: str = "") -> str:
        """A name and a value on a line; *place*: where its paragraph stands, or that it stays with the next."""
        long = SMALL if max(map(len, value.split()), default=0) > LONG_WORD else ""
        return self.write.paragraph(self.write.run(name) + TAB + self.write.run(value, strong, long), style, before=place)

    def places(self, b, level: int) -> str:
        widths = (13, WIDE - 30, 17)
        head = self._row(widths, [self._head(_("Rank")), self._head(_("Priority")), self._head(_("Dots"), end=True)], head=True)
        lines = edge("bottom", 9) + edge("insideH", 9)
        rows = [self._row(widths, (self._rank(p), self._place(p), self._sum(p.dots)), bare=("left", "right")) for p in b.entries]
        return self._after(table(widths, [head, *rows], from_right=self.write.from_right, lines=lines, said=_("Priorities")))

    def _rank(self, p) -> str:
        half_points = (64, 50, 40)[len(p.rank) - 1] if len(p.rank) < 4 else 30
        return self.write.words(p.rank, "Rank", look=size(half_points))

    def _sum(self, dots: int) -> str:
        return self.write.paragraph(self.write.run(str(dots), "Sum"), "TableCell", after=END)

    def _place(self, p) -> str:
        turned = self.write.turns(p.name)
        tag = TAB + self.write.run(f"\u00a0{p.tag}\u00a0", "Tag", from_right=turned) if p.tag else ""
        name = self.write.paragraph(self._mark(p.mark) + self.write.run(p.name, from_right=turned) + tag, "PlaceName", from_right=turned)
        sides = "".join(self._side(side) for side in p.sides)
        return name + sides + "".join(self.write.words(text, "TableCell") for text in (p.said, p.wording) if text)

    def _side(self, side: Dots) -> str:
        drawn = self.pictures.inline(side.drawing, room=SIDE if max(side.n, side.most) > MOST_DOTS else 0) if side.n else ""
        turned = self.write.turns(side.side)
        people = self.write.run(f"  {side.people}" if side.people else "", from_right=turned)
        words = self.write.run(side.side, from_right=turned) + TAB + drawn + self.write.run(f"\u00a0{side.n}", "Number", from_right=turned)
        return self.write.paragraph(words + people, "Side", from_right=turned)

    def bars(self, b, level: int) -> str:
        named = max((len(bar.name) for bar in b.entries), default=0) > 3
        widths = (80, WIDE - 80) if named else (14, WIDE - 14)
        tabs = f'<w:tabs><w:tab w:val="right" w:pos="{(widths[1] - GAP) * MM:.0f}"/></w:tabs>'
        head = self._row(widths, [self._head(b.name), self._head(b.unit, end=True)], head=True, lines='<w:bottom w:val="nil"/>')
        rows = [self._row(widths, (self._line(bar.name, "TableCell", mark=bar.mark),
                                   self.write.paragraph(self.pictures.inline(bar.drawing) + TAB + self.write.run(str(bar.n), "Number"), "TableCell", before=tabs)), middle=True)
                for bar in b.entries]
        none = "".join(f'<w:{side} w:val="nil"/>' for side in ("bottom", "insideH"))
        return self._after(table(widths, [head, *map(kept, rows[:-1]), *rows[-1:]], from_right=self.write.from_right, lines=none, said=b.unit, tight=True))

    def figure(self, b, level: int) -> str:
        """A drawing between the words at its corners, and how to read it.  Effort grows to the right in every language."""
        wide = round(b.drawing.wide)
        inset = WIDE - wide if self.write.from_right else 0
        corners = f'<w:keepNext/><w:tabs><w:tab w:val="right" w:pos="{(inset + wide) * MM:.0f}"/></w:tabs>'
        place = f'<w:ind w:left="{inset * MM:.0f}"/>' if inset else ""
        above, below = (self.write.paragraph(self.write.run(start, "Strong", from_right=False) + TAB + self.write.run(end, "Strong", from_right=False),
                                             from_right=False, before=corners, after=place) if start or end else "" for start, end in (b.above, b.below))
        drawn = self.write.paragraph(self.pictures.inline(b.drawing, b.alt), from_right=False, before="<w:keepNext/>")
        return above + drawn + below + self.caption("Figure", b.caption)

    def table(self, b, level: int) -> str:
        columns, held = b.columns, [[r[k] for r in b.rows] for k in range(len(b.head))]
        needs = [max(LEAST, GAP + max(self._head_need(name), *map(_need, cells), 0)) for name, cells in zip(b.head, held, strict=True)]
        wordy = [any(isinstance(cell, str) and _need(cell) > WORDY for cell in cells) for cells in held]
        widths = column_widths(needs, [1 if k in b.wide else 0.5 * wordy[k] for k in range(len(held))], WIDE)
        head = self._row(widths, [self._head(name, end=numbers) for name, numbers in columns], head=True)
        rows = [self._row(widths, [self._cell(cell, numbers, wide) for cell, (_name, numbers), wide in zip(cells, columns, widths, strict=True)],
                          breaks=any(isinstance(cell, str) and len(cell) > LONG for cell in cells)) for cells in b.rows]
        rows = [kept(made) if n in (0, len(rows) - 2) and n + 1 < len(rows) else made for n, made in enumerate(rows)]
        made = table(widths, [head, *rows], from_right=self.write.from_right, said=b.caption)
        return (self.caption("Table", b.caption) if b.caption else "") + self._after(made)

    def _head_need(self, name: str) -> float:
        """The mm that the head of a column takes, which is bold; in the face of another program joined letters may be wide."""
        return _need(name) * (WIDER if self.write.from_right else 1)

    def _row(self, widths: Sequence[float], cells: Sequence[str], **more) -> str:
        return row(widths, cells, **{"bare": () if self.write.from_right else ("right",)} | more)

    def _cell(self, cell: str | int | Cell, numbers: bool, wide: float) -> str:
        if isinstance(cell, Cell):
            between = self.write.run(" ") if cell.drawing.wide + LETTER * (len(cell.text) + 1) < wide else "<w:r><w:br/></w:r>"
            return self.write.paragraph(self.pictures.inline(cell.drawing, room=wide - GAP) + between + self.write.run(cell.text, "Number"), "TableCell")
        if isinstance(cell, int):
            return self.write.words(str(cell), "TableCell", after=END if numbers else "")
        first, *more = cell.split("\n")
        return self._line(first, "TableCell", numbers) + "".join(self._line(line, "TableNote") for line in more)

    def ideas(self, b, level: int) -> str:
        return "".join(self._idea(line.text, line.beside) for line in b.entries)

    def _idea(self, text: str, beside: str) -> str:
        turned = self.write.turns(text)
        together = beside.replace(" ", "\u00a0") if len(beside) < LONG_WORD else beside
        added = TAB + self.write.run(together, "Beside", from_right=turned) if beside else ""
        return self.write.paragraph(self.write.run(text, from_right=turned) + added, "Idea", from_right=turned)

    def caption(self, kind: str, text: str) -> str:
        """A caption that Word counts: *kind* is ``Table`` or ``Figure``."""
        self._captions[kind] += 1
        counted = field(f"SEQ {kind} \\* ARABIC", str(self._captions[kind]))
        name, turned = {"Table": _("Table"), "Figure": _("Figure")}[kind], self.write.turns(text)
        words = self.write.run(f"{name} ", from_right=turned) + counted + self.write.run(f". {text}", from_right=turned)
        return self.write.paragraph(words, "Caption", from_right=turned)

    def _head(self, name: str, end: bool = False) -> str:
        """The head of a column, at the *end* of it where that holds numbers."""
        return self._line(name, "TableHead", end)

    def _line(self, text: str, style: str, end: bool = False, mark: Mark | None = None) -> str:
        """Words in a column, after their *mark*: they begin where it begins, whichever way they run."""
        turned = self.write.turns(text)
        inner = self._mark(mark) + self.write.run(text, from_right=turned)
        return self.write.paragraph(inner, style, from_right=turned, after=self.write.edge(turned, end))

    def _mark(self, mark: Mark | None) -> str:
        return self.pictures.inline(mark.drawing, mark.letter) + self.write.run("\u00a0\u00a0") if mark else ""

    def _after(self, made: str) -> str:
        """Room below a table; Word also joins two that nothing stands between."""
        return made + self.write.paragraph("", before="", after=f'<w:spacing w:before="0" w:after="0" w:line="{2 * MM:.0f}" w:lineRule="exact"/>')


def _need(cell: str | int | Cell) -> float:
    """The mm that the longest line of *cell* takes; the words of a wide drawing stand below it."""
    if isinstance(cell, Cell):
        words, drawn = LETTER * (len(cell.text) + 1), cell.drawing.wide
        return drawn + words if drawn + words < BESIDE else max(drawn, words)
    return LETTER * max(map(len, str(cell).split("\n")))


def field(code: str, shown: str) -> str:
    """A field of Word's that we wrote; *shown* is what it says until Word counts anew."""
    sign = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    return (f'{sign("begin")}<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>{sign("separate")}'
            f'<w:r><w:t>{shown}</w:t></w:r>{sign("end")}')


def leads(blocks: tuple[Block, ...], n: int) -> bool:
    """Whether the words at *n* in *blocks* belong on the page of what comes after them: a list, or below a heading one more line and a list.

    ``document.typ`` asks the same.
    """
    following = [b.type for b in blocks[n + 1:n + 3]]
    below = n > 0 and blocks[n - 1].type == "heading"
    return bool(following) and (following[0] in LISTED or below and following[0] == "words" and following[-1] in LISTED)
