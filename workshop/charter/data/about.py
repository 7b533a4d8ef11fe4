"""The tables of the workshop itself: what it was, who was there, when, and how it was found."""
from collections import Counter
from collections.abc import Iterator

from workshop.charter.data.table import Cell, Column, Table, at, columns
from workshop.charter.figures import by_side, day, group_name, participants, stage_title
from workshop.charter.seen import Seen
from workshop.state import Workshop
from workshop.words import N_, _

MINUTE = 60_000
VERSION = 1


def about(mark: str) -> Table:
    """The table of what else there is to know; *mark* is the journal's hash."""
    return Table("about", N_("What this is, and what else there is to know of the workshop."), columns("what, value", N_("One fact a row.")), lambda s: (fact for fact in _facts(s, mark) if fact[1] not in ("", None)))


def _facts(s: Seen, mark: str) -> Iterator[tuple[Cell, ...]]:
    w, sides = s.w, by_side(s.w, s.w.people)
    yield from ((_("Workshop"), w.plan.title), (_("Question"), w.plan.question), (_("Community"), w.plan.community), (_("Domain"), w.plan.domain),
                (_("Code"), w.code), (_("Opened again from an export of"), w.opened_from.code if w.opened_from else ""), (_("Date"), day(w.made) if w.made else ""), (_("Status"), _("final") if w.ended else _("draft")),
                (_("Last change (UTC)"), at(w.at)), (_("Language"), w.plan.language), (_("Version of the tables"), VERSION),
                (_("Journal entries"), w.seq), (_("Journal's hash, SHA-256"), mark),
                (_("Participants"), len(w.people)), *(((_("Participants: %(side)s", side=d.side)), d.n) for d in sides if w.plan.constituencies),
                (_("Without a phone"), sum(not p.phone for p in w.people.values())),
                (_("Ideas"), len(w.ideas)), (_("Ideas taken back by their authors"), s.withdrawn),
                (_("Ideas withheld by the facilitators"), s.withheld))
    yield from ((_("Themes of “%(stage)s” suggested by", stage=stage_title(w, b.stage)), b.encoder or _("people alone")) for b in w.boards.values())
    yield from _adoption(w)
    yield from ((_("Next meeting"), w.next_date), (_("Facilitators' notes"), w.note))
    yield from ((_("Left out of this copy"), sentence) for sentence in s.left_out)


def _adoption(w: Workshop) -> Iterator[tuple[Cell, ...]]:
    if a := w.adopted:
        yield from ((_("Charter adopted (UTC)"), at(a.at)), (_("Agree"), a.agree), (_("Can live with it"), a.live), (_("Object"), len(a.objections)), (_("No answer"), a.silent))
        yield from ((_("Objection"), words) for words in a.objections)


def _participants(s: Seen) -> Iterator[tuple[Cell, ...]]:
    return iter(participants(s.w))


def _groups(s: Seen) -> Iterator[tuple[Cell, ...]]:
    for stage, there in s.w.groups.items():
        for group in there:
            sides = [(d.side, d.n) for d in by_side(s.w, group.people)] or [("", 0)]
            yield from ((stage_title(s.w, stage), group_name(s.w, stage, group.id), side, n) for side, n in sides)


def _timeline(s: Seen) -> Iterator[tuple[Cell, ...]]:
    w, ends = s.w, [*(then for then, _stage, _step in s.w.timeline[1:]), s.w.ended or s.w.at]
    for n, ((then, stage, step), end) in enumerate(zip(w.timeline, ends, strict=False), start=1):
        planned = w.plan.stage(stage).steps[step]
        yield n, at(then), stage_title(w, stage), planned.title, planned.minutes, round(max(end - then, 0) / MINUTE, 1)


def _feedback(s: Seen) -> Iterator[tuple[Cell, ...]]:
    ratings, said = Counter(s.w.ratings.values()), Counter(s.w.words.values())
    yield from (("rating", str(n), ratings[n]) for n in sorted(ratings))
    yield from (("word", word, n) for word, n in sorted(said.items(), key=lambda pair: (-pair[1], pair[0].casefold(), pair[0])))


PARTICIPANTS = Table("participants", N_("Those who agreed to be named, by name."), columns("name, side", N_("As they gave it, and where they are from.")), _participants)
GROUPS = Table("groups", N_("Who sat where: how many of each side in each group."), (
    *columns("stage, group, side", N_("Where the groups were formed, the group, and who.")), Column("people", N_("How many of that side."), "number")), _groups)
TIMELINE = Table("timeline", N_("What was open, and when."), (
    Column("number", N_("Counts the openings."), "number"), Column("opened at", N_("When the room went there."), "moment"),
    *columns("stage, step", N_("Where the room went.")), *columns("minutes planned, minutes taken", N_("What the plan gave it, and how long the room stayed."), "decimal")), _timeline)
FEEDBACK = Table("feedback", N_("How it was: ratings from 1 to 5, and one word each."), (
    *columns("kind, said", N_("rating or word, and which.")), Column("people", N_("How many said so."), "number")), _feedback)
