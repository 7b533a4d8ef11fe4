"""What happened: every kind of event, and the one change it makes."""
from workshop.events import board, brainstorm, charter, discuss, people, reopened, stages, themes, vote, weighing, withholding
from workshop.events.event import EVENTS, Event

__all__ = ["EVENTS", "Event", "board", "brainstorm", "charter", "discuss", "people", "reopened", "stages", "themes", "vote", "weighing", "withholding"]
