"""``workshop check``: whether every journal can be read to its end, and if not, how far."""
import argparse
import json
import sqlite3
import sys
from dataclasses import dataclass
from pathlib import Path

from workshop.journal import NotAJournal, Row, UnknownEvent, entry
from workshop.journal.journal import EMPTY, LOG
from workshop.keep.folder import journals, looking
from workshop.registry import Registry, normal
from workshop.replay import applied
from workshop.sqlite import Unreadable
from workshop.state import Workshop
from workshop.words import _, counted


@dataclass(frozen=True)
class Finding:
    """What a journal is like.

    *rows* and *w*: its entries and the workshop up to the last sound one.  *said*: what is wrong, in sentences.
    *foreign*: a later release wrote it, so that nothing here may be cut off.
    """

    rows: tuple[Row, ...]
    w: Workshop
    said: tuple[str, ...]
    foreign: bool = False

    @property
    def sound(self) -> int:
        """The number of the last entry that can be read, and all before it."""
        return self.w.seq


def look(path: Path) -> Finding:
    """Read the whole journal *path* as a server would.  Raises ``sqlite3.Error`` or ``OSError`` where it cannot be reached."""
    rows, w, said = [], Workshop(), []
    if not path.stat().st_size:
        return Finding((), w, (_(EMPTY, file=path.name),))
    try:
        with looking(path) as journal:
            said = [_("SQLite says: %(words)s", words=words) for words in journal.complaints()]
            said += [_(LOG, file=path.name)] if journal.log_is_broken else []
            for row in journal.rows():
                w = applied(w, entry(row))
                rows.append(row)
    except Unreadable as wrong:
        foreign = not said and isinstance(wrong, UnknownEvent) or isinstance(wrong, NotAJournal) and "newer" in wrong.sentence
        return Finding(tuple(rows), w, (*said, str(wrong)), foreign)
    if not rows:
        said.append(_(EMPTY, file=path.name))
    return Finding(tuple(rows), w, tuple(said))


def run(args: argparse.Namespace) -> int:
    """Returns the exit code: 0 all is sound, 1 something is not, 3 something could not be reached."""
    folder = Path(args.sessions)
    found, code = {}, 0
    if not folder.is_dir():
        print(_("There is no folder %(folder)s. Say where workshops are kept with --sessions.", folder=folder), file=sys.stderr)
        return 3
    named = {normal(given) or given: folder / f"{normal(given) or given}.db" for given in args.codes}
    for name, path in (named or journals(folder)).items():
        try:
            found[name] = look(path)
        except (sqlite3.Error, OSError) as wrong:
            print(_("%(file)s cannot be reached: %(why)s.", file=path.name, why=wrong), file=sys.stderr)
            code = 3
    listed = () if named else on_the_list(folder, set(found))
    print(as_json(found, listed) if args.json else as_text(found, listed))
    return code or int(bool(listed) or any(finding.said for finding in found.values()))


def on_the_list(folder: Path, there: set[str]) -> tuple[str, ...]:
    """What is wrong with the registry of *folder*, where these workshops are *there*."""
    if not (folder / "registry.db").exists():
        return (_("There is no registry.db: the workshops are not on any list."),) if there else ()
    try:
        registry = Registry(folder)
    except (Unreadable, sqlite3.Error) as wrong:
        return (str(wrong),)
    listed = {workshop.code for workshop in registry.workshops()}
    registry.close()
    return tuple(_("%(code)s is on the list, and its file is not there.", code=code) for code in sorted(listed - there))


def as_text(found: dict[str, Finding], listed: tuple[str, ...]) -> str:
    lines = list(listed)
    for code, finding in found.items():
        if not finding.said:
            lines.append(counted("%(code)s is sound: 1 entry.", "%(code)s is sound: %(n)d entries.", finding.sound, code=code))
            continue
        lines.append(_("%(code)s is not sound. It can be read up to entry %(n)d.", code=code, n=finding.sound))
        lines += [f"  {sentence}" for sentence in finding.said]
        lines += [] if finding.foreign else ["  " + _("To keep what can be read: workshop repair %(code)s", code=code)]
    return "\n".join(lines or [_("There is no workshop here.")])


def as_json(found: dict[str, Finding], listed: tuple[str, ...]) -> str:
    workshops = [{"code": code, "ok": not finding.said, "sound": finding.sound, "said": finding.said} for code, finding in found.items()]
    return json.dumps({"version": 1, "ok": not listed and all(w["ok"] for w in workshops), "workshops": workshops, "registry": listed},
                      ensure_ascii=False)
