"""A real server process for a test, and the commands beside it."""
import json
import os
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

PATIENCE = 30


class Served:
    """``workshop serve`` on a free port of 127.0.0.1.  *url* is the address that browsers use.

    *first*: Python that the process runs before it serves.  *port*: where, if not on a free one.  *spent*: a test has
    stopped it or needs its folder for itself, so that no other test gets it.
    """

    def __init__(self, folder: Path, key: str, first: str = "", port: int = 0, **environment: str) -> None:
        self.folder, self.key, self.port, self.spent = folder, key, port or free_port(), False
        self.url, self.local = f"http://workshop.test:{self.port}", f"http://127.0.0.1:{self.port}"
        folder.mkdir(parents=True, exist_ok=True)
        self._program = ["-c", f"import sys\nfrom workshop import cli\n{first}\nsys.exit(cli.main())"] if first else ["-m", "workshop"]
        self._environment = {**os.environ, "WORKSHOP_ORGANISER_KEY": key, "WORKSHOP_LITE": "1", **environment}
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        with open(self.folder / "server.log", "ab") as log:
            self._process = subprocess.Popen([sys.executable, *self._program, "serve", "--host", "127.0.0.1", "--port", str(self.port),
                                              "--base", self.url, "--sessions", str(self.folder)], env=self._environment, stdout=log, stderr=log)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self._process.poll() is None:
            try:
                return urllib.request.urlopen(self.local + "/healthz", timeout=2).close()
            except OSError:
                time.sleep(0.05)
        raise AssertionError("The server did not answer:\n" + self.log())

    @property
    def pid(self) -> int:
        return self._process.pid

    def log(self) -> str:
        return (self.folder / "server.log").read_text()

    def kill(self) -> None:
        """End it as a power cut would."""
        self.spent = True
        self._process.kill()
        self._process.wait(PATIENCE)

    def stop(self) -> None:
        self.spent = True
        self._process.terminate()
        self._process.wait(PATIENCE)

    def make(self, plan: str = "cop-inception", **changes: str) -> dict[str, str]:
        """Make a workshop as a program does; returns its code, addresses and the console's token."""
        asked = urllib.request.Request(f"{self.local}/workshops", urllib.parse.urlencode({"plan": plan, **changes}).encode(),
                                       {"Authorization": f"Bearer {self.key}", "Accept": "application/json"})
        with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
            made = json.load(answer)
        return {**made, "token": made["console"].partition("#")[2]}


def workshop(*words: object) -> subprocess.CompletedProcess:
    """One command, as it is typed."""
    return subprocess.run([sys.executable, "-m", "workshop", *map(str, words)], capture_output=True, text=True, timeout=60)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
