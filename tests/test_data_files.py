"""Everything said and voted as CSV and JSON: complete, inert in a spreadsheet, and nothing that is still hidden."""
import io
import json
from collections import Counter
from csv import DictReader

import pytest

from tests.test_documents import HOSTILE, IDEAS, MARK, PLAN, THEMES, Play, whole
from workshop.charter import data, files
from workshop.events.brainstorm import IdeaSubmitted, IdeaSupported, IdeaUnsupported, IdeaWithdrawn


def rows(contents: bytes) -> list[dict[str, str]]:
    assert contents.startswith(b"\xef\xbb\xbf")
    return list(DictReader(io.StringIO(contents.decode("utf-8-sig"), newline="")))


def csv(w, name: str, asker: str) -> bytes:
    contents, kind, _name = files.make(w, name, "csv", asker=asker, mark=MARK)
    assert kind == "text/csv; charset=utf-8"
    return contents


def told(w, asker: str = "facilitator") -> dict:
    contents, kind, _name = files.make(w, "workshop", "json", asker=asker, mark=MARK)
    assert kind == "application/json"
    return json.loads(contents)


def test_every_idea_is_a_row_with_its_group_theme_and_star():
    w = whole()
    found = rows(csv(w, "ideas", "facilitator"))
    assert [(row["number"], row["idea"]) for row in found] == [(str(n), idea) for n, idea in enumerate(IDEAS, start=1)]
    assert [row["group"] for row in found[:2]] == ["table 1", "table 2"]
    assert [row["theme"] for row in found[:5]] == ["", "A", "B", "C", "D"] and found[1]["theme name"] == THEMES[0]
    assert [row["idea"] for row in found if row["starred"] == "1"] == [IDEAS[0]]


def test_support_is_counted_beside_the_idea_in_every_file():
    w = Play().writes().does(IdeaSupported("idea-1", "p3"), IdeaSupported("idea-1", "p5"), IdeaSupported("idea-3", "p5"),
                             IdeaUnsupported("idea-3", "p5")).sorts().w
    assert {row["number"]: row["support"] for row in rows(csv(w, "ideas", "participant")) if row["support"] != "0"} == {"2": "2"}
    assert {idea["id"]: idea["support"] for idea in told(w, "participant")["ideas"] if idea["support"]} == {"idea-1": 2}
    report = files.make(w, "report", "md", asker="participant", mark=MARK)[0].decode()
    assert f"{IDEAS[1]} (table 2, 2 supporters)" in report.replace("\\", "") and "p5" not in report


def test_a_late_and_parked_idea_is_there_and_a_withdrawn_one_is_only_counted():
    late = IdeaSubmitted("ideas", "late", "g0", "p1", "Night buses", late=True, parked=True)
    w = Play().writes().sorts().votes().counts().does(late).w
    last = rows(csv(w, "ideas", "participant"))[-1]
    assert (last["idea"], last["late"], last["parked"], last["theme"]) == ("Night buses", "1", "1", "")
    w = Play().writes().sorts().does(IdeaWithdrawn("idea-3")).w
    assert len(rows(csv(w, "ideas", "facilitator"))) == 19
    assert told(w)["withdrawn"] == 1 and IDEAS[3] not in json.dumps(told(w))


def test_votes_add_up_to_the_ballots():
    w = whole()
    dots, people = Counter(), Counter()
    for ballot in w.votes["vote"].ballots.values():
        dots.update(ballot.dots)
        people.update(option for option, n in ballot.dots.items() if n)
    for row in rows(csv(w, "votes", "participant")):
        option = f"theme:{next(n for n, name in THEMES.items() if name == row['option'])}"
        assert int(row["dots"]) == dots[option] == int(row["Civil service: dots"]) + int(row["Civil society: dots"])
        least, _to, most = row["people"].partition(" to ")
        assert int(least) <= people[option] <= int(most or least)
    assert [row["priority"] for row in rows(csv(w, "votes", "participant"))] == ["1", "1", "1", "0"]


def test_a_side_that_may_not_be_shown_has_empty_cells():
    w = Play().writes(people=8).sorts().votes().counts().w
    found = rows(csv(w, "votes", "facilitator"))
    assert len(found) == 4 and {row["Civil service: dots"] for row in found} == {""}
    assert {row["Civil society: people"] for row in found} == {""}


def test_actions_are_rows():
    found = rows(csv(whole(), "actions", "participant"))
    assert found[0] == {"number": "1", "priority": "Go to where people are", "action": "One benefits day",
                        "owner": "R. Pop", "with": "The council", "first move": "Call on Monday", "by": "12 Dec",
                        "measure": "Two hundred people come in a day", "priority number": "1"}
    assert found[1]["action"] == "A list of who helps"


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", " \u00a0=1+1", "\uff1d1+1", "\x00=1",
                                   "\u202e=1", "\n=1"])
def test_no_cell_is_a_formula(words):
    w = Play().writes((words,)).sorts().w
    cell = rows(csv(w, "ideas", "facilitator"))[0]["idea"]
    assert cell.startswith("'") and not any(hidden in cell for hidden in "\x00\u202e")


def test_hostile_words_survive_in_every_data_file():
    w = Play().writes(HOSTILE).sorts().w
    found = [row["idea"].removeprefix("'") for row in rows(csv(w, "ideas", "facilitator"))]
    for n in (2, 3, 4, 6, 7, 8, 9, 12, 13):
        assert found[n] == HOSTILE[n]
    kept = [idea["text"] for idea in told(w)["ideas"]]
    assert kept == [words.replace("\ud800", "?") for words in HOSTILE]


def test_the_json_holds_everything_and_says_its_version():
    found = told(whole())
    assert (found["version"], found["code"], found["draft"], found["journal"]["hash"]) == (1, "ktm482", False, MARK)
    assert found["people"] == {"count": 12, "without_phone": 0, "sides": {"Civil service": 6, "Civil society": 6}}
    assert [idea["text"] for idea in found["ideas"]] == IDEAS
    placed = {idea for theme in found["themes"] for idea in theme["ideas"]}
    assert len(placed) == 16 and placed < {idea["id"] for idea in found["ideas"]}
    assert [p["name"] for p in found["priorities"]] == list(THEMES.values())[:3]
    assert found["priorities"][0]["help_offered"] == 2
    assert [p["text"] for p in found["points"]][0] == "One mobile team a month" and len(found["actions"]) == 2
    assert found["parking"][0]["text"] == "Who pays for interpreters?"
    assert found["feedback"] == {"words": ["hopeful"], "ratings": [4, 5]}
    assert found["charter"]["adopted"]["objections"] == ["Harvest time"]
    assert found["charter"]["sections"] == {"purpose": "Nobody is out of reach."}
    assert [entry["stage"] for entry in found["timeline"]] == ["ideas", *(stage.id for stage in PLAN.stages)]


def test_the_json_names_nobody_and_times_ideas_to_the_minute():
    found = told(whole())
    keys = {"id", "text", "stage", "group", "group_id", "at", "starred", "late", "parked", "support", "same_as"}
    assert all(set(idea) == keys for idea in found["ideas"])
    assert all(len(idea["at"]) == len("2026-11-22T10:00Z") for idea in found["ideas"])
    assert "ballots" not in json.dumps(found) and "Secret Name" not in json.dumps(found)


def test_an_open_vote_says_how_many_voted_and_nothing_else():
    vote = told(Play().writes().sorts().votes().w)["votes"][0]
    assert len(vote.pop("criteria")) == 3 and vote.pop("options") == [f"theme:{n}" for n in THEMES]
    assert vote == {"stage": "vote", "title": "Vote", "dots": 3, "cap": 2, "voted": 11, "known": False, "run_off": "", "round": 1, "second_of": ""}


def test_a_participant_gets_neither_scripts_nor_notes_nor_what_is_not_shown():
    w = Play().writes().sorts().votes().counts(shown=False).w
    assert told(w, "participant")["priorities"] == [] and len(told(w)["priorities"]) == 3
    assert told(whole(), "participant")["note"] == "" and told(whole())["note"] == "Cold room"
    assert "The facilitators' notes." in told(whole(), "participant")["left_out"]


def test_the_dictionary_in_the_report_names_every_column():
    w = whole()
    for table in data.TABLES:
        listed = ", ".join(columns for columns, _meaning in data.DICTIONARY if columns.startswith(f"{table.name}: "))
        for column in table.head(w):
            assert column.name.replace("Civil service: ", "SIDE: ").replace("Civil society: ", "SIDE: ") in listed


def test_the_plan_is_told_whole_whatever_the_file_left_out(river):
    found = json.loads(files.make(river.w, "workshop", "json", asker="organiser")[0])
    steps = [step for stage in found["plan"]["stages"] for step in stage["steps"]]
    assert steps and all(set(step) == {"title", "minutes", "caption", "script", "silent", "stars"} for step in steps)
