"""What somebody with a phone does in each stage."""
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from workshop.words import _

if TYPE_CHECKING:
    from workshop.rehearse.player import Player

Act = Callable[[], object]
NOTES = ("Who keeps the list of addresses afterwards?", "Can we have the next meeting in the evening?",
         "The wifi here is a service as well.", "Somebody should tell the district council.",
         "What about people who read no letters at all?", "Next time with child care, please.", "Who tells those who could not come today?")
POINTS = (    # of each kind a few, spread so that each of three tables has some of most
    ("power", "We can start this with the people in this room."),
    ("power", "Two offices may try it without asking anybody."),
    ("power", "The phone list exists already, we only have to share it."),
    ("others", "The district has to release half a post."),
    ("others", "It needs the landlords of the rooms."),
    ("others", "The bus company decides about the stop."),
    ("obstacle", "Nobody has the time written into their job."),
    ("obstacle", "The forms of both sides do not fit together."),
    ("obstacle", "Letters arrive after the deadline they name."),
    ("how", "One street first, then look what happened."),
    ("how", "A fixed morning each week, with one name on the door."),
    ("how", "Ask ten people who gave up why they did."),
    ("power", "The community centre gives us a room on Tuesdays."),
    ("power", "Each of us can bring one person who was sent away."),
    ("power", "We may change the order of the questions ourselves."),
    ("later", "A law would have to change for the rest."),
    ("later", "A joint budget, from the year after next."),
    ("later", "The other districts, once this one has a year behind it."),
    ("obstacle", "Data protection: nobody knows what we may share."),
    ("obstacle", "Whoever knows the families best is on short contracts."),
    ("obstacle", "The last pilot ended, and nobody was told."),
    ("how", "Swap desks for a day before anything is written."),
    ("how", "Write down what a visit costs a family, in hours and fares."),
    ("how", "Pair one official with one neighbour for three months."),
    ("others", "The ministry has to accept one signature for two offices."),
    ("others", "The health centre would have to open one evening."),
    ("others", "Somebody has to insure the volunteers."))
ACTIONS = (
    ("Try it in one street for six weeks", "Find the street and the two people", "the health centre", "Half the people in the street used it once"),
    ("Ask both sides who will take part", "Write one letter, signed by both", "", "Ten names from each side"),
    ("Publish on one page what happened", "Agree who writes it", "the district's press office", ""),
    ("Walk the way of one application together", "Choose whose", "two families who have done it", "A list of every door and every wait"),
    ("Put both phone lists into one", "Ask who may be on it", "", ""),
    ("Open one door on Saturday mornings", "Find who has the key", "the community centre", "Thirty people come by the second month"))
OWNERS = ("Ana, district office", "Noor, tenants' union", "Pavel, health centre", "Rosa, parents' circle")
DUE = ("end of next month", "before the holidays", "in six weeks")
WORDS = ("hopeful", "tired", "together", "curious", "finally", "encouraged", "concrete", "more", "listening", "ready")
WHY_NOT = "Not before somebody says who pays for the bus."
NAMED, FIRST_NOTE = 3, 4     # one in so many wants to be named; the number of who writes the first note
WHY = "The charter should name who pays for the rooms."


def of(player: "Player", stage: dict, step: int) -> list[Act]:
    """All that *player* does in a step of a stage, in order."""
    return ACTS.get(stage["kind"], _nothing)(player, stage, step)


def again(player: "Player", stage: dict, step: int) -> Act:
    """What *player* does now and then after that, to look at: nothing that would spoil the stage."""
    if stage["kind"] == "brainstorm" and not stage["steps"][step]["stars"] and player.play.spare:
        return partial(_write_another, player, stage, step)
    if stage["kind"] == "vote" and step == 0:
        return partial(_vote, player, stage)
    if stage["kind"] == "discuss" and player.play.priorities:
        return partial(_waver, player)
    return lambda: player.do("ready", on=player.chance.random() < 0.7)


def _nothing(player: "Player", stage: dict, step: int) -> list[Act]:
    return []


def _welcome(player: "Player", stage: dict, step: int) -> list[Act]:
    named = player.number % NAMED == 0 and player.play.plan["names"] != "none"
    return [partial(player.do, "ready", on=True), *([partial(player.do, "print_name", on=True)] if named and not step else [])]


def _break(player: "Player", stage: dict, step: int) -> list[Act]:
    """One of a few leaves a note, some in a break and some while the board is made: what stands there already nobody writes again."""
    said = dict(enumerate(NOTES, start=FIRST_NOTE)).get(player.number)
    return [partial(_park, player, stage, said)] if said and not step and (stage["kind"] == "themes") == bool(player.number % 2) else []


def _park(player: "Player", stage: dict, text: str) -> None:
    player.do("park_note", note=player.new_id(), text=text, stage=stage["id"])


def _brainstorm(player: "Player", stage: dict, step: int) -> list[Act]:
    if stage["steps"][step]["stars"]:
        return [lambda: _star(player)]
    writes = [partial(_write, player, stage, step, text) for text in player.ideas.get((stage["id"], step), ())]
    return [*writes, partial(player.do, "ready", on=True)]


def _write(player: "Player", stage: dict, step: int, text: str) -> None:
    idea = player.new_id()
    player.play.ledger.writes(idea, player.id, text, stage["id"], player.play.led and stage["steps"][step]["silent"])
    player.do("submit_idea", idea=idea, text=text, stage=stage["id"])


def _write_another(player: "Player", stage: dict, step: int) -> None:
    if player.play.spare:
        _write(player, stage, step, player.play.spare.pop())


def _star(player: "Player") -> None:
    """Star what the table agreed on: everybody at it sees the same chart, so sorting by id is agreeing."""
    for idea in sorted(player.shown_ideas())[:player.play.plan["top"]]:
        player.do("star_idea", "the table may have given its stars to others", idea=idea)


def _vote_once(player: "Player", stage: dict, step: int) -> list[Act]:
    return [partial(_vote, player, stage)] * ((step == 0) + (step == 0 and player.chance.random() < 0.2))


def _vote(player: "Player", stage: dict) -> None:
    """Fill in the paper that the phone shows: every dot, on what this room and this person like."""
    options, dots, cap = player.paper()
    if not options:
        return player.play.ledger.faults.append(_("%(name)s got no paper to vote on.", name=player.name))
    if player.play.rounds and not (stage["run_off"] or stage["second"]):
        return _cast(player, stage, _level(player, options))
    liked = {option: player.play.taste(option) * player.chance.uniform(0.2, 1) for option in options}
    placed: Counter[str] = Counter()
    for _dot in range(min(dots, cap * len(options))):
        free = [option for option in options if placed[option] < cap]
        placed[player.chance.choices(free, [liked[option] for option in free])[0]] += 1
    _cast(player, stage, placed)


def _cast(player: "Player", stage: dict, dots: Counter[str]) -> None:
    player.ballots += 1
    player.do("cast_ballot", stage=stage["id"], dots=dict(dots), number=player.ballots)


def _level(player: "Player", options: list[str]) -> Counter[str]:
    """A ballot that leaves two options level for the last place: who sits next to somebody gives to the other one than they do."""
    places, n = player.play.plan["priorities"], player.number
    first = sorted(options)
    paired = n ^ 1 < len(player.play.players)
    return Counter([*first[:places - 1], *(first[places - 1 + n % 2:][:1] if paired else ())])


def _discuss(player: "Player", stage: dict, step: int) -> list[Act]:
    priorities = [] if step else player.play.priorities or player.play.find_priorities()
    if not priorities:
        return []
    turn, place = divmod(player.number, len(priorities))
    priority = priorities[place]
    doing = [partial(player.do, "choose_table", stage=stage["id"], priority=priority)] if stage["side_by_side"] else []
    if (n := turn * len(priorities) + place) < len(POINTS):
        doing.append(partial(_add_point, player, stage, priority, n))
    if turn < 2:
        doing.append(partial(_set_action, player, stage, priority))
    if player.chance.random() < 0.4:
        doing.append(partial(player.do, "offer_help", priority=priority, on=True))
    doing += [partial(_rate, player, stage, one) for one in priorities]
    return [*doing, partial(_answer, player, stage, priority)]


def _rate(player: "Player", stage: dict, priority: str) -> None:
    """Two taps: effort, then impact, about where this room puts the priority."""
    near = [1 + round(4 * player.play.taste(f"{priority} {what}") ** 0.5) for what in ("effort", "impact")]
    effort, impact = (min(5, max(1, middle + player.chance.choice((-1, 0, 0, 1)))) for middle in near)
    player.do("rate_priority", stage=stage["id"], priority=priority, effort=effort, impact=0, number=1)
    player.do("rate_priority", stage=stage["id"], priority=priority, effort=effort, impact=impact, number=2)


def _answer(player: "Player", stage: dict, priority: str) -> None:
    said = "object" if player.number == 4 else "aside" if player.chance.random() < 0.1 else "agree"
    player.do("answer_agreement", stage=stage["id"], priority=priority, round=1, answer=said, why=WHY_NOT if said == "object" else "", number=1)


def _waver(player: "Player") -> None:
    """Offer help somewhere, or take it back."""
    player.do("offer_help", priority=player.chance.choice(player.play.priorities), on=player.chance.random() < 0.7)


def _add_point(player: "Player", stage: dict, priority: str, n: int) -> None:
    kind, text = POINTS[n]
    player.do("add_point", point=player.new_id(), stage=stage["id"], priority=priority, kind=kind, text=text)


def _set_action(player: "Player", stage: dict, priority: str) -> None:
    what, first, support, measure = ACTIONS[player.number % len(ACTIONS)]
    player.do("set_action", action=player.new_id(), stage=stage["id"], priority=priority, what=what, first=first, support=support,
              owner=OWNERS[player.number % len(OWNERS)], due=DUE[player.number % len(DUE)], measure=measure)


def _charter(player: "Player", stage: dict, step: int) -> list[Act]:
    stand = "object" if player.number == 3 else "live" if player.chance.random() < 0.15 else "agree"
    return [partial(player.do, "take_stand", stand=stand, why=WHY if stand == "object" else "")]


def _close(player: "Player", stage: dict, step: int) -> list[Act]:
    word, rating = player.chance.choice(WORDS), player.chance.choice((3, 4, 4, 5, 5))
    return [partial(player.do, "say_word", word=word), partial(player.do, "rate_workshop", rating=rating)]


ACTS: dict[str, Callable[["Player", dict, int], list[Act]]] = {
    "welcome": _welcome, "break": _break, "themes": _break, "brainstorm": _brainstorm, "vote": _vote_once,
    "discuss": _discuss, "charter": _charter, "close": _close}
