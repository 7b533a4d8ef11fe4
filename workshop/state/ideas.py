"""What people write."""
from dataclasses import dataclass

IDEA_MOST = 500


@dataclass(frozen=True)
class Idea:
    """What one person wrote.  *first* keeps the words before an edit; *at* is when it was written."""

    id: str
    stage: str
    group: str
    author: str
    text: str
    at: int = 0
    late: bool = False
    parked: bool = False
    withdrawn: bool = False
    first: str = ""


@dataclass(frozen=True)
class Note:
    """Something put in the parking lot, from any stage."""

    id: str
    author: str
    text: str
    stage: str
    at: int = 0
