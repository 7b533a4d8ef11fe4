"""The events of a workshop, kept."""
from workshop.journal.entry import Damaged, Entry, Row, UnknownEvent, entry
from workshop.journal.journal import Journal, NotAJournal

__all__ = ["Damaged", "Entry", "Journal", "NotAJournal", "Row", "UnknownEvent", "entry"]
