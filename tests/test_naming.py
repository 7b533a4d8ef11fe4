"""Names of themes: from the ideas' own words, cased as people write, never two alike."""
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshop.themes.naming import examples_of, named
from workshop.themes.phrases import cores, folded, phrases
from workshop.themes.spelling import usual_spelling
from workshop.themes.telling import Words, tells

SEEN = np.array([[1, 0], [.9, .1], [.8, .2], [-1, 0], [-.9, .1], [-.8, -.2]], np.float32)
TWO = {0: [0, 1, 2], 1: [3, 4, 5]}


def titles(text):
    return set(phrases(text).values())


def test_phrases_neither_open_nor_close_with_words_that_name_nothing():
    found = titles("We should have more night buses to the villages")
    assert {"night buses", "buses", "villages", "night"} <= found
    assert not any(phrase.split()[0] in ("we", "should", "more", "to", "the") for phrase in found)
    assert not any(phrase.split()[-1] in ("to", "the", "more") for phrase in found)


@pytest.mark.parametrize("text, phrase", [
    ("Ask the NHS for more nurses", "NHS"), ("A tram to Lisbon airport", "Lisbon airport"),
    ("CHEAPER TICKETS FOR ALL STUDENTS", "tickets"), ("Trees give shade. Benches too.", "benches"),
    ("The mayor’s office hours", "mayor’s office"), ("Cost of living is too high", "cost of living"),
    ("Mehr Busse für die Dörfer", "Busse"), ("Więcej drzew przy szkole", "drzew"),
])
def test_phrases_keep_what_is_written_large_for_a_reason(text, phrase):
    assert phrase in titles(text)


def test_no_phrase_reaches_across_a_comma():
    assert "trees benches" not in {phrase.lower() for phrase in titles("Trees, benches")}


def test_plurals_are_one_word():
    assert folded("Bus lanes") == folded("bus lane") and folded("Cities") == folded("city")
    assert folded("Glass class") == ("glass", "class")


def test_a_theme_is_named_by_what_sets_it_apart():
    texts = ["Night buses for students", "Night buses on Sundays", "More night buses",
             "Shady trees for students", "Shady trees on Sundays", "More shady trees"]
    assert named(texts, SEEN, TWO, {}) == {0: "Night buses", 1: "Shady trees"}


def test_two_parts_name_a_theme_that_neither_covers():
    texts = ["Ferries at dawn"] * 3 + ["Trams all night"] * 3 + ["Bins"] * 6
    names = named(texts, np.repeat(SEEN[[0, 3]], 6, axis=0), {0: range(6), 1: range(6, 12)}, {})
    assert names[1] == "Bins" and set(names[0].lower().split(" & ")) & {"ferries", "trams", "trams all night", "ferries at dawn"}


def test_a_theme_that_shares_no_words_has_the_core_of_an_idea_for_its_name():
    texts = ["Shorter meetings", "Lend printers to small groups", "We should open late on market days",
             "Trees", "Trees", "Trees"]
    assert named(texts, SEEN, TWO, {})[0] in {"Shorter meetings", "Lend printers", "Open late on market days",
                                              "Lend printers to small groups", "Shorter meetings & open late"}


@pytest.mark.parametrize("texts", [
    ["Una oficina para los mayores", "Las visitas de los jueves", "Los formularios sin las firmas"],
    ["Moins de papiers dans les mairies", "Les visites chez les gens", "Un bus pour les hameaux"],
    ["Weniger Briefe für die Dörfer", "Die Busse an der Schule", "Besuche auch in der Nacht"],
    ["Vårdcentralen ska vara öppen på kvällen", "Bussen ska stanna på torget varje dag", "Skolan ska ligga på samma gata"] * 3,
])
def test_function_words_of_no_language_make_a_name(texts):
    own = list(range(len(texts)))
    said = folded(named(texts, np.tile(SEEN[:3], (len(texts) // 3, 1)), {0: own}, {})[0])
    assert said[-1] not in {"los", "las", "le", "de", "die", "der", "ska", "på", "pour", "para", "an", "dan"}
    assert any(len(word) > 4 for word in said)


def test_a_word_that_says_little_is_no_name_alone():
    texts = ["One person to call", "A person who listens", "Ask the person at the desk", *["Trees"] * 3]
    assert named(texts, SEEN, TWO, {})[0] not in ("Person", "One", "Ask", "Call")


def test_names_given_by_people_stay_and_the_others_differ_from_them():
    texts = ["Night buses"] * 3 + ["Night buses and shade"] * 3
    names = named(texts, SEEN, TWO, {0: "night bus!"})
    assert names[0] == "night bus!" and folded(names[1]) != folded(names[0])


def test_themes_without_words_get_a_name_each():
    names = named(["🎉"] * 3 + ["🎉"] * 3, SEEN, TWO, {})
    assert all(names.values()) and names[0] != names[1]


def test_a_long_idea_that_names_its_theme_is_cut_at_a_word():
    name = named(["it is what it is and we are all here with you"] * 3, SEEN[:3], {0: [0, 1, 2]}, {})[0]
    assert len(name) <= 41 and name.endswith("…") and name.startswith("It is")


def test_the_most_telling_ideas_come_first():
    assert examples_of(SEEN, TWO) == {0: [0, 1, 2], 1: [3, 4, 5]}
    assert examples_of(SEEN[::-1], {4: [5, 4, 3, 2]})[4] == [5, 4, 3]


@pytest.mark.parametrize("texts, name", [
    (["Sunday opening at the NHS clinic", "Open the NHS clinic on Sunday", "The NHS clinic, open on Sunday too"], "NHS clinic"),
    (["Buses go by on Sunday", "Sunday: no buses", "On Sunday the buses sleep"], "Sunday"),
    (["BETTER LIGHTS IN THE PARK", "Lights in the park", "Park lights"], "ights in the park"),
])
def test_a_word_is_large_where_most_people_wrote_it_so(texts, name):
    found = named([*texts, "Trees", "Trees", "Trees"], SEEN, TWO, {})[0]
    assert name in found and "BETTER" not in found and found[0].isupper()


def test_what_only_began_a_sentence_is_small_inside_a_name():
    spelled = usual_spelling(["Letters that we understand", "Ask the NHS", "More Letters From The Office Of The Mayor"])
    assert spelled("forms & letters") == "Forms & letters" and spelled("nhs") == "NHS"
    assert usual_spelling(["letters, and letters", "Two Letters"])("forms & Letters") == "Forms & letters"


def test_a_name_ends_where_its_sentence_has_a_joint():
    assert "Design the waiting room" in cores("Design the waiting room with the people who wait in it")
    assert cores("We should say sorry, because it helps") == ["Say sorry"]
    for said in cores("Give a receipt with a date for every application, so that people can ask what became of it"):
        assert said.split()[-1].lower() not in {"a", "with", "for", "that", "can", "of", "it", "every"}


def test_two_words_from_one_stem_are_no_pair():
    texts = ["Bullying hurts", "Bullying is bad", "He was bullied", "She was bullied", "Trees", "Trees"]
    assert named(texts, SEEN, {0: [0, 1, 2, 3], 1: [4, 5]}, {})[0] != "Bullying & bullied"


def test_what_somebody_does_is_no_name_alone():
    texts = ["Ban cars", "Cars are banned", "It should be banned: no cars", "Trees", "Trees", "Trees"]
    assert named(texts, SEEN, TWO, {})[0] not in ("Banned", "Cars & banned", "Banned & cars")


def test_no_name_is_a_part_of_another():
    texts = ["Health care near home", "Health care for all", "Care at home", "Health costs", "Health costs less", "Costs of health"]
    first, second = (set(folded(name)) for name in named(texts, SEEN, TWO, {}).values())
    assert not first <= second and not second <= first


@pytest.mark.parametrize("texts, name", [
    (["公園に木を植える", "公園に木を、もっと", "公園に木を植える"], "公園に木を植える"),
    (["نريد حدائق عامة", "حدائق عامة للأطفال", "حدائق عامة"], "حدائق عامة"),
    (["Więcej drzew przy szkole", "Sadzić drzewa przy szkole", "Drzew przy szkole brakuje"], "szkole"),
    (["แบบฟอร์มออนไลน์", "แบบฟอร์มออนไลน์", "แบบฟอร์มง่ายๆ"], "แบบฟอร์มออนไลน์"),
    (["Más árboles en el parque", "Árboles en el parque", "El parque sin árboles"], "rboles"),
])
def test_names_in_languages_with_and_without_spaces(texts, name):
    assert name in named([*texts, "Trees", "Trees", "Trees"], SEEN, TWO, {})[0]


def test_a_word_means_what_its_ideas_share_and_not_what_stands_beside_it():
    words = Words(["bus fare", "bus fare", "bus", "fare cut"], np.array([[1, 1], [1, 1], [1, 0], [0, 1]], np.float32))
    bus, fare, unknown = words.vectors([("bus",), ("fare",), ("tram",)])
    assert bus[1] / bus[0] < .6 and fare[0] / fare[1] < .6, "the mean of the ideas with either word has 0.67"
    assert not unknown.any()
    north, east = np.array([0, 1.]), np.array([1, 0.])
    assert tells(np.array([bus, fare]), {0: east, 1: north}, 0).argmax() == 0


@given(st.lists(st.text(max_size=60), min_size=2, max_size=12), st.integers(1, 4))
@settings(max_examples=80, deadline=None)
def test_whatever_people_write_every_theme_gets_a_name_of_its_own(texts, themes):
    members = {label: own for label in range(themes) if (own := list(range(label, len(texts), themes)))}
    seen = np.random.default_rng(0).standard_normal((len(texts), 4)).astype(np.float32)
    names = named(texts, seen, members, {})
    assert set(names) == set(members) and all(names.values()) and len(set(names.values())) == len(names)
    assert names == named(texts, seen, members, {}) and max(map(len, names.values())) <= 50
