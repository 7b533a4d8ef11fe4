"""The phone in a real browser, from the first tap to the documents."""
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}
SIDES = ("Civil service", "Civil society")
COMMAND = """async ([command, args]) => {
  const wire = document.querySelector("script[type=module]").src.replace(/[^/]*$/, "wire.js");
  return (await import(wire)).ask(command, args);
}"""


class Room:
    """A workshop with its console, whose commands go over its own socket."""

    def __init__(self, served, people, **changes: str) -> None:
        made = served.make(**{"groups": "2", "dots": "4", "cap": "2", **changes})
        self.code, self.served, self._people = made["code"], served, people
        self.console = people(f"/{self.code}/console#{made['token']}", 1280, 800)
        self.console.fill("[name=name]", "Maya")
        self.console.click("text=Open the console")
        expect(self.console.locator("body[data-live=yes]")).to_be_attached()

    def does(self, command: str, **args) -> None:
        answer = self.console.evaluate(COMMAND, [command, args])
        assert answer["ok"], answer

    def cut_off(self) -> None:
        """A power cut at the laptop."""
        self._people.cut = True
        self.served.kill()

    def opens(self, stage: str, step: int = 0) -> None:
        self.does("open_stage", stage=stage, step=step, was=self.console.evaluate("document.body.dataset.standing"))
        expect(self.console.locator(f"body[data-standing='{stage}.{step}']")).to_be_attached()

    def joins(self, side: int = 0, width: int = 360, height: int = 740, **options):
        phone = self._people(f"/{self.code}", width, height, has_touch=True, **options)
        phone.fill("[name=name]", "Ana")
        phone.click(f"text={SIDES[side]}")
        phone.click("text=Join")
        if options.get("java_script_enabled", True):
            expect(phone.locator("body[data-live=yes]")).to_be_attached()
        return phone

    def themes(self, phone) -> None:
        """Two themes of the phone's own ideas, by hand."""
        ideas = phone.evaluate("[...document.querySelectorAll('#my-ideas [data-idea]')].map((idea) => idea.dataset.idea)")
        self.opens("themes", 1)
        for n, name in enumerate(("Go to where people are", "Share what we know", "One door")):
            self.does("make_theme", stage="themes", key=f"k{n}", name=name, ideas=ideas[n:n + 1])


@pytest.fixture
def room(served, people):
    return Room(served, people)


def writes(phone, *ideas: str) -> None:
    for idea in ideas:
        phone.fill("#text", idea)
        phone.click("text=Add idea")
        expect(phone.locator("#my-ideas")).to_contain_text(idea)


def fits(page) -> None:
    """Nothing to find for axe, and nothing scrolls sideways."""
    found = Axe().run(page, options=RULES).response["violations"]
    assert not found, [(v["id"], v["nodes"][0]["html"]) for v in found]
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), page.evaluate("document.body.dataset.view")


def dots(phone, option: str):
    return phone.locator("#paper [data-option]", has_text=option)


def places(phone, option: str, n: int = 1) -> None:
    for _ in range(n):
        dots(phone, option).locator("[data-step='1']").click()


def sends_dots(phone) -> None:
    phone.click("text=Send my dots")
    expect(phone.locator("#my-ballot")).to_contain_text("Your dots are saved")


def test_a_phone_goes_through_the_whole_workshop(room):
    ana, ben = room.joins(0), room.joins(1)
    expect(ana.locator(".return:visible")).to_contain_text("Return code")
    fits(ana)
    room.opens("welcome")
    ana.click("text=Tap here to say hello")
    expect(ana.get_by_role("button", name="This phone works")).to_have_attribute("aria-pressed", "true")
    room.opens("tables")
    expect(ana.locator("#your-table .huge")).to_have_text("1")
    fits(ana)
    room.opens("ideas", 0)
    writes(ana, "A single desk", "Evening hours", "Voice notes")
    assert "A single desk" not in ben.content()
    room.opens("ideas", 1)
    fits(ana)
    ana.locator("#my-ideas li", has_text="Voice notes").get_by_text("Edit").click()
    ana.fill("#edit-text", "Voice notes, not leaflets")
    ana.get_by_role("button", name="Save").click()
    expect(ana.locator("#my-ideas")).to_contain_text("Voice notes, not leaflets")
    expect(ana.locator("#edit")).to_be_hidden()
    room.opens("ideas", 2)
    ana.locator("#starring li", has_text="A single desk").get_by_role("button").click()
    expect(ana.locator("#stars-given")).to_contain_text("1 of 3 starred")
    fits(ana)
    room.opens("plenary")
    room.does("share_group", stage="plenary", group="g1")
    expect(ana.locator("#turn")).to_contain_text("It is your turn")
    expect(ben.locator("#turn")).to_contain_text("Table 1 is sharing. Your table is next.")
    expect(ben.locator("#turn")).to_contain_text("A single desk")
    fits(ben)
    ana.click("text=Look back at our ideas")
    expect(ana.locator("#behind")).to_contain_text("You are looking back at Ideas")
    expect(ana.locator("#my-ideas")).to_be_visible()
    fits(ana)
    ana.click("text=Return to Plenary")
    expect(ana.locator("#turn")).to_be_visible()
    room.themes(ana)
    expect(ana.locator("#my-places")).to_contain_text("Go to where people are")
    expect(ana.locator("#phone-themes")).to_contain_text("1 idea")
    fits(ana)
    room.opens("vote")
    places(ana, "Share what we know", 2)
    fits(ana)
    sends_dots(ana)
    places(ben, "Share what we know")
    sends_dots(ben)
    room.does("close_vote", stage="vote")
    expect(ana.locator("#my-ballot")).to_contain_text("The vote has closed. Your last ballot counts: 2.")
    assert ana.locator("#phone-result").inner_text() == ""
    fits(ana)
    room.opens("vote", 1)
    room.does("show_result", stage="vote")
    expect(ana.locator("#phone-result")).to_contain_text("Share what we know")
    fits(ana)
    room.opens("discuss")
    fits(ana)
    ana.locator("#my-seat").get_by_role("button", name="Share what we know").click()
    expect(ana.locator("#talked-about")).to_contain_text("Priority 1: Share what we know")
    ana.fill("#point-text", "Two rooms at the library")
    ana.click("text=Add point")
    expect(ana.locator("#talked-about")).to_contain_text("Two rooms at the library")
    ana.click("text=Add an action")
    ana.fill("#what", "Ask for Tuesdays")
    ana.fill("#owner", "Ben")
    ana.click("text=Save the action")
    expect(ana.locator("#table-actions")).to_contain_text("Ask for Tuesdays")
    ana.click("text=I'll help with this")
    expect(ana.get_by_role("button", name="I'll help with this")).to_have_attribute("aria-pressed", "true")
    fits(ana)
    room.opens("charter")
    fits(ana)
    ana.click("text=I object, and say why")
    ana.fill("#why", "Nothing about money")
    ana.click("text=Send my answer")
    expect(ana.locator("#my-stand")).to_contain_text("Nothing about money")
    ana.click("text=Print my name: Ana")
    expect(ana.locator("#my-name button")).to_have_attribute("aria-pressed", "true")
    fits(ana)
    room.does("adopt_charter")
    expect(ana.locator("#phone-charter")).to_contain_text("Adopted")
    fits(ana)
    room.opens("close")
    ana.locator(".five button", has_text="4").click()
    expect(ana.locator(".five button", has_text="4")).to_have_attribute("aria-pressed", "true")
    ana.fill("#one-word", "hopeful")
    ana.click("text=Send my word")
    expect(ana.locator("#my-last-word")).to_contain_text("hopeful")
    fits(ana)
    room.does("end_workshop")
    expect(ana.locator("#stage")).to_contain_text("The charter and the report are here")
    with ana.expect_download() as got:
        ana.get_by_role("link", name="Charter, Web page").click()
    assert got.value.suggested_filename.startswith(f"{room.code}-charter")
    fits(ana)


def test_words_that_are_not_sent_outlive_the_stage_and_a_reload(room):
    ana = room.joins()
    room.opens("ideas", 1)
    ana.fill("#text", "Half an idea")
    room.opens("plenary")
    expect(ana.locator("#write")).to_be_visible()
    expect(ana.locator("[data-moved]")).to_be_visible()
    ana.reload()
    expect(ana.locator("#text")).to_have_value("Half an idea")
    ana.click("text=Add idea")
    expect(ana.locator("#write")).to_be_hidden()
    expect(ana.locator("#starring")).to_contain_text("Half an idea")


def test_looking_back_ends_when_the_room_moves_on(room):
    ana = room.joins()
    room.opens("ideas", 1)
    writes(ana, "A single desk")
    room.opens("plenary")
    ana.click("text=Look back at our ideas")
    expect(ana.locator("#write")).to_be_visible()
    room.opens("themes")
    expect(ana.locator("#stage")).to_be_visible()
    expect(ana.locator("#write")).to_be_hidden()


def test_a_thought_for_later_is_kept_from_any_stage(room):
    ana = room.joins()
    room.opens("plenary")
    ana.click("text=Parking lot")
    ana.fill("#park-text", "What about schools?")
    ana.click("text=Keep it for later")
    expect(ana.locator("#park")).to_be_hidden()
    expect(ana.locator("#sum")).to_contain_text("saved")


def test_a_refused_idea_comes_back_into_its_field_with_its_sentence(room):
    ana = room.joins()
    room.opens("ideas", 1)
    ana.fill("#text", "x" * 501)
    ana.click("text=Add idea")
    expect(ana.locator("#refusal")).to_have_text("An idea is 1 to 500 characters; this one is 501.")
    expect(ana.locator("#text")).to_have_value("x" * 501)


def test_ideas_wait_on_the_phone_while_there_is_no_line(room):
    ana = room.joins()
    room.opens("ideas", 1)
    expect(ana.locator("body[data-standing='ideas.1']")).to_be_attached()
    room.cut_off()
    expect(ana.locator("#offline")).to_be_visible()
    ana.fill("#text", "Written in a tunnel")
    ana.click("text=Add idea")
    expect(ana.locator("#waits")).to_contain_text("Written in a tunnel")
    expect(ana.locator("#sum")).to_contain_text("1 waiting")
    room.served.start()
    expect(ana.locator("#my-ideas")).to_contain_text("Written in a tunnel", timeout=15_000)
    expect(ana.locator("#waits li")).to_have_count(0)


def test_where_there_is_little_room_a_tap_lands_on_what_it_was_meant_for(room):
    ana = room.joins(height=420)
    room.opens("ideas", 1)
    ana.fill("#text", "A single desk")
    ana.locator("#lot summary").focus()
    ana.locator("text=Add idea").tap()
    expect(ana.locator("#my-ideas")).to_contain_text("A single desk")
    ana.fill("#text", "Evening hours")
    assert ana.locator(".foot").evaluate("foot => getComputedStyle(foot).position") == "sticky"
    ana.locator("text=Add idea").tap()
    expect(ana.locator("#my-ideas")).to_contain_text("Evening hours")


def test_a_list_that_somebody_chooses_from_is_renewed_under_their_finger_and_their_choice_stays(room):
    ana = room.joins()
    room.opens("ideas", 1)
    writes(ana, "A single desk", "Evening hours", "Voice notes")
    room.themes(ana)
    goals = ana.locator("#better-place")
    goals.focus()
    room.does("make_theme", stage="themes", key="k9", name="Tea for all")
    expect(goals.locator("option", has_text="Tea for all")).to_be_attached()
    expect(goals).to_be_focused()
    goals.select_option(label="One door")
    share, door = (int(goals.locator("option", has_text=name).get_attribute("value")) for name in ("Share what we know", "One door"))
    room.does("rename_theme", stage="themes", theme=share, name="Nearer")
    expect(goals.locator("option", has_text="Nearer")).to_be_attached()
    expect(goals.locator("option:checked")).to_have_text("One door")
    ana.locator("#misplaced").focus()
    room.does("make_theme", stage="themes", key="k10", name="Bread")
    expect(goals.locator("option", has_text="Bread")).to_be_attached()
    expect(goals.locator("option:checked")).to_have_text("One door")
    room.does("close_theme", stage="themes", theme=door)
    expect(ana.locator("#phone-themes")).not_to_contain_text("One door")
    expect(goals.locator("option:checked")).to_have_text("One door")
    ana.click("text=Tell the facilitator")
    expect(ana.locator("#refusal")).to_contain_text("not on the board any more")


@pytest.fixture
def vote(room):
    """A vote on three themes with 4 dots, 2 at most on one; Ana, who wrote the ideas, has not voted."""
    room.ana = room.joins()
    room.opens("ideas", 1)
    writes(room.ana, "A single desk", "Evening hours", "Voice notes")
    room.themes(room.ana)
    room.opens("vote")
    expect(room.ana.locator("#paper [data-option]")).to_have_count(3)
    return room


def test_a_ballot_is_kept_changed_and_counted_whole(vote):
    ana = vote.ana
    expect(ana.locator("#dots-left [data-left]:visible")).to_have_text("4 dots left, at most 2 on one")
    expect(ana.locator(".rules p").first).to_be_visible()
    places(ana, "One door", 2)
    expect(ana.locator(".rules p").first).to_be_hidden()
    expect(ana.locator("#dots-left [data-left]:visible")).to_have_text("2 dots left, at most 2 on one")
    more = dots(ana, "One door").locator("[data-step='1']")
    expect(more).to_have_attribute("aria-disabled", "true")
    more.click(force=True)
    expect(ana.locator("#refusal")).to_contain_text("No more dots go on this one")
    expect(ana.locator("#sum")).to_contain_text("not sent")
    ana.reload()
    expect(dots(ana, "One door").locator(".placed-dots svg")).to_have_count(2)
    sends_dots(ana)
    expect(ana.locator("#sum")).to_contain_text("saved")
    ana.get_by_role("button", name="I'm done").click()
    expect(ana.get_by_role("button", name="I'm done", pressed=True)).to_be_visible()
    expect(vote.console.locator("#turnout")).to_contain_text("1 says: I'm done.")
    dots(ana, "One door").locator("[data-step='-1']").click()
    expect(ana.locator("#sum")).to_contain_text("not sent")
    places(ana, "Share what we know")
    ana.wait_for_timeout(700)
    sends_dots(ana)
    vote.does("close_vote", stage="vote")
    expect(ana.locator("#my-ballot")).to_contain_text("Your last ballot counts: 1, 1.")
    assert ana.locator("#paper").inner_text() == ""


def test_dots_are_placed_with_the_keyboard_alone(vote):
    ana = vote.ana
    dots(ana, "One door").locator("[data-step='1']").focus()
    ana.keyboard.press("Enter")
    ana.keyboard.press("Space")
    expect(dots(ana, "One door").locator(".placed-dots svg")).to_have_count(2)
    ana.keyboard.press("Shift+Tab")
    ana.keyboard.press("Enter")
    ana.keyboard.press("Enter")
    expect(dots(ana, "One door").locator(".placed-dots svg")).to_have_count(0)
    assert ana.evaluate("document.activeElement.dataset.step") == "1"


def test_a_ballot_that_waits_goes_out_by_itself(vote):
    ana = vote.ana
    vote.cut_off()
    expect(ana.locator("#offline")).to_be_visible()
    places(ana, "One door")
    ana.click("text=Send my dots")
    expect(ana.locator("#sum")).to_contain_text("1 waiting")
    vote.served.start()
    expect(ana.locator("#my-ballot")).to_contain_text("Your dots are saved", timeout=15_000)
    expect(dots(ana, "One door").locator(".placed-dots svg")).to_have_count(1)


def test_without_scripts_somebody_with_many_long_ideas_reads_edits_and_withdraws_each(room):
    cat = room.joins(java_script_enabled=False)
    room.opens("ideas", 1)
    seat = "; ".join(f"{c['name']}={c['value']}" for c in cat.context.cookies())
    for n in range(30):
        cat.request.post(f"{room.served.local}/{room.code}/do/submit_idea", form={"idea": f"i{n}", "stage": "ideas", "text": f"Idea {n}, {'क' * 400}"},
                         headers={"Cookie": seat}, max_redirects=0)
    cat.reload()
    expect(cat.locator("#my-ideas li").last).to_contain_text("Idea 29,")
    expect(cat.locator("#my-ideas")).not_to_contain_text("Idea 0,")
    cat.locator("#my-ideas .more a").click()
    expect(cat.locator("main li").last).to_contain_text("Idea 29,")
    cat.click("text=Earlier")
    expect(cat.locator("main li").first).to_contain_text("Idea 0,")
    cat.locator("main li").first.get_by_text("Edit").click()
    cat.fill("#edit-text", "x" * 501)
    cat.click("text=Save")
    expect(cat.get_by_role("alert")).to_contain_text("this one is 501")
    expect(cat.locator("#edit-text")).to_have_value("x" * 501)
    cat.fill("#edit-text", "The first, in better words")
    cat.click("text=Save")
    first = cat.locator("main li", has_text="The first, in better words")
    cat.click("text=Earlier")
    first.get_by_role("button", name="Withdraw").click()
    first.get_by_role("button", name="Put it back").click()
    cat.click("text=Return to")
    expect(cat.locator("#my-ideas li").last).to_contain_text("Idea 29,")


def test_without_scripts_people_join_write_star_and_vote(room):
    cat, ana = room.joins(java_script_enabled=False), room.joins(1)
    expect(cat.locator("#phone-welcome")).to_contain_text("You are in")
    room.opens("ideas", 1)
    cat.reload()
    cat.fill("#text", "x" * 501)
    cat.click("text=Add idea")
    expect(cat.locator("#refusal")).to_contain_text("this one is 501")
    expect(cat.locator("#text")).to_have_value("x" * 501)
    for idea in ("From paper", "And another"):
        cat.fill("#text", idea)
        cat.click("text=Add idea")
        expect(cat.locator("#my-ideas")).to_contain_text(idea)
    writes(ana, "A single desk", "Evening hours", "Voice notes")
    room.opens("ideas", 2)
    cat.reload()
    assert not cat.locator("#write").is_visible()
    cat.locator(".star").first.click()
    expect(cat.locator("#stars-given")).to_contain_text("1 of 3 starred")
    cat.click("text=Look back at our ideas")
    expect(cat.locator("#behind")).to_be_visible()
    expect(cat.locator("#my-ideas")).to_contain_text("From paper")
    room.themes(ana)
    room.opens("vote")
    cat.goto(cat.url.partition("?")[0])
    cat.get_by_role("link", name="Place your dots").click()
    field = cat.get_by_role("spinbutton", name="One door")
    field.fill("3")
    cat.get_by_role("button", name="Send my dots").click()
    expect(cat.get_by_role("alert")).to_contain_text("At most 2 dots go on one")
    expect(field).to_have_value("3")
    field.fill("2")
    cat.get_by_role("button", name="Send my dots").click()
    expect(field).to_have_value("2")
    cat.click("text=Return to")
    expect(cat.locator("#my-ballot")).to_contain_text("Your dots are saved")
    cat.get_by_role("link", name="Place your dots").click()
    expect(field).to_have_value("2")


@pytest.mark.parametrize("look", [{"width": 320, "height": 568}, {"color_scheme": "dark"}, {"forced_colors": "active"}], ids=["320 px", "dark", "forced colours"])
def test_every_phone_can_read_it(room, look):
    ana = room.joins(**look)
    fits(ana)
    room.opens("ideas", 1)
    writes(ana, "https://example.org/" + "a" * 90, "Evening hours", "Voice notes")
    fits(ana)
    room.opens("ideas", 2)
    fits(ana)
    room.themes(ana)
    fits(ana)
    room.opens("vote")
    places(ana, "One door", 2)
    fits(ana)


def test_twice_the_text_size_scrolls_nothing_sideways(vote):
    cdp = vote.ana.context.new_cdp_session(vote.ana)
    cdp.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    assert vote.ana.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    places(vote.ana, "One door", 2)
    fits(vote.ana)


def test_the_first_load_is_light(room):
    room.opens("ideas", 1)
    sizes = []
    phone = room._people("/", 360, 740)
    cdp = phone.context.new_cdp_session(phone)
    cdp.send("Network.enable")
    cdp.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    phone.goto(f"{room.served.url}/{room.code}")
    phone.click(f"text={SIDES[0]}")
    phone.click("text=Join")
    expect(phone.locator("body[data-live=yes]")).to_be_attached()
    assert 20_000 < sum(sizes) < 100_000
    assert len(phone.content().encode()) < 60_000


def test_an_author_says_on_the_phone_that_an_idea_belongs_elsewhere(room):
    ana = room.joins(0)
    room.opens("ideas", 1)
    writes(ana, "A single desk", "Evening hours", "Voice notes")
    room.themes(ana)
    idea, form = ana.locator("#my-places .idea", has_text="A single desk"), ana.locator("#in-the-wrong-place")
    choice = form.get_by_label("Where would it be better?")
    expect(choice.locator("option")).to_have_count(5)
    idea.get_by_text("Not here?").click()
    fits(ana)
    expect(choice).to_be_focused()
    expect(form.get_by_label("This idea").locator("option:checked")).to_have_text("A single desk")
    expect(choice.locator("option")).to_have_text(["Choose", "Go to where people are", "Share what we know", "One door", "In none of these"])
    choice.blur()
    room.does("make_theme", stage="themes", key="k9", name="Letters")
    expect(choice.locator("option")).to_have_text(["Choose", "Go to where people are", "Share what we know", "One door", "Letters", "In none of these"])
    choice.select_option(label="One door")
    form.get_by_role("button", name="Tell the facilitator").click()
    expect(idea).to_contain_text("You said: rather in “One door”.")
    flag = room.console.locator("#board-flags li")
    expect(flag).to_contain_text("1 person says so")
    fits(room.console)
    idea.get_by_role("button", name="Take that back").click()
    expect(flag).to_have_count(0)
    idea.get_by_text("Not here?").click()
    choice.select_option(label="One door")
    form.get_by_role("button", name="Tell the facilitator").click()
    flag.get_by_role("button", name="Move it").click()
    expect(idea.locator(".row").first).to_contain_text("One door")
    expect(flag).to_have_count(0)
    expect(idea.get_by_text("Not here?")).to_be_visible()
