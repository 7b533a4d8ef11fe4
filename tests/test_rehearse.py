"""A whole workshop by real sockets, and the checks that say whether it went well."""
import ast
import json
import os
import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest

import workshop.rehearse
from tests.served import free_port
from workshop.rehearse import checks, duties
from workshop.rehearse.ledger import Ledger
from workshop.rehearse.network import SAID, Network
from workshop.rehearse.pace import Pace
from workshop.rehearse.page import Answer, Page
from workshop.rehearse.reading import plain, read, regions, split
from workshop.rehearse.secret_ballot import SecretBallot, said_of
from workshop.rehearse.shown import Board
from workshop.rehearse.summary import percentiles

FORBIDDEN = {"rules", "state", "session", "regions", "events", "journal", "drawn", "live", "pages", "charter", "registry", "plans", "agenda"}
ANA, BO, CHIDI = "ana", "bo", "chidi"
BUS, TENT, DOOR = "r00000000000001a", "r00000000000002b", "r00000000000003c"
YES = Answer(True, "", 4.0)


class Phone:
    """What the ledger asks of a page."""

    def __init__(self, person: str, seat: str = "phone") -> None:
        self.who, self.person, self.seat, self.board = person, person, seat, Board()


@pytest.fixture
def ledger():
    """Ana wrote of the bus and of the tent, Bo of a door; all three were acknowledged."""
    ledger = Ledger()
    for idea, author, text in ((BUS, ANA, "Pay for the bus to the office"), (TENT, ANA, "A tent at every festival"), (DOOR, BO, "One door for all")):
        ledger.writes(idea, author, text, "ideas", silent=True)
        ledger.answered(author, "submit_idea", {"idea": idea}, YES)
    return ledger


def documents(*ideas: tuple[str, str]) -> tuple[dict, str]:
    """workshop.json and ideas.csv that hold *ideas* (id, text)."""
    said = [{"id": i, "text": text, "group": "table 1"} for i, text in ideas]
    data = {"plan": {"group_word": "table"}, "ideas": said, "groups": [{"name": "1"}, {"name": "2"}]}
    return data, "number,idea,stage\r\n" + "".join(f'{n},"{text}",Ideas\r\n' for n, (_i, text) in enumerate(ideas, start=1))


def all_three(ledger: Ledger) -> list[tuple[str, str]]:
    return [(idea.id, idea.text) for idea in ledger.ideas.values()]


# What is sent against what is there

def test_nothing_is_wrong_where_everything_is_there_once_and_in_order(ledger):
    data, table = documents(*all_three(ledger))
    assert checks.lost(ledger.ideas.values(), data, table) == []
    assert checks.doubled(ledger.ideas.values(), data, table) == []
    assert checks.out_of_order(ledger.ideas.values(), data, [[BUS, TENT, DOOR]]) == 0


def test_an_acknowledged_idea_that_is_nowhere_is_lost(ledger):
    data, table = documents(*all_three(ledger)[:2])
    assert [idea.id for idea in checks.lost(ledger.ideas.values(), data, table)] == [DOOR]


def test_an_idea_that_one_of_the_files_lacks_is_lost(ledger):
    data, _table = documents(*all_three(ledger))
    _data, table = documents(*all_three(ledger)[1:])
    assert [idea.id for idea in checks.lost(ledger.ideas.values(), data, table)] == [BUS]


def test_an_idea_with_other_words_is_lost(ledger):
    data, table = documents((BUS, "Pay for the train"), *all_three(ledger)[1:])
    assert [idea.id for idea in checks.lost(ledger.ideas.values(), data, table)] == [BUS]


def test_an_idea_that_was_never_acknowledged_is_not_lost(ledger):
    ledger.ideas[BUS].acknowledged = None
    data, table = documents(*all_three(ledger)[1:])
    assert checks.lost(ledger.ideas.values(), data, table) == []


def test_the_same_words_from_two_people_stand_there_twice_and_no_more(ledger):
    ledger.writes("r00000000000004d", CHIDI, "One door for all", "ideas", silent=False)
    ledger.answered(CHIDI, "submit_idea", {"idea": "r00000000000004d"}, YES)
    both = all_three(ledger)
    assert checks.doubled(ledger.ideas.values(), *documents(*both)) == []
    assert checks.doubled(ledger.ideas.values(), *documents(*both, (DOOR, "One door for all"))) == ["one door for all"]
    assert len(checks.lost(ledger.ideas.values(), *documents(*both[:3]))) == 1


def test_an_author_s_ideas_in_another_order_are_counted(ledger):
    bus, tent, door = all_three(ledger)
    assert checks.out_of_order(ledger.ideas.values(), documents(tent, door, bus)[0], []) == 1


def test_a_chart_in_another_order_is_counted(ledger):
    assert checks.out_of_order(ledger.ideas.values(), documents(*all_three(ledger))[0], [[DOOR, BUS, TENT]]) == 1


def test_everybody_at_the_table_but_the_author_should_see_an_idea(ledger):
    data, _table = documents(*all_three(ledger))
    seated = checks.seats(data, ledger.ideas, {ANA: "1", BO: "", CHIDI: "1", "dara": "2"})
    assert checks.expected(data, ledger.ideas, seated) == {(BUS, BO), (BUS, CHIDI), (TENT, BO), (TENT, CHIDI), (DOOR, ANA), (DOOR, CHIDI)}


def test_groups_may_differ_by_one_and_no_more():
    even = [{"people": 5, "sides": {"Civil service": 3, "Civil society": 2}}, {"people": 4, "sides": {"Civil service": 2, "Civil society": 2}}]
    assert checks.unbalanced(even) == []
    assert len(checks.unbalanced([*even, {"people": 4, "sides": {"Civil service": 4}}])) == 2


def test_a_result_has_to_be_the_sum_of_the_ballots():
    rows = [{"option": "theme:0", "name": "Doors", "dots": 3}, {"option": "theme:1", "name": "Buses", "dots": 1}]
    data = {"votes": [{"stage": "vote", "known": True, "voters": 2, "rows": rows}]}
    ballots = {"vote": {ANA: {"theme:0": 2}, BO: {"theme:0": 1, "theme:1": 1}}}
    assert checks.miscounted(ballots, data) == []
    ballots["vote"][BO] = {"theme:0": 2}
    assert "Doors" in checks.miscounted(ballots, data)[0]


def test_what_else_was_acknowledged_has_to_be_there():
    given = [("park_note", {"by": ANA, "text": "The wifi"}), ("say_word", {"by": BO, "word": "more"}),
             ("say_word", {"by": BO, "word": "hope"}), ("print_name", {"by": ANA, "on": True}), ("star_idea", {"by": BO, "idea": BUS}), ("take_stand", {"by": BO, "stand": "agree"})]
    there = {"parking": [{"text": "The wifi"}], "points": [], "actions": [], "feedback": {"words": ["hope"], "ratings": []}, "participants": [{"name": "Ana"}],
             "ideas": [{"id": BUS, "starred": True}], "charter": {"adopted": {"agree": 1, "live": 0, "objections": []}}}
    assert checks.missing(given, there) == []
    wrong = {"parking": [], "feedback": {"words": ["more"], "ratings": []}, "ideas": [], "charter": {"adopted": there["charter"]["adopted"] | {"live": 1}}}
    assert len(checks.missing(given, there | wrong)) == 4
    assert "0 people are named" in checks.missing(given, there | {"participants": []})[0]
    assert "more often" in checks.missing(given, there | {"parking": [{"text": "The wifi"}] * 2})[0]


# Who may see what, and when

@pytest.mark.parametrize("fragment", [f'<li id="flip-chart.{BUS}"></li>', "<li>Pay for <b>the bus</b> to the office</li>",
                                      '<input value="Pay for the bus to the office">', "7,Pay for the bus to the office,Ideas"])
def test_words_or_ids_of_others_before_the_reveal_are_leaked(ledger, fragment):
    ledger.came(Phone(BO), fragment)
    assert ledger.leaks == {(BUS, BO)}


def test_one_s_own_words_and_those_revealed_are_not_leaked(ledger):
    ledger.came(Phone(ANA), f'<li id="my-ideas.{BUS}">Pay for the bus to the office</li>')
    ledger.reveal()
    ledger.came(Phone(BO), f'<li id="flip-chart.{BUS}">Pay for the bus to the office</li>')
    assert not ledger.leaks and (BUS, BO) in ledger.seen


def test_a_refusal_that_nobody_expected_is_a_fault(ledger):
    no = Answer(False, "Stars open when the facilitator opens them.", 3.0)
    ledger.answered(BO, "star_idea", {"idea": BUS}, no, "the table may have given its stars")
    assert ledger.told() == []
    ledger.answered(BO, "star_idea", {"idea": BUS}, no)
    assert ledger.told() == ["star_idea was refused once: Stars open when the facilitator opens them."]


PAPER = ('<ul><li data-option="theme:0"><b>Doors</b>{0}</li><li data-option="theme:1"><b>Buses</b>{1}</li></ul>'
         '<p>{2} of 12 have voted</p>')


def voting() -> SecretBallot:
    votes = SecretBallot()
    votes.opens({"theme:0": "Doors", "theme:1": "Buses"})
    return votes


def test_what_stands_beside_an_option_may_not_change_while_people_vote():
    votes = voting()
    assert votes.looks("console", "turnout", PAPER.format("", "", 0)) == ""
    assert votes.looks("console", "turnout", PAPER.format("", "", 9)) == ""
    assert "Doors" in votes.looks("console", "turnout", PAPER.format("<i>4</i>", "", 10))


def test_options_named_by_their_words_alone_are_watched_too():
    votes, line = voting(), "<tr><td>Doors</td><td>{}</td></tr><tr><td>Buses</td><td></td></tr>"
    assert votes.looks("screen", "screen-vote", line.format("")) == ""
    assert "Doors" in votes.looks("screen", "screen-vote", line.format("3"))


def test_the_order_of_options_may_not_change_while_people_vote():
    votes, item = voting(), "<li>{}</li>"
    votes.looks("screen", "screen-vote", item.format("Doors") + item.format("Buses"))
    assert "order" in votes.looks("screen", "screen-vote", item.format("Buses") + item.format("Doors"))


def test_one_s_own_ballot_changes_once_one_has_voted_and_not_before():
    votes, mine = voting(), '<data data-saved="theme:0" value="{}"></data><data data-saved="theme:1"></data>'
    votes.looks(ANA, "my-ballot", mine.format(0))
    votes.looks(BO, "my-ballot", mine.format(0))
    votes.voted.add(ANA)
    assert votes.looks(ANA, "my-ballot", mine.format(3)) == ""
    assert "Doors" in votes.looks(BO, "my-ballot", mine.format(3))


def test_a_theme_that_is_called_as_a_side_is_known_by_its_id_and_the_side_may_say_how_many_voted():
    votes = SecretBallot()
    votes.opens({"theme:0": "Civil society", "theme:1": "Buses"}, ["Civil service", "Civil society"])
    turnout, option = "<p><b>Civil society</b> {} of 6</p><p>Buses</p>", '<li data-option="theme:0">Civil society {}</li><li>Buses</li>'
    assert votes.looks("console", "turnout", turnout.format(0)) == votes.looks("console", "turnout", turnout.format(1)) == ""
    assert votes.looks("screen", "screen-vote", option.format("")) == ""
    assert "Civil society" in votes.looks("screen", "screen-vote", option.format("4"))


def test_a_name_inside_a_sentence_is_not_an_option():
    assert said_of({"theme:0": "Service"}, "<p>Civil service: 3 of 6</p>") == {}


# What a page shows

CHART = '<ul data-entries><li id="chart.a">A</li>\n<li id="chart.b">B</li>\n</ul>'


@pytest.fixture
def board():
    board = Board()
    board.paint(f'<main><div id="chart" class="region chart" data-mark="m1">{CHART}</div></main>')
    board.take([{"id": "chart", "seq": 4, "mark": "m1"}])
    return board


def put(was: int, seq: int, *entries: list, drop: tuple = ()) -> dict:
    return {"id": "chart", "was": was, "seq": seq, "mark": f"m{seq}", "put": list(entries), "drop": list(drop)}


def test_changes_are_put_where_they_belong(board):
    changed, missed = board.take([put(4, 5, ["c", '<li id="chart.c">C</li>', "a"]), put(5, 6, ["d", '<li id="chart.d">D</li>', None], drop=("b",))])
    assert (changed, missed, board.faults) == (["chart", "chart"], [], [])
    assert list(board.shown["chart"].entries) == ["d", "a", "c"]
    assert board.shown["chart"].html.startswith('<ul data-entries><li id="chart.d">')


def test_a_hole_is_asked_for_and_one_in_a_row_of_changes_is_a_fault(board):
    late = put(6, 7, ["c", '<li id="chart.c">C</li>', "b"])
    assert board.take([late]) == ([], ["chart"]) and not board.faults
    board.take([put(4, 5, ["c", '<li id="chart.c">C</li>', "b"])])
    assert board.take([late]) == ([], ["chart"]) and len(board.faults) == 1


def test_a_change_that_came_already_is_passed_over(board):
    board.take([put(4, 5, drop=("a",)), put(4, 5, drop=("a",))])
    assert not board.faults and list(board.shown["chart"].entries) == ["b"]


def test_two_drawings_with_one_number_are_a_fault(board):
    board.take([{"id": "chart", "seq": 4, "mark": "other", "html": CHART}])
    assert len(board.faults) == 1


def test_what_is_put_after_or_dropped_has_to_be_there(board):
    board.take([put(4, 5, ["c", '<li id="chart.c">C</li>', "nobody"], drop=("nothing",))])
    assert len(board.faults) == 2


def test_a_drawing_left_out_has_to_be_the_one_that_the_page_has(board):
    board.forget()
    board.take([{"id": "chart", "seq": 9, "mark": "m2"}])
    assert len(board.faults) == 1


def test_on_a_bad_network_holes_are_asked_for_and_what_is_older_passed_over():
    board = Board(strict=False)
    board.paint(f'<main><div id="chart" data-mark="m1">{CHART}</div></main>')
    assert board.take([{"id": "chart", "seq": 4, "at": 6, "mark": "m1"}]) == ([], [])
    assert board.take([put(4, 5, drop=("a",))]) == ([], []) and list(board.shown["chart"].entries) == ["a", "b"]
    assert board.take([put(7, 8, drop=("a",))]) == ([], ["chart"])
    assert board.take([{"id": "chart", "seq": 4, "at": 7, "mark": "other"}]) == ([], ["chart"]) and not board.faults


def test_a_network_does_the_same_again_by_its_seed_and_nothing_where_it_is_good():
    def first(seed: str, bad: bool = True) -> list[bool]:
        reception = Network(seed, bad).reception("phone 1", 1)
        return [reception.happens("deaf") for _time in range(200)]
    assert first("1") == first("1") != first("2") and any(first("1")) and not any(first("1", bad=False))
    ways = Counter(Network("1", True).reception(f"phone {n}", n).way for n in range(12))
    assert ways == {"websocket": 10, "polling": 1, "plain": 1}


def test_a_page_of_patches_is_the_same_as_a_reload(board):
    board.take([put(4, 5, ["c", '<li id="chart.c">C</li>\n', "b"])])
    again = Board()
    again.paint('<div id="chart" data-mark="m5"><ul data-entries><li id="chart.a">A</li>\n<li id="chart.b">B</li>\n<li id="chart.c">C</li></ul></div>')
    assert board.shown["chart"].same_as(again.shown["chart"])
    board.take([put(5, 6, drop=("a",))])
    assert not board.shown["chart"].same_as(again.shown["chart"])


def test_html_is_read_with_its_places():
    page = '<p>One<br>two</p>\n<div id="a" data-mark="x"><img src="y"> <svg><use href="#i"/></svg><i>in</i></div><p>three'
    assert regions(page) == {"a": ("x", '<img src="y"> <svg><use href="#i"/></svg><i>in</i>')}
    assert plain(read(page).words()) == "one two in three"
    assert split("chart", CHART) == ("<ul data-entries>", {"a": '<li id="chart.a">A</li>', "b": '<li id="chart.b">B</li>'}, "</ul>")


def test_percentiles_are_values_that_occurred():
    assert percentiles(range(1, 101)) == {"p50": 51, "p95": 96, "p99": 100}
    assert percentiles([]) == {"p50": 0.0, "p95": 0.0, "p99": 0.0}


def test_the_rehearsal_knows_of_the_server_only_its_wire():
    for path in Path(workshop.rehearse.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names] if isinstance(node, ast.Import) else []
            assert not {part for name in names if name.startswith("workshop.") for part in name.split(".")} & FORBIDDEN, path.name


# The whole

def rehearsing(served, *more: str) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-m", "workshop", "rehearse", "--url", served.local, "--organiser-key", served.key, *more],
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended(rehearsal: subprocess.Popen) -> subprocess.CompletedProcess:
    out, errors = rehearsal.communicate(timeout=110)
    return subprocess.CompletedProcess(rehearsal.args, rehearsal.returncode, out, errors)


def rehearse(served, *more: str) -> subprocess.CompletedProcess:
    return ended(rehearsing(served, *more))


def some_ideas(path: Path, n: int, more: str = "") -> str:
    """Write *n* ideas, and what comes behind them; returns the file's name."""
    lines = (Path(workshop.rehearse.__file__).parent.parent / "demo_ideas.txt").read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:n]) + more, "utf-8")
    return str(path)


@pytest.fixture
def on_a_bad_network(served, tmp_path):
    """A rehearsal of twelve people on a bad network; it goes on beside what the test does."""
    rehearsal = rehearsing(served, "--participants", "12", "--plan", "quick", "--ideas", some_ideas(tmp_path / "bad.txt", 24), "--faults")
    yield rehearsal
    rehearsal.kill()
    rehearsal.wait()


@pytest.mark.slow
def test_twelve_people_play_a_whole_workshop_and_twelve_on_a_bad_network_lose_nothing(served, tmp_path, on_a_bad_network):
    ideas = some_ideas(tmp_path / "ideas.txt", 24, "\n" + "long " * 101 + "\n")
    done = rehearse(served, "--participants", "12", "--ideas", ideas, "--files", str(tmp_path / "files"), "--json")
    assert done.returncode == 1, done.stdout + done.stderr + served.log()
    found = json.loads(done.stdout)
    assert not found["ok"] and found["version"] == 1 and found["plan"] == "cop-inception"
    assert [re.match(r"Row \d+", fault)[0] for fault in found["faults"]] == ["Row 24", "Row 25"]
    assert found["people"]["joined"] == 12
    assert [g["constituencies"] for g in found["people"]["groups"]] == [{"Civil service": 3, "Civil society": 3}] * 2
    assert found["ideas"] == {"offered": 26, "sent": 24, "acknowledged": 24, "refused": 0, "lost": 0, "doubled": 0, "leaked": 0, "out_of_order": 0}
    assert found["seen"] == {"expected": 24 * 5, "seen": 24 * 5}
    assert found["votes"]["ballots"] == 12 and found["votes"]["dots"] == 12 * found["votes"]["budget"]
    assert found["themes"]["encoder"] == "shared words" and found["top"]
    assert {f["name"]: f["bytes"] for f in found["files"]} == {path.name: path.stat().st_size for path in (tmp_path / "files").iterdir()}
    assert (tmp_path / "files" / "charter.pdf").read_bytes().startswith(b"%PDF")
    bad = ended(on_a_bad_network)
    assert bad.returncode == 0, bad.stdout + bad.stderr + served.log()
    assert "24 sent, 24 acknowledged, 0 refused" in bad.stdout and "Seen      264 of 264" in bad.stdout
    made = {kind: re.search(SAID[kind].replace("%(n)d", r"(\d+)"), bad.stdout) for kind in SAID}
    assert {"before", "within", "after", "slow", "deaf", "copy", "drop", "double", "hold", "asleep", "polling", "plain"} <= {k for k in made if made[k]}
    assert sum(int(n[1]) for n in made.values() if n) > 50


@pytest.mark.parametrize("pace, places", [("lively", [3, 1, 0]), ("fast", [0])])
def test_who_looks_on_sees_the_result_from_the_last_place_to_the_first(monkeypatch, pace, places):
    rows = [{"option": f"theme:{n}", "rank": rank} for n, rank in enumerate((1, 1, 3, 4))]
    vote = {"stage": "vote", "rows": rows, "priorities": ["theme:0", "theme:1"], "tied": ["theme:2"]}
    asked, play = [], SimpleNamespace(ledger=Ledger(), pace=Pace(pace), rounds=False, data=lambda: {"votes": [vote]})
    monkeypatch.setattr(duties, "peek", lambda play: None)
    monkeypatch.setattr(duties.gevent, "sleep", lambda seconds: None)
    lead = SimpleNamespace(play=play, ask=lambda command, **args: asked.append((command, args.get("from_rank"))))
    duties.end(lead, {"id": "vote", "kind": "vote", "run_off": ""}, 0)
    assert asked == [("close_vote", None), *(("show_result", place) for place in places)]


@pytest.mark.slow
def test_in_a_demo_somebody_takes_the_console_and_the_people_follow(tmp_path):
    port = free_port()
    with subprocess.Popen([sys.executable, "-m", "workshop", "demo", "--host", "127.0.0.1", "--port", str(port), "--participants", "6",
                           "--hold", "welcome"], env={**os.environ, "WORKSHOP_LITE": "1"}, stdout=subprocess.PIPE, text=True) as demo:
        said = iter(demo.stdout.readline, "")
        address, token = next(line.split()[1] for line in said if "Console" in line).split("#")
        code = address.rsplit("/", 2)[1]
        assert any("stays in welcome" in line for line in said)
        console = Page(f"http://127.0.0.1:{port}", code, "console")
        assert console.post(console.path, token=token, name="Somebody").ok
        console.load()
        console.connect()
        for stage, step, was in (("tables", 0, "welcome.0"), ("ideas", 0, "tables.0"), ("ideas", 1, "ideas.0")):
            assert console.do("open_stage", stage=stage, step=step, was=was).ok
        until = time.monotonic() + 40
        while len(written := console.get(f"/{code}/files/workshop.json").json()["ideas"]) < 2 and time.monotonic() < until:
            time.sleep(0.3)
        assert len(written) >= 2
        console.close()
        demo.terminate()
        assert demo.wait(20) == 0


def test_a_wrong_key_is_not_let_in(served, monkeypatch):
    monkeypatch.setattr(served, "key", "another")
    done = rehearse(served, "--participants", "3")
    assert done.returncode == 3 and "organiser's key" in done.stderr


def test_an_unknown_plan_is_a_wrong_use(served):
    done = rehearse(served, "--plan", "no-such-plan")
    assert done.returncode == 2 and "no-such-plan" in done.stderr and "cop-inception" in done.stderr


def test_no_server_is_said_in_a_sentence(tmp_path):
    done = subprocess.run([sys.executable, "-m", "workshop", "rehearse", "--url", "http://127.0.0.1:9", "--organiser-key", "k"],
                          capture_output=True, text=True, timeout=60)
    assert done.returncode == 3 and done.stderr.strip().endswith("Is the server running?") and not done.stdout


def test_a_rehearsal_ties_holds_a_run_off_and_votes_again(served, tmp_path):
    done = rehearse(served, "--participants", "12", "--rounds", "--files", str(tmp_path), "--json")
    found = json.loads(done.stdout)
    assert done.returncode == 0 and not found["faults"], found["faults"]
    data = json.loads((tmp_path / "workshop.json").read_text())
    first, run_off, second, *_ = data["votes"]
    assert len(first["tied"]) == 2 and run_off["run_off"] == first["stage"] and second["second_of"] == first["stage"]
    assert {option["vote"] for option in data["priorities"]} == {second["stage"]}
    assert found["votes"]["ballots"] == 12
