"""The worker that writes files, ``python -m workshop.charter.worker``: JSON lines, as ``workshop.worker`` says how they travel.

- ``{"job": "hello"}`` -> ``{}``
- ``{"job": "make", "workshop": BASE64, "name": str, "extension": str, "asker": str, "mark": str, "folder": whose colour and logo it wears}``
  -> ``{"contents": BASE64, "type": media type, "file": name of the file, "seconds": what it took, "spent": bool}``
- ``{"job": "draw", "svg": str}`` -> ``{"drawn": whether documents can hold it}``
- ``{"job": "read", "file": name, "contents": BASE64, "language": "pl"}`` -> ``{"ideas": what ``ideas_file.Ideas`` holds}`` or
  ``{"why": sentence}``, why there are none in that file

The engine that lays out PDFs keeps what it made, some 45 kB an idea, and lets go of it only ten documents later; so after
so many ideas the process has itself ended and begun anew.  What is pickled comes from the process that started this one,
through its pipe, and from nowhere else.
"""
import base64
import io
import pickle
import time
from dataclasses import asdict, fields
from pathlib import Path

from workshop.jobs import answer_jobs
from workshop.state import Workshop
from workshop.words import speaking

NICE = 10
IDEAS_MOST = 5000
laid_out: list[int] = []   # the ideas of each PDF since the process began


def hello() -> dict:
    from workshop.charter import files  # noqa: F401  (imports the writers, so that the first file need not wait for them)
    return {}


def make(workshop: str, name: str, extension: str, asker: str, mark: str, folder: str = "") -> dict:
    from workshop.charter import brand, files
    began = time.monotonic()
    packed = pickle.Unpickler(io.BytesIO(base64.b64decode(workshop)))
    w = Workshop(**{field.name: packed.load() for field in fields(Workshop)})
    contents, kind, file = files.make(w, name, extension, asker=asker, mark=mark, brand=brand.read(Path(folder)) if folder else brand.Brand())
    laid_out.append(len(w.ideas) if extension == "pdf" else 0)
    return {"contents": base64.b64encode(contents).decode(), "type": kind, "file": file, "seconds": time.monotonic() - began,
            "spent": sum(laid_out) >= IDEAS_MOST}


def draw(svg: str) -> dict:
    from workshop.charter import pdf
    return {"drawn": pdf.can_draw(svg)}


def read(file: str, contents: str, language: str) -> dict:
    from workshop.ideas_file import NotIdeas, ideas_in
    with speaking(language):
        try:
            return {"ideas": asdict(ideas_in(file, base64.b64decode(contents), language))}
        except NotIdeas as why:
            return {"why": str(why)}


if __name__ == "__main__":
    answer_jobs({"hello": hello, "make": make, "draw": draw, "read": read}, nice=NICE)
