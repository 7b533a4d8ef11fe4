"""The charter and the report: what they say, what they keep back, and that they always come out."""
import html
import io
import json
import re
from dataclasses import replace

import pypdf
import pytest

from tests.reading import words
from workshop.agenda import Plan, Stage, Step
from workshop.charter import files, markdown, model, pdf
from workshop.charter.sections import SECTIONS, drafted
from workshop.charter.text import clean, drawable
from workshop.events.brainstorm import IdeaStarred, IdeaSubmitted, IdeaWithdrawn, NoteParked
from workshop.events.charter import CharterAdopted, NextDateSet, SectionWritten, StandTaken, WordSaid, WorkshopRated
from workshop.events.discuss import ActionSet, HelpOffered, PointAdded
from workshop.events.people import PersonJoined, WorkshopMade
from workshop.events.stages import NoteWritten, StageOpened, WorkshopEnded
from workshop.events.themes import SuggestionAccepted, ThemeWorded
from workshop.events.vote import BallotCast, ResultShown, VoteClosed
from workshop.rules import Ask
from workshop.rules.tally import tally
from workshop.rules.rounds import open_run_off
from workshop.rules.vote import close_vote, drawn_up
from workshop.state import Action, Adoption, Group, Vote, Workshop
from workshop.words import PSEUDO, speaking

MARK = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
START = 1_795_341_600_000
SIDES = ("Civil service", "Civil society")
PLAN = Plan(
    "Inception workshop", "What can we do together?", community="Services within reach",
    domain="How services reach people.", constituencies=SIDES, people=14, dots=3, cap=2, stages=(
        Stage("ideas", "brainstorm", "Ideas", groups=True,
              steps=(Step("In silence", 5, silent=True), Step("Talk", 10))),
        Stage("themes", "themes", "Themes", source="ideas", steps=(Step("Themes", 20),)),
        Stage("vote", "vote", "Vote", source="themes", steps=(Step("Vote", 8),)),
        Stage("discuss", "discuss", "Discuss", source="vote", steps=(Step("Discuss", 30),)),
        Stage("charter", "charter", "Charter", source="discuss", steps=(Step("Charter", 10),)),
        Stage("close", "close", "Close", steps=(Step("Close", 5),))))
THEMES = dict(enumerate(["Go to where people are", "One door, one form", "Say it so it is understood",
                         "Share what we know"]))
WHAT = ("Open on Saturdays", "Send a van", "Print one form", "Train the desk", "Pay for the bus")
IDEAS = [f"{what} in the {where}" for what in WHAT for where in ("north", "south", "hills", "town")]
HOSTILE = ("NUL \x00 and bell \x07", "turn \u202egnp.exe\u202c back",
           '#read("/etc/passwd") $x^2$ *bold* _it_ @ref <label> // c', "<script>alert(1)</script> & <b>",
           '=HYPERLINK("http://x","y")', "+1 -2 @SUM(A1)", "emoji 👩\u200d🌾🎉👍🏽 ✓", "الخدمات قريبة من الناس", "W" * 200,
           "漢字 ไทย עברית", "a|b `c` [x](javascript:1)",
           "lone \ud800 half", "{{ 7*7 }} {% raw %} %(n)d", "می\u200cخواهم")


class Play:
    """A workshop made by what happened in it, a quarter of a minute apart."""

    def __init__(self, plan: Plan = PLAN):
        self.w, self.at = Workshop(), START
        self.does(WorkshopMade("ktm482", plan))

    @classmethod
    def of(cls, w: Workshop) -> "Play":
        """Goes on with *w*."""
        play = cls(w.plan)
        play.w, play.at = w, w.at
        return play

    def does(self, *events, by: str = "f1") -> "Play":
        for event in events:
            self.at += 15_000
            self.w = event.apply(replace(self.w, seq=self.w.seq + 1, at=self.at, by=by))
        return self

    def opens(self, stage: str, step: int = 0, **more) -> "Play":
        return self.does(StageOpened(stage, step, self.at + 300_000, 300_000, **more))

    def writes(self, ideas=IDEAS, people: int = 12) -> "Play":
        self.does(*(PersonJoined(f"p{n}", n + 1, f"Secret Name {n}", SIDES[n % 2]) for n in range(people)))
        seats = [tuple(f"p{n}" for n in range(people) if n // 2 % 2 == k) for k in range(2)]
        self.opens("ideas", groups=tuple(Group(f"g{k}", str(k + 1), seats[k]) for k in range(2)))
        return self.does(*(IdeaSubmitted("ideas", f"idea-{n}", f"g{n % 2}", f"p{n % people}", text)
                           for n, text in enumerate(ideas)))

    def sorts(self) -> "Play":
        self.opens("ideas", 1).does(IdeaStarred("idea-0"))
        place = {idea: n % 5 - 1 for n, idea in enumerate(self.w.ideas)}    # every fifth stays in the tray
        accepted = SuggestionAccepted("themes", THEMES, place, True, "a bag of words")
        return self.opens("themes").does(accepted, ThemeWorded("themes", 0, "Offices go out"))

    def votes(self, liked=((0, 0, 1), (0, 0, 2), (0, 0, 1), (0, 1, 2), (1, 1, 2), (0, 1, 3))) -> "Play":
        options = tuple(f"theme:{n}" for n in THEMES)
        self.opens("vote", vote=Vote("vote", options, (options,), 3, 2))
        given = {p: liked[n % len(liked)] for n, p in enumerate(list(self.w.people)[:-1])}
        return self.does(*(BallotCast("vote", p, {f"theme:{t}": dots.count(t) for t in dots}, 1)
                           for p, dots in given.items()))

    def counts(self, shown: bool = True) -> "Play":
        vote, sides = self.w.votes["vote"], {p.id: p.constituency for p in self.w.people.values()}
        self.does(VoteClosed("vote", tally(vote.options, vote.ballots, sides, priorities=3, budget=3, cap=2, keep_ties=False)))
        return self.does(ResultShown("vote")) if shown else self

    def runs_off(self, liked: tuple[int, ...], close: bool = True) -> "Play":
        """The first people give their dot to the themes *liked*."""
        ask = Ask("f1", "facilitator", 0, 7)
        self.does(open_run_off(self.w, ask, stage="vote", id="again"))
        self.opens("again", vote=drawn_up(self.w, self.w.plan.stage("again"), 7))
        self.does(*(BallotCast("again", p, {f"theme:{t}": 1}, 1) for p, t in zip(self.w.people, liked, strict=False)))
        return self.does(close_vote(self.w, ask, stage="again")) if close else self

    def talks(self) -> "Play":
        self.opens("discuss")
        day = Action("x1", "discuss", "theme:0", "One benefits day", "R. Pop", "The council", "Call on Monday",
                     "12 Dec", "Two hundred people come in a day")
        return self.does(
            PointAdded("discuss", "k1", "theme:0", "power", "One mobile team a month", "p1"),
            PointAdded("discuss", "k2", "theme:0", "later", "A second team", "p1"),
            PointAdded("discuss", "k3", "theme:1", "obstacle", "Stamps need an office", "p2"),
            ActionSet(day),
            ActionSet(Action("x2", "discuss", "theme:1", "A list of who helps", "A. Cal", due="15 Jan")),
            HelpOffered("theme:0", "p3"), HelpOffered("theme:0", "p4"),
            NoteParked("n1", "p5", "Who pays for interpreters?", "discuss"))

    def agrees(self) -> "Play":
        self.opens("charter").does(
            SectionWritten("purpose", "Nobody is out of reach.", 1), NextDateSet("3 December"),
            StandTaken("p1", "agree"), StandTaken("p2", "live"), StandTaken("p3", "object", "Harvest time"))
        return self.does(CharterAdopted(Adoption(self.at, 1, 1, ("Harvest time",), 9)))

    def closes(self) -> "Play":
        return self.opens("close").does(WordSaid("p1", "hopeful"), WorkshopRated("p1", 4), WorkshopRated("p2", 5),
                                        NoteWritten("Cold room"), WorkshopEnded())


def whole() -> Workshop:
    return Play().writes().sorts().votes().counts().talks().agrees().closes().w


def text_of(contents: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(contents)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u200b", "").split())


def said(w: Workshop, name: str, ext: str, asker: str = "facilitator") -> str:
    contents, _type, _name = files.make(w, name, ext, asker=asker, mark=MARK)
    if ext == "pdf":
        return text_of(contents)
    text = re.sub("<style>.*</style>", "", words(contents, ext), flags=re.S)
    return " ".join((html.unescape(re.sub("<[^>]*>", " ", text)) if ext == "html" else text).split())


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\b[0-9]{2,}\b", text))


def counted(w: Workshop) -> dict[str, int]:
    """The dots of each theme, added up from the ballots by other means than the product's."""
    ballots = w.votes["vote"].ballots.values()
    return {name: sum(ballot.dots.get(f"theme:{n}", 0) for ballot in ballots) for n, name in THEMES.items()}


@pytest.fixture(scope="module")
def done() -> Workshop:
    return whole()


@pytest.mark.parametrize("name", ["charter", "report"])
@pytest.mark.parametrize("ext", ["pdf", "html", "md"])
def test_every_format_holds_the_priorities_the_actions_and_every_idea(done, name, ext):
    text = said(done, name, ext)
    for name in list(THEMES.values())[:3]:
        assert re.search(rf"{name}.{{0,40}}?\b{counted(done)[name]}\b", text)
    assert "One benefits day" in text and "A list of who helps" in text and "Call on Monday" in text
    assert "How we will know: Two hundred people come in a day" in text
    assert [idea for idea in IDEAS if idea not in text] == []
    assert "Who pays for interpreters?" in text and "Offices go out" in text and MARK in text


@pytest.mark.parametrize("ext", ["html", "md"])
def test_every_format_says_the_same_numbers_as_the_pdf(done, ext):
    for name in ("charter", "report"):
        text = said(done, name, ext).replace("\\", "")
        assert numbers(said(done, name, "pdf")) == numbers(text) >= {str(n) for n in counted(done).values() if n > 9}


def test_a_report_keeps_the_day_of_the_workshop_when_somebody_looks_in_later():
    play = Play().writes().sorts().votes().counts().talks().agrees().closes()
    before = said(play.w, "report", "md").split("##")[0]
    play.at += 3 * 86_400_000
    after = said(play.does(NoteWritten("Thanks to all")).w, "report", "md").split("##")[0]
    assert before == after and "22 November 2026" in after


def test_the_first_page_of_the_report_is_complete_alone(done):
    contents, _type, _name = files.make(done, "report", "pdf", asker="organiser", mark=MARK)
    first = " ".join(pypdf.PdfReader(io.BytesIO(contents)).pages[0].extract_text().split())
    for words in ("What can we do together?", *THEMES.values(), "One benefits day", "R. Pop", "3 December",
                  "1 agrees, 1 can live with it, 1 objects"):
        assert words in first


def test_a_pdf_is_tagged_and_keeps_both_standards(done):
    for name in ("charter", "report"):
        contents, kind, _name = files.make(done, name, "pdf", asker="facilitator", mark=MARK)
        reader = pypdf.PdfReader(io.BytesIO(contents))
        assert kind == "application/pdf" and reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
        assert b"pdfuaid" in contents or "pdfuaid" in str(reader.xmp_metadata and reader.xmp_metadata.stream.get_data())
        assert reader.metadata.title and "Services within reach" in reader.metadata.title


def test_a_document_is_a_draft_until_it_is_adopted_or_the_workshop_has_ended():
    before = Play().writes().sorts().votes().counts().talks()
    adopted, ended = before.agrees().w, before.closes().w
    assert "Draft" not in said(adopted, "charter", "pdf") and "Draft" in said(adopted, "report", "pdf")
    assert "Draft" not in said(ended, "report", "md")
    assert "Draft" in said(Play().writes().w, "charter", "pdf")
    assert files.file_name(adopted, "charter", "pdf") == "ktm482-charter-69-2026-11-22.pdf"
    assert re.fullmatch(r"ktm482-report-draft-69-\d{4}-\d\d-\d\d\.md", files.file_name(adopted, "report", "md"))


@pytest.mark.parametrize("asker", ["facilitator", "organiser", "participant"])
@pytest.mark.parametrize("name, ext", [(name, ext) for name, exts in files.FILES.items() for ext in exts])
def test_what_is_written_in_silence_is_in_no_file(name, ext, asker):
    w = Play().writes().w
    assert w.is_silent("ideas")
    text = said(w, name, ext, asker)
    assert not any(idea in text for idea in IDEAS) and "idea-0" not in text
    if name != "votes" and ext != "csv":
        assert "20 ideas of “Ideas”" in text


@pytest.mark.parametrize("asker", ["facilitator", "participant"])
def test_an_open_vote_is_in_no_file_and_the_file_says_so(asker):
    w = Play().writes().sorts().votes().w
    hidden = Play().writes().sorts().w
    for name in ("charter", "report"):
        text = said(w, name, "md", asker)
        assert "The dots of “Vote”, which is still open; 11 people have voted." in text
        assert "Decided" not in text and "\\. A · " not in text
    assert said(w, "votes", "csv", asker) == said(hidden, "votes", "csv", asker)


def test_a_result_that_is_not_shown_is_the_facilitators_alone():
    w = Play().writes().sorts().votes().counts(shown=False).w
    assert "Decided: start with these 3" in said(w, "report", "md", "facilitator")
    text = said(w, "report", "md", "participant")
    assert "Decided" not in text and "The result of “Vote”, which the facilitator has not shown yet." in text
    assert "Go to where" not in said(w, "votes", "csv", "participant")


def test_nobody_is_named_and_notes_stay_with_the_facilitators(done):
    for name, exts in files.FILES.items():
        for ext in exts:
            for asker in ("facilitator", "participant"):
                text = said(done, name, ext, asker)
                assert "Secret Name" not in text and not re.search(r"\bp[0-9]+\b", text)
    assert "Cold room" in said(done, "report", "md") and "Cold room" not in said(done, "report", "md", "participant")


def test_a_side_too_small_to_show_is_named_and_not_counted():
    w = Play().writes(people=8).sorts().votes().counts().w
    assert w.votes["vote"].result.sides == {}
    text = said(w, "report", "md")
    assert "Civil service and Civil society: not shown alone" in text
    assert "Civil service: dots" not in text and "| Civil service |" not in text.split("Every vote")[1].split("###")[0]


def test_a_tie_at_the_cut_is_shown_as_a_tie():
    w = Play().writes().sorts().votes(((0, 0, 1), (1, 2, 3))).counts().w
    assert w.votes["vote"].result.tied
    for name in ("pdf", "md"):
        text = said(w, "report", name)
        assert "Tied for the last place: “Say it so it is understood” and “Share what we know”" in text


@pytest.mark.parametrize(("liked", "told", "priorities"), [
    ((3,), "The run-off chose “Share what we know”.", 3),
    ((2, 3, 2, 3), "After the run-off these still tie: “Say it so it is understood” and “Share what we know”. The room decides.", 2)])
def test_a_run_off_decides_and_every_file_tells_both_votes(liked, told, priorities):
    play = Play().writes().sorts().votes(((0, 0, 1), (1, 2, 3))).counts().runs_off(liked)
    w = play.w
    for name in ("pdf", "html", "md"):
        text = said(w, "report", name).replace("\\", "")
        assert f"Tied for the last place: “Say it so it is understood” and “Share what we know”. {told}" in text
        assert f"Decided: start with these {priorities}" in text and "among those that tied in “Vote”" in text
        assert f"{len(liked)} {'person' if len(liked) == 1 else 'people'} voted." in text
    data = json.loads(files.make(w, "workshop", "json", asker="facilitator", mark=MARK)[0])
    assert [p["option"] for p in data["priorities"]] == ["theme:0", "theme:1", "theme:3"][:priorities]
    assert [(v["stage"], v["run_off"], v["tied"]) for v in data["votes"]][0] == ("vote", "", ["theme:2", "theme:3"])
    assert data["votes"][1]["run_off"] == "vote" and data["priorities"][-1]["vote"] == "vote"
    rows = [row for row in said(w, "votes", "csv").split("Run-off,")]
    assert len(rows) == 3, "both options of the run-off, with their own dots"
    chosen = "Share what we know" in said(w, "charter", "md").split("First priorities")[1].split("##")[0]
    assert chosen == (priorities == 3)


def test_a_run_off_that_is_not_shown_is_the_facilitators_alone():
    play = Play().writes().sorts().votes(((0, 0, 1), (1, 2, 3))).counts().runs_off((3,))
    text = said(play.w, "report", "md", "participant")
    assert "The result of “Run-off”, which the facilitator has not shown yet." in text and "The run-off chose" not in text
    assert "Tied for the last place: “Say it so it is understood” and “Share what we know”. The room decides." in text
    assert "The run-off chose" in said(play.opens("discuss").w, "report", "md", "participant")


def test_an_open_run_off_is_in_no_file():
    play = Play().writes().sorts().votes(((0, 0, 1), (1, 2, 3))).counts()
    before, after = said(play.w, "votes", "csv"), said(play.runs_off((3,), close=False).w, "votes", "csv")
    assert before == after and "The dots of “Run-off”, which is still open; 1 person has voted." in said(play.w, "report", "md")


def test_a_withdrawn_idea_is_counted_and_not_printed():
    w = Play().writes().sorts().does(IdeaWithdrawn("idea-3")).w
    text = said(w, "report", "md")
    assert IDEAS[3] not in text and "1 idea was taken back by its author" in text


def test_an_empty_workshop_has_documents():
    bare = replace(PLAN, constituencies=(), community="", domain="", stages=PLAN.stages[:1])
    for w in (Play().w, Play(bare).w, Workshop()):
        for name, exts in files.FILES.items():
            for ext in exts:
                assert files.make(w, name, ext, asker="participant")[0]
    assert "Nothing is decided yet" in said(Play().w, "report", "pdf")


def test_hostile_words_come_out_literally_and_the_pdf_keeps_its_standards(monkeypatch):
    tried, compiled = [], pdf._compiled
    monkeypatch.setattr(pdf, "_compiled", lambda *given: tried.append(given[-1]) or compiled(*given))
    plan = replace(PLAN, community="<i>Title</i> #set " + "Longword" * 20, domain="=1+1 \x00 🎉", title="{{ 7*7 }}")
    w = Play(plan).writes(HOSTILE).sorts().votes().counts().talks().agrees().w
    for name in ("charter", "report"):
        text = said(w, name, "pdf")
        for words in (*HOSTILE[2:6], "W" * 200, "[party popper]", "{{ 7*7 }} {% raw %} %(n)d", "turn gnp.exe back"):
            assert words.replace(" ", "") in text.replace(" ", "")
    assert tried == [pdf.STANDARDS] * 2


def test_hostile_words_run_nothing_in_a_page():
    w = Play(replace(PLAN, community="<img src=x onerror=alert(1)>")).writes(HOSTILE).sorts().w
    page = files.make(w, "report", "html", asker="facilitator", mark=MARK)[0].decode()
    assert "<script" not in page and "<img" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;" in page
    assert "http:" not in page.replace("http://x", "") and "\u202e" not in page and "\x00" not in page


def test_hostile_words_are_no_markup_in_markdown():
    assert markdown.told("a|b `c` [x](y) *z* <b> &amp;") == r"a\|b \`c\` \[x\](y) \*z\* \<b\> &amp;amp;"
    assert markdown.told("# h") == r"\# h" and markdown.told("- x") == r"\- x" and markdown.told("1. x") == r"1\. x"


def test_what_nobody_can_draw_is_named_and_joiners_stay_inside_words():
    some = frozenset(map(ord, "abc []ریمخواهfxn\u200c"))
    assert drawable("a🎉b", some) == "a[party popper]b"
    assert drawable("می\u200cخ", some) == "می\u200cخ" and drawable("a👍🏽\u200d", some) == "a[thumbs up sign]"
    assert drawable("a漢", some) == "a\ufffd" and clean("a\x00\u202e\tb\nc") == "a b\nc"


def test_a_pdf_comes_out_where_the_standards_cannot_be_kept(monkeypatch):
    monkeypatch.setattr(pdf, "drawable", lambda text, covered, lost: text.replace("\x00", ""))
    contents = files.make(Play().writes(("漢字 🎉",)).sorts().w, "report", "pdf", asker="facilitator")[0]
    assert contents.startswith(b"%PDF")


def test_words_that_people_wrote_win_over_those_that_are_offered():
    before = Play().writes().sorts().votes().counts().talks().does(NextDateSet("3 December"))
    offered = said(before.w, "charter", "md")
    assert "We meet next: 3 December." in offered and "What can we do together?" in drafted(before.w, "purpose")
    written = before.does(SectionWritten("practice", "On the first Monday.\n- With coffee", 1),
                          SectionWritten("roles", "", 1))
    text = said(written.w, "charter", "md")
    assert "On the first Monday. - With coffee" in text and "We meet next" not in text and ". Roles" not in text
    assert "It is in the charter once somebody takes it." in offered
    assert re.search("Still open - Purpose .*- Roles -", text) and "- Practice" not in text and "Still open" not in said(written.w, "charter", "md", "participant")


def test_the_sections_stand_in_the_order_of_the_table(done):
    text = files.make(done, "charter", "md", asker="facilitator")[0].decode()
    found = [m[1] for m in re.finditer(r"^### \d+\. (.+)$", text, re.M)]
    order = [{"In scope": "Domain and scope"}.get(kind.title, kind.title) for kind in SECTIONS] + ["Adoption"]
    assert found == [title for title in order if title in found]
    assert {"Purpose", "Domain and scope", "First priorities", "Adoption"} <= set(found)


def test_every_sentence_is_marked_for_translation():
    plan = replace(PLAN, language=PSEUDO)
    w = Play(plan).writes().sorts().votes().counts().talks().w
    with speaking(PSEUDO):
        document = model.report(w, "facilitator", MARK)
    sections = [section for part in document.parts for section in part.sections]
    titles = [document.label, *(part.title for part in document.parts), *(section.title for section in sections)]
    assert all(title.startswith("⟦") for title in titles)
    assert files.make(w, "report", "pdf", asker="facilitator")[0].startswith(b"%PDF")


def test_five_hundred_people_are_five_to_a_dot():
    w = Play().writes(people=500).w
    document = model.charter(w, "facilitator")
    assert document.each == 5 and "One dot is 5 people" in document.room_note


def test_a_name_that_no_file_has_is_a_key_error():
    with pytest.raises(KeyError):
        files.make(Workshop(), "charter", "csv", asker="participant")
    with pytest.raises(ValueError):
        files.make(Workshop(), "ideas", "csv", asker="a stranger")


def test_ideas_on_one_card_stand_together_in_the_report(river):
    ana = river.joins("Ana")
    river.opens("ideas", 1)
    for n, text in enumerate(["A desk in the village", "A bus on Sundays", "A desk in each village"]):
        ana.writes(text, idea=f"i{n}")
    river.opens("themes")
    river.suggests(("All", ["i0", "i1", "i2"]))
    river.maya.does("accept_suggestion", stage="themes")
    river.maya.does("fold_ideas", stage="themes", ideas=["i2"], into="i0")
    report = files.make(river.w, "report", "md", asker="organiser", mark="")[0].decode()
    said = [line for line in report.splitlines() if "desk" in line or "bus" in line.lower()]
    assert [("says the same as the one above" in line) for line in said if line.startswith("- ")][:3] == [False, True, False], said
    assert json.loads(files.make(river.w, "workshop", "json", asker="organiser", mark="")[0])["ideas"][2]["same_as"] == "i0"
