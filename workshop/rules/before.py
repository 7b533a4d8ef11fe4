"""What is agreed before people vote: how many dots, by which criteria, and which options stay apart."""
from workshop.agenda import CRITERIA_MOST, CRITERION_MOST, Stage
from workshop.events import Event
from workshop.events.vote import BothKept, CriteriaSet, OptionsChosen
from workshop.rules.command import Ask, Refused, cleaned, command
from workshop.rules.vote import drawn_up
from workshop.state import Vote, Workshop
from workshop.words import N_, _

MANY = 20              # options; of more few people read the last ones


def vote_ahead(w: Workshop) -> Stage | None:
    """The vote that is open, or the next one that the room comes to, once what it is about is on the table; None where there is none."""
    if not w.open or w.ended:
        return None
    if w.open.kind == "vote":
        return w.open
    at = w.plan.place(w.open_id)
    ahead = next((s for s in w.plan.stages[at + 1:] if s.kind == "vote" and s.id not in w.votes), None)
    if not ahead or not w.has_opened(ahead.source) or w.is_silent(ahead.source):
        return None
    written_still = ahead.options == "ideas" and w.plan.place(ahead.source) == at
    return None if written_still else ahead


def ballot_ahead(w: Workshop, stage: Stage) -> Vote | None:
    """The vote *stage* as it is, or as it would be if it opened now; None where there is too little to vote on."""
    try:
        return w.votes.get(stage.id) or drawn_up(w, stage, 0)
    except Refused:
        return None


def criteria(w: Workshop, stage: str) -> tuple[str, ...]:
    """What people are asked to vote by: as the facilitators put it, or the plan, or words that fit every workshop."""
    at = w.plan.stage(stage)
    if at.run_off:
        return criteria(w, at.run_off)
    said = w.criteria[stage][-1] if stage in w.criteria else at.criteria
    if said:
        return said
    fair = _("Which do all sides gain from?") if len(w.plan.constituencies) > 1 else _("Which helps most people?")
    return (_("Which would change most?"), _("Which can we start ourselves, and soon?"), fair)


@command("facilitator")
def set_criteria(w: Workshop, ask: Ask, *, stage: str, criteria: str, was: int | None = None) -> Event | None:
    """Say what people should vote by, one sentence a line, before the first ballot; nothing stands for the usual words.

    *was*: how often it was said before, as the asker's page shows it.
    """
    at = _a_vote(w, stage)
    said = tuple(filter(None, map(cleaned, criteria.splitlines())))
    before = w.criteria.get(stage, ())
    if said == (before[-1] if before else at.criteria):
        return None
    if stage in w.votes and (w.votes[stage].ballots or w.votes[stage].sheets):
        raise Refused(N_("Ballots are in, so the criteria stay as they are."))
    if was is not None and was != len(before):
        raise Refused(N_("Somebody changed the criteria first. Look at them, then change them again."))
    if len(said) > CRITERIA_MOST or any(len(line) > CRITERION_MOST for line in said):
        raise Refused(N_("Give up to %(lines)d criteria of up to %(most)d characters."), lines=CRITERIA_MOST, most=CRITERION_MOST)
    return CriteriaSet(stage, said)


@command("facilitator")
def keep_both(w: Workshop, ask: Ask, *, stage: str, option: str, other: str) -> Event | None:
    """Leave two options that look alike as two; they are not offered as one again."""
    vote, pair = ballot_ahead(w, _a_vote(w, stage)), (min(option, other), max(option, other))
    if pair in w.kept_both.get(stage, ()):
        return None
    if not vote or not {option, other} <= set(vote.options) or option == other:
        raise Refused(N_("One of these is not on the ballot any more."))
    return BothKept(stage, *pair)


def themes_for(w: Workshop, stage: Stage) -> str:
    """The themes stage ahead of the vote *stage* on single ideas whose board has at least two themes of these ideas; "" for none."""
    ahead = w.plan.stages[:w.plan.place(stage.id)]
    boards = (w.boards[s.id] for s in reversed(ahead) if s.id in w.boards and w.source(s.id) == stage.source)
    return next((board.stage for board in boards if sum(bool(board.ideas_in(theme)) for theme in board.themes) > 1), "")


@command("facilitator")
def vote_on(w: Workshop, ask: Ask, *, stage: str, options: str, was: int | None = None) -> Event | None:
    """Have people vote on ``themes``, or on single ``ideas`` again, before the vote opens.  *was*: how often that was chosen before."""
    at = _a_vote(w, stage)
    if at.options == options:
        return None
    if options not in ("themes", "ideas") or at.run_off or at.second:
        raise Refused(N_("This page is out of date. Load it again."))
    if stage in w.votes:
        raise Refused(N_("The vote has opened, so people vote on what they have."))
    if was is not None and was != w.voted_on.get(stage, 0):
        raise Refused(N_("Somebody chose what to vote on first. Look at it, then choose again."))
    source = themes_for(w, at) if options == "themes" else w.source(at.source)
    if not source:
        raise Refused(N_("These ideas are in no themes yet. Make at least two on the board first."))
    return OptionsChosen(stage, options, source)


def _a_vote(w: Workshop, stage: str) -> Stage:
    at = w.plan.stage(stage)
    if not at or at.kind != "vote":
        raise Refused(N_("This workshop has no such stage. Load the page again."))
    return at
