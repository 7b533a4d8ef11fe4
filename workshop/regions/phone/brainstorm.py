"""The flip chart of a group, what is one's own, what one supports, and the group's stars."""
from workshop.regions.phone.view import charted, view
from workshop.regions.region import Context, Within, region
from workshop.room import Room
from workshop.rules.brainstorm import vote_opened
from workshop.rules.stages import standing
from workshop.state import Idea, Workshop

HINTED_MOST = 80
# Bytes, of which a phone's page has 60,000: the chart, one's own ideas and what one supports; the chart to star;
# and what stays of chart and own ideas where they are only looked back at.
CHART, OWN, SUPPORTED, STARRING, LOOKED_BACK = 17_000, 13_000, 4_000, 17_000, 3_000
ASKED_WHETHER_READY = ("welcome", "writing", "stars")


@region("phone", "group", listed=True)
def flip_chart(w: Workshop, room: Room, group: str) -> Context:
    """The ideas of the group, oldest first, with how many support each; none while writing is silent."""
    stage = charted(w)
    open = bool(stage) and not w.is_silent(stage)
    may_support = open and view(w) == "writing" and not vote_opened(w, stage)
    return {"open": open, "within": Within(CHART if view(w) == "writing" else LOOKED_BACK),
            "entries": [(i.id, (i.text, len(w.supporters(i.id)), may_support)) for i in (w.chart(stage, group) if open else ())]}


@region("phone", "person", listed=True)
def my_ideas(w: Workshop, room: Room, person: str) -> Context:
    """One's own ideas, which one may edit, take back and put back until the vote opens; what a facilitator set aside says so."""
    stage = charted(w)
    may_change = bool(stage) and not vote_opened(w, stage)
    mine = [i for i in w.written_by(person, stage) if may_change or not i.withdrawn]
    return {"open": bool(stage), "silent": w.is_silent(stage), "code": w.code, "within": Within(OWN if view(w) == "writing" else LOOKED_BACK),
            "entries": [(i.id, (i.text, may_change, i.withdrawn, len(w.supporters(i.id)), i.withheld)) for i in mine]}


@region("phone", "person", listed=True)
def my_support(w: Workshop, room: Room, person: str) -> Context:
    """Which ideas of others one supports, to take back where no script turns the chart's buttons."""
    stage = charted(w)
    open = view(w) == "writing" and not vote_opened(w, stage)
    given = [i for i in (w.ideas[idea] for idea in w.supported.get(person, ())) if i.stage == stage and i.stands] if open else []
    return {"given": tuple(i.id for i in given), "within": Within(SUPPORTED),
            "entries": [(i.id, i.text) for i in given]}


@region("phone", "person")
def my_ready(w: Workshop, room: Room, person: str) -> Context:
    """Whether one has said that one is ready, where the stage asks for it: in a welcome by the first tap, in its first step; in a vote
    once one's dots are sent."""
    asked = view(w) if view(w) in ASKED_WHETHER_READY and not (view(w) == "welcome" and w.steps[w.open_id]) else ""
    if view(w) == "vote" and person in w.votes[w.open_id].ballots:
        asked = "vote"
    return {"view": asked, "ready": person in room.ready.get(standing(w), ())}


@region("phone", "group", listed=True)
def starring(w: Workshop, room: Room, group: str) -> Context:
    """The group's chart with a star beside each idea, what is starred foremost; any member stars and takes back."""
    stage, open = charted(w), _stars_shown(w, group)
    stars = w.stars.get((stage, group), ())
    chart = w.chart(stage, group) if open else ()
    return {"open": open, "code": w.code, "within": Within(STARRING, foremost=stars),
            "entries": [(i.id, (i.text, i.id in stars, len(w.supporters(i.id)))) for i in chart]}


@region("phone", "group")
def stars_given(w: Workshop, room: Room, group: str) -> Context:
    """How many of its stars the group has given."""
    open = _stars_shown(w, group)
    return {"open": open, "given": len(w.stars.get((charted(w), group), ())), "top": w.plan.top, "word": w.plan.group_word}


def may_be_hinted(w: Workshop, person: str, stage: str) -> tuple[Idea, ...]:
    """The ideas that *person* may be told of while they write for *stage*: the newest of their chart, while writing is
    silent their own; none once the vote has opened."""
    at = w.plan.stage(stage)
    if person not in w.people or not at or at.kind != "brainstorm" or not w.has_opened(stage) or vote_opened(w, stage):
        return ()
    group = w.group_of(person, stage)
    seen = w.written_by(person, stage) if w.is_silent(stage) else w.chart(stage, group.id if group else "")
    return tuple(idea for idea in seen if idea.stands)[-HINTED_MOST:]


def _stars_shown(w: Workshop, group: str) -> bool:
    if w.is_silent(charted(w)):
        return False
    return view(w) == "stars" or view(w) == "plenary" and w.sharing[w.open_id] == group
