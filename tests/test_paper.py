"""Ideas typed up from flip charts: any list that people have is read, every row left out is named, and all else works on it."""
import io
import json
import zipfile

import gevent
import pytest
import requests
from hypothesis import given, settings, strategies as st
from openpyxl import Workbook
from playwright.sync_api import expect

from tests.conftest import KEY
from tests.served import workshop
from tests.story import Story
from workshop import ideas_file, typed_up, workbook
from workshop.charter import files
from workshop.ideas_file import NotIdeas, ideas_in
from workshop.pages.desk import held
from workshop.registry import Listed
from workshop.typed_up import NotTyped, Paper

LIST = [("idea", "Group", "Constituency", "Dots"), ("Mobile clinics on market days", 1, "Civil society", 7), ("One form for everything", 2, "Civil service", 4),
        ("Clinics that come to the market", 2, "Civil service", 4), ("=1+1", 1, "Civil society", None), (None, 1, None, None), ("A bus", 2, "Civil service", "many")]


def book(*rows: tuple, sheets: int = 1) -> bytes:
    """A workbook whose last sheet holds *rows*, two down."""
    made, out = Workbook(), io.BytesIO()
    for _n in range(sheets - 1):
        made.create_sheet()
    for row in ((), (), *rows):
        made.worksheets[-1].append(row)
    made.save(out)
    return out.getvalue()


def paper(content: bytes, name: str = "ideas.csv", **more) -> Paper:
    return Paper(ideas_in(name, content), name, "Village day", "What next?", **more)


def taken_in(folder, paper: Paper) -> Story:
    story = Story(folder)
    story.session.close()
    (folder / "ktm482.db").unlink()
    story.session = story._opened()
    story.session.do("make_workshop", "organiser", "organiser", code="ktm482", plan=typed_up.plan_of(paper))
    typed_up.fill(story.session, paper)
    return story


@pytest.mark.parametrize("language, words, coding", [
    ("en", "Café at the desk\nIt’s “free” – naïve idea", "cp1252"), ("pl", "Otworzyć urząd w sobotę\nŚwietlica dla młodzieży", "cp1250"),
    ("hu", "Szombati ügyfélfogadás\nRövidebb űrlapok", "cp1250"), ("", "Открыть в субботу\nПонятные письма", "cp1251"),
    ("", "Ανοιχτά το Σάββατο\nΛεωφορείο στο χωριό", "cp1253"), ("he", "שירותים קרובים\nטופס אחד לכל", "cp1255"), ("", "الخدمات قريبة من الناس\nنموذج واحد لكل شيء", "cp1256"),
    ("", "Mehr Bäume\nKürzere Formulare", "utf-8"), ("", "Mehr Bäume\nKürzere Formulare", "utf-16"), ("", "Mehr Bäume\nKürzere Formulare", "utf-16-le"),
    ("", "Mehr Bäume\nKürzere Formulare", "utf-16-be"), ("", "漢字\nไทย", "utf-8-sig")])
def test_letters_are_read_as_they_were_typed(language, words, coding):
    assert [text for _row, text in ideas_in("list.txt", words.encode(coding), language).rows] == words.split("\n")


def test_a_line_loses_its_bullet_and_keeps_its_words():
    said = ideas_in("list.txt", "- More buses\n• Fewer forms\n3) Talk\n12. Listen\n-5 degrees in the office\n2 desks".encode())
    assert [text for _row, text in said.rows] == ["More buses", "Fewer forms", "Talk", "Listen", "-5 degrees in the office", "2 desks"]


@pytest.mark.parametrize("content", [
    ("\n".join(";".join("" if cell is None else str(cell) for cell in row) for row in LIST), "list.csv"),
    ("\n".join("\t".join("" if cell is None else str(cell) for cell in row) for row in LIST), "list.tsv"),
    (book(*LIST), "list.xlsx"), (book(*LIST, sheets=2), "named wrongly.csv"),
    ("\n".join(json.dumps({"text": text, "table": str(group), "side": side, "votes": dots}) for text, group, side, dots in LIST[1:]), "list.jsonl")])
def test_group_side_and_dots_are_read_beside_the_idea_and_every_row_left_out_is_named(content):
    said = ideas_in(content[1], content[0] if isinstance(content[0], bytes) else content[0].encode())
    read = [(line.row, line.text, line.group, line.side, line.dots) for line in said.lines]
    assert read[:3] == [(0, *LIST[1]), (1, *LIST[2]), (2, *LIST[3])] or read[:3] == [(n, text, str(group), side, dots) for n, (text, group, side, dots) in enumerate(LIST[1:4])]
    assert [row for row, _why in said.rejected] in ([4, 5], [3, 4, 5]), "a formula that was never worked out shows nothing"
    assert said.first == {"list.jsonl": 1, "list.csv": 2, "list.tsv": 2}.get(content[1], 4), "rows are counted as the program shows them"
    assert "many" in said.rejected[-1][1] and all(why for _row, why in said.rejected)


@given(name=st.sampled_from(["list.txt", "list.csv", "list.tsv", "list.jsonl", "list.xlsx"]), language=st.sampled_from(["", "pl", "he"]),
       content=st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
                         st.lists(st.text(alphabet='idea,;"\t\n\u202e=x0', max_size=20)).map(lambda lines: ("idea,group,dots\n" + "\n".join(lines)).encode())))
@settings(max_examples=150)
def test_whatever_is_in_a_file_it_is_read_or_told_why(name, language, content):
    try:
        said = Paper(ideas_in(name, content, language), name, "Village day", "What next?").ideas
    except NotIdeas as why:
        assert str(why)
        return
    rows = [line.row for line in said.lines] + [row for row, _why in said.rejected]
    assert len(set(rows)) == len(rows) and all(line.text and len(line.text) <= 500 for line in said.lines) and all(why for _row, why in said.rejected)


def test_a_row_of_letters_that_nobody_sees_is_left_out_and_excels_own_first_line_is_known(tmp_path):
    said = paper("sep=;\nidea;group\n\u202e\u202c;1\nBu\x07ses; 2\u202e\nTea, and talk;\n".encode()).ideas
    assert [(line.text, line.group) for line in said.lines] == [("Buses", "2"), ("Tea, and talk", "")]
    assert (said.first, said.rejected) == (3, [(0, "There are no words in it.")])


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/sharedStrings.xml", b" " * (workbook.UNPACKED_MOST + 1))
    return out.getvalue()


@pytest.mark.parametrize("content, why", [
    (bomb(), "unpacks to more"), (b"PK\x03\x04 and no more", "cannot be opened"), (b"\xd0\xcf\x11\xe0 old", "old kind"), (b"\x00\x01\x02\x03" * 100, "not a text file"),
    (b"name,mail\nAna,a@b", "name, mail"), (b"x," * 200_000, "cannot be read as a table"), (b"Bus\n" * (ideas_file.IDEAS_MOST + 1), "Split it")])
def test_a_file_that_is_no_list_is_told_why_and_does_no_harm(content, why):
    with pytest.raises(NotIdeas, match=why):
        ideas_in("list.csv", content)


def test_a_list_without_dots_becomes_a_board_and_both_documents(tmp_path):
    story = taken_in(tmp_path, paper(b"idea,group\nBuses,1\nMore buses,2\nShade,\n,2\n"))
    assert [(idea.text, idea.group, idea.author) for idea in story.w.ideas.values()] == [("Buses", "chart-1", ""), ("More buses", "chart-2", ""), ("Shade", "", "")]
    assert story.w.open_id == "themes" and not story.w.people and not story.w.votes
    assert held(Listed("ktm482", "Village day", "", "", 1_790_000_000_000), story.w).state == "paper", "open, and nobody is in a room"
    gevent.spawn_later(.1, story.suggests, ("On the move", ["row-0", "row-1"]))
    typed_up.take_themes(story.session)
    assert story.board() == {"On the move": ["Buses", "More buses"], "tray": ["Shade"]}
    story.restarts()
    report = files.make(story.w, "report", "md", asker="organiser")[0].decode()
    assert "Row 5 was left out: There are no words in it." in report and "chart 2" in report
    assert "Participants" not in report and "Planned, minutes" not in report, "nobody knows who was there, or how long it took"
    for name, kinds in files.FILES.items():
        for kind in kinds:
            assert files.make(story.w, name, kind, asker="participant")[0]


def test_dots_on_paper_are_a_vote_on_single_ideas(tmp_path):
    content = b"idea,dots\nBuses,7\nShade,3\nTea,0\nForms,5\nBenches,2"
    with pytest.raises(NotTyped, match="how many people"):
        typed_up.plan_of(paper(content))
    with pytest.raises(NotTyped, match="more than 20 each"):
        typed_up.plan_of(paper(b"idea,dots\nBuses,70\nTea,1", people=3))
    story = taken_in(tmp_path, paper(content, people=6))
    result = story.w.last_vote.result
    assert [(row.option, row.dots) for row in result.rows][:3] == [("idea:row-0", 7), ("idea:row-3", 5), ("idea:row-1", 3)]
    assert result.voters == 6 and result.priorities == ("idea:row-0", "idea:row-3", "idea:row-1") and story.w.votes["vote"].shown
    story.restarts()
    report = files.make(story.w, "report", "md", asker="participant")[0].decode()
    assert "6 people voted" in report and "dots on paper, counted and typed up" in report and "Vote: **4" not in report


def test_a_list_of_two_thousand_ideas_is_taken_in(tmp_path):
    story = taken_in(tmp_path, paper("\n".join(f"Idea {n} of many" for n in range(2000)).encode(), "list.txt"))
    assert len(story.w.ideas) == 2000 and [i.text for i in story.w.ideas.values()] == [f"Idea {n} of many" for n in range(2000)]


def test_only_the_organiser_types_up_and_nobody_does_it_over_a_socket(river):
    ana = river.joins("Ana")
    for who in (ana, river.maya):
        who.is_refused("open_charts", "from this page", stage="ideas", charts=("1",))
        who.is_refused("type_idea", "from this page", idea="x", text="A bus", stage="ideas", group="")


def test_the_command_writes_the_same_files_without_a_server(tmp_path):
    (tmp_path / "Village day.txt").write_text("\n".join(["- More buses", "- Buses on Sunday", "", "Shade for those who wait"]))
    said = workshop("themes", tmp_path / "Village day.txt", "--to", tmp_path / "out", "--format", "md,json,docx")
    assert said.returncode == 1 and "Row 3 was left out" in said.stderr, said.stderr
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert [name.partition("-draft-")[0] for name in names] == ["village-day-charter", "village-day-charter", "village-day-report", "village-day-report", "village-day-workshop"]
    data = json.loads(next((tmp_path / "out").glob("*.json")).read_text())
    assert [idea["text"] for idea in data["ideas"]] == ["More buses", "Buses on Sunday", "Shade for those who wait"] and data["themes"]
    assert workshop("themes", tmp_path / "nowhere.txt", "--to", tmp_path / "out").returncode == 3
    assert workshop("themes", tmp_path / "Village day.txt", "--to", tmp_path / "out", "--format", "odt").returncode == 2


def test_a_file_of_a_hundred_megabytes_is_refused_in_words(served):
    organiser = requests.Session()
    organiser.post(f"{served.local}/organise/sign-in", data={"key": KEY})
    answer = organiser.post(f"{served.local}/organise/paper", data={"title": "T", "question": "Q"}, files={"file": ("big.csv", b"x" * 100_000_000)}, timeout=60)
    assert answer.status_code == 413 and "larger than 5 MB" in answer.text
    assert requests.post(f"{served.local}/organise/paper", data={"text": "A bus"}, timeout=30).status_code == 401


@pytest.mark.browser
def test_an_organiser_types_up_charts_and_takes_the_report_home(served, people, accessible):
    page = people("/organise", 1366, 900)
    page.get_by_label("key").fill(KEY)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="From paper").click()
    accessible(page)
    page.get_by_label("Title").fill("Village day")
    page.get_by_label("Question the ideas answer").fill("What next?")
    page.get_by_label("File").set_input_files({"name": "ideas.xlsx", "mimeType": "application/octet-stream", "buffer": book(*LIST)})
    page.get_by_role("button", name="Take them in").click()
    expect(page.get_by_role("alert")).to_contain_text("Say how many people placed them.")
    assert page.get_by_label("Title").input_value() == "Village day"
    page.get_by_label("People who placed dots").fill("8")
    page.get_by_label("File").set_input_files({"name": "ideas.xlsx", "mimeType": "application/octet-stream", "buffer": book(*LIST)})
    page.get_by_role("button", name="Take them in").click()
    expect(page.get_by_role("heading", name="3 ideas are in.")).to_be_visible()
    expect(page.get_by_role("heading", name="3 rows are left out")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Dots are a whole number; this one says “many”.")
    accessible(page)
    for width in (360, 768, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    with page.expect_download() as download:
        page.get_by_role("link", name="Outcomes report, PDF to read and print").click()
    assert "-report-draft-" in download.value.suggested_filename
    desk = people("/organise", 1366, 900, beside=page)
    expect(desk.locator(".workshops tr", has_text="Village day").first).to_contain_text("typed up from paper")
    console = people(page.get_by_role("link", name="Open the console").get_attribute("href").removeprefix(served.url), 1366, 900)
    console.get_by_label("Your name").fill("Maya")
    console.get_by_role("button", name="Open the console").click()
    expect(console.locator("#board-shelves")).to_contain_text("Mobile clinics", timeout=30_000)
