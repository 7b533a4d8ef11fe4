"""Heavy work in a process of its own: the end that answers.  ``workshop.worker`` asks."""
import json
import logging
import os
import sys
from collections.abc import Callable, Mapping

from workshop.words import N_

FAULT = N_("This could not be worked out. The server's log says why.")
NO_JOB = N_("This is not a job that can be done here.")
log = logging.getLogger(__name__)


def answer_jobs(jobs: Mapping[str, Callable[..., dict]], nice: int = 0) -> None:
    """Be a worker: answer each job on stdin with the function of its name, until stdin closes.

    The other keys of a job are the function's arguments.  A job that fails is answered
    ``{"error": sentence}`` and its traceback goes to stderr, where everything goes that
    a library prints.  *nice* lowers the priority, where the system has one.
    """
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    if nice and hasattr(os, "nice"):
        os.nice(nice)
    for line in sys.stdin.buffer:
        out.write(json.dumps(_done(jobs, line)) + "\n")
        out.flush()


def _done(jobs: Mapping[str, Callable[..., dict]], line: bytes) -> dict:
    try:
        asked = json.loads(line)
    except ValueError:
        asked = None
    if not isinstance(asked, dict):
        return {"error": NO_JOB}
    number = {key: asked.pop(key) for key in ("n",) if key in asked}
    if (do := jobs.get(asked.pop("job", ""))) is None:
        return {"error": NO_JOB, **number}
    try:
        return {**do(**asked), **number}
    except Exception:   # whatever it is, the next job may be sound
        log.exception("a job failed")
        return {"error": FAULT, **number}
