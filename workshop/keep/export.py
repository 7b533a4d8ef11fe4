"""``workshop export``: the files that can be downloaded, without a server."""
import argparse
import sqlite3
from pathlib import Path

from workshop.charter import brand, files
from workshop.keep import says
from workshop.keep.check import look
from workshop.keep.folder import looking
from workshop.registry import normal
from workshop.sqlite import Unreadable
from workshop.words import _

FORMATS = tuple(dict.fromkeys(kind for kinds in files.FILES.values() for kind in kinds))


def run(args: argparse.Namespace) -> int:
    """Returns the exit code: 0 done, 1 done as far as a damaged file can be read, 2 no such format, 3 out of reach."""
    try:
        asked = asked_formats(args.format)
    except ValueError as wrong:
        return says(2, str(wrong))
    code = normal(args.code) or args.code
    path, to = Path(args.sessions) / f"{code}.db", Path(args.to)
    try:
        found = look(path)
        if not found.sound:
            return says(3, *found.said)
        to.mkdir(parents=True, exist_ok=True)
        for name in written(found.w, asked, to, _mark(path), brand.read(path.parent)):
            print(name)
    except (sqlite3.Error, OSError) as wrong:
        return says(3, _("%(code)s cannot be exported: %(why)s.", code=code, why=wrong))
    return says(1, *found.said, _("The files hold what could be read, up to entry %(n)d.", n=found.sound)) if found.said else 0


def asked_formats(asked: str) -> tuple[str, ...]:
    """The kinds of file in *asked*, a list with commas; all of them where it is empty.  Raises ``ValueError`` with a sentence."""
    kinds = tuple(kind.strip() for kind in asked.lower().split(",")) if asked else FORMATS
    if unknown := [kind for kind in kinds if kind not in FORMATS]:
        raise ValueError(_("There is no format %(unknown)s. There are: %(formats)s.", unknown=", ".join(unknown), formats=", ".join(FORMATS)))
    return kinds


def written(w, formats, to: Path, mark: str, worn: brand.Brand):
    """Write every file of *w*, and each earlier version of its charter, in *formats* into the folder *to*, as the organiser may see it; yields the paths."""
    versions = {f"charter-{n}": files.FILES["charter"] for n in range(1, w.version)}
    for name, kinds in (files.FILES | versions).items():
        for kind in (kind for kind in kinds if kind in formats):
            body, _type, file_name = files.make(w, name, kind, asker="organiser", mark=mark, brand=worn)
            (to / file_name).write_bytes(body)
            yield to / file_name


def _mark(path: Path) -> str:
    """The journal's hash, or "" where it cannot be read to its end."""
    try:
        with looking(path) as journal:
            return journal.mark()
    except Unreadable:
        return ""
