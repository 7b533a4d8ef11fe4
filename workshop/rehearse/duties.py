"""What is the facilitator's to do in each stage, before people begin and when they are done."""
import html
import re
import time
from collections import Counter
from typing import TYPE_CHECKING

import gevent

from workshop.rehearse.checks import unbalanced
from workshop.rehearse.peek import peek
from workshop.words import _

if TYPE_CHECKING:
    from workshop.rehearse.lead import Facilitator

SUGGESTS = 180.0     # seconds until there has to be a suggestion
QUIET, SETTLES = 0.4, 15.0     # seconds in which no page changes, and until that has to be so
POLL = 0.25
TURN = 1.5           # seconds for each table or priority on the screen, where somebody looks on
SECTIONS = {
    "purpose": "We make services reach people who get the least of them, and we do it together.",
    "scope-in": "Offices, health, school and transport in the districts at the edge of town.",
    "scope-out": "National law. We write to those who make it.",
    "community": "Anybody from civil service or civil society who works on this. Half of each.",
    "practice": "Every second Tuesday, ninety minutes. Once a month somebody sits in the hotseat.",
    "decisions": "Who is there decides. Who objects says what would make it good enough.",
    "ways": "- Who speaks for others says for whom.\n- We answer each other within a week, also when the answer is no.\n- What goes wrong is told first to those it happened to.",
    "success": "In a year, three services that people in two districts say they use. We look back in June.",
    "amendment": "Anybody may propose a change. It is read at one meeting and adopted at the next, as this charter was."}
TELLING = re.compile(r'data-fill="wording"[^>]* data-field-theme="([^"]+)" data-field-wording="([^"]+)"')
OFFERED = re.compile(r'data-section="([^"]+)"[^>]* data-whole="([^"]+)"')
DATE = "Tuesday in two weeks, 9:30, at the community centre"
HANDFUL = 3
SHOWN_FROM = 5     # people who rated a priority
ANSWER = "The two offices share it. We look again in June."
NAME_MOST, WORDING_MOST = 60, 200


def begin(lead: "Facilitator", stage: dict, step: int) -> None:
    """Do what comes when every phone shows the step and nobody has begun."""
    if duty := BEGINS.get(stage["kind"]):
        duty(lead, stage, step)


def end(lead: "Facilitator", stage: dict, step: int) -> None:
    """Do what comes when everybody is done with the step."""
    if duty := ENDS.get(stage["kind"]):
        duty(lead, stage, step)


def _seat(lead: "Facilitator", stage: dict, step: int) -> None:
    """Look whether the groups are even, once they are formed."""
    groups = lead.play.data()["groups"]
    if groups and not lead.grouped:
        lead.play.ledger.faults += unbalanced(groups)
    lead.grouped = lead.grouped or bool(groups)


def _end_writing(lead: "Facilitator", stage: dict, step: int) -> None:
    lead.play.look_round()
    if stage["steps"][step]["silent"]:
        peek(lead.play)


def _share(lead: "Facilitator", stage: dict, step: int) -> None:
    """Give each table the floor in turn."""
    for group in lead.play.data()["groups"]:
        lead.ask("share_group", stage=stage["id"], group=group["id"])
        gevent.sleep(TURN * lead.play.pace.waits)


def _gather(lead: "Facilitator", stage: dict, step: int) -> None:
    """Accept the suggestion when it comes, then put right what people would: an idea, the offered wording for each, a name."""
    if step:
        return
    gevent.sleep(4 * TURN * lead.play.pace.waits)
    if not _accepted(lead, stage["id"]):
        faults = lead.play.ledger.faults
        faults.append(_("No suggestion came in %(n)d seconds; the ideas were sorted by hand.", n=SUGGESTS))
    data = lead.play.data()
    if len(_themes(data, stage)) < 2:
        _sort_by_hand(lead, stage["id"], data)
        data = lead.play.data()
    if themes := _themes(data, stage):
        _put_right(lead, stage["id"], data, themes)


def _themes(data: dict, stage: dict) -> list[dict]:
    """The themes of a board that hold ideas."""
    return [theme for theme in data["themes"] if theme["stage"] == stage["id"] and theme["ideas"]]


def _put_right(lead: "Facilitator", stage: str, data: dict, themes: list[dict]) -> None:
    texts, placed = {i["id"]: i["text"] for i in data["ideas"]}, {i for theme in themes for i in theme["ideas"]}
    if tray := [i["id"] for i in data["ideas"] if i["id"] not in placed and not i["parked"]]:
        lead.ask("move_ideas", stage=stage, ideas=tray[:1], theme=themes[0]["id"])
    _settle(lead)
    offered = {key: html.unescape(words) for key, words in TELLING.findall(_shown(lead, "board-shelves"))}
    for theme in themes:
        wording = offered.get(str(theme["id"])) or texts[theme["ideas"][0]]
        lead.ask("word_theme", stage=stage, theme=theme["id"], wording=wording[:WORDING_MOST])
    lead.ask("rename_theme", stage=stage, theme=themes[0]["id"], name=themes[0]["name"])


def _accepted(lead: "Facilitator", stage: str) -> bool:
    """Try until there is a suggestion.  The first refusal says that there is none yet; another, that it is empty."""
    until, first = time.monotonic() + SUGGESTS, ""
    while time.monotonic() < until:
        answer = lead.play.console.do("accept_suggestion", stage=stage)
        if answer.ok or first and answer.error != first:
            return True
        first = answer.error
        gevent.sleep(POLL)
    return False


def _sort_by_hand(lead: "Facilitator", stage: str, data: dict) -> None:
    """Where ideas have nothing in common: a handful of themes, named by the first idea in each."""
    ideas = [i for i in data["ideas"] if not i["parked"]]
    for n in range(HANDFUL):
        if mine := ideas[n::HANDFUL]:
            lead.ask("make_theme", stage=stage, key=f"rehearsed-{n}", name=mine[0]["text"][:NAME_MOST],
                     ideas=[i["id"] for i in mine])


def _begin_vote(lead: "Facilitator", stage: dict, step: int) -> None:
    """Note what is voted on and, when all is drawn, what every page says of it before the first ballot."""
    if step:
        return
    _settle(lead)
    play, data = lead.play, lead.play.data()
    play.ledger.votes.opens(_options(data, stage), data["plan"]["constituencies"])
    for page in play.pages():
        for region in page.board.shown:
            play.ledger.changed(page, region)
    peek(play)


def _options(data: dict, stage: dict) -> dict[str, str]:
    """What is voted on: id -> name."""
    if base := stage["run_off"] or stage["second"]:
        vote = next(vote for vote in data["votes"] if vote["stage"] == base)
        return {row["option"]: row["name"] for row in vote["rows"] if stage["second"] or row["option"] in vote["tied"]}
    if stage["options"] == "ideas":
        return {f"idea:{idea['id']}": idea["text"] for idea in data["ideas"]
                if idea["stage"] == stage["source"] and not idea["same_as"]}
    return {f"theme:{theme['id']}": theme["name"] for theme in _themes(data, {"id": stage["source"]})}


def _settle(lead: "Facilitator") -> None:
    """Wait until no page changes any more."""
    until = time.monotonic() + SETTLES
    while (time.monotonic() - lead.play.ledger.moved < QUIET or lead.play.behind()) and time.monotonic() < until:
        gevent.sleep(POLL / 5)
    lead.play.fetch()


def _shown(lead: "Facilitator", region: str) -> str:
    shown = lead.play.console.board.shown.get(region)
    return shown.html if shown else ""


def _end_vote(lead: "Facilitator", stage: dict, step: int) -> None:
    if step:
        return
    peek(lead.play)
    lead.play.ledger.votes.closes()
    lead.ask("close_vote", stage=stage["id"])
    vote = next(vote for vote in lead.play.data()["votes"] if vote["stage"] == stage["id"])
    for place in (*(_places(vote) if lead.play.pace.waits else ()), 0):
        lead.ask("show_result", stage=stage["id"], from_rank=place)
        gevent.sleep(2 * TURN * lead.play.pace.waits)
    if lead.play.rounds and vote["tied"] and not stage["run_off"]:
        lead.ask("open_run_off", stage=stage["id"], id=f"run-off-of-{stage['id']}")
        lead.play.learn_plan()


def _places(vote: dict) -> list[int]:
    """The places of a result that are shown one by one where people look on, the last first; fast, all is shown at once."""
    first = {*vote["priorities"], *vote["tied"]}
    return sorted({row["rank"] for row in vote["rows"] if row["option"] in first}, reverse=True)


def _begin_talk(lead: "Facilitator", stage: dict, step: int) -> None:
    """Find out what is talked about and ask who agrees; bring each to the screen in turn, unless all are talked about at once."""
    for priority in lead.play.find_priorities():
        if step or not stage["side_by_side"]:
            lead.ask("put_on_stage", stage=stage["id"], priority=priority)
        if not step:
            lead.ask("ask_agreement", stage=stage["id"], priority=priority, method="consent", round=1)
        gevent.sleep(TURN * lead.play.pace.waits)


def _end_talk(lead: "Facilitator", stage: dict, step: int) -> None:
    """Close what was asked, answer the objections, and put effort and impact of each priority on the screen."""
    rated, answered = (Counter(args["priority"] for said, args in lead.play.ledger.given if said == command and args.get("impact", 1) and args["stage"] == stage["id"])
                       for command in ("rate_priority", "answer_agreement"))
    for priority in () if step else lead.play.priorities:
        if answered[priority]:
            lead.ask("close_agreement", stage=stage["id"], priority=priority, round=1)
        if rated[priority] >= SHOWN_FROM:
            lead.ask("show_ratings", stage=stage["id"], priority=priority)
    for asked in () if step else lead.play.data()["agreements"]:
        for place, _reason in enumerate(asked["reasons"]):
            lead.ask("answer_reason", stage=asked["stage"], priority=asked["priority"], round=asked["round"], place=place, text=ANSWER, was=0)
    if lead.play.rounds and step + 1 == len(stage["steps"]):
        lead.ask("open_second_round", stage=stage["source"], id=f"second-{stage['source']}")
        lead.play.learn_plan()


def _draft(lead: "Facilitator", stage: dict, step: int) -> None:
    """Write most sections, and take what the workshop offers for the others, as the console shows it."""
    for section, text in SECTIONS.items():
        lead.ask("write_section", section=section, text=text, was=0)
    _settle(lead)
    for section, offer in OFFERED.findall(_shown(lead, "charter-sections")):
        if section not in SECTIONS:
            lead.ask("write_section", section=section, text=html.unescape(offer), was=0)


def _adopt(lead: "Facilitator", stage: dict, step: int) -> None:
    lead.ask("adopt_charter")


def _end(lead: "Facilitator", stage: dict, step: int) -> None:
    lead.ask("set_next_date", date=DATE)


BEGINS = {"break": _seat, "brainstorm": _seat, "plenary": _share, "themes": _gather, "vote": _begin_vote,
          "discuss": _begin_talk, "charter": _draft}
ENDS = {"brainstorm": _end_writing, "vote": _end_vote, "discuss": _end_talk, "charter": _adopt, "close": _end}
