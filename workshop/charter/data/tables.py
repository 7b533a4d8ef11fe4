"""All tables of a workshop, in the order in which files hold them, and the data dictionary that comes of them."""
from collections.abc import Iterable, Iterator

from workshop.charter.data.about import FEEDBACK, GROUPS, PARTICIPANTS, TIMELINE, about
from workshop.charter.data.agreed import ACTIONS, AGREEMENTS, CHARTER, POINTS, PRIORITIES, REASONS
from workshop.charter.data.said import IDEAS, PARKING, THEMES
from workshop.charter.data.table import KINDS, Column, Table, columns, in_short
from workshop.charter.data.voted import SIDES, TURNOUT, VOTERS, VOTES
from workshop.state import Workshop
from workshop.words import N_, _

TABLES = (IDEAS, THEMES, VOTES, PRIORITIES, ACTIONS, PARTICIPANTS, TIMELINE, TURNOUT, VOTERS, SIDES, GROUPS, POINTS, AGREEMENTS, REASONS, CHARTER, PARKING, FEEDBACK)
"""Those that people ask for first stand first."""
DICTIONARY = (*in_short(TABLES), ("workshop.json", N_("All of it, with the plan and the times of the stages.")))
"""(table and columns, what they mean): for the report."""


def all_tables(mark: str) -> tuple[Table, ...]:
    """Every table, with what there is to know of the workshop first; *mark* is the journal's hash."""
    return (about(mark), *TABLES)


def described(w: Workshop, tables: Iterable[Table]) -> Iterator[tuple[Table, str, Column]]:
    """Every column of *tables* in *w*: (its table, what stands at its head, itself)."""
    return ((table, column.title, column) for table in tables for column in table.head(w))


def dictionary(found: Iterable[tuple[Table, str, Column]]) -> Table:
    """The data dictionary of the columns *found*, as ``described`` gives them: a table itself."""
    rows = tuple((table.name, title, _(KINDS[column.kind]), _(column.meaning), column.of) for table, title, column in found)
    return Table("dictionary", N_("What every column means."), (
        *columns("table, column", N_("Which.")), *columns("kind, meaning", N_("What stands in it, and what that means.")),
        Column("refers to", N_("The table whose number it holds."))), lambda s: rows)
