"""The facilitator: opens every stage in order and does what is theirs in each."""
import time
from collections.abc import Callable

import gevent

from workshop.rehearse.checks import unbalanced
from workshop.rehearse.page import Unreachable
from workshop.rehearse.peek import peek
from workshop.rehearse.play import Play
from workshop.words import _

FOLLOWS, LINGERS = 15.0, 60.0     # seconds: until a page shows the new stage, until somebody has done all there is to do
SUGGESTS = 180.0
QUIET = 0.4
POLL = 0.25
SECTIONS = {
    "purpose": "We make services reach people who get the least of them, and we do it together.",
    "scope-in": "Offices, health, school and transport in the districts at the edge of town.",
    "scope-out": "National law. We write to those who make it.",
    "community": "Anybody from civil service or civil society who works on this. Half of each.",
    "practice": "Every second Tuesday, ninety minutes. Once a month somebody sits in the hotseat.",
    "decisions": "Who is there decides. Who objects says what would make it good enough.",
    "success": "In a year, three services that people in two districts say they use. We look back in June."}
DATE = "Tuesday in two weeks, 9:30, at the community centre"
HANDFUL = 3


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
        play.plan = play.data()["plan"]
        play.parts = {f"{stage['id']}.{n}": (stage, n) for stage in play.plan["stages"] for n in range(len(stage["steps"]))}

    def lead(self, hold: str = "") -> bool:
        """Play every part, or stop when *hold*, a stage or ``stage.step``, is open.  False where somebody else moved the room."""
        last_writing = ["{}.{}".format(*part) for part in self.play.writing()][-1:]
        for n, (standing, (stage, step)) in enumerate(self.play.parts.items()):
            self.told(stage["title"], n / len(self.play.parts))
            if not self._open(standing, stage, step):
                return False
            if [standing] == last_writing:
                self.play.players += self.play.latecomers
                self.play.let_in(self.play.latecomers)
            self._follow(standing)
            BEGINS.get(stage["kind"], _nothing)(self, stage, step)
            self.play.going = standing
            if hold in (standing, stage["id"]):
                return True
            self._wait(standing, n)
            ENDS.get(stage["kind"], _nothing)(self, stage, step)
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
        self.was = standing
        return True

    def _follow(self, standing: str) -> None:
        """Wait until every phone shows the part that was opened."""
        until = time.monotonic() + FOLLOWS
        while behind := [p.name for p in self.play.present() if p.page.standing != standing]:
            if time.monotonic() > until:
                self.play.ledger.faults.append(_("%(n)d phones did not follow to %(part)s.", n=len(behind), part=standing))
                return
            gevent.sleep(POLL / 5)

    def _wait(self, standing: str, n: int) -> None:
        """Wait until everybody has done what there is to do and, unless it goes fast, until the time is over."""
        title, begun, seconds = self.play.parts[standing][0]["title"], time.monotonic(), self.play.seconds(standing)
        while True:
            people, passed = self.play.present(), time.monotonic() - begun
            ready = sum(p.done == standing for p in people)
            self.told(title, (n + ready / max(len(people), 1)) / len(self.play.parts))
            if passed > seconds + LINGERS:
                self.play.ledger.faults.append(_("%(n)d people were not done with %(part)s.", n=len(people) - ready, part=standing))
                return
            if ready == len(people) and (passed > seconds or not self.play.pace.waits):
                return
            gevent.sleep(POLL / 5)


def _nothing(lead: Facilitator, stage: dict, step: int) -> None:
    """Nothing is the facilitator's here."""


def _seat(lead: Facilitator, stage: dict, step: int) -> None:
    """Look whether the groups are even, once they are formed."""
    groups = lead.play.data()["groups"]
    if groups and not lead.grouped:
        lead.play.ledger.faults += unbalanced(groups)
    lead.grouped = lead.grouped or bool(groups)


def _end_writing(lead: Facilitator, stage: dict, step: int) -> None:
    lead.play.look_round()
    if stage["steps"][step]["silent"]:
        peek(lead.play)


def _share(lead: Facilitator, stage: dict, step: int) -> None:
    """Give each table the floor in turn."""
    for group in lead.play.data()["groups"]:
        lead.ask("share_group", stage=stage["id"], group=group["id"])
        gevent.sleep(1.5 * lead.play.pace.waits)


def _gather(lead: Facilitator, stage: dict, step: int) -> None:
    """Accept the suggestion when it comes, then put right what people would: a name, a tray idea, a wording for each."""
    if step:
        return
    if not _accepted(lead, stage["id"]):
        lead.play.ledger.faults.append(_("No suggestion came in %(n)d seconds; the ideas were sorted by hand.", n=SUGGESTS))
    data = lead.play.data()
    themes = [t for t in data["themes"] if t["stage"] == stage["id"] and t["ideas"]]
    if len(themes) < 2:
        _sort_by_hand(lead, stage["id"], data)
        data = lead.play.data()
        themes = [t for t in data["themes"] if t["stage"] == stage["id"] and t["ideas"]]
    texts, placed = {i["id"]: i["text"] for i in data["ideas"]}, {i for t in themes for i in t["ideas"]}
    tray = [i["id"] for i in data["ideas"] if i["id"] not in placed and not i["parked"]]
    if tray and themes:
        lead.ask("move_ideas", stage=stage["id"], ideas=tray[:1], theme=themes[0]["id"])
    for theme in themes:
        lead.ask("word_theme", stage=stage["id"], theme=theme["id"], wording=texts[theme["ideas"][0]][:200])
    if themes:
        lead.ask("rename_theme", stage=stage["id"], theme=themes[0]["id"], name=themes[0]["name"])


def _accepted(lead: Facilitator, stage: str) -> bool:
    """Try until there is a suggestion.  The first refusal says that there is none yet; another one, that it is empty."""
    until, first = time.monotonic() + SUGGESTS, ""
    while time.monotonic() < until:
        answer = lead.play.console.do("accept_suggestion", stage=stage)
        if answer.ok or first and answer.error != first:
            return True
        first = answer.error
        gevent.sleep(POLL)
    return False


def _sort_by_hand(lead: Facilitator, stage: str, data: dict) -> None:
    """Where ideas have nothing in common: a handful of themes, named by the first idea in each."""
    ideas = [i for i in data["ideas"] if not i["parked"]]
    for n in range(HANDFUL):
        mine = ideas[n::HANDFUL]
        if mine:
            lead.ask("make_theme", stage=stage, key=f"rehearsed-{n}", name=mine[0]["text"][:60], ideas=[i["id"] for i in mine])


def _begin_vote(lead: Facilitator, stage: dict, step: int) -> None:
    """Note what is voted on and, when all is drawn, what every page says of it before the first ballot."""
    if step:
        return
    _settle(lead)
    play, data = lead.play, lead.play.data()
    source = stage["source"]
    options = ({f"idea:{i['id']}": i["text"] for i in data["ideas"] if i["stage"] == source} if stage["options"] == "ideas" else
               {f"theme:{t['id']}": t["name"] for t in data["themes"] if t["stage"] == source and t["ideas"]})
    play.ledger.votes.opens(options)
    for page in play.pages():
        for region in page.board.shown:
            play.ledger.changed(page, region)
    peek(play)


def _settle(lead: Facilitator) -> None:
    """Wait until no page changes any more."""
    until = time.monotonic() + FOLLOWS
    while time.monotonic() - lead.play.ledger.moved < QUIET and time.monotonic() < until:
        gevent.sleep(POLL / 5)


def _end_vote(lead: Facilitator, stage: dict, step: int) -> None:
    if step:
        return
    peek(lead.play)
    lead.play.ledger.votes.closes()
    lead.ask("close_vote", stage=stage["id"])
    lead.ask("show_result", stage=stage["id"])


def _begin_talk(lead: Facilitator, stage: dict, step: int) -> None:
    """Find out what is talked about, and bring each to the screen in turn."""
    for priority in lead.play.find_priorities():
        lead.ask("put_on_stage", stage=stage["id"], priority=priority)
        gevent.sleep(1.5 * lead.play.pace.waits)


def _draft(lead: Facilitator, stage: dict, step: int) -> None:
    for section, text in SECTIONS.items():
        lead.ask("write_section", section=section, text=text, was=0)


def _adopt(lead: Facilitator, stage: dict, step: int) -> None:
    lead.ask("adopt_charter")


def _end(lead: Facilitator, stage: dict, step: int) -> None:
    lead.ask("set_next_date", date=DATE)


BEGINS = {"break": _seat, "brainstorm": _seat, "plenary": _share, "themes": _gather, "vote": _begin_vote, "discuss": _begin_talk, "charter": _draft}
ENDS = {"brainstorm": _end_writing, "vote": _end_vote, "charter": _adopt, "close": _end}
