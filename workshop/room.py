"""Who is connected, and what else is not journalled: a frozen record that ``live`` replaces."""
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Room:
    """*here*: person -> open pages.  *ready*: where the room stands -> people who are ready there.

    *worker*: ``starting``, ``ready`` or ``down``, and which *encoder* it runs; *trouble*: why the last suggestion failed.
    *fault*: why nothing can be saved just now, as ``workshop.session.what_failed`` says it, or "".
    *base*: the address that people type.
    """

    here: Mapping[str, int] = field(default_factory=dict)
    consoles: int = 0
    screens: int = 0
    ready: Mapping[str, frozenset[str]] = field(default_factory=dict)
    worker: str = "starting"
    encoder: str = ""
    trouble: str = ""
    base: str = ""
    fault: str = ""
