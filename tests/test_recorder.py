"""A recorder on everything that anybody is sent: while a vote is open it does not depend on what is voted.

The same six of each side vote at the same moments, once of one mind and once of many.  Whatever differs by a byte
tells something of a ballot: a count, an order, a length, an answer.  A third room votes as the first did, in another
order: what is there in the end must not show who came first.
"""
import json
from collections.abc import Callable, Mapping
from itertools import product

import pytest

from tests.recorder import STILL, Book, Browser, Polling, Recorder, Socket, differences
from tests.served import Served, free_port
from workshop.charter.files import FILES

pytestmark = pytest.mark.slow
SIDES = ("Civil service", "Civil society")
THEMES = 6
VOTERS = 10                     # of twelve people, the last two vote never
PATHS = ("/", "/{code}", "/{code}/console", "/{code}/screen", "/{code}/screen?theme=dark", "/organise", "/healthz", "/check", "/check/count",
         "/?code={code}", "/nowhere", "/{code}/nowhere", "/{code}/files/votes.xlsx")
Ballots = Mapping[str, tuple[dict[str, int], ...]]    # voter -> each ballot that they send, the last one counts


def theme(*dots: int) -> dict[str, int]:
    return {f"theme:{n}": many for n, many in enumerate(dots) if many}


AGREED: Ballots = {str(n): (theme(2, 2),) for n in range(VOTERS)} | {"0": (theme(0, 0, 0, 1), theme(2, 2)), "tom": (theme(2),)}
PARTED: Ballots = {str(n): (theme(*[0] * (n % THEMES), 1),) for n in range(VOTERS)} | {"0": (theme(2, 1, 1), {}), "3": ({},), "tom": (theme(0, 0, 0, 0, 0, 2),)}


class Play:
    """One vote, from its opening to its result, with everybody's pages open."""

    def __init__(self, server: Served, ballots: Ballots, order: list[str]) -> None:
        self.recorder, self.ballots, self.order = Recorder(server), ballots, order
        self.organiser, self.nobody = Browser(self.recorder, "organiser"), Browser(self.recorder, "nobody")
        self.organiser.asks("/organise/sign-in", {"key": server.key})
        made = server.make(groups="2", dots="4", cap="2")
        self.code = made["code"]
        self.maya, self.ben = (self.leads(name, made["token"]) for name in ("console Maya", "console Ben"))
        self.people = {str(n): self.joins(n) for n in range(VOTERS + 2)}
        self.browsers = [self.organiser, self.nobody, self.maya, self.ben, *self.people.values()]
        self.board = Socket(self.maya, self.code, "console")
        self.leads_to_the_vote()
        self.recorder.moment = "open"
        self.opens_pages()

    def leads(self, who: str, token: str) -> Browser:
        browser = Browser(self.recorder, who)
        assert browser.asks(f"/{self.code}/console", {"token": token, "name": who})[0] == 303
        return browser

    def joins(self, n: int) -> Browser:
        browser = Browser(self.recorder, f"phone {n}", n < VOTERS)
        browser.asks(f"/{self.code}")
        assert browser.asks(f"/{self.code}", {"name": f"P{n}", "constituency": SIDES[n % 2]})[0] == 303
        return browser

    def does(self, command: str, by: Socket | Polling | None = None, **args) -> dict:
        answer = (by or self.board).asks("do", command=command, args=args)
        self.recorder.settles()
        return answer

    def leads_to_the_vote(self) -> None:
        self.does("add_person", person="tom", name="Tom", constituency=SIDES[1])
        self.does("open_stage", stage="ideas", step=1, was="")
        for n in range(2 * THEMES):
            self.people[str(n)].asks(f"/{self.code}/do/submit_idea", {"idea": f"i{n}", "text": f"Idea {n}: a van that visits", "stage": "ideas"})
            self.recorder.settles()
        self.does("open_stage", stage="themes", step=0, was="ideas.1")
        for n in range(THEMES):
            self.does("make_theme", stage="themes", key=f"t{n}", name=f"Theme {n}", ideas=[f"i{n}", f"i{n + THEMES}"])
        self.does("open_stage", stage="vote", step=0, was="themes.0")

    def opens_pages(self) -> None:
        """Sockets of every kind of page, over both ways, for voters and for those who only look on."""
        self.board = Socket(self.maya, self.code, "console")
        self.lines = {"0": Socket(self.people["0"], self.code, "phone"), "1": Polling(self.people["1"], self.code, "phone"),
                      "10": Socket(self.people["10"], self.code, "phone"), "11": Polling(self.people["11"], self.code, "phone")}
        Polling(self.ben, self.code, "console")
        Socket(self.nobody, self.code, "screen")
        Polling(Browser(self.recorder, "observer"), self.code, "screen")
        for socket in self.recorder.sockets:
            socket.asks("here", have={})

    def votes(self) -> None:
        """Everybody in turn, by every way there is; then what goes wrong, with what is sent in vain the same in every play."""
        for voter in self.order:
            for number, dots in enumerate(self.ballots[voter], start=1):
                self.casts(voter, dots, number)
        zero = f"/{self.code}/do/cast_ballot"
        over = {"stage": "vote", "number": "9", **{f"dots.theme:{n}": "2" for n in range(THEMES)}}
        for browser in self.browsers:
            browser.asks(zero, over)
            browser.asks(zero, over, Accept="application/json")
        for number in (1, 2):
            self.does("cast_ballot", self.lines["0"], stage="vote", dots=theme(0, 0, 0, 0, 1), number=number)
        for command, args in {"cast_ballot": {"stage": "vote", "dots": theme(1), "number": 3, "person": "tom"}, "show_result": {"stage": "vote"},
                              "close_vote": {"stage": "vote"}, "tell_me": {}}.items():
            for line in self.lines.values():
                self.does(command, line, **args)
        self.does("show_result", stage="vote")
        self.does("set_budget", stage="vote", dots=5, cap=2)
        self.does("ready", self.lines["10"])

    def casts(self, voter: str, dots: dict[str, int], number: int) -> None:
        ballot = {"stage": "vote", "dots": dots, "number": number}
        if voter == "tom":
            assert self.does("cast_ballot", **ballot, person="tom")["ok"]
        elif voter in self.lines:
            assert self.does("cast_ballot", self.lines[voter], **ballot)["ok"]
            assert self.does("cast_ballot", self.lines[voter], **ballot)["ok"], "a copy"
        else:
            form = {"stage": "vote", "number": str(number), **{f"dots.theme:{n}": str(dots.get(f"theme:{n}", 0)) for n in range(THEMES)}}
            by_script = int(voter) % 2
            status, body = self.people[voter].asks(f"/{self.code}/do/cast_ballot", form, Accept="application/json" if by_script else "text/html")
            assert json.loads(body)["ok"] if by_script else status == 303
        self.recorder.settles()

    def looks(self, moment: str) -> None:
        """Everybody asks for everything."""
        self.recorder.moment = moment
        for browser in self.browsers:
            for path in PATHS:
                browser.asks(path.format(code=self.code))
        for browser, (name, kinds) in product((self.organiser, self.maya, self.people["0"], self.people["11"], self.nobody), FILES.items()):
            for kind in kinds:
                browser.asks(f"/{self.code}/files/{name}.{kind}")
        for socket in self.recorder.sockets:
            socket.asks("here", have={})
            socket.asks("whole", regions=["turnout", "screen-result", "phone-result", "counted-up", "dots-left"])
            socket.asks("hint", text="a van that visits", stage="ideas")

    def plays(self, shows: bool, closes: bool) -> Book:
        """To the end, with the result shown before it, or never; or until all have voted."""
        self.votes()
        self.looks("all in")
        if not closes:
            self.recorder.closes()
            return self.recorder.book
        self.recorder.moment = "closing"
        self.does("close_vote", stage="vote")
        self.looks("closed")
        if shows:
            self.does("show_result", stage="vote")
            self.looks("shown")
        self.recorder.moment = "ending"
        self.does("end_workshop")
        self.looks("ended")
        self.recorder.closes()
        return self.recorder.book


@pytest.fixture(scope="module")
def play(tmp_path_factory) -> Callable[..., Book]:
    """Plays a vote on a server of its own, always on the same port, and returns what was recorded."""
    port, known = free_port(), {}

    def played(ballots: Ballots, order=tuple(AGREED), shows: bool = True, closes: bool = True, first: str = "") -> Book:
        key = json.dumps([ballots, order, shows, closes, first])
        if key not in known:
            server = Served(tmp_path_factory.mktemp("recorded"), "river-stone-lamp", STILL + first, port, PYTHONHASHSEED="0")
            try:
                known[key] = Play(server, ballots, list(order)).plays(shows, closes)
            finally:
                server.stop()
        return known[key]
    return played


def at(book: Book, *moments: str) -> Book:
    return {key: came for key, came in book.items() if key[0] in moments}


def says_the_same(one: Book, other: Book) -> None:
    found = differences(one, other)
    assert not found, "\n".join(f"{' '.join(key)}: {what}" for key, what in found.items())


def roles(book) -> set[str]:
    return {who.split()[0] for _moment, who, _what in book}


def test_nothing_that_anybody_is_sent_depends_on_a_ballot_while_the_vote_is_open(play):
    one, other = (at(play(ballots), "open", "all in") for ballots in (AGREED, PARTED))
    says_the_same(one, other)
    assert roles(one) == {"organiser", "nobody", "console", "phone", "observer"}
    kinds = {(who.split()[0], what.rpartition(".")[2]) for _moment, who, what in one}
    assert kinds >= {*product(("console", "phone", "nobody", "observer"), ("socket",)), *product(("console", "organiser"), ("pdf", "docx", "html", "md", "csv", "json", "xlsx", "zip", "db"))}
    assert all(len(b"".join(came)) > 20 for came in one.values()), "nothing was recorded by halves"


def test_a_closed_vote_is_the_facilitators_and_the_organisers_until_it_is_shown(play):
    told = differences(*(at(play(ballots, shows=False), "closing", "closed", "ending", "ended") for ballots in (AGREED, PARTED)))
    assert roles(told) == {"console", "organiser"}
    assert {what.rpartition("/")[2] for _moment, who, what in told if who == "organiser"} == {
        "votes.csv", "priorities.csv", *(f"workshop.{kind}" for kind in FILES["workshop"]), *(f"{name}.{kind}" for name, kind in product(("report", "charter"), FILES["report"]))}


def test_a_result_that_is_shown_reaches_everybody(play):
    told = differences(*(at(play(ballots), "shown", "ended") for ballots in (AGREED, PARTED)))
    assert roles(told) == {"organiser", "nobody", "console", "phone", "observer"}
    for who, file in product(("phone 0", "phone 11", "nobody"), ("report.html", "report.pdf", "charter.md")):
        assert any(key[1] == who and key[2].endswith(file) for key in told), (who, file)


def test_who_voted_first_shows_nowhere(play):
    books = (play(AGREED, order=order) for order in (tuple(AGREED), tuple(reversed(AGREED))))
    there = ({key: came for key, came in at(book, "all in", "closed", "shown", "ended").items() if key[2] != "socket"} for book in books)
    says_the_same(*there)     # the numbers of patches differ, as the count went up in other steps; what they bring is on the pages


TOLD = """
def told(w):
    return sum(ballot.dots.get("theme:0", 0) for vote in w.votes.values() if not vote.result for ballot in vote.ballots.values())
"""
LEAKING_WORKER = TOLD + """
import runpy
from workshop.charter import files
contents = files._contents
files._contents = lambda w, name, *more: contents(w, name, *more) + (b" " * told(w) if name == "votes" else b"")
runpy.run_module("workshop.charter.worker", run_name="__main__")
"""
LEAKS = TOLD + f"""
import sys
from workshop import downloads
downloads.COMMAND = [sys.executable, "-c", {LEAKING_WORKER!r}]
""" + """
from dataclasses import replace
from workshop.live.live import Live
from workshop.regions.region import REGIONS

def leaks(name, how):
    look = REGIONS[name].look
    REGIONS[name] = replace(REGIONS[name], look=lambda w, room, key: how(w, dict(look(w, room, key))))
leaks("screen-vote", lambda w, seen: {**seen, "options": seen["options"][::-1] if told(w) > 9 else seen["options"]})
leaks("turnout", lambda w, seen: {**seen, "voted": seen["voted"] + told(w)})
leaks("dots-left", lambda w, seen: {**seen, "dots": seen["dots"] and seen["dots"] + told(w)})
runs, made_so = Live._run, serving.create_app
Live._run = lambda live, running, *asked: runs(live, running, *asked) + 1000 * told(running.session.state)
def create_app(*args):
    app = made_so(*args)
    live = app.extensions["workshop"].live
    app.view_functions["healthz"] = lambda: "ok" + " " * sum(told(running.session.state) for running in live._running.values())
    return app
serving.create_app = create_app
"""


def test_the_recorder_hears_an_order_a_count_a_number_and_a_length(play):
    books = [at(play(ballots, closes=False, first=LEAKS), "open", "all in") for ballots in (AGREED, PARTED)]
    found = {(who, what.rpartition("/")[2]) for _moment, who, what in differences(*books)}
    assert found >= {("nobody", "socket"), ("observer", "socket"), ("nobody", "screen"), ("console Maya", "socket"), ("console Ben", "console"),
                     ("phone 1", "socket"), ("phone 11", "socket"), ("phone 5", "cast_ballot"), ("console Maya", "votes.csv"),
                     ("organiser", "votes.csv"), ("nobody", "healthz"), ("phone 11", "healthz")}
    assert not found & {("organiser", "organise"), ("console Maya", "report.html"), ("nobody", "check")}, "and only there"
