"""What stands on a ballot, as the screen names it."""
from dataclasses import dataclass

from workshop.state import Vote, Workshop


@dataclass(frozen=True)
class Option:
    """One option of a vote: a theme with its *mark* and *wording*, or a single idea without either."""

    key: str
    mark: str
    text: str
    wording: str = ""


def option(w: Workshop, vote: Vote, key: str) -> Option:
    """The option *key* (``theme:N`` or ``idea:ID``) of *vote*."""
    kind, _, at = key.partition(":")
    if kind == "idea":
        return Option(key, "", w.ideas[at].text)
    theme = w.boards[w.source(vote.stage)].themes[int(at)]
    return Option(key, theme.mark, theme.name, theme.wording)


def decided(w: Workshop, stage: str) -> tuple[Option, ...]:
    """What the stage *stage* builds on: the priorities, and any tied for the last place."""
    vote = next((v for v in (w.votes.get(w.source(stage)), w.last_vote) if v and v.result), None)
    return tuple(option(w, vote, key) for key in (*vote.result.priorities, *vote.result.tied)) if vote else ()
