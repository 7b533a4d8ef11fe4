"""Words made safe to print: what no reader can see is left out, what nobody can draw is named."""
import unicodedata

# Format characters that do something useful inside words: joiners, and the Arabic and Syriac number signs.
KEPT = frozenset("\u200c\u200d\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2")
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
BOX = "\ufffd"   # what readers know as "a character that cannot be shown"


def clean(text: str) -> str:
    """*text* without control characters, bidi overrides and code points that are no characters; lines stay lines."""
    if text.isprintable():
        return text
    kept = (c for c in text if c in "\n\t" or c in KEPT or unicodedata.category(c) not in UNSEEN)
    return "".join(" " if c == "\t" else c for c in kept)


def drawable(text: str, covered: frozenset[int], lost: list[str] | None = None) -> str:
    """*text* in characters of *covered*: a sign that no font has becomes its name, ``[party popper]``, a letter ``BOX``.

    Joiners stay between letters, where they shape the script, and go between symbols.  What is replaced is added to *lost*.
    """
    text = unicodedata.normalize("NFC", clean(text))
    if covered.issuperset(map(ord, text)) and "\u200c" not in text and "\u200d" not in text:
        return text
    drawn: list[str] = []
    for n, c in enumerate(text):
        alone = drawn[-1:] == [BOX] and unicodedata.category(c)[0] == "M"     # a mark on a letter that is not there
        drawn.append(BOX if alone else _drawn(text, n, covered))
    if lost is not None:
        lost += [c for c, instead in zip(text, drawn, strict=True) if instead == BOX != c or instead.startswith("[") and c != "["]
    return "".join(drawn)


def is_sign(c: str) -> bool:
    """Whether *c* is no letter: a symbol, a mark of punctuation or a special number, which has a name that reads well."""
    kind = unicodedata.category(c)
    return kind[0] in "SP" or kind == "No"


def script(letter: str) -> str:
    """The script of *letter* as Unicode's names of characters begin: ``THAI``, ``CJK``."""
    return unicodedata.name(letter, "?").split()[0]


def is_from_right(text: str) -> bool:
    """Whether *text* is read from the right, as its first letter says (rule P2 of the Unicode Bidirectional Algorithm)."""
    strong = (kind for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL"))
    return not text.isascii() and next(strong, "L") != "L"


def _drawn(text: str, n: int, covered: frozenset[int]) -> str:
    c = text[n]
    if c in "\u200c\u200d":
        inside = ord(c) in covered and 0 < n < len(text) - 1
        return c if inside and _in_word(text[n - 1]) and _in_word(text[n + 1]) else ""
    if c == "\n" or ord(c) in covered:
        return c
    kind = unicodedata.category(c)
    if kind == "Zs":
        return " "
    if kind == "Mn" and 0xFE00 <= ord(c) <= 0xFE0F or kind == "Sk":   # variation selectors, skin tones
        return ""
    return f"[{unicodedata.name(c, 'sign').lower()}]" if is_sign(c) else BOX


def _in_word(c: str) -> bool:
    return unicodedata.category(c)[0] in "LM"
