"""What is wrong in the end: what was sent against what the documents hold and the pages show.  Pure functions."""
import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import Any

from workshop.rehearse.ledger import Ledger, Sent
from workshop.rehearse.reading import plain
from workshop.words import _, counted

KEPT = {"park_note": ("parking", "text"), "add_point": ("points", "text"), "set_action": ("actions", "what")}

SHOWN, EXAMPLES = 80, 3


def lost(ideas: Iterable[Sent], data: Mapping[str, Any], table: str) -> list[Sent]:
    """The ideas that were acknowledged and are not in workshop.json (*data*) or ideas.csv (*table*) word for word."""
    there = {idea["id"]: plain(idea["text"]) for idea in data["ideas"]}
    texts = Counter(plain(text) for text in texts_of(table))
    missing = []
    for idea in (i for i in ideas if i.acknowledged is not None):
        texts[idea.words] -= 1
        if there.get(idea.id) != idea.words or texts[idea.words] < 0:
            missing.append(idea)
    return missing


def doubled(ideas: Iterable[Sent], data: Mapping[str, Any], table: str) -> list[str]:
    """The words that stand in workshop.json or ideas.csv more often than they were sent."""
    sent = Counter(idea.words for idea in ideas)
    there = [Counter(plain(idea["text"]) for idea in data["ideas"]), Counter(plain(text) for text in texts_of(table))]
    return [words for words in sent if any(texts[words] > sent[words] for texts in there)]


def texts_of(table: str) -> list[str]:
    """The column of ideas in ideas.csv."""
    rows = csv.reader(io.StringIO(table.removeprefix("\ufeff")))
    column = next(rows, ["idea"]).index("idea")
    return [row[column] for row in rows]


def out_of_order(ideas: Iterable[Sent], data: Mapping[str, Any], charts: Iterable[Sequence[str]]) -> int:
    """How many ideas stand before one that their author sent earlier, or on a chart (ids) otherwise than they came."""
    place = {idea["id"]: n for n, idea in enumerate(data["ideas"])}
    by_author: dict[str, list[str]] = defaultdict(list)
    for idea in sorted((i for i in ideas if i.acknowledged is not None), key=lambda i: i.at):
        by_author[idea.author].append(idea.id)
    return sum(_steps_back([place[i] for i in chart if i in place]) for chart in (*by_author.values(), *charts))


def groups_of(data: Mapping[str, Any]) -> dict[str, str]:
    """idea -> the name of its group, without the word that goes before it ("table"); empty where it has none."""
    return {idea["id"]: idea["group"].removeprefix(data["plan"]["group_word"]).strip() for idea in data["ideas"]}


def seats(data: Mapping[str, Any], ideas: Mapping[str, Sent], told: Mapping[str, str]) -> dict[str, str]:
    """person -> the name of their group: where their ideas stand, else what their phone says (*told*)."""
    names = {group["name"] for group in data["groups"]}
    if len(names) == 1:
        return dict.fromkeys(told, names.pop())
    wrote = {ideas[idea].author: group for idea, group in groups_of(data).items() if idea in ideas}
    return {person: wrote.get(person, name) for person, name in told.items()}


def expected(data: Mapping[str, Any], ideas: Mapping[str, Sent], seated: Mapping[str, str]) -> set[tuple[str, str]]:
    """(idea, person) of everybody who sits in an idea's group, its author left out."""
    people: dict[str, list[str]] = defaultdict(list)
    for person, group in seated.items():
        people[group].append(person)
    return {(idea, person) for idea, group in groups_of(data).items() if idea in ideas and group
            for person in people[group] if person != ideas[idea].author}


def waits(ledger: Ledger, expected: Iterable[tuple[str, str]]) -> list[float]:
    """The ms until everybody saw what they should: from when it was sent, was revealed, or they came, the last of these."""
    found = []
    for idea, person in (pair for pair in expected if pair in ledger.seen):
        since = max(ledger.ideas[idea].at, ledger.ideas[idea].shown, ledger.joined.get(person, 0))
        found.append(max(0.0, ledger.seen[idea, person] - since) * 1000)
    return found


def unbalanced(groups: Iterable[Mapping[str, Any]]) -> list[str]:
    """Where groups, just formed, differ by more than one person, in all or of one side."""
    groups = list(groups)
    counts = {"": [group["people"] for group in groups]}
    for side in {side for group in groups for side in group["sides"]}:
        counts[side] = [group["sides"].get(side, 0) for group in groups]
    uneven = {side or _("everybody"): ", ".join(map(str, n)) for side, n in counts.items() if n and max(n) - min(n) > 1}
    return [_("Groups differ by more than one: %(side)s %(counts)s.", side=side, counts=n) for side, n in uneven.items()]


def miscounted(ballots: Mapping[str, Mapping[str, Mapping[str, int]]], data: Mapping[str, Any]) -> list[str]:
    """Votes whose result is not the sum of the last ballots that were acknowledged (stage -> person -> dots)."""
    faults = []
    for vote in (v for v in data["votes"] if v["known"] and v["stage"] in ballots):
        cast = ballots[vote["stage"]].values()
        dots = sum((Counter(ballot) for ballot in cast), Counter())
        wrong = [row["name"] for row in vote["rows"] if row["dots"] != dots[row["option"]]]
        if wrong or vote["voters"] != len(cast):
            faults.append(_("The vote counts %(counted)d ballots where %(cast)d were acknowledged; wrong: %(names)s.",
                            counted=vote["voters"], cast=len(cast), names=", ".join(wrong) or "-"))
    return faults


def misweighed(given: Iterable[tuple[str, dict]], data: Mapping[str, Any]) -> list[str]:
    """Priorities whose raters or answers in workshop.json are not those whose last ones were acknowledged."""
    rated: dict[tuple[str, str], dict[str, dict]] = defaultdict(dict)
    answered: dict[tuple[str, str, int], dict[str, str]] = defaultdict(dict)
    for command, args in given:
        if command == "rate_priority":
            rated[args["stage"], args["priority"]][args["by"]] = args
        elif command == "answer_agreement":
            answered[args["stage"], args["priority"], args["round"]][args["by"]] = args["answer"]
    faults = []
    for weight in data["weights"]:
        whole = [args for args in rated[weight["stage"], weight["priority"]].values() if args["effort"] and args["impact"]]
        medians = [median(args[axis] for args in whole) for axis in ("effort", "impact")] if whole else []
        if weight["raters"] != len(whole) or medians != [weight["effort"]["median"], weight["impact"]["median"]]:
            faults.append(_("Effort and impact of %(priority)s are not what %(n)d people gave.", priority=weight["priority"], n=len(whole)))
    for asked in data["agreements"]:
        said = Counter(answered[asked["stage"], asked["priority"], asked["round"]].values())
        if asked["people"] != said.total() or asked["counts"] and +Counter(asked["counts"]) != said:
            faults.append(_("Who agrees to %(priority)s is not what %(n)d people said.", priority=asked["priority"], n=said.total()))
    return faults


def of_another_round(data: Mapping[str, Any]) -> list[str]:
    """Where priorities are not those of the second vote, though one was held."""
    second = {vote["stage"] for vote in data["votes"] if vote["known"] and vote["second_of"]}
    wrong = [p["name"] for p in data["priorities"] if second and p["vote"] not in second]
    return [_("A second vote was held, and these priorities are not from it: %(names)s.", names=", ".join(wrong))] if wrong else []


def missing(given: Iterable[tuple[str, dict]], data: Mapping[str, Any]) -> list[str]:
    """What else was acknowledged and is not in workshop.json once: notes, points, actions, names, last words and ratings."""
    given = list(given)
    faults = []
    for command, (where, what) in KEPT.items():
        said = Counter(plain(args[what]) for kind, args in given if kind == command)
        there = Counter(plain(entry[what]) for entry in data[where])
        faults += [_("%(command)s was acknowledged and is not there: %(words)s", command=command, words=words)
                   for words in said if there[words] < said[words]]
        faults += [_("%(command)s stands there more often than it was sent: %(words)s", command=command, words=words)
                   for words in said if there[words] > said[words]]
    words = Counter({args["by"]: args["word"] for said, args in given if said == "say_word"}.values())
    ratings = Counter({args["by"]: args["rating"] for said, args in given if said == "rate_workshop"}.values())
    told = {"words": Counter(data["feedback"]["words"]), "ratings": Counter(data["feedback"]["ratings"])}
    starred = {args["idea"] for said, args in given if said == "star_idea"}
    if gone := starred - {idea["id"] for idea in data["ideas"] if idea["starred"]}:
        faults.append(counted("%(n)d star was acknowledged and is not there.",
                              "%(n)d stars were acknowledged and are not there.", len(gone)))
    named = {args["by"] for said, args in given if said == "print_name"}
    if (there := len(data["participants"])) != len(named):
        faults.append(_("%(there)d people are named where %(n)d asked for it.", n=len(named), there=there))
    return faults + _adopted(given, data) + [_("The feedback (%(what)s) is not what people gave.", what=what)
                     for what, gave in (("words", words), ("ratings", ratings)) if gave != told[what]]


def _adopted(given: Sequence[tuple[str, dict]], data: Mapping[str, Any]) -> list[str]:
    """Where an adopted charter records other stands than were taken."""
    stands = Counter({args["by"]: args["stand"] for said, args in given if said == "take_stand"}.values())
    if not (adopted := data["charter"]["adopted"]):
        return []
    recorded = Counter(agree=adopted["agree"], live=adopted["live"], object=len(adopted["objections"]))
    return [] if +recorded == stands else [_("The charter's record of adoption is not what people said.")]


def sentences(ledger: Ledger, gone: Sequence[Sent], twice: Sequence[str], back: int, unseen: int) -> list[str]:
    """The faults of the counts, as sentences."""
    lost_ones = [idea.text for idea in gone]
    leaks = sorted(f"{ledger.ideas[idea].text[:SHOWN]!r} ({who})" for idea, who in ledger.leaks)
    told = [
        _many(lost_ones, counted("%(n)d idea was acknowledged and lost", "%(n)d ideas were acknowledged and lost",
                                 len(lost_ones))),
        _many(twice, counted("%(n)d idea stands there twice", "%(n)d ideas stand there twice", len(twice))),
        _many(leaks, counted("%(n)d time an idea reached somebody before it was revealed",
                             "%(n)d times an idea reached somebody before it was revealed", len(leaks))),
        back and counted("%(n)d idea is out of order.", "%(n)d ideas are out of order.", back),
        unseen and counted("%(n)d time an idea never reached a phone of its group.",
                           "%(n)d times an idea never reached a phone of its group.", unseen)]
    return [sentence for sentence in told if sentence]


def _many(what: Sequence[str], sentence: str) -> str:
    """*sentence* with the first of *what*, empty where there is none."""
    return f"{sentence}: {'; '.join(words[:SHOWN] for words in what[:EXAMPLES])}" if what else ""


def _steps_back(places: Sequence[int]) -> int:
    return sum(later < earlier for earlier, later in zip(places, places[1:]))
