"""An export opened as a workshop again: it says what the original says, and what is no export leaves nothing behind."""
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import expect

from tests.served import workshop
from tests.story import Story
from tests.test_documents import HOSTILE, MARK, Play, whole
from tests.test_old_journals import whole_story
from workshop.app import create_app
from workshop.charter import files
from workshop.charter.data.export import schema
from workshop.drawn import Drawn
from workshop.events.people import NamePrinted
from workshop.journal import Journal
from workshop.keep.check import look
from workshop.live.audiences import audiences
from workshop.plan_checks import PlanWrong
from workshop.regions.region import REGIONS
from workshop.registry import Registry
from workshop.reopen.making import reopened
from workshop.reopen.reading import NotAnExport
from workshop.rules import Refused
from workshop.rules.stages import standing
from workshop.seats import Seat
from workshop.sessions import opened
from workshop.state import Workshop

NEW = ("code", "journal", "opened_from")
SCHEMA = Path(__file__).parent.parent / "docs/workshop.schema.json"


def exported(w: Workshop, asker: str = "organiser") -> dict:
    return json.loads(files.make(w, "workshop", "json", asker=asker, mark=MARK)[0])


def opens_again(w: Workshop, folder: Path) -> None:
    """The export of *w*, whatever happened in it, opens as a workshop again in the new *folder*."""
    folder.mkdir()
    with closing(Registry(folder)) as registry:
        assert reopened(json.dumps(exported(w)).encode(), folder, registry, 1).origin == w.code


@pytest.fixture
def desk(tmp_path):
    """A sessions folder: opens exports, and knows what is in it."""
    class Desk:
        folder, registry = tmp_path, Registry(tmp_path)

        def opens(self, export: dict | bytes) -> Workshop:
            contents = export if isinstance(export, bytes) else json.dumps(export).encode()
            made = reopened(contents, self.folder, self.registry, 1_800_000_000_000)
            found = look(self.folder / f"{made.listed.code}.db")
            assert not found.said and self.registry.has(made.listed.code) and self.registry.opens(made.listed.code, made.token)
            return found.w

        def is_empty(self) -> bool:
            return not self.registry.workshops() and not [path for path in self.folder.iterdir() if not path.name.startswith("registry.db")]
    yield Desk()
    Desk.registry.close()


def stories(tmp_path) -> dict[str, Workshop]:
    play = Play().writes().sorts()
    open_vote = Play().writes().sorts().votes().w
    river = whole_story(tmp_path)
    everything = river.w
    river.session.close()
    return {"whole": whole(), "everything": everything, "sorted": play.w, "named": Play().writes().does(NamePrinted("p2")).sorts().w, "open vote": open_vote,
            "before adoption": Play().writes().sorts().votes().counts().talks().opens("charter").w, "begun": Play().w,
            "not shown": Play().writes().sorts().votes().counts(shown=False).w, "hidden sides": Play().writes(people=8).sorts().votes().counts().w,
            "a tie": Play().writes().sorts().votes(((0, 0, 1), (1, 2, 3))).counts().runs_off((3,)).w, "hostile": Play().writes(HOSTILE[:11]).sorts().w}


def test_an_export_opened_again_says_what_the_original_says(desk, tmp_path):
    for name, w in stories(tmp_path).items():
        first = exported(w)
        again = desk.opens(first)
        second = exported(again)
        for key in first:
            if key not in NEW and (key, name) not in {("votes", "open vote"), ("left_out", "open vote")}:
                assert second[key] == first[key], f"{name}: {key}"
        assert second["opened_from"] == {"code": w.code, "journal": {"entries": w.seq, "hash": MARK}}
        assert exported(desk.opens(second))["ideas"] == first["ideas"], "and from there once more"


def test_its_documents_are_those_of_the_original(desk, tmp_path):
    for name, w in stories(tmp_path).items():
        again = desk.opens(exported(w))
        for document in ("charter", "report"):
            before, after = (files.make(v, document, "md", asker="organiser", mark=MARK)[0].decode().split("### Where this comes from")[0] for v in (w, again))
            assert name == "open vote" or before == after, name
        for table in ("ideas", "votes", "priorities", "actions"):
            assert files.make(w, table, "csv", asker="organiser")[0] == files.make(again, table, "csv", asker="organiser")[0]
        assert "Opened again from an export of: **KTM 482**" in files.make(again, "report", "md", asker="organiser", mark=MARK)[0].decode()


def test_an_export_from_before_actions_had_a_measure_opens(desk):
    export = exported(whole())
    assert [action.pop("measure") for action in export["actions"]] == ["Two hundred people come in a day", ""]
    assert [action.measure for action in desk.opens(export).actions.values()] == ["", ""]


def test_what_was_said_before_themes_became_one_is_said_so_again(desk, tmp_path):
    (tmp_path / "story").mkdir()
    story = Story(tmp_path / "story", priorities=2)
    people = story.fills(12)
    story.opens("ideas", 1)
    for n, text in enumerate(("A desk", "A bus", "A form")):
        people[n].writes(text, idea=f"i{n}")
    story.opens("themes")
    story.suggests(("Desks", ["i0"]), ("Buses", ["i1"]), ("Forms", ["i2"]))
    story.maya.does("accept_suggestion", stage="themes")
    story.opens("vote")
    for person in people:
        person.does("cast_ballot", stage="vote", dots={"theme:0": 2, "theme:1": 1}, number=1)
    story.maya.does("close_vote", stage="vote")
    story.opens("discuss")
    for priority in ("theme:0", "theme:1"):
        for person in people[:6]:
            person.does("rate_priority", stage="discuss", priority=priority, effort=2, impact=4, number=1)
        story.maya.does("show_ratings", stage="discuss", priority=priority)
    story.maya.does("merge_themes", stage="themes", theme=1, into=0)
    w = story.w
    story.session.close()
    again = desk.opens(exported(w))
    for asker, document in (("organiser", "report"), ("facilitator", "charter")):
        before, after = (files.make(v, document, "md", asker=asker, mark=MARK)[0].decode().split("### Where this comes from")[0] for v in (w, again))
        assert "before “Buses” went into it" in before and before == after


def test_what_is_not_in_an_export_does_not_come_back(desk):
    w = whole()
    again = desk.opens(exported(w))
    assert not again.votes["vote"].ballots and {idea.author for idea in again.ideas.values()} == {""} and {p.name for p in again.people.values()} == {""}
    named = Play().writes().does(NamePrinted("p2")).w
    assert sorted(p.name for p in desk.opens(exported(named)).people.values() if p.name) == ["Secret Name 2"]


def test_a_vote_that_was_open_is_open_again_without_a_ballot(desk):
    w = Play().writes().sorts().votes().w
    again = desk.opens(exported(w))
    assert exported(w)["votes"][0]["voted"] == 11 and exported(again)["votes"][0] == exported(w)["votes"][0] | {"voted": 0}


def test_people_can_go_on_from_there(desk):
    again = desk.opens(exported(Play().writes().sorts().w))
    session = opened(desk.folder / f"{again.code}.db")
    try:
        session.do("welcome_facilitator", "maya", "facilitator", name="Maya")
        session.do("join", "ana", "participant", name="Ana", constituency="Civil service")
        session.do("open_stage", "maya", "facilitator", stage="vote", step=0, was="themes.0")
        session.do("cast_ballot", "ana", "participant", stage="vote", dots={"theme:0": 2}, number=1)
        session.do("close_vote", "maya", "facilitator", stage="vote")
        assert session.state.votes["vote"].result.rows[0].dots == 2 and session.state.people["ana"].number == 13
    finally:
        session.close()


def test_what_was_voted_on_stays_since_its_ballots_are_not_here(desk):
    again = desk.opens(exported(Play().writes().sorts().votes().counts().w))
    session = opened(desk.folder / f"{again.code}.db")
    try:
        for command, args in (("merge_themes", {"stage": "themes", "theme": 1, "into": 0}), ("open_second_round", {"stage": "vote", "id": "second"})):
            with pytest.raises(Refused, match="export without ballots"):
                session.do(command, "maya", "facilitator", **args)
        assert exported(session.state)["votes"][0]["rows"][0]["dots"] == 15
    finally:
        session.close()


def test_the_file_of_a_workshop_opened_again_reads_sensibly_in_any_tool(desk, tmp_path):
    w = whole()
    again = desk.opens(exported(w))
    with closing(sqlite3.connect(desk.folder / f"{again.code}.db")) as db:
        def ask(query: str) -> list:
            return db.execute(query).fetchall()
        assert ask("select count(*), count(distinct constituency) from people") == [(12, 2)]
        assert ask("select text from ideas where not withdrawn") == [(idea.text,) for idea in w.ideas.values()]
        assert ask("select name, wording from themes where not gone order by theme")[0] == ("Go to where people are", "Offices go out")
        assert ask("select dots from results order by rank") == [(15,), (11,), (6,), (1,)]
        assert [name for _stage, _place, _option, name in ask("select * from priorities")] == ["Go to where people are", "One door, one form", "Say it so it is understood"]
        assert ask("select what, owner from actions") == [("One benefits day", "R. Pop"), ("A list of who helps", "A. Cal")]
    (tmp_path / "story").mkdir()
    river = whole_story(tmp_path / "story")
    again = desk.opens(exported(river.w))
    with closing(sqlite3.connect(river._path)) as then, closing(sqlite3.connect(desk.folder / f"{again.code}.db")) as now:
        for view in ("select stage, option, effort, impact from weights", "select distinct stage, option, round from agreements", "select action, what from actions",
                     "select stage, rank, option, dots from results order by 1, 2, 3", "select stage, theme, name from themes where not gone order by 2"):
            assert now.execute(view).fetchall()[:3] == then.execute(view).fetchall()[:3]
    river.session.close()


# What is no export --------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("contents, because", [
    (b"", "empty"), (b"  \n", "empty"), (b"%PDF-1.7", "not JSON"), (b"\xff\xfe{", "not JSON"), (b'{"version": 1', "cut short"), (b"[]", "not the export of a workshop"),
    (b'"workshop"', "not the export"), (b'{"version": 1}', "not the export"), (b'{"version": "1", "plan": {}, "journal": {}}', "not the export"),
    (b'{"version": 7, "plan": {}, "journal": {}}', "newer release"), (b'{"version": 1, "plan": {}, "journal": {}}', "cannot be read"),
    (b'{"a":' + b"[" * 200_000, "not JSON")])
def test_a_file_that_is_none_is_refused_in_a_sentence(desk, contents, because):
    with pytest.raises(NotAnExport, match=because):
        desk.opens(contents)
    assert desk.is_empty()


def broken(path: str, value) -> dict:
    """The export of a whole workshop with one thing in it changed."""
    export = exported(whole())
    *keys, last = [int(key) if key.isdigit() else key for key in path.split(".")]
    at = export
    for key in keys:
        at = at[key]
    at[last] = value
    return export


@pytest.mark.parametrize("path, value, where", [
    ("ideas.3.id", "idea-4", "ideas"), ("ideas.3.id", "<script>", "ideas"), ("ideas.3.stage", "moon", r"ideas\[3\]"), ("ideas.0.same_as", "idea-0", r"ideas\[0\]"),
    ("ideas.0.support", 13, r"ideas\[0\]"), ("ideas.0.at", "yesterday", r"ideas\[0\]|ideas\[...\]"), ("themes.0.ideas", ["nowhere"], r"themes\[0\]"), ("themes.1.id", 0, "themes"),
    ("votes.0.rows.0.dots", 10_000, r"votes\[0\]"), ("votes.0.rows.0.dots", 14, r"votes"), ("votes.0.options", ["theme:0"], "votes"), ("votes.0.options", ["theme:x"], "votes"),
    ("votes.0.priorities", ["theme:9"], "votes"), ("votes.0.voters", 5, "votes"), ("priorities.0.dots", 9, "priorities"), ("people.count", 10**12, "people"), ("people.count", 13, "people"),
    ("people.sides", {"Moon": 12}, "people"), ("groups.0.people", 1, "groups"), ("groups.0.sides", {"Civil service": 9}, "groups"), ("timeline.0.stage", "moon", "timeline"),
    ("timeline.0.step", 9, "timeline"), ("points.0.kind", "spell", "points"), ("points.0.priority", "theme:99", "points"), ("actions.1.id", "x1", "actions"),
    ("feedback.ratings", [9], "feedback"), ("charter.sections", {"moon": "x"}, "charter"), ("plan.stages", [], "stages"), ("plan.stages.1.kind", "dance", "stages"),
    ("plan.title", "", "title"), ("draft", True, "ended"), ("withdrawn", 10**9, "ideas"), ("help_offered", {"theme:0": 10**9}, "help_offered"), ("plan.stages.2.source", "moon", "from"),
    ("participants", [{"name": "Eve", "side": "Moon"}], "participants"), ("unsaved", [{"since": "", "until": ""}], "unsaved"),
    ("unsaved", [{"since": "2026-01-01T10:05:00Z", "until": "2026-01-01T10:02:00Z"}], "unsaved"),
    ("merged", [{"stage": "themes", "option": "theme:8", "into": "theme:9", "name": "A"}, {"stage": "themes", "option": "theme:9", "into": "theme:8", "name": "B"}], "merged"), ("version", 0, "version"), ("journal.entries", -1, "journal"), ("ideas", None, "ideas")])
def test_an_export_that_somebody_changed_is_refused_at_the_place(desk, path, value, where):
    with pytest.raises((NotAnExport, PlanWrong), match=where):
        desk.opens(broken(path, value))
    assert desk.is_empty()


def paths(value, so_far: tuple = ()) -> list[tuple]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [so_far, *(path for key, below in inside for path in paths(below, (*so_far, key)))]


WHOLE = exported(whole())
PATHS = paths(WHOLE)[1:]
VALUES = st.none() | st.booleans() | st.integers(-2, 10**12) | st.text(max_size=8) | st.sampled_from([[], {}, "theme:0", "idea-1", "vote", 0.5])


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(path=st.sampled_from(PATHS), value=VALUES)
def test_whatever_is_changed_it_is_refused_or_has_every_file(tmp_path_factory, path, value):
    export = json.loads(json.dumps(WHOLE))
    at = export
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    folder = tmp_path_factory.mktemp("desk")
    with closing(Registry(folder)) as registry:
        try:
            made = reopened(json.dumps(export).encode(), folder, registry, 1)
        except (NotAnExport, PlanWrong) as wrong:
            assert str(wrong) and not list(folder.glob("??????.db"))
            return
        w = look(folder / f"{made.listed.code}.db").w
        for name, kinds in files.FILES.items():
            for kind in set(kinds) & {"md", "html", "csv", "json", "db"}:
                assert files.make(w, name, kind, asker="organiser")[0]


def test_a_disk_that_takes_nothing_leaves_nothing_behind(desk, monkeypatch):
    def full(self, *rows):
        raise sqlite3.OperationalError("database or disk is full")
    monkeypatch.setattr(Journal, "append", full)
    with pytest.raises(sqlite3.OperationalError):
        desk.opens(exported(whole()))
    assert desk.is_empty()


# The schema ---------------------------------------------------------------------------------------------------------

def test_every_export_keeps_the_schema_that_is_given_out(tmp_path):
    printed = json.loads(SCHEMA.read_text())
    assert printed == json.loads(json.dumps(schema())), "docs/workshop.schema.json is not what the product says; write it anew"
    jsonschema.Draft202012Validator.check_schema(printed)
    assert printed["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    check = jsonschema.Draft202012Validator(printed)
    for name, w in stories(tmp_path).items():
        for asker in ("organiser", "participant"):
            assert [error.message for error in check.iter_errors(exported(w, asker))] == [], name
    assert list(check.iter_errors(broken("ideas.0.support", -1))) and list(check.iter_errors({}))


# The command and the page -------------------------------------------------------------------------------------------

def test_the_command_opens_a_file_and_says_its_code(tmp_path):
    (tmp_path / "sessions").mkdir()
    (tmp_path / "workshop.json").write_bytes(json.dumps(WHOLE).encode())
    done = workshop("import", tmp_path / "workshop.json", "--sessions", tmp_path / "sessions", "--json")
    said = json.loads(done.stdout)
    assert done.returncode == 0 and (tmp_path / f"sessions/{said['code']}.db").exists() and said["console"].startswith(f"/{said['code']}/console#")
    sound = workshop("check", "--sessions", tmp_path / "sessions")
    assert sound.returncode == 0 and f"{said['code']} is sound: 2 entries." in sound.stdout
    (tmp_path / "other.json").write_text("{}")
    refused = workshop("import", tmp_path / "other.json", "--sessions", tmp_path / "sessions")
    assert refused.returncode == 2 and "not the export of a workshop" in refused.stderr
    assert workshop("import", tmp_path / "nowhere.json", "--sessions", tmp_path / "sessions").returncode == 3
    assert len(list((tmp_path / "sessions").glob("??????.db"))) == 1


def test_a_program_opens_a_large_export_and_nobody_else_may(tmp_path):
    folder = tmp_path / "sessions"
    app = create_app(folder, "http://workshop.test")
    app.extensions["workshop"].registry.new_key("river-stone-lamp")
    contents = json.dumps(exported(Play().writes(tuple(f"{n} " + "words " * 80 for n in range(800))).sorts().w)).encode()

    def posts(key: str, body: bytes):
        part = b'--cut\r\nContent-Disposition: form-data; name="export"; filename="workshop.json"\r\n\r\n' + body + b"\r\n--cut--\r\n"
        return app.test_client().post("/workshops", base_url="http://workshop.test", headers={"Authorization": f"Bearer {key}", "Accept": "application/json"},
                                      data=part, content_type="multipart/form-data; boundary=cut")
    made = posts("river-stone-lamp", contents)
    assert len(contents) > 500_000 and made.status_code == 201 and made.json["left_out"] == []
    assert len(look(folder / f"{made.json['code']}.db").w.ideas) == 800
    assert posts("guess", contents).status_code in (401, 413) and posts("river-stone-lamp", b"{}").json == {
        "error": "This is not the export of a workshop. Choose the file workshop.json."}
    assert len(list(folder.glob("??????.db"))) == 1
    app.extensions["workshop"].sessions.close()


@pytest.mark.browser
def test_an_organiser_opens_an_export_on_the_page(served, people, tmp_path, accessible):
    (tmp_path / "workshop.json").write_bytes(json.dumps(WHOLE).encode())
    (tmp_path / "letter.json").write_text('{"dear": "all"}')
    desk = people("/organise", 1366, 768)
    desk.fill("[name=key]", served.key)
    desk.click("text=Sign in")
    desk.click("text=Open an export again")
    desk.set_input_files("#export", tmp_path / "letter.json")
    desk.click("text=Open it as a workshop")
    expect(desk.get_by_role("alert")).to_contain_text("This is not the export of a workshop. Choose the file workshop.json.")
    accessible(desk)
    desk.set_input_files("#export", tmp_path / "workshop.json")
    desk.click("text=Open it as a workshop")
    expect(desk.locator("main")).to_contain_text("Opened again from an export of KTM482.")
    accessible(desk)
    desk.get_by_role("link", name="Workshops").click()
    expect(desk.locator(".workshops tbody tr").first).to_contain_text("finished")


@pytest.mark.slow
def test_every_page_of_a_workshop_opened_again_is_drawn_in_every_stage(desk, tmp_path):
    app = create_app(tmp_path / "sessions", "http://workshop.test")
    for name, w in stories(tmp_path).items():
        session = opened(desk.folder / f"{desk.opens(exported(w)).code}.db")
        session.do("welcome_facilitator", "maya", "facilitator", name="Maya")
        if session.state.may_join:
            session.do("join", "ana", "participant", name="Ana", constituency=next(iter(w.plan.constituencies), ""))
        seats = [Seat("console", "maya"), Seat("screen", ""), Seat("phone", "ana" if session.state.may_join else next(iter(session.state.people)))]
        for stage in (None, *w.plan.stages):
            if stage:
                try:
                    session.do("open_stage", "maya", "facilitator", stage=stage.id, step=0, was=standing(session.state))
                except Refused:
                    continue
            with app.test_request_context(base_url="http://workshop.test"):
                drawn = Drawn(session, app.jinja_env)
                for region, seat in ((region, seat) for region in REGIONS.values() for seat in seats if region.page == seat.page):
                    assert drawn.look(region, audiences(seat, session.state, "en")[region.audience]).html is not None
                assert not drawn._failed, f"{name}, {stage and stage.id}: {drawn._failed}"
        session.close()
