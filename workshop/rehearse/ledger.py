"""What everybody sent, what was answered and what reached whom, as it happens."""
import html
import re
import time
from collections import Counter
from dataclasses import dataclass, field

from workshop.rehearse.page import Answer, Page
from workshop.rehearse.reading import plain, read
from workshop.rehearse.secret_ballot import SecretBallot
from workshop.words import counted

IDEA_ID = re.compile(r"\br[0-9a-f]{15}\b")
TELLING = 12     # letters from which on words are taken for the idea's own


@dataclass
class Sent:
    """One idea.  Times are of this process's clock, in seconds; *acknowledged* is None until it was."""

    id: str
    author: str
    text: str
    stage: str
    at: float
    acknowledged: float | None = None
    refused: str = ""
    shown: float = 0.0

    @property
    def words(self) -> str:
        return plain(self.text)


@dataclass
class Ledger:
    """The notes of a rehearsal.  *silent*: the ideas that nobody but their author may see yet.

    *seen*: (idea, person) -> when it first stood on that person's page.  *joined*: person -> when they came in.
    *given*: (command, its words or numbers) of what was acknowledged.  *leaks*: (what, where).  *moved*: when a page
    changed last.
    """

    ideas: dict[str, Sent] = field(default_factory=dict)
    silent: dict[str, Sent] = field(default_factory=dict)
    seen: dict[tuple[str, str], float] = field(default_factory=dict)
    joined: dict[str, float] = field(default_factory=dict)
    given: list[tuple[str, dict]] = field(default_factory=list)
    ballots: dict[str, dict[str, dict[str, int]]] = field(default_factory=dict)
    ms: list[float] = field(default_factory=list)
    refusals: Counter = field(default_factory=Counter)
    leaks: set[tuple[str, str]] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    votes: SecretBallot = field(default_factory=SecretBallot)
    moved: float = 0.0

    def writes(self, idea: str, author: str, text: str, stage: str, silent: bool) -> None:
        """An idea is about to be sent."""
        self.ideas[idea] = sent = Sent(idea, author, text, stage, time.monotonic())
        if silent:
            self.silent[idea] = sent

    def reveal(self) -> None:
        """From now on what was written in silence may be seen."""
        for idea in self.silent.values():
            idea.shown = time.monotonic()
        self.silent = {}

    def answered(self, person: str, command: str, args: dict, answer: Answer, expected: str = "") -> None:
        """A command was answered.  A refusal that is not *expected* is a fault in the end."""
        if answer.ok:
            self.given.append((command, {**args, "by": person}))
        elif not expected:
            self.refusals[command, answer.error] += 1
        if command == "submit_idea":
            sent = self.ideas[args["idea"]]
            sent.acknowledged, sent.refused = (time.monotonic(), "") if answer.ok else (None, answer.error)
        if command == "cast_ballot" and answer.ok:
            self.ballots.setdefault(args["stage"], {})[person] = args["dots"]

    def came(self, page: Page, fragment: str) -> None:
        """Something arrived for *page*: who saw what, and whether they might."""
        for idea in set(IDEA_ID.findall(fragment)) & self.ideas.keys():
            self.seen.setdefault((idea, page.who), time.monotonic())
        self.hides(page.who, fragment)

    def hides(self, who: str, fragment: str) -> None:
        """Check that *fragment*, which *who* was given, holds nothing of what is written in silence."""
        others = [sent for sent in self.silent.values() if sent.author != who]
        if not others or not fragment:
            return
        ids, said = set(IDEA_ID.findall(fragment)), plain(spoken(fragment))
        own = " ".join(sent.words for sent in self.silent.values() if sent.author == who)
        for sent in others:
            if sent.id in ids or len(sent.words) >= TELLING and sent.words in said and sent.words not in own:
                self.leaks.add((sent.id, who))

    def changed(self, page: Page, region: str) -> None:
        """A region of *page* shows something else now."""
        self.moved = time.monotonic()
        if fault := self.votes.looks(page.who, region, page.board.shown[region].html):
            self.faults.append(fault)

    def told(self) -> list[str]:
        """The faults noted so far, refusals that nobody expected included."""
        refused = [counted("%(command)s was refused once: %(why)s", "%(command)s was refused %(n)d times: %(why)s", n,
                           command=command, why=why) for (command, why), n in self.refusals.items()]
        return [*dict.fromkeys(self.faults), *refused]


def spoken(fragment: str) -> str:
    """The words in HTML, or in any other text as it is."""
    return read(fragment).words() if "<" in fragment else html.unescape(fragment)
