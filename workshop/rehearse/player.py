"""Somebody with a phone, who does what the phone shows there is to do."""
import random
import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import gevent

from workshop.rehearse import acts
from workshop.rehearse.plain import Unreachable
from workshop.rehearse.reading import plain, read, told
from workshop.words import _

if TYPE_CHECKING:
    from workshop.rehearse.play import Play

NAMES = ("Ana", "Bo", "Chidi", "Dara", "Elif", "Farah", "Goran", "Hana", "Ines", "Jomo", "Kasia", "Luis", "Mira", "Noor",
         "Ola", "Pavel", "Qiu", "Rosa", "Sami", "Tala", "Uma", "Viktor", "Wanja", "Ximena", "Yusuf", "Zoe", "Amadou", "Birgit",
         "Carmen", "Dmitri", "Esi", "Fatima", "Gita", "Halima", "Ivo", "Joana", "Kofi", "Lena", "Mateo", "Nadia", "Omar", "Petra",
         "Quentin", "Rania", "Selma", "Tomas", "Ursula", "Vera", "Wim", "Xavier", "Yara", "Zlatan", "Aylin", "Bruno", "Chloe", "David",
         "Emeka", "Frida", "Greta", "Hugo")
TICK = 0.03
DIRECT = "ready"        # the command that pages send past the outbox
OWN = "my-"             # regions that are one's own begin so
PAUSE = (4.0, 14.0)     # seconds between what somebody does who has done all there was to do
WAKES = ("brainstorm",)         # stages through which nobody sleeps: what is written there has to reach everybody


class Player:
    """One participant.  *ideas*: (stage, step) -> what to write there.  *done*: the part that is behind them.
    *sleeps*: the stage through which their phone is asleep, empty where it is none."""

    def __init__(self, play: "Play", number: int, constituency: str) -> None:
        self.play, self.number, self.constituency = play, number, constituency
        self.chance = random.Random(f"{play.seed}/{number}")
        self.name = NAMES[number % len(NAMES)] + ("" if number < len(NAMES) else f" {number // len(NAMES) + 1}")
        self.ideas: dict[tuple[str, int], list[str]] = {}
        self.page = play.page("phone", number)
        self.sleeps = self.page.reception.sleeps([s["id"] for s in play.plan["stages"][1:-1] if s["kind"] not in WAKES])
        self.done, self.acts, self.ballots = "", 0, 0

    @property
    def id(self) -> str:
        return self.page.person

    @property
    def asleep(self) -> bool:
        return self.page.asleep and self._sleeps_in(self.play.opened)

    def come_in(self) -> bool:
        """Join by the page that a phone gets, and open the socket.  False where the page says no."""
        self.page.get(self.page.path)
        answer = self.page.post(self.page.path, name=self.name, constituency=self.constituency,
                                language=self.play.plan["language"])
        self.page.load()
        if answer.status_code != 200 or not self.id:
            faults = self.play.ledger.faults
            faults.append(_("%(name)s could not join (%(status)d).", name=self.name, status=answer.status_code))
            return False
        self.page.connect()
        self.play.ledger.joined[self.id] = time.monotonic()
        return True

    def live(self) -> None:
        """Go where the phone goes, until the workshop is over or the server away."""
        try:
            while not self.play.over:
                standing = self.page.standing
                if standing in self.play.parts and standing != self.done and self.play.goes(standing):
                    self._sleep() if self._sleeps_in(standing) else self._take_part(standing)
                gevent.sleep(TICK)
        except Unreachable as gone:
            self.play.ledger.faults.append(f"{self.name}: {gone}")
            self.play.gone.add(self.id)

    def do(self, command: str, expected: str = "", **args) -> bool:
        """Ask for a command; *expected* says why a refusal would be in order."""
        if command == "cast_ballot":
            self.play.ledger.votes.voted.add(self.id)
        answer = self.page.do(command, "" if command == DIRECT else self.new_id(), **args)
        self.play.ledger.ms.append(answer.ms)
        self.play.ledger.answered(self.id, command, args, answer, expected)
        return answer.ok

    def new_id(self) -> str:
        """An id as pages make them, the same for the same seed."""
        return f"r{self.chance.getrandbits(60):015x}"

    def shown_ideas(self) -> set[str]:
        """The ids of the ideas that stand on this phone, one's own list left out."""
        lists = (shown.entries for name, shown in self.page.board.shown.items() if not name.startswith(OWN))
        return {key for entries in lists for key in entries if key in self.play.ledger.ideas}

    def chart(self) -> list[str]:
        """The ids on the flip chart of one's group, in their order."""
        chart = self.page.board.shown.get("flip-chart")
        return list(chart.entries) if chart else []

    def table(self) -> str:
        """The name of the group as the phone's head says it, empty where it does not."""
        name = re.compile(rf"\b{re.escape(plain(self.play.plan['group_word']))} (\w+)")
        drawings = (shown.html for shown in self.page.board.shown.values() if 'class="place' in shown.before)
        heads = (e for html in drawings for e in read(html).walk() if "place" in e.attrs.get("class", "").split())
        found = next(filter(None, (name.search(plain(head.words())) for head in heads)), None)
        return found[1] if found else ""

    def paper(self) -> tuple[list[str], int, int]:
        """The options in the order of this phone's paper, how many dots there are, and how many may go on one."""
        for html in (shown.html for shown in self.page.board.shown.values() if told(shown.html, "data-paper")):
            options = [e.attrs["data-option"] for e in read(html).walk() if "data-option" in e.attrs]
            return options, int(told(html, "data-dots")), int(told(html, "data-cap"))
        return [], 0, 0

    def _sleeps_in(self, standing: str) -> bool:
        return standing in self.play.parts and self.play.parts[standing][0]["id"] == self.sleeps

    def _sleep(self) -> None:
        """Hear nothing until the room is elsewhere; where it is already, the page is behind."""
        if not self._sleeps_in(self.play.opened):
            return
        self.page.sleep()
        while self.asleep and not self.play.over:
            gevent.sleep(TICK)
        self.page.wake()

    def _take_part(self, standing: str) -> None:
        """Do everything there is to do in a part of the workshop, at moments of one's own."""
        stage, step = self.play.parts[standing]
        doing = acts.of(self, stage, step)
        self.acts = len(doing)
        begun, seconds = time.monotonic(), self.play.seconds(standing) * 0.8
        for moment, act in zip(sorted(self.chance.uniform(0, seconds) for _act in doing), doing):
            self._wait(begun + moment)
            act()
        self.done = standing
        if self.play.restless:
            self._stay(standing, acts.again(self, stage, step))

    def _stay(self, standing: str, act: Callable[[], None]) -> None:
        """Go on a little now and then while the room stays where it is."""
        while self.page.standing == standing and not self.play.over:
            self._wait(time.monotonic() + self.chance.uniform(*PAUSE), standing)
            if self.page.standing == standing:
                act()

    def _wait(self, until: float, standing: str = "") -> None:
        while (left := until - time.monotonic()) > 0 and not (standing and self.page.standing != standing):
            gevent.sleep(min(left, 0.5))
