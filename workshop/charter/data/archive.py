"""Every table as a CSV file in one ZIP, with what the columns mean."""
import io
import time
import zipfile

from workshop.charter.data import csv
from workshop.charter.data.table import Table, spelled
from workshop.charter.data.tables import all_tables, described, dictionary
from workshop.charter.markdown import told
from workshop.charter.seen import Seen
from workshop.charter.text import clean
from workshop.words import _


def write(s: Seen, mark: str) -> bytes:
    """``README.md``, ``dictionary.csv`` and a CSV for each table; *mark* is the journal's hash.  The same workshop gives the same bytes."""
    tables = all_tables(mark)
    files = {"README.md": _readme(s, tables).encode(), **{f"{table.name}.csv": csv.write(table, s) for table in (dictionary(described(s.w, tables)), *tables)}}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, contents in files.items():
            entry = zipfile.ZipInfo(name, max(time.gmtime(s.w.at / 1000)[:6], (1980, 1, 1, 0, 0, 0)))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, contents)
    return out.getvalue()


def _readme(s: Seen, tables: tuple[Table, ...]) -> str:
    facts = [f"- {_told(what)}: **{_told(value)}**" for what, value in tables[0].rows(s)]
    coding = _("Each file is UTF-8 with commas. Words that a spreadsheet would run as a formula have an apostrophe in front.")
    parts = [f"# {_told(s.w.plan.title)}", "\n".join(facts), coding]
    meaning = {table.name: [] for table in tables}
    for name, column, kind, means, _of in dictionary(described(s.w, tables)).rows(s):
        meaning[name].append(f"| {_told(column)} | {_told(kind)} | {_told(means)} |")
    for table in tables:
        head = f"| {_('column')} | {_('holds')} | {_('meaning')} |\n| --- | --- | --- |"
        parts += [f"## {table.name}.csv", _(table.meaning), "\n".join([head, *meaning[table.name]])]
    return "\n\n".join(parts) + "\n"


def _told(cell) -> str:
    return told(clean(str(spelled(cell, "moment"))))
