"""``workshop rehearse`` as a command."""
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from workshop.ideas_file import Ideas, NotIdeas, read
from workshop.rehearse import summary
from workshop.rehearse.network import Network
from workshop.rehearse.pace import Pace
from workshop.rehearse.plain import Unreachable
from workshop.rehearse.play import Made
from workshop.rehearse.progress import Progress
from workshop.rehearse.rehearsal import NotMade, make, rehearse
from workshop.words import _

FINE, WRONG, MISUSED, UNREACHABLE = 0, 1, 2, 3
DEMO_IDEAS = Path(__file__).resolve().parent.parent / "demo_ideas.txt"
FEWEST = 2


def run(args: Namespace) -> int:
    """Play the workshop that *args* describe and print what came of it; returns the exit code."""
    if args.participants < FEWEST:
        return _say(_("A workshop needs at least %(n)d participants.", n=FEWEST), MISUSED)
    try:
        ideas = read(args.ideas or DEMO_IDEAS)
    except OSError as fault:
        return _say(_("%(path)s cannot be opened: %(why)s.", path=args.ideas, why=fault.strerror), UNREACHABLE)
    except NotIdeas as fault:
        return _say(f"{args.ideas}: {fault}", MISUSED)
    try:
        made, network = make(args.url, args.organiser_key, args.plan), Network(args.seed, args.faults)
        found = _played(args, made, ideas, network)
    except KeyboardInterrupt:
        return _say(_("Stopped before the end. The workshop stays in the list under /organise."), WRONG)
    except NotMade as fault:
        return _say(str(fault), MISUSED)
    except Unreachable as fault:
        return _say(str(fault), UNREACHABLE)
    print(summary.as_json(found) if args.json else summary.printed(found, network.made))
    return FINE if found["ok"] else WRONG


def _played(args: Namespace, made: Made, ideas: Ideas, network: Network) -> dict[str, Any]:
    progress = Progress()
    left_out = [_("Row %(row)d of the file was left out: %(why)s", row=row, why=why) for row, why in ideas.rejected]
    try:
        return rehearse(made, args.plan, args.participants, [text for _row, text in ideas.rows], seed=args.seed,
                        pace=Pace(args.pace), network=network, left_out=left_out, told=progress.tell,
                        files=Path(args.files) if args.files else None, rounds=args.rounds)
    finally:
        progress.end()


def _say(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code
