"""A workshop as it stood when a version of its charter was adopted."""
from dataclasses import replace

from workshop.state import Workshop


def stood(w: Workshop, version: int) -> Workshop:
    """*w* as it stood when *version* was adopted, without what was taken back or withheld since: ideas, and consent to be named."""
    then = w.versions[version - 1]
    ideas = {id: idea for id, idea in then.ideas.items() if id in w.ideas and w.ideas[id].stands}
    votes = {id: replace(vote, from_rank=w.votes[id].from_rank) if id in w.votes else vote for id, vote in then.votes.items()}
    return replace(then, ideas=ideas, votes=votes, opened=w.opened, printed=w.printed, people={id: w.people[id] for id in then.people if id in w.people},
                   next_date=w.next_date)
