"""The plan a workshop is made from: stages, their steps, and what the facilitator says in each."""
from collections.abc import Iterator
from dataclasses import dataclass

CRITERIA_MOST, CRITERION_MOST = 5, 90
SIDES_MOST, SIDE_MOST = 6, 40
PLAN_TEXTS = {"title": 120, "question": 300, "about": 300, "community": 80, "domain": 300, "group_word": 20, "words_used": 600, "sees_what": 600}
STAGE_TEXTS, STEP_TEXTS = {"title": 24, "heading": 34, "caption": 36}, {"title": 60, "caption": 36}
SCRIPT_TEXTS = {"say": 1500, "wait": 1500, "wrong": 1500, "late": 1500}
"""How many characters each text of a plan may have, so that it fits where it stands."""
KINDS = ("welcome", "brainstorm", "plenary", "break", "themes", "vote", "discuss", "charter", "close")
DOWNLOADS = ("charter", "report", "ideas", "votes", "actions", "priorities", "workshop")
SOURCES = {"plenary": "brainstorm", "themes": "brainstorm", "vote": "themes", "discuss": "vote", "charter": "discuss"}


@dataclass(frozen=True)
class Script:
    """Words for the facilitator: what to say, what to wait for, if it goes wrong, if it is late."""

    say: str = ""
    wait: str = ""
    wrong: str = ""
    late: str = ""


@dataclass(frozen=True)
class Step:
    """A part of a stage with a clock of its own.  *silent*: nobody sees others' ideas; *stars*: groups may star."""

    title: str
    minutes: float
    caption: str = ""
    script: Script = Script()
    silent: bool = False
    stars: bool = False


@dataclass(frozen=True)
class Stage:
    """One stage of a plan.  *source* is the id of the stage it takes from; *groups*: people sit in groups.

    *agreement*: how a discussion asks who agrees, ``consent`` or ``fist``; empty where the facilitator chooses in the room.
    *criteria*: what people are asked to vote by.
    *run_off*: the id of the vote whose tie this stage decides; *second*: the id of the vote of which it is the second
    round.  No plan on file has one, they are added in the room.
    """

    id: str
    kind: str
    title: str
    heading: str = ""
    caption: str = ""
    script: Script = Script()
    source: str = ""
    groups: bool = False
    options: str = "themes"
    side_by_side: bool = False
    agreement: str = ""
    steps: tuple[Step, ...] = ()
    run_off: str = ""
    criteria: tuple[str, ...] = ()
    second: str = ""

    @property
    def minutes(self) -> float:
        return sum(step.minutes for step in self.steps)


@dataclass(frozen=True)
class Plan:
    """What a workshop sets out to do.  Numbers that are 0 are advised when they are needed.

    *downloads*: the files that participants may have when the workshop has ended.
    """

    title: str
    question: str
    stages: tuple[Stage, ...]
    about: str = ""
    community: str = ""
    domain: str = ""
    language: str = "en"
    languages: tuple[str, ...] = ()
    constituencies: tuple[str, ...] = ()
    people: int = 0
    group_size: int = 0
    groups: int = 0
    group_word: str = "table"
    names: str = "optional"
    top: int = 3
    dots: int = 0
    cap: int = 0
    priorities: int = 3
    tie: str = "run-off"
    words_used: str = ""
    sees_what: str = ""
    downloads: tuple[str, ...] = ("charter", "report")

    def stage(self, stage: str) -> Stage | None:
        """The stage with this id, or None."""
        return next((s for s in self.stages if s.id == stage), None)

    def place(self, stage: str) -> int:
        """Where the stage stands in the plan, from 0; -1 where it does not."""
        return next((n for n, s in enumerate(self.stages) if s.id == stage), -1)

    def parts(self) -> Iterator[tuple[Stage, int]]:
        """Every step of every stage, in order, as (stage, step's place in it)."""
        return ((stage, n) for stage in self.stages for n in range(len(stage.steps)))

    @property
    def minutes(self) -> float:
        return sum(stage.minutes for stage in self.stages)
