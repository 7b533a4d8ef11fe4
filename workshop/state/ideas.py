"""What people write."""
from dataclasses import dataclass

IDEA_MOST = 500


@dataclass(frozen=True)
class Withheld:
    """That a facilitator set an idea aside, with the *reason* its author reads, if any; *starred*: its group had starred it."""

    reason: str = ""
    starred: bool = False


@dataclass(frozen=True)
class Idea:
    """What one person wrote.  *first* keeps the words before an edit; *at* is when it was written.

    *withdrawn*: its author took it back.  *withheld*: facilitators set it aside.  *turns*: how often it was set aside or given back.
    """

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
    withheld: Withheld | None = None
    turns: int = 0

    @property
    def stands(self) -> bool:
        """Whether others may see it, as far as this idea says: neither its author nor a facilitator took it away."""
        return not self.withdrawn and not self.withheld


@dataclass(frozen=True)
class Note:
    """Something put in the parking lot, from any stage."""

    id: str
    author: str
    text: str
    stage: str
    at: int = 0
