"""The servers that are compared: the product, and the references of ``bench/references``, each started in a folder of its own."""
import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from bench.phones import Crowd, Phone, fetched
from tests.served import Served, free_port

KEY, HOME = "river-stone-lamp", Path(__file__).parent / "references"
SOCKET_IO = "/socket.io/?EIO=4&transport=websocket"
TICK = os.sysconf("SC_CLK_TCK")
WORDS = "A registration van that visits every village in turn, so that nobody walks a day"
DOTS = 3


class Contestant:
    """A server.  *pid*: the process whose CPU and memory count; *size*: bytes of the event for one idea, for the references."""

    name, pid, port, path = "", 0, 0, SOCKET_IO
    there = 0    # ideas that people have written before anything is measured

    def __init__(self, folder: Path, size: int) -> None:
        self.folder, self.size = folder, size
        folder.mkdir(parents=True, exist_ok=True)
        self.starts()

    def starts(self) -> None:
        raise NotImplementedError

    async def joins(self, crowd: Crowd, n: int, group: int) -> Phone:
        """Phone *n* comes in and sits down with its group of so many."""
        await fetched(self.port, "/")
        phone = await crowd.connects(n, ["40" + json.dumps({"room": str(n // group)})])
        phone.group = str(n // group)
        return phone

    async def opens(self, crowd: Crowd, stage: str) -> None:
        """Bring everybody to ``ideas`` or to ``vote``."""

    def idea(self, idea: str) -> tuple[str, dict]:
        return "idea", {"idea": idea, "text": f"{WORDS} ({idea})"}

    def ballot(self, n: int, number: int) -> tuple[str, dict]:
        return "ballot", {"dots": {"theme:0": DOTS}}

    def stops(self) -> None:
        self._process.terminate()
        self._process.wait(20)

    def cpu(self) -> float:
        """Seconds of CPU that the server has used."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def memory(self) -> int:
        """Bytes that it holds in memory."""
        return int(Path(f"/proc/{self.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def _runs(self, command: list[str], **environment: str) -> None:
        self.port = self.port or free_port()
        command = [part.replace("PORT", str(self.port)) for part in command]
        with open(self.folder / "log", "wb") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, "BYTES": str(self.size),
                                             "FILE": str(self.folder / "data"), "PYTHONPATH": str(HOME.parent.parent), **environment})
        for _try in range(200):
            try:
                return urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=2).close()
            except OSError:
                time.sleep(0.05)
        raise SystemExit(f"{self.name} does not answer:\n{(self.folder / 'log').read_text()}")


class Bare(Contestant):
    name = "bare"

    def starts(self) -> None:
        self._runs([sys.executable, "-m", "gunicorn", "--worker-class", "gevent", "--workers", "1", "--worker-connections", "5000",
                    "--backlog", "2048", "--bind", "127.0.0.1:PORT", "bench.references.bare:app"])
        self.pid = int(Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text().split()[0])


class Node(Contestant):
    """Needs Node, and socket.io in the folder *NODE_HOME* (npm install socket.io@4)."""

    name = "node"

    def starts(self) -> None:
        shutil.copy(HOME / "node.mjs", os.environ["NODE_HOME"])
        self._process = None
        here = os.getcwd()
        os.chdir(os.environ["NODE_HOME"])
        try:
            self._runs(["node", "node.mjs", "PORT"])
        finally:
            os.chdir(here)
        self.pid = self._process.pid


class Limit(Contestant):
    name = "limit"

    def starts(self) -> None:
        self._runs([sys.executable, "-m", "bench.references.limit", "PORT", str(self.size)])
        self.pid = self._process.pid


class Product(Contestant):
    """The product, and a console that opens the stages and then goes.  *modelled*: with a model that reads the ideas."""

    name, modelled = "product", False

    def starts(self) -> None:
        self.served = Served(self.folder, KEY, **{"WORKSHOP_LITE": ""} if self.modelled else {})
        self.port, self.pid = self.served.port, self.served.pid
        self.code = self.made = None

    def restarts(self) -> None:
        """Start it again after it was killed, and wait until it answers."""
        self.served.start()
        self.pid = self.served.pid

    def makes(self, people: int, group: int) -> None:
        """A workshop for so many, in groups of so many."""
        sized = {"groups": "1"} if group >= people else {"groups": "0", "group_size": str(group)}
        self.made = self.served.make("quick", people=str(min(people + 1, 2000)), **sized)    # one comes before the others are measured
        self.code, self.standing = self.made["code"], ""

    async def joins(self, crowd: Crowd, n: int, group: int) -> Phone:
        _status, _page, cookie = await fetched(self.port, f"/{self.code}")
        status, _page, cookie = await fetched(self.port, f"/{self.code}", cookie, name=f"P{n}")
        if status != 303:
            raise ConnectionError(f"P{n} was answered {status}")
        _status, page, _cookie = await fetched(self.port, f"/{self.code}", cookie)
        phone = await crowd.connects(n, ["40" + json.dumps({"code": self.code, "seat": "phone"})], cookie)
        await self.here(phone)
        return phone

    async def here(self, phone: Phone) -> int:
        """The phone says what it shows, and is given the rest; returns how many regions that was."""
        regions = (await phone.asks("here", {"have": phone.marks}))["regions"]
        phone.marks = {region["id"]: region["mark"] for region in regions}
        return sum("html" in region for region in regions)

    async def watches(self) -> Crowd:
        """A console and a screen, which stay."""
        pages = Crowd(self.port, self.path)
        for seat in ("console", "screen"):
            await self.here(await pages.connects(0, ["40" + json.dumps({"code": self.code, "seat": seat})], await self._leads()))
        return pages

    async def _leads(self) -> str:
        """The cookie of somebody who leads the workshop."""
        return (await fetched(self.port, f"/{self.code}/console", token=self.made["token"], name="Maya"))[2]

    async def opens(self, crowd: Crowd, stage: str) -> None:
        console = Crowd(self.port, self.path)
        maya = await console.connects(0, ["40" + json.dumps({"code": self.code, "seat": "console"})], await self._leads())
        for step in ("ideas.1",) if stage == "ideas" else ("ideas.1", "themes.0", "vote.0"):
            if step == "themes.0":
                for key in range(8):
                    await crowd.submits(crowd.phones[key], key, self.idea)
            if step == "vote.0":
                for key in range(8):
                    await self._does(maya, "make_theme", stage="themes", key=f"t{key}", name=f"Theme {key}", ideas=[f"i{key:07}"])
            at, _, part = step.partition(".")
            await self._does(maya, "open_stage", stage=at, step=int(part), was=self.standing)
            self.standing = step
        await console.closes()

    async def _does(self, maya: Phone, command: str, **args) -> None:
        answer = await maya.asks("do", {"command": command, "args": args})
        if not answer["ok"]:
            raise SystemExit(f"{command}: {answer}")

    def idea(self, idea: str) -> tuple[str, dict]:
        return "do", {"command": "submit_idea", "args": {"idea": idea, "text": f"{WORDS} ({idea})", "stage": "ideas"}, "id": idea}

    def ballot(self, n: int, number: int) -> tuple[str, dict]:
        return "do", {"command": "cast_ballot", "args": {"stage": "vote", "number": number, "dots": {f"theme:{n % 8}": 1}}, "id": f"b{n}.{number}"}

    def stops(self) -> None:
        self.served.stop()


class Many(Product):
    name, there = "5,000 ideas", 5000


class Few(Product):
    name, there = "100 ideas", 100


class Embedding(Product):
    name, modelled = "embedding", True


CONTESTANTS = {each.name: each for each in (Product, Bare, Node, Limit, Many, Few, Embedding)}
