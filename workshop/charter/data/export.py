"""What workshop.json holds: one source for what is written, for its JSON Schema, and for what is read back."""
import inspect
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from workshop.agenda import Plan
from workshop.charter.data.outcomes import (Action, Adopted, Agreement, Charter, Feedback, Point, Priority, Reason, Row, Spread, Version, Vote, Weight)
from workshop.charter.data.shapes import (Board, Gap, Group, Idea, Merge, Moment, Note, Number, Opened, Origin, Participant, People, Source, Theme)

__all__ = ["Action", "Adopted", "Agreement", "Board", "Charter", "Export", "Gap", "Feedback", "Group", "Idea", "Merge",
           "Note", "Opened", "Origin", "Participant", "People", "Point", "Priority", "Reason", "Row", "Source", "Spread", "Theme", "VERSION", "Version", "Vote", "Weight", "schema"]
VERSION = 1
DIALECT = "https://json-schema.org/draft/2020-12/schema"


class Export(Struct, frozen=True, kw_only=True):
    """All of a workshop that whoever asked may see: no ballot, no author, no name but of those who agreed.

    draft: it has not ended; made_for: who asked; made, at, ended: when it was prepared, when something last changed, when it ended;
    opened_from: where it was opened from an export again; left_out: what is missing for now, in sentences; withdrawn: how many ideas
    their authors took back; withheld: how many the facilitators set aside; help_offered: option -> how many people will help."""

    version: Annotated[int, Meta(ge=1)]
    code: str
    draft: bool
    made_for: str
    made: Moment
    at: Moment
    ended: Moment
    journal: Source
    opened_from: Origin | None
    left_out: tuple[str, ...]
    plan: Plan
    timeline: tuple[Opened, ...]
    unsaved: tuple[Gap, ...] = ()
    people: People
    participants: tuple[Participant, ...]
    groups: tuple[Group, ...]
    ideas: tuple[Idea, ...]
    withdrawn: Number
    withheld: Number = 0
    boards: tuple[Board, ...]
    themes: tuple[Theme, ...]
    merged: tuple[Merge, ...]
    parking: tuple[Note, ...]
    votes: tuple[Vote, ...]
    priorities: tuple[Priority, ...]
    help_offered: dict[str, Number]
    weights: tuple[Weight, ...]
    agreements: tuple[Agreement, ...]
    points: tuple[Point, ...]
    actions: tuple[Action, ...]
    charter: Charter
    feedback: Feedback
    next_date: str
    note: str


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of workshop.json."""
    made = msgspec.json.schema(Export)
    for kind in made["$defs"].values():
        if "description" in kind:
            kind["description"] = " ".join(inspect.cleandoc(kind["description"]).split())
    return {"$schema": DIALECT, "title": f"workshop.json, version {VERSION}", **made}
