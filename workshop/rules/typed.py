"""What hung on paper and is typed up afterwards: charts by the names on them, ideas without anybody's name."""
from workshop.events import Event
from workshop.events.brainstorm import IdeaSubmitted
from workshop.events.stages import StageOpened
from workshop.rules.brainstorm import worded
from workshop.rules.command import Ask, Refused, cleaned, command, ident
from workshop.state import Group, Workshop
from workshop.words import N_

CHARTS_MOST = 400


@command("organiser")
def open_charts(w: Workshop, ask: Ask, *, stage: str, charts: tuple[str, ...]) -> Event | None:
    """Open the brainstorm *stage* with the flip *charts* that hung there; nobody sits at them any more."""
    if stage in w.opened:
        return None
    if len(charts) > CHARTS_MOST:
        raise Refused(N_("At most %(most)d groups have a chart; this list names %(n)d."), most=CHARTS_MOST, n=len(charts))
    return StageOpened(stage, 0, ask.at, 0, tuple(Group(f"chart-{n}", cleaned(name)) for n, name in enumerate(charts, start=1)))


@command("organiser")
def type_idea(w: Workshop, ask: Ask, *, idea: str, text: str, stage: str, group: str) -> Event | None:
    """Put what stood on the chart of *group* ("" for none) into *stage*: nobody's, since nobody knows who wrote it."""
    if idea in w.ideas:
        return None
    if group and group not in {g.id for g in w.groups.get(stage, ())}:
        raise Refused(N_("That table or person is not there any more."))
    return IdeaSubmitted(stage, ident(idea), group, "", worded(text))
