"""Every figure in every format is that of the journal, counted anew by other means, and the formats say the same."""
import csv
import html
import io
import json
import random
import re
from collections import Counter

import pypdf
import pytest

from tests import word
from tests.counted_anew import CountedAnew
from tests.reading import members, sheets, tables
from tests.story import Story
from workshop.charter import files

SIDES = ("Civil service", "Civil society")
NAMES = ("Go to where people are", "One door, one form", "Say it plainly", "Share what we know", "Pay the fare", "Open late")
SOME_STAGE = {"stage": "discuss"}


def told_story(folder, seed: int = 1, paper: bool = False, again: bool = False) -> Story:
    """A workshop of 26 people, in which chance decides who writes, moves, votes and says what."""
    chance, story = random.Random(seed), Story(folder, groups=3, priorities=3, dots=4, cap=2)
    people = [story.joins(f"P{n}", SIDES[n % 2]) for n in range(24)]
    does = story.maya.does
    does("add_person", person="tom", name="Tom", constituency=SIDES[1])
    does("add_person", person="ida", name="Ida", constituency=SIDES[0])
    _writes(story, people, chance)
    _sorts(story, chance)
    _votes(story, people, chance, paper)
    _talks(story, people, chance)
    if again:
        _votes_again(story, people, chance)
    story.opens("charter")
    does("write_section", section="purpose", text="Nobody is out of reach.", was=0)
    for person in people[:chance.randint(12, 22)]:
        stand = chance.choice(["agree", "agree", "agree", "live", "object"])
        person.does("take_stand", stand=stand, why="Not without a date." if stand == "object" else "")
    does("adopt_charter")
    people[3].does("print_name", on=True)
    story.opens("close")
    for person in people[:chance.randint(5, 20)]:
        person.does("rate_workshop", rating=chance.randint(1, 5))
        person.does("say_word", word=chance.choice(["hopeful", "tired", "ready"]))
    does("end_workshop")
    return story


def _writes(story: Story, people: list, chance: random.Random) -> None:
    story.opens("ideas", 0)
    for n in range(40):
        chance.choice(people).writes(f"Idea {n} about {chance.choice(['letters', 'buses', 'doors'])}", idea=f"i{n}")
    story.joins("Late", SIDES[0])
    story.opens("ideas", 1)
    authors = {idea.id: idea.author for idea in story.w.ideas.values()}
    by = {person.id: person for person in people}
    for n in chance.sample(range(40), 8):
        by[authors[f"i{n}"]].does("withdraw_idea", idea=f"i{n}")
    gone = [i.id for i in story.w.ideas.values() if i.withdrawn]
    by[authors[gone[0]]].does("restore_idea", idea=gone[0])
    edited = next(i.id for i in story.w.ideas.values() if not i.withdrawn)
    by[authors[edited]].does("edit_idea", idea=edited, text="Other words for the same")
    for idea in [i for i in story.w.ideas.values() if not i.withdrawn][:10]:
        mates = next(g.people for g in story.w.groups_of("ideas") if g.id == idea.group)
        for mate in [m for m in mates if m in by and m != idea.author][:chance.randint(0, 3)]:
            by[mate].does("support_idea", idea=idea.id)
    story.opens("ideas", 2)
    for group in story.w.groups_of("ideas"):
        here = [i.id for i in story.w.chart("ideas", group.id)]
        mate = next(by[m] for m in group.people if m in by)
        for idea in chance.sample(here, min(2, len(here))):
            mate.does("star_idea", idea=idea)
    story.maya.does("move_person", stage="ideas", person=people[0].id, group=next(g.id for g in story.w.groups_of("ideas") if people[0].id not in g.people))


def _sorts(story: Story, chance: random.Random) -> None:
    does, stage = story.maya.does, {"stage": "themes"}
    story.opens("themes")
    ideas = [i.id for i in story.w.ideas_of("ideas")]
    chance.shuffle(ideas)
    story.suggests(*((name, ideas[n::7]) for n, name in enumerate(NAMES)))
    does("accept_suggestion", **stage)
    does("move_ideas", ideas=ideas[6:7], theme=0, **stage)
    does("make_theme", key="k", name="A last one", ideas=ideas[13:14], **stage)
    does("rename_theme", theme=1, name="One door", **stage)
    does("fold_ideas", ideas=ideas[:1], into=ideas[1], **stage)
    does("merge_themes", theme=5, into=4, **stage)
    for idea in ideas[20:23]:
        does("withhold_idea", idea=idea)
    does("give_back_idea", idea=ideas[20])


def _votes(story: Story, people: list, chance: random.Random, paper: bool) -> None:
    story.opens("vote")
    options = story.w.votes["vote"].options
    for number in (1, 2):
        for person in people[:20] if number == 1 else people[:4]:
            dots = Counter(chance.choices(options, weights=[8, 6, 5, 2, 1, 1], k=4))
            person.does("cast_ballot", stage="vote", dots={option: min(n, 2) for option, n in dots.items()}, number=number)
    story.maya.does("cast_ballot", stage="vote", dots={options[0]: 2, options[3]: 1}, number=1, person="tom")
    if paper:
        story.maya.does("enter_sheet", stage="vote", side="", dots={options[1]: 7, options[2]: 3}, people=6, number=1)
    story.maya.does("close_vote", stage="vote")
    story.maya.does("withhold_idea", idea=story.w.ideas_of("ideas")[-1].id)
    story.maya.does("show_result", stage="vote")


def _votes_again(story: Story, people: list, chance: random.Random) -> None:
    story.maya.does("open_second_round", stage="vote", id="second")
    story.opens("second")
    options = story.w.votes["second"].options
    for person in people[:19]:
        dots = Counter(chance.choices(options, weights=[2, 6, 5, 8, 1, 1], k=4))
        person.does("cast_ballot", stage="second", dots={option: min(n, 2) for option, n in dots.items()}, number=1)
    story.maya.does("close_vote", stage="second")
    story.maya.does("show_result", stage="second")


def _talks(story: Story, people: list, chance: random.Random) -> None:
    story.opens("discuss")
    first, *_others = story.w.votes["vote"].result.priorities
    for n, person in enumerate(people[:6]):
        person.does("add_point", point=f"p{n}", stage="discuss", priority=first, kind=chance.choice(["power", "later", "how"]), text=f"Point {n}")
    people[0].does("remove_point", point="p0")
    for n, owner in enumerate(("Ana", "Bo", "Chen")):
        story.maya.does("set_action", action=f"a{n}", stage="discuss", priority=first, what=f"Action {n}", owner=owner, due=f"{n + 3} May", measure=f"{n + 20} people come" if n else "")
    story.maya.does("remove_action", action="a1")
    for person in people[:5]:
        person.does("offer_help", priority=first, on=True)
    people[4].does("offer_help", priority=first, on=False)
    for person in people[:13]:
        person.does("rate_priority", priority=first, effort=chance.randint(1, 5), impact=chance.randint(1, 5), number=1, **SOME_STAGE)
    story.maya.does("show_ratings", priority=first, **SOME_STAGE)
    story.maya.does("ask_agreement", priority=first, method="consent", round=1, **SOME_STAGE)
    for person in people[:11]:
        answer = chance.choice(["agree", "agree", "aside", "object"])
        person.does("answer_agreement", priority=first, round=1, answer=answer, why="Who pays?" if answer == "object" else "", number=1, **SOME_STAGE)
    story.maya.does("close_agreement", priority=first, round=1, **SOME_STAGE)
    people[5].does("park_note", note="n1", text="Who pays for interpreters?")


@pytest.fixture(scope="module", params=[(1, False), (2, False), (3, True)], ids=["one", "other", "with paper"])
def told(request, tmp_path_factory):
    """(the journal counted anew, how to get a file of that workshop)"""
    story = told_story(tmp_path_factory.mktemp("story"), *request.param)
    counted, w = CountedAnew(story._path), story.w
    story.session.close()
    return counted, lambda name, ext: files.make(w, name, ext, asker="organiser", mark="ab12")[0]


def named(counted: CountedAnew, option: str) -> str:
    return counted.themes[int(option.removeprefix("theme:"))]


def test_the_json_holds_what_the_journal_comes_to(told):
    counted, make = told
    e = json.loads(make("workshop", "json"))
    assert e["people"] == {"count": len(counted.people), "without_phone": list(counted.phones.values()).count(False), "sides": dict(counted.of_side)}
    assert {(g["stage"], g["id"]): g["sides"] for g in e["groups"]} == {(stage, group): dict(sides) for stage, there in counted.in_group.items() for group, sides in there.items()}
    assert {i["id"]: (i["text"], i["support"], i["starred"], i["late"]) for i in e["ideas"]} == {
        id: (text, counted.support[id], id in counted.stars, id in counted.late) for id, text in counted.ideas.items()}
    assert (e["withdrawn"], e["withheld"]) == (counted.withdrawn, counted.withheld) and counted.withheld and {t["id"]: (t["name"], len(t["ideas"])) for t in e["themes"]} == {n: (name, counted.in_theme[n]) for n, name in counted.themes.items()}
    assert {idea: t["id"] for t in e["themes"] for idea in t["ideas"]} == counted.place
    for vote in e["votes"]:
        then = counted.votes[vote["stage"]]
        assert (vote["voters"], vote["voted"], vote["paper"]) == (then.voters, then.voters, then.on_paper) and set(vote["priorities"]) == set(then.priorities)
        assert {row["option"]: (row["dots"], row["rank"]) for row in vote["rows"]} == {option: (then.dots[option], then.rank[option]) for option in then.options}
        if not then.on_paper:
            assert vote["sides"] == dict(then.voted)
            assert {row["option"]: str(row["people"]) for row in vote["rows"]} == {option: then.told(option) for option in then.options}
            assert {(row["option"], side): (dots, str(people)) for row in vote["rows"] for side, (dots, people) in row["sides"].items()} == {
                (option, side): (then.by_side[side][option], then.told_of(option, side)) for option in then.options for side in SIDES}
    assert {x["priority"]: (x["raters"], *((x[axis]["low"], x[axis]["median"], x[axis]["high"]) for axis in ("effort", "impact"))) for x in e["weights"]} == {
        option: (x["raters"], x["effort"], x["impact"]) for option, x in counted.weights.items()}
    assert {(a["priority"], a["round"]): Counter(a["counts"]) for a in e["agreements"]} == counted.agreements
    assert [(a["id"], a["what"], a["owner"], a["due"], a["measure"]) for a in e["actions"]] == [
        (a["id"], a["what"], a["owner"], a["due"], a["measure"]) for a in counted.actions]
    adopted = e["charter"]["adopted"]
    assert {"agree": adopted["agree"], "live": adopted["live"], "object": len(adopted["objections"]), "silent": adopted["silent"]} == counted.adoption
    assert (Counter(e["feedback"]["ratings"]), Counter(e["feedback"]["words"]), e["help_offered"]) == (counted.ratings, counted.words, dict(counted.help))
    assert len(e["participants"]) == len(counted.printed) == 1 and [(o["at"], o["stage"]) for o in e["timeline"]] == counted.openings
    assert len(e["points"]) == len(counted.points) == 5 and [note["text"] for note in e["parking"]] == counted.notes


def from_csv(contents: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(contents.decode("utf-8-sig"), newline="")))


def every_table(make) -> dict[str, dict[str, list[dict[str, str]]]]:
    """Format -> table -> rows, all spelled as CSV spells them."""
    book = {name: [dict(zip(rows[0], ("" if cell is None else f"{cell:g}" if isinstance(cell, float) else str(cell) for cell in row), strict=True)) for row in rows[1:]]
            for name, rows in sheets(make("workshop", "xlsx")).items()}
    db = {name: [_from_db(row) for row in rows] for name, rows in tables(make("workshop", "db")).items()}
    return {"zip": {name.removesuffix(".csv"): from_csv(contents) for name, contents in members(make("workshop", "zip")).items() if name.endswith(".csv")}, "xlsx": book, "db": db}


def _from_db(row: dict) -> dict[str, str]:
    found = {key.replace("_", " "): "" if cell is None else f"{cell:g}" if isinstance(cell, float) else str(cell) for key, cell in row.items()}
    if "people least" in found:
        least, most = found.pop("people least"), found.pop("people most")
        found["people"] = most if least == most else f"{least} to {most}"
    return found


def test_every_table_holds_what_the_journal_comes_to(told):
    counted, make = told
    vote = counted.votes["vote"]
    for kind, there in every_table(make).items():
        assert {(row["idea"], row["support"], row["starred"]) for row in there["ideas"]} == {
            (text, str(counted.support[id]), str(int(id in counted.stars))) for id, text in counted.ideas.items()}, kind
        assert {row["name"]: row["ideas"] for row in there["themes"]} == {name: str(counted.in_theme[n]) for n, name in counted.themes.items()}
        assert Counter(row["theme name"] for row in there["ideas"] if row["theme name"]) == Counter({counted.themes[n]: size for n, size in counted.in_theme.items()})
        assert {row["option"]: (row["dots"], row["rank"], row["priority"]) for row in there["votes"]} == {
            named(counted, o): (str(vote.dots[o]), str(vote.rank[o]), str(int(o in vote.priorities))) for o in vote.options}
        assert [(row["voted"], row["on paper"]) for row in there["turnout"]] == [(str(vote.voters), str(vote.on_paper))]
        if not vote.on_paper:
            assert {row["option"]: row["people"] for row in there["votes"]} == {named(counted, o): vote.told(o) for o in vote.options}
            assert {(row["option"], row["side"]): (row["dots"], row["people"]) for row in there["sides"]} == {
                (named(counted, o), side): (str(vote.by_side[side][o]), vote.told_of(o, side)) for o in vote.options for side in SIDES}
            assert {row["side"]: row["voted"] for row in there["voters"]} == {side: str(n) for side, n in vote.voted.items()}
        first, weight = next(iter(counted.weights.items()))
        row = next(row for row in there["priorities"] if row["priority"] == named(counted, first))
        assert [float(row[axis]) for axis in ("effort from", "effort", "effort to", "impact from", "impact", "impact to")] == [*weight["effort"], *weight["impact"]]
        assert (row["rated by"], row["help offered"], row["dots"], row["answered"]) == (
            str(weight["raters"]), str(counted.help[first]), str(vote.dots[first]), str(sum(counted.agreements[first, 1].values())))
        assert [(a["action"], a["owner"], a["by"], a["measure"]) for a in there["actions"]] == [
            (a["what"], a["owner"], a["due"], a["measure"]) for a in counted.actions]
        facts = {row["what"]: row["value"] for row in there["about"]}
        assert facts["Participants"] == str(len(counted.people)) and facts["Ideas"] == str(len(counted.ideas)) and facts["Ideas taken back by their authors"] == str(counted.withdrawn)
        assert facts["Ideas withheld by the facilitators"] == str(counted.withheld)
        assert [facts[name] for name in ("Agree", "Can live with it", "Object", "No answer")] == [str(n) for n in counted.adoption.values()]
        assert all(facts[f"Participants: {side}"] == str(counted.of_side[side]) for side in SIDES)
        assert {(row["said"], row["people"]) for row in there["feedback"]} == {(str(said), str(n)) for said, n in (*counted.ratings.items(), *counted.words.items())}
        seated = Counter()
        for row in there["groups"]:
            seated[row["group"], row["side"]] = int(row["people"])
        assert sorted(seated.values()) == sorted(n for sides in counted.in_group["ideas"].values() for n in sides.values())


def text(contents: bytes, ext: str) -> str:
    """The words of a document in the order of reading, without what each format puts around them."""
    if ext == "pdf":
        found = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(contents)).pages).replace("\u200b", "")
    elif ext == "docx":
        found = word.words(contents)
    else:
        found = contents.decode()
        found = re.sub(r"<style>.*?</style>|<svg.*?</svg>", " ", found, flags=re.S) if ext == "html" else re.sub(r"!\[.*?\]\(.*?\)", " ", found.replace("\\", ""), flags=re.S)
        found = html.unescape(re.sub("<[^>]*>", " ", found))
    return " ".join(re.sub(r"[|*]", " ", found).split())


def facts(counted: CountedAnew) -> dict[str, list[str]]:
    """Document -> what it has to say, as patterns."""
    vote, (first, weight) = counted.votes["vote"], next(iter(counted.weights.items()))
    ranking = [rf"{vote.rank[o]} (?:\S )?(?:[A-Z]: )?{re.escape(named(counted, o))} {vote.dots[o]}\b" for o in vote.options]
    sides = [] if vote.on_paper else [rf"{re.escape(named(counted, o))} {vote.dots[o]} {vote.told(o)} " + " ".join(rf"{vote.by_side[s][o]} from {vote.told_of(o, s)}" for s in SIDES) for o in vote.options]
    agreed = counted.agreements[first, 1]
    answers = rf"{agreed['agree']} of {sum(agreed.values())} agrees?"
    middle = rf"Effort {weight['effort'][1]:g} \(half said .*?\), impact {weight['impact'][1]:g} \(half said .*?\), rated by {weight['raters']}\b"
    known = {a["id"]: rf"How we will know: {a['measure']} " if a["measure"] else "" for a in counted.actions}
    actions = [rf"{re.escape(a['what'])} {known[a['id']]}{a['owner']} .{{0,3}}{a['due']}" for a in counted.actions]
    taken = counted.withdrawn
    adoption = rf"{counted.adoption['agree']} agree, {counted.adoption['live']} can live with it, {counted.adoption['object']} object"
    people = rf"Participants:? {len(counted.people)}\b"
    themes = [rf"{re.escape(name)} .{{0,40}}?{counted.in_theme[n]} ideas?\b" for n, name in counted.themes.items() if counted.in_theme[n]]
    report = [*ranking, *sides, answers, middle, *actions, adoption, people, rf"Ideas:? {len(counted.ideas)}\b", rf"{vote.voters} people voted", *themes,
              rf"{taken} ideas? (?:was|were) taken back", rf"{counted.withheld} ideas? (?:was|were) withheld", rf"{counted.help[first]} people offer to help", rf"{sum(counted.ratings.values())} people gave it"]
    stands = [rf"{name} {n}\b" for name, n in zip(("Agree", "Can live with it", "Object", "No answer"), counted.adoption.values(), strict=True)]
    return {"report": report, "charter": [people, answers, middle, *actions, *stands, *(rf"{side}:? {counted.of_side[side]}\b" for side in SIDES), *themes]}


@pytest.mark.parametrize("ext", ["md", "html", "docx", "pdf"])
@pytest.mark.parametrize("name", ["report", "charter"])
def test_every_document_says_what_the_journal_comes_to(told, name, ext):
    counted, make = told
    words = text(make(name, ext), ext)
    missing = [fact for fact in facts(counted)[name] if not re.search(fact, words)]
    assert not missing, f"{missing} in {words}"
    assert [idea for idea in counted.ideas.values() if idea not in words] == []


def numbers(words: str) -> Counter:
    return Counter(re.findall(r"(?<![\d.,])\d+(?:[.,]\d+)*", words))


@pytest.mark.parametrize("name", ["report", "charter"])
def test_the_formats_say_the_same_numbers(told, name):
    _counted, make = told
    said = {ext: set(numbers(text(make(name, ext), ext))) for ext in ("md", "html", "docx", "pdf")}
    for ext in ("html", "docx", "pdf"):
        pages = {str(n) for n in range(1, 60)}
        assert said[ext] - pages == said["md"] - pages, ext


def test_a_second_vote_stands_beside_the_first_with_its_own_figures(tmp_path):
    story = told_story(tmp_path, 5, again=True)
    counted, w = CountedAnew(story._path), story.w
    story.session.close()
    first, second = counted.votes["vote"], counted.votes["second"]
    assert first.rank != second.rank, "the second changed something"
    e = json.loads(files.make(w, "workshop", "json", asker="organiser")[0])
    for vote in e["votes"]:
        then = counted.votes[vote["stage"]]
        assert {row["option"]: (row["dots"], row["rank"]) for row in vote["rows"]} == {o: (then.dots[o], then.rank[o]) for o in then.options} and vote["voters"] == then.voters
    assert {p["option"]: p["dots"] for p in e["priorities"]} == {o: second.dots[o] for o in second.priorities}
    for there in every_table(lambda name, ext: files.make(w, name, ext, asker="organiser")[0]).values():
        for number, then in (("1", first), ("2", second)):
            assert {row["option"]: (row["dots"], row["rank"]) for row in there["votes"] if row["round"] == number} == {
                named(counted, o): (str(then.dots[o]), str(then.rank[o])) for o in then.options}
        assert {row["priority"]: row["dots"] for row in there["priorities"] if row["decided"] == "1"} == {named(counted, o): str(second.dots[o]) for o in second.priorities}
    for ext in ("md", "html", "docx", "pdf"):
        words = text(files.make(w, "report", ext, asker="organiser")[0], ext)
        beside = [rf"{re.escape(named(counted, o))} {first.rank[o]} {first.dots[o]} {second.rank[o]} {second.dots[o]} " for o in second.options]
        assert [row for row in beside if not re.search(row, words)] == [], ext
