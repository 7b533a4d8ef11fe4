"""The whole of a workshop, and the questions that everybody asks of it."""
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from workshop.agenda import Plan, Stage, Step
from workshop.state.board import Board
from workshop.state.ideas import Idea, Note
from workshop.state.outcome import Action, Adoption, Point, Section, Stand
from workshop.state.people import Facilitator, Group, Person
from workshop.state.vote import Budget, Result, Vote
from workshop.state.weighing import Question, Weight


@dataclass(frozen=True)
class Clock:
    """One clock for everybody: it runs until *ends*, or stands with *left* ms to go; *total* ms were planned."""

    ends: int = 0
    left: int | None = None
    total: int = 0


@dataclass(frozen=True)
class Origin:
    """The export that a workshop was opened from again: its code, and how many entries its journal had, with which hash."""

    code: str
    entries: int
    hash: str


@dataclass(frozen=True)
class Workshop:
    """Everything that is known of one workshop after journal entry *seq*, which *by* asked for at *at*.

    *steps*: stage -> the step of it that was open last.  *opened*: stage -> when it first was.
    *opened_from*: the export that it was opened from again; the people it had by then have neither name nor phone here.
    *timeline*: (at, stage, step), each opening.  *taken_back*: run-offs and second votes that were added by mistake.
    *unsaved*: (from, to) in ms, each time that nothing could be saved.
    *charts* and *stars*: (stage, group) -> ideas.
    *written*: (stage, author) -> ideas.  *support*: idea -> people, *supported*: person -> ideas; both in the order given.
    *latecomers*: people who came when the groups were made.  *printed*: people who agreed that documents print their names.
    *sharing*: plenary -> the group whose turn it is.  *on_stage*: discuss stage -> the priority talked about.
    *budgets*: vote stage -> the dots that facilitators gave each person, where they did.
    *criteria*: vote stage -> what facilitators said to vote by, each time they said it.  *kept_both*: vote stage -> pairs of
    options that look alike and stay two.  *voted_on*: vote stage -> how often facilitators chose what it is on.
    *tables*: discuss stage -> person -> the priority they sit down with.  *helpers*: priority -> people.
    *weights* and *questions*: (discuss stage, priority) -> its ratings, and every asking of who agrees, oldest first.
    *matrix_on*: the discuss stages in which the screen shows effort and impact of all priorities.
    *worded*: the number of the last change of the charter's words.  *adopted*: the adoption in force.  *versions*: the workshop as
    it stood at each adoption.  *proposals*: how often a change was proposed after one; *amending*: the last of them is open.
    """

    code: str = ""
    seq: int = 0
    at: int = 0
    by: str = ""
    made: int = 0
    opened_from: Origin | None = None
    plan: Plan = Plan("", "", ())
    people: Mapping[str, Person] = field(default_factory=dict)
    facilitators: Mapping[str, Facilitator] = field(default_factory=dict)
    printed: frozenset[str] = frozenset()
    open_id: str = ""
    steps: Mapping[str, int] = field(default_factory=dict)
    opened: Mapping[str, int] = field(default_factory=dict)
    timeline: tuple[tuple[int, str, int], ...] = ()
    unsaved: tuple[tuple[int, int], ...] = ()
    taken_back: frozenset[str] = frozenset()
    clock: Clock = Clock()
    told: str = ""
    eyes_up: bool = False
    groups: Mapping[str, tuple[Group, ...]] = field(default_factory=dict)
    latecomers: tuple[str, ...] = ()
    ideas: Mapping[str, Idea] = field(default_factory=dict)
    charts: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    written: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    revealed: frozenset[str] = frozenset()
    stars: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    support: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    supported: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sharing: Mapping[str, str] = field(default_factory=dict)
    parking: Mapping[str, Note] = field(default_factory=dict)
    boards: Mapping[str, Board] = field(default_factory=dict)
    votes: Mapping[str, Vote] = field(default_factory=dict)
    budgets: Mapping[str, Budget] = field(default_factory=dict)
    criteria: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    kept_both: Mapping[str, frozenset[tuple[str, str]]] = field(default_factory=dict)
    voted_on: Mapping[str, int] = field(default_factory=dict)
    points: Mapping[str, Point] = field(default_factory=dict)
    actions: Mapping[str, Action] = field(default_factory=dict)
    on_stage: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    helpers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    weights: Mapping[tuple[str, str], Weight] = field(default_factory=dict)
    questions: Mapping[tuple[str, str], tuple[Question, ...]] = field(default_factory=dict)
    matrix_on: frozenset[str] = frozenset()
    charter: Mapping[str, Section] = field(default_factory=dict)
    stands: Mapping[str, Stand] = field(default_factory=dict)
    worded: int = 0
    adopted: Adoption | None = None
    versions: tuple["Workshop", ...] = field(default=(), repr=False)
    proposals: int = 0
    amending: bool = False
    words: Mapping[str, str] = field(default_factory=dict)
    ratings: Mapping[str, int] = field(default_factory=dict)
    next_date: str = ""
    note: str = ""
    ended: int = 0

    @cached_property
    def open(self) -> Stage | None:
        """The stage that is open, or None before the first."""
        return self.plan.stage(self.open_id)

    @cached_property
    def step(self) -> Step | None:
        """The step of the open stage that the room is in."""
        return self.open.steps[self.steps[self.open_id]] if self.open else None

    @property
    def may_join(self) -> bool:
        """Whether somebody new may come in: until the end, and while the charter is being changed after it."""
        return not self.ended or self.amending

    @property
    def drafting(self) -> bool:
        """Whether the charter's words can change and people say where they stand on them."""
        return not self.adopted or self.amending

    @property
    def version(self) -> int:
        """The version of the charter that is drafted, else the one in force."""
        return len(self.versions) + self.drafting

    def has_opened(self, stage: str) -> bool:
        """Whether the stage is open or ever was."""
        return stage in self.opened

    def last(self, kind: str, before: str = "") -> Stage | None:
        """The last stage of *kind* in the plan, or the last one ahead of the stage *before*."""
        stages = self.plan.stages[: self.plan.place(before)] if before else self.plan.stages
        return next((s for s in reversed(stages) if s.kind == kind), None)

    def source(self, stage: str) -> str:
        """The id of the stage that *stage* takes from, itself where it takes from none."""
        at = self.plan.stage(stage)
        return (at and at.source) or stage

    def groups_of(self, stage: str) -> tuple[Group, ...]:
        """The groups people sit in during *stage*: its own, or those formed last before it in the plan."""
        upto = self.plan.stages[: self.plan.place(stage) + 1]
        return next((self.groups[s.id] for s in reversed(upto) if s.id in self.groups), ())

    def group_of(self, person: str, stage: str) -> Group | None:
        """The group that *person* sits in during *stage*, or None."""
        return next((g for g in self.groups_of(stage) if person in g.people), None)

    def chart(self, stage: str, group: str) -> tuple[Idea, ...]:
        """The ideas on one group's flip chart, oldest first, those taken back or set aside left out."""
        ideas = (self.ideas[idea] for idea in self.charts.get((stage, group), ()))
        return tuple(idea for idea in ideas if idea.stands)

    def written_by(self, person: str, stage: str) -> tuple[Idea, ...]:
        """What one person wrote in *stage*, oldest first, with what they took back and what was set aside."""
        return tuple(self.ideas[idea] for idea in self.written.get((stage, person), ()))

    def supporters(self, idea: str) -> tuple[str, ...]:
        """Who supports *idea*, its author left out."""
        return tuple(person for person in self.support.get(idea, ()) if person != self.ideas[idea].author)

    def ideas_of(self, stage: str) -> tuple[Idea, ...]:
        """Every idea written in *stage* that still stands, in the order of arrival."""
        return self._standing.get(stage, ())

    @property
    def idea_count(self) -> int:
        """How many ideas stand, of all stages."""
        return sum(map(len, self._standing.values()))

    @cached_property
    def _standing(self) -> Mapping[str, tuple[Idea, ...]]:
        """Stage -> its ideas that stand: gone through once for all that ask, since there may be five thousand."""
        found = defaultdict(list)
        for idea in self.ideas.values():
            if not idea.withdrawn and not idea.withheld:
                found[idea.stage].append(idea)
        return {stage: tuple(ideas) for stage, ideas in found.items()}

    def is_silent(self, stage: str) -> bool:
        """Whether the words written in *stage* are still hidden from everybody but their author."""
        at = self.plan.stage(stage)
        if not at or stage not in self.steps or stage in self.revealed:
            return False
        return at.steps[self.steps[stage]].silent

    def tray(self, stage: str) -> tuple[Idea, ...]:
        """The ideas on the board of the themes stage *stage* that are in no theme."""
        place = self.boards[stage].place if stage in self.boards else {}
        return tuple(i for i in self.ideas_of(self.source(stage)) if i.id not in place and not i.parked)

    @property
    def cards(self) -> dict[str, str]:
        """Each idea that lies on another's card -> that other idea, on the last board of its stage."""
        last = {self.source(s.id): self.boards[s.id] for s in self.plan.stages if s.id in self.boards}
        return {idea: card for board in last.values() for idea, card in board.cards.items()}

    def option_text(self, vote: str, option: str) -> str:
        """What stands on the ballot for *option* (``theme:N`` or ``idea:ID``) of the vote stage *vote*."""
        kind, _, key = option.partition(":")
        if kind == "idea":
            return self.ideas[key].text
        return self.boards[self.source(vote)].themes[int(key)].name

    def result(self, stage: str) -> Result | None:
        """The result that the stage *stage* builds on: that of its own vote or of the vote it takes from, of the round that counts."""
        vote = self.votes.get(stage) or self.votes.get(self.source(stage)) or self.last_vote
        return self.final(vote).result if vote else None

    @property
    def last_vote(self) -> Vote | None:
        """The vote that was closed last, in the plan's order: its round that counts, as the run-off settled it."""
        closed = [s.id for s in self.plan.stages if s.id in self.votes and self.votes[s.id].result and not s.run_off and not s.second]
        return self.final(self.votes[closed[-1]]) if closed else None

    def run_off(self, vote: str) -> Stage | None:
        """The stage in which people vote among those that tied in the vote stage *vote*, or None."""
        return next((s for s in self.plan.stages if s.run_off == vote), None)

    def second_round(self, vote: str) -> Stage | None:
        """The stage in which people vote again on the options of the vote stage *vote*, or None."""
        return next((s for s in self.plan.stages if s.second == vote), None)

    def final(self, vote: Vote) -> Vote:
        """The round of *vote* that counts, settled: its second where that is closed."""
        stage = self.second_round(vote.stage)
        again = self.votes.get(stage.id) if stage else None
        return self.settled(again if again and again.result else vote)

    def settled(self, vote: Vote) -> Vote:
        """*vote* with what a closed run-off made of its tie: more priorities, fewer tied; its counts stay."""
        stage = self.run_off(vote.stage)
        again, result = self.votes.get(stage.id) if stage else None, self.votes[vote.stage].result
        if not (result and again and again.result):
            return vote
        return replace(vote, result=replace(result, priorities=result.priorities + again.result.priorities, tied=again.result.tied))
