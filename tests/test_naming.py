"""Names of themes: from the ideas' own words, cased as people write, never two alike."""
import numpy as np
import pytest

from workshop.themes.naming import examples_of, named
from workshop.themes.phrases import folded, phrases

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
    assert names[1] == "Bins" and set(names[0].lower().split(", ")) & {"ferries", "trams", "trams all night", "ferries at dawn"}


def test_a_theme_that_shares_no_words_has_the_core_of_an_idea_for_its_name():
    texts = ["Shorter meetings", "Lend printers to small groups", "We should open late on market days",
             "Trees", "Trees", "Trees"]
    assert named(texts, SEEN, TWO, {})[0] in {"Shorter meetings", "Lend printers", "Open late on market days",
                                              "Lend printers to small groups"}


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
