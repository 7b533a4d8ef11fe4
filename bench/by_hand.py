"""How many hand steps a board takes: people write real ideas on phones, and a facilitator sorts them by mouse and key.

    python bench/by_hand.py --data FILE [--ideas 150] [--seed 1] [--pictures FOLDER]

FILE holds JSON lines with ``text`` and ``label``, and ``group`` where it has several questions.  The workshop is the first from
*seed* on that has 5 to 9 labels.  Server, model and browser are real, and everything goes through the pages.  The facilitator accepts
the suggestion, and knows where each idea belongs: where most of its theme do that have its label.  First merged is what is the same,
then split what has no theme, then moved what is wrong, all that go from one place to another at once.  Once, halfway, they ask again,
and take the new suggestion if it puts more ideas right than wrong.  Afterwards files, phones and a reload must say what the board
says, and three steps undone and done again must give the same board.
"""
import argparse
import collections
import csv
import io
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from playwright.sync_api import Page, expect, sync_playwright  # noqa: E402

from bench.themes import drawn  # noqa: E402
from tests.conftest import CHROMIUM, FLAGS, KEY  # noqa: E402
from tests.served import Served  # noqa: E402
from tests.test_board_page import lifts, middle, until  # noqa: E402

PHONES, FEW, MANY = 10, 5, 9
SIDES = ("Civil service", "Civil society")
STANDS = """() => Object.fromEntries([...document.querySelectorAll("#board [data-idea]")].map((idea) => [idea.dataset.idea,
    { theme: Number(idea.closest(".theme")?.dataset.themeId ?? -1), text: idea.querySelector("[dir]").textContent,
      to: idea.querySelector(".to")?.textContent.trim() ?? "" }]))"""
THEMES = """() => Object.fromEntries([...document.querySelectorAll("#board .theme:not(.suggested)")].map((theme) =>
    [theme.dataset.themeId, { name: theme.querySelector("h3").textContent, mark: theme.querySelector(".theme-head").firstElementChild.textContent.trim() }]))"""
TOP = "() => Math.round(document.getElementById('board').getBoundingClientRect().top)"


def workshop(path: Path, n: int, seed: int) -> dict[str, str]:
    """The label of each text of the first workshop from *seed* on that has *FEW* to *MANY* labels."""
    rows = [json.loads(line) for line in path.open(encoding="utf-8")]
    for one in range(seed, seed + 100):
        picked = drawn(path.stem, rows, n, one)
        labels = {} if picked is None else {" ".join(rows[i]["text"].split()): rows[i]["label"] for i in picked}
        if FEW <= len(set(labels.values())) <= MANY:
            return labels
    raise SystemExit(f"{path} gives no workshop of {n} ideas with {FEW} to {MANY} labels.")


class Facilitator:
    """Somebody at the console, whose every press and drag is counted."""

    def __init__(self, page: Page, labels: dict[str, str]) -> None:
        self.page, self._labels = page, labels
        self.counts, self.slowest = collections.Counter(), (0.0, "")

    def presses(self, target, **how) -> None:
        target.click(**how)
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

    def label(self, said: dict) -> str:
        return self._labels[said["text"]]

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

    def owners(self) -> dict[str, list[int]]:
        """The themes of each label, where most of a theme's ideas have it; the one with most of them first."""
        inside = collections.defaultdict(collections.Counter)
        for said in self.board().values():
            inside[said["theme"]][self.label(said)] += 1
        owners = collections.defaultdict(list)
        for theme in self.themes():
            if inside[theme]:
                label, own = min(inside[theme].items(), key=lambda one: (-one[1], one[0]))
                owners[label].append((-own, theme))
        return {label: [theme for _own, theme in sorted(all_of)] for label, all_of in owners.items()}

    def wrong(self) -> dict[str, int]:
        """The theme that each idea which stands elsewhere belongs to."""
        owners = self.owners()
        return {idea: owners[self.label(said)][0] for idea, said in self.board().items()
                if self.label(said) in owners and said["theme"] not in owners[self.label(said)]}

    def merges(self) -> None:
        for into, *others in self.owners().values():
            for theme in others:
                head, goal = self.page.locator(f"#theme-{theme}-name"), self.page.locator(f"#theme-{into}-name")
                gone = lambda: theme not in self.themes()
                if self.in_sight(head, goal):
                    lifts(self.page, head, middle(goal))
                    self.counts["drags"] += 1
                    self.step("merges", self.page.mouse.up, gone)
                else:
                    menu = self.page.locator(f"#theme-{theme} details.menu")
                    self.presses(menu.locator("summary"))
                    self.presses(menu.get_by_role("button", name="Merge into"))
                    self.step("merges", lambda: self.presses(self.page.locator(f"#merge button[name=into][value='{into}']")), gone)

    def splits(self) -> None:
        """A theme of its own for each label that has none."""
        for label in sorted({*map(self.label, self.board().values())} - {*self.owners()}):
            ideas = [idea for idea, said in self.board().items() if self.label(said) == label]
            had = self.themes()
            self.selects(ideas)
            self.key("n")
            self.page.get_by_role("textbox", name="Name").fill(label[:60])
            self.step("splits", lambda: self.key("Enter"), lambda: len(self.themes()) > len(had), len(ideas))
            until(self.page, lambda: not self.page.locator("#selected").is_visible())

    def renames(self) -> None:
        for label, (theme, *_others) in self.owners().items():
            name = label[:60].strip()
            if self.themes()[theme]["name"] != name:
                menu = self.page.locator(f"#theme-{theme} details.menu")
                self.presses(menu.locator("summary"))
                self.presses(menu.get_by_role("button", name="Rename"))
                self.page.get_by_role("textbox", name="Name").fill(name)
                self.step("renames", lambda: self.key("Enter"), lambda: self.themes()[theme]["name"] == name)

    def moves(self, most: float = float("inf")) -> None:
        """Move what is wrong, place by place, until *most* ideas were moved or nothing is wrong."""
        while self.wrong() and self.counts["ideas in moves"] < most:
            board, trips = self.board(), collections.defaultdict(list)
            for idea, goal in self.wrong().items():
                trips[board[idea]["theme"], goal].append(idea)
            self.moves_some(*min(trips.items()))

    def moves_some(self, way: tuple[int, int], ideas: list[str]) -> None:
        start, goal = way
        offer = self.line(ideas[0]).locator(f"form:has([name=theme][value='{goal}']) [data-offer]")
        there = lambda: all(self.board()[idea]["theme"] == goal for idea in ideas)
        head = self.page.locator(f"#theme-{goal}-name")
        if len(ideas) == 1 and start < 0 and offer.count():
            self.counts["offers taken"] += 1
            return self.step("moves", lambda: self.presses(offer), there, 1)
        if len(ideas) > 1:
            self.selects(ideas)
        if self.in_sight(self.line(ideas[-1]), head):
            lifts(self.page, self.line(ideas[-1]), middle(head))
            self.counts["drags"] += 1
            before = self.page.evaluate(TOP)
            self.step("moves", self.page.mouse.up, there, len(ideas))
        else:
            if len(ideas) == 1:
                self.selects(ideas)
            self.presses(self.page.locator("#selected [data-fill=move]"))
            before = self.page.evaluate(TOP)
            self.step("moves", lambda: self.presses(self.page.locator(f"#move button[value='{goal}']")), there, len(ideas))
        self.page.wait_for_timeout(100)
        if self.page.evaluate(TOP) != before:
            self.counts["steps at which the page jumped"] += 1

    def selects(self, ideas: list[str]) -> None:
        for idea in ideas:
            self.presses(self.line(idea))
        expect(self.page.locator("#selected [data-count]")).to_have_text(f"{len(ideas)} selected")

    def in_sight(self, what, goal) -> bool:
        """Whether *goal* is to be seen once *what* is, so that a drag needs no scrolling."""
        what.scroll_into_view_if_needed()
        return goal.evaluate("""(node) => { const { left, right, top, bottom } = node.getBoundingClientRect();
            return node.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2)); }""")

    def asks_again(self) -> dict[str, object]:
        """Ask for a new suggestion, read what it would do, and take it if it does more good than harm."""
        had, wrong, board = self.page.locator("#board-tools .suggestion"), self.wrong(), self.board()
        self.presses(self.page.get_by_role("button", name="Suggest again"))
        self.step("asked again", lambda: self.presses(self.page.get_by_role("button", name="Suggest", exact=True)), had.is_visible)
        says, themes = " ".join(had.locator("p").inner_text().split()), {said["mark"]: theme for theme, said in self.themes().items()}
        moved = {idea: themes.get(said["to"].removeprefix("would go to").strip(), -1) for idea, said in self.board().items() if said["to"]}
        right = sum(wrong.get(idea) == to for idea, to in moved.items())
        harm = sum(idea not in wrong and to != board[idea]["theme"] for idea, to in moved.items())
        taken = right > harm
        self.step("answered", lambda: self.presses(self.page.get_by_role("button", name="Accept all" if taken else "Discard")), lambda: not had.is_visible())
        return {"wrong before": len(wrong), "it said": says, "put right": right, "put wrong": harm, "taken": taken}


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
            phones |= phone.evaluate("""() => Object.fromEntries([...document.querySelectorAll("#my-places li.idea")].map((idea) =>
                [idea.querySelector("p").textContent, idea.querySelector(".row span[dir]")?.textContent ?? ""]))""")
        for what, said in (("ideas.csv", table), ("workshop.json", told), ("phones", phones)):
            differ = [text for text in stands if said.get(text) != stands[text]]
            print(f"{what + ': what the board says':44}{'yes' if not differ else f'no: {len(differ)} differ, as {differ[0]!r}'}")


def named(hand: Facilitator) -> dict[str, str]:
    themes = hand.themes()
    return {said["text"]: themes[said["theme"]]["name"] if said["theme"] >= 0 else "" for said in hand.board().values()}


def turned(hand: Facilitator, steps: int = 3) -> bool:
    """Whether *steps* undone and done again give the same board, and undone a different one at each press."""
    stood = [named(hand)]
    for key in "z" * steps + "y" * steps:
        hand.page.keyboard.press(key)
        until(hand.page, lambda: named(hand) != stood[-1])
        hand.page.wait_for_timeout(300)
        stood.append(named(hand))
    return stood == stood[::-1]


def sort(hand: Facilitator, picture) -> dict[str, object]:
    """From the suggestion to the themes that the labels tell; returns what asking again gave."""
    accept = hand.page.get_by_role("button", name="Accept all")
    hand.step("accepted", lambda: hand.presses(accept), lambda: not accept.is_visible())
    board = hand.board().values()
    hand.counts["themes suggested"], hand.counts["ideas in the tray"] = len(hand.themes()), sum(said["theme"] < 0 for said in board)
    picture("before")
    hand.merges(), hand.splits(), hand.renames()
    hand.moves(most=len(hand.wrong()) / 2)
    picture("midway")
    again = hand.asks_again()
    picture("asked-again")
    while hand.wrong() or len(hand.owners()) < len(set(map(hand.label, hand.board().values()))):
        hand.merges(), hand.splits(), hand.moves()
    hand.renames()
    picture("after")
    return again


def play(people: People, labels: dict[str, str], picture) -> None:
    hand = Facilitator(people.console, labels)
    people.go_on("welcome.0", "welcome.1", "tables.0", "ideas.0", "ideas.1")
    print(f"{'ideas when the console first showed themes':44}{people.write(list(labels))}")
    people.go_on("ideas.2", "plenary.0")
    began = time.perf_counter()
    people.go_on("themes.0")
    expect(hand.page.get_by_role("button", name="Accept all")).to_be_visible(timeout=60_000)
    print(f"{'seconds from Next to the suggestion':44}{time.perf_counter() - began:.1f}")
    picture("suggested")
    began, again = time.perf_counter(), sort(hand, picture)
    took, stands = time.perf_counter() - began, named(hand)
    report(hand, again, took)
    until(hand.page, lambda: not hand.page.locator("#selected").is_visible())
    hand.page.reload()
    expect(hand.page.locator("body[data-live=yes]")).to_be_attached()
    print(f"{'a reload shows the same board':44}{'yes' if named(hand) == stands else 'no'}")
    people.agree(stands)
    print(f"{'three steps undone and done again':44}{'the same board' if turned(hand) else 'another board'}")


def report(hand: Facilitator, again: dict, took: float) -> None:
    for what, n in {**hand.counts, **again}.items():
        print(f"{what:44}{n}")
    print(f"{'seconds':44}{took:.0f}")
    print(f"{'slowest step':44}{hand.slowest[0] * 1000:.0f} ms, {hand.slowest[1]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--ideas", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pictures", type=Path)
    asked = parser.parse_args()
    labels = workshop(asked.data, asked.ideas, asked.seed)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as browsers:
        served = Served(Path(place) / "sessions", KEY, WORKSHOP_LITE="0")
        browser = browsers.chromium.launch(executable_path=next(filter(None, map(shutil.which, CHROMIUM))), args=FLAGS)
        try:
            people = People(browser, served)

            def picture(name: str) -> None:
                if asked.pictures:
                    people.console.screenshot(path=asked.pictures / f"{asked.data.stem}-{name}.png")
            print(f"{'ideas':44}{len(labels)}\n{'labels':44}{len(set(labels.values()))}")
            try:
                play(people, labels, picture)
            finally:
                picture("last")
        finally:
            browser.close()
            served.stop()


if __name__ == "__main__":
    main()
