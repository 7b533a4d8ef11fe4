"""Whether phones reach this laptop: the button on the phone, the count on the laptop."""
import pytest
from playwright.sync_api import expect

from tests.conftest import KEY
from tests.test_translation import Texts
from workshop.app import create_app
from workshop.pages.check import COUNTED_MOST
from workshop.serve import _greet
from workshop.words import PSEUDO, speaking

BASE, LAPTOP = "http://workshop.test", "http://127.0.0.1:8000"
WIDTHS = (320, 390, 768, 1280)


@pytest.fixture
def app(tmp_path):
    return create_app(tmp_path, BASE)


def count(app) -> int:
    return app.test_client().get("/check/count").json["n"]


def test_the_laptop_is_known_by_its_own_address_or_by_its_organiser(app):
    visitor = app.test_client()
    assert "Test this phone" in visitor.get("/check", base_url=BASE).text
    assert f"{BASE}/check" in visitor.get("/check", base_url=LAPTOP).text
    assert "Do phones reach" in visitor.get("/check?laptop", base_url=BASE).text
    app.extensions["workshop"].registry.new_key(KEY)
    visitor.post("/organise/sign-in", data={"key": KEY}, base_url=BASE)
    assert "Start again at none" in visitor.get("/check", base_url=BASE).text
    assert "Test this phone" in visitor.get("/check?phone", base_url=BASE).text


def test_a_phone_is_counted_once_however_often_it_taps(app):
    ana, ben = app.test_client(), app.test_client()
    assert "1 phone" not in app.test_client().get("/check", base_url=LAPTOP).text
    for _ in range(3):
        assert "You reach this laptop." in ana.post("/check", base_url=BASE).text
    assert app.test_client().get("/check/count").json == {"n": 1, "sentence": "1 phone has reached this laptop."}
    ben.post("/check", base_url=BASE)
    assert count(app) == 2 and "2 phones have reached this laptop." in ana.get("/check", base_url=LAPTOP).text


def test_what_is_kept_stays_small_whatever_phones_send(app):
    liar = app.test_client()
    liar.set_cookie("check", "x" * 3000, domain="workshop.test")
    liar.post("/check", base_url=BASE)
    kept = app.extensions["workshop"].reached
    assert [len(browser) for browser in kept] == [16]
    kept.update(str(n) for n in range(COUNTED_MOST))
    full = len(kept)
    app.test_client().post("/check", base_url=BASE)
    assert count(app) == full


def test_only_the_laptop_counts_from_nought_again(app):
    phone = app.test_client()
    phone.post("/check", base_url=BASE)
    assert phone.post("/check/reset", base_url=BASE).status_code == 403 and count(app) == 1
    assert "Start again at none" not in phone.get("/check?laptop", base_url=BASE).text
    assert app.test_client().post("/check/reset", base_url=LAPTOP).status_code == 303 and count(app) == 0


def test_a_laptop_in_no_network_says_so_and_shows_no_code_that_leads_nowhere(tmp_path):
    page = create_app(tmp_path, LAPTOP).test_client().get("/check", base_url=LAPTOP).text
    assert "in no network" in page and "qr-code" not in page


def test_behind_a_path_the_addresses_keep_it(tmp_path):
    app = create_app(tmp_path, f"{BASE}/room")
    page = app.test_client().get("/check", base_url=f"{BASE}/room").text
    assert 'action="/room/check"' in page and 'data-ping="/room/healthz"' in page and 'data-socket="/room/socket.io/"' in page
    assert "Path=/room/check" in app.test_client().post("/check", base_url=f"{BASE}/room").headers["Set-Cookie"]


def test_every_sentence_is_marked(app):
    for address in ("/check", "/check?laptop"):
        texts = Texts()
        with speaking(PSEUDO):
            texts.feed(app.test_client().get(address, base_url=BASE).text)
        assert texts.unmarked == [], address


def test_the_terminal_says_where_to_check_and_what_to_do(app, capsys):
    _greet(app.extensions["workshop"], ["192.168.8.20"], 8000)
    said = capsys.readouterr().out
    assert f"{BASE}/check" in said and f"{LAPTOP}/check" in said and "docs/venue.md" in said


def look(page, accessible) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        accessible(page)


@pytest.mark.browser
def test_one_tap_says_how_fast_and_the_laptop_counts_along(people, accessible, served):
    laptop, phone = people("/check?laptop", 1280, 800), people("/check")
    laptop.goto(served.local + "/check")
    expect(laptop.get_by_role("status")).to_have_text("No phone has reached this laptop yet.")
    look(laptop, accessible)
    look(phone, accessible)
    phone.get_by_role("button", name="Test this phone").click()
    expect(phone.get_by_role("status")).to_contain_text("Live pages work too.", use_inner_text=True, timeout=15_000)
    assert " ms." in phone.get_by_role("status").inner_text() and "Testing" not in phone.get_by_role("status").inner_text()
    expect(laptop.get_by_role("status")).to_have_text("1 phone has reached this laptop.")
    look(phone, accessible)
    laptop.get_by_role("button", name="Start again at none").click()
    expect(laptop.get_by_role("status")).to_have_text("No phone has reached this laptop yet.")


@pytest.mark.browser
def test_without_websockets_polling_is_enough_and_without_a_server_it_says_so(people, served):
    people.cut = True
    laptop, phone = people("/check?laptop"), people("/check")
    phone.route_web_socket("**/socket.io/**", lambda socket: socket.close())
    phone.get_by_role("button", name="Test this phone").click()
    expect(phone.get_by_role("status")).to_contain_text("Polling works, that is enough.", use_inner_text=True, timeout=15_000)
    served.stop()
    phone.get_by_role("button", name="Test this phone").click()
    expect(phone.get_by_role("status")).to_have_text("No answer from the laptop. Is this phone still in its wifi?", use_inner_text=True)
    expect(laptop.get_by_role("alert")).to_have_text("The server does not answer. Is it still running?")


@pytest.mark.browser
def test_without_javascript_the_button_posts(people):
    phone = people("/check", java_script_enabled=False)
    phone.get_by_role("button", name="Test this phone").click()
    expect(phone.get_by_role("status")).to_have_text("You reach this laptop.", use_inner_text=True)
    laptop = people("/check?laptop", beside=phone)
    expect(laptop.get_by_role("status")).to_have_text("1 phone has reached this laptop.")
    expect(laptop.get_by_role("link", name="Count again")).to_be_visible()
