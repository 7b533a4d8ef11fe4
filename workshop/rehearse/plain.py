"""What works where no socket does: pages by HTTP, and commands as forms."""
import time
from typing import Any

import requests
from requests.exceptions import RequestException

from workshop.rehearse.line import ANSWER, Unanswered
from workshop.words import _

PATIENCE = 60     # seconds until a page gives up
PAUSE = 0.3


class Unreachable(Exception):
    """The server cannot be reached, or does not let us in; the message is a sentence."""


def asked(jar: requests.Session, method: str, url: str, patience: float = 0, **more: Any) -> requests.Response:
    """One HTTP answer, tried for *patience* seconds.  Raises ``Unreachable`` where none comes."""
    until = time.monotonic() + patience
    while True:
        try:
            return jar.request(method, url, timeout=PATIENCE, **more)
        except RequestException as wrong:
            if time.monotonic() > until:
                raise Unreachable(_("%(url)s does not answer. Is the server running?", url=url)) from wrong
            time.sleep(PAUSE)


def post(jar: requests.Session, workshop: str, seat: str, message: dict[str, Any],
         patience: float = ANSWER) -> dict[str, Any]:
    """Post a command to the address of its *workshop*, once; *patience*: seconds until its answer has to begin.

    Returns the answer as over a socket.  Raises ``Unanswered``.
    """
    try:
        return jar.post(f"{workshop}/do/{message['command']}", timeout=(ANSWER, patience),
                        headers={"Accept": "application/json"},
                        data={**_fields(message["args"]), "seat": seat, "entry": message.get("id", "")}).json()
    except RequestException as wrong:
        raise Unanswered(str(wrong)) from wrong


def _fields(args: dict[str, Any]) -> dict[str, Any]:
    """Arguments as a form has them: what is in a map has a field of its own each."""
    flat = {name: str(value).lower() if isinstance(value, bool) else value for name, value in args.items()
            if not isinstance(value, dict)}
    maps = ((name, value) for name, value in args.items() if isinstance(value, dict))
    return flat | {f"{name}.{key}": n for name, value in maps for key, n in value.items()}
