"""``workshop import``: a JSON export opened as a workshop again, without a server or beside one."""
import argparse
import json
import sqlite3
from pathlib import Path

from workshop.keep import says
from workshop.plan_checks import PlanWrong
from workshop.registry import Registry
from workshop.reopen.making import Reopened, reopened
from workshop.reopen.reading import NotAnExport
from workshop.session import now
from workshop.sqlite import Unreadable
from workshop.words import _


def run(args: argparse.Namespace) -> int:
    """Returns the exit code: 0 done, 2 the file is no export that can be opened, 3 file or folder out of reach."""
    folder = Path(args.sessions)
    if not folder.is_dir():
        return says(3, _("There is no folder %(folder)s. Say where workshops are kept with --sessions.", folder=folder))
    try:
        contents = Path(args.file).read_bytes()
    except OSError as wrong:
        return says(3, _("%(file)s cannot be read: %(why)s.", file=args.file, why=wrong.strerror))
    try:
        registry = Registry(folder)
    except (Unreadable, sqlite3.Error) as wrong:
        return says(3, str(wrong))
    try:
        made = reopened(contents, folder, registry, now())
    except (NotAnExport, PlanWrong) as wrong:
        return says(2, str(wrong))
    except (sqlite3.Error, OSError) as wrong:
        return says(3, _("It cannot be written here: %(why)s.", why=wrong))
    finally:
        registry.close()
    return says(0, _as_json(made) if args.json else "\n".join(_told(made)))


def _told(made: Reopened) -> list[str]:
    code = made.listed.code
    said = [_("%(title)s is open again as %(code)s.", title=made.listed.title, code=code),
            _("Its console: /%(code)s/console#%(token)s", code=code, token=made.token),
            _("Ballots, and who wrote what, were not in the export: results stand as they were told.")]
    return [*said, *(_("Left out of the export: %(what)s", what=sentence) for sentence in made.left_out)]


def _as_json(made: Reopened) -> str:
    code = made.listed.code
    return json.dumps({"version": 1, "code": code, "console": f"/{code}/console#{made.token}", "left_out": made.left_out}, ensure_ascii=False)
