"""``workshop backup`` and ``workshop restore``: a sessions folder in one file, and back."""
import argparse
import os
import shutil
import sqlite3
import tempfile
import zipfile
from contextlib import closing
from datetime import datetime
from pathlib import Path, PurePosixPath

from workshop.charter import brand
from workshop.keep import says
from workshop.keep.check import look
from workshop.keep.folder import BESIDE, journals
from workshop.registry import normal
from workshop.words import _, counted

KEY = "signing.key"
SUFFIXES = (".db", ".toml", ".key", brand.FILE)


def run(args: argparse.Namespace) -> int:
    """Returns the exit code: 0 done, 1 done with a damaged workshop in it, 2 the file is there already, 3 out of reach."""
    folder = Path(args.sessions)
    to = Path(args.to or datetime.now().strftime("workshops-%Y-%m-%d-%H%M%S.zip"))
    if not folder.is_dir():
        return says(3, _("There is no folder %(folder)s. Say where workshops are kept with --sessions.", folder=folder))
    if to.exists():
        return says(2, _("The file %(file)s is there already. Choose another with --to.", file=to))
    try:
        with tempfile.TemporaryDirectory(dir=to.absolute().parent) as place:
            copied(folder, Path(place))
            packed(Path(place), to)
            damaged = [code for code, path in journals(Path(place)).items() if look(path).said]
            has_key = (Path(place) / KEY).exists()
            count = len(journals(Path(place)))
    except (sqlite3.Error, OSError) as wrong:
        return says(3, _("No backup was made: %(why)s.", why=wrong))
    print(counted("%(file)s holds 1 workshop.", "%(file)s holds %(n)d workshops.", count, file=to))
    if has_key:
        print(_("It also holds the key that seats are signed with: keep it where only you can read it."))
    return says(1, *(_("%(code)s is damaged, and so is its copy. See: workshop check %(code)s", code=code) for code in damaged)) if damaged else 0


def copied(folder: Path, to: Path) -> None:
    """Copy all that makes up the installation into the empty folder *to*; servers may go on writing.

    Every workshop is copied as it is at one moment.  The registry comes first, so that no workshop is on the list
    without its file.
    """
    found = [path for path in folder.rglob("*") if path.name.endswith(SUFFIXES) and path.is_file()]
    for path in sorted(found, key=lambda path: (path.name != "registry.db", path)):
        copy = to / path.relative_to(folder)
        copy.parent.mkdir(exist_ok=True)
        if path.suffix == ".db":
            _database_copied(path, copy)
        else:
            shutil.copyfile(path, copy)


def _database_copied(path: Path, copy: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db, closing(sqlite3.connect(copy)) as new:
            db.backup(new)
    except sqlite3.Error:   # damaged, or in a folder where SQLite cannot work: byte for byte, with what belongs to it
        for end in BESIDE[:2]:
            if Path(f"{path}{end}").exists():
                shutil.copyfile(f"{path}{end}", f"{copy}{end}")


def packed(folder: Path, to: Path) -> None:
    """Pack *folder* into the file *to*, which only its owner can read and which is there whole or not at all."""
    part = to.with_name(to.name + ".part")
    with open(part, "wb", opener=_for_its_owner) as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zip:
            for path in sorted(p for p in folder.rglob("*") if p.is_file()):
                zip.write(path, path.relative_to(folder).as_posix())
        file.flush()
        os.fsync(file.fileno())
    part.replace(to)


def run_restore(args: argparse.Namespace) -> int:
    """Returns the exit code: 0 done, 1 done with a damaged workshop, 2 the folder holds something, 3 out of reach."""
    folder = Path(args.sessions)
    try:
        if folder.exists() and any(folder.iterdir()):
            return says(2, _("The folder %(folder)s is not empty. Name another with --sessions; nothing is overwritten.", folder=folder))
        unpacked(Path(args.file), folder)
        damaged = [code for code, path in journals(folder).items() if look(path).said]
    except (sqlite3.Error, OSError, zipfile.BadZipFile) as wrong:
        return says(3, _("%(file)s could not be brought back: %(why)s.", file=args.file, why=wrong))
    print(counted("1 workshop is back in %(folder)s.", "%(n)d workshops are back in %(folder)s.", len(journals(folder)), folder=folder))
    return says(1, *(_("%(code)s is damaged. See: workshop check %(code)s", code=code) for code in damaged)) if damaged else 0


def unpacked(file: Path, folder: Path) -> None:
    """Put what is in the backup *file* into *folder*.  Raises ``BadZipFile`` where it is no backup or harmed."""
    with zipfile.ZipFile(file) as zip:
        names = zip.namelist()
        if not any(map(_is_core, names)) or not all(map(_is_ours, names)):
            raise zipfile.BadZipFile(_("it is not a backup of workshops"))
        if harmed := zip.testzip():
            raise zipfile.BadZipFile(_("%(name)s in it is damaged", name=harmed))
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            with zip.open(name) as kept, open(folder / name, "xb", opener=_for_its_owner if name == KEY else None) as new:
                shutil.copyfileobj(kept, new)
                new.flush()
                os.fsync(new.fileno())


def _is_core(name: str) -> bool:
    """Whether *name* is the list of workshops, or a workshop."""
    return name == "registry.db" or name.endswith(".db") and normal(name[:-3]) == name[:-3] != ""


def _is_ours(name: str) -> bool:
    """Whether a backup of ours would hold *name*: nothing that leads out of the folder."""
    parts = PurePosixPath(name).parts
    return "\\" not in name and ".." not in parts and not name.startswith("/") and len(parts) <= 2 and name.removesuffix("-wal").endswith(SUFFIXES)


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
