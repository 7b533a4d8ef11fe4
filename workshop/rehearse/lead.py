"""The facilitator: opens every stage in order and waits for the people."""
import random
import time
from collections.abc import Callable

import gevent

from workshop.rehearse import duties
from workshop.rehearse.plain import Unreachable
from workshop.rehearse.play import Play
from workshop.rehearse.reloads import stale
from workshop.words import _

FOLLOWS, LINGERS = 15.0, 60.0     # seconds: until a page shows the new stage, until somebody is done with it
POLL = 0.05
SOME = 12     # pages


class Facilitator:
    """Leads *play* from its console.  *told* is called with (part's title, how much of the plan is done, 0 to 1)."""

    def __init__(self, play: Play, told: Callable[[str, float], None] = lambda title, done: None) -> None:
        self.play, self.told, self.was, self.grouped = play, told, "", False

    def come_in(self) -> None:
        """Open console and screen.  Raises ``Unreachable`` where the token does not open them."""
        play, console = self.play, self.play.console
        if console.post(console.path, token=play.token, name="Rehearsal").status_code != 200:
            raise Unreachable(_("The console does not open. Make a new workshop."))
        for page in (console, play.screen):
            page.load()
            page.connect()
        play.learn_plan()

    def lead(self, hold: str = "") -> bool:
        """Play every part, or up to *hold*, a stage or ``stage.step``.  False where somebody else moved the room."""
        last_writing = ["{}.{}".format(*part) for part in self.play.writing()][-1:]
        n = 0
        while n < len(self.play.parts):     # a run-off or a second vote may come in on the way
            standing, (stage, step) = list(self.play.parts.items())[n]
            self.told(stage["title"], n / len(self.play.parts))
            if not self._open(standing, stage, step):
                return False
            if [standing] == last_writing:
                self.play.players += self.play.latecomers
                self.play.let_in(self.play.latecomers)
            self._follow(standing)
            duties.begin(self, stage, step)
            self.play.going = standing
            if hold in (standing, stage["id"]):
                return True
            self._wait(standing, n)
            self._reload(standing)
            duties.end(self, stage, step)
            n += 1
        return True

    def ask(self, command: str, **args) -> bool:
        """Ask for a command from the console; a refusal is a fault."""
        answer = self.play.console.do(command, **args)
        self.play.ledger.answered("console", command, args, answer)
        return answer.ok

    def _open(self, standing: str, stage: dict, step: int) -> bool:
        if not stage["steps"][step]["silent"]:
            self.play.ledger.reveal()
        answer = self.play.console.do("open_stage", stage=stage["id"], step=step, was=self.was)
        if not answer.ok and self.play.pace.waits:
            return False
        self.play.ledger.answered("console", "open_stage", {}, answer)
        self.was = self.play.opened = standing
        return True

    def _follow(self, standing: str) -> None:
        """Wait until every phone shows the part that was opened."""
        until = time.monotonic() + FOLLOWS
        while behind := [p.name for p in self.play.awake() if p.page.standing != standing]:
            if time.monotonic() > until:
                return self._wrong(_("%(n)d phones did not follow to %(part)s.", n=len(behind), part=standing))
            gevent.sleep(POLL)

    def _wait(self, standing: str, n: int) -> None:
        """Wait until everybody has done what there is to do and, unless it goes fast, until the time is over."""
        title, begun, seconds = self.play.parts[standing][0]["title"], time.monotonic(), self.play.seconds(standing)
        while True:
            people, passed = self.play.awake(), time.monotonic() - begun
            ready = sum(p.done == standing for p in people)
            self.told(title, (n + ready / max(len(people), 1)) / len(self.play.parts))
            if passed > seconds + LINGERS:
                return self._wrong(_("%(n)d people were not done with %(part)s.", n=len(people) - ready, part=standing))
            if ready == len(people) and (passed > seconds or not self.play.pace.waits) and not self.play.behind():
                return self.play.fetch()
            gevent.sleep(POLL)

    def _reload(self, standing: str) -> None:
        """On a bad network: hold some pages against a reload, before the next part comes whole and hides what is wrong."""
        if self.play.network.bad:
            people = self.play.awake()
            some = random.Random(f"{self.play.seed}/{standing}").sample(people, min(SOME, len(people)))
            self.play.ledger.faults += stale([self.play.console, self.play.screen, *(p.page for p in some)])

    def _wrong(self, sentence: str) -> None:
        self.play.ledger.faults.append(sentence)
