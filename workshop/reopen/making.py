"""A workshop with a new code, made of an export: all of it or nothing."""
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from workshop.charter.data.export import Export
from workshop.charter.data.whole import whole
from workshop.charter.seen import seen
from workshop.events import Event
from workshop.events.people import WorkshopMade
from workshop.journal import Damaged, Entry, Journal, Row, entry
from workshop.keep.folder import BESIDE
from workshop.plan_checks import check
from workshop.registry import Listed, Registry
from workshop.reopen.holding import held
from workshop.reopen.parts import event_of
from workshop.reopen.reading import NotAnExport, read
from workshop.replay import applied
from workshop.state import Workshop
from workshop.words import N_, speaking

MAY_DIFFER = ("code", "made_for", "journal", "opened_from", "left_out")
"""What has to differ between an export and that of the workshop opened from it."""


@dataclass(frozen=True)
class Reopened:
    """A workshop that was opened again: its line on the list, the *token* of its console, and what its export said was left out of it."""

    listed: Listed
    token: str
    origin: str
    left_out: tuple[str, ...]


def reopened(contents: bytes, folder: Path, registry: Registry, now: int) -> Reopened:
    """Open the export *contents* as a workshop of *folder*, with a new code; *now* in milliseconds since 1970.

    Raises ``NotAnExport`` and ``PlanWrong`` where the file is none, and ``OSError`` or ``sqlite3.Error`` where the disk takes
    nothing; nothing is left behind then.
    """
    e = read(contents)
    plan = e.plan
    check(plan, "workshop.json")
    held(e)
    code = registry.new_code()
    path = folder / f"{code}.db"
    rows = _tried(e, now, (WorkshopMade(code, plan), event_of(e)))
    try:
        with closing(Journal(path)) as journal:
            journal.append(*rows)
        listed = Listed(code, plan.title, plan.community, "", now)
        return Reopened(listed, registry.add(listed), e.code, e.left_out)
    except BaseException:
        for end in BESIDE:
            Path(f"{path}{end}").unlink(missing_ok=True)
        raise


def _tried(e: Export, now: int, events: tuple[Event, ...]) -> list[Row]:
    """The rows of the new journal, once the workshop that they come to says what the export says."""
    rows, w = [Entry(n, now, "organiser", event).row() for n, event in enumerate(events, start=1)], Workshop()
    try:
        for row in rows:
            w = applied(w, entry(row))
        with speaking(w.plan.language):
            again = _said(whole(seen(w, "organiser"), ""))
    except (Damaged, ArithmeticError, LookupError, TypeError, ValueError) as wrong:
        raise NotAnExport(N_("This export does not hold together, so it cannot be opened again.")) from wrong
    for part, says in _said(e).items():
        if again[part] != says:
            raise NotAnExport(N_("What this export says in “%(part)s” does not follow from the rest of it."), part=part)
    return rows


def _said(e: Export) -> dict[str, Any]:
    """What *e* says, without what has to differ and without words that come of other words."""
    said = msgspec.to_builtins(e)
    for key in MAY_DIFFER:
        del said[key]
    for idea in said["ideas"]:
        del idea["group"]
    for vote in said["votes"]:
        del vote["title"]
        if not vote["known"]:
            del vote["voted"]
        for row in vote.get("rows", ()):
            del row["name"]
    for priority in said["priorities"]:
        del priority["name"]
    return said
