"""The board in Chromium: ideas and themes are dragged by mouse and finger, found, and selected, and nothing jumps meanwhile."""
import pytest
from playwright.sync_api import expect

from tests.test_console import Room, facilitate, opened, up_to
from workshop.state import Suggestion

pytestmark = pytest.mark.browser
TEXTS = """() => Object.fromEntries([...document.querySelectorAll("#board [role=listbox]")].map((list) =>
    [list.getAttribute("aria-labelledby"), [...list.querySelectorAll("[data-idea]")].map((idea) => idea.textContent)]))"""
MARKS = "() => [...document.querySelectorAll('#board .region')].map((region) => region.dataset.mark)"


@pytest.fixture
def room(served):
    """A board of three themes with three ideas each, and three in the tray, to which nobody has anything to suggest."""
    return Room(served).filled(sorted_by_hand)


def sorted_by_hand(session):
    up_to("board")(session)
    nothing_suggested(session)


def nothing_suggested(session):
    suggestion = Suggestion({}, {}, {}, {}, {}, {}, "shared words", session.state.boards["themes"].asked)
    session.do("suggest_themes", "server", "server", stage="themes", suggestion=suggestion)
    facilitate(session, "discard_suggestion", stage="themes")


def ideas(page, where: str):
    """The ideas of a theme's number, or of the tray."""
    return page.locator("#board-tray [data-idea]" if where == "tray" else f"#theme-{where} [data-idea]")


def middle(target) -> tuple[float, float]:
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def lifts(page, what, onto=None) -> None:
    """Take *what* with the mouse and hold it over *onto*, a place or a point."""
    x, y = middle(what)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 8, y + 8)
    if onto:
        page.mouse.move(*(onto if isinstance(onto, tuple) else middle(onto)), steps=4)


class Finger:
    """One finger on the glass."""

    def __init__(self, page) -> None:
        self._page, self._devtools = page, page.context.new_cdp_session(page)

    def _touch(self, kind: str, *points) -> None:
        self._devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})

    def presses(self, what, rests: int = 400) -> tuple[float, float]:
        x, y = middle(what)
        self._touch("touchStart", (x, y))
        self._page.wait_for_timeout(rests)
        return x, y

    def slides(self, start: tuple[float, float], to: tuple[float, float], steps: int = 6) -> None:
        for n in range(1, steps + 1):
            self._touch("touchMove", tuple(a + (b - a) * n / steps for a, b in zip(start, to)))
            self._page.wait_for_timeout(20)

    def lets_go(self) -> None:
        self._touch("touchEnd")


def until(page, holds) -> None:
    for _try in range(100):
        if holds():
            return
        page.wait_for_timeout(50)
    raise AssertionError("It never came to that.")


def same_as_reloaded(page) -> bool:
    """Whether the board stands as a fresh load would show it."""
    page.wait_for_timeout(300)
    before = page.evaluate(TEXTS), page.evaluate(MARKS)
    page.reload()
    expect(page.locator("body")).to_have_attribute("data-live", "yes")
    return before == (page.evaluate(TEXTS), page.evaluate(MARKS))


def test_an_idea_is_dragged_out_of_the_tray_onto_a_theme_and_every_console_shows_it(room, people):
    page, other = room.console(people), room.console(people, name="Bo")
    words = ideas(page, "tray").first.locator("[dir]").inner_text()
    lifts(page, ideas(page, "tray").first, page.locator("#theme-1 h3"))
    expect(page.locator("#carried")).to_contain_text(words)
    expect(page.locator("#carried")).to_contain_text("Move to One door, one form")
    expect(page.locator("#theme-1")).to_have_class("theme goal")
    page.mouse.up()
    for console in (page, other):
        expect(ideas(console, "1")).to_have_count(4)
        expect(ideas(console, "1").filter(has_text=words)).to_have_attribute("aria-selected", "false")
    expect(page.locator("#carried")).to_be_hidden()
    expect(page.locator("#board-news")).to_have_text("1 idea moved to One door, one form.")
    assert same_as_reloaded(page)


def test_all_that_is_selected_is_dragged_along_and_back_into_the_tray(room, people):
    page = room.console(people)
    ideas(page, "0").first.click()
    ideas(page, "1").first.click()
    ideas(page, "1").nth(1).click()
    lifts(page, ideas(page, "1").first, page.locator("#tray-name"))
    expect(page.locator("#carried [data-many]")).to_have_text("3")
    expect(page.locator(".dragged")).to_have_count(3)
    page.mouse.up()
    expect(ideas(page, "tray")).to_have_count(6)
    expect(page.locator("#board-news")).to_have_text("3 ideas put back in the tray.")
    expect(page.locator("#selected")).to_be_hidden()


def test_an_idea_that_is_not_selected_is_dragged_alone(room, people):
    page = room.console(people)
    ideas(page, "0").first.click()
    lifts(page, ideas(page, "1").first, page.locator("#theme-2 h3"))
    page.mouse.up()
    expect(ideas(page, "2")).to_have_count(4)
    expect(ideas(page, "0")).to_have_count(3)
    expect(page.locator("#selected")).to_contain_text("1 selected")


def test_a_drag_is_given_up_with_escape_or_where_nothing_takes_it(room, people):
    page = room.console(people)
    lifts(page, ideas(page, "0").first, page.locator("#theme-1 h3"))
    page.keyboard.press("Escape")
    expect(page.locator("#carried")).to_be_hidden()
    page.mouse.up()
    for nowhere in (page.locator("#theme-0 h3"), page.locator(".title"), page.locator("#stage-rail")):
        lifts(page, ideas(page, "0").first, nowhere)
        expect(page.locator(".goal")).to_have_count(0)
        page.mouse.up()
    expect(page.locator("#selected")).to_be_hidden()
    assert [ideas(page, where).count() for where in ("0", "1", "2", "tray")] == [3, 3, 3, 3]
    ideas(page, "0").first.click()
    expect(page.locator("#selected")).to_contain_text("1 selected")


def test_dropping_on_an_empty_place_offers_a_new_theme(room, people):
    page = room.console(people)
    box = page.locator(".shelves").bounding_box()
    lifts(page, ideas(page, "tray").first, (box["x"] + box["width"] - 60, box["y"] + box["height"] - 80))
    expect(page.locator("#carried")).to_contain_text("New theme")
    page.mouse.up()
    page.get_by_role("textbox", name="Name").fill("Clinics")
    page.keyboard.press("Enter")
    expect(ideas(page, "3")).to_have_count(1)
    expect(ideas(page, "tray")).to_have_count(2)
    expect(page.locator("#board-news")).to_have_text("Clinics is a theme now.")


def test_a_theme_is_dragged_by_its_head_into_another_which_is_named_first(room, people):
    page = room.console(people)
    lifts(page, page.locator("#theme-0-name"), page.locator("#tray-name"))
    expect(page.locator(".goal")).to_have_count(0)
    page.mouse.move(*middle(page.locator("#theme-2 [data-idea]").first))
    expect(page.locator("#carried")).to_contain_text("Merge into Be understood")
    page.mouse.up()
    expect(page.locator("#theme-0")).to_have_count(0)
    expect(ideas(page, "2")).to_have_count(6)
    expect(page.locator("#board-news")).to_have_text("Merged into Be understood.")


def test_a_finger_that_rests_drags_and_one_that_swipes_scrolls(served, people):
    page = Room(served).filled(lambda session: crowd(session, 60)).console(people, 768, 1024, has_touch=True)
    finger, shelves = Finger(page), page.locator(".shelves")
    start = finger.presses(ideas(page, "0").nth(5), rests=20)
    finger.slides(start, (start[0], start[1] - 200))
    finger.lets_go()
    page.wait_for_timeout(200)
    assert shelves.evaluate("box => box.scrollTop") > 40
    shelves.evaluate("box => box.scrollTo(0, 0)")
    before = ideas(page, "1").count()
    start = finger.presses(ideas(page, "0").nth(1))
    expect(page.locator("#carried")).to_be_visible()
    finger.slides(start, middle(page.locator("#theme-1 h3")))
    expect(page.locator("#carried")).to_contain_text("Move to Theme 1")
    finger.lets_go()
    expect(ideas(page, "1")).to_have_count(before + 1)
    assert shelves.evaluate("box => box.scrollTop") == 0
    expect(page.locator("#selected")).to_be_hidden()
    ideas(page, "0").first.tap()
    expect(page.locator("#selected")).to_contain_text("1 selected")


def test_near_an_edge_the_shelves_scroll_under_what_is_carried(served, people):
    page = Room(served).filled(lambda session: crowd(session, 80)).console(people)
    shelves = page.locator(".shelves")
    box = shelves.bounding_box()
    lifts(page, ideas(page, "0").first, (box["x"] + 100, box["y"] + box["height"] - 6))
    until(page, lambda: shelves.evaluate("box => box.scrollTop") > 200)
    page.mouse.move(box["x"] + 100, box["y"] + 4)
    until(page, lambda: shelves.evaluate("box => box.scrollTop") == 0)
    page.keyboard.press("Escape")
    page.mouse.up()


def test_what_others_do_during_a_drag_is_shown_when_it_ends_and_not_before(room, people):
    page, other = room.console(people), room.console(people, name="Bo")
    lifts(page, ideas(page, "0").first, page.locator("#theme-2 h3"))
    for theme in ("1", "2"):
        ideas(other, "tray").first.focus()
        other.keyboard.press("m")
        other.keyboard.press("b" if theme == "1" else "c")
        expect(ideas(other, theme)).to_have_count(4)
    other.locator("#theme-1 [data-idea]").first.focus()
    other.keyboard.press("r")
    other.get_by_role("textbox", name="Name").fill("One desk")
    other.keyboard.press("Enter")
    expect(other.locator("#theme-1 h3")).to_have_text("One desk")
    page.wait_for_timeout(300)
    expect(ideas(page, "tray")).to_have_count(3)
    expect(page.locator("#theme-1 h3")).to_have_text("One door, one form")
    page.mouse.up()
    expect(ideas(page, "tray")).to_have_count(1)
    expect(ideas(page, "2")).to_have_count(5)
    expect(page.locator("#theme-1 h3")).to_have_text("One desk")
    assert same_as_reloaded(page)


def test_a_whole_hour_of_moves_during_a_drag_is_caught_up_with(room, people):
    page, other = room.console(people), room.console(people, name="Bo")
    lifts(page, ideas(page, "0").first, page.locator("#theme-2 h3"))
    for n in range(3):
        for where, key, there in (("tray", "b", 4), ("1", "0", 3)):
            ideas(other, where).first.focus()
            other.keyboard.press("m")
            other.keyboard.press(key)
            expect(ideas(other, "1")).to_have_count(there)
            other.wait_for_timeout(300)
    expect(page.locator("#board .new")).to_have_count(0)
    page.mouse.up()
    expect(ideas(page, "2")).to_have_count(4)
    assert same_as_reloaded(page)


def test_a_server_that_restarts_during_a_drag_leaves_the_page_as_a_fresh_load(alone, people):
    people.cut = True
    room = Room(alone).filled(sorted_by_hand)
    page, other = room.console(people), room.console(people, name="Bo")
    lifts(page, ideas(page, "0").first, page.locator("#theme-2 h3"))
    ideas(other, "tray").first.focus()
    other.keyboard.press("m")
    other.keyboard.press("b")
    expect(ideas(other, "1")).to_have_count(4)
    alone.kill()
    alone.start()
    expect(page.locator("body")).to_have_attribute("data-live", "yes", timeout=15_000)
    page.wait_for_timeout(500)
    expect(ideas(page, "1")).to_have_count(3)
    page.mouse.up()
    expect(ideas(page, "1")).to_have_count(4)
    expect(ideas(page, "2")).to_have_count(4)
    assert same_as_reloaded(page)


def test_nothing_can_be_dragged_once_the_vote_has_opened(served, people):
    def fill(session):
        sorted_by_hand(session)
        opened(session, "vote")
        opened(session, "themes")
    page = Room(served).filled(fill).console(people)
    lifts(page, ideas(page, "0").first, page.locator("#theme-1 h3"))
    expect(page.locator("#carried")).to_be_hidden()
    page.mouse.up()


def test_a_drop_that_is_refused_says_why(room, people):
    page, other = room.console(people), room.console(people, name="Bo")
    lifts(page, ideas(page, "0").first, page.locator("#theme-2 h3"))
    other.get_by_label("Menu of Be understood").click()
    other.locator("#theme-2").get_by_role("button", name="Close: ideas go to the tray").click()
    expect(other.locator("#theme-2")).to_have_count(0)
    page.mouse.up()
    expect(page.locator("#refusal")).to_contain_text("That theme is not on the board any more.")
    expect(page.locator("#theme-2")).to_have_count(0)


def test_the_selection_grows_and_shrinks_with_shift_and_takes_a_whole_theme(room, people):
    page = room.console(people)
    ideas(page, "0").first.focus()
    for key, n in (("Shift+ArrowDown", 2), ("Shift+ArrowDown", 3), ("Shift+ArrowUp", 2), ("Control+a", 3)):
        page.keyboard.press(key)
        expect(page.locator("#selected")).to_contain_text(f"{n} selected")
    page.keyboard.press("Escape")
    expect(page.locator("#selected")).to_be_hidden()
    ideas(page, "1").first.click()
    ideas(page, "1").nth(2).click(modifiers=["Shift"])
    expect(page.locator("#selected")).to_contain_text("3 selected")
    ideas(page, "2").first.click(modifiers=["Shift"])
    expect(page.locator("#selected")).to_contain_text("4 selected")


def test_a_theme_is_split_with_the_keyboard_and_it_is_said(room, people):
    page = room.console(people)
    ideas(page, "0").first.focus()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("n")
    page.get_by_role("textbox", name="Name").fill("On market days")
    page.keyboard.press("Enter")
    expect(ideas(page, "3")).to_have_count(2)
    expect(ideas(page, "0")).to_have_count(1)
    expect(page.locator("#board-news")).to_have_text("On market days is a theme now.")
    ideas(page, "3").first.focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("m")
    page.keyboard.press("0")
    expect(page.locator("#board-news")).to_have_text("2 ideas put back in the tray.")


def test_ideas_are_found_without_their_accents_and_all_selected(room, people):
    page, other = room.console(people), room.console(people, name="Bo")
    page.keyboard.press("/")
    page.keyboard.type("ÛNE pörte")
    expect(page.locator("#found")).to_have_text("1 found")
    expect(page.locator("[data-idea]:visible")).to_contain_text(["Une seule porte"])
    assert page.evaluate("[...CSS.highlights.get('found')].map(String)") == ["Une", "porte"]
    page.get_by_label("Find on the board").fill("on")
    n = page.locator("[data-idea]:visible").count()
    expect(page.locator("#found")).to_have_text(f"{n} found")
    ideas(other, "tray").first.focus()
    other.keyboard.press("m")
    other.keyboard.press("b")
    expect(page.locator("#theme-1 .theme-head b")).to_have_text("4")
    expect(page.locator("[data-idea]:visible")).to_have_count(n)
    page.keyboard.press("Enter")
    expect(page.locator("#selected")).to_contain_text(f"{n} selected")
    page.keyboard.press("m")
    page.keyboard.press("c")
    expect(ideas(page, "2").filter(visible=True)).to_have_count(n)
    page.keyboard.press("/")
    page.keyboard.press("Escape")
    expect(page.locator("[data-idea]:visible")).to_have_count(12)
    expect(page.locator("#found")).to_have_text("")
    page.keyboard.press("Escape")
    expect(page.locator("[data-idea]:focus")).to_have_count(1)


def test_arrows_and_drags_follow_the_page_from_right_to_left(room, people):
    page = room.console(people)
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert middle(page.locator("#theme-0 h3"))[0] > middle(page.locator("#theme-1 h3"))[0]
    ideas(page, "0").first.focus()
    page.keyboard.press("ArrowLeft")
    expect(ideas(page, "1").first).to_be_focused()
    lifts(page, ideas(page, "1").first, page.locator("#theme-0 h3"))
    page.mouse.up()
    expect(ideas(page, "0")).to_have_count(4)


@pytest.mark.slow
def test_a_drag_goes_as_a_plain_post_where_no_socket_comes_through(room, people):
    people.cut = True
    page = room.console(people)
    page.context.route("**/socket.io/?*", lambda route: route.abort("connectionrefused"))
    page.context.route_web_socket("**/socket.io/?*", lambda line: line.close())
    page.reload()
    expect(page.locator("[data-line=slow]")).to_be_visible(timeout=20_000)
    lifts(page, ideas(page, "0").first, page.locator("#theme-1 h3"))
    page.mouse.up()
    expect(ideas(page, "1")).to_have_count(4, timeout=10_000)


@pytest.mark.parametrize("width", [1280, 768, 320])
def test_the_board_is_readable_by_everybody_while_searched_and_dragged(width, room, people, accessible):
    page = room.console(people, width, 900)
    page.get_by_label("Find on the board").fill("on")
    page.keyboard.press("Enter")
    accessible(page)
    if width > 640:
        lifts(page, page.locator("[data-idea]:visible").first, page.locator("#theme-2 h3"))
        accessible(page)
        page.keyboard.press("Escape")
        page.mouse.up()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_phone_ideas_are_found_in_folded_themes_and_moved_by_menu(room, people):
    page = room.console(people, 390, 780, has_touch=True)
    expect(page.locator("#theme-0 [data-idea]:visible")).to_have_count(0)
    page.get_by_label("Find on the board").fill("saturdays")
    page.locator("[data-idea]:visible").tap()
    page.get_by_role("button", name="Move to ...").tap()
    page.get_by_role("button", name="Tray").tap()
    expect(page.locator("#board-tray [data-idea]:visible")).to_have_count(1)
    page.get_by_label("Find on the board").fill("")
    expect(ideas(page, "tray")).to_have_count(4)


def crowd(session, n: int, themes: int = 4) -> None:
    """A board of *n* ideas in *themes* themes."""
    up_to("welcome")(session)
    opened(session, "tables")
    opened(session, "ideas", 1)
    for i in range(n):
        session.do("submit_idea", f"p{i % 12}", "participant", idea=f"i{i}", text=f"Idea {i}: a desk in every village on market days", stage="ideas")
    opened(session, "themes")
    for theme in range(themes):
        facilitate(session, "make_theme", stage="themes", key=f"k{theme}", name=f"Theme {theme}", ideas=[f"i{i}" for i in range(theme, n, themes)])
    nothing_suggested(session)


def test_no_idea_shows_above_the_head_of_its_theme_while_the_shelves_scroll(served, people):
    page = Room(served).filled(lambda session: crowd(session, 80)).console(people)
    page.locator(".shelves").evaluate("box => box.scrollTo(0, 120)")
    assert page.evaluate("""() => { const { left, top } = document.querySelector('.shelves').getBoundingClientRect();
        const { x, width } = document.getElementById('theme-0-name').getBoundingClientRect();
        return Boolean(document.elementFromPoint(x + width / 2, top + 3).closest('.theme-head')); }""")


def test_what_is_selected_next_in_the_tray_is_not_behind_the_panel_of_what_is_selected(served, people):
    def fill(session):
        crowd(session, 40)
        for theme in range(3):
            facilitate(session, "close_theme", stage="themes", theme=theme)
    page = Room(served).filled(fill).console(people, 1440, 900)
    ideas(page, "tray").first.focus()
    for n in range(2, 26):
        page.keyboard.press("Shift+ArrowDown")
        expect(page.locator("#selected")).to_contain_text(f"{n} selected")
        assert page.evaluate("""() => { const { left, top, bottom } = document.activeElement.getBoundingClientRect();
            return document.activeElement.contains(document.elementFromPoint(left + 10, (top + bottom) / 2)); }"""), n


def shown_at(page, what) -> float:
    return what.evaluate("node => Math.round(node.getBoundingClientRect().top)")


def test_a_theme_whose_head_stands_at_the_upper_edge_takes_what_is_dropped_on_it(served, people):
    page = Room(served).filled(lambda session: crowd(session, 120, themes=8)).console(people, 1366, 768)
    shelves = page.locator(".shelves")
    shelves.evaluate("box => box.scrollBy(0, document.getElementById('theme-4').getBoundingClientRect().top - box.getBoundingClientRect().top + 200)")
    line, head = page.locator("#theme-5 [data-idea]").nth(8), page.locator("#theme-4 h3")
    middle(line)
    stood, box = shelves.evaluate("box => box.scrollTop"), head.bounding_box()
    lifts(page, line, (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2))
    page.wait_for_timeout(800)
    expect(page.locator("#carried")).to_contain_text("Move to Theme 4")
    assert shelves.evaluate("box => box.scrollTop") == stood
    page.mouse.up()
    expect(ideas(page, "4")).to_have_count(16)


def test_a_drop_near_an_edge_goes_where_it_was_aimed_at_since_the_shelves_scroll_only_for_who_lingers(served, people):
    page = Room(served).filled(lambda session: crowd(session, 80)).console(people)
    shelves = page.locator(".shelves")
    box = shelves.bounding_box()
    lifts(page, ideas(page, "0").first, (box["x"] + box["width"] / 2 - 60, box["y"] + box["height"] - 8))
    goal = page.locator(".goal").get_attribute("data-theme-id")
    page.wait_for_timeout(100)
    page.mouse.up()
    expect(ideas(page, goal)).to_have_count(21)
    assert shelves.evaluate("box => box.scrollTop") == 0


def test_an_idea_that_somebody_else_moves_while_a_finger_rests_on_it_is_dragged_all_the_same(room, people):
    page, other = room.console(people, 1024, 768, has_touch=True), room.console(people, name="Bo")
    finger = Finger(page)
    ideas(other, "0").first.click()
    other.keyboard.press("m")
    expect(other.locator("#move-sheet")).to_be_visible()
    page.clock.install()
    start = finger.presses(ideas(page, "0").first, rests=0)
    other.keyboard.press("b")
    expect(ideas(page, "0")).to_have_count(2)
    page.clock.run_for(300)
    expect(page.locator("#carried")).to_be_visible()
    finger.slides(start, middle(page.locator("#theme-2 h3")))
    expect(page.locator("#carried")).to_contain_text("Move to Be understood")
    finger.lets_go()
    expect(ideas(page, "2")).to_have_count(4)
    expect(ideas(page, "1")).to_have_count(3)


def test_a_mouse_whose_button_was_let_go_elsewhere_drags_again(room, people):
    page = room.console(people)
    page.locator("#theme-0 [data-idea]").first.evaluate("""idea => idea.dispatchEvent(new PointerEvent("pointerdown",
        { pointerId: 1, pointerType: "mouse", isPrimary: true, button: 0, bubbles: true, clientX: 400, clientY: 400 }))""")
    lifts(page, ideas(page, "1").first, page.locator("#theme-2 h3"))
    page.mouse.up()
    expect(ideas(page, "2")).to_have_count(4)
    expect(ideas(page, "1")).to_have_count(2)


def test_marked_words_are_not_dragged_in_place_of_an_idea(room, people):
    page = room.console(people)
    page.evaluate("getSelection().selectAllChildren(document.body)")
    lifts(page, ideas(page, "0").first, page.locator("#theme-1 h3"))
    page.mouse.up()
    expect(ideas(page, "1")).to_have_count(4)


@pytest.mark.parametrize("looks", ["pointer", "focus"])
def test_what_is_looked_at_stays_where_it_is_while_others_move_what_stands_above(looks, served, people):
    room = Room(served).filled(lambda session: crowd(session, 80))
    page, other = room.console(people), room.console(people, name="Bo")
    line = ideas(page, "2").nth(12)
    page.locator(".shelves").evaluate("box => box.scrollTo(0, 240)")
    if looks == "pointer":
        page.mouse.move(*middle(line))
    else:
        line.focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowUp")
    stood, line = shown_at(page, line), page.locator(f"#{line.get_attribute('id')}")
    for theme, key in (("2", "0"), ("2", "a"), ("1", "c"), ("0", "0")):
        ideas(other, theme).first.focus()
        other.keyboard.press("m")
        other.keyboard.press(key)
        other.wait_for_timeout(300)
    expect(page.locator("#theme-2 .theme-head b")).to_have_text("19")
    expect(page.locator("#theme-0 .theme-head b")).to_have_text("20")
    assert abs(shown_at(page, line) - stood) <= 2   # half pixels


def test_a_drag_over_a_theme_that_is_only_suggested_says_what_to_do_first(served, people):
    def fill(session):
        sorted_by_hand(session)
        facilitate(session, "ask_suggestion", stage="themes")
        suggestion = Suggestion({"i9": 7, "i10": 7}, {7: "Radio & letters"}, {}, {}, {}, {}, "shared words", session.state.boards["themes"].asked)
        session.do("suggest_themes", "server", "server", stage="themes", suggestion=suggestion)
    page = Room(served).filled(fill).console(people)
    lifts(page, ideas(page, "0").first, page.locator(".suggested h3"))
    expect(page.locator("#carried")).to_contain_text("Accept this theme first")
    page.mouse.up()
    expect(ideas(page, "0")).to_have_count(3)


def test_a_suggestion_that_comes_leaves_lists_at_their_top_where_nobody_looks_into_them(served, people):
    def fill(session):
        crowd(session, 80)
        facilitate(session, "make_theme", stage="themes", key="last", name="Last", ideas=["i3"])
    page = Room(served).filled(fill).console(people)
    page.get_by_role("button", name="Suggest again").click()
    page.get_by_role("button", name="Suggest", exact=True).click()
    expect(page.locator(".suggestion")).to_be_visible(timeout=20_000)
    page.wait_for_timeout(200)
    assert page.evaluate("document.querySelector('.shelves').scrollTop") == 0


# What lies behind the button of a shelf or below it.
UNSEEN = """shelf => { const end = shelf.querySelector("[data-below]").getBoundingClientRect().top;
    return [...shelf.querySelectorAll(".idea")].filter((idea) => idea.getBoundingClientRect().bottom > end + 1).map((idea) => idea.id); }"""


def test_each_shelf_says_how_many_ideas_are_below_and_goes_there(served, people):
    page = Room(served).filled(lambda session: crowd(session, 80, themes=3)).console(people, 1366, 768)
    shelf = page.locator("[data-shelf='0']")
    more, unseen = shelf.locator("[data-below]"), shelf.evaluate(UNSEEN)
    assert len(unseen) > 5
    expect(more).to_have_text(f"{len(unseen)} more below")
    expect(page.locator("[data-shelf='3'] [data-below]")).to_be_hidden()
    more.focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#{unseen[0]}")).to_be_focused()
    expect(page.locator(f"#{unseen[0]}")).to_be_in_viewport(ratio=1)
    assert not more.is_visible() or len(shelf.evaluate(UNSEEN)) < len(unseen)
    page.locator(".shelves").evaluate("box => { box.scrollTop = box.scrollHeight; }")
    for n in range(4):
        expect(page.locator(f"[data-shelf='{n}'] [data-below]")).to_be_hidden()


def test_what_is_below_is_counted_again_when_others_move_ideas_and_when_one_searches(served, people):
    room = Room(served).filled(lambda session: crowd(session, 80, themes=3))
    page = room.console(people, 1366, 768)
    shelf = page.locator("[data-shelf='0']")
    more, unseen = shelf.locator("[data-below]"), shelf.evaluate(UNSEEN)
    gone = unseen[-1].removeprefix("at-")
    tom = room.console(people, name="Tom")
    tom.locator(f"[data-idea={gone}]").click()
    tom.keyboard.press("m")
    tom.get_by_role("dialog").get_by_role("button", name="Theme 1").click()
    expect(more).to_have_text(f"{len(unseen) - 1} more below")
    page.locator("#find").fill("Idea 3:")
    expect(more).to_be_hidden()


def test_the_arrows_stand_on_no_idea_behind_what_is_said_below_it(served, people):
    page = Room(served).filled(lambda session: crowd(session, 80, themes=3)).console(people, 1366, 768)
    ideas(page, 0).first.focus()
    for _ in range(14):
        page.keyboard.press("ArrowDown")
        stands = page.evaluate("document.activeElement.getBoundingClientRect().bottom")
        more = page.locator("[data-shelf='0'] [data-below]")
        assert not more.is_visible() or stands <= more.bounding_box()["y"] + 1


def test_on_a_phone_the_page_itself_says_what_is_below(served, people):
    page = Room(served).filled(lambda session: crowd(session, 80, themes=3)).console(people, 360, 740)
    page.get_by_label("Show the ideas of Theme 0").click()
    assert page.locator("[data-below]:visible").count() == 0


def test_a_card_far_down_a_shelf_makes_the_page_no_longer(served, people):
    def fill(session):
        crowd(session, 80)
        facilitate(session, "fold_ideas", stage="themes", ideas=["i72"], into="i76")
    page = Room(served).filled(fill).console(people)
    expect(page.locator("#board .behind-it")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollHeight - document.body.offsetHeight") <= 0


def test_on_a_phone_a_full_tray_leaves_the_themes_in_sight_and_an_open_theme_has_a_minus(served, people):
    def fill(session):
        crowd(session, 60)
        for theme in range(3):
            facilitate(session, "close_theme", stage="themes", theme=theme)
    page = Room(served).filled(fill).console(people, 360, 740, has_touch=True)
    page.locator("#tray-name").evaluate("node => node.scrollIntoView()")
    expect(page.locator("#theme-3 h3")).to_be_in_viewport()
    sign = page.locator("#theme-3 [data-unfolds] use")
    for href in ("#i-minus", "#i-plus"):
        page.get_by_label("Show the ideas of Theme 3").tap()
        expect(sign).to_have_attribute("href", href)


def test_the_board_stays_where_it_is_when_the_last_step_has_a_long_name(served, people):
    def fill(session):
        sorted_by_hand(session)
        facilitate(session, "rename_theme", stage="themes", theme=0, name="Commemorations, national holidays and whatever else is named")
        facilitate(session, "rename_theme", stage="themes", theme=1, name="Short")
    page = Room(served).filled(fill).console(people, 1440, 900)
    tops = []
    for theme, says in (("0", "Commemorations"), ("1", "Short")):
        lifts(page, ideas(page, "tray").first, page.locator(f"#theme-{theme} h3"))
        page.mouse.up()
        expect(page.locator(".last-step")).to_contain_text(says)
        tops.append(shown_at(page, page.locator("#board")))
    assert tops[0] == tops[1]
