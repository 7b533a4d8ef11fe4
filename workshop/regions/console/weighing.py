"""Effort, impact and agreement: who is still out, one press to show."""
from dataclasses import dataclass

from workshop.charter.weighed import Reason, reasons
from workshop.regions.console.frame import stage_kind
from workshop.regions.region import Context, region
from workshop.regions.weighing import Weighing, all_weighings, points
from workshop.room import Room
from workshop.rules.discuss import on_the_table
from workshop.state import WEIGHED_LEAST, Workshop


@dataclass(frozen=True)
class Said:
    """The reasons of one asking, without names, with what was done with each."""

    row: Weighing
    round: int
    reasons: tuple[Reason, ...]


@region("console")
def weighing(w: Workshop, room: Room, key: str) -> Context:
    """A row for each priority: how many have rated it, what was shown, who agrees; below it the reasons.

    *after*: the priority that comes after the one on the screen, None where it is the last.
    """
    rows = all_weighings(w, w.open_id) if stage_kind(w) == "discuss" else ()
    at = w.on_stage.get(w.open_id) or next(iter(on_the_table(w, w.open_id)), "") if rows else ""
    after = next((row.option for before, row in zip(rows, rows[1:]) if before.option.key == at), None)
    said = (Said(row, n, found) for row in rows for n, q in enumerate(w.questions.get((w.open_id, row.option.key), ()), start=1) if (found := reasons(q)))
    return {"rows": rows, "points": {p.option.key: p for p in points(w, w.open_id)} if rows else {}, "said": tuple(said), "after": after,
            "on": w.open_id in w.matrix_on, "planned": w.open.agreement if rows else "", "least": WEIGHED_LEAST, "stage": w.open_id, "code": w.code}
