"""The code box and the organiser's desk."""
import pytest
from playwright.sync_api import expect

from tests.conftest import KEY
from workshop import plans
from workshop.app import create_app
from workshop.pages.desk import comes_to, duration, held
from workshop.places import shipped
from workshop.registry import Listed
from workshop.state.summary import summary

SIZES = [(360, 740), (768, 1024), (1280, 800)]


def inception(**form: str):
    return plans.changed(plans.read(shipped("sessions/cop-inception.toml")), form)


@pytest.mark.parametrize(("form", "sentence"), [
    ({"people": "48", "group_size": "6"}, "48 people make 8 tables of 6."),
    ({"people": "41", "groups": "5"}, "41 people make 5 tables of 8 or 9."),
    ({"people": "9", "groups": "1"}, "9 people write on one chart."),
])
def test_what_a_plan_comes_to_is_said_in_words(form, sentence):
    assert comes_to(inception(**form)) == (sentence, "It takes 2 h 40.")


def test_times_are_said_as_people_say_them():
    assert [duration(n) for n in (1, 45, 60, 120, 65)] == ["1 minute", "45 minutes", "1 hour", "2 hours", "1 h 05"]


def test_an_organiser_can_leave_the_sides_out():
    assert inception(constituencies="").constituencies == () and inception(title="").title == "Inception workshop"


def test_a_workshop_on_the_list_says_where_it_stands_and_which_files_it_has(river):
    listed = Listed("ktm482", "River district", "", "cop-inception", 1_790_000_000_000)
    assert (held(listed, summary(river.w)).state, held(listed, summary(river.w)).files) == ("waiting", ())
    river.opens("welcome")
    assert held(listed, summary(river.w)).state == "live"
    assert [(offer.title, offer.draft) for offer in held(listed, summary(river.w)).files] == [("Charter", True), ("Outcomes report", True), ("Data", True)]
    river.maya.does("end_workshop")
    charter, report, data = held(listed, summary(river.w)).files
    assert held(listed, summary(river.w)).state == "finished" and (charter.draft, report.draft, data.draft) == (True, False, False)
    assert ("charter", "pdf") in [(f.name, f.extension) for f in charter.files]


def look(page, accessible) -> None:
    """Nothing scrolls sideways at any size, light or dark."""
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    accessible(page)
    page.emulate_media(color_scheme="dark")
    accessible(page)
    page.emulate_media(color_scheme="light")


@pytest.fixture
def desk(people):
    page = people("/organise", 1280, 800)
    page.get_by_label("The organiser's key").fill(KEY)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Prepare a workshop")).to_be_visible()
    return page


@pytest.mark.browser
def test_an_organiser_prepares_a_workshop_and_gets_three_links(desk, accessible, served):
    desk.get_by_role("link", name="Quick round").click()
    expect(desk.get_by_label("Question for the room")).to_have_value("What should we do first?")
    desk.get_by_role("link", name="Inception workshop").click()
    desk.get_by_label("People expected").fill("48")
    expect(desk.locator("#comes-to")).to_contain_text("48 people make 6 tables of 8.")
    desk.get_by_label("Title").fill("River district")
    desk.get_by_label("People at a table").fill("many")
    desk.get_by_role("button", name="Prepare it").click()
    expect(desk.get_by_role("alert")).to_contain_text("whole number")
    expect(desk.get_by_label("Title")).to_have_value("River district")
    look(desk, accessible)
    desk.get_by_label("People at a table").fill("6")
    desk.get_by_label("Side 2").fill("Water users")
    desk.get_by_role("button", name="Prepare it").click()
    expect(desk.get_by_role("heading", name="It is ready.")).to_be_visible()
    look(desk, accessible)
    console, screen, join = desk.locator(".copied").all_inner_texts()
    assert "#" in console and screen == join + "/screen"
    desk.goto(console)
    expect(desk.get_by_role("button", name="Open the console")).to_be_visible()
    desk.goto(join)
    expect(desk.get_by_label("Water users")).to_be_visible()
    desk.goto(served.url + "/organise")
    expect(desk.get_by_role("row", name="River district")).to_contain_text("not opened yet")
    desk.get_by_role("button", name="Sign out").click()
    expect(desk.get_by_label("The organiser's key")).to_be_visible()


def test_a_code_that_is_nobodys_stays_in_its_field(tmp_path):
    app = create_app(tmp_path, "http://workshop.test")
    page = app.test_client().get("/?code=ktm428")
    assert page.status_code == 404 and "No workshop has the code KTM 428." in page.text and 'value="ktm428"' in page.text
    app.extensions["workshop"].registry.add(Listed("ktm482", "River district", "", "quick", 0))
    assert app.test_client().get("/?code=KTM-482").location == "/ktm482"


def test_the_desk_is_for_whoever_has_the_key(tmp_path):
    visitor = create_app(tmp_path, "http://workshop.test").test_client()
    assert "Prepare a workshop" not in visitor.get("/organise").text
    assert visitor.post("/organise/consequences", data={"plan": "quick"}).status_code == 401
    assert visitor.post("/workshops", data={"plan": "quick"}).status_code == 401
    assert visitor.post("/organise/sign-in", data={"key": "guess"}).status_code == 403
