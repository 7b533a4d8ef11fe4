"""The plug is pulled while two hundred phones send, over real sockets."""
import contextlib
import json
import sqlite3
import threading
import time

import pytest

from tests.raw import Browser, Gone, Raw
from tests.test_faults_wire import eventually

PHONES, ROUNDS, THEMES = 200, 3, 4
PATIENCE = 120


class Phone:
    """Sends one entry after another, each under its id until it is answered, over as many lines as it takes."""

    def __init__(self, server, code: str, n: int) -> None:
        self.server, self.code, self.n, self.name = server, code, n, f"w{n}"
        self.browser = Browser(server.local).joins(code, self.name, ["Civil service", "Civil society"][n % 2])
        self.page, self.entries, self.saved = None, [], 0

    def sends(self, entries: list[dict]) -> None:
        self.entries, self.saved = entries, 0
        self.sending = threading.Thread(target=self._send, daemon=True)
        self.sending.start()

    def _send(self) -> None:
        while self.saved < len(self.entries):
            try:
                self.page = self.page or Raw(self.server.local, self.code, "phone", self.browser.cookie)
                answer = self.page.asks("do", **self.entries[self.saved])
            except (Gone, OSError, AssertionError):   # the last: the server ended while it said hello
                self.page, answer = None, {"again": True}
            if answer.get("ok"):
                self.saved += 1
            elif answer["again"]:
                time.sleep(0.1)
            else:
                raise AssertionError(answer)
        self.page.close()
        self.page = None

    def ideas(self) -> list[dict]:
        """An idea and a better wording of it, some times over."""
        def entries(round: int):
            idea = f"{self.name}-{round}"
            yield {"id": f"{idea}a", "command": "submit_idea", "args": {"idea": idea, "text": f"{idea} first", "stage": "ideas"}}
            yield {"id": f"{idea}b", "command": "edit_idea", "args": {"idea": idea, "text": f"{idea} better"}}
        return [entry for round in range(ROUNDS) for entry in entries(round)]

    def ballots(self) -> list[dict]:
        """A ballot, and changes of mind."""
        return [{"id": f"{self.name}-v{k}", "command": "cast_ballot", "args": {"stage": "vote", "dots": {f"theme:{(self.n + k) % THEMES}": 1}, "number": k}}
                for k in range(1, ROUNDS + 1)]


def told(body: dict) -> str | int:
    return body.get("text") or body["number"]


def journalled(server, code: str, kinds: tuple[str, ...]) -> dict[str, list]:
    """name -> what that person's entries of these *kinds* say, in the order of the journal."""
    with contextlib.closing(sqlite3.connect(server.folder / f"{code}.db")) as journal:
        rows = [(by, kind, json.loads(body)) for by, kind, body in journal.execute("select by, kind, body from journal order by seq")]
    names = {by: body["name"] for by, kind, body in rows if kind == "PersonJoined"}
    return {name: [told(body) for by, kind, body in rows if by == person and kind in kinds] for person, name in names.items()}


def everybody_sends_and_the_plug_is_pulled(server, code: str, phones: list[Phone], what: str, kinds: tuple[str, ...]) -> None:
    """Kill the server in the middle, look into the journal, start it again, and let everybody go on to the end."""
    for phone in phones:
        phone.sends(getattr(phone, what)())
    total = sum(len(phone.entries) for phone in phones)
    eventually(lambda: sum(phone.saved for phone in phones) > total / 3, PATIENCE)
    server.kill()
    before, there = {phone.name: phone.saved for phone in phones}, journalled(server, code, kinds)
    assert sum(before.values()) < total, "it was in the middle"
    for phone in phones:
        sent, mine = [told(entry["args"]) for entry in phone.entries], there[phone.name]
        assert before[phone.name] <= len(mine) <= before[phone.name] + 1 and mine == sent[:len(mine)], (phone.name, before[phone.name], mine)
    server.start()
    eventually(lambda: all(phone.saved == len(phone.entries) for phone in phones), PATIENCE)
    there = journalled(server, code, kinds)
    assert all(there[phone.name] == [told(entry["args"]) for entry in phone.entries] for phone in phones), "once each, in order"


@pytest.mark.faults
def test_two_hundred_phones_lose_no_idea_no_better_wording_and_no_ballot(served):
    made = served.make()
    code, maya = made["code"], Browser(served.local).leads(made)

    def does(command: str, **args) -> None:
        console = Raw(served.local, code, "console", maya.cookie)
        assert console.asks("do", command=command, args=args)["ok"]
        console.close()
    phones = [Phone(served, code, n) for n in range(PHONES)]
    does("open_stage", stage="ideas", step=1, was="")
    everybody_sends_and_the_plug_is_pulled(served, code, phones, "ideas", ("IdeaSubmitted", "IdeaEdited"))
    does("open_stage", stage="themes", step=0, was="ideas.1")
    for k in range(THEMES):
        does("make_theme", stage="themes", key=f"t{k}", name=f"Theme {k}", ideas=[f"w{n}-0" for n in range(k, PHONES, THEMES)])
    does("open_stage", stage="vote", step=0, was="themes.0")
    everybody_sends_and_the_plug_is_pulled(served, code, phones, "ballots", ("BallotCast",))
    status, whole = maya.asks(f"/{code}/files/workshop.json")
    ideas = [idea["text"] for idea in json.loads(whole)["ideas"]]
    assert status == 200 and sorted(ideas) == sorted(f"w{n}-{k} better" for n in range(PHONES) for k in range(ROUNDS))
