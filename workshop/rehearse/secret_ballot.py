"""While a vote is open no page may say more of an option than it said at the start."""
from collections.abc import Iterable
from dataclasses import dataclass, field

from workshop.rehearse.reading import Element, plain, read
from workshop.words import _

OWN = "my-"      # what a page shows of its own ballot changes as its person votes


@dataclass
class SecretBallot:
    """Watches every page while *options* (id -> name) are voted on; none are while it is empty.

    *sides*: an option that is called like one is known by its id alone, since how many of a side voted may be said.
    *first*: (person, region) -> what was said there of each option, in its order, when it was first drawn.
    *voted*: people whose own ballot is on its way, or in.
    """

    options: dict[str, str] = field(default_factory=dict)
    sides: frozenset[str] = frozenset()
    first: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    voted: set[str] = field(default_factory=set)

    def opens(self, options: dict[str, str], sides: Iterable[str] = ()) -> None:
        self.options, self.sides, self.first, self.voted = options, frozenset(map(plain, sides)), {}, set()

    def closes(self) -> None:
        self.options = {}

    def looks(self, who: str, region: str, html: str) -> str:
        """A region that *who* has as it is now; returns a fault where it tells how others vote."""
        if not self.options or region.startswith(OWN) and who in self.voted:
            return ""
        now = said_of(self.options, html, self.sides)
        before = self.first.setdefault((who, region), now)
        if not before or not now:
            self.first[who, region] = before or now
            return ""
        if [o for o in before if o in now] != [o for o in now if o in before]:
            return _("%(region)s of %(who)s changed the order of the options before the vote closed.", region=region,
                     who=who)
        told = next((option for option in now if now[option] != before.get(option, now[option])), None)
        return _("%(region)s of %(who)s said something new of %(name)s before the vote closed.", region=region, who=who,
                 name=self.options[told]) if told else ""


def said_of(options: dict[str, str], html: str, others: frozenset[str] = frozenset()) -> dict[str, str]:
    """What *html* says of each option (id -> name): the words and values of the largest element that names no other.

    In the order in which they stand; options that are not named are left out.  An option is named by its id in an
    attribute, or by an element that says its name and nothing else, where that is not one of *others*, which something else has too.
    """
    about: dict[str, str] = {}
    named: dict[int, set[str]] = {}
    ids = {plain(name): option for option, name in options.items() if plain(name) and plain(name) not in others}
    for element in read(html).inside:
        if isinstance(element, Element):
            _find(element, options, ids, named)
            _gather(element, named, about)
    return about


def _find(element: Element, options: dict[str, str], ids: dict[str, str], named: dict[int, set[str]]) -> set[str]:
    """Note for every element, by its ``id()``, which options are named in it."""
    found = {part for value in element.attrs.values() for part in (value, value.partition(".")[2]) if part in options}
    if said := ids.get(plain(" ".join(part for part in element.inside if isinstance(part, str)))):
        found.add(said)
    for part in element.inside:
        if isinstance(part, Element):
            found |= _find(part, options, ids, named)
    named[id(element)] = found
    return found


def _gather(element: Element, named: dict[int, set[str]], about: dict[str, str]) -> None:
    options = named[id(element)]
    if len(options) == 1:
        (option,) = options
        about[option] = about.get(option, "") + "|" + _all_of(element)
    elif options:
        for part in element.inside:
            if isinstance(part, Element):
                _gather(part, named, about)


def _all_of(element: Element) -> str:
    own = ((part, " ".join(words for words in part.inside if isinstance(words, str))) for part in element.walk())
    return " ".join(" ".join(f"{part.tag} {sorted(part.attrs.items())} {words}" for part, words in own).split())
