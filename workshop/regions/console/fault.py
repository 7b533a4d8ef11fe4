"""That nothing can be saved, said at once to whoever can do something about it."""
from workshop.regions.region import Context, region
from workshop.room import Room
from workshop.state import Workshop
from workshop.words import N_

SENTENCES = {
    "full": N_("The server's disk is full. Make room on it; words wait on the phones."),
    "read-only": N_("The server's disk takes nothing new: it is read-only. Words wait on the phones."),
    "damaged": N_("This workshop's file is damaged. Download the files now, then ask for a repair."),
    "busy": N_("Another program holds this workshop's file. Close it; words wait on the phones."),
    "failed": N_("The server's disk fails. Look after it; words wait on the phones."),
}


@region("console")
def fault(w: Workshop, room: Room, key: str) -> Context:
    """Why nothing can be saved just now, or "": what was saved before is safe, and the files can be had."""
    return {"sentence": SENTENCES.get(room.fault, "")}
