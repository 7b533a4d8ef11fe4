"""Every figure of a workshop counted anew from the rows of its journal, by a reader that shares nothing with the product."""
import json
import sqlite3
from collections import Counter, defaultdict
from contextlib import closing
from datetime import datetime
from pathlib import Path
from statistics import median


class CountedAnew:
    """What the rows of the journal *path* come to.  Boards are followed through suggestions, moves, folds, merges and new themes."""

    def __init__(self, path: Path) -> None:
        with closing(sqlite3.connect(path)) as db:
            self.rows = [(at, kind, json.loads(body)) for at, kind, body in db.execute("select at, kind, body from journal order by seq")]
        self.plan = next(body["plan"] for _at, kind, body in self.rows if kind == "WorkshopMade")
        self.sides = self.plan["constituencies"]
        self._people()
        self._ideas()
        self._board()
        self._votes()
        self._rest()

    def each(self, *kinds: str):
        return (body for _at, kind, body in self.rows if kind in kinds)

    def last(self, kind: str, *keys: str) -> dict:
        """The last body of *kind* for each value of *keys*."""
        return {tuple(body[key] for key in keys): body for body in self.each(kind)}

    def _people(self) -> None:
        self.people, self.phones, self.seats = {}, {}, defaultdict(dict)
        self.tables: dict[str, list[str]] = {}
        for _at, kind, body in self.rows:
            if kind == "PersonJoined":
                self.people[body["person"]], self.phones[body["person"]] = body["constituency"], body["phone"]
                for stage, group in body["seats"].items():
                    self.seats[stage][body["person"]] = group
            elif kind == "StageOpened" and body["groups"]:
                self.tables[body["stage"]] = [group["id"] for group in body["groups"]]
                self.seats[body["stage"]] = {person: group["id"] for group in body["groups"] for person in group["people"]}
            elif kind == "PersonMoved":
                self.seats[body["stage"]][body["person"]] = body["group"]
        self.of_side = Counter(self.people.values())
        self.in_group = {stage: {group: Counter(self.people[p] for p, at in seats.items() if at == group) for group in self.tables[stage]} for stage, seats in self.seats.items()}

    def _ideas(self) -> None:
        self.ideas, gone, aside, author, support, self.late = {}, set(), set(), {}, defaultdict(set), set()
        stars: set[str] = set()
        without_star: set[str] = set()
        for _at, kind, body in self.rows:
            id = body.get("idea")
            if kind == "IdeaSubmitted":
                self.ideas[id], author[id] = body["text"], body["author"]
                self.late |= {id} if body["late"] else set()
            elif kind == "IdeaEdited":
                self.ideas[id] = body["text"]
            elif kind == "IdeaWithdrawn":
                gone.add(id)
                stars.discard(id)
            elif kind == "IdeaRestored":
                gone.discard(id)
            elif kind == "IdeaWithheld":
                aside.add(id)
                without_star |= stars & {id}
                stars -= {id}
            elif kind == "IdeaGivenBack":
                aside.discard(id)
                stars |= without_star & {id}   # nobody took its star meanwhile
            elif kind in ("IdeaStarred", "IdeaUnstarred"):
                (stars.add if kind == "IdeaStarred" else stars.discard)(id)
            elif kind in ("IdeaSupported", "IdeaUnsupported"):
                (support[id].add if kind == "IdeaSupported" else support[id].discard)(body["person"])
        self.withdrawn, self.withheld, self.stars = len(gone - aside), len(aside), stars
        self.ideas = {id: text for id, text in self.ideas.items() if id not in gone | aside}
        self.support = {id: len(support[id] - {author[id]}) for id in self.ideas}

    def _board(self) -> None:
        self.themes: dict[int, str] = {}
        place: dict[str, int] = {}
        for body, kind in ((body, kind) for _at, kind, body in self.rows):
            if kind == "SuggestionAccepted":
                self.themes |= {int(n): name for n, name in body["themes"].items()}
                place |= body["place"]
            elif kind == "ThemeMade":
                self.themes[body["theme"]] = body["name"]
                place |= dict.fromkeys(body["ideas"], body["theme"])
            elif kind == "ThemeRenamed":
                self.themes[body["theme"]] = body["name"]
            elif kind == "ThemesMerged":
                del self.themes[body["theme"]]
                place = {idea: body["into"] if at == body["theme"] else at for idea, at in place.items()}
            elif kind == "IdeasMoved":
                place |= dict.fromkeys(body["ideas"], body["theme"])
            elif kind == "IdeasFolded":
                place |= dict.fromkeys(body["ideas"], place.get(body["into"], -1))
        self.place = {idea: at for idea, at in place.items() if at in self.themes and idea in self.ideas}
        self.in_theme = Counter(self.place.values())

    def _votes(self) -> None:
        self.votes = {}
        for closed in self.each("VoteClosed"):
            stage, left = closed["stage"], set(closed["over"])
            ballots = {person: body["dots"] for (at, person), body in self.last("BallotCast", "stage", "person").items() if at == stage and person not in left}
            sheets = [body for (at, _side), body in self.last("SheetEntered", "stage", "side").items() if at == stage]
            self.votes[stage] = Vote(self, stage, ballots, sheets)

    def _rest(self) -> None:
        removed = {body["action"] for body in self.each("ActionRemoved")}
        self.actions = [body["action"] for (id,), body in {(b["action"]["id"],): b for b in self.each("ActionSet")}.items() if id not in removed]
        gone = {body["point"] for body in self.each("PointRemoved")}
        self.points = [body for body in self.each("PointAdded") if body["point"] not in gone]
        self.notes = [body["text"] for body in self.each("NoteParked")]
        self.ratings = Counter(body["rating"] for body in self.last("WorkshopRated", "person").values())
        self.words = Counter(body["word"] for body in self.last("WordSaid", "person").values())
        self.help = Counter(priority for (priority, _person), body in self.last("HelpOffered", "priority", "person").items() if body["on"])
        self.printed = {person for (person,), body in self.last("NamePrinted", "person").items() if body["on"]}
        self.weights = {priority: self._weight(n) for n, priority in ((n, body["priority"]) for n, (_at, kind, body) in enumerate(self.rows) if kind == "RatingsShown")}
        self.agreements = {(b["priority"], b["round"]): Counter(a["answer"] for (p, r, _person), a in self.last("AgreementAnswered", "priority", "round", "person").items()
                                                              if (p, r) == (b["priority"], b["round"])) for b in self.each("AgreementClosed")}
        self.adoption = self._adoption()
        times = [(datetime.fromisoformat(at), body["stage"]) for at, kind, body in self.rows if kind == "StageOpened"]
        self.openings = [(at.strftime("%Y-%m-%dT%H:%M:%SZ"), stage) for at, stage in times]

    def _weight(self, until: int) -> dict:
        """The ratings that were in when they were shown."""
        priority = self.rows[until][2]["priority"]
        given = {body["person"]: body for _at, kind, body in self.rows[:until] if kind == "PriorityRated" and body["priority"] == priority}
        whole = [body for body in given.values() if body["effort"] and body["impact"]]
        return {"raters": len(whole), "effort": hinges([b["effort"] for b in whole]), "impact": hinges([b["impact"] for b in whole])}

    def _adoption(self) -> dict[str, int] | None:
        if not any(kind == "CharterAdopted" for _at, kind, _body in self.rows):
            return None
        stands = Counter(body["stand"] for body in self.last("StandTaken", "person").values())
        return {"agree": stands["agree"], "live": stands["live"], "object": stands["object"], "silent": len(self.people) - sum(stands.values())}


class Vote:
    """One vote, from its ballots and what was counted on paper."""

    def __init__(self, counted: CountedAnew, stage: str, ballots: dict, sheets: list) -> None:
        self.stage, self.voters = stage, len(ballots) + sum(sheet["people"] for sheet in sheets)
        self.on_paper = sum(sheet["people"] for sheet in sheets)
        self.dots, self.paper, self.people, self.by_side = Counter(), Counter(), defaultdict(Counter), defaultdict(Counter)
        for person, dots in ballots.items():
            for option, n in dots.items():
                self.dots[option] += n
                self.by_side[counted.people[person]][option] += n
                self.people[option][counted.people[person]] += n > 0
        for sheet in sheets:
            self.dots.update(sheet["dots"])
            self.paper.update(sheet["dots"])
        self.voted = Counter(counted.people[person] for person in ballots)
        opened = next(body["vote"]["options"] for body in counted.each("StageOpened") if body["stage"] == stage and body["vote"])
        self.options = [option for option in opened]
        best = sorted(self.options, key=lambda option: -self.dots[option])
        self.rank = {option: 1 + sum(self.dots[other] > self.dots[option] for other in self.options) for option in self.options}
        last = self.dots[best[counted.plan["priorities"] - 1]] if len(best) >= counted.plan["priorities"] else 0
        clear = [option for option in best if self.dots[option] > last]
        cut = [option for option in best if self.dots[option] == last and last]
        self.priorities = best[:0] + clear + (cut if len(clear) + len(cut) <= counted.plan["priorities"] else [])

    def told(self, option: str) -> str:
        """From how many people, 1 and 2 of a side told as one; for votes of two sides that are both shown."""
        counts = self.people[option].values()
        least, most = sum(1 if n in (1, 2) else n for n in counts), sum(2 if n in (1, 2) else n for n in counts)
        return str(most) if least == most else f"{least} to {most}"

    def told_of(self, option: str, side: str) -> str:
        n = self.people[option][side]
        return "1 to 2" if n in (1, 2) else str(n)


def hinges(values: list[int]) -> tuple[float, float, float]:
    """Tukey's hinges and the median: the medians of both halves, each with the middle one where their number is odd."""
    values, half = sorted(values), (len(values) + 1) // 2
    return median(values[:half]), median(values), median(values[-half:])
