"""Words in WordprocessingML: paragraphs and runs, each run in the language, face and direction of its script."""
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from xml.sax.saxutils import escape

# What XML cannot hold.  People's words are cleaned before, but a file that Word refuses is no file.
ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Script:
    """How Word sets a script that is not Latin: *kind* is ``rtl``, ``cs`` (complex) or ``asian``."""

    kind: str
    language: str
    face: str


INDIC = {"DEVANAGARI": "hi-IN", "BENGALI": "bn-IN", "GURMUKHI": "pa-IN", "GUJARATI": "gu-IN", "ORIYA": "or-IN", "TAMIL": "ta-IN",
         "TELUGU": "te-IN", "KANNADA": "kn-IN", "MALAYALAM": "ml-IN", "SINHALA": "si-LK"}
SCRIPTS = {
    "ARABIC": Script("rtl", "ar-SA", "Arial"), "HEBREW": Script("rtl", "he-IL", "Arial"),
    "SYRIAC": Script("rtl", "syr-SY", "Estrangelo Edessa"), "THAANA": Script("rtl", "dv-MV", "MV Boli"),
    "NKO": Script("rtl", "nqo-GN", "Ebrima"),
    **{name: Script("cs", language, "Nirmala UI") for name, language in INDIC.items()},
    "THAI": Script("cs", "th-TH", "Leelawadee UI"), "LAO": Script("cs", "lo-LA", "Leelawadee UI"),
    "KHMER": Script("cs", "km-KH", "Leelawadee UI"), "MYANMAR": Script("cs", "my-MM", "Myanmar Text"),
    "TIBETAN": Script("cs", "bo-CN", "Microsoft Himalaya"),
    "CJK": Script("asian", "zh-CN", "Microsoft YaHei"), "BOPOMOFO": Script("asian", "zh-TW", "Microsoft JhengHei"),
    "HIRAGANA": Script("asian", "ja-JP", "Yu Gothic"), "KATAKANA": Script("asian", "ja-JP", "Yu Gothic"),
    "HANGUL": Script("asian", "ko-KR", "Malgun Gothic"),
}
# Languages that share their script with the one above; a document in one of them is in it throughout.
SHARED = {"fa": "ARABIC", "ur": "ARABIC", "ps": "ARABIC", "ckb": "ARABIC", "sd": "ARABIC", "ug": "ARABIC", "yi": "HEBREW",
          "mr": "DEVANAGARI", "ne": "DEVANAGARI", "as": "BENGALI", "ja": "CJK", "ko": "CJK"}
LATIN, NEUTRAL, JOINED = "", "-", "+"
NUMBERS = re.compile(r"\d\W+\d")   # 10:20–10:58: read from the left whatever stands around
LEFT_MARK, RIGHT_MARK = "\u200e", "\u200f"   # signs beside these run their way


@lru_cache(maxsize=8192)
def script_of(c: str) -> str:
    """The script of the letter *c*: a key of ``SCRIPTS``, or ``LATIN`` for every other.

    ``JOINED`` is a mark that stands on the character before it, ``NEUTRAL`` whatever else is no letter.
    """
    kind = unicodedata.category(c)
    if kind[0] == "M" or kind == "Cf":
        return JOINED
    if kind[0] != "L":
        return NEUTRAL
    name = unicodedata.name(c, "").split(" ")[0]
    return name if name in SCRIPTS else LATIN


def is_right_to_left(text: str, otherwise: bool) -> bool:
    """Whether *text* begins from the right: its first letter says so; where there is none, *otherwise*."""
    strong = next((kind for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL")), "")
    return strong != "L" if strong else otherwise


def has_right(text: str) -> bool:
    """Whether any letter of *text* is read from the right."""
    return not text.isascii() and any(unicodedata.bidirectional(c) in ("R", "AL") for c in text)


def pieces(text: str, from_right: bool) -> Iterator[tuple[str, str]]:
    """*text* in pieces of one script each: (script, piece).

    What is no letter goes with the letters on both sides of it where they agree, else with the paragraph, as in rules N1 and
    N2 of Unicode's bidirectional algorithm: Word, unlike that, takes the direction of such signs from their run.
    """
    found: list[str] = []
    for c in text:
        script = script_of(c)
        found.append((found[-1] if found else NEUTRAL) if script == JOINED else script)
    base, before, n = "ARABIC" if from_right else LATIN, None, 0
    while n < len(found):
        end = n
        while end < len(found) and found[end] == NEUTRAL:
            end += 1
        after = found[end] if end < len(found) else None
        agreed = before if before == after and before is not None else _outside(base, before, after)
        found[n:end] = [agreed] * (end - n)
        before, n = after, end + 1
    place = 0
    for script, group in groupby(found):
        long = len(list(group))
        yield script, text[place:place + long]
        place += long


def _outside(base: str, before: str | None, after: str | None) -> str:
    """The script of signs between two: a neighbour's of the paragraph's direction, so that no run is cut for a space."""
    wanted = base == "ARABIC"
    for near in (before, after):
        if near is not None and (SCRIPTS[near].kind == "rtl" if near in SCRIPTS else False) == wanted:
            return near
    return base


def xml_text(text: str) -> str:
    """*text* for XML, without what XML cannot hold."""
    return escape(ILLEGAL.sub("", text), {'"': "&quot;"})


class Writer:
    """Writes runs and paragraphs of one document.

    language: its language tag; around_right: whether it is read from the right.  A *style* is the id of a style, empty for the one that stands around; *look* are properties
    of the run, *before* and *after* those of the paragraph that come before and after its direction in the schema.
    from_right: the direction of a paragraph, which its runs have to know; the document's where it is not said.
    """

    def __init__(self, language: str, around_right: bool = False):
        self.language, self.short = language, language.split("-")[0].lower()
        self.from_right = around_right

    def turns(self, text: str) -> bool:
        """Whether a paragraph of *text* runs from the right: as its first letter does.

        In a document from the right a text with no letter of that kind does too, so that its bullet or number stands where the others do.
        """
        return is_right_to_left(text, self.from_right) or self.from_right and not has_right(text)

    def run(self, text: str, style: str = "", look: str = "", from_right: bool | None = None) -> str:
        """*text* literally; a new line in it is a new line.  One that runs the other way than its paragraph stays together."""
        if not text:
            return ""
        named = (f'<w:rStyle w:val="{style}"/>' if style else "") + look
        around = self.from_right if from_right is None else from_right
        turned = is_right_to_left(text, around and not NUMBERS.search(text))
        mark = "" if turned == around else RIGHT_MARK if turned else LEFT_MARK
        if text.isascii():
            return _run(named, mark + text + mark)
        made = [_run(self._props(script, text, style, look), piece) for script, piece in pieces(text, turned)]
        return _run(named, mark) + "".join(made) + _run(named, mark) if mark else "".join(made)

    def paragraph(self, inner: str, style: str = "", *, from_right: bool | None = None, before: str = "", after: str = "") -> str:
        """A paragraph around *inner*, which is XML.  One that runs from the left in a document from the right begins at the right edge too."""
        named = f'<w:pStyle w:val="{style}"/>' if style else ""
        turned = self.from_right if from_right is None else from_right
        across = self.from_right and not turned and "<w:jc" not in after and "<w:tab/>" not in inner
        props = named + before + ("<w:bidi/>" if turned else "") + after + ('<w:jc w:val="right"/>' if across else "")
        return f"<w:p>{f'<w:pPr>{props}</w:pPr>' if props else ''}{inner}</w:p>"

    def words(self, text: str, style: str = "", *, look: str = "", before: str = "", after: str = "") -> str:
        """A paragraph of *text* alone, in its own direction."""
        turned = self.turns(text)
        return self.paragraph(self.run(text, look=look, from_right=turned), style, from_right=turned, before=before, after=after)

    def edge(self, from_right: bool, end: bool) -> str:
        """The alignment with the start or the *end* of the document's lines, in a paragraph that may run the other way."""
        if end == (from_right == self.from_right):
            return '<w:jc w:val="right"/>'
        return '<w:jc w:val="left"/>' if end else ""

    def _props(self, name: str, text: str, style: str, look: str) -> str:
        named, script = f'<w:rStyle w:val="{style}"/>' if style else "", SCRIPTS.get(name)
        if not script:
            return named + look
        if name == "CJK":
            script = SCRIPTS[_of_han(text, self.short)]
        language = self.language if SHARED.get(self.short) == name else script.language
        if script.kind == "asian":
            return f'{named}<w:rFonts w:hint="eastAsia" w:eastAsia="{script.face}"/>{look}<w:lang w:eastAsia="{language}"/>'
        return f'{named}<w:rFonts w:cs="{script.face}"/>{look}<w:{script.kind}/><w:lang w:bidi="{language}"/>'


def _of_han(text: str, language: str) -> str:
    """Han characters are Japanese or Korean beside kana or hangul, or in a document in these."""
    there = {script_of(c) for c in text}
    if language == "ja" or there & {"HIRAGANA", "KATAKANA"}:
        return "HIRAGANA"
    return "HANGUL" if language == "ko" or "HANGUL" in there else "CJK"


def _run(props: str, text: str) -> str:
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{xml_text(line)}</w:t>' if line else "" for line in text.split("\n"))
    return f"<w:r>{f'<w:rPr>{props}</w:rPr>' if props else ''}{lines}</w:r>"
