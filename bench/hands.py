"""The pages of a workshop as people use them in a browser: a facilitator's mouse and keys on the board, and phones that write."""
import collections
import csv
import io
import json
import time

from playwright.sync_api import Page, expect

from tests.served import Served
from tests.test_board_page import lifts, until

PHONES = 10
SIDES = ("Civil service", "Civil society")
STANDS = """() => Object.fromEntries([...document.querySelectorAll("#board [data-idea]")].map((idea) => [idea.dataset.idea,
    { theme: Number(idea.closest(".theme")?.dataset.themeId ?? -1), text: idea.querySelector("[dir]").textContent,
      to: idea.querySelector(".to")?.textContent.trim() ?? "" }]))"""
THEMES = """() => Object.fromEntries([...document.querySelectorAll("#board .theme:not(.suggested)")].map((theme) =>
    [theme.dataset.themeId, { name: theme.querySelector("h3").textContent, mark: theme.querySelector(".theme-head").firstElementChild.textContent.trim() }]))"""
TOP = "() => Math.round(document.getElementById('board').getBoundingClientRect().top)"


class Hands:
    """The hands of somebody at the console: every press and drag is counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.counts, self.slowest = page, collections.Counter(), (0.0, "")

    def presses(self, target) -> None:
        target.click()
        self.counts["presses"] += 1

    def key(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.counts["presses"] += 1

    def line(self, idea: str):
        return self.page.locator(f'#board [data-idea="{idea}"]')

    def board(self) -> dict[str, dict]:
        return self.page.evaluate(STANDS)

    def themes(self) -> dict[int, dict]:
        return {int(theme): said for theme, said in self.page.evaluate(THEMES).items()}

    def step(self, kind: str, act, shown, ideas: int = 0) -> None:
        """Do *act*, the last press of a step, wait until *shown*, and note what it took."""
        began = time.perf_counter()
        act()
        until(self.page, shown)
        took = time.perf_counter() - began
        self.slowest = max(self.slowest, (took, kind))
        self.counts[kind] += 1
        if ideas:
            self.counts[f"ideas in {kind}"] += ideas

    def drops(self, kind: str, what, goal, shown, ideas: int = 0) -> None:
        """Drag *what* onto *goal*, which are both in sight."""
        lifts(self.page, what)
        box = goal.bounding_box()
        self.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=4)
        self.counts["drags"] += 1
        self.step(kind, self.page.mouse.up, shown, ideas)

    def menu(self, theme: int, item: str) -> None:
        """Press *item* in the menu of *theme*."""
        menu = self.page.locator(f"#theme-{theme} details.menu")
        self.presses(menu.locator("summary"))
        self.presses(menu.get_by_role("button", name=item))

    def selects(self, ideas: list[str]) -> None:
        for idea in ideas:
            self.presses(self.line(idea))
        expect(self.page.locator("#selected [data-count]")).to_have_text(f"{len(ideas)} selected")

    def in_sight(self, what, goal) -> bool:
        """Whether *goal* is to be seen once *what* is, so that a drag needs no scrolling."""
        what.scroll_into_view_if_needed()
        return goal.evaluate("""(node) => { const { left, right, top, bottom } = node.getBoundingClientRect();
            return node.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2)); }""")


class People:
    """The pages of a workshop: a console, and phones that come in by the join page."""

    def __init__(self, browser, served: Served) -> None:
        self._browser, self._served = browser, served
        self.made = served.make(people=str(PHONES), groups="2")
        self.code = self.made["code"]
        self.console = self._comes(f"/{self.code}/console#{self.made['token']}", 1440, 900)
        self.console.get_by_label("Your name").fill("Maya")
        self.console.get_by_role("button", name="Open the console").click()
        self.phones = [self._joins(n) for n in range(PHONES)]

    def _comes(self, path: str, width: int, height: int) -> Page:
        page = self._browser.new_context(viewport={"width": width, "height": height}).new_page()
        page.goto(self._served.url + path)
        return page

    def _joins(self, n: int) -> Page:
        phone = self._comes(f"/{self.code}", 390, 780)
        phone.get_by_label("Your name").fill(f"Person {n + 1}")
        phone.get_by_label(SIDES[n % 2]).check()
        phone.get_by_role("button", name="Join", exact=True).click()
        expect(phone.locator("body[data-live=yes]")).to_be_attached()
        return phone

    def go_on(self, *standings: str) -> None:
        for standing in standings:
            self.console.locator(".next-stage [data-key=n]").click()
            for page in (self.console, *self.phones):
                expect(page.locator(f"body[data-standing='{standing}']")).to_be_attached(timeout=15_000)
            self.console.wait_for_timeout(750)    # the next button rests a moment, so that nobody presses it twice

    def write(self, texts: list[str]) -> int:
        """Each phone writes its share in turn; returns how many ideas there were when the console first showed themes."""
        seen = 0
        for n, text in enumerate(texts):
            phone = self.phones[n % PHONES]
            phone.get_by_label("Your idea", exact=True).fill(text)
            phone.get_by_role("button", name="Add idea").click()
            until(phone, lambda: phone.locator("#my-ideas [data-idea]").count() > n // PHONES)
            seen = seen or (n + 1 if self.console.locator("#forming li").count() else 0)
        return seen

    def file(self, name: str) -> str:
        return self.console.evaluate("(path) => fetch(path).then((answer) => answer.text())", f"/{self.code}/files/{name}")

    def agree(self, stands: dict[str, str]) -> None:
        """Hold what a reload, the files and the phones say against *stands*, the name of the theme of each text."""
        table = {row["idea"]: row["theme name"] for row in csv.DictReader(io.StringIO(self.file("ideas.csv")))}
        whole = json.loads(self.file("workshop.json"))
        texts = {idea["id"]: idea["text"] for idea in whole["ideas"]}
        told = {texts[idea]: theme["name"] for theme in whole["themes"] for idea in theme["ideas"]}
        phones = {}
        for phone in self.phones:
            phones |= phone.evaluate("""async () => {
                const told = {}, read = (ideas) => ideas.forEach((idea) => {
                    told[idea.querySelector("p").textContent] = idea.querySelector(".row span[dir]")?.textContent ?? "" })
                read(document.querySelectorAll("#my-places li.idea"))
                for (let way = document.querySelector("#my-places .more a"), page; way; way = page.querySelector("main > a.button.wide")) {
                    page = new DOMParser().parseFromString(await (await fetch(way.href)).text(), "text/html")
                    read(page.querySelectorAll("li.idea"))
                }
                return told
            }""")
        for what, said in (("ideas.csv", table), ("workshop.json", told), ("phones", phones)):
            differ = [text for text in stands if said.get(text) != stands[text]]
            print(f"{what + ': what the board says':44}{'yes' if not differ else f'no: {len(differ)} differ, as {differ[0]!r}'}")
