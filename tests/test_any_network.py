"""Whatever a network does to messages, and whenever the server starts anew: in the end every page shows what a fresh load
would, and every word that was acknowledged is in the journal once, in its writer's order."""
import json
import tempfile
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.story import PLAN, Story
from workshop.app import create_app
from workshop.drawn import Drawn
from workshop.live import running as beats
from workshop.live.audiences import audiences
from workshop.live.outcomes import Outcomes
from workshop.live.running import Running
from workshop.regions.region import on_page
from workshop.rehearse.reading import split
from workshop.rules import Refused, checked
from workshop.seats import Seat
from workshop.session import now

SEATS = [Seat("phone", "ana"), Seat("phone", "bo"), Seat("phone", "cem"), Seat("screen")]
WHO = st.integers(0, len(SEATS) - 1)
WHICH = st.integers(0, 7)


@cache
def app():
    return create_app(Path(tempfile.mkdtemp()), "http://workshop.test")


def drawing():
    return app().test_request_context(base_url="http://workshop.test")


@dataclass
class Line:
    """One connection.  Messages lie in *up* and *down* until the network does something with them.  *held*: the page
    still uses it; *counted*: the server still does."""

    sid: str
    page: "Page"
    up: list = field(default_factory=list)
    down: list = field(default_factory=list)
    held: bool = True
    counted: bool = True


class Page:
    """A page that keeps the rules of static/wire.js, shown.js and outbox.js."""

    def __init__(self, seat: Seat) -> None:
        self.seat, self.line, self.shows, self.has, self.newest = seat, None, {}, {}, {}
        self.asked, self.numbers, self.outbox, self.sent, self.acknowledged = {}, count(1), [], None, []

    def load(self, drawings) -> None:
        self.shows = {d.region: (d.mark, *split(d.region, d.html)) for d in drawings}

    def connects(self, line: Line) -> None:
        self.line, self.has, self.newest, self.asked, self.sent = line, {}, {}, {}, None
        self.looks()
        self.sends()

    def looks(self) -> None:
        self.asks("here", {"have": {name: shown[0] for name, shown in self.shows.items()}})

    def asks(self, name: str, message: dict) -> None:
        number = next(self.numbers)
        self.asked[number] = name
        self.line.up.append((number, name, json.dumps(message)))

    def sends(self) -> None:
        if self.outbox and not self.sent:
            self.sent = self.outbox[0]
            self.asks("do", self.sent)

    def puts(self, command: str, entry: str, **args) -> None:
        self.outbox.append({"id": entry, "command": command, "args": args})
        if self.line:
            self.sends()

    def hears(self, number: int | None, answer: dict) -> None:
        """A patch (no number), or what was asked is answered.  A second answer to the same is not heard."""
        name = self.asked.pop(number, None) if number else "patch"
        if name == "do":
            entry, self.sent = self.sent, None
            if not answer.get("again"):
                self.outbox.remove(entry)
                if answer["ok"]:
                    self.acknowledged.append(entry)
            self.sends()
        elif name:
            if missed := self.show(answer["regions"]):
                self.asks("whole", {"regions": missed})

    def waited_enough(self) -> bool:
        """The oldest question was not answered in time.  Whether that makes the page take another line."""
        name = self.asked.pop(next(iter(self.asked)), None)
        if name == "do":
            self.sent = None
            self.sends()
        return name != "do"

    def show(self, patches: list[dict]) -> list[str]:
        missed = []
        for patch in patches:
            name, number = patch["id"], patch.get("at", patch["seq"])
            if name not in self.shows or number <= self.newest.get(name, -1):
                continue
            mark, before, entries, after = self.shows[name]
            if "html" in patch:
                before, entries, after = split(name, patch["html"])
            elif patch["mark"] != mark if "put" not in patch else patch["was"] != self.has.get(name):
                missed.append(name)
                continue
            elif "put" in patch:
                entries = changed(entries, patch)
            self.shows[name] = patch["mark"], before, entries, after
            self.has[name], self.newest[name] = patch["seq"], number
        return missed


def changed(entries: dict[str, str], patch: dict) -> dict[str, str]:
    order, html = [k for k in entries if k not in patch["drop"]], dict(entries)
    for key, text, after in patch["put"]:
        if key in order:
            order.remove(key)
        order.insert(order.index(after) + 1 if after is not None else 0, key)
        html[key] = text.strip()
    return {key: html[key] for key in order}


class Server:
    """What stands behind the wire, but for Socket.IO."""

    def __init__(self, session) -> None:
        self.session, self.lines, self.channels = session, {}, {}
        self.running = Running(session, Drawn(session, app().jinja_env), Outcomes(), self, drawing, lambda running: None)
        self.running._beating.kill()   # this test says when there is a beat

    def patch(self, regions, to: str) -> None:
        for sid in [to] if to in self.lines else sorted(self.channels.get(to, ())):
            self.lines[sid].down.append((None, json.dumps({"regions": regions})))

    def enter(self, sid: str, channel: str) -> None:
        self.channels.setdefault(channel, set()).add(sid)

    def leave(self, sid: str, channel: str) -> None:
        self.channels[channel].discard(sid)

    def connects(self, line: Line) -> None:
        self.lines[line.sid] = line
        self.running.enters(line.sid, line.page.seat)

    def loses(self, line: Line) -> None:
        line.counted = False
        self.running.leaves(line.sid)
        for sids in self.channels.values():
            sids.discard(line.sid)
        del self.lines[line.sid]

    def takes(self, line: Line, number: int, name: str, message: str) -> None:
        if line.counted:
            line.down.append((number, json.dumps(getattr(self, f"_{name}")(line, json.loads(message)))))

    def _here(self, line: Line, message: dict) -> dict:
        return {"now": now(), "regions": self.running.whole(line.sid, message["have"])}

    def _whole(self, line: Line, message: dict) -> dict:
        return {"regions": self.running.whole(line.sid, {}, message["regions"])}

    def _do(self, line: Line, message: dict) -> dict:
        person, command = line.page.seat.person, message["command"]
        try:
            seq = self.running.outcomes.once(person, message["id"], lambda: self.session.do(
                command, person, "participant", **checked(command, message["args"])))
            return {"ok": True, "seq": seq}
        except Refused as refused:
            return {"ok": False, "again": False, "error": str(refused)}


class AnyNetwork(RuleBasedStateMachine):
    """Three phones that write and a screen, a room that moves on, and a network that does what it likes."""

    @initialize()
    def begins(self):
        self.folder, self.ids, self.lines, self.late = tempfile.TemporaryDirectory(), count(1), [], []
        self.story = Story(Path(self.folder.name))
        for n, seat in enumerate(SEATS[:3]):
            self.story.joins(seat.person.capitalize(), PLAN["constituencies"][n % 2])
        self.others = [self.story.joins(name) for name in ("Dee", "Eli")]
        self.story.opens("ideas", 1)
        self.server, self.pages, self.words = Server(self.story.session), [Page(seat) for seat in SEATS], {}
        for page in self.pages:
            page.load(self.drawn(page, self.server.running.drawn))
            self.connects(page)

    def drawn(self, page: Page, drawn: Drawn):
        with drawing():
            return [drawn.look(r, audiences(page.seat, self.story.w, "en")[r.audience]) for r in on_page(page.seat.page)]

    def connects(self, page: Page) -> None:
        line = Line(f"s{next(self.ids)}", page)
        self.lines.append(line)
        self.server.connects(line)
        page.connects(line)

    def hangs_up(self, page: Page) -> None:
        if page.line:
            page.line.held, page.line = False, None

    # People

    @rule(who=st.integers(0, 2))
    def writes(self, who):
        n = next(self.ids)
        self.words.setdefault(who, []).append(f"i{n}")
        self.pages[who].puts("submit_idea", f"e{n}", idea=f"i{n}", text=f"Words {n}", stage="ideas")

    @rule(who=st.integers(0, 2))
    def changes_words(self, who):
        if mine := self.words.get(who):
            n = next(self.ids)
            self.pages[who].puts("edit_idea", f"e{n}", idea=mine[-1], text=f"Better words {n}")

    @rule(who=st.integers(0, 1), n=st.integers(1, 3))
    def somebody_else_writes(self, who, n):
        for _ in range(n):
            self.others[who].writes("Somebody else's words", idea=f"o{next(self.ids)}")
            self.server.running._show()

    @rule(who=st.integers(0, 2), group=st.sampled_from(["g1", "g2"]))
    def is_moved(self, who, group):
        self.story.session.do("move_person", "maya", "facilitator", stage="ideas", person=SEATS[who].person, group=group)

    @rule(to=st.sampled_from([("ideas", 1), ("plenary", 0), ("welcome", 0)]))
    def goes_on(self, to):
        self.story.opens(*to)

    @rule(meanwhile=st.lists(st.tuples(WHICH, st.integers(1, 60)), max_size=2))
    def shows(self, meanwhile):
        """A beat; some of what is on its way up arrives between two of its drawings."""
        steps, sleep = count(1), beats.gevent.sleep

        def drawn_one(seconds):
            step = next(steps)
            for which, at in meanwhile:
                if at == step:
                    self.meets(True, which, "arrives")
        beats.gevent.sleep = drawn_one
        try:
            self.server.running._show()
        finally:
            beats.gevent.sleep = sleep

    # The network

    @rule(fates=st.lists(st.tuples(st.booleans(), WHICH, st.sampled_from(["arrives", "arrives", "doubled", "lost"])), min_size=1, max_size=6))
    def happens(self, fates):
        for up, which, fate in fates:
            self.meets(up, which, fate)

    def meets(self, up: bool, which: int, fate: str) -> None:
        ways = [(line, n) for line in self.lines for n in range(len(line.up if up else line.down)) if up or line.held]
        if not ways:
            return
        line, n = ways[which % len(ways)]
        messages = line.up if up else line.down
        message = messages.pop(n)
        if fate == "doubled":
            self.late.append((line, up, message))
        if fate != "lost":
            self.arrives(line, up, message)

    def arrives(self, line: Line, up: bool, message: tuple) -> None:
        if up:
            self.server.takes(line, *message)
        else:
            line.page.hears(message[0], json.loads(message[1]))

    @precondition(lambda self: self.late)
    @rule(which=WHICH)
    def copy_comes_late(self, which):
        line, up, message = self.late.pop(which % len(self.late))
        if up or line.held:
            self.arrives(line, up, message)

    @rule(rounds=st.integers(1, 2))
    def lets_all_through(self, rounds):
        for _ in range(rounds):
            for line in list(self.lines):
                while line.up:
                    self.arrives(line, True, line.up.pop(0))
                while line.held and line.down:
                    self.arrives(line, False, line.down.pop(0))

    # Pages and the server lose patience, or each other

    @rule(who=WHO)
    def looks_again(self, who):
        if self.pages[who].line:
            self.pages[who].looks()

    @rule(who=WHO)
    def waits_too_long(self, who):
        page = self.pages[who]
        if page.line and page.asked and page.waited_enough():
            self.hangs_up(page)
            self.connects(page)

    @rule(who=WHO)
    def loses_or_finds_the_line(self, who):
        if self.pages[who].line:
            self.hangs_up(self.pages[who])
        else:
            self.connects(self.pages[who])

    @precondition(lambda self: any(line.counted and not line.held for line in self.lines))
    @rule(which=WHICH)
    def server_notices(self, which):
        gone = [line for line in self.lines if line.counted and not line.held]
        self.server.loses(gone[which % len(gone)])

    @rule()
    def server_starts_anew(self):
        for page in self.pages:
            self.hangs_up(page)
        self.lines, self.late = [], []
        self.story.restarts()
        self.server = Server(self.story.session)
        for page in self.pages:
            self.connects(page)

    # What has to hold once the network is itself again

    def teardown(self):
        if hasattr(self, "pages"):
            self.settles()
            for page in self.pages:
                self.shows_what_a_load_would(page)
            for who, page in enumerate(self.pages):
                self.has_every_word(who, page)
            self.story.session.close()
            self.folder.cleanup()

    def settles(self) -> None:
        for _ in range(200):
            for line in list(self.lines):
                if line.counted and not line.held:
                    self.server.loses(line)
            for page in self.pages:
                if not page.line:
                    self.connects(page)
            self.lets_all_through(3)
            for page in self.pages:
                if page.asked and page.waited_enough():   # nothing is on its way any more
                    self.hangs_up(page)
            self.shows([])
            if all(page.line and not page.outbox for page in self.pages) and not any(line.up or line.held and line.down for line in self.lines):
                break
        for page in self.pages:
            page.looks()   # as every page does now and then
        self.lets_all_through(4)
        assert not any(page.outbox or page.asked for page in self.pages)

    def shows_what_a_load_would(self, page: Page) -> None:
        for fresh in self.drawn(page, Drawn(self.story.session, app().jinja_env)):
            assert page.shows[fresh.region] == (fresh.mark, *split(fresh.region, fresh.html)), (page.seat, fresh.region)

    def has_every_word(self, who: int, page: Page) -> None:
        written = [e for e in self.story.session._journal.read() if e.by == page.seat.person]
        ideas = [e.event.idea for e in written if type(e.event).__name__ == "IdeaSubmitted"]
        assert ideas == [e["args"]["idea"] for e in page.acknowledged if e["command"] == "submit_idea"] == self.words.get(who, [])
        last = {e["args"]["idea"]: e["args"]["text"] for e in page.acknowledged}
        assert {idea: self.story.w.ideas[idea].text for idea in ideas} == last


@pytest.fixture
def room():
    room = AnyNetwork()
    room.begins()
    yield room
    room.teardown()


def test_the_copy_of_a_first_thought_that_comes_after_the_second_changes_nothing(room):
    room.writes(0)
    room.lets_all_through(2)
    room.changes_words(0)
    first = room.pages[0].line.up[0]
    room.lets_all_through(2)
    room.changes_words(0)
    room.lets_all_through(2)
    room.arrives(room.pages[0].line, True, first)
    assert [i.text for i in room.story.w.ideas.values()] == [room.pages[0].acknowledged[-1]["args"]["text"]]


def test_a_seat_that_moves_while_it_asks_for_the_whole_is_given_all_that_it_sees_elsewhere(room):
    room.lets_all_through(2)
    for _ in range(2):
        room.somebody_else_writes(0, 1)
        room.pages[0].line.down.clear()
        room.somebody_else_writes(1, 1)
    w = room.story.w
    room.is_moved(0, next(g.id for g in w.groups_of("ideas") if g != w.group_of("ana", "ideas")))
    room.lets_all_through(2)
    room.shows([])
    room.lets_all_through(2)
    room.shows_what_a_load_would(room.pages[0])


def test_a_seat_that_moves_to_a_quieter_table_is_shown_it(room):
    room.lets_all_through(2)
    w = room.story.w
    here = w.group_of("ana", "ideas")
    busy = [n for n, other in enumerate(room.others) if other.id in here.people]
    assert busy, "somebody else writes at Ana's table"
    room.somebody_else_writes(busy[0], 3)
    room.lets_all_through(2)
    room.is_moved(0, next(g.id for g in w.groups_of("ideas") if g != here))
    room.shows([])
    room.lets_all_through(2)
    room.shows_what_a_load_would(room.pages[0])


TestAnyNetwork = AnyNetwork.TestCase
TestAnyNetwork.settings = settings(max_examples=50, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck))
