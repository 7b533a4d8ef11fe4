"""What texts share in plain words: tf-idf rows, and vectors for when there is no model."""
import re
from collections.abc import Sequence

import numpy as np
from scipy import sparse
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.preprocessing import normalize

from workshop.themes.function_words import FUNCTION_WORDS

WORD = re.compile(r"[^\W_]{3,}")
ENDING = re.compile(r"(?<=\w{3})(?:es|e|(?<!s)s)$")
STEM = 5               # letters, the first ones, by which words are the same
SATURATION = 1.2       # of BM25: how much a word said again still counts
COLUMNS = 100


def unit(rows: np.ndarray) -> np.ndarray:
    """*rows* as float32 of length 1; a row that is nothing, or no number, stays nothing."""
    rows = np.asarray(rows, np.float32)
    length = np.sqrt(np.einsum("ij,ij->i", rows, rows))[:, None]
    return np.divide(rows, length, out=np.zeros_like(rows), where=(length > 1e-9) & np.isfinite(length))


def words(text: str) -> list[str]:
    """The words of *text* that can tell ideas apart: three letters or more, no function words."""
    return [word for word in WORD.findall(text.lower()) if word not in FUNCTION_WORDS]


def words_or_signs(text: str) -> list[str]:
    """``words``, or where there are none each sign of *text*, so that emoji count for something."""
    return words(text) or list("".join(text.split()))


def tf_idf(texts: Sequence[str], analyzer=words) -> sparse.csr_matrix:
    """Sublinear tf-idf: sparse float32 (n, number of words), rows of length 1, or 0 where a text has no words."""
    try:
        return TfidfVectorizer(analyzer=analyzer, sublinear_tf=True, dtype=np.float32).fit_transform(texts).tocsr()
    except ValueError:   # scikit-learn's answer to texts without a single word
        return sparse.csr_matrix((len(texts), 0), dtype=np.float32)


def stems(text: str) -> list[str]:
    """``words`` without a plural's ending, each by its first letters: "bus" is "buses", "cycling" is "cyclists".

    In many languages about as good as a stemmer made for it (Can et al., 2008).
    """
    return [ENDING.sub("", word)[:STEM] for word in words(text)]


def bm25(texts: Sequence[str]) -> sparse.csr_matrix:
    """Stems by the weights of BM25 (Robertson & Zaragoza, 2009) without its length norm: sparse float32
    (n, number of stems), rows of length 1, or 0 where a text has no words.

    Unlike in tf-idf, a word that nearly all texts have counts next to nothing.
    """
    try:
        rows = CountVectorizer(analyzer=stems, dtype=np.float32).fit_transform(texts).tocsr()
    except ValueError:
        return sparse.csr_matrix((len(texts), 0), dtype=np.float32)
    having = np.bincount(rows.indices, minlength=rows.shape[1])
    rare = np.log1p((len(texts) - having + .5) / (having + .5)).astype(np.float32)
    rows.data *= rare[rows.indices] * (SATURATION + 1) / (rows.data + SATURATION)
    return normalize(rows, copy=False)


def shared_word_vectors(texts: Sequence[str]) -> np.ndarray:
    """Vectors from shared words alone: float32 (n, d), d at most 101, rows of length 1.

    Latent semantic analysis (Deerwester et al., 1990): tf-idf, then the largest
    singular vectors.  They hold only among these texts.  What shares nothing with
    the largest ones gets the last column for itself.
    """
    rows = tf_idf(texts, words_or_signs)
    if min(rows.shape) > COLUMNS:
        found = unit(TruncatedSVD(COLUMNS, random_state=0).fit_transform(rows))
    else:
        found = unit(rows.toarray())
    rest = (np.linalg.norm(found, axis=1, keepdims=True) < .5).astype(np.float32)
    return np.hstack([found, rest])
