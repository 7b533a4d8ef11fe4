"""A journal of every release, each of which has to open for ever.

A release adds its own, once: ``python -m tests.test_old_journals 0.2.0`` tells a whole workshop and writes down its
file as SQL, with what it came to.  What stands there is never made again.
"""
import json
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from tests.story import Story
from workshop.charter import files
from workshop.events import EVENTS
from workshop.journal import Journal
from workshop.registry import Registry
from workshop.reopen.making import reopened
from workshop.rules import COMMANDS
from workshop.sessions import opened
from workshop.state import Workshop

AGAIN = ".reopened"
FOLDER = Path(__file__).parent / "journals"
RELEASES = sorted(path.stem for path in FOLDER.glob("*.sql") if not path.stem.endswith(AGAIN))


def restored(release: str, folder: Path) -> Path:
    """The file as that release wrote it."""
    path = folder / "ktm482.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("pragma journal_mode = wal")
        db.executescript((FOLDER / f"{release}.sql").read_text())
    return path


def came_to(w: Workshop) -> dict:
    """What a workshop came to, in terms that do not change from release to release."""
    return {
        "entries": w.seq, "title": w.plan.title, "ended": w.ended, "people": [[p.name, p.constituency] for p in w.people.values()],
        "tables": [[g.name, *g.people] for g in w.groups_of("ideas")],
        "ideas": [[i.id, i.text, i.withdrawn, i.late] for i in w.ideas.values()], "parked": [n.text for n in w.parking.values()],
        "themes": {theme.name: [theme.wording, *w.boards["themes"].ideas_in(n)] for n, theme in w.boards["themes"].themes.items()},
        "votes": [[row.rank, row.option, row.dots, row.people] for row in w.votes["vote"].result.rows],
        "points": [[p.priority, p.kind, p.text] for p in w.points.values()],
        "actions": [[a.priority, a.what, a.owner, a.due] for a in w.actions.values()],
        "charter": {name: section.text for name, section in w.charter.items()}, "adopted": bool(w.adopted),
        "words": sorted(w.words.values()), "ratings": sorted(w.ratings.values()), "next": w.next_date,
    }


@pytest.mark.parametrize("release", RELEASES)
def test_a_journal_of_that_release_opens_and_comes_to_the_same(release, tmp_path):
    session = opened(restored(release, tmp_path))
    assert json.loads(json.dumps(came_to(session.state))) == json.loads((FOLDER / f"{release}.json").read_text())
    for name, kinds in files.FILES.items():
        for kind in set(kinds) - {"pdf"}:
            assert files.make(session.state, name, kind, asker="organiser", mark=session.mark())[0]
    session.close()


@pytest.mark.parametrize("release", RELEASES)
def test_a_workshop_that_was_opened_again_from_an_export_opens_as_well(release, tmp_path):
    session = opened(restored(release + AGAIN, tmp_path))
    facts = json.loads((FOLDER / f"{release}{AGAIN}.json").read_text())
    assert json.loads(json.dumps(came_to(session.state))) == facts and session.state.opened_from
    session.close()


@pytest.mark.parametrize("release", RELEASES)
def test_a_workshop_of_that_release_goes_on(release, tmp_path):
    path = restored(release, tmp_path)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("delete from journal where kind = 'WorkshopEnded'")
    session = opened(path)
    before = session.state.seq
    session.do("park_note", "ana", "participant", note="later", text="In another release")
    after = session.state
    session.close()
    again = opened(path)
    assert again.state == after and after.seq == before + 1
    again.close()


def test_the_first_release_is_there():
    assert "0.1.0" in RELEASES


def test_the_story_that_a_release_leaves_behind_has_all_that_can_happen(tmp_path):
    story = whole_story(tmp_path)
    with closing(Journal(story._path)) as journal:
        kinds = {row[3] for row in journal.rows()}
    story.restarts()
    story.session.close()
    alone = {"WorkshopReopened"}   # nothing comes before it, so that it has a journal of its own
    assert kinds | alone == set(EVENTS), f"whole_story lacks {set(EVENTS) - kinds - alone}; there are the commands {sorted(COMMANDS)}"


def whole_story(folder: Path) -> Story:
    """A workshop in which everything happens that can."""
    river = Story(folder, priorities=1)
    does = river.maya.does
    people = [river.joins(name, side) for name, side in (("Ana", "Civil service"), ("Bo", "Civil society"), ("Chen", "Civil service"),
                                                         ("Dora", "Civil society"), ("Émil", "Civil service"))]
    ana, bo, chen, dora, emil = people
    does("add_person", person="tom", name="Tom", constituency="Civil society")
    _ideas(river, people)
    river.session.do("tell_unsaved", "server", "server", since=river.w.at - 180_000)
    themes = _themes(river, bo)
    does("vote_on", stage="vote", options="ideas", was=0)
    does("vote_on", stage="vote", options="themes", was=1)
    river.opens("vote")
    does("set_budget", stage="vote", dots=5, cap=3)
    does("set_criteria", stage="vote", criteria="Which can we start ourselves?\nWhich helps most?")
    does("keep_both", stage="vote", option=themes[0], other=themes[1])
    for number, (person, dots) in enumerate(((ana, [3, 1]), (bo, [1, 3]), (chen, [3, 0]), (dora, [0, 3]), (ana, [2, 1]))):
        person.does("cast_ballot", stage="vote", number=number + 1, dots={t: n for t, n in zip(themes, dots) if n})
    does("cast_ballot", stage="vote", number=1, dots={themes[0]: 1}, person="tom")
    does("enter_sheet", stage="vote", side="Civil society", dots={themes[0]: 1, themes[1]: 1}, people=1, number=1)
    does("close_vote", stage="vote")
    for rank in (1, 0):
        does("show_result", stage="vote", from_rank=rank)
    does("open_run_off", stage="vote", id="run-off-1")
    river.opens("run-off-1")
    for person, theme in ((ana, themes[0]), (bo, themes[1])):
        person.does("cast_ballot", stage="run-off-1", number=1, dots={theme: 1})
    does("close_vote", stage="run-off-1")
    _discussed(river, people, themes)
    for id in ("second-vote-1", "second-vote-2"):
        does("open_second_round", stage="vote", id=id)
        if id == "second-vote-1":
            does("take_back_round", stage=id)
    river.opens("second-vote-2")
    ana.does("cast_ballot", stage="second-vote-2", number=1, dots={themes[0]: 2})
    does("close_vote", stage="second-vote-2")
    does("make_theme", stage="themes", key="split-late", name="Half", ideas=[next(i for i, at in river.w.boards["themes"].place.items() if f"theme:{at}" == themes[0])], dots="go")
    does("undo", stage="themes", step=river.w.boards["themes"].history[-1].seq)
    river.opens("charter")
    does("write_section", section="purpose", text="One desk for all.", was=0)
    ana.does("take_stand", stand="agree", why="")
    ana.does("print_name", on=True)
    bo.does("take_stand", stand="object", why="Not without a date.")
    does("adopt_charter")
    does("propose_amendment", number=1)
    does("drop_amendment", number=1)
    does("propose_amendment", number=2)
    does("write_section", section="purpose", text="One desk for all, on Mondays too.", was=1, kind="typed")
    ana.does("take_stand", stand="live", why="", version=2, words=river.w.worded)
    does("adopt_charter", version=2, words=river.w.worded)
    river.opens("close")
    emil.does("say_word", word="hopeful")
    emil.does("rate_workshop", rating=4)
    does("set_next_date", date="2 May")
    does("end_workshop")
    return river


def _ideas(river: Story, people: list) -> None:
    ana, bo, chen, dora, emil = people
    does = river.maya.does
    river.opens("welcome")
    does("set_clock", stage="welcome", ends=1_790_000_900_000, left=None)
    does("tell_all", text="Coffee is at the back.")
    does("set_eyes_up", on=True)
    does("write_note", text="The heating was off.")
    river.opens("ideas")
    ana.writes("A single desk", "i1")
    bo.writes("كلمة: حافلة", "i2")
    does("reveal_writing", stage="ideas")
    for n, person in enumerate((chen, dora, emil, ana, bo)):
        person.writes(f"Idea {n}: letters that a child can read", f"i{n + 3}")
    does("submit_idea", idea="i8", text="Bread at the meeting", stage="ideas", person="tom")
    chen.does("edit_idea", idea="i3", text="Letters that everybody can read")
    dora.does("withdraw_idea", idea="i4")
    emil.does("withdraw_idea", idea="i5")
    emil.does("restore_idea", idea="i5")
    ana.does("park_note", note="n1", text="Who pays for the room?")
    table = river.w.groups_of("ideas")
    here = next(g for g in table if "ana" in g.people)
    does("move_person", stage="ideas", person="ana", group=next(g.id for g in table if g is not here))
    river.opens("ideas", 2)
    bo.does("star_idea", idea="i7")
    bo.does("unstar_idea", idea="i7")
    chen.does("star_idea", idea="i3")
    table = river.w.group_of("tom", "ideas").id
    supported = next(i.id for i in river.w.ideas_of("ideas") if i.group == table and i.author != "tom")
    for change in ("support_idea", "unsupport_idea", "support_idea"):
        does(change, idea=supported, person="tom")
    river.opens("plenary")
    does("share_group", stage="plenary", group=here.id)


def _themes(river: Story, bo) -> list[str]:
    """Sorts the board in every way; returns the options of the vote."""
    does, stage = river.maya.does, {"stage": "themes"}
    river.opens("themes")
    river.suggests(("Desks", ["i1", "i2"]), ("Letters", ["i3", "i5"]), ("Rest", ["i6"]))
    does("accept_suggestion", **stage)
    does("ask_suggestion", about=2, into="Desks, Letters", strict=0.75, **stage)
    river.suggests(("Desks", ["i1", "i2", "i7"]), ("Letters", ["i3", "i5"]))
    does("discard_suggestion", **stage)
    desks, letters, rest = river.w.boards["themes"].themes
    does("move_ideas", ideas=["i7"], theme=desks, **stage)
    does("make_theme", key="k1", name="Bread", ideas=["i8"], **stage)
    does("rename_theme", theme=desks, name="One desk", **stage)
    does("word_theme", theme=desks, wording="Open one desk where nobody is sent away.", **stage)
    does("merge_themes", theme=rest, into=letters, **stage)
    does("undo", step=river.w.boards["themes"].history[-1].seq, **stage)
    does("undo", step=river.w.boards["themes"].history[-1].seq, **stage)
    does("hold_ideas", theme=desks, **stage)
    does("release_ideas", ideas=["i1"], **stage)
    does("fold_ideas", ideas=["i6"], into="i3", **stage)
    does("part_card", idea="i3", **stage)
    does("withhold_idea", idea="i2", reason="Names a person")
    does("give_back_idea", idea="i2")
    does("withhold_idea", idea="i6")
    does("undo", step=river.w.boards["themes"].history[-1].seq, **stage)
    does("leave_pair", idea="i6", other="i3", **stage)
    bo.does("flag_place", idea="i2", theme=letters, **stage)
    bo.does("unflag_place", idea="i2", **stage)
    bo.does("flag_place", idea="i2", theme=-1, **stage)
    does("leave_flags", idea="i2", said=river.w.seq, **stage)
    does("close_theme", theme=max(river.w.boards["themes"].themes), **stage)
    return [f"theme:{desks}", f"theme:{letters}"]


def _discussed(river: Story, people: list, themes: list[str]) -> None:
    ana, bo, chen, dora, emil = people
    river.opens("discuss")
    river.maya.does("put_on_stage", stage="discuss", priority=themes[0])
    ana.does("choose_table", stage="discuss", priority=themes[0])
    ana.does("add_point", point="p1", stage="discuss", priority=themes[0], kind="power", text="The room is ours.")
    bo.does("add_point", point="p2", stage="discuss", priority=themes[0], kind="how", text="With what?")
    bo.does("remove_point", point="p2")
    ana.does("set_action", action="a1", stage="discuss", priority=themes[0], what="Find a room", owner="Ana", due="May", measure="Thirty people come")
    river.maya.does("set_action", action="a2", stage="discuss", priority=themes[1], what="Nothing")
    river.maya.does("remove_action", action="a2")
    chen.does("offer_help", priority=themes[0], on=True)
    for n, person in enumerate(people):
        person.does("rate_priority", stage="discuss", priority=themes[0], effort=1 + n % 3, impact=5 - n % 2, number=1)
    river.maya.does("show_ratings", stage="discuss", priority=themes[0])
    river.maya.does("put_matrix", stage="discuss", on=False)
    river.maya.does("ask_agreement", stage="discuss", priority=themes[0], method="consent", round=1)
    ana.does("answer_agreement", stage="discuss", priority=themes[0], round=1, answer="agree", number=1)
    bo.does("answer_agreement", stage="discuss", priority=themes[0], round=1, answer="object", why="Who pays?", number=1)
    river.maya.does("close_agreement", stage="discuss", priority=themes[0], round=1)
    river.maya.does("answer_reason", stage="discuss", priority=themes[0], round=1, place=0, text="The town does.", was=0)


def leave_behind(release: str) -> None:
    """Write down this release's journals.  Raises ``FileExistsError`` where there is one: it is never made again."""
    with tempfile.TemporaryDirectory() as place:
        story = whole_story(Path(place))
        export, _kind, _name = files.make(story.w, "workshop", "json", asker="organiser", mark=story.session.mark())
        facts = came_to(story.w)
        story.session.close()
        _keep(story._path, release, facts)
        leave_behind_again(release, export, Path(place))


def leave_behind_again(release: str, export: bytes, place: Path) -> None:
    """Write down the journal of the workshop that is opened from *export*; *place*: an empty sessions folder."""
    with closing(Registry(place)) as registry:
        made = reopened(export, place, registry, 1_800_000_000_000)
    session = opened(place / f"{made.listed.code}.db")
    facts = came_to(session.state)
    session.close()
    _keep(place / f"{made.listed.code}.db", release + AGAIN, facts)


def _keep(path: Path, name: str, facts: dict) -> None:
    with closing(sqlite3.connect(path)) as db:
        pragmas = [f"PRAGMA {name} = {db.execute(f'pragma {name}').fetchone()[0]};" for name in ("application_id", "user_version")]
        lines = [*db.iterdump(), *pragmas]
    with open(FOLDER / f"{name}.sql", "x") as file:
        file.write("\n".join(lines) + "\n")
    (FOLDER / f"{name}.json").write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    leave_behind(sys.argv[1])
