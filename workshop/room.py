"""Who is connected, and what else is not journalled: a frozen record that ``live`` replaces."""
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Forming:
    """Themes that form while ideas come, each with one number for as long as it goes on.

    *labels*: idea -> theme, -1 where it fits nowhere.  *names*: theme -> name, by number.  *examples*: theme -> up to
    three ideas, the most telling first.  *named*: theme -> the ideas that it had when it got its name.
    *unused*: the next number; those of themes that went are not used again.
    """

    labels: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)
    examples: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    named: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    unused: int = 0


@dataclass(frozen=True)
class Room:
    """*here*: person -> open pages.  *ready*: where the room stands -> people who are ready there.

    *worker*: ``starting``, ``ready`` or ``down``, and which *encoder* it runs; *trouble*: why the last suggestion failed.
    *forming*: stage that people write in -> its forming themes; *stuck*: the last try to form some failed.
    *split*: vote stage -> pairs of options so alike that they would split the vote, the most alike first.
    *typing*: facilitator -> the section of the charter that they type in.
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
    forming: Mapping[str, Forming] = field(default_factory=dict)
    stuck: bool = False
    split: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    typing: Mapping[str, str] = field(default_factory=dict)
    base: str = ""
    fault: str = ""


def got_ready(before: Room, after: Room) -> frozenset[str]:
    """Who got ready, or is not any more: the people whose own pages a change of the room may change."""
    places = before.ready.keys() | after.ready.keys()
    return frozenset().union(*(before.ready.get(at, frozenset()) ^ after.ready.get(at, frozenset()) for at in places))
