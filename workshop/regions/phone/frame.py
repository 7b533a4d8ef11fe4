"""The phone's head, its banners, where the room is, and the way back."""
from workshop.charter.figures import local
from workshop.charter.offered import TO_READ, offered
from workshop.regions.phone.view import charted, view
from workshop.regions.region import Context, region
from workshop.regions.shared import caption, clock, heading
from workshop.room import Room
from workshop.rules.stages import standing
from workshop.state import Workshop

AT_TABLES = ("brainstorm", "break")


@region("phone", "group")
def where(w: Workshop, room: Room, group: str) -> Context:
    """The head: the stage or, where people sit in groups, the table; and the clock."""
    groups = w.groups_of(w.open_id) if w.open else ()
    at_table = len(groups) > 1 and w.open.kind in AT_TABLES and not (w.step.stars or w.ended)
    name = next((g.name for g in groups if g.id == group), "") if at_table else ""
    return {"title": w.open.title if w.open else w.plan.title, "group": name, "live": bool(w.open) and not w.ended,
            "clock": clock(w), "word": w.plan.group_word}


@region("phone", "phones")
def news(w: Workshop, room: Room, key: str) -> Context:
    """What is said from the front."""
    return {"told": "" if w.ended else w.told, "eyes_up": w.eyes_up and not w.ended}


@region("phone", "phones")
def stage(w: Workshop, room: Room, key: str) -> Context:
    """Where the room is, for the page to follow, and what stands over every phone's view of it.

    *ended*: when, as the clock on the wall says.  *version*, *words*: of the charter that people say where they stand on, and
    the number of the last change of its words.  *offered*: what there is to take home then, *both* documents or
    other things.
    """
    shown = view(w)
    version, words = (w.version, w.worded) if shown == "charter" else (0, 0)
    return {"view": shown, "kind": "ended" if w.ended else w.open.kind if w.open else "", "id": w.open_id, "standing": standing(w),
            "chart": charted(w), "heading": heading(w), "caption": caption(w), "top": w.plan.top, "silent": w.is_silent(w.open_id),
            "seated": bool(w.open and w.groups_of(w.open_id)), "code": w.code, "shown": bool(w.open_id in w.votes and w.votes[w.open_id].shown),
            "version": version, "words": words, "ended": local(w.ended).strftime("%H:%M") if w.ended else "",
            "both": {"charter", "report"} <= set(w.plan.downloads), "offered": offered(w, w.plan.downloads, TO_READ) if w.ended else ()}


@region("phone", "phones")
def behind(w: Workshop, room: Room, key: str) -> Context:
    """The banner over a phone that looks back: at what, and the way to where the room is."""
    chart = w.plan.stage(charted(w))
    return {"chart": chart.title if chart else "", "now": w.open.title if w.open else "", "code": w.code}


@region("phone", "phones")
def look_back(w: Workshop, room: Room, key: str) -> Context:
    """The way back to the group's chart, from any stage after it."""
    chart = charted(w)
    return {"open": bool(chart) and view(w) != "writing" and not w.is_silent(chart), "code": w.code}
