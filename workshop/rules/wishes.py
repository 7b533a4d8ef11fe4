"""What a facilitator may wish for when asking the clusterer: how many themes, which names, how full a tray."""
from workshop.rules.command import Refused, cleaned
from workshop.state import Wishes
from workshop.words import N_

NAME_MOST = 60
NAMES_MOST = 24
LEAST, MOST = 2, 24   # themes
BETWEEN = "\n,;،、，؛"   # what stands between names that are typed in one go


def wishes_for(about: int, into: str, strict: float) -> Wishes:
    """The wishes as they are kept.

    *about*: how many themes, 0 for as many as are found.  *into*: names to sort into, one a line or separated by
    commas; with them *about* says nothing.  *strict*: 0, no idea is left in the tray, to 1, up to a fifth of them are.
    Raises ``Refused``.
    """
    names = _names(into)
    if about and not LEAST <= about <= MOST:
        raise Refused(N_("Ask for %(least)d to %(most)d themes."), least=LEAST, most=MOST)
    if not 0 <= strict <= 1:
        raise Refused(N_("The tray's dial goes from 0, generous, to 1, strict."))
    return Wishes(None if names else about or None, names, strict)


def theme_name(name: str) -> str:
    """*name* as a theme can have it.  Raises ``Refused``."""
    name = cleaned(name)
    if not 1 <= len(name) <= NAME_MOST:
        raise Refused(N_("A theme's name is 1 to %(most)d characters; this one is %(n)d."), most=NAME_MOST, n=len(name))
    return name


def _names(into: str) -> tuple[str, ...]:
    for mark in BETWEEN:
        into = into.replace(mark, "\n")
    names: dict[str, str] = {}
    for line in filter(cleaned, into.splitlines()):
        names.setdefault(theme_name(line).casefold(), theme_name(line))
    if len(names) > NAMES_MOST:
        raise Refused(N_("Sort into at most %(most)d names; these are %(n)d."), most=NAMES_MOST, n=len(names))
    return tuple(names.values())
