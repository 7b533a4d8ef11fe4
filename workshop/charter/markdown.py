"""A document as Markdown: plain, readable as it is, and the same in every viewer."""
import re
from collections.abc import Iterable

from workshop.charter.blocks import Block, Cell, Mark
from workshop.charter.document import Document, Section
from workshop.words import _, joined

MARKUP = re.compile(r"([\\`*_\[\]<>|~#])")
STARTS = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")


def write(document: Document) -> bytes:
    """*document* as Markdown with tables, in UTF-8."""
    d = document
    label = f"**{told(d.label)}**" + (f" ({told(d.draft)})" if d.draft else "")
    head = [f"# {told(d.title)}", label, told(d.lead), told(d.line)]
    room = joined(f"{told(dots.side)}: {dots.n}" for dots in d.room)
    facts = [f"- {told(name)}: **{told(value)}**" for name, value in d.facts]
    if room:
        facts.append(f"- {told(_('In the room'))}: {room}")
    pieces = [*head, "\n".join(facts), *(_block(b, 2) for b in d.front)]
    for part in d.parts:
        pieces += [f"## {told(part.title)}", *(piece for section in part.sections for piece in _section(section))]
    return ("\n\n".join(filter(None, pieces)) + "\n").encode()


def told(text: str) -> str:
    """*text* as Markdown that shows it literally, on one line."""
    text = MARKUP.sub(r"\\\1", " ".join(text.split())).replace("&", "&amp;")
    return STARTS.sub(lambda m: m[1] + ("\\" + m[2] if not m[2].isdigit() else m[2] + "\\"), text)


def _section(section: Section) -> list[str]:
    number = f"{section.number}. " if section.number else ""
    return [f"### {number}{told(section.title)}", *(_block(block, 4) for block in section.blocks)]


def _block(block: Block, level: int) -> str:
    return BLOCKS[block.type](block, level)


def _words(block, level: int) -> str:
    return f"**{told(block.text)}**" if block.kind == "look" else told(block.text)


def _heading(block, level: int) -> str:
    beside = f" ({told(block.beside)})" if block.beside else ""
    return f"{'#' * level} {_marked(block.mark)}{told(block.text)}{beside}"


def _compared(block, level: int) -> str:
    return "".join(map(_piece, block.pieces)).strip()


def _piece(piece) -> str:
    if not piece.how:
        before, after = (" " * piece.text[at].isspace() for at in (0, -1))
        return before + told(piece.text) + (after if piece.text.strip() else "")
    sign = "**" if piece.how == "added" else "~~"
    return f"\\[{told(piece.said)} {sign}{told(piece.text)}{sign}\\]"


def _bullets(block, level: int) -> str:
    return _list(block.entries)


def _list(entries: Iterable[str]) -> str:
    return "\n".join(f"- {told(entry)}" for entry in entries)


def _columns(block, level: int) -> str:
    return "\n\n".join(f"**{told(title)}**\n\n{_list(entries)}" for title, entries in block.parts)


def _facts(block, level: int) -> str:
    return "\n".join(f"- {told(name)}: **{told(value)}**" for name, value in block.pairs)


def _places(block, level: int) -> str:
    return "\n\n".join(_place(entry) for entry in block.entries)


def _place(p) -> str:
    tag = f" ({told(p.tag)})" if p.tag else ""
    sides = "\n".join(f"- {told(dots.side)}: {dots.n} {told(dots.people)}" for dots in p.sides)
    name = f"**{told(p.rank)}\\. {_marked(p.mark)}{told(p.name)}: {p.dots}**{tag}"
    return "\n\n".join(filter(None, [name, told(p.said), sides, told(p.wording)]))


def _bars(block, level: int) -> str:
    return "\n".join(f"- {_marked(bar.mark)}{told(bar.name)}: {bar.n}" for bar in block.entries)


def _figure(block, level: int) -> str:
    return ""      # its numbers stand in a table after it


def _table(block, level: int) -> str:
    head = [[told(name) for name in block.head], ["---:" if numbers else "---" for _name, numbers in block.columns]]
    lines = [*head, *([_cell(cell) for cell in row] for row in block.rows)]
    caption = f"*{told(block.caption)}*\n\n" if block.caption else ""
    return caption + "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _cell(cell: str | int | Cell) -> str:
    if isinstance(cell, Cell):
        return told(cell.text)
    return str(cell) if isinstance(cell, int) else "<br>".join(told(line) for line in cell.split("\n"))


def _ideas(block, level: int) -> str:
    besides = (f" ({told(line.beside)})" if line.beside else "" for line in block.entries)
    return "\n".join(f"- {told(line.text)}{beside}" for line, beside in zip(block.entries, besides, strict=True))


def _marked(mark: Mark | None) -> str:
    return f"{mark.letter} · " if mark else ""


BLOCKS = {"words": _words, "compared": _compared, "heading": _heading, "bullets": _bullets, "columns": _columns, "facts": _facts,
          "places": _places, "bars": _bars, "figure": _figure, "table": _table, "ideas": _ideas}
