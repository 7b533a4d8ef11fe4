"""What a facilitator can wish for before asking for another suggestion."""
from workshop.regions.console.themes import board_now
from workshop.regions.region import Context, region
from workshop.room import Room
from workshop.rules.wishes import LEAST, MOST
from workshop.state import Workshop


@region("console")
def wish_numbers(w: Workshop, room: Room, key: str) -> Context:
    """How many themes can be asked for, and which number would be *fewer* or *more* than there are; 0 where none is."""
    board = board_now(w)
    now = len(board.suggestion.names if board.suggestion else board.themes) if board else 0
    return {"numbers": range(LEAST, MOST + 1), "fewer": max(LEAST, round(now * 2 / 3)) if now > LEAST else 0,
            "more": min(MOST, max(now + 1, round(now * 3 / 2))) if 0 < now < MOST else 0}
