"""The registry of commands: who may ask, and what a command's arguments have to look like."""
import inspect
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, get_type_hints

import msgspec

from workshop.events import Event
from workshop.state import Workshop
from workshop.words import N_, InWords

COMMANDS: dict[str, "Command"] = {}
BIDI = frozenset("‪‫‬‭‮⁦⁧⁨⁩")


class Refused(InWords):
    """Why a command was not done."""


@dataclass(frozen=True)
class Ask:
    """Who asks, as what, when (ms), and the chance that the session lends a rule (a seed)."""

    by: str
    role: str
    at: int
    seed: int

    def acts_for(self, w: Workshop, person: str | None) -> str:
        """The participant this is done for: *person* where a facilitator says one without a phone, else ``by``."""
        if person and person != self.by:
            if self.role != "facilitator":
                raise Refused(N_("Only a facilitator can do that for somebody else."))
            if person not in w.people or w.people[person].phone:
                raise Refused(N_("That person has a phone and answers for themselves."))
            return person
        if self.by not in w.people:
            raise Refused(N_("Join the workshop first: scan the code on the wall."))
        return self.by


Rule = Callable[..., Event | None]


@dataclass(frozen=True)
class Command:
    """A rule, the roles that may ask for it, and the shape of its arguments."""

    rule: Rule
    roles: frozenset[str]
    arguments: type[msgspec.Struct]

    def __call__(self, w: Workshop, ask: Ask, **args: Any) -> Event | None:
        if ask.role not in self.roles:
            raise Refused(N_("Only a facilitator can do that.") if "facilitator" in self.roles else N_("You cannot do that from this page."))
        return self.rule(w, ask, **args)


def command(*roles: str) -> Callable[[Rule], Rule]:
    """Register a rule under its own name as what *roles* may ask for."""
    def register(rule: Rule) -> Rule:
        COMMANDS[rule.__name__] = Command(rule, frozenset(roles), _arguments(rule))
        return rule
    return register


def checked(name: str, args: dict[str, Any]) -> dict[str, Any]:
    """*args*, held against the command's own signature.

    Numbers and yes or no are read out of strings too, as forms send them.  Raises ``Refused`` on an unknown command,
    an argument too many, missing or of the wrong kind.
    """
    if name not in COMMANDS:
        raise Refused(N_("This page is out of date. Load it again."))
    try:
        return msgspec.structs.asdict(msgspec.convert(args, COMMANDS[name].arguments, strict=False))
    except msgspec.ValidationError as wrong:
        raise Refused(N_("This page sent something unexpected (%(what)s). Load it again."), what=str(wrong)) from wrong


def _arguments(rule: Rule) -> type[msgspec.Struct]:
    hints = get_type_hints(rule)
    asked = [p for p in inspect.signature(rule).parameters.values() if p.kind is p.KEYWORD_ONLY]
    shape = [(p.name, hints[p.name]) if p.default is p.empty else (p.name, hints[p.name], p.default) for p in asked]
    return msgspec.defstruct(rule.__name__, shape, forbid_unknown_fields=True, kw_only=True)


def cleaned(text: str) -> str:
    """*text* with white space folded and without characters that only disturb: controls, bidi overrides, half pairs."""
    kept = (c if c.isspace() or unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn") and c not in BIDI else "" for c in text)
    return " ".join("".join(kept).split())


def ident(key: str) -> str:
    """*key*, where it can be an id made by a page: 1 to 40 letters, digits, ``-`` or ``_``."""
    if not (1 <= len(key) <= 40 and key.isascii() and key.replace("-", "").replace("_", "").isalnum()):
        raise Refused(N_("This page is out of date. Load it again."))
    return key
