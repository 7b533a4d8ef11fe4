"""The journal: written once, in order, readable by anybody, refused where it cannot be understood."""
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from workshop.events.brainstorm import NoteParked
from workshop.journal import Entry, Journal, NotAJournal, UnknownEvent


def note(seq: int, text: str = "A thought") -> Entry:
    return Entry(seq, 1_790_000_000_123, "ana", NoteParked(f"n{seq}", "ana", text, "ideas"))


def test_an_entry_comes_back_as_it_went_in(tmp_path):
    journal = Journal(tmp_path / "a.db")
    assert journal.append(note(1, "Où ? كلمة 🎉").row())
    journal.close()
    again = Journal(tmp_path / "a.db")
    assert list(again.read()) == [note(1, "Où ? كلمة 🎉")] and list(again.read(after=1)) == []
    again.close()


def test_a_number_is_given_once(tmp_path):
    journal = Journal(tmp_path / "a.db")
    assert journal.append(note(1).row()) and not journal.append(note(1, "Another").row())
    assert not journal.append(note(2).row(), note(1, "Another").row()), "all or none"
    assert journal.append(note(2).row(), note(3).row())
    assert [(e.seq, e.event.text) for e in journal.read()] == [(1, "A thought"), (2, "A thought"), (3, "A thought")]
    journal.close()


WRITER = """
import sys
from pathlib import Path
from workshop.journal import Journal
from tests.test_journal import note
journal, written = Journal(Path(sys.argv[1])), 0
while written < 40:
    last = max([0, *(e.seq for e in journal.read())])
    written += journal.append(note(last + 1, sys.argv[2]).row())
"""


def test_three_processes_on_one_file_lose_and_double_nothing(tmp_path):
    Journal(tmp_path / "a.db").close()
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path / "a.db"), str(n)]) for n in range(3)]
    assert [w.wait(60) for w in writers] == [0, 0, 0]
    journal = Journal(tmp_path / "a.db")
    entries = list(journal.read())
    assert [e.seq for e in entries] == list(range(1, 121))
    assert sorted(e.event.text for e in entries) == sorted(str(n) for n in range(3) for _ in range(40))
    journal.close()


def test_two_sessions_on_one_journal_see_each_other(river):
    from workshop.session import Session
    other = Session(Journal(river._path))
    ana = river.joins("Ana")
    other.do("join", "bo", "participant", name="Bo", constituency="Civil society")
    ana.does("park_note", note="n1", text="After Bo")
    assert [p.number for p in river.w.people.values()] == [1, 2]
    other.catch_up()
    assert other.state == river.w
    other.close()


def test_another_file_and_a_newer_journal_are_refused_in_words(tmp_path):
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as db:
        db.execute("create table things (x)")
    with pytest.raises(NotAJournal, match="not the file of a workshop"):
        Journal(other)
    newer = tmp_path / "newer.db"
    Journal(newer).close()
    with sqlite3.connect(newer) as db:
        db.execute("pragma user_version = 99")
    with pytest.raises(NotAJournal, match="newer release"):
        Journal(newer)
    (tmp_path / "text.db").write_text("this is no database at all, but it is long enough to be looked at" * 40)
    with pytest.raises(NotAJournal, match="cannot be read"):
        Journal(tmp_path / "text.db")


def test_an_unknown_kind_of_event_is_refused_in_words(tmp_path):
    journal = Journal(tmp_path / "a.db")
    journal.append(note(1).row())
    with sqlite3.connect(tmp_path / "a.db") as db:
        db.execute("update journal set kind = 'MoonLanded'")
    with pytest.raises(UnknownEvent, match="MoonLanded"):
        list(journal.read())
    journal.close()


def test_the_file_reads_sensibly_in_any_sqlite_tool(river):
    ana, bo = river.joins("Ana"), river.joins("Bo", "Civil society")
    river.opens("ideas", 1)
    desk, bus = ana.writes("A desk"), ana.writes("A bus")
    ana.does("edit_idea", idea=desk, text="One desk")
    river.maya.does("move_person", stage="ideas", person="bo", group=river.w.ideas[desk].group)
    for change, idea in (("support_idea", desk), ("support_idea", bus), ("unsupport_idea", bus)):
        bo.does(change, idea=idea)
    river.opens("themes")
    river.suggests(("Desks", [desk]), ("Buses", [bus]))
    river.maya.does("accept_suggestion", stage="themes")
    river.maya.does("rename_theme", stage="themes", theme=0, name="One desk for all")
    river.opens("vote")
    ana.does("cast_ballot", stage="vote", dots={"theme:0": 2}, number=1)
    ana.does("cast_ballot", stage="vote", dots={"theme:0": 1}, number=2)
    river.maya.does("close_vote", stage="vote")
    river.opens("discuss")
    ana.does("set_action", action="x", stage="discuss", priority="theme:0", what="Find a room", owner="Ana", due="May", measure="It is open")
    db = sqlite3.connect(river._path)

    def table(query):
        return db.execute(query).fetchall()
    assert table("select name, constituency from people order by number") == [("Ana", "Civil service"), ("Bo", "Civil society")]
    assert table("select text, withdrawn, support from ideas order by seq") == [("One desk", 0, 1), ("A bus", 0, 0)]
    assert table("select name from themes where not gone order by theme") == [("One desk for all",), ("Buses",)]
    assert table("select option, dots from votes") == [("theme:0", 1)]
    assert table("select rank, option, dots, people from results") == [(1, "theme:0", 1, 1), (2, "theme:1", 0, 0)]
    assert table("select place, name from priorities") == [(1, "One desk for all")]
    assert table("select what, owner, due, measure from actions") == [("Find a room", "Ana", "May", "It is open")]
    assert table("select count(*) from timeline") == [(river.w.seq,)]
    assert table("pragma application_id") == [(0x57534A31,)]
    db.close()


OLD = "create view ideas as select seq from journal"


def grown_old(path) -> None:
    """The file as an earlier release left it: one view read less, another was not there, and its keeper made one."""
    Journal(path).close()
    with closing(sqlite3.connect(path)) as db, db:
        for change in ("drop view ideas", "drop view agreements", OLD, "create view mine as select at from journal"):
            db.execute(change)


def views(path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as db:
        return dict(db.execute("select name, sql from sqlite_master where type = 'view'"))


def test_the_views_of_an_older_file_are_renewed_when_it_is_opened_to_be_written(tmp_path):
    grown_old(tmp_path / "a.db")
    with closing(Journal(tmp_path / "a.db", "rw")) as journal:
        assert journal.append(note(1).row())
    Journal(tmp_path / "new.db").close()
    assert views(tmp_path / "a.db") == {**views(tmp_path / "new.db"), "mine": "CREATE VIEW mine as select at from journal"}
    with closing(sqlite3.connect(tmp_path / "a.db")) as db:
        assert db.execute("select count(withdrawn) from ideas").fetchone() == (0,)


def test_a_file_that_is_only_read_keeps_its_views(tmp_path):
    grown_old(tmp_path / "a.db")
    before = views(tmp_path / "a.db"), (tmp_path / "a.db").read_bytes()
    Journal(tmp_path / "a.db", "ro").close()
    assert (views(tmp_path / "a.db"), (tmp_path / "a.db").read_bytes()) == before


def test_another_program_goes_on_reading_while_the_views_are_renewed(tmp_path):
    grown_old(tmp_path / "a.db")
    with closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None)) as reader:
        reader.execute("begin")
        assert reader.execute("select * from ideas").fetchall() == []
        Journal(tmp_path / "a.db").close()
        assert [column[0] for column in reader.execute("select * from ideas").description] == ["seq"]
        reader.execute("commit")
        assert "withdrawn" in [column[0] for column in reader.execute("select * from ideas").description]


def test_a_file_opens_also_where_its_views_cannot_be_renewed_now(tmp_path):
    grown_old(tmp_path / "a.db")
    with closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None)) as writer:
        writer.execute("begin immediate")
        with closing(Journal(tmp_path / "a.db")) as journal:
            assert list(journal.read()) == []
        writer.execute("rollback")
    assert views(tmp_path / "a.db")["ideas"] == "CREATE VIEW ideas as select seq from journal"


def test_a_file_with_the_views_of_today_is_not_written_when_it_is_opened(tmp_path):
    Journal(tmp_path / "a.db").close()
    with closing(sqlite3.connect(tmp_path / "a.db")) as watcher:
        before = watcher.execute("pragma schema_version").fetchone(), watcher.execute("pragma data_version").fetchone()
        Journal(tmp_path / "a.db").close()
        assert (watcher.execute("pragma schema_version").fetchone(), watcher.execute("pragma data_version").fetchone()) == before


def test_a_workshop_whose_power_was_cut_is_where_it_was(river):
    people = river.fills(6)
    river.opens("ideas", 1)
    for n in range(20):
        people[n % 6].writes(f"Idea {n}")
    river.restarts()
    people[0].writes("After the cut")
    assert [i.text for i in river.w.ideas_of("ideas")] == [*(f"Idea {n}" for n in range(20)), "After the cut"]
