"""What documents wear: the colour and the logo of the organisation, one of each for all workshops of a sessions folder."""
import base64
import os
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import msgspec

from workshop.charter.document import Document
from workshop.charter.drawings import INK, Drawing
from workshop.words import N_, InWords

FILE = "brand.json"
MOST, LARGEST = 500_000, 4000              # bytes of a logo, and pixels of its longer side
HIGH, WIDE = 18, 60                        # the most room for it on paper, mm
READABLE = 4.5                             # WCAG 2.2, 1.4.3: contrast of text on its ground
PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}   # segments of a JPEG that say how large it is


class BrandWrong(InWords):
    """A colour or a logo that documents cannot wear, in a sentence for the organiser."""


@dataclass(frozen=True)
class Brand:
    """*colour* as ``#rrggbb``, empty for none; *logo*: the bytes of a PNG or a JPEG, empty for none."""

    colour: str = ""
    logo: bytes = b""

    @property
    def ink(self) -> str:
        """What binding and dots are drawn in: the colour where it can be read on white, else the product's ink."""
        return self.colour if self.colour and contrast(self.colour) >= READABLE else INK

    @property
    def edge(self) -> str:
        """The colour of a line under the binding, where it is too light to be its ink; else empty."""
        return self.colour if self.colour and self.ink != self.colour else ""

    @cached_property
    def drawing(self) -> Drawing | None:
        """The logo, as large as it may be on paper."""
        if not self.logo:
            return None
        kind, across, down = measured(self.logo)
        share = min(HIGH / down, WIDE / across)
        data = f"data:image/{kind};base64,{base64.b64encode(self.logo).decode()}"
        svg = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {across} {down}" width="{across * share:.2f}mm" height="{down * share:.2f}mm" '
               f'aria-hidden="true"><image href="{data}" width="{across}" height="{down}"/></svg>')
        return Drawing(svg, round(across * share, 2), round(down * share, 2))


def dressed(document: Document, brand: Brand) -> Document:
    """*document* as it wears *brand*."""
    room = tuple(replace(side, colour=brand.ink) for side in document.room)
    return replace(document, ink=brand.ink, edge=brand.edge, logo=brand.drawing, room=room)


def contrast(colour: str) -> float:
    """How *colour*, as ``#rrggbb``, stands out from white, 1 to 21 (WCAG 2.2, contrast ratio)."""
    shares = [int(colour[n:n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def checked(colour: str, logo: bytes) -> Brand:
    """What an organiser gave, as documents may wear it.  Raises ``BrandWrong``."""
    colour = colour.strip().lower()
    if colour and not (len(colour) == 7 and colour[0] == "#" and set(colour[1:]) <= set("0123456789abcdef")):
        raise BrandWrong(N_("A colour is # and six digits, like #1d4f91. This one is “%(colour)s”."), colour=colour[:20])
    if len(logo) > MOST:
        raise BrandWrong(N_("This logo is %(kb)d kB large. Save it smaller: at most %(most)d kB."), kb=len(logo) // 1000, most=MOST // 1000)
    if logo:
        _kind, across, down = measured(logo)
        if max(across, down) > LARGEST:
            raise BrandWrong(N_("This logo is %(across)d by %(down)d pixels. Save it smaller: at most %(most)d a side."), across=across, down=down, most=LARGEST)
    return Brand("" if colour == INK else colour, logo)


def measured(logo: bytes) -> tuple[str, int, int]:
    """(``png`` or ``jpeg``, width, height) as its own bytes say.  Raises ``BrandWrong`` where they are neither."""
    if logo.startswith(PNG) and logo[12:16] == b"IHDR":
        size = int.from_bytes(logo[16:20]), int.from_bytes(logo[20:24])
        if min(size) > 0:
            return "png", *size
    if logo.startswith(JPEG) and (frame := _frame(logo)):
        if frame[7:8] == b"\x04":
            raise BrandWrong(N_("This JPEG is made for a printing press. Save it for screens (RGB), or as PNG."))
        size = int.from_bytes(frame[5:7]), int.from_bytes(frame[3:5])
        if min(size) > 0:
            return "jpeg", *size
    raise BrandWrong(N_("A logo is a PNG or a JPEG. Save it as one of these and choose it again."))


def _frame(jpeg: bytes) -> bytes:
    """The segment of *jpeg* that holds its precision, height, width and number of colours, from its length on; empty for none."""
    at = 2
    while jpeg[at:at + 1] == b"\xff" and at + 4 <= len(jpeg):
        if jpeg[at + 1] in FRAMES:
            return jpeg[at + 2:at + 10]
        at += 2 + int.from_bytes(jpeg[at + 2:at + 4])
    return b""


def read(folder: Path) -> Brand:
    """What documents of the sessions *folder* wear; nothing where nothing was kept, or where it cannot be read any more."""
    try:
        found = msgspec.json.decode((folder / FILE).read_bytes(), type=Brand)
        return checked(found.colour, found.logo)
    except (OSError, msgspec.DecodeError, BrandWrong):
        return Brand()


def keep(folder: Path, brand: Brand) -> None:
    """Have documents of the sessions *folder* wear *brand* from now on."""
    part = folder / f"{FILE}.part"
    with part.open("wb") as file:
        file.write(msgspec.json.encode(brand))
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder / FILE)
