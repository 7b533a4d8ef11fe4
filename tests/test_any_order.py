"""Any order of commands by several people is obeyed or refused, and survives a restart."""
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.story import PLAN, Story
from tests.test_reopen import opens_again
from workshop.rules import COMMANDS, Refused

PEOPLE = [f"p{n}" for n in range(4)]
STAGES = st.sampled_from([stage["id"] for stage in PLAN["stages"]] + ["again", "second", "moon"])
VOTES = st.sampled_from(["vote", "again", "second"])
IDEAS = st.sampled_from([f"i{n}" for n in range(6)])
OPTIONS = st.sampled_from([f"theme:{n}" for n in range(4)] + ["moon"])
WORDS = st.sampled_from(["A desk", "A bus", "", "x" * 501, "‮odd", "كلمة"])
ARGUMENTS = {
    "submit_idea": {"idea": IDEAS, "text": WORDS, "stage": st.just("ideas")}, "edit_idea": {"idea": IDEAS, "text": WORDS},
    "withdraw_idea": {"idea": IDEAS}, "restore_idea": {"idea": IDEAS}, "withhold_idea": {"idea": IDEAS, "reason": WORDS, "turns": st.none() | st.integers(0, 2)}, "give_back_idea": {"idea": IDEAS, "turns": st.none() | st.integers(0, 2)}, "star_idea": {"idea": IDEAS}, "unstar_idea": {"idea": IDEAS},
    "support_idea": {"idea": IDEAS}, "unsupport_idea": {"idea": IDEAS},
    "park_note": {"note": IDEAS, "text": WORDS},
    "cast_ballot": {"stage": VOTES, "dots": st.dictionaries(OPTIONS, st.integers(-1, 3), max_size=4), "number": st.integers(0, 5)},
    "choose_table": {"stage": STAGES, "priority": OPTIONS}, "offer_help": {"priority": OPTIONS, "on": st.booleans()},
    "add_point": {"point": IDEAS, "stage": st.just("discuss"), "priority": OPTIONS, "kind": st.sampled_from(["power", "how", "moon"]), "text": WORDS},
    "remove_point": {"point": IDEAS}, "set_action": {"action": IDEAS, "stage": st.just("discuss"), "priority": OPTIONS, "what": WORDS},
    "take_stand": {"stand": st.sampled_from(["agree", "live", "object"]), "why": WORDS, "version": st.integers(0, 3), "words": st.integers(0, 60)}, "say_word": {"word": WORDS},
    "rate_workshop": {"rating": st.integers(0, 6)}, "print_name": {"on": st.booleans()},
    "reveal_writing": {"stage": STAGES}, "share_group": {"stage": STAGES, "group": st.sampled_from(["g1", "g2", "g3"])},
    "ask_suggestion": {"stage": st.just("themes"), "about": st.integers(-1, 25), "into": WORDS, "strict": st.sampled_from([0, .5, 2])},
    "accept_suggestion": {"stage": st.just("themes"), "theme": st.none() | st.integers(0, 3)},
    "discard_suggestion": {"stage": st.just("themes")},
    "move_ideas": {"stage": st.just("themes"), "ideas": st.lists(IDEAS, max_size=3), "theme": st.integers(-1, 4)},
    "make_theme": {"stage": st.just("themes"), "key": IDEAS, "name": WORDS, "ideas": st.lists(IDEAS, max_size=3)},
    "rename_theme": {"stage": st.just("themes"), "theme": st.integers(0, 4), "name": WORDS},
    "word_theme": {"stage": st.just("themes"), "theme": st.integers(0, 4), "wording": WORDS},
    "merge_themes": {"stage": st.just("themes"), "theme": st.integers(0, 4), "into": st.integers(0, 4)},
    "close_theme": {"stage": st.just("themes"), "theme": st.integers(0, 4)},
    "hold_ideas": {"stage": st.just("themes"), "ideas": st.lists(IDEAS, max_size=3), "theme": st.none() | st.integers(0, 4)},
    "release_ideas": {"stage": st.just("themes"), "ideas": st.lists(IDEAS, max_size=3), "theme": st.none() | st.integers(0, 4)},
    "fold_ideas": {"stage": st.just("themes"), "ideas": st.lists(IDEAS, max_size=3), "into": IDEAS}, "part_card": {"stage": st.just("themes"), "idea": IDEAS},
    "leave_pair": {"stage": st.just("themes"), "idea": IDEAS, "other": IDEAS}, "undo": {"stage": st.just("themes"), "step": st.integers(0, 60)},
    "flag_place": {"stage": st.just("themes"), "idea": IDEAS, "theme": st.integers(-1, 4)},
    "unflag_place": {"stage": st.just("themes"), "idea": IDEAS}, "leave_flags": {"stage": st.just("themes"), "idea": IDEAS, "said": st.integers(0, 200)},
    "close_vote": {"stage": VOTES}, "show_result": {"stage": VOTES, "from_rank": st.integers(-1, 4)},
    "enter_sheet": {"stage": VOTES, "side": st.sampled_from(["", "Civil service", "moon"]), "dots": st.dictionaries(OPTIONS, st.integers(-1, 9), max_size=3),
                    "people": st.integers(-1, 6), "number": st.integers(0, 5)},
    "open_run_off": {"stage": STAGES, "id": st.sampled_from(["again", "vote", "a b"])},
    "open_second_round": {"stage": STAGES, "id": st.sampled_from(["second", "vote"])}, "take_back_round": {"stage": STAGES},
    "set_budget": {"stage": st.just("vote"), "dots": st.integers(0, 6), "cap": st.integers(0, 3), "was": st.none() | st.integers(0, 2)},
    "set_criteria": {"stage": st.just("vote"), "criteria": WORDS, "was": st.none() | st.integers(0, 2)},
    "vote_on": {"stage": STAGES, "options": st.sampled_from(["themes", "ideas", "moon"]), "was": st.none() | st.integers(0, 2)},
    "keep_both": {"stage": st.just("vote"), "option": OPTIONS, "other": OPTIONS},
    "put_on_stage": {"stage": st.just("discuss"), "priority": OPTIONS}, "remove_action": {"action": IDEAS},
    "write_section": {"section": st.sampled_from(["purpose", "moon"]), "text": WORDS, "was": st.integers(0, 4), "kind": st.sampled_from(["", "typed", "undo", "redo", "moon"])},
    "rate_priority": {"stage": st.just("discuss"), "priority": OPTIONS, "effort": st.integers(-1, 6), "impact": st.integers(0, 5), "number": st.integers(0, 4)},
    "show_ratings": {"stage": st.just("discuss"), "priority": OPTIONS}, "put_matrix": {"stage": STAGES, "on": st.booleans()},
    "ask_agreement": {"stage": st.just("discuss"), "priority": OPTIONS, "method": st.sampled_from(["consent", "fist", "moon"]), "round": st.integers(0, 3)},
    "answer_agreement": {"stage": st.just("discuss"), "priority": OPTIONS, "round": st.integers(0, 2), "answer": st.sampled_from(["agree", "object", "0", "5"]),
                         "why": WORDS, "number": st.integers(0, 4)},
    "close_agreement": {"stage": st.just("discuss"), "priority": OPTIONS, "round": st.integers(0, 2)},
    "answer_reason": {"stage": st.just("discuss"), "priority": OPTIONS, "round": st.integers(0, 2), "place": st.integers(-1, 2), "text": WORDS, "was": st.integers(0, 2)},
    "adopt_charter": {"version": st.integers(0, 3), "words": st.none() | st.integers(0, 60)},
    "propose_amendment": {"number": st.integers(0, 3)}, "drop_amendment": {"number": st.integers(0, 3)},
    "set_next_date": {"date": WORDS}, "end_workshop": {}, "tell_all": {"text": WORDS}, "set_eyes_up": {"on": st.booleans()},
    "write_note": {"text": WORDS}, "pause_clock": {"stage": STAGES}, "run_clock": {"stage": STAGES},
    "set_clock": {"stage": STAGES, "ends": st.just(1_790_000_500_000), "left": st.none() | st.integers(-1, 10**6)},
    "move_person": {"stage": STAGES, "person": st.sampled_from(PEOPLE), "group": st.sampled_from(["g1", "g2", "g3"])},
    "add_person": {"person": st.sampled_from(["tom", *PEOPLE]), "name": WORDS, "constituency": st.sampled_from(PLAN["constituencies"])},
}
BY_OTHERS = {"make_workshop", "welcome_facilitator", "join", "open_stage", "suggest_themes", "open_charts", "type_idea", "tell_unsaved"}


def test_every_command_is_tried():
    assert set(ARGUMENTS) | BY_OTHERS == set(COMMANDS)


class AnyOrder(RuleBasedStateMachine):
    """Several people and a facilitator who press whatever they like."""

    @initialize()
    def begins(self):
        self.folder = tempfile.TemporaryDirectory()
        self.story = Story(Path(self.folder.name))
        for n, person in enumerate(PEOPLE):
            self.story.session.do("join", person, "participant", name=person, constituency=PLAN["constituencies"][n % 2])
        self.written = {}

    @rule(command=st.sampled_from(sorted(ARGUMENTS)), by=st.sampled_from([*PEOPLE, "maya"]), data=st.data())
    def asks(self, command, by, data):
        args = {name: data.draw(values, name) for name, values in ARGUMENTS[command].items()}
        before = self.story.w
        self.story.session.touched()
        try:
            self.story.session.do(command, by, "facilitator" if by == "maya" else "participant", **args)
        except Refused as refused:
            assert str(refused) and self.story.w is before
            return
        if command == "submit_idea":
            self.written.setdefault(args["idea"], by)
        self.story.leaves_others_pages_alone(before)

    @rule(stage=STAGES, step=st.integers(0, 2))
    def goes_on(self, stage, step):
        try:
            self.story.opens(stage, step)
        except Refused as refused:
            assert str(refused)

    @rule(name=st.sampled_from(["Desks", "Buses"]))
    def is_answered(self, name):
        if "themes" in self.story.w.boards:
            self.story.suggests((name, list(self.story.w.ideas)[:2]), ("Rest", list(self.story.w.ideas)[2:4]))

    @rule()
    def loses_power(self):
        self.story.restarts()

    @invariant()
    def keeps_its_promises(self):
        if not hasattr(self, "story"):
            return
        w = self.story.w
        assert {i.id: i.author for i in w.ideas.values()} == self.written
        assert sum(len(chart) for chart in w.charts.values()) == len(w.ideas)
        assert {(i, p) for i, people in w.support.items() for p in people} == {(i, p) for p, ideas in w.supported.items() for i in ideas}
        assert not any(w.ideas[i].author in people for i, people in w.support.items())
        assert all(len(stars) <= w.plan.top and all(w.ideas[i].stands for i in stars) for stars in w.stars.values())
        for board in w.boards.values():
            assert set(board.place.values()) <= set(board.themes) and not set(board.themes) & board.gone
            assert all(w.ideas[i].stands for i in (*board.place, *board.held, *board.cards, *board.cards.values()))
        for vote in w.votes.values():
            assert all(n > 0 for b in vote.ballots.values() for n in b.dots.values())
            assert all(sum(b.dots.values()) <= vote.dots and max(b.dots.values(), default=0) <= vote.cap for b in vote.counted.values())
            assert vote.counted.keys() | set(vote.over) == vote.ballots.keys()
            assert not vote.result or (vote.result.voters, vote.result.over) == (vote.voters, len(vote.over))
            if vote.result:
                placed = [*(ballot.dots for ballot in vote.counted.values()), *(sheet.dots for sheet in vote.sheets.values())]
                assert sum(row.dots for row in vote.result.rows) == sum(sum(dots.values()) for dots in placed)
        assert bool(w.versions) == bool(w.adopted) and (not w.versions or w.versions[-1].adopted is w.adopted)
        assert not w.amending or w.adopted
        for groups in w.groups.values():
            assert sorted(p for g in groups for p in g.people) == sorted(w.people)

    def teardown(self):
        if hasattr(self, "story"):
            self.story.restarts()
            opens_again(self.story.w, Path(self.folder.name) / "again")
            self.story.session.close()
            self.folder.cleanup()


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=20, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck))
