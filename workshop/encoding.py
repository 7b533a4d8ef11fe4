"""What letters the bytes of a file stand for."""
import codecs

from charset_normalizer import from_bytes

from workshop.words import N_, _

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
PAGES = {"cp1252": (), "cp1250": ("bs", "cs", "hr", "hu", "pl", "ro", "sk", "sl", "sq"), "cp1251": ("be", "bg", "kk", "mk", "ru", "sr", "uk"),
         "cp1253": ("el",), "cp1254": ("az", "tr"), "cp1255": ("he", "yi"), "cp1256": ("ar", "fa", "ur"), "cp1257": ("et", "lt", "lv")}
LOOK_AT = 100_000   # bytes in which a code page shows itself
BINARY = N_("This is not a text file. Save it as XLSX, CSV or plain text.")


class Undecodable(Exception):
    """What cannot be text; the message is a sentence for people."""


def decoded(content: bytes, language: str = "") -> str:
    """The text in *content*, every line ended by a line feed and no empty lines at the end.

    By its byte order mark, else UTF-8, else UTF-16 where every other byte is empty, else the Windows code page in which it looks most like
    words; where two look alike, that of *language*, then that of Western Europe.
    """
    encoding = next((name for mark, name in MARKS if content.startswith(mark)), "") or _wide(content)
    try:
        text = content.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        text = content.decode(encoding or _page(content, language), "replace")
    if "\0" in text:
        raise Undecodable(_(BINARY))
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip()


def _wide(content: bytes) -> str:
    """The kind of UTF-16 without a mark, or "": then one of two neighbouring bytes is nearly always empty."""
    if not content or b"\0" not in content:
        return ""
    first, second = content[:LOOK_AT:2], content[1:LOOK_AT:2]
    if second.count(0) > .6 * len(second) and first.count(0) < .05 * len(first):
        return "utf-16-le"
    return "utf-16-be" if first.count(0) > .6 * len(first) and second.count(0) < .05 * len(second) else ""


def _page(content: bytes, language: str) -> str:
    preferred = sorted(PAGES, key=lambda page: language[:2] not in PAGES[page])
    found = {page: match for match in from_bytes(content[:LOOK_AT], cp_isolation=preferred) for page in match.could_be_from_charset if page in PAGES}
    return min(found, key=lambda page: (round(found[page].chaos, 2), -round(found[page].coherence, 2), preferred.index(page)), default="cp1252")
