"""Tables in WordprocessingML: fixed columns, a head that comes again on every page, hairlines between rows."""
import re
from collections.abc import Iterable, Sequence

from workshop.charter.docx.look import MM, edge
from workshop.charter.docx.words import xml_text

LONG = 1500                         # characters above which a row may go on on the next page
LETTER, LEAST, GAP = 2, 13, 3.5    # mm: a letter in a table, the narrowest column, the room between two

TIGHT = "".join(f'<w:{side} w:w="17" w:type="dxa"/>' for side in ("top", "bottom"))


def table(widths: Sequence[float], rows: Iterable[str], *, from_right: bool, said: str = "", lines: str = "", tight: bool = False) -> str:
    """A table of *rows*, XML of ``row``; *widths* in mm.

    said: what it holds, for who cannot see it.  lines: borders other than the style's.  tight: with little room between rows.
    """
    turned = "<w:bidiVisual/>" if from_right else ""
    borders = f"<w:tblBorders>{lines}</w:tblBorders>" if lines else ""
    name = f'<w:tblCaption w:val="{xml_text(said)}"/>' if said else ""
    margins = f"<w:tblCellMar>{TIGHT}</w:tblCellMar>" if tight else ""
    columns = "".join(f'<w:gridCol w:w="{wide * MM:.0f}"/>' for wide in widths)
    return (f'<w:tbl><w:tblPr><w:tblStyle w:val="Workshop"/>{turned}<w:tblW w:w="{sum(widths) * MM:.0f}" w:type="dxa"/>{borders}<w:tblLayout w:type="fixed"/>{margins}'
            f'<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>{name}</w:tblPr>'
            f'<w:tblGrid>{columns}</w:tblGrid>{"".join(rows)}</w:tbl>')


def row(widths: Sequence[float], cells: Sequence[str], *, head: bool = False, breaks: bool = False, lines: str = "", middle: bool = False, bare: Sequence[str] = ("right",)) -> str:
    """A row of *cells*, each XML of its paragraphs.  *head* comes again on every page, *breaks* may go on on the next; *bare*: the sides of the last that have no room."""
    borders = f"<w:tcBorders>{lines or edge('bottom', 9)}</w:tcBorders>" if head or lines else ""
    low = f'<w:vAlign w:val="{"center" if middle else "bottom"}"/>' if head or middle else ""
    ends = [""] * (len(cells) - 1) + ["".join(("<w:tcMar>", *(f'<w:{side} w:w="0" w:type="dxa"/>' for side in bare), "</w:tcMar>")) if bare else ""]
    made = "".join(f'<w:tc><w:tcPr><w:tcW w:w="{wide * MM:.0f}" w:type="dxa"/>{borders}{room}{low}</w:tcPr>{cell}</w:tc>'
                   for wide, cell, room in zip(widths, cells, ends, strict=True))
    return f'<w:tr><w:trPr>{"" if breaks else "<w:cantSplit/>"}{"<w:tblHeader/>" if head else ""}</w:trPr>{made}</w:tr>'


def kept(made: str) -> str:
    """The row *made*, on the page of the next, so that neither of them stands alone."""
    return re.sub('(<w:pStyle w:val="Table(?:Cell|Note)"/>)', r"\1<w:keepNext/>", made)


def column_widths(needs: Sequence[float], shares: Sequence[float], room: float) -> list[float]:
    """Widths in mm that fill *room*.

    needs: mm that the longest line in each column takes.  shares: 0 where a column gets what it needs; the others part
    what is left by their shares, at least a quarter of the room.
    """
    if not any(shares):
        shares = [float(need == max(needs)) for need in needs]
    narrow = sum(need for need, share in zip(needs, shares, strict=True) if not share)
    left = max(room - narrow, room / 4)
    shrink = min(1.0, (room - left) / narrow) if narrow else 1.0
    return [left * share / sum(shares) if share else need * shrink for need, share in zip(needs, shares, strict=True)]
