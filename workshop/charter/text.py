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


def drawable(text: str, covered: frozenset[int]) -> str:
    """*text* in characters of *covered*: what no font has becomes its name, ``[party popper]``, a letter ``BOX``.

    Joiners stay between letters, where they shape the script, and go between symbols.
    """
    text = unicodedata.normalize("NFC", clean(text))
    if covered.issuperset(map(ord, text)) and "\u200c" not in text and "\u200d" not in text:
        return text
    return "".join(_drawn(text, n, covered) for n in range(len(text)))


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
    if kind[0] in "SP" or kind == "No":
        return f"[{unicodedata.name(c, 'sign').lower()}]"
    return BOX


def _in_word(c: str) -> bool:
    return unicodedata.category(c)[0] in "LM"
