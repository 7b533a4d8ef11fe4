"""Both documents of a small, a typical and a huge workshop, in English and in Arabic, to be looked at page by page.

    python -m bench.sheets FOLDER [--sizes small typical huge] [--languages en ar] [--kinds pdf docx html md]

Writes ``SIZE-LANGUAGE-DOCUMENT.KIND`` for each.  The workshops are made up; what their people say is in ``bench.sheets_said``.
The typical one's charter has a second version.
"""
import argparse
from dataclasses import replace
from pathlib import Path

from bench.sheets_said import SAID, Said
from tests.test_documents import MARK, PLAN, Play
from workshop.charter import files
from workshop.events.brainstorm import IdeaStarred, IdeaSubmitted, IdeaSupported, NoteParked
from workshop.events.charter import AmendmentProposed, CharterAdopted, NextDateSet, SectionWritten, WordSaid, WorkshopRated
from workshop.events.discuss import ActionSet, HelpOffered, PointAdded
from workshop.events.people import NamePrinted, PersonJoined
from workshop.events.stages import NoteWritten, WorkshopEnded
from workshop.events.themes import SuggestionAccepted, ThemeWorded
from workshop.events.vote import BallotCast, ResultShown, VoteClosed
from workshop.events.weighing import PriorityRated, RatingsShown
from workshop.rules.tally import tally
from workshop.state import Action, Adoption, Figures, Group, Spread, Vote, Workshop

SIZES = {"small": (12, 20), "typical": (60, 150), "huge": (1000, 5000)}   # people, ideas
DOTS, CAP, TABLE, SUPPORTED, NAMED = 3, 2, 8, 7, 3


def workshop(size: str, language: str, kind: type[Play] = Play) -> Play:
    """A whole workshop that has ended."""
    (people, ideas), s = SIZES[size], SAID[language]
    play = _made(s, language, people, kind)
    _written(play, s, people, ideas)
    _sorted(play, s)
    _voted(play, s)
    _talked(play, s)
    _agreed(play, s, people)
    if size == "typical":
        _amended(play, s)
    play.opens("close").does(*(WordSaid(f"p{n}", s.words[n % len(s.words)]) for n in range(people // 2)),
                             *(WorkshopRated(f"p{n}", 3 + n % 3) for n in range(people // 2)), NoteWritten(s.note), WorkshopEnded())
    return play


def _made(s: Said, language: str, people: int, kind: type[Play]) -> Play:
    stages = tuple(replace(stage, title=title) for stage, title in zip(PLAN.stages, s.stages, strict=True))
    stages = (replace(stages[0], steps=tuple(replace(step, title=title) for step, title in zip(stages[0].steps, s.steps, strict=True))),
              *(replace(stage, steps=(replace(stage.steps[0], title=stage.title),)) for stage in stages[1:]))
    return kind(replace(PLAN, title=s.title, question=s.question, community=s.community, domain=s.domain, language=language, group_word=s.table,
                        constituencies=s.sides, people=people, stages=stages))


def _written(play: Play, s: Said, people: int, ideas: int) -> None:
    play.does(*(PersonJoined(f"p{n}", n + 1, s.names[n % len(s.names)], s.sides[n * n % 5 % len(s.sides)]) for n in range(people)),
              *(NamePrinted(f"p{n}") for n in range(0, people, NAMED)))
    tables = -(-people // TABLE)
    play.opens("ideas", groups=tuple(Group(f"g{k}", str(k + 1), tuple(f"p{n}" for n in range(k, people, tables))) for k in range(tables)))
    texts = [*s.mixed, *(f"{idea} {place}" for place in s.places for idea in s.ideas)]
    more = [text if n < len(texts) else f"{text} ({n // len(texts) + 1})" for n in range(ideas) for text in [texts[n % len(texts)]]]
    play.does(*(IdeaSubmitted("ideas", f"i{n}", f"g{n % tables}", f"p{n % tables}", text) for n, text in enumerate(more)))
    play.opens("ideas", 1).does(*(IdeaStarred(f"i{n}") for n in range(0, ideas, 11)),
                                *(IdeaSupported(f"i{n}", f"p{k}") for n in range(0, ideas, SUPPORTED) for k in range(1 + n % 4)))


def _sorted(play: Play, s: Said) -> None:
    place = {idea: (n * n % 11 + n) % (len(s.themes) + 1) - 1 for n, idea in enumerate(play.w.ideas)}
    play.opens("themes").does(SuggestionAccepted("themes", dict(enumerate(s.themes)), place, True, "a bag of words"), ThemeWorded("themes", 0, s.wording))


def _voted(play: Play, s: Said) -> None:
    options = tuple(f"theme:{n}" for n in range(len(s.themes)))
    play.opens("vote", vote=Vote("vote", options, (options,), DOTS, CAP))
    liked = ((0, 0, 1), (0, 2, 2), (0, 1, 4), (1, 1, 2), (0, 5, 2), (0, 1, 3), (6, 7, 0))
    given = {p: liked[n % len(liked)] for n, p in enumerate(list(play.w.people)[:-1])}
    play.does(*(BallotCast("vote", p, {f"theme:{t}": dots.count(t) for t in dots}, 1) for p, dots in given.items()))
    sides = {p.id: p.constituency for p in play.w.people.values()}
    counted = tally(options, play.w.votes["vote"].ballots, sides, priorities=3, budget=DOTS, cap=CAP, keep_ties=False)
    play.does(VoteClosed("vote", counted), ResultShown("vote"))


def _talked(play: Play, s: Said) -> None:
    play.opens("discuss")
    for n in range(3):
        option = f"theme:{n}"
        points = s.points if n == 0 else s.points[n::2]
        play.does(*(PointAdded("discuss", f"k{n}-{k}", option, kind, text, "p1") for k, (kind, text) in enumerate(points)), HelpOffered(option, f"p{n}"))
        play.does(*(PriorityRated("discuss", option, f"p{k}", 2 + n, 4 - n, 1) for k in range(9)), RatingsShown("discuss", option, Figures(9, Spread(1, 2 + n, 4), Spread(3 - n, 4 - n, 5))))
    play.does(*(ActionSet(Action(f"x{n}", "discuss", f"theme:{n}", *action)) for n, action in enumerate(s.actions)),
              *(NoteParked(f"n{n}", f"p{n}", text, "discuss") for n, text in enumerate(s.parked)))


def _agreed(play: Play, s: Said, people: int) -> None:
    play.opens("charter").does(NextDateSet(s.next), *(SectionWritten(section, text, 1) for section, text in s.sections.items()))
    play.does(CharterAdopted(Adoption(play.at, people - 5, 2, s.objections, 1, sections=dict.fromkeys(s.sections, 1))))


def _amended(play: Play, s: Said) -> None:
    before = play.w.adopted
    play.does(AmendmentProposed(1), *(SectionWritten(section, text, 2) for section, text in s.amended.items()))
    play.does(CharterAdopted(replace(before, at=play.at, objections=s.objections[:1], agree=before.agree + 1, sections=dict.fromkeys(s.sections, 1) | dict.fromkeys(s.amended, 2))))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sizes", nargs="+", choices=SIZES, default=list(SIZES))
    parser.add_argument("--languages", nargs="+", choices=SAID, default=list(SAID))
    parser.add_argument("--kinds", nargs="+", default=["pdf", "docx", "html", "md"])
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    for size in args.sizes:
        for language in args.languages:
            w = workshop(size, language).w
            for name in ("charter", "report"):
                for kind in args.kinds:
                    contents, _type, _name = files.make(w, name, kind, asker="facilitator", mark=MARK)
                    path = args.folder / f"{size}-{language}-{name}.{kind}"
                    path.write_bytes(contents)
                    print(f"{path}  {len(contents)} bytes", flush=True)


if __name__ == "__main__":
    main()
