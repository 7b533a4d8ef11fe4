"""Themes form on the console while people write, stay where they are, and are what the board starts with."""
import contextlib
import os
import re
import signal
import time
from pathlib import Path
from types import SimpleNamespace

import gevent
import pytest

from tests.raw import Browser, Raw
from tests.test_faults_wire import children
from workshop import following
from workshop.questions import board_question, formed, suggestion
from workshop.room import Forming
from workshop.rules.forming import forming_stage
from workshop.rules.themes import placed
from workshop.themer import Themer

MATTERS = {
    "bus": ["A bus to the {} on Sundays", "Show when the bus leaves the {}", "Shelter at the bus stop near the {}", "A cheaper bus ticket to the {}"],
    "tree": ["Plant a tree beside the {}", "Water each young tree at the {}", "Old tree roots break the {}", "A fruit tree for the {}"],
    "form": ["One form for the {}", "A shorter form at the {}", "Print the form large for the {}", "Help with the form in the {}"],
    "letter": ["A letter that the {} understands", "Answer each letter from the {}", "No letter in capitals to the {}", "Read the letter aloud at the {}"],
}
PLACES = ("school", "market", "clinic", "harbour", "library", "mosque", "river", "station")
IDEAS = [line.format(place) for place in PLACES for n in range(4) for line in (lines[n] for lines in MATTERS.values())]


def eventually(true, seconds=20.0):
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        gevent.sleep(.02)
    assert true()


@pytest.fixture
def quick(monkeypatch, tmp_path):
    """A themer without a model that looks again as soon as there is news, with its worker ready."""
    monkeypatch.setenv("WORKSHOP_LITE", "1")
    monkeypatch.setattr(following, "PAUSE", .05)
    with ready(tmp_path) as asks:
        yield asks


@contextlib.contextmanager
def ready(folder: Path, seconds=60):
    asks = Themer(folder / "sessions")
    asks._vectors.mkdir(parents=True)
    asks._worker.start()
    try:
        eventually(lambda: asks._worker.state == "ready", seconds)
        yield asks
    finally:
        asks.close()


def forms(asks: Themer, river) -> Forming:
    """What has formed, once every idea is in it."""
    def all_known():
        asks.look(SimpleNamespace(session=river.session))   # as every beat does
        found = river.session.room.forming.get("ideas")
        return found and set(found.labels) == {i.id for i in river.w.ideas_of("ideas")}
    eventually(all_known)
    return river.session.room.forming["ideas"]


def meets(asks: Themer, river):
    """The board's suggestion."""
    river.opens("themes")
    asks.look(SimpleNamespace(session=river.session))
    eventually(lambda: river.w.boards["themes"].suggestion)
    return river.w.boards["themes"].suggestion


def test_eleven_ideas_form_nothing_and_the_twelfth_does(river, quick):
    ana = river.joins("Ana")
    river.opens("ideas", 1)
    for text in IDEAS[:11]:
        ana.writes(text)
    quick.look(SimpleNamespace(session=river.session))
    gevent.sleep(.5)
    assert not river.session.room.forming
    ana.writes(IDEAS[11])
    assert len(forms(quick, river).names) > 1


def test_themes_stay_while_ideas_come_and_the_board_meets_the_same(river, quick):
    ana = river.joins("Ana")
    river.opens("ideas", 1)
    boards = []
    for n, text in enumerate(IDEAS[:120], 1):
        ana.writes(text)
        if n >= 30 and n % 10 == 0:
            boards.append(forms(quick, river))
            if n == 60:
                ana.does("withdraw_idea", idea="i7")
                ana.does("edit_idea", idea="i8", text="A bus to the river by night")
    stays_put(boards)
    found = meets(quick, river)
    assert found.names == boards[-1].names and found.labels == boards[-1].labels
    river.maya.does("accept_suggestion", stage="themes")
    assert {n: theme.name for n, theme in river.w.boards["themes"].themes.items()} == boards[-1].names


def stays_put(boards: list[Forming]) -> None:
    """From look to look most ideas stay in the theme of the same number, and few themes come, go or are renamed."""
    for before, after in zip(boards, boards[1:]):
        both = [i for i in before.labels if i in after.labels]
        assert sum(before.labels[i] == after.labels[i] for i in both) >= .8 * len(both)
        assert list(after.names) == sorted(after.names), "each stands where it stood"
        assert len(set(before.names) ^ set(after.names)) <= 2
        renamed = [n for n in before.names if n in after.names and before.names[n] != after.names[n]]
        assert len(renamed) <= 2, (before.names, after.names)
    assert set(boards[0].names) & set(boards[-1].names)


def test_a_number_is_not_used_again_and_no_two_themes_have_one_mark():
    last = Forming({"a": 0, "b": 4}, {0: "Desks", 4: "Buses"}, {}, {0: ("a",), 4: ("b",)}, unused=25)
    answer = {"labels": {"a": 0, "c": 1, "d": 5, "e": -1}, "names": {"0": "Desks", "1": "Tea", "5": "Cake"},
              "examples": {"0": ["a"], "1": ["c"], "5": ["d"]}}
    found = formed(answer, last)
    assert found.names == {0: "Desks", 26: "Tea", 27: "Cake"}, "25 would have the mark of 0"
    assert found.labels == {"a": 0, "c": 26, "d": 27, "e": -1} and found.unused == 28
    assert found.named == {0: ("a",), 26: ("c",), 27: ("d",)}


def test_themes_form_of_what_was_written_last_until_it_has_a_board(river):
    assert forming_stage(river.w) == ""
    at = []
    for stage, step in (("welcome", 0), ("ideas", 0), ("ideas", 2), ("plenary", 0), ("themes", 0), ("ideas", 1), ("discuss", 0)):
        river.opens(stage, step)
        at.append(forming_stage(river.w))
    assert at == ["", "ideas", "ideas", "ideas", "", "", ""]


def test_a_theme_that_a_person_opens_before_the_answer_comes_is_nobody_elses(river, quick):
    ana = river.joins("Ana")
    river.opens("ideas", 1)
    for text in IDEAS[:24]:
        ana.writes(text)
    before = forms(quick, river)
    river.opens("themes")
    board = river.w.boards["themes"]
    question = board_question(river.w, "themes", before)
    river.maya.does("make_theme", stage="themes", key="k", name="Mine", ideas=["i0"])
    answer = quick._worker.ask(question)
    river.session.do("suggest_themes", "server", "server", stage="themes", suggestion=suggestion(answer, board))
    found = river.w.boards["themes"].suggestion
    assert 0 in before.names and 0 not in found.names and len(set(found.names)) == len(before.names)
    assert {n: found.names[n] for n in before.names if n} == {n: name for n, name in before.names.items() if n}
    river.maya.does("accept_suggestion", stage="themes")
    assert river.board()["Mine"] == [IDEAS[0]]


def test_a_board_that_is_asked_again_keeps_what_it_has_and_answers_wishes(river, quick):
    ana = river.joins("Ana")
    river.opens("ideas", 1)
    for text in IDEAS[:40]:
        ana.writes(text)
    first = meets(quick, river)
    ask_again(quick, river)
    assert river.w.boards["themes"].suggestion.names == first.names, "nothing is new"
    ask_again(quick, river, about=2)
    assert len(river.w.boards["themes"].suggestion.names) == 2
    ask_again(quick, river, into="bus, Letter, ferry, tree", strict=0)
    river.maya.does("accept_suggestion", stage="themes")
    board = river.board()
    assert set(board) == {"bus", "Letter", "ferry", "tree", "tray"} and not board["tray"] and not board["ferry"], "nobody wrote of ferries"
    ask_again(quick, river, into="bus, Ferry")
    assert not [n for n in river.w.boards["themes"].suggestion.names if n not in river.w.boards["themes"].themes]
    assert all("bus" in text for text in board["bus"][:5]) and all(theme.named for theme in river.w.boards["themes"].themes.values())


def test_what_people_moved_draws_its_like_along_once_they_ask_again(river, quick):
    ana = river.joins("Ana")
    river.opens("ideas", 1)
    for text in IDEAS[:48]:
        ana.writes(text)
    meets(quick, river)
    river.maya.does("accept_suggestion", stage="themes")
    tickets = [i.id for i in river.w.ideas_of("ideas") if "ticket" in i.text]
    board = river.w.boards["themes"]
    buses, letters = board.place[tickets[0]], next(board.place[i.id] for i in river.w.ideas_of("ideas") if "letter" in i.text)
    assert [board.place[i] for i in tickets] == [buses] * 3 and buses != letters
    river.maya.does("move_ideas", stage="themes", ideas=tickets[:2], theme=letters)
    ask_again(quick, river)
    board = river.w.boards["themes"]
    assert placed(river.w, board) == {tickets[2]: letters}, "the third ticket is offered, every other bus stays"
    assert board.place[tickets[2]] == buses, "until somebody accepts"
    ana.writes("A cheaper bus ticket to the harbour", idea="late")
    ask_again(quick, river)
    river.maya.does("accept_suggestion", stage="themes")
    board = river.w.boards["themes"]
    assert {board.place[i] for i in [*tickets, "late"]} == {letters}
    river.maya.does("move_ideas", stage="themes", ideas=[tickets[2]], theme=buses)
    ask_again(quick, river)
    assert tickets[2] not in placed(river.w, river.w.boards["themes"]), "put back by a person, it stays"


def ask_again(asks, river, **wishes):
    river.maya.does("ask_suggestion", stage="themes", was=river.w.boards["themes"].asked, **wishes)
    asks.look(SimpleNamespace(session=river.session))
    eventually(lambda: not river.w.boards["themes"].waiting)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds the worker in /proc")
def test_a_console_sees_themes_form_and_a_killed_worker_come_back(served):
    made = served.make()
    code, maya, ana = made["code"], Browser(served.local).leads(made), Browser(served.local).joins(made["code"], "Ana")
    maya.does(code, "open_stage", seat="console", stage="ideas", step="1", was="")
    console = Raw(served.local, code, "console", maya.cookie)
    here = console.asks("here", have={})
    assert "from 12 ideas on" in next(region["html"] for region in here["regions"] if region["id"] == "forming")
    write(ana, code, 0, 24)
    eventually(lambda: "bus" in told(maya, code).lower(), 40)
    os.kill(children(served.pid)[0], signal.SIGKILL)
    eventually(lambda: "theme finder is starting" in told(maya, code))
    began = time.monotonic()
    write(ana, code, 24, 40)
    assert maya.does(code, "tell_all", seat="console", text="Go on") == 303
    assert time.monotonic() - began < 10, "nobody waits for it"
    eventually(lambda: re.search(r">40 ideas", told(maya, code)) and "starting" not in told(maya, code), 60)
    console.close()


def write(author: Browser, code: str, start: int, end: int) -> None:
    for n in range(start, end):
        assert author.does(code, "submit_idea", idea=f"i{n}", text=IDEAS[n], stage="ideas") == 303


def told(maya: Browser, code: str) -> str:
    """The forming themes as the console's page has them."""
    return maya.asks(f"/{code}/console")[1].partition("Forming themes")[2].partition("</section>")[0]


@pytest.mark.model
def test_with_the_model_too_themes_stay_and_the_board_meets_them(river, monkeypatch, tmp_path):
    from workshop.ideas_file import read
    from workshop.rehearse.command import DEMO_IDEAS
    monkeypatch.delenv("WORKSHOP_LITE", raising=False)
    monkeypatch.setattr(following, "PAUSE", .05)
    ana = river.joins("Ana")
    river.opens("ideas", 1)
    with ready(tmp_path, 180) as asks:
        assert asks._worker.about["encoder"] != "shared words"
        boards = []
        for n, (_row, text) in enumerate(read(DEMO_IDEAS).rows[:120], 1):
            ana.writes(text)
            if n >= 30 and n % 15 == 0:
                boards.append(forms(asks, river))
        stays_put(boards)
        found = meets(asks, river)
        assert found.names == boards[-1].names
        assert sum(found.labels[i] == n for i, n in boards[-1].labels.items()) >= .97 * len(found.labels)
