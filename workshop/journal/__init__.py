"""The events of a workshop, kept."""
from workshop.journal.entry import Entry, UnknownEvent
from workshop.journal.journal import Journal, NotAJournal

__all__ = ["Entry", "Journal", "NotAJournal", "UnknownEvent"]
