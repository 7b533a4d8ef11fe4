"""Weighing priorities: effort and impact from phones, the 2x2, and who agrees to what."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.story import Story
from tests.test_drawn import prepare
from tests.test_hidden import app, downloads, drawings, look_the_same, rooms  # noqa: F401 (fixtures)
from workshop.charter import files, matrix, weighed
from workshop.rehearse import checks
from workshop.rules.weighing import figures, spread
from workshop.state import ANSWERS, Figures, Outcome, Question, Rating, Spread

DISCUSS = {"stage": "discuss"}


def up_to_discuss(story: Story) -> str:
    """Bring the room to the discussion; returns its first priority."""
    for stage in ("ideas", "plenary", "themes", "vote"):
        prepare(story, story.people, stage)
        story.opens(stage, 1 if stage == "ideas" else 0)
    for person in story.people:
        person.does("cast_ballot", stage="vote", dots={"theme:0": 2, "theme:1": 1}, number=1)
    story.maya.does("close_vote", stage="vote")
    story.opens("discuss")
    return "theme:0"


@pytest.fixture
def room(tmp_path):
    """Seven people who talk about two priorities at two tables."""
    story = Story(tmp_path, priorities=2)
    story.people = story.fills(7)
    story.first = up_to_discuss(story)
    story.second = "theme:1"
    yield story
    story.restarts()
    story.session.close()


def rate(who, priority, effort, impact, number=1, **more):
    return who.does("rate_priority", priority=priority, effort=effort, impact=impact, number=number, **DISCUSS, **more)


def answer(who, priority, said, why="", number=1, round=1, **more):
    return who.does("answer_agreement", priority=priority, answer=said, why=why, number=number, round=round, **DISCUSS, **more)


def asks(story, priority, method="consent", round=1):
    return story.maya.does("ask_agreement", priority=priority, method=method, round=round, **DISCUSS)


def closes(story, priority, round=1):
    return story.maya.does("close_agreement", priority=priority, round=round, **DISCUSS)


# Effort and impact ---------------------------------------------------------------------------------------------------

def test_one_tap_is_kept_and_counts_when_the_other_comes(room):
    ana = room.people[0]
    rate(ana, room.first, 2, 0)
    assert room.w.weights["discuss", room.first].raters == 0
    rate(ana, room.first, 2, 4, number=2)
    assert room.w.weights["discuss", room.first].raters == 1
    ana.is_refused("rate_priority", "1 to 5", priority=room.first, effort=6, impact=1, number=3, **DISCUSS)
    ana.is_refused("rate_priority", "1 to 5", priority=room.first, number=3, **DISCUSS)
    ana.is_refused("rate_priority", "not a priority", priority="theme:9", effort=1, impact=1, number=3, **DISCUSS)


def test_a_late_copy_of_a_rating_undoes_nothing(room):
    ana = room.people[0]
    rate(ana, room.first, 2, 4)
    rate(ana, room.first, 5, 5, number=2)
    rate(ana, room.first, 2, 4, number=3)
    assert not rate(ana, room.first, 5, 5, number=2)
    assert room.w.weights["discuss", room.first].ratings[ana.id] == Rating(2, 4, 3)
    ana.is_refused("rate_priority", "another page", priority=room.first, effort=1, impact=1, number=3, **DISCUSS)


def test_a_rating_is_taken_after_the_room_has_moved_on(room):
    """A phone that was without a line sends it then."""
    room.opens("charter")
    assert rate(room.people[0], room.first, 1, 5)


def test_four_raters_are_a_number_and_five_are_shown(room):
    for person in room.people[:4]:
        rate(person, room.first, 2, 4)
    room.maya.is_refused("show_ratings", "From 5 on", priority=room.first, **DISCUSS)
    rate(room.people[4], room.first, 5, 1)
    room.maya.does("show_ratings", priority=room.first, **DISCUSS)
    assert room.w.weights["discuss", room.first].shown == Figures(5, Spread(2, 2, 2), Spread(4, 4, 4))
    assert "discuss" in room.w.matrix_on
    room.people[0].is_refused("show_ratings", "Only a facilitator", priority=room.first, **DISCUSS)


def test_figures_shown_stay_until_five_have_rated_anew(room):
    """Otherwise what changes tells what the one who changed it said."""
    for person in room.people[:5]:
        rate(person, room.first, 2, 4)
    room.maya.does("show_ratings", priority=room.first, **DISCUSS)
    for n, person in enumerate(room.people[:5]):
        rate(person, room.first, 5, 1, number=2)
        if n < 4:
            room.maya.is_refused("show_ratings", "shown anew", priority=room.first, **DISCUSS)
        assert room.w.weights["discuss", room.first].shown.effort.median == 2
    assert room.maya.does("show_ratings", priority=room.first, **DISCUSS)
    assert room.w.weights["discuss", room.first].shown.effort.median == 5


def test_a_facilitator_rates_for_somebody_without_a_phone_and_for_nobody_else(room):
    room.maya.does("add_person", person="tom", name="Tom", constituency="Civil society")
    assert rate(room.maya, room.first, 3, 3, person="tom")
    assert room.w.weights["discuss", room.first].ratings["tom"] == Rating(3, 3, 1)
    room.maya.is_refused("rate_priority", "has a phone", priority=room.first, effort=1, impact=1, number=1, person=room.people[0].id, **DISCUSS)


def test_a_priority_put_on_the_screen_takes_the_matrix_off(room):
    room.maya.does("put_matrix", on=True, **DISCUSS)
    room.maya.does("put_on_stage", priority=room.first, **DISCUSS)
    assert not room.w.matrix_on
    room.maya.is_refused("put_matrix", "not opened", stage="charter", on=True)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=40))
def test_the_middle_and_the_quarters_are_what_counting_by_hand_gives(values):
    found, ordered = spread(values), sorted(values)
    n = len(ordered)

    def at_depth(depth: float) -> float:
        """The value *depth* places in from the least, halfway where that falls between two."""
        return (ordered[int(depth) - 1] + ordered[int(depth + .5) - 1]) / 2
    depth = (int((n + 1) / 2) + 1) / 2      # Tukey: the depth of a hinge is (floor of the depth of the median + 1) / 2
    assert found.median == at_depth((n + 1) / 2) and found.low == at_depth(int(depth)) and at_depth(depth) - found.low <= 2
    assert found.high == 6 - spread([6 - value for value in values]).low
    assert found.low <= found.median <= found.high
    assert 2 * sum(found.low <= value <= found.high for value in values) >= n


@given(st.lists(st.integers(1, 5), min_size=5, max_size=40), st.integers(1, 5))
def test_from_five_raters_on_the_most_extreme_person_alone_moves_no_quarter(values, other):
    """So nobody sees in the spread what the one who disagrees most has said."""
    ordered = sorted(values)
    furthest = [min(other, ordered[1]), *ordered[1:]]
    assert spread(ordered).low == spread(furthest).low and spread(ordered).median == spread(furthest).median


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=30))
def test_figures_count_those_who_said_both(pairs):
    both = [Rating(e, i, 1) for e, i in pairs if e and i]
    if both:
        assert figures(Rating(e, i, 1) for e, i in pairs) == Figures(len(both), spread([r.effort for r in both]), spread([r.impact for r in both]))


@given(st.lists(st.tuples(st.sampled_from([n / 2 for n in range(2, 11)]), st.sampled_from([n / 2 for n in range(2, 11)])), max_size=10))
def test_no_mark_of_the_matrix_hides_another_or_leaves_it(medians):
    spots = matrix.spots([(str(n), Figures(5, Spread(e, e, e), Spread(i, i, i))) for n, (e, i) in enumerate(medians)])
    for n, one in enumerate(spots):
        assert (one.x, one.y) == (matrix.across(medians[n][0]), matrix.up(medians[n][1]))
        assert matrix.LEFT <= one.mark_x <= matrix.LEFT + matrix.WIDE - matrix.SIZE and matrix.TOP <= one.mark_y <= matrix.TOP + matrix.HIGH - matrix.SIZE
        for other in spots[:n]:
            assert max(abs(one.middle_x - other.middle_x), abs(one.middle_y - other.middle_y)) >= matrix.SIZE


@pytest.mark.parametrize("effort, impact, place", [(2, 4, "now"), (4, 4, "plan"), (1, 2.5, "time"), (3.5, 1, "leave"), (3, 5, "middle"), (2, 3, "middle")])
def test_quadrants_are_named_in_plain_words(effort, impact, place):
    assert weighed.quadrant(Figures(5, Spread(effort, effort, effort), Spread(impact, impact, impact))) == place


# Who agrees ----------------------------------------------------------------------------------------------------------

def test_consent_is_asked_answered_changed_and_closed(room):
    ana, bo, *rest = room.people
    ana.is_refused("answer_agreement", "not asked yet", priority=room.first, answer="agree", number=1, round=1, **DISCUSS)
    room.maya.does("put_on_stage", priority=room.first, **DISCUSS)
    asks(room, room.first)
    ana.is_refused("answer_agreement", "Say why", priority=room.first, answer="object", number=1, round=1, **DISCUSS)
    ana.is_refused("answer_agreement", "one of the answers", priority=room.first, answer="5", number=1, round=1, **DISCUSS)
    ana.is_refused("answer_agreement", "500", priority=room.first, answer="object", why="x" * 501, number=1, round=1, **DISCUSS)
    answer(ana, room.first, "agree")
    answer(ana, room.first, "object", "Not\n without   a date", number=2)
    assert not answer(ana, room.first, "agree", number=1)
    for person in rest[:4]:
        answer(person, room.first, "agree")
    answer(bo, room.first, "aside")
    closes(room, room.first)
    question = room.w.questions["discuss", room.first][0]
    assert weighed.agreement(question) == "4 of 6 agree, 1 stands aside, 1 objects. 1 did not answer."
    assert [(r.stand, r.objects, r.text) for r in weighed.reasons(question)] == [("objects", True, "Not without a date")]
    rest[4].is_refused("answer_agreement", "has closed", priority=room.first, answer="agree", number=1, round=1, **DISCUSS)


def test_the_way_to_ask_can_change_until_somebody_answered(room):
    asks(room, room.first, "consent")
    asks(room, room.first, "fist")
    answer(room.people[0], room.first, "4")
    room.maya.is_refused("ask_agreement", "answered already", priority=room.first, method="consent", round=1, **DISCUSS)
    room.maya.is_refused("ask_agreement", "open already", priority=room.first, method="consent", round=2, **DISCUSS)
    room.maya.is_refused("ask_agreement", "out of date", priority=room.first, method="hands", round=1, **DISCUSS)
    assert room.w.questions["discuss", room.first][0].method == "fist"


def test_an_objection_is_answered_and_the_room_is_asked_again(room):
    asks(room, room.first)
    room.maya.is_refused("close_agreement", "Nobody has answered", priority=room.first, round=1, **DISCUSS)
    for n, person in enumerate(room.people):
        answer(person, room.first, "agree" if n else "object", "" if n else "Who pays?")
    closes(room, room.first)
    done = {"priority": room.first, "round": 1, "place": 0, **DISCUSS}
    room.maya.does("answer_reason", text="The town pays.", was=0, **done)
    room.maya.is_refused("answer_reason", "wrote here first", text="Nobody pays.", was=0, **done)
    room.maya.does("answer_reason", text="The town pays half.", was=1, **done)
    room.people[1].is_refused("answer_reason", "Only a facilitator", text="Mine.", was=2, **done)
    asks(room, room.first, round=2)
    assert not asks(room, room.first, round=1), "a late copy opens nothing"
    for person in room.people:
        answer(person, room.first, "agree", round=2)
    closes(room, room.first, round=2)
    assert [weighed.agreement(q) for q in room.w.questions["discuss", room.first]] == ["6 of 7 agree, 1 objects.", "7 of 7 agree, nobody objects."]
    assert weighed.reasons(room.w.questions["discuss", room.first][0])[0].done == "The town pays half."


def test_of_fewer_than_five_answers_only_reasons_are_shown(room):
    asks(room, room.first)
    for person, said in zip(room.people, ("agree", "object", "agree", "aside")):
        answer(person, room.first, said, "Too soon." if said == "object" else "")
    closes(room, room.first)
    question = room.w.questions["discuss", room.first][0]
    assert weighed.agreement(question) == "4 people answered: fewer than 5, so only reasons are shown."
    assert [r.text for r in weighed.reasons(question)] == ["Too soon."]
    told = files.make(room.w, "workshop", "json", asker="organiser", mark="")[0].decode()
    assert '"counts": null' in told


@given(st.sampled_from(sorted(ANSWERS)), st.data())
def test_every_outcome_is_said_with_its_numbers(method, data):
    counts = {a: data.draw(st.integers(0, 9), a) for a in ANSWERS[method]}
    outcome = Outcome(1, counts, data.draw(st.integers(0, 3)))
    said = weighed.agreement(Question(method, outcome=outcome))
    assert not outcome.people >= 5 or f"of {outcome.people} " in said
    assert ("did not answer" in said) == bool(outcome.silent)


def test_who_sits_elsewhere_is_not_missing_unless_the_room_is_asked(room):
    for person in room.people[:5]:
        person.does("choose_table", priority=room.first, **DISCUSS)
    for priority, silent in ((room.first, 0), (room.second, 2)):
        if priority == room.second:
            room.maya.does("put_on_stage", priority=priority, **DISCUSS)
        asks(room, priority)
        for person in room.people[:5]:
            answer(person, priority, "agree")
        closes(room, priority)
        assert room.w.questions["discuss", priority][0].outcome.silent == silent


def test_the_order_of_reasons_does_not_tell_who_came_first(room):
    """They are shuffled, objections before the rest: the order in which they were given has no part in it."""
    told = []
    for round, order in ((1, 1), (2, -1)):
        asks(room, room.first, round=round)
        for person in room.people[::order]:
            answer(person, room.first, "aside" if person is room.people[0] else "object", f"Because of {person.id}.", round=round)
        closes(room, room.first, round=round)
        told.append([r.text for r in weighed.reasons(room.w.questions["discuss", room.first][round - 1])])
    assert told[0] == told[1] and told[0][-1] == f"Because of {room.people[0].id}."


# Hidden is not sent --------------------------------------------------------------------------------------------------

def test_ratings_and_answers_show_in_their_number_alone_until_the_facilitator_says_so(app, rooms):  # noqa: F811
    for story, odd in zip(rooms, (0, 1)):
        first = up_to_discuss(story)
        for n, person in enumerate(story.people):
            rate(person, first, 5 if odd else 1, 1 if odd else 5)
        asks(story, first)
        for n, person in enumerate(story.people):
            answer(person, first, "object" if odd == n % 2 else "agree", f"A lantern {odd}" if odd == n % 2 else "")
    look_the_same(app, rooms, *(p.id for p in rooms[0].people))
    for story in rooms:
        story.maya.does("show_ratings", priority="theme:0", **DISCUSS)
    assert drawings(app, rooms[0]) != drawings(app, rooms[1]), "the test sees a difference where there is one"


def test_nothing_that_is_shown_tells_who_rated_or_answered_what(app, rooms):  # noqa: F811
    """The same ratings and answers by other people give the same pages and files."""
    for story, turn in zip(rooms, (0, 3)):
        first = up_to_discuss(story)
        asks(story, first)
        for n in range(6):
            person = story.people[(n + turn) % 6]
            rate(person, first, 1 + n % 5, 5 - n % 4)
            answer(person, first, "object" if n == 2 else "agree", "A lantern" if n == 2 else "")
        story.maya.does("show_ratings", priority=first, **DISCUSS)
        closes(story, first)
        story.maya.does("answer_reason", priority=first, round=1, place=0, text="We bring one.", was=0, **DISCUSS)
    look_the_same(app, rooms, *(p.id for p in rooms[0].people))
    told = downloads(rooms[0])
    for name in (("report", "md", "participant"), ("charter", "md", "participant"), ("charter", "html", "facilitator")):
        assert "A lantern" in told[name] and "We bring one." in told[name]


def test_reasons_are_kept_as_they_were_and_do_no_harm(room):
    asks(room, room.first)
    hostile = '<script>alert(1)</script> =HYPERLINK("x") {{ 7*7 }} #read("/etc/passwd")'
    for n, person in enumerate(room.people):
        answer(person, room.first, "agree" if n else "object", "" if n else hostile)
    closes(room, room.first)
    for name, kinds in files.FILES.items():
        for kind in kinds:
            made = files.make(room.w, name, kind, asker="participant", mark="")[0]
            assert kind != "html" or b"<script>alert" not in made
    assert weighed.reasons(room.w.questions["discuss", room.first][0])[0].text == hostile


# The rehearsal counts along ------------------------------------------------------------------------------------------

def test_a_rehearsal_notices_figures_that_nobody_gave():
    given = [("rate_priority", {"stage": "d", "priority": "t", "effort": 1, "impact": 5, "number": 1, "by": "a"}),
             ("rate_priority", {"stage": "d", "priority": "t", "effort": 3, "impact": 5, "number": 2, "by": "a"}),
             ("answer_agreement", {"stage": "d", "priority": "t", "round": 1, "answer": "agree", "by": "a"})]
    right = {"weights": [{"stage": "d", "priority": "t", "raters": 1, "effort": {"median": 3}, "impact": {"median": 5}}],
             "agreements": [{"stage": "d", "priority": "t", "round": 1, "people": 1, "counts": {"agree": 1, "object": 0}}]}
    assert checks.misweighed(given, right) == []
    right["weights"][0]["effort"]["median"], right["agreements"][0]["counts"] = 1, {"agree": 0, "object": 1}
    assert len(checks.misweighed(given, right)) == 2
