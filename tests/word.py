"""What a Word file holds, read without the product's help: every word in the order of reading."""
import io
import re
import zipfile
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ENDS = {f"{W}{name}" for name in ("p", "tab", "br")}


def parts(contents: bytes) -> dict[str, bytes]:
    """The parts of the file by name."""
    with zipfile.ZipFile(io.BytesIO(contents)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def words(contents: bytes) -> str:
    """The words of the document, folded; what its fields show among them, and what it says of its pictures."""
    body = ElementTree.fromstring(parts(contents)["word/document.xml"])
    found = "".join((e.text or "") if e.tag == f"{W}t" else " " if e.tag in ENDS else "" for e in body.iter())
    return " ".join(re.sub("\u00a0", " ", found).split())


def everything(contents: bytes) -> str:
    """Its words, then whatever else it says anywhere: of its pictures, above and below its pages, of itself."""
    trees = {part: ElementTree.fromstring(data) for part, data in parts(contents).items() if part.endswith((".xml", ".svg"))}
    pictures = [e.get("descr", "") for tree in trees.values() for e in tree.iter()]
    around = ["".join(tree.itertext()) for part, tree in trees.items() if part != "word/document.xml"]
    return " ".join([words(contents), *filter(None, pictures), *around])
