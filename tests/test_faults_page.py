"""What goes wrong between a phone in somebody's hand and the server, in a real browser."""
import json

import pytest
from playwright.sync_api import expect

from tests.test_faults_wire import said
from tests.test_phone import Room, writes

pytestmark = pytest.mark.browser
AWAY = 20_000


@pytest.fixture
def room(served, people):
    room = Room(served, people)
    room.opens("ideas", 1)
    people.cut = True
    return room


def ideas(room) -> list[str]:
    """The words of all ideas in the journal, in their order."""
    return said(room.served, room.code, "text")


def sends(phone, *words: str) -> None:
    for text in words:
        phone.fill("#text", text)
        phone.click("text=Add idea")


def all_saved(phone) -> None:
    expect(phone.locator("#sum [data-when=saved]")).to_be_visible(timeout=AWAY)


def test_where_websockets_are_blocked_polling_does(room, browser):
    phone = room.joins()
    phone.add_init_script("window.WebSocket = class { constructor() { setTimeout(() => { this.onerror?.(new Event('error')); this.onclose?.({ code: 1006 }); }); } close() {} }")
    phone.reload()
    expect(phone.locator("body[data-live=yes]")).to_be_attached()
    assert phone.evaluate("import(document.querySelector('script[type=module]').src.replace(/[^/]*$/, 'wire.js')).then((w) => w.socket.io.engine.transport.name)") == "polling"
    writes(phone, "By polling")
    other = room.joins(1)
    writes(other, "By socket")
    assert ideas(room) == ["By polling", "By socket"]


def test_where_no_socket_comes_through_plain_posts_do(room):
    phone = room.joins()
    phone.route("**/socket.io/?*", lambda route: route.abort("connectionrefused"))
    phone.route_web_socket("**/socket.io/**", lambda ws: ws.close())
    phone.reload()
    expect(phone.locator("#offline")).to_be_visible()
    sends(phone, "First by post", "Second by post")
    expect(phone.locator("#sum")).to_contain_text("2 waiting")
    expect(phone.locator("#my-ideas")).to_contain_text("Second by post", timeout=AWAY)
    expect(phone.locator("#offline")).to_contain_text("This network lets little through")
    assert ideas(room) == ["First by post", "Second by post"]
    sends(phone, "x" * 501)
    expect(phone.locator("#refusal")).to_contain_text("this one is 501")
    room.opens("plenary")
    expect(phone.locator("body[data-kind=plenary]")).to_be_attached(timeout=AWAY)


def test_two_tabs_of_one_phone_do_not_fight(room, people):
    one = room.joins()
    two = people(f"/{room.code}", beside=one)
    room.cut_off()
    expect(one.locator("#offline")).to_be_visible()
    expect(two.locator("#offline")).to_be_visible()
    sends(one, "One", "Two")
    sends(two, "Three")
    sends(one, "Four")
    expect(two.locator("#sum")).to_contain_text("4 waiting")
    room.served.start()
    for tab in (one, two):
        expect(tab.locator("#waits li")).to_have_count(0, timeout=AWAY)
        expect(tab.locator("#my-ideas")).to_contain_text("Four", timeout=AWAY)
    assert ideas(room) == ["One", "Two", "Three", "Four"]


def test_ten_ideas_that_wait_go_out_once_each_and_in_order(room):
    phone = room.joins()
    room.cut_off()
    expect(phone.locator("#offline")).to_be_visible()
    words = [f"Idea number {n}" for n in range(10)]
    sends(phone, *words)
    room.served.start()
    expect(phone.locator("#my-ideas")).to_contain_text(words[-1], timeout=AWAY)
    all_saved(phone)
    assert ideas(room) == words


class Between:
    """Stands between a phone and the server, and lets its *rule* change or swallow (None) what the server says."""

    def __init__(self, phone) -> None:
        self.rule, self.up, self.asked, self.lines = (lambda packet: packet), (lambda packet: packet), [], []
        phone.route_web_socket("**/socket.io/**", self._joins)

    def _joins(self, page) -> None:
        self.lines.append(page)
        server = page.connect_to_server()

        def upwards(packet):
            if '["do",' in packet:
                self.asked.append(json.loads(packet[packet.index("["):])[1])
            self.up(packet) and server.send(packet)
        page.on_message(upwards)
        server.on_message(lambda packet: (said := self.rule(packet)) and page.send(said))


def test_an_answer_that_is_lost_is_asked_for_again_under_the_same_id(room):
    phone = room.joins()
    between = Between(phone)
    phone.reload()
    expect(phone.locator("body[data-live=yes]")).to_be_attached()
    between.rule = lambda packet: None if packet.startswith("43") else packet
    sends(phone, "Answered, but not heard", "Waits behind it")
    expect(phone.locator("#sum")).to_contain_text("2 waiting")
    phone.wait_for_timeout(500)
    assert len(between.asked) == 1, "one at a time"
    between.rule = lambda packet: packet
    all_saved(phone)
    assert between.asked[0] == between.asked[1] and len({asked["id"] for asked in between.asked}) == 2
    assert ideas(room) == ["Answered, but not heard", "Waits behind it"]


def test_what_the_server_cannot_do_just_now_waits_and_what_it_refuses_comes_back(room):
    phone = room.joins()
    between = Between(phone)
    phone.reload()
    expect(phone.locator("body[data-live=yes]")).to_be_attached()
    said = []

    def not_now(packet):
        if packet.startswith("43") and '"seq"' in packet and '"regions"' not in packet and not said:
            said.append(packet)
            return packet[:packet.index("[")] + json.dumps([{"ok": False, "again": True, "error": "Later."}])
        return packet
    between.rule = not_now
    sends(phone, "Wait for me", "y" * 501)
    phone.fill("#text", "Written meanwhile")
    expect(phone.locator("#refusal")).to_contain_text("this one is 501", timeout=AWAY)
    expect(phone.locator("#refusal")).to_contain_text("y" * 501)
    expect(phone.locator("#text")).to_have_value("Written meanwhile")
    assert said and [asked["args"]["text"][:4] for asked in between.asked] == ["Wait", "Wait", "yyyy"]
    phone.click("text=Add idea")
    expect(phone.locator("#text")).to_have_value("y" * 501)
    expect(phone.locator("#my-ideas")).to_contain_text("Written meanwhile")
    assert ideas(room) == ["Wait for me", "Written meanwhile"]


def test_a_hint_for_which_the_server_has_no_time_comes_later(room):
    phone = room.joins()
    between = Between(phone)
    phone.reload()
    expect(phone.locator("body[data-live=yes]")).to_be_attached()
    sends(phone, "One desk for every office")
    expect(phone.locator("#my-ideas")).to_contain_text("One desk")
    put_off = []

    def no_time(packet):
        if packet.startswith("43") and '"ideas"' in packet and not put_off:
            put_off.append(packet)
            return packet[:packet.index("[")] + json.dumps([{"ideas": [], "later": True}])
        return packet
    between.rule = no_time
    phone.fill("#text", "A desk for every office")
    expect(phone.locator("#hint")).to_contain_text("One desk for every office")
    assert put_off


def test_a_phone_that_slept_through_two_stages_catches_up_by_itself(room):
    phone = room.joins()
    between = Between(phone)
    phone.reload()
    expect(phone.locator("body[data-live=yes]")).to_be_attached()
    between.rule = between.up = lambda packet: None   # asleep: nothing comes or goes, and nobody says so
    room.opens("plenary")
    room.opens("themes", 0)
    phone.wait_for_timeout(300)
    assert phone.evaluate("document.body.dataset.kind") == "brainstorm"
    between.rule = between.up = lambda packet: packet
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(phone.locator("body[data-kind=themes]")).to_be_attached()


def test_a_line_that_died_in_ones_sleep_is_replaced(room):
    phone = room.joins()
    between = Between(phone)
    phone.reload()
    expect(phone.locator("body[data-live=yes]")).to_be_attached()
    between.rule = lambda packet: packet if len(between.lines) > 1 else None
    room.opens("plenary")
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(phone.locator("body[data-kind=plenary]")).to_be_attached(timeout=AWAY)
    assert len(between.lines) == 2


def through(packet):
    return packet


def test_a_page_that_waits_for_what_it_missed_says_so_and_keeps_its_line(room):
    phone, held = room.joins(), []
    between = Between(phone)
    between.rule = lambda packet: held.append(packet) if packet.startswith("43") else packet   # so many came back that answers take long
    phone.reload()
    expect(phone.locator("#offline")).to_contain_text("Catching up")
    phone.wait_for_timeout(9000)
    assert len(between.lines) == 1, "another line would ask the server for the same once more"
    between.rule = through
    for packet in held:
        between.lines[0].send(packet)
    expect(phone.locator("#offline")).to_be_hidden()


def test_a_server_that_restarts_says_so(room):
    phone = room.joins()
    room.served.stop()
    expect(phone.locator("#offline")).to_contain_text("The server is restarting")
    sends(phone, "Written meanwhile")
    room.served.start()
    expect(phone.locator("#my-ideas")).to_contain_text("Written meanwhile", timeout=AWAY)
    expect(phone.locator("#offline")).to_be_hidden()
