"""The command line: ``workshop serve`` and the rest."""
from gevent import monkey

monkey.patch_all()

import argparse  # noqa: E402  (gevent has to patch before anything else is imported)
import os  # noqa: E402
import sys  # noqa: E402


def main(argv: list[str] | None = None) -> int:
    """Run one command.  Returns its exit code: 0 done, 1 done but something was wrong, 2 wrong use, 3 not reachable."""
    parser = argparse.ArgumentParser(prog="workshop", description="Workshops from the QR code to the charter.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _serve(commands.add_parser("serve", help="serve workshops to phones, screen and console"))
    _key(commands.add_parser("key", help="replace the organiser's key"))
    _themes(commands.add_parser("themes", help="sort a file of ideas into themes"))
    _rehearse(commands.add_parser("rehearse", help="play a whole workshop against a running server and check it"))
    _demo(commands.add_parser("demo", help="show a workshop in which nobody has to be there"))
    _export(commands.add_parser("export", help="write the files of a workshop, without a server"))
    _import(commands.add_parser("import", help="open a JSON export as a workshop again"))
    _backup(commands.add_parser("backup", help="put the sessions folder into one file, also while a server runs"))
    _restore(commands.add_parser("restore", help="bring a backup back into an empty folder"))
    _check(commands.add_parser("check", help="say whether every workshop can be read to its end"))
    _repair(commands.add_parser("repair", help="keep what can be read of a damaged workshop"))
    args = parser.parse_args(argv)
    return args.run(args)


def _folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--sessions", default=os.environ.get("WORKSHOP_SESSIONS", "sessions"), metavar="DIR",
                        help="where workshops are kept (default: sessions)")


def _serve(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    parser.add_argument("--host", default=os.environ.get("WORKSHOP_HOST", "0.0.0.0"), help="address to listen on (default: every one)")
    parser.add_argument("--port", type=int, default=int(os.environ.get("WORKSHOP_PORT", "8000")))
    parser.add_argument("--base", default=os.environ.get("WORKSHOP_BASE", ""), metavar="URL", help="the address that people use")
    parser.set_defaults(run=_run_serve)


def _run_serve(args: argparse.Namespace) -> int:
    from workshop.serve import serve
    return serve(args.sessions, args.host, args.port, args.base)


def _key(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    parser.add_argument("--new", action="store_true", required=True, help="make a new key; the old one stops working")
    parser.set_defaults(run=_run_key)


def _run_key(args: argparse.Namespace) -> int:
    from pathlib import Path

    from workshop.registry import Registry
    from workshop.sqlite import Unreadable
    folder = Path(args.sessions)
    if not folder.is_dir():
        print(f"There is no folder {folder}. Say where workshops are kept with --sessions.", file=sys.stderr)
        return 3
    try:
        registry = Registry(folder)
    except Unreadable as wrong:
        print(f"{wrong} Bring the folder back with: workshop restore.", file=sys.stderr)
        return 3
    print(f"The organiser's key is now {registry.new_key()}\nIt is shown this once. Keep it where you keep keys.")
    registry.close()
    return 0


def _themes(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    parser.add_argument("file", help="XLSX, CSV, JSONL or text, an idea a line; also with group, constituency and dots")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--language", metavar="CODE", help="what the ideas are written in, as pl (default: en)")
    parser.add_argument("--to", default="", metavar="DIR", help="write charter, report and data there")
    parser.add_argument("--format", default="", metavar="pdf,docx,...", help="with --to: which kinds of file (default: every one)")
    parser.add_argument("--title", default="", help="with --to: what the report is called (default: the file's name)")
    parser.add_argument("--question", default="", help="with --to: what the ideas answer")
    parser.add_argument("--people", type=int, default=0, metavar="N", help="with --to: how many people placed the dots")
    parser.set_defaults(run=_run_themes)


def _run_themes(args: argparse.Namespace) -> int:
    if args.to:
        from workshop.keep import paper
        return paper.run(args)
    from workshop.themes import file
    return file.run(args.file, args.json, args.language)


def _rehearse(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--url", default="http://127.0.0.1:8000", help="the server (default: %(default)s)")
    parser.add_argument("--organiser-key", default=os.environ.get("WORKSHOP_ORGANISER_KEY", ""), metavar="KEY",
                        help="the organiser's key (default: WORKSHOP_ORGANISER_KEY)")
    parser.add_argument("--plan", default="cop-inception", help="the plan to play (default: %(default)s)")
    parser.add_argument("--participants", type=int, default=30, metavar="N", help="how many people take part (default: 30)")
    parser.add_argument("--ideas", metavar="FILE", help="CSV, JSONL or text; every line is sent once (default: ideas of our own)")
    parser.add_argument("--seed", default="1", help="the same seed, the same people (default: 1)")
    parser.add_argument("--pace", choices=("fast", "real"), default="fast", help="fast, or the plan's own minutes")
    parser.add_argument("--faults", action="store_true", help="cut, delay and reorder what the players send and get, by the seed")
    parser.add_argument("--rounds", action="store_true", help="have the vote tie, hold a run-off, and vote again after the discussion")
    parser.add_argument("--files", metavar="DIR", help="keep the downloads here")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=_run_rehearse)


def _run_rehearse(args: argparse.Namespace) -> int:
    from workshop.rehearse import command
    return command.run(args)


def _demo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--participants", type=int, default=24, metavar="N", help="how many people take part (default: 24)")
    parser.add_argument("--plan", default="cop-inception", help="the plan to play (default: %(default)s)")
    parser.add_argument("--hold", default="", metavar="STAGE", help="stay in this stage (or stage.step, as ideas.1), with people active")
    parser.add_argument("--seed", default="1", help="the same seed, the same people (default: 1)")
    parser.add_argument("--host", default=os.environ.get("WORKSHOP_HOST", "0.0.0.0"), help="address to listen on (default: every one)")
    parser.add_argument("--port", type=int, default=int(os.environ.get("WORKSHOP_PORT", "8000")))
    parser.add_argument("--sessions", default="", metavar="DIR", help="keep the workshop here (default: nowhere)")
    parser.add_argument("--url", default="", help="play on a server that runs already")
    parser.add_argument("--organiser-key", default=os.environ.get("WORKSHOP_ORGANISER_KEY", ""), metavar="KEY", help="that server's key")
    parser.set_defaults(run=_run_demo)


def _run_demo(args: argparse.Namespace) -> int:
    from workshop import demo
    return demo.run(args)


def _export(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    parser.add_argument("code", help="the workshop's code")
    parser.add_argument("--format", default="", metavar="pdf,html,...", help="which kinds of file (default: every one)")
    parser.add_argument("--to", default=".", metavar="DIR", help="where to write them (default: here)")
    parser.set_defaults(run=_run_export)


def _run_export(args: argparse.Namespace) -> int:
    from workshop.keep import export
    return export.run(args)


def _import(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    parser.add_argument("file", metavar="FILE.json", help="workshop.json, as it was downloaded or exported")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=_run_import)


def _run_import(args: argparse.Namespace) -> int:
    from workshop.reopen import command
    return command.run(args)


def _backup(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    parser.add_argument("--to", default="", metavar="FILE.zip", help="the file to write (default: named by the time, here)")
    parser.set_defaults(run=_run_backup)


def _run_backup(args: argparse.Namespace) -> int:
    from workshop.keep import backup
    return backup.run(args)


def _restore(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    parser.add_argument("file", metavar="FILE.zip", help="what backup wrote")
    parser.set_defaults(run=_run_restore)


def _run_restore(args: argparse.Namespace) -> int:
    from workshop.keep import backup
    return backup.run_restore(args)


def _check(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    parser.add_argument("codes", nargs="*", metavar="CODE", help="which workshops (default: every one)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=_run_check)


def _run_check(args: argparse.Namespace) -> int:
    from workshop.keep import check
    return check.run(args)


def _repair(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    parser.add_argument("code", metavar="CODE", help="the workshop's code")
    parser.set_defaults(run=_run_repair)


def _run_repair(args: argparse.Namespace) -> int:
    from workshop.keep import repair
    return repair.run(args)


if __name__ == "__main__":
    sys.exit(main())
