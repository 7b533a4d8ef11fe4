"""Downloads every file of the workshop, keeps it and says what it is."""
import hashlib
import re
from pathlib import Path

from workshop.rehearse.page import Page
from workshop.rehearse.reading import plain, read
from workshop.words import _

FILES = ("charter.pdf", "charter.docx", "charter.html", "charter.md", "report.pdf", "report.docx", "report.html", "report.md", "ideas.csv", "votes.csv",
         "actions.csv", "priorities.csv", "workshop.json", "workshop.xlsx", "workshop.zip", "workshop.db")
OFFERED = re.compile(r"/files/([\w-]+\.\w+)")
BEGINS = {"pdf": b"%pdf-", "docx": b"pk", "html": b"<!doctype html>", "json": b"{", "xlsx": b"pk", "zip": b"pk", "db": b"sqlite format 3"}


def download(console: Page, phone: Page | None, faults: list[str]) -> dict[str, bytes]:
    """Every file as the facilitator gets it (name -> contents); what the page of a participant offers is tried too."""
    files = {}
    for name in FILES:
        answer = console.get(f"/{console.code}/files/{name}")
        begins = BEGINS.get(name.rpartition(".")[2], b"")
        if answer.status_code == 200 and answer.content[:len(begins)].lower() == begins:
            files[name] = answer.content
        else:
            faults.append(_("%(name)s could not be downloaded (%(status)d).", name=name, status=answer.status_code))
    for name in OFFERED.findall(phone.get(f"/{phone.code}").text) if phone else ():
        if phone.get(f"/{phone.code}/files/{name}").status_code != 200:
            faults.append(_("Participants cannot download %(name)s.", name=name))
    return files


def keep(files: dict[str, bytes], folder: Path) -> None:
    """Write the files into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, contents in files.items():
        (folder / name).write_bytes(contents)


def listed(files: dict[str, bytes]) -> list[dict]:
    return [{"name": name, "bytes": len(contents), "sha256": hashlib.sha256(contents).hexdigest()}
            for name, contents in files.items()]


def unprinted(files: dict[str, bytes], texts: list[str]) -> list[str]:
    """The words that the report does not print."""
    report = plain(read(files.get("report.html", b"").decode()).words())
    return [text for text in texts if plain(text) not in report]
