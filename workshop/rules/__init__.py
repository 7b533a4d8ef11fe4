"""What may happen: one pure function a command."""
from workshop.rules import brainstorm, charter, discuss, people, stages, themes, vote
from workshop.rules.command import COMMANDS, Ask, Refused, checked

__all__ = ["COMMANDS", "Ask", "Refused", "brainstorm", "charter", "checked", "discuss", "people", "stages", "themes", "vote"]
