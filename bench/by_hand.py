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
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from playwright.sync_api import Page, expect, sync_playwright  # noqa: E402

from bench.hands import TOP, Hands, People  # noqa: E402
from bench.themes import drawn  # noqa: E402
from tests.conftest import CHROMIUM, FLAGS, KEY  # noqa: E402
from tests.served import Served  # noqa: E402
from tests.test_board_page import until  # noqa: E402

FEW, MANY = 5, 9


def workshop(path: Path, n: int, seed: int) -> dict[str, str]:
    """The label of each text of the first workshop from *seed* on that has *FEW* to *MANY* labels."""
    rows = [json.loads(line) for line in path.open(encoding="utf-8")]
    for one in range(seed, seed + 100):
        picked = drawn(path.stem, rows, n, one)
        labels = {} if picked is None else {" ".join(rows[i]["text"].split()): rows[i]["label"] for i in picked}
        if FEW <= len(set(labels.values())) <= MANY:
            return labels
    raise SystemExit(f"{path} gives no workshop of {n} ideas with {FEW} to {MANY} labels.")


class Facilitator(Hands):
    """Somebody who knows the label of each idea, and sorts the board until its themes are the labels."""

    def __init__(self, page: Page, labels: dict[str, str]) -> None:
        super().__init__(page)
        self._labels = labels

    def label(self, said: dict) -> str:
        return self._labels[said["text"]]

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
                    self.drops("merges", head, goal, gone)
                else:
                    self.menu(theme, "Merge into")
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
                self.menu(theme, "Rename")
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
        head, last = self.page.locator(f"#theme-{goal}-name"), self.line(ideas[-1])
        if len(ideas) == 1 and start < 0 and offer.count():
            self.counts["offers taken"] += 1
            return self.step("moves", lambda: self.presses(offer), there, 1)
        if len(ideas) > 1:
            self.selects(ideas)
        drags = self.in_sight(last, head)
        if not drags and len(ideas) == 1:
            self.selects(ideas)
        before = self.page.evaluate(TOP)
        if drags:
            self.drops("moves", last, head, there, len(ideas))
        else:
            self.presses(self.page.locator("#selected [data-fill=move]"))
            self.step("moves", lambda: self.presses(self.page.locator(f"#move button[value='{goal}']")), there, len(ideas))
        self.page.wait_for_timeout(100)
        if self.page.evaluate(TOP) != before:
            self.counts["steps at which the page jumped"] += 1

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
