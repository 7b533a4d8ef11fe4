"""``workshop themes FILE --to DIR``: the files of a workshop that begins with a list of ideas from paper, without a server."""
import argparse
import json
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from workshop import typed_up
from workshop.charter import brand
from workshop.ideas_file import NotIdeas, read
from workshop.journal import Journal
from workshop.keep import says
from workshop.keep.export import asked_formats, written
from workshop.plans import PlanWrong
from workshop.questions import board_question, suggestion
from workshop.room import Forming
from workshop.session import Session
from workshop.typed_up import NotTyped, Paper
from workshop.words import _


def run(args: argparse.Namespace) -> int:
    """Returns the exit code: 0 done, 1 done but rows were left out, 2 no ideas or wrong use, 3 out of reach."""
    path, to = Path(args.file), Path(args.to)
    try:
        formats = asked_formats(args.format)
        paper = Paper(read(path, args.language or ""), path.name, args.title or path.stem, args.question or args.title or path.stem,
                      language=args.language or "en", people=args.people)
        to.mkdir(parents=True, exist_ok=True)
        for name in _files(paper, _code(path), formats, to, brand.read(Path(args.sessions))):
            print(name)
    except (NotIdeas, NotTyped, PlanWrong, ValueError) as wrong:
        return says(2, f"{path.name}: {wrong}")
    except (OSError, sqlite3.Error) as wrong:
        return says(3, _("%(file)s: %(why)s.", file=path.name, why=getattr(wrong, "strerror", None) or wrong))
    left = [_("Row %(row)d was left out: %(why)s", row=row + paper.ideas.first, why=why) for row, why in paper.ideas.rejected]
    return says(1, *left) if left else 0


def _files(paper: Paper, code: str, formats: tuple[str, ...], to: Path, worn: brand.Brand) -> Iterator[Path]:
    from workshop.themes.worker import suggest
    plan = typed_up.plan_of(paper)
    with tempfile.TemporaryDirectory() as place:
        session = Session(Journal(Path(place) / "paper.db"))
        session.do("make_workshop", typed_up.BY, "organiser", code=code, plan=plan)
        typed_up.fill(session, paper)
        asked = board_question(session.state, "themes", Forming())
        answer = suggest(**{key: value for key, value in asked.items() if key != "job"}, language=paper.language)
        found = suggestion(json.loads(json.dumps(answer)), session.state.boards["themes"])
        session.do("suggest_themes", "server", "server", stage="themes", suggestion=found)
        typed_up.take_themes(session)
        yield from written(session.state, formats, to, session.mark(), worn)
        session.close()


def _code(path: Path) -> str:
    """What stands in place of a code in the names of the files: the list's own name."""
    return re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")[:30] or "ideas"
