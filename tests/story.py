"""A workshop told as a story, without sockets or pages: people by name, commands by what they do."""
from pathlib import Path

import pytest

import workshop.app  # noqa: F401  (it knows every region)
from workshop import plans
from workshop.journal import Journal
from workshop.regions.region import Region, drawn_for
from workshop.rules import Refused
from workshop.rules.stages import standing
from workshop.session import Session
from workshop.state import Suggestion, Workshop

PLAN = {
    "title": "River district", "question": "What shall we start?", "constituencies": ["Civil service", "Civil society"], "groups": 2, "dots": 4, "cap": 2,
    "stages": [
        {"id": "welcome", "kind": "welcome", "minutes": 10},
        {"id": "ideas", "kind": "brainstorm", "steps": [{"title": "In silence", "minutes": 5, "silent": True}, {"title": "Talk", "minutes": 15},
                                                        {"title": "Stars", "minutes": 5, "stars": True}]},
        {"id": "plenary", "kind": "plenary", "minutes": 12},
        {"id": "themes", "kind": "themes", "minutes": 20},
        {"id": "vote", "kind": "vote", "minutes": 8},
        {"id": "discuss", "kind": "discuss", "minutes": 35, "side_by_side": True},
        {"id": "charter", "kind": "charter", "minutes": 10},
        {"id": "close", "kind": "close", "minutes": 5},
    ],
}

FEW = 8   # people, in stories that look at everybody's page after every command


def own_drawings(w: Workshop) -> list[tuple[Region, str]]:
    """Every region of a phone that not all phones share, with each key that it is drawn for."""
    keys = {"person": [*w.people], "group": [g.id for there in w.groups.values() for g in there],
            "table": [f"theme:{n}" for n in range(4)], "paper": ["0", "1"]}
    return [(region, key) for kind, those in keys.items() for region in drawn_for(kind) for key in dict.fromkeys(those)]


class Story:
    """One workshop and the people in it.  Its clock moves a second with every command."""

    def __init__(self, folder: Path, **plan) -> None:
        self._path, self._time = folder / "ktm482.db", 1_790_000_000_000
        self.session = self._opened()
        self.session.do("make_workshop", "organiser", "organiser", code="ktm482", plan=plans.make({**PLAN, **plan}))
        self.maya = Voice(self, "maya", "facilitator")
        self.maya.does("welcome_facilitator", name="Maya")

    @property
    def w(self) -> Workshop:
        return self.session.state

    def joins(self, name: str, side: str = "Civil service") -> "Voice":
        """Somebody comes in by phone."""
        person = Voice(self, name.lower(), "participant")
        person.does("join", name=name, constituency=side)
        return person

    def fills(self, n: int) -> list["Voice"]:
        """*n* people, from both sides in turn."""
        return [self.joins(f"P{i}", PLAN["constituencies"][i % 2]) for i in range(n)]

    def opens(self, stage: str, step: int = 0) -> None:
        """The facilitator takes the room there."""
        self.maya.does("open_stage", stage=stage, step=step, was=standing(self.w))

    def suggests(self, *themes: tuple[str, list[str]], first: int = 0) -> None:
        """The clusterer answers what the board asked: names, numbered from *first* on, with ideas; all others in the tray."""
        board, numbered = self.w.boards["themes"], dict(enumerate(themes, first))
        labels = {i.id: next((n for n, (_, ideas) in numbered.items() if i.id in ideas), -1) for i in self.w.ideas_of("ideas")}
        given = tuple(n for n, (name, _) in numbered.items() if name in board.wishes.into)
        answer = Suggestion(labels, {n: name for n, (name, _) in numbered.items()}, {}, {}, {}, {}, "shared words", board.asked, given=given)
        self.session.do("suggest_themes", "server", "server", stage="themes", suggestion=answer)

    def board(self, stage: str = "themes") -> dict[str, list[str]]:
        """name of theme -> the words of its ideas; ``tray`` for the rest."""
        board = self.w.boards[stage]
        themes = {theme.name: [self.w.ideas[i].text for i in board.ideas_in(n)] for n, theme in board.themes.items()}
        return {**themes, "tray": [i.text for i in self.w.tray(stage)]}

    def leaves_others_pages_alone(self, before: Workshop) -> None:
        """Who is not touched, by what the events say, sees what they saw *before*, so that nobody needs to look."""
        touched, room = self.session.touched(), self.session.room
        for region, key in [] if touched is None or len(before.people) > FEW else own_drawings(before):
            if key not in touched:
                assert region.look(before, room, key) == region.look(self.w, room, key), (region.name, key, touched)

    def restarts(self) -> None:
        """The journal, read anew, gives the same workshop."""
        before = self.w
        self.session.close()
        self.session = self._opened()
        assert self.session.state == before

    def _opened(self) -> Session:
        return Session(Journal(self._path), clock=self._tick, seed=lambda: 7)

    def _tick(self) -> int:
        self._time += 1000
        return self._time


class Voice:
    """Somebody in the story."""

    def __init__(self, story: Story, id: str, role: str) -> None:
        self._story, self.id, self._role = story, id, role

    def does(self, command: str, **args) -> bool:
        """Ask for a command, twice, as a bad network would.  Returns whether it changed anything; the second never does."""
        session = self._story.session
        was, before = session.state, session.state.seq
        session.touched()
        after = session.do(command, self.id, self._role, **args)
        self._story.leaves_others_pages_alone(was)
        assert session.do(command, self.id, self._role, **args) == after, f"{command} sent twice was done twice"
        return after > before

    def is_refused(self, command: str, because: str, **args) -> None:
        """The rule says no, twice, with a sentence that holds *because*, and nothing changed."""
        session = self._story.session
        before = session.state
        for _ in range(2):
            with pytest.raises(Refused, match=because):
                session.do(command, self.id, self._role, **args)
        assert session.state is before

    def writes(self, text: str, idea: str = "", stage: str = "ideas", **more) -> str:
        """Submit an idea; returns its id."""
        idea = idea or f"i{len(self._story.w.ideas)}"
        self.does("submit_idea", idea=idea, text=text, stage=stage, **more)
        return idea
