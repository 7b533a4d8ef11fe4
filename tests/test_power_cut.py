"""The plug is pulled while people write."""
import contextlib
import http.client
import json
import threading
import urllib.parse

from tests.served import Served

WRITERS = 12


class Writer:
    """Somebody who sends ideas as plain posts, one after another, and remembers which were acknowledged."""

    def __init__(self, server: Served, code: str, n: int) -> None:
        self.server, self.code, self.name, self.cookie, self.saved, self.sent = server, code, f"w{n}", "", [], 0
        self.cookie = self.asks("GET", f"/{code}").getheader("Set-Cookie").split(";")[0]
        assert self.asks("POST", f"/{code}", {"name": self.name, "constituency": ["Civil service", "Civil society"][n % 2]}).status == 303

    def asks(self, method: str, path: str, form=None, headers=()) -> http.client.HTTPResponse:
        """One answer, read whole: its text is in ``answer.text``."""
        body = urllib.parse.urlencode(form) if form else None
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=10)) as connection:
            connection.request(method, path, body, {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded", **dict(headers)})
            with connection.getresponse() as answer:
                answer.text = answer.read().decode(errors="replace")
                return answer

    def writes(self, until: threading.Event) -> None:
        while not until.is_set():
            idea = f"{self.name}-{self.sent}"
            self.sent += 1
            try:
                if self.asks("POST", f"/{self.code}/do/submit_idea", {"idea": idea, "text": f"Idea {idea}", "stage": "ideas"}).status == 303:
                    self.saved.append(idea)
            except (OSError, http.client.HTTPException):
                return


def test_what_was_acknowledged_is_there_after_the_plug_was_pulled(served):
    made = served.make()
    leader = Writer.__new__(Writer)
    leader.server, leader.code, leader.cookie = served, made["code"], ""
    leader.cookie = leader.asks("POST", f"/{made['code']}/console", {"token": made["token"], "name": "Maya"}).getheader("Set-Cookie").split(";")[0]
    writers = [Writer(served, made["code"], n) for n in range(WRITERS)]
    opened = leader.asks("POST", f"/{made['code']}/do/open_stage", {"seat": "console", "stage": "ideas", "step": "1", "was": ""})
    assert opened.status == 303
    stop = threading.Event()
    threads = [threading.Thread(target=writer.writes, args=(stop,)) for writer in writers]
    for thread in threads:
        thread.start()
    while sum(len(writer.saved) for writer in writers) < 60:
        stop.wait(0.05)
    served.kill()
    stop.set()
    for thread in threads:
        thread.join(20)
    served.start()
    texts = [idea["text"] for idea in json.loads(leader.asks("GET", f"/{made['code']}/files/workshop.json").text)["ideas"]]
    assert len(texts) == len(set(texts)), "nothing is there twice"
    for writer in writers:
        mine = [text for text in texts if text.startswith(f"Idea {writer.name}-")]
        assert mine[: len(writer.saved)] == [f"Idea {idea}" for idea in writer.saved], "all that was acknowledged, in order"
        assert len(mine) <= len(writer.saved) + 1, "and at most the one that was under way"
        assert writer.asks("POST", f"/{made['code']}/do/submit_idea",
                           {"idea": f"{writer.name}-after", "text": "After the cut", "stage": "ideas"}).status == 303, "the same person goes on"
