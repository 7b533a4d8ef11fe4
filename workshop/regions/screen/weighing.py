"""Effort and impact of all priorities as a 2x2, and who agrees to them."""
from workshop.regions.region import Context, region
from workshop.regions.screen.frame import is_open
from workshop.regions.weighing import all_weighings, points, said
from workshop.room import Room
from workshop.state import Workshop


@region("screen")
def screen_matrix(w: Workshop, room: Room, key: str) -> Context:
    """The 2x2, with each priority's numbers beside; of those that are not shown, how many have rated them."""
    shown = is_open(w, "discuss") and w.open_id in w.matrix_on
    drawn = points(w, w.open_id) if shown else ()
    return {"shown": shown, "points": {p.option.key: p for p in drawn}, "said": said(drawn), "rows": all_weighings(w, w.open_id) if shown else ()}
