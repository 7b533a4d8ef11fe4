"""What was run is kept: checked, repaired, backed up while it runs, brought back, and written out without a server."""
import json
import shutil
import sqlite3
import threading
import zipfile

import pytest

from tests.served import workshop
from tests.test_power_cut import Writer
from workshop.journal import Damaged, Journal
from workshop.keep.folder import moved
from workshop.sessions import opened
from workshop.sqlite import Unreadable

PAGE = 4096
PLAN = 'title = "Ours"\nquestion = "What?"\n'


def fill(river, ideas: int = 120) -> None:
    """A workshop of some hundred entries, closed, so that all of it is in its file."""
    people = river.fills(6)
    river.opens("ideas", 1)
    for n in range(ideas):
        people[n % 6].writes(f"Idea {n}: " + "a bus that comes, " * 8)
    river.session.close()


@pytest.fixture
def folder(river, tmp_path):
    """The folder of a closed workshop; its story goes on in a copy, so that this one may be harmed."""
    fill(river)
    harmed = tmp_path / "harmed"
    harmed.mkdir()
    shutil.copy(river._path, harmed / "ktm482.db")
    river.session = river._opened()
    return harmed


def overwrite(path, page: int, with_what: bytes = b"\x5a" * PAGE) -> None:
    with open(path, "r+b") as file:
        file.seek(page * PAGE)
        file.write(with_what)


def checked(folder, *codes) -> tuple[int, dict]:
    said = workshop("check", *codes, "--sessions", folder, "--json")
    return said.returncode, json.loads(said.stdout)


def test_a_sound_folder_is_said_to_be_sound(folder, river):
    code, said = checked(folder, "ktm482")
    assert code == 0 and said["ok"] and said["workshops"] == [{"code": "ktm482", "ok": True, "sound": river.w.seq, "said": []}]
    assert workshop("repair", "ktm482", "--sessions", folder).returncode == 0
    assert [p.name for p in folder.glob("*.db")] == ["ktm482.db"], "nothing was changed"


def test_what_is_not_there_is_said(folder, tmp_path):
    assert workshop("check", "--sessions", tmp_path / "nowhere").returncode == 3
    assert workshop("check", "qqqqqq", "--sessions", folder).returncode == 3
    assert workshop("repair", "qqqqqq", "--sessions", folder).returncode == 3


def harms(path) -> dict[str, object]:
    """Ways in which a file comes to harm, each with what it takes from the end of the journal."""
    size = path.stat().st_size

    def cut_short():
        with open(path, "r+b") as file:
            file.truncate(size * 2 // 3 // PAGE * PAGE)

    def cut_in_the_middle_of_a_page():
        with open(path, "r+b") as file:
            file.truncate(size // 2 + 123)

    def a_page():
        overwrite(path, size // PAGE // 2)

    def a_gap():
        with sqlite3.connect(path) as db:
            db.execute("delete from journal where seq = 40")
        db.close()

    def words():
        with sqlite3.connect(path) as db:
            db.execute("update journal set body = substr(body, 1, 20) where seq = 40")
        db.close()

    def no_text_at_all():
        with sqlite3.connect(path) as db:
            db.execute("update journal set body = cast(x'ff00fe22' as text) where seq = 40")
        db.close()

    def what_it_refers_to():
        with sqlite3.connect(path) as db:
            db.execute("update journal set body = json_replace(body, '$.stage', 'no such stage', '$.step', 77) where kind = 'StageOpened'")
        db.close()
    return {f.__name__: f for f in (cut_short, cut_in_the_middle_of_a_page, a_page, a_gap, words, no_text_at_all, what_it_refers_to)}


@pytest.mark.parametrize("harm", ["cut_short", "cut_in_the_middle_of_a_page", "a_page", "a_gap", "words", "no_text_at_all", "what_it_refers_to"])
def test_everything_up_to_the_damage_comes_back(folder, river, harm):
    path = folder / "ktm482.db"
    harms(path)[harm]()
    with pytest.raises(Damaged):
        opened(path)
    before = path.read_bytes()
    code, said = checked(folder)
    sound = said["workshops"][0]["sound"]
    assert code == 1 and not said["ok"] and said["workshops"][0]["said"] and 0 < sound < river.w.seq
    assert path.read_bytes() == before, "looking changes nothing"
    mended = workshop("repair", "KTM 482", "--sessions", folder)
    assert mended.returncode == 0 and f"entry {sound}" in mended.stdout, mended.stderr
    kept = next(folder.glob("ktm482.damaged-*.db"))
    assert kept.read_bytes() == before, "the damaged file is kept as it was"
    session = opened(path)
    whole, entries = Journal(river._path), Journal(path)
    assert list(entries.read()) == list(whole.read())[:sound] and session.state.seq == sound
    session.do("park_note", "p0", "participant", note="n", text="It goes on")
    session.close()
    whole.close(), entries.close()
    assert checked(folder)[0] == 1, "there is no list of workshops in this folder"
    assert checked(folder, "ktm482") == (0, {"version": 1, "ok": True, "registry": [], "workshops": [
        {"code": "ktm482", "ok": True, "sound": sound + 1, "said": []}]})


@pytest.fixture
def cut_off(river, tmp_path):
    """The files of a workshop whose server was killed, so that most of it stands in the log beside its file."""
    people = river.fills(6)
    river.opens("ideas", 1)
    for n in range(40):
        people[n % 6].writes(f"Idea {n}")
    there = tmp_path / "cut_off"
    there.mkdir()
    return moved(river._path, there / "ktm482.db", shutil.copy)


def frames(path) -> int:
    return (path.with_name("ktm482.db-wal").stat().st_size - 32) // (PAGE + 24)


def test_a_write_that_was_cut_off_is_no_damage(cut_off, river):
    log = cut_off.with_name("ktm482.db-wal")
    with open(log, "r+b") as file:
        file.truncate(log.stat().st_size - 200)
    session = opened(cut_off)
    assert session.state.seq == river.w.seq - 1, "all but the last, which nobody was told of"
    session.close()


@pytest.mark.parametrize("place", ["the middle", "its head"])
def test_a_log_that_is_damaged_is_not_passed_over(cut_off, river, place):
    log = cut_off.with_name("ktm482.db-wal")
    with open(log, "r+b") as file:
        file.seek(20 if place == "its head" else 32 + frames(cut_off) // 2 * (PAGE + 24) + 400)
        file.write(b"\x5a" * 8)
    with pytest.raises(Damaged, match="log"):
        opened(cut_off)
    code, said = checked(cut_off.parent, "ktm482")
    sound = said["workshops"][0]["sound"]
    assert code == 1 and "log" in said["workshops"][0]["said"][-1] and sound < river.w.seq - 2
    mended = workshop("repair", "ktm482", "--sessions", cut_off.parent)
    if place == "its head":   # the file itself was never written
        assert mended.returncode == 1 and not list(cut_off.parent.glob("*damaged*"))
        return
    assert mended.returncode == 0 and list(cut_off.parent.glob("*damaged*.db-wal")), mended.stderr
    session = opened(cut_off)
    assert session.state.seq == sound > 0
    session.close()


@pytest.mark.parametrize("ruin", ["first page", "empty"])
def test_where_nothing_can_be_read_the_file_stays(folder, ruin):
    path = folder / "ktm482.db"
    overwrite(path, 0) if ruin == "first page" else path.write_bytes(b"")
    before = path.read_bytes()
    with pytest.raises(Unreadable, match="cannot be read|empty|damaged"):
        opened(path)
    said = workshop("repair", "ktm482", "--sessions", folder)
    assert said.returncode == 1 and "backup" in said.stderr and "Traceback" not in said.stderr
    assert path.read_bytes() == before and [p.name for p in folder.glob("*.db")] == ["ktm482.db"]


def test_what_a_later_release_wrote_is_not_cut_off(folder):
    path = folder / "ktm482.db"
    with sqlite3.connect(path) as db:
        db.execute("update journal set kind = 'MoonLanded' where seq = 40")
    db.close()
    said = workshop("repair", "ktm482", "--sessions", folder)
    assert said.returncode == 1 and "MoonLanded" in said.stderr and "newer" in said.stderr
    assert not list(folder.glob("*damaged*"))


def test_nothing_is_repaired_under_a_running_server(served):
    made = served.make()
    said = workshop("repair", made["code"], "--sessions", served.folder)
    assert said.returncode == 3 and "server" in said.stderr


def test_a_backup_is_made_while_people_write_and_comes_back_whole(alone, tmp_path):
    made, second = alone.make(), alone.make("quick")
    (alone.folder / "ours.toml").write_text(PLAN)
    leader = Writer.__new__(Writer)
    leader.server, leader.code, leader.cookie = alone, made["code"], ""
    leader.cookie = leader.asks("POST", f"/{made['code']}/console", {"token": made["token"], "name": "Maya"}).getheader("Set-Cookie").split(";")[0]
    leader.asks("POST", f"/{made['code']}/do/open_stage", {"seat": "console", "stage": "ideas", "step": "1", "was": ""})
    ana = Writer(alone, made["code"], 0)

    stop = threading.Event()
    writing = threading.Thread(target=ana.writes, args=(stop,))
    writing.start()
    while len(ana.saved) < 20:
        stop.wait(0.02)
    saved, file = len(ana.saved), tmp_path / "kept.zip"
    said = workshop("backup", "--sessions", alone.folder, "--to", file)
    stop.set()
    writing.join(20)
    assert said.returncode == 0 and "2 workshops" in said.stdout and "key" in said.stdout, said.stderr
    assert file.stat().st_mode & 0o777 == 0o600, "it holds the signing key"
    assert {"registry.db", "signing.key", "ours.toml", f"{made['code']}.db", f"{second['code']}.db"} <= set(zipfile.ZipFile(file).namelist())
    assert workshop("backup", "--sessions", alone.folder, "--to", file).returncode == 2, "nothing is overwritten"
    assert workshop("restore", file, "--sessions", alone.folder).returncode == 2, "nothing is overwritten"

    back = tmp_path / "back"
    said = workshop("restore", file, "--sessions", back)
    assert said.returncode == 0 and checked(back)[0] == 0, said.stderr
    assert (back / "signing.key").stat().st_mode & 0o777 == 0o600
    session = opened(back / f"{made['code']}.db")
    assert len(session.state.ideas) >= saved and [f"Idea {i}" for i in ana.saved[:saved]] == [i.text for i in session.state.ideas.values()][:saved]
    session.close()
    mode = sqlite3.connect(back / f"{made['code']}.db")
    assert mode.execute("pragma journal_mode").fetchone() == ("wal",)
    mode.close()
    alone.stop()
    alone.folder = back
    alone.start()
    assert ana.asks("POST", f"/{made['code']}/do/submit_idea", {"idea": "later", "text": "On the new machine", "stage": "ideas"}).status == 303


@pytest.mark.parametrize("what", ["no zip at all", "another zip", "a zip that leads out", "a damaged one"])
def test_only_a_backup_comes_back(tmp_path, folder, what):
    file, back = tmp_path / "kept.zip", tmp_path / "back"
    if what == "no zip at all":
        file.write_text("words")
    else:
        with zipfile.ZipFile(file, "w") as zip:
            zip.write(folder / "ktm482.db", "registry.db" if what != "another zip" else "holiday.db")
            if what == "a zip that leads out":
                zip.writestr("../outside.db", "x")
    if what == "a damaged one":
        overwrite(file, 3)
    said = workshop("restore", file, "--sessions", back)
    assert said.returncode == 3 and said.stderr and "Traceback" not in said.stderr
    assert not back.exists() and not (tmp_path / "outside.db").exists()


def test_a_damaged_workshop_is_backed_up_as_it_is_and_named(folder, tmp_path):
    overwrite(folder / "ktm482.db", 5)
    said = workshop("backup", "--sessions", folder, "--to", tmp_path / "kept.zip")
    assert said.returncode == 1 and "ktm482 is damaged" in said.stderr
    assert "ktm482.db" in zipfile.ZipFile(tmp_path / "kept.zip").namelist()


def test_the_files_are_written_without_a_server(folder, tmp_path):
    to = tmp_path / "files"
    said = workshop("export", "KTM 482", "--format", "html,md,csv,json", "--sessions", folder, "--to", to)
    names = sorted(p.suffix for p in to.iterdir())
    assert said.returncode == 0 and names == [".csv"] * 4 + [".html"] * 2 + [".json"] + [".md"] * 2, said.stderr
    assert len(json.loads(next(to.glob("*.json")).read_text())["ideas"]) == 120
    assert workshop("export", "ktm482", "--format", "papyrus", "--sessions", folder, "--to", to).returncode == 2
    assert workshop("export", "qqqqqq", "--sessions", folder, "--to", to).returncode == 3


def test_a_damaged_workshop_is_written_as_far_as_it_can_be_read(folder, tmp_path):
    with sqlite3.connect(folder / "ktm482.db") as db:
        db.execute("delete from journal where seq = 40")
    db.close()
    said = workshop("export", "ktm482", "--format", "json", "--sessions", folder, "--to", tmp_path / "files")
    whole = json.loads(next((tmp_path / "files").glob("*.json")).read_text())
    assert said.returncode == 1 and "entry 39" in said.stderr and whole["journal"]["entries"] == 39 and whole["ideas"]
