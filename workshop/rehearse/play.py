"""One rehearsal: the pages that take part, and what they have to know of each other."""
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import gevent
from gevent.pool import Pool

from workshop.rehearse.ledger import Ledger
from workshop.rehearse.network import Network
from workshop.rehearse.pace import Pace
from workshop.rehearse.page import Page
from workshop.rehearse.plain import Unreachable
from workshop.rehearse.player import Player
from workshop.words import _

AT_THE_DOOR = 12    # people who join at the same moment
LATE = 20           # one of so many comes late


@dataclass(frozen=True)
class Made:
    """The workshop to play in: the server, its code, and the addresses of its pages; the console's ends in a token."""

    url: str
    code: str
    join: str
    console: str
    screen: str

    @property
    def token(self) -> str:
        return self.console.partition("#")[2]


class Play:
    """The facilitator's page, the screen and everybody with a phone.

    *parts*: ``stage.step``, as pages name it -> (stage, step), in the order of the plan.  *opened*: the part that was
    opened last, and *going* the one that people may take part in, while somebody of ours leads.  *tables* and *charts*:
    person -> the group and the ideas that their phone showed.  *restless*: people go on a little after they did all there
    was to do, and write what is *spare*.
    *rounds*: the vote comes out level at the cut, a run-off decides it, and people vote a second time after the discussion.
    *over* ends it for everybody.
    """

    def __init__(self, made: Made, seed: str, pace: Pace, ledger: Ledger, network: Network | None = None,
                 rounds: bool = False) -> None:
        self.url, self.code, self.token = made.url, made.code, made.token
        self.seed, self.pace, self.ledger, self.network = seed, pace, ledger, network or Network(seed)
        self.console, self.screen = self.page("console"), self.page("screen")
        self.players: list[Player] = []
        self.latecomers: list[Player] = []
        self.plan: dict[str, Any] = {}
        self.parts: dict[str, tuple[dict, int]] = {}
        self.spare: list[str] = []
        self.offered = 0
        self.priorities: list[str] = []
        self.gone: set[str] = set()
        self.tables: dict[str, str] = {}
        self.charts: dict[str, list[str]] = {}
        self.opened, self.going, self.led, self.over, self.restless = "", "", True, False, False
        self.rounds = rounds

    def page(self, seat: str, number: int = -1) -> Page:
        """A page that the ledger watches; *number* counts the phones."""
        return Page(self.url, self.code, seat, self.ledger.came, self.ledger.changed,
                    self.network.reception(f"{seat} {number}", number))

    def data(self) -> dict[str, Any]:
        """workshop.json, as the facilitator may see it now.  Raises ``Unreachable`` where there is none."""
        answer = self.console.get(f"/{self.code}/files/workshop.json")
        if answer.status_code != 200:
            raise Unreachable(_("The server does not give out workshop.json (%(status)d).", status=answer.status_code))
        self.ledger.hides("workshop.json", answer.text)
        return answer.json()

    def learn_plan(self) -> None:
        """Read the plan, which may have got a stage."""
        self.plan = self.data()["plan"]
        self.parts = {f"{stage['id']}.{n}": (stage, n) for stage in self.plan["stages"] for n in range(len(stage["steps"]))}

    def cast(self, people: int, texts: Sequence[str]) -> None:
        """Give everybody a constituency in turn, and everybody's ideas to the parts in which they are written."""
        self.offered = len(texts)
        sides = self.plan["constituencies"] or [""]
        everybody = [Player(self, n, sides[n % len(sides)]) for n in range(people)]
        late = people // LATE or int(people > 5)
        self.players, self.latecomers = everybody[:people - late], everybody[people - late:]
        writing = self.writing()
        if texts and not writing:
            self.ledger.faults.append(_("No ideas were sent: the plan has no part in which they are written."))
        for n, text in enumerate(texts if writing else ()):
            player, turn = everybody[n % people], n // people
            mine = writing[-1:] if player in self.latecomers else writing
            player.ideas.setdefault(mine[turn % len(mine)], []).append(text)

    def writing(self) -> list[tuple[str, int]]:
        """The parts in which ideas are written."""
        return [(stage["id"], step) for stage, step in self.parts.values()
                if stage["kind"] == "brainstorm" and not stage["steps"][step]["stars"]]

    def let_in(self, players: list[Player]) -> None:
        """Let people join, some at once, and live from there."""
        door = Pool(AT_THE_DOOR)
        came = door.map(Player.come_in, players)
        for player in (p for p, in_ in zip(players, came) if in_):
            gevent.spawn(player.live)

    def present(self) -> list[Player]:
        """Everybody who is in."""
        return [p for p in self.players if p.id in self.ledger.joined and p.id not in self.gone]

    def awake(self) -> list[Player]:
        """Everybody who is in and whose phone is not asleep."""
        return [p for p in self.present() if not p.asleep]

    def behind(self) -> bool:
        """Whether the network owes something to the page of anybody who is awake."""
        return any(page.behind for page in (self.console, self.screen, *(p.page for p in self.awake())))

    def fetch(self) -> None:
        """Let the phones that have no socket look once more."""
        for page in (p.page for p in self.awake() if p.page.plain):
            page.look()

    def pages(self) -> list[Page]:
        return [self.console, self.screen, *(p.page for p in self.present())]

    def goes(self, standing: str) -> bool:
        """Whether people may begin with this part; where somebody else leads, as soon as they see it."""
        return not self.led or self.going == standing

    def seconds(self, standing: str) -> float:
        """How long people take for this part."""
        stage, step = self.parts[standing]
        ideas = sum(len(p.ideas.get((stage["id"], step), ())) for p in self.players)
        return self.pace.seconds(stage["steps"][step]["minutes"], len(self.players) + ideas)

    def look_round(self) -> None:
        """Note at which table each phone says that its owner sits, and what stands on its chart."""
        for player in self.present():
            self.tables[player.id] = player.table() or self.tables.get(player.id, "")
            self.charts[player.id] = player.chart() or self.charts.get(player.id, [])

    def find_priorities(self) -> list[str]:
        """What the last vote made a priority, and what ties for its last place."""
        data = self.data()
        tied = next((vote.get("tied", []) for vote in reversed(data["votes"])), [])
        self.priorities = list(dict.fromkeys([*(p["option"] for p in data["priorities"]), *tied]))
        return self.priorities

    def taste(self, option: str) -> float:
        """How much this room likes an option: a few much more than the others, so that there is a result."""
        return random.Random(f"{self.seed}/{option}").random() ** 3 + 0.02

    def close(self) -> None:
        self.over = True
        for page in [self.console, self.screen, *(p.page for p in (*self.players, *self.latecomers))]:
            page.close()
