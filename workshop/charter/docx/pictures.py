"""Vector pictures in a Word file: SVG, and for programs that cannot show it the same as PNG.  Equal ones are kept once."""
import json
import re

import typst
from docx.opc.constants import RELATIONSHIP_TYPE as KIND
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from workshop.charter.docx.words import xml_text
from workshop.charter.drawings import INK, Drawing
from workshop.charter.faces import fonts
from workshop.places import shipped

EMU = 36_000                        # in a mm
DENSITY = 240                       # pixels in an inch of the PNG
EDGE = 0.15                         # mm around a drawing: pixels would cut what is round at its very edge
BOX = re.compile('viewBox="([^"]*)"(?: width="[^"]*" height="[^"]*")?')
INKS = re.compile(' color="(#[0-9a-f]+)"')
DECORATIVE = '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative val="1"/></a:ext></a:extLst>'


class Pictures:
    """The pictures of one document: ``inline`` and ``behind`` give XML that names their parts, ``attach`` makes these.

    from_right: a drawing that starts where reading starts is turned around.
    """

    def __init__(self, from_right: bool):
        self.from_right = from_right
        self._kept: dict[Drawing, int] = {}
        self._shown = 0

    def inline(self, drawing: Drawing, said: str = "", room: float = 0) -> str:
        """A run with *drawing*, smaller where it is wider than *room*, in mm.

        said: for who cannot see it; empty where the words beside it say the same.
        """
        graphic, size = self._graphic(drawing, said, min(room / drawing.wide, 1) if room else 1)
        return f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>{graphic}</wp:inline></w:drawing></w:r>'

    def behind(self, drawing: Drawing) -> str:
        """A run with *drawing* behind the words, from the upper left corner of the page."""
        place = "".join(f'<wp:position{axis} relativeFrom="page"><wp:posOffset>{-EDGE * EMU:.0f}</wp:posOffset></wp:position{axis}>' for axis in "HV")
        graphic, size = self._graphic(drawing, "")
        return ('<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="1" locked="0" layoutInCell="1" '
                f'allowOverlap="1"><wp:simplePos x="0" y="0"/>{place}<wp:extent {size}/><wp:wrapNone/>{graphic}</wp:anchor></w:drawing></w:r>')

    def _graphic(self, drawing: Drawing, said: str, share: float = 1) -> tuple[str, str]:
        """The XML of *drawing* at a *share* of its size, and that size as attributes."""
        kept, self._shown = self._kept.setdefault(drawing, len(self._kept) + 1), self._shown + 1
        names = f'id="{self._shown}" name="Picture {self._shown}" descr="{xml_text(said)}"'
        size = f'cx="{(drawing.wide + 2 * EDGE) * share * EMU:.0f}" cy="{(drawing.high + 2 * EDGE) * share * EMU:.0f}"'
        properties = f"<wp:docPr {names}/>" if said else f"<wp:docPr {names}>{DECORATIVE}</wp:docPr>"
        vector = "" if is_photo(drawing) else f'<a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip r:embed="svg{kept}"/></a:ext></a:extLst>'
        turned = ' flipH="1"' if drawing.mirrors and self.from_right else ""
        return (f'{properties}<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic>'
                f'<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr {names}/><pic:cNvPicPr/></pic:nvPicPr>'
                f'<pic:blipFill><a:blip r:embed="png{kept}">{vector}</a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm{turned}>'
                f'<a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>', size)

    def attach(self, xmls: dict[Part, str]) -> None:
        """Make a part of every picture, and tell each part of *xmls* of those that its XML names."""
        package, drawn = next(iter(xmls)).package, [(alone(d), d.wide + 2 * EDGE, d.high + 2 * EDGE) for d in self._kept]
        for n, ((svg, _wide, _high), png) in enumerate(zip(drawn, rendered(drawn), strict=True), start=1):
            for kind, contents, media in (("svg", svg.encode(), "image/svg+xml"), ("png", png, "image/png")):
                made = Part(PackURI(f"/word/media/image{n}.{kind}"), media, contents, package)
                for part, xml in xmls.items():
                    if f'r:embed="{kind}{n}"' in xml:
                        part.rels.add_relationship(KIND.IMAGE, made, f"{kind}{n}")


def alone(drawing: Drawing) -> str:
    """The SVG of *drawing* with its edge, and its ink by name: Word does not know ``currentColor``."""
    left, top, wide, high = map(float, BOX.search(drawing.svg)[1].split())
    edge = EDGE * wide / drawing.wide
    box = f'viewBox="{left - edge:g} {top - edge:g} {wide + 2 * edge:g} {high + 2 * edge:g}"'
    size = f'{box} width="{drawing.wide + 2 * EDGE:g}mm" height="{drawing.high + 2 * EDGE:g}mm"'
    ink = INKS.search(drawing.svg)
    return BOX.sub(size, drawing.svg, count=1).replace("currentColor", ink[1] if ink else INK)


def is_photo(drawing: Drawing) -> bool:
    """Whether *drawing* holds a picture in pixels, as a logo does: Word gets that as PNG alone."""
    return "<image" in drawing.svg


def rendered(pictures: list[tuple[str, float, float]]) -> list[bytes]:
    """(SVG, mm wide, mm high), each as PNG on no ground."""
    if not pictures:
        return []
    folder = shipped("templates") / "documents"
    data = json.dumps([{"svg": svg, "wide": wide, "high": high} for svg, wide, high in pictures])
    made = typst.compile(folder / "pictures.typ", root=folder, font_paths=fonts(), sys_inputs={"data": data}, format="png", ppi=DENSITY)
    return made if isinstance(made, list) else [made]
