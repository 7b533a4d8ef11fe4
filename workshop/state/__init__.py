"""What a workshop is, after every event so far: frozen values that share structure.

Nothing here asks the time, chance or the disk.  Maps are plain dicts that nobody
changes once they are in a ``Workshop``; an event puts a new dict in their place, so
that "did this change?" is an ``is``.  Times are milliseconds since 1970, UTC.
"""
from workshop.state.board import MARKS, Board, Edit, Spot, Step, Suggestion, Theme, Wishes
from workshop.state.ideas import IDEA_MOST, Idea, Note, Withheld
from workshop.state.outcome import POINT_KINDS, Action, Adoption, Point, Section, Stand
from workshop.state.people import Facilitator, Group, Person
from workshop.state.vote import LEAST_SHOWN, Ballot, Budget, Count, OnPaper, Result, Row, Sheet, Vote, blurred
from workshop.state.weighing import ANSWERS, SCALE, WEIGHED_LEAST, Answer, Done, Figures, Outcome, Question, Rating, Spread, Weight
from workshop.state.workshop import Clock, Origin, Workshop

__all__ = ["ANSWERS", "IDEA_MOST", "LEAST_SHOWN", "MARKS", "POINT_KINDS", "SCALE", "WEIGHED_LEAST", "Action", "Adoption", "Answer", "Ballot", "Board", "Budget", "Clock", "Count",
           "Done", "Edit", "Facilitator", "Figures", "Group", "Idea", "Note", "OnPaper", "Origin", "Outcome", "Person", "Point", "Question", "Rating", "Result", "Row", "Section", "Sheet", "Spot",
           "Spread", "Stand", "Step", "Suggestion", "Theme", "Vote", "Weight", "Wishes", "Workshop", "blurred"]
