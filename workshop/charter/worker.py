"""The worker that writes files, ``python -m workshop.charter.worker``: JSON lines, as ``workshop.worker`` says how they travel.

- ``{"job": "hello"}`` -> ``{}``
- ``{"job": "make", "workshop": {field: PICKLED, "versions": [workshop]}, "name": str, "extension": str, "asker": str, "mark": str, "folder": whose colour and logo it wears}``
  -> ``{"contents": BASE64, "type": media type, "file": name of the file, "seconds": what it took}``
- ``{"job": "draw", "svg": str}`` -> ``{"drawn": whether documents can hold it}``

What is pickled comes from the process that started this one, through its pipe, and from nowhere else.
"""
import base64
import pickle
import time
from pathlib import Path
from typing import Any

from workshop.jobs import answer_jobs
from workshop.state import Workshop

NICE = 10


def hello() -> dict:
    from workshop.charter import files  # noqa: F401  (imports the writers, so that the first file need not wait for them)
    return {}


def unpacked(workshop: dict[str, Any]) -> Workshop:
    versions = tuple(map(unpacked, workshop["versions"]))
    return Workshop(versions=versions, **{field: pickle.loads(base64.b64decode(packed)) for field, packed in workshop.items() if field != "versions"})


def make(workshop: dict[str, Any], name: str, extension: str, asker: str, mark: str, folder: str = "") -> dict:
    from workshop.charter import brand, files
    began = time.monotonic()
    worn = brand.read(Path(folder)) if folder else brand.Brand()
    contents, kind, file = files.make(unpacked(workshop), name, extension, asker=asker, mark=mark, brand=worn)
    return {"contents": base64.b64encode(contents).decode(), "type": kind, "file": file, "seconds": time.monotonic() - began}


def draw(svg: str) -> dict:
    from workshop.charter import pdf
    return {"drawn": pdf.can_draw(svg)}


if __name__ == "__main__":
    answer_jobs({"hello": hello, "make": make, "draw": draw}, nice=NICE)
