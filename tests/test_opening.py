"""Opening a workshop: everybody else goes on meanwhile, whoever reads it."""
from dataclasses import FrozenInstanceError, dataclass
from functools import cached_property

import gevent
import msgspec
import pytest

from workshop import opening, session as sessions
from workshop.journal import Damaged, Journal
from workshop.loop import giving_way
from workshop.packing import packed, unpacked
from workshop.rules.stages import standing
from workshop.state.changed import replace


@pytest.fixture
def written(river):
    """A workshop in which people wrote, and sorted what they wrote."""
    people = river.fills(6)
    river.opens("ideas", 1)
    for n in range(60):
        people[n % 6].writes(f"Idea {n}", idea=f"i{n}")
    river.opens("themes")
    river.suggests(("Vans", [f"i{n}" for n in range(0, 60, 3)]), ("Desks", [f"i{n}" for n in range(1, 60, 3)]))
    river.maya.does("accept_suggestion", stage="themes")
    return river


def test_a_long_journal_is_read_by_another_process_and_gives_the_same_workshop(written, monkeypatch):
    monkeypatch.setattr(sessions, "LONG", 10)
    asked = []
    monkeypatch.setattr(sessions, "read_aside", lambda path: asked.append(opening.read_aside(path)) or asked[-1])
    written.restarts()
    assert asked == [written.w] and standing(written.w) == "themes.0"


def test_what_came_while_it_was_read_is_there_too(written, monkeypatch):
    half = opening.read_aside(written._path)
    written.maya.does("make_theme", stage="themes", key="t", name="Buses", ideas=["i2"])
    monkeypatch.setattr(sessions, "LONG", 10)
    monkeypatch.setattr(sessions, "read_aside", lambda path: half)
    written.restarts()
    assert "Buses" in written.board()


@pytest.mark.parametrize("program", ["/nowhere", "/bin/false", "/bin/true"])
def test_where_no_process_can_read_it_it_is_read_here(written, monkeypatch, program):
    monkeypatch.setattr(sessions, "LONG", 10)
    monkeypatch.setattr(opening.sys, "executable", program)
    written.restarts()


def test_what_is_wrong_with_a_long_journal_is_said_as_ever(written, monkeypatch):
    written.session.close()
    journal = Journal(written._path)
    journal._db.conn.execute("delete from journal where seq = 20")
    journal._db.conn.commit()
    monkeypatch.setattr(sessions, "LONG", 10)
    with pytest.raises(Damaged, match="Entry 20 is missing"):
        sessions.Session(journal)
    journal._db.conn.execute("update journal set seq = seq - 1 where seq > 20")   # for the fixture, which reads it again
    journal._db.conn.commit()
    written.session = sessions.Session(journal)


def test_others_go_on_while_a_journal_is_read_here():
    turns = []

    def others() -> None:
        while True:
            turns.append(gevent.sleep(0))
    at_work = gevent.spawn(others)
    found = [sum(range(n % 1000)) for n in giving_way(range(2_000))]
    at_work.kill()
    assert len(found) == 2_000 and len(turns) > 3


def test_a_workshop_comes_out_of_its_packing_as_it_went_in(written):
    again = unpacked(packed(written.w))
    assert again == written.w
    with pytest.raises((EOFError, opening.pickle.UnpicklingError)):
        unpacked(packed(written.w)[:200])


@dataclass(frozen=True)
class Cup:
    size: int
    colour: str = "white"

    @cached_property
    def price(self) -> int:
        return 2 * self.size


def test_a_value_changes_as_the_standard_library_would_change_it():
    cup, read = Cup(3), msgspec.json.decode('{"size": 3}', type=Cup)
    assert cup.price == 6
    for one in (cup, read):
        changed = replace(one, size=4)
        assert changed == Cup(4) and changed.price == 8 and hash(changed) == hash(Cup(4)) and (one.size, one.price) == (3, 6)
    with pytest.raises(TypeError, match="Cup has no handle"):
        replace(cup, handle=True)
    with pytest.raises(FrozenInstanceError):
        changed.size = 5
