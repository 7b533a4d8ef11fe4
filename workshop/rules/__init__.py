"""What may happen: one pure function a command."""
from workshop.rules import before, board, brainstorm, charter, discuss, people, places, rounds, sheets, stages, themes, typed, vote, weighing, withholding
from workshop.rules.command import COMMANDS, Ask, Refused, checked

__all__ = ["COMMANDS", "Ask", "Refused", "before", "board", "brainstorm", "charter", "checked", "discuss", "people", "places", "rounds", "sheets", "stages", "themes", "typed", "vote", "weighing", "withholding"]
