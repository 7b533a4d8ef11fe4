"""Writing, silence, support, stars, plenary and the parking lot."""
from tests.story import PLAN, Story


def test_an_idea_resent_after_a_dropped_connection_appears_once(river):
    ana = river.joins("Ana")
    river.opens("ideas", 1)
    ana.writes("Pay for   bus passes", idea="a1")
    ana.writes("Pay for bus passes", idea="a1")
    assert [i.text for i in river.w.ideas_of("ideas")] == ["Pay for bus passes"]
    ana.is_refused("submit_idea", "with other words", idea="a1", text="Something else", stage="ideas")


def test_an_idea_is_neither_empty_nor_endless_and_waits_for_its_stage(river):
    ana = river.joins("Ana")
    ana.is_refused("submit_idea", "when the facilitator opens them", idea="a1", text="Too early", stage="ideas")
    river.opens("ideas", 1)
    ana.is_refused("submit_idea", "Nothing is written", idea="a1", text=" \u202e\x00 ", stage="ideas")
    ana.is_refused("submit_idea", "this one is 501", idea="a1", text="x" * 501, stage="ideas")
    ana.is_refused("submit_idea", "when the facilitator opens them", idea="a1", text="Nowhere", stage="moon")
    ana.is_refused("submit_idea", "out of date", idea="a 1", text="Odd id", stage="ideas")
    ana.writes("é" * 500, idea="a1")


def test_what_is_written_late_is_taken_and_marked(river):
    ana, bo = river.joins("Ana"), river.joins("Bo", "Civil society")
    river.opens("ideas", 1)
    first, second = ana.writes("A desk"), bo.writes("A bus")
    river.opens("plenary")
    late = ana.writes("Late words")
    assert river.w.ideas[late].late and not river.w.ideas[late].parked
    river.opens("themes")
    river.suggests(("Desks", [first]), ("Buses", [second]))
    river.maya.does("accept_suggestion", stage="themes")
    assert river.board()["tray"] == ["Late words"]
    river.opens("vote")
    later = bo.writes("Later still")
    assert river.w.ideas[later].parked and "Later still" not in river.board()["tray"]


def test_authors_edit_and_withdraw_their_own_until_the_vote(river):
    ana, bo = river.joins("Ana"), river.joins("Bo", "Civil society")
    river.opens("ideas", 1)
    desk, bus, walk = ana.writes("A desk"), bo.writes("A bus"), bo.writes("A walk")
    ana.does("edit_idea", idea=desk, text="One desk")
    assert (river.w.ideas[desk].text, river.w.ideas[desk].first) == ("One desk", "A desk")
    ana.is_refused("edit_idea", "Only its author", idea=bus, text="Mine now")
    ana.is_refused("withdraw_idea", "Only its author", idea=bus)
    ana.is_refused("edit_idea", "not there any more", idea="nothing", text="Mine now")
    bo.does("withdraw_idea", idea=walk)
    bo.is_refused("edit_idea", "not there any more", idea=walk, text="Again")
    assert [i.text for i in river.w.ideas_of("ideas")] == ["One desk", "A bus"]
    river.opens("themes")
    river.suggests(("Desks", [desk]), ("Buses", [bus]))
    river.maya.does("accept_suggestion", stage="themes")
    river.opens("vote")
    ana.is_refused("edit_idea", "stand as they are", idea=desk, text="Two desks")
    ana.is_refused("withdraw_idea", "stand as they are", idea=desk)


def test_an_idea_that_was_withdrawn_can_be_put_back(river):
    ana, bo = river.joins("Ana"), river.joins("Bo", "Civil society")
    river.opens("ideas", 1)
    desk = ana.writes("A desk")
    assert not ana.does("restore_idea", idea=desk)
    ana.does("withdraw_idea", idea=desk)
    bo.is_refused("restore_idea", "Only its author", idea=desk)
    ana.does("restore_idea", idea=desk)
    assert [i.text for i in river.w.ideas_of("ideas")] == ["A desk"]
    ana.is_refused("restore_idea", "not there any more", idea="nothing")


def test_silence_lasts_until_it_is_revealed(river):
    river.joins("Ana")
    river.maya.is_refused("reveal_writing", "not been open", stage="ideas")
    river.opens("ideas", 0)
    assert river.w.is_silent("ideas")
    river.maya.does("reveal_writing", stage="ideas")
    assert not river.w.is_silent("ideas")


def test_silence_ends_when_the_talk_begins(river):
    river.opens("ideas", 0)
    river.opens("ideas", 1)
    assert not river.w.is_silent("ideas")
    river.opens("ideas", 0)
    assert not river.w.is_silent("ideas"), "what was seen cannot be hidden again"


def test_a_table_gives_three_stars_and_takes_them_back(river):
    people = river.fills(4)
    river.opens("ideas", 1)
    table = river.w.groups_of("ideas")[0].people
    ana, bo = (next(p for p in people if p.id == id) for id in table)
    stranger = next(p for p in people if p.id not in table)
    ideas = [ana.writes(f"Idea {n}", idea=f"s{n}") for n in range(4)]
    ana.is_refused("star_idea", "Stars open when", idea=ideas[0])
    river.opens("ideas", 2)
    for idea in ideas[:3]:
        bo.does("star_idea", idea=idea)
    ana.is_refused("star_idea", "given its 3 stars", idea=ideas[3])
    stranger.is_refused("star_idea", "your own table", idea=ideas[0])
    ana.is_refused("star_idea", "not there any more", idea="nothing")
    river.opens("plenary")
    ana.does("unstar_idea", idea=ideas[0])
    bo.does("star_idea", idea=ideas[3])
    group = river.w.ideas[ideas[0]].group
    assert river.w.stars["ideas", group] == tuple(ideas[1:])


def at_a_table(river) -> tuple:
    """Two people at one table and one at another, with the ideas open to be read."""
    people = river.fills(6)
    river.opens("ideas", 1)
    table = river.w.groups_of("ideas")[0].people
    here = [p for p in people if p.id in table]
    return *here[:2], next(p for p in people if p.id not in table)


def test_one_stands_behind_what_another_of_ones_table_wrote_and_takes_it_back(river):
    ana, bo, stranger = at_a_table(river)
    desk = ana.writes("A single desk")
    assert bo.does("support_idea", idea=desk)
    assert river.w.supporters(desk) == (bo.id,)
    ana.is_refused("support_idea", "That idea is yours", idea=desk)
    stranger.is_refused("support_idea", "your own table", idea=desk)
    bo.is_refused("support_idea", "not there any more", idea="nothing")
    assert not stranger.does("unsupport_idea", idea=desk) and not bo.does("unsupport_idea", idea="nothing")
    assert bo.does("unsupport_idea", idea=desk)
    assert river.w.supporters(desk) == ()


def test_support_follows_an_idea_that_is_put_back_and_a_person_who_changes_tables(river):
    ana, bo, _ = at_a_table(river)
    desk = ana.writes("A single desk")
    bo.does("support_idea", idea=desk)
    ana.does("withdraw_idea", idea=desk)
    bo.is_refused("support_idea", "not there any more", idea=desk)
    ana.does("restore_idea", idea=desk)
    river.maya.does("move_person", stage="ideas", person=bo.id, group="g2")
    assert river.w.supporters(desk) == (bo.id,)
    assert bo.does("unsupport_idea", idea=desk)
    bo.is_refused("support_idea", "your own table", idea=desk)


def test_nobody_supports_in_silence_nor_after_the_vote_has_opened(river):
    river.fills(2)
    ana, bo = (river.joins(name) for name in ("Ana", "Bo"))
    river.opens("ideas", 0)
    for n, person in enumerate((ana, bo)):
        river.maya.does("move_person", stage="ideas", person=person.id, group="g1")
        person.writes("A single desk", idea=f"d{n}")
    bo.is_refused("support_idea", "when they are shown", idea="d0")
    river.opens("ideas", 1)
    bo.does("support_idea", idea="d0")
    river.opens("themes")
    river.suggests(("Desks", ["d0"]), ("More desks", ["d1"]))
    river.maya.does("accept_suggestion", stage="themes")
    river.opens("vote")
    ana.is_refused("support_idea", "stand as they are", idea="d1")
    bo.is_refused("unsupport_idea", "stand as they are", idea="d0")
    assert not bo.does("support_idea", idea="d0"), "a late copy is no news"


def test_a_facilitator_supports_for_somebody_without_a_phone(river):
    ana, bo, _ = at_a_table(river)
    desk = ana.writes("A single desk")
    river.maya.does("add_person", person="tom", name="Tom", constituency="Civil society")
    river.maya.does("move_person", stage="ideas", person="tom", group=river.w.ideas[desk].group)
    river.maya.does("support_idea", idea=desk, person="tom")
    assert river.w.supporters(desk) == ("tom",)
    river.maya.is_refused("support_idea", "answers for themselves", idea=desk, person=bo.id)
    river.maya.is_refused("support_idea", "Join the workshop", idea=desk)


def test_where_there_are_no_tables_one_supports_anybody_in_the_room(tmp_path):
    river = Story(tmp_path, stages=[{**stage, "groups": False} for stage in PLAN["stages"]])
    ana, bo = river.joins("Ana"), river.joins("Bo", "Civil society")
    river.opens("ideas", 1)
    desk = ana.writes("A single desk")
    bo.does("support_idea", idea=desk)
    assert river.w.supporters(desk) == (bo.id,)
    river.restarts()
    river.session.close()


def test_tables_share_in_turn(river):
    river.fills(4)
    river.opens("ideas")
    river.opens("plenary")
    river.maya.does("share_group", stage="plenary", group="g2")
    assert river.w.sharing == {"plenary": "g2"}
    river.maya.is_refused("share_group", "not there", stage="plenary", group="g9")


def test_a_thought_is_parked_from_anywhere(river):
    ana, bo = river.joins("Ana"), river.joins("Bo", "Civil society")
    ana.does("park_note", note="n1", text="Who pays for the hall?")
    river.maya.does("park_note", note="n2", text="Ask the mayor", stage="welcome")
    assert [n.text for n in river.w.parking.values()] == ["Who pays for the hall?", "Ask the mayor"]
    ana.is_refused("park_note", "Nothing is written", note="n3", text="")
    bo.is_refused("park_note", "with other words", note="n1", text="Mine")


def test_what_somebody_without_a_phone_wrote_is_changed_for_them_and_for_nobody_else(river):
    for name in ("Rosa", "Sam"):
        river.maya.does("add_person", person=name.lower(), name=name, constituency="Civil service")
    ana = river.joins("Ana")
    river.opens("ideas", 1)
    desk = river.maya.writes("A desk", person="rosa")
    bus = ana.writes("A bus")
    river.maya.does("edit_idea", idea=desk, text="One desk", person="rosa")
    river.maya.does("withdraw_idea", idea=desk, person="rosa")
    river.maya.does("restore_idea", idea=desk, person="rosa")
    assert river.w.ideas[desk].text == "One desk" and not river.w.ideas[desk].withdrawn
    river.maya.is_refused("withdraw_idea", "Only its author", idea=desk, person="sam")
    river.maya.is_refused("withdraw_idea", "Only its author", idea=bus, person="rosa")
    ana.is_refused("withdraw_idea", "Only a facilitator", idea=desk, person="rosa")


def test_every_table_sees_at_once_what_the_table_that_speaks_stars_or_takes_back(river):
    people = river.fills(4)
    river.opens("ideas", 1)
    for person in people:
        person.writes(f"From {person.id}", idea=person.id)
    river.opens("plenary")
    speaking, other = river.w.groups_of("plenary")
    river.maya.does("share_group", stage="plenary", group=speaking.id)
    speaker = next(p for p in people if p.id in speaking.people)
    river.session.touched()
    for command, args in (("star_idea", {}), ("edit_idea", {"text": "Better words"}), ("withdraw_idea", {})):
        river.session.do(command, speaker.id, "participant", idea=speaker.id, **args)
        assert other.id in river.session.touched(), command
