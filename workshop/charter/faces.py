"""The faces that PDFs are set in: the product's, and those for other scripts where their packages are installed."""
import importlib.util
from functools import cache
from pathlib import Path

import typst
from fontTools.ttLib import TTFont

from workshop.places import shipped

ALWAYS = ("fontpkg_noto_sans", "fontpkg_noto_sans_arabic")
# The extra "scripts", and how Unicode's names of their letters begin.
SCRIPTS = {"fontpkg_noto_sans_devanagari": ("DEVANAGARI",), "fontpkg_hind_siliguri": ("BENGALI",), "fontpkg_noto_sans_tamil": ("TAMIL",),
           "fontpkg_noto_sans_telugu": ("TELUGU",), "fontpkg_noto_sans_thai": ("THAI",), "fontpkg_noto_sans_khmer": ("KHMER",),
           "fontpkg_heebo": ("HEBREW",), "justmytype_intl_cjk": ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO")}
# A Han character is drawn otherwise in each of these: the language of the document goes first.
HAN = {"zh-tw": "Noto Sans TC", "zh-hant": "Noto Sans TC", "zh-hk": "Noto Sans TC", "ja": "Noto Sans JP", "ko": "Noto Sans KR"}


@cache
def folders() -> tuple[Path, ...]:
    """Where faces are: the product's own first, if the build brought them."""
    found = filter(None, map(importlib.util.find_spec, (*ALWAYS, *SCRIPTS)))
    places = (shipped("static") / "vendor" / "fonts", *(Path(spec.submodule_search_locations[0]) for spec in found))
    return tuple(folder for folder in places if any(folder.rglob("*.ttf")))


@cache
def fonts() -> typst.Fonts:
    """Kept: finding the faces anew costs 25 ms a document.  No system fonts, so that every machine draws the same."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=not folders(), font_paths=list(folders()))


@cache
def covered() -> frozenset[int]:
    """The code points that some face can draw."""
    return frozenset().union(*(points for _family, points in _faces()))


@cache
def families(language: str) -> tuple[str, ...]:
    """The families in the order in which a text in *language* looks for a letter."""
    found = list(dict.fromkeys(family for family, _points in _faces() if not family.endswith("Mono")))
    han = HAN.get(language.lower(), HAN.get(language.partition("-")[0].lower(), "Noto Sans SC"))
    if han in found:
        found.remove(han)
        found.insert(3, han)      # behind those for Latin and Arabic
    return tuple(found) or ("Libertinus Serif",)


@cache
def _faces() -> tuple[tuple[str, frozenset[int]], ...]:
    return tuple(_read(path) for folder in folders() for path in sorted(folder.rglob("*.ttf")))


def _read(path: Path) -> tuple[str, frozenset[int]]:
    """The family of a face, and the code points that it draws."""
    with TTFont(path, lazy=True) as face:
        return face["name"].getBestFamilyName(), frozenset(face.getBestCmap())
