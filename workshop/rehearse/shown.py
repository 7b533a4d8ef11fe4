"""What one page shows: its regions as they were painted, and as the wire changed them since."""
from dataclasses import dataclass, field
from typing import Any

from workshop.rehearse.reading import filled, regions, split
from workshop.words import _


@dataclass
class Shown:
    """One region.  *seq* is None where only the first paint is known; *newest*: what comes up to that number is older
    than what is shown.  *settled*: changes arrive in a row."""

    id: str
    mark: str
    before: str
    entries: dict[str, str]
    after: str
    seq: int | None = None
    newest: int = -1
    settled: bool = False

    @property
    def html(self) -> str:
        return self.before + "".join(self.entries.values()) + self.after

    def same_as(self, other: "Shown") -> bool:
        """Whether both show the same in the same order."""
        mine, theirs = ((shown.before, list(shown.entries.items()), shown.after) for shown in (self, other))
        return mine == theirs


@dataclass
class Board:
    """All regions of a page.  Takes drawings as a browser's page does, and keeps *faults* of the wire as sentences.

    *strict*: nothing is lost on the way, so that a change which does not follow on the one before is such a fault.
    """

    shown: dict[str, Shown] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    strict: bool = True

    def paint(self, page: str) -> list[str]:
        """The page was loaded.  Returns the regions that changed."""
        before, now = self.marks(), regions(page)
        self.shown = {name: drawn(name, mark, html) for name, (mark, html) in now.items()}
        return [name for name, (mark, _html) in now.items() if before.get(name) != mark]

    def marks(self) -> dict[str, str]:
        return {name: shown.mark for name, shown in self.shown.items()}

    def forget(self) -> None:
        """A new connection: numbers from before mean nothing."""
        for shown in self.shown.values():
            shown.seq, shown.newest, shown.settled = None, -1, False

    def take(self, patches: list[dict[str, Any]]) -> tuple[list[str], list[str]]:
        """Put drawings in place.  Returns the regions that changed, and those to be asked for whole."""
        changed, missed = [], []
        for patch in patches:
            had, number = self.shown.get(patch["id"]), patch.get("at", patch["seq"])
            if not had:
                continue
            if number <= had.newest:
                self._again(had, patch)
            elif "put" in patch:
                (changed if self._change(had, patch) else missed).append(had.id)
            elif "html" in patch:
                self.shown[had.id] = drawn(had.id, patch["mark"], patch["html"], patch["seq"], number)
                changed.append(had.id)
            elif not self._kept(had, patch, number):
                missed.append(had.id)
        return changed, missed

    def _change(self, had: Shown, patch: dict[str, Any]) -> bool:
        if patch["was"] != had.seq:
            if had.settled and self.strict:
                self._wrong(had, _("a change to %(was)d came to a page that shows %(seq)d.", was=patch["was"], seq=had.seq))
            return False
        if stray := set(patch["drop"]) - had.entries.keys():
            self._wrong(had, _("%(key)s was dropped and is not there.", key=min(stray)))
        order = [key for key in had.entries if key not in set(patch["drop"])]
        new = dict(had.entries)
        for key, html, after in patch["put"]:
            if key in order:
                order.remove(key)
            if after is not None and after not in order:
                self._wrong(had, _("%(key)s was put after something that is not there.", key=key))
                return False
            order.insert(order.index(after) + 1 if after is not None else 0, key)
            new[key] = filled(html.strip(), had.entries.get(key, ""))
        had.entries = {key: new[key] for key in order}
        had.seq, had.newest, had.mark, had.settled = patch["seq"], patch["seq"], patch["mark"], True
        return True

    def _again(self, had: Shown, patch: dict[str, Any]) -> None:
        """A drawing that the page has already, or should have."""
        if patch["seq"] == had.seq and patch["mark"] != had.mark:
            self._wrong(had, _("two different drawings have the number %(seq)d.", seq=had.seq))

    def _kept(self, had: Shown, patch: dict[str, Any], number: int) -> bool:
        if patch["mark"] != had.mark:
            if self.strict:
                self._wrong(had, _("the server left out a drawing that the page does not have."))
            return False
        had.seq, had.newest = patch["seq"], number
        return True

    def _wrong(self, had: Shown, what: str) -> None:
        self.faults.append(f"{had.id}: {what}")


def drawn(region: str, mark: str, html: str, seq: int | None = None, newest: int = -1) -> Shown:
    """A region that came whole."""
    return Shown(region, mark, *split(region, html), seq, newest)
