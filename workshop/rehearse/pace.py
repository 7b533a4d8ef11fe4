"""How long the parts of a rehearsal take."""
from dataclasses import dataclass

A_SECOND = 40    # acts of everybody together, where nobody has to look on
SHORTEST, LONGEST = 8.0, 24.0


@dataclass(frozen=True)
class Pace:
    """*name* is ``fast``, ``lively`` (to look at) or ``real`` (the plan's own minutes)."""

    name: str = "fast"

    def seconds(self, minutes: float, acts: int) -> float:
        """How long people take for a part planned for *minutes*, in which they do *acts* things all told."""
        if self.name == "real":
            return minutes * 60
        if self.name == "lively":
            return min(max(minutes * 2, SHORTEST), LONGEST)
        return max(0.2, acts / A_SECOND)

    @property
    def waits(self) -> bool:
        """Whether a part lasts its time even if everybody is ready."""
        return self.name != "fast"
