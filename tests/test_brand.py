"""The organisation's colour and logo: given once by the organiser, worn by every document."""
import io
import urllib.request
import zlib
from dataclasses import replace

import pypdf
import pytest
from outloud import check
from playwright.sync_api import expect

from tests.conftest import KEY
from tests.test_documents import PLAN, Play, whole
from tests.test_home import desk, look  # noqa: F401 (a fixture)
from workshop.charter import brand, files, pdf
from workshop.charter.brand import Brand, BrandWrong
from workshop.charter.drawings import INK


def png(across: int = 30, down: int = 10) -> bytes:
    """A blue rectangle."""
    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)
    rows = (b"\0" + b"\x14\x5a\xa0" * across) * down
    head = across.to_bytes(4) + down.to_bytes(4) + b"\x08\x02\0\0\0"
    return brand.PNG + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def jpeg(colours: int = 3, across: int = 300, down: int = 100) -> bytes:
    """The beginning of a JPEG, as far as its size is told: enough to be measured, not to be drawn."""
    frame = b"\xff\xc2\x00\x11\x08" + down.to_bytes(2) + across.to_bytes(2) + bytes([colours])
    return b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\0" * 10 + frame + b"\0" * 20


def test_a_dark_colour_is_the_ink_of_the_binding_and_a_light_one_a_line_below_it():
    assert (Brand("#1d4f91").ink, Brand("#1d4f91").edge) == ("#1d4f91", "")
    assert (Brand("#ffd200").ink, Brand("#ffd200").edge) == (INK, "#ffd200")
    assert brand.contrast("#767676") >= 4.5 > brand.contrast("#777777") and brand.contrast("#000000") == pytest.approx(21)
    assert Brand().ink == INK and Brand().drawing is None


@pytest.mark.parametrize("colour", ["#1d4f91", "#ffd200"])
def test_every_document_wears_colour_and_logo_and_keeps_its_standards(tmp_path, colour):
    worn, w = brand.checked(colour, png()), whole()
    for name in ("charter", "report"):
        page = files.make(w, name, "html", asker="participant", brand=worn)[0].decode()
        assert colour in page and "data:image/png;base64," in page and "<img" not in page
        contents = files.make(w, name, "pdf", asker="participant", brand=worn)[0]
        assert len(pypdf.PdfReader(io.BytesIO(contents)).pages[0].images) == 1
        (tmp_path / f"{name}.pdf").write_bytes(contents)
        assert check(tmp_path / f"{name}.pdf").verdict == "pass"


def test_a_logo_keeps_its_shape_within_its_room():
    wide, high = (brand.checked("", png(*size)).drawing for size in ((300, 10), (10, 30)))
    assert (wide.wide, wide.high) == (60, 2) and (high.wide, high.high) == (6, 18)
    assert brand.measured(jpeg()) == ("jpeg", 300, 100)


@pytest.mark.parametrize(("colour", "logo", "said"), [
    ("blue", b"", "six digits"), ("#12", b"", "six digits"), ("", b"<svg onload=alert(1)>", "a PNG or a JPEG"), ("", b"GIF89a", "a PNG or a JPEG"),
    ("", brand.PNG + b"\0" * 9, "a PNG or a JPEG"), ("", b"\xff\xd8\xff", "a PNG or a JPEG"), ("", jpeg(colours=4), "printing press"),
    ("", png() + b"\0" * brand.MOST, "Save it smaller"), ("", png(5000, 1), "5000 by 1 pixels")])
def test_what_documents_cannot_wear_is_said(colour, logo, said):
    with pytest.raises(BrandWrong, match=said):
        brand.checked(colour, logo)


def test_a_damaged_logo_is_found_out_and_a_document_comes_out_without_one():
    damaged = brand.checked("", png()[:60])
    assert pdf.can_draw(brand.checked("", png()).drawing.svg) and not pdf.can_draw(damaged.drawing.svg)
    contents = files.make(Play(replace(PLAN, stages=PLAN.stages[:1])).w, "charter", "pdf", asker="facilitator", brand=damaged)[0]
    assert contents.startswith(b"%PDF") and b"pdfuaid" in contents


def test_what_was_kept_is_read_again_and_what_is_no_brand_is_none(tmp_path):
    worn = brand.checked("#1D4F91", png())
    brand.keep(tmp_path, worn)
    assert brand.read(tmp_path) == worn == Brand("#1d4f91", png())
    for rest in (b"", b"{}x", b'{"colour": "red"}', b'{"logo": "QUJD"}', b"\xff"):
        (tmp_path / brand.FILE).write_bytes(rest)
        assert brand.read(tmp_path) == Brand()


def page_of(served, code: str) -> str:
    request = urllib.request.Request(f"{served.local}/{code}/files/charter.html", headers={"Authorization": f"Bearer {KEY}"})
    return urllib.request.urlopen(request, timeout=60).read().decode()


@pytest.mark.slow
@pytest.mark.browser
def test_the_organiser_gives_colour_and_logo_once_and_documents_made_before_are_made_anew(desk, accessible, served, tmp_path):
    (tmp_path / "logo.png").write_bytes(png())
    (tmp_path / "half.png").write_bytes(png()[:60])
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.7")
    code = served.make()["code"]
    assert "#1d4f91" not in page_of(served, code)
    desk.get_by_label("Your organisation's colour").fill("#1d4f91")
    for file, said in (("letter.pdf", "A logo is a PNG or a JPEG."), ("half.png", "This picture is damaged.")):
        desk.get_by_label("Your logo").set_input_files(tmp_path / file)
        desk.get_by_role("button", name="Keep this look").click()
        expect(desk.get_by_role("alert")).to_contain_text(said)
    look(desk, accessible)
    desk.get_by_label("Your organisation's colour").fill("#1d4f91")
    desk.get_by_label("Your logo").set_input_files(tmp_path / "logo.png")
    desk.get_by_role("button", name="Keep this look").click()
    expect(desk.get_by_label("Take the logo away")).to_be_visible()
    expect(desk.get_by_label("Your organisation's colour")).to_have_value("#1d4f91")
    assert "#1d4f91" in page_of(served, code) and "data:image/png" in page_of(served, code)
    look(desk, accessible)
    desk.get_by_label("Take the logo away").check()
    desk.get_by_label("Your organisation's colour").fill(INK)
    desk.get_by_role("button", name="Keep this look").click()
    expect(desk.get_by_label("Take the logo away")).to_have_count(0)
    assert "#1d4f91" not in page_of(served, code) and "data:image/png" not in page_of(served, code)
