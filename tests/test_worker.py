"""The worker's two ends, with real processes that answer, chatter, hang and die."""
import os
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from workshop.worker import Worker, WorkerFailed

ROOT = Path(__file__).parents[1]
PARROT = """
import os, sys, time
from workshop.jobs import answer_jobs

def hello():
    print("loading, 42 %")
    return {"pid": os.getpid()}

def say(text, seconds=0):
    time.sleep(seconds)
    print('{"text": "chatter", "n": "none"}')
    os.write(1, b"more chatter without an end of line")
    return {"text": text}

def die():
    os._exit(3)

def grow():
    return {"pid": os.getpid(), "spent": True}

def fail():
    raise ValueError("a secret of the code")

answer_jobs({"hello": hello, "say": say, "die": die, "fail": fail, "grow": grow}, nice=10)
"""


@pytest.fixture
def parrot(tmp_path, monkeypatch):
    """A function that starts a worker with one of these scripts, and ends it after the test."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    workers = []

    def start(script=PARROT, **options):
        (tmp_path / "parrot.py").write_text(textwrap.dedent(script))
        workers.append(Worker([sys.executable, str(tmp_path / "parrot.py")], **options))
        return workers[-1]
    yield start
    for worker in workers:
        worker.close()


def eventually(true, seconds=10):
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(.01)
    assert true()


def test_a_worker_is_not_started_before_it_is_wanted(parrot):
    worker = parrot()
    assert (worker.state, worker.about) == ("starting", {})


def test_jobs_are_answered_whatever_a_library_prints(parrot):
    worker = parrot()
    assert worker.ask({"job": "say", "text": "Grüße 👋"}) == {"text": "Grüße 👋"}
    assert worker.state == "ready"
    assert worker.about["pid"] != os.getpid()


def test_a_first_job_goes_before_the_others_and_they_keep_their_order(parrot):
    worker, order = parrot(), []

    def ask(text, first=False, seconds=0):
        order.append(worker.ask({"job": "say", "text": text, "seconds": seconds}, first=first)["text"])
    asked = []
    for args in [("slow", False, .4), ("one",), ("two",), ("hint", True)]:
        asked.append(threading.Thread(target=ask, args=args))
        asked[-1].start()
        eventually(lambda: worker.state == "ready")
        time.sleep(.03)
    for thread in asked:
        thread.join(10)
    assert order == ["slow", "hint", "one", "two"]


def test_who_is_in_a_hurry_goes_before_but_nobody_waits_for_ever(parrot):
    worker, order = parrot(), []
    worker.ask({"job": "say", "text": "warm"})

    def ask(text, due, seconds=0):
        order.append(worker.ask({"job": "say", "text": text, "seconds": seconds}, due)["text"])
    asked = []
    for text, due, seconds in [("running", 0, .5), ("forming", 5, 0), ("old and patient", .2, 0), ("board", 1, 0), ("hurried", .25, 0)]:
        asked.append(threading.Thread(target=ask, args=(text, due, seconds)))
        asked[-1].start()
        time.sleep(.1)
    for thread in asked:
        thread.join(10)
    assert order == ["running", "old and patient", "hurried", "board", "forming"]


def test_a_job_that_fails_is_told_in_a_sentence_and_the_worker_lives(parrot):
    worker = parrot()
    with pytest.raises(WorkerFailed, match="could not be worked out") as fault:
        worker.ask({"job": "fail"})
    assert "secret" not in str(fault.value)
    with pytest.raises(WorkerFailed, match="not a job"):
        worker.ask({"job": "unheard of"})
    before = worker.about["pid"]
    worker.ask({"job": "say", "text": "still here"})
    assert worker.about["pid"] == before


def test_a_job_that_takes_too_long_is_ended_and_the_next_one_is_done(parrot):
    worker = parrot(limit=.3)
    first = worker.ask({"job": "say", "text": "quick"})
    with pytest.raises(WorkerFailed, match="too long"):
        worker.ask({"job": "say", "text": "slow", "seconds": 60})
    assert worker.ask({"job": "say", "text": "quick"}) == first


def test_who_has_no_patience_is_told_so_and_the_job_is_let_go(parrot):
    worker = parrot()
    worker.ask({"job": "say", "text": "warm"})
    busy = threading.Thread(target=worker.ask, args=({"job": "say", "text": "slow", "seconds": .6},))
    busy.start()
    time.sleep(.1)
    began = time.monotonic()
    for _ in range(3):
        with pytest.raises(WorkerFailed, match="too long"):
            worker.ask({"job": "say", "text": "hint", "seconds": 5}, first=True, patience=.1)
    assert worker.ask({"job": "say", "text": "next"}) == {"text": "next"}
    assert time.monotonic() - began < 5, "none of those was done"
    busy.join(5)


def test_a_worker_killed_while_idle_comes_back_by_itself(parrot):
    states = []
    worker = parrot(changed=lambda: states.append(worker.state))
    worker.ask({"job": "say", "text": "here"})
    killed = worker.about["pid"]
    os.kill(killed, 9)
    eventually(lambda: worker.about["pid"] != killed and worker.state == "ready")
    assert worker.ask({"job": "say", "text": "again"}) == {"text": "again"}
    assert states == ["ready", "starting", "ready"]


def test_a_worker_that_dies_in_a_job_tells_the_asker_and_serves_the_next(parrot):
    worker = parrot()
    with pytest.raises(WorkerFailed, match="stopped before it was done"):
        worker.ask({"job": "die"})
    assert worker.ask({"job": "say", "text": "next"}) == {"text": "next"}


def test_a_program_that_never_starts_is_down_and_nobody_waits_for_it(parrot):
    worker = parrot("raise SystemExit('no model here')")
    with pytest.raises(WorkerFailed, match="not running"):
        worker.ask({"job": "say", "text": "anybody?"})
    assert worker.state == "down"
    began = time.monotonic()
    with pytest.raises(WorkerFailed, match="not running"):
        worker.ask({"job": "say", "text": "anybody?"})
    assert time.monotonic() - began < .5


def test_a_program_that_does_not_exist_is_down_too():
    worker = Worker(["/no/such/program"])
    with pytest.raises(WorkerFailed, match="not running"):
        worker.ask({"job": "hello"})
    worker.close()


def test_closing_ends_the_process_and_frees_who_waits(parrot):
    worker, faults = parrot(), []
    worker.ask({"job": "say", "text": "here"})

    def ask():
        try:
            worker.ask({"job": "say", "text": "slow", "seconds": 60})
        except WorkerFailed as fault:
            faults.append(str(fault))
    waiting = threading.Thread(target=ask)
    waiting.start()
    time.sleep(.1)
    worker.close()
    waiting.join(5)
    assert len(faults) == 1
    with pytest.raises(ProcessLookupError):
        os.kill(worker.about["pid"], 0)
    with pytest.raises(WorkerFailed, match="closing"):
        worker.ask({"job": "say", "text": "late"})


def test_a_worker_ends_when_its_stdin_closes_and_is_niced(tmp_path):
    (tmp_path / "parrot.py").write_text(PARROT.replace('{"pid": os.getpid()}', '{"nice": os.nice(0)}'))
    done = subprocess.run([sys.executable, str(tmp_path / "parrot.py")], input='{"job": "hello"}\n[]\nnonsense\n',
                          capture_output=True, text=True, timeout=20, env={**os.environ, "PYTHONPATH": str(ROOT)})
    answers = done.stdout.splitlines()
    assert done.returncode == 0
    assert answers[0] == f'{{"nice": {min(os.nice(0) + 10, 19)}}}'
    assert all("not a job" in line for line in answers[1:]) and len(answers) == 3


def test_under_gevent_only_the_asker_waits(tmp_path):
    """The whole life of a worker in a patched process: asked, timed out, killed, asked again."""
    (tmp_path / "parrot.py").write_text(PARROT)
    (tmp_path / "server.py").write_text(textwrap.dedent("""
        from gevent import monkey; monkey.patch_all()
        import gevent, os, sys
        from workshop.worker import Worker, WorkerFailed
        assert "numpy" not in sys.modules
        worker, ticks = Worker([sys.executable, sys.argv[1]], limit=.5), []

        def tick():
            while True:
                gevent.sleep(.01)
                ticks.append(1)
        gevent.spawn(tick)
        worker.ask({"job": "say", "text": "warm"})
        ticks.clear()
        print(worker.ask({"job": "say", "text": "x" * 300_000, "seconds": .3})["text"] == "x" * 300_000)
        print(len(ticks) > 10)
        try:
            worker.ask({"job": "say", "text": "slow", "seconds": 60})
        except WorkerFailed as fault:
            print(fault)
        worker.ask({"job": "say", "text": "back"})
        os.kill(worker.about["pid"], 9)
        while worker.state == "ready":
            gevent.sleep(.01)
        print(worker.ask({"job": "say", "text": "again"})["text"])
        worker.close()
    """))
    done = subprocess.run([sys.executable, str(tmp_path / "server.py"), str(tmp_path / "parrot.py")], timeout=40,
                          capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.stdout.splitlines()[:2] == ["True", "True"], done.stderr
    assert "too long" in done.stdout and done.stdout.endswith("again\n")


def test_a_worker_that_has_grown_too_large_is_started_anew_and_nobody_notices(parrot):
    worker = parrot()
    pids = [worker.ask({"job": "grow"})["pid"] for _ in range(3)]
    assert len(set(pids)) == 3 and worker.ask({"job": "say", "text": "hello"}) == {"text": "hello"}
    eventually(lambda: worker.state == "ready")
