"""How good the themes are: every figure of docs/themes.md, measured on labelled ideas.

    python bench/themes.py --data DIR [--quick] [--cache DIR] [--seeds 4] [--encoder NAME] [PART ...]

DIR holds JSON lines files, one data set each: ``text``, ``label`` (what a person sorted it
under) and, if the set has several questions, ``group``.  Names that begin with ``ml_`` are in
other languages, the one that they end with (``_pl``), and stand outside the means; ``civic_`` and
``ideas_`` also have a mean of their own.  Each set is read as the product would read it, by the
encoder for its language, or by that of ``--encoder``; the part ``encoders`` sets them side by side.

A task is a pretended workshop: 12 to 1,000 texts of 3 to 12 labels, uneven in size; one group
is one workshop.  The same seeds give the same tasks everywhere.
"""
import argparse
import collections
import copy
import hashlib
import json
import os
import subprocess
import sys
import time
import warnings
import zlib
from pathlib import Path

for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_threads] = "1"   # before numpy, so that every method has one core

import numpy as np
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score, silhouette_score

from workshop.questions import formed
from workshop.room import Forming
from workshop.themes import alike, suggest
from workshop.themes import models
from workshop.themes.encoder import beside, encoder, side_by_side
from workshop.themes.shared_words import unit

SIZES = (12, 30, 60, 120, 300, 1000)
LABELS = {12: (3, 4), 30: (3, 6), 60: (3, 8), 120: (4, 10), 300: (4, 12), 1000: (5, 12)}
SCORES = ("ari", "ami", "k_err", "left", "work", "in_3_9")
PLANTED = .1           # of a workshop's ideas come from another data set
HELD = .25             # of the ideas are held where they belong
ENCODERS = {"product": encoder, "minilm": lambda language: models.minilm(), "use": lambda language: models.use(),
            "e5": lambda language: models.e5(), "minilm+use": lambda language: beside([models.minilm(), models.use()]),
            "all": lambda language: beside([models.minilm(), models.use(), models.e5()])}


class Sets:
    """The data sets, their vectors, and the tasks drawn from them."""

    def __init__(self, folder: Path, cache: Path | None, only: list[str]) -> None:
        self.rows, self.by, self.vectors, self._cache = {}, {}, {}, cache
        for path in sorted(folder.glob("*.jsonl")):
            if not only or path.stem in only:
                self.rows[path.stem] = [json.loads(line) for line in path.open(encoding="utf-8")]

    def read_by(self, choice) -> "Sets":
        """The same sets, with vectors by the encoders that *choice* gives for their languages."""
        own = copy.copy(self)
        own.by = {name: choice(language_of(name)) for name in self.rows}
        own.vectors = {name: self._vectors(own.by[name], [row["text"] for row in rows]) for name, rows in self.rows.items()}
        return own

    def _vectors(self, by, texts: list[str]) -> np.ndarray:
        if by.parts:
            return side_by_side([self._vectors(part, texts) for part in by.parts])
        key = hashlib.sha256("\0".join([by.name, *texts]).encode()).hexdigest()[:16]
        path = self._cache / f"{key}.npy" if self._cache else None
        if path and path.exists():
            return np.load(path)
        made = by.rows(texts)
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
            np.save(path, made)
        return made

    def tasks(self, sizes, seeds: int, only=lambda _name: True):
        """(data set, n, seed, texts, vectors, labels) of every task that the data sets are large enough for."""
        for name, rows in self.rows.items():
            for n in sizes if only(name) else ():
                for seed in range(seeds):
                    picked = drawn(name, rows, n, seed)
                    if picked is not None:
                        yield name, n, seed, *self.of(name, picked)

    def of(self, name: str, picked) -> tuple[list[str], np.ndarray, np.ndarray]:
        rows = self.rows[name]
        return ([rows[i]["text"] for i in picked], self.vectors[name][picked],
                np.array([rows[i]["label"] for i in picked]))


def language_of(name: str) -> str:
    return "en" if english(name) else name.rsplit("_", 1)[-1]


def english(name: str) -> bool:
    return not name.startswith("ml_")


def drawn(name: str, rows: list[dict], n: int, seed: int) -> np.ndarray | None:
    """Positions of one task's texts, or None where the data set is too small for it."""
    random = np.random.default_rng([zlib.crc32(name.encode()), n, seed])
    groups = collections.defaultdict(lambda: collections.defaultdict(list))
    for i, row in enumerate(rows):
        groups[row.get("group", "")][row["label"]].append(i)
    least, most = LABELS.get(n) or (3, int(min(12, max(3, round(n ** .5)))))
    if "" in groups:
        return _uneven(groups[""], n, least, min(most, len(groups[""])), random)
    return _one_group(groups, rows, n, least, random)


def _one_group(groups, rows, n: int, least: int, random) -> np.ndarray | None:
    large = sorted(g for g, sets in groups.items() if sum(map(len, sets.values())) >= n and len(sets) >= least)
    if not large:
        return None
    sets = groups[large[random.integers(len(large))]]
    pool = [i for label in sorted(sets, key=lambda label: (-len(sets[label]), label))[:12] for i in sets[label]]
    if len(pool) < n:
        return None
    picked = list(random.permutation(pool)[:n])
    sizes = collections.Counter(rows[i]["label"] for i in picked)
    kept = [i for i in picked if sizes[rows[i]["label"]] >= 2]
    return np.array(kept) if len(kept) >= .85 * n and len({rows[i]["label"] for i in kept}) >= 2 else None


def _uneven(sets, n: int, least: int, most: int, random) -> np.ndarray | None:
    """Of *least* to *most* labels, sizes falling as a power of their rank."""
    few = 2 if n <= 30 else 3
    for _try in range(20 if most >= least else 0):
        k = int(random.integers(least, most + 1))
        labels = [sorted(sets)[j] for j in random.permutation(len(sets))[:k]]
        weights = (1 / np.arange(1, k + 1)) ** random.uniform(.4, 1.1)
        wanted = np.maximum(few, np.round(n * weights / weights.sum())).astype(int)
        there = np.array([len(sets[label]) for label in labels])
        got = np.minimum(wanted, there)
        while got.sum() < n and (got < there).any():
            got[int(np.argmax(np.where(got < there, wanted / (got + 1), -1)))] += 1
        while got.sum() > n and (got > few).any():
            got[int(np.argmax(got))] -= 1
        if got.sum() >= .9 * n and (got >= few).all():
            picked = [random.permutation(sets[label])[:m] for label, m in zip(labels, got)]
            return random.permutation(np.concatenate(picked))
    return None


def scored(true: np.ndarray, found) -> dict[str, float]:
    """ARI and AMI count an idea that is left out as a theme of its own.

    work: ideas to move, left-over ideas to place, themes to merge and themes to open, by hand, per idea.
    """
    found = np.array(found)
    sizes = collections.Counter(found.tolist())
    left = np.array([label < 0 or sizes[label] == 1 for label in found.tolist()])
    mostly, moves = [], 0
    for theme in (label for label, size in sizes.items() if label >= 0 and size > 1):
        (label, own), = collections.Counter(true[found == theme]).most_common(1)
        mostly.append(label)
        moves += sizes[theme] - own
    apart = found.copy()
    apart[found < 0] = found.max() + 1 + np.arange((found < 0).sum())
    k, right = len(set(true.tolist())), len(set(mostly))
    work = moves + left.sum() + len(mostly) - right + k - right
    return {"ari": adjusted_rand_score(true, apart), "ami": adjusted_mutual_info_score(true, apart),
            "k_err": abs(len(mostly) - k), "left": left.mean(), "work": work / len(true),
            "in_3_9": 3 <= len(mostly) <= 9}


def ours(texts, vectors, **wishes):
    return suggest(texts, vectors, **wishes).labels


def means_and_silhouette(texts, vectors):
    tried = [KMeans(k, n_init=4, random_state=0).fit_predict(vectors) for k in range(2, min(12, len(texts) - 1) + 1)]
    return max(tried, key=lambda labels: silhouette_score(vectors, labels, metric="cosine"))


def leiden(texts, vectors):
    """Leiden (Traag et al., 2019) on the graph of ten nearest neighbours."""
    import igraph
    import leidenalg
    near, edges = vectors @ vectors.T, {}
    np.fill_diagonal(near, -1)
    for i, row in enumerate(near):
        for j in np.argsort(-row)[:min(10, len(texts) - 1)].tolist():
            edges[min(i, j), max(i, j)] = max(float(row[j]), .001)
    graph = igraph.Graph(len(texts), list(edges))
    return leidenalg.find_partition(graph, leidenalg.ModularityVertexPartition,
                                    weights=list(edges.values()), seed=0).membership


def bertopic(texts, vectors, least=None):
    from bertopic import BERTopic
    from umap import UMAP
    least = least or (3 if len(texts) <= 60 else 5 if len(texts) <= 300 else 10)
    space = UMAP(n_neighbors=min(15, len(texts) - 1), n_components=min(5, len(texts) - 2), min_dist=0,
                 metric="cosine", random_state=0)
    try:
        return BERTopic(min_topic_size=least, umap_model=space).fit_transform(texts, vectors)[0]
    except (ValueError, TypeError):   # its answer to few texts
        return [-1] * len(texts)


def bertopic_defaults(texts, vectors):
    return bertopic(texts, vectors, least=10)


METHODS = {"suggest": ours, "suggest, nothing in the tray": lambda texts, vectors: ours(texts, vectors, strict=0),
           "KMeans + silhouette": means_and_silhouette, "Leiden": leiden, "BERTopic, small topics": bertopic,
           "BERTopic, defaults": bertopic_defaults}
NEEDS = {"Leiden": "leidenalg", "BERTopic, small topics": "bertopic", "BERTopic, defaults": "bertopic"}


def missing(method: str) -> str | None:
    """The library that *method* needs and that is not installed."""
    try:
        __import__(NEEDS.get(method, "json"))
    except ImportError:
        return NEEDS[method]
    return None


def themes(sets: Sets, sizes, seeds: int) -> None:
    """Every method on the same tasks and vectors."""
    say("method", "ARI", "AMI", "k error", "left out", "hand work", "3-9", "civic ARI", "other lang.", *sizes)
    for method, of in METHODS.items():
        if library := missing(method):
            say(method, f"not measured: {library} is not installed")
            continue
        found = collections.defaultdict(list)
        for name, n, _seed, texts, vectors, true in sets.tasks(sizes, seeds):
            found[name].append({"n": n, **scored(true, of(texts, vectors))})
        own = [name for name in found if english(name)]
        civic = [name for name in own if name.startswith(("civic_", "ideas_"))]
        say(method, *(over(found, own, key, 300 if key == "in_3_9" else 10 ** 6) for key in SCORES),
            over(found, civic, "ari"), over(found, set(found) - set(own), "ari"),
            *(over(found, own, "ari", n, n) for n in sizes))
        if of is ours:
            each = [f"{name} {over(found, [name], 'ari'):.3f} (hand work {over(found, [name], 'work'):.3f})" for name in found]
            print("\n" + ", ".join(each) + f"; {sum(map(len, found.values()))} tasks\n")


def encoders(sets: Sets, sizes, seeds: int) -> None:
    """The themes by each encoder that is installed; civic sets and hand work up to 300 ideas."""
    say("encoder", "ARI", "up to 300", "civic", "hand work", "3-9", "other lang.", *sets.rows)
    for choice in list(ENCODERS)[1:]:
        try:
            read = sets.read_by(ENCODERS[choice])
        except models.NoModel as missing:
            say(choice, f"not measured: {missing}")
            continue
        found = collections.defaultdict(list)
        for name, n, _seed, texts, vectors, true in read.tasks(sizes, seeds):
            found[name].append({"n": n, **scored(true, suggest(texts, vectors, language=language_of(name)).labels)})
        own = [name for name in found if english(name)]
        civic = [name for name in own if name.startswith(("civic_", "ideas_"))]
        say(choice, over(found, own, "ari"), *(over(found, names, key, 300) for names, key in
                                              ((own, "ari"), (civic, "ari"), (own, "work"), (own, "in_3_9"))),
            over(found, set(found) - set(own), "ari"), *(over(found, [name], "ari") for name in sets.rows))


def over(found, names, key: str, most: int = 10 ** 6, least: int = 0) -> float:
    """The mean of the data sets' means."""
    each = [[task[key] for task in found[name] if least <= task["n"] <= most] for name in names]
    return float(np.mean([np.mean(values) for values in each if values] or [np.nan]))


def tray(sets: Sets, sizes, seeds: int) -> None:
    """A tenth of the ideas come from another data set: how many of them, and of the others, are left in the tray?"""
    say("strict", "planted in the tray", "others in the tray", "of all", "wrong: in the tray", "wrong: placed")
    known = [name for name in sets.rows if english(name)]
    for strict in (.5, .8):
        shares = []
        for name, n, seed, texts, vectors, true in sets.tasks([n for n in sizes if 30 <= n <= 300], seeds, english):
            random = np.random.default_rng([n, seed])
            other = [another for another in known if another != name][random.integers(len(known) - 1)]
            many = max(1, round(PLANTED * len(texts)))
            odd = sets.of(other, random.choice(len(sets.rows[other]), many, replace=False))
            both = [*texts, *odd[0]], np.vstack([vectors, odd[1]])
            found = np.array(suggest(*both, strict=strict).labels)
            planted, out = np.arange(len(found)) >= len(texts), found < 0
            near = np.array(suggest(*both, strict=0).labels)
            wrong = np.append(~_in_place(near[:len(texts)], true), [True] * len(odd[0]))
            shares.append([out[planted].mean(), out[~planted].mean(), out.mean(),
                           wrong[out].mean() if out.any() else np.nan, wrong[~out].mean()])
        say(strict, *np.nanmean(shares, axis=0))


def _in_place(found: np.ndarray, true: np.ndarray) -> np.ndarray:
    """Whether each idea has the label that most ideas of its theme have."""
    mostly = {c: collections.Counter(true[found == c]).most_common(1)[0][0] for c in set(found.tolist())}
    return np.array([mostly[c] == label for c, label in zip(found.tolist(), true)])


def held(sets: Sets, sizes, seeds: int) -> None:
    """A quarter of the ideas are held where they belong: the ARI of all, and of the others."""
    shares = []
    for name, n, seed, texts, vectors, true in sets.tasks([n for n in sizes if 30 <= n <= 300], seeds, english):
        random, number = np.random.default_rng([n, seed]), {label: i for i, label in enumerate(sorted(set(true)))}
        fixed = {int(i): number[true[i]] for i in random.permutation(len(texts))[:round(HELD * len(texts))]}
        found = np.array(suggest(texts, vectors, held=fixed, strict=0).labels)
        rest = np.array([i not in fixed for i in range(len(texts))])
        shares.append([adjusted_rand_score(true, found), adjusted_rand_score(true[rest], found[rest]),
                       np.mean([found[i] == label for i, label in fixed.items()])])
    say("a quarter held", "ARI of all", "ARI of the others", "kept")
    say("", *np.mean(shares, axis=0))


def again(sets: Sets, sizes, seeds: int) -> None:
    """A board merged and half corrected by hand, all themes named; then the last tenth of the ideas comes, and a new suggestion that is
    told, or not, where ideas were moved from: % of the free ideas of all boards, and of the late ones, by what it does to them."""
    say("% of the free ideas", "put right", "put wrong", "moved without either", "held ideas kept", "late ideas right")
    for told in (False, True):
        rows = []
        for _name, _n, seed, texts, vectors, true in sets.tasks([n for n in sizes if 60 <= n <= 300], seeds, english):
            many = len(texts) - len(texts) // 10
            was, board, fixed, owner = by_hand(suggest(texts[:many], vectors[:many]).labels, true[:many], seed)
            previous = [*(was if told else board).tolist(), *[None] * (len(texts) - many)]
            found = np.array(suggest(texts, vectors, previous=previous, held=fixed, names={t: f"Name {t}" for t in owner}).labels)
            mostly = {t: collections.Counter(true[found == t]).most_common(1)[0][0] for t in set(found.tolist()) - {-1}} | owner
            right = np.array([mostly.get(t) == label for t, label in zip(found.tolist(), true)])
            before = np.array([owner.get(t) == label for t, label in zip(board.tolist(), true)])
            free, here = np.array([i not in fixed for i in range(many)]), right[:many]
            rows.append([(free & ~before & here).sum(), (free & before & ~here).sum(), (free & (found[:many] != board) & (before == here)).sum(),
                         sum(found[i] == t for i, t in fixed.items()), right[many:].sum(), free.sum(), len(fixed), len(texts) - many])
        *done, of_free, of_held, of_late = np.sum(rows, axis=0)
        say("where ideas were moved from is " + ("told" if told else "not told"),
            *(float(100 * ideas / of) for ideas, of in zip(done, [of_free] * 3 + [of_held, of_late])))


def by_hand(found, true: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray, dict[int, int], dict[int, str]]:
    """What people make of the themes *found* (n,): those of one label merged, and half of the ideas that stand wrong moved.

    Where each idea was before it was moved, (n,), where it is, (n,), what is held {position: label}, and the label that most ideas of each theme have.
    """
    board = np.array(found)
    mostly = {t: collections.Counter(true[board == t]).most_common(1)[0][0] for t in set(found) - {-1}}
    first, fixed = {}, {}
    for t in sorted(mostly, key=lambda t: (-(board == t).sum(), t)):
        into = first.setdefault(mostly[t], t)
        if into != t:
            fixed |= dict.fromkeys(np.flatnonzero((board == t) | (board == into)).tolist(), into)
            board[board == t] = into
    was = board.copy()
    wrong = [i for i, label in enumerate(true) if label in first and board[i] != first[label]]
    for i in np.random.default_rng(seed).permutation(wrong)[:len(wrong) // 2].astype(int).tolist():
        board[i] = fixed[i] = first[true[i]]
    return was, board, fixed, {t: label for label, t in first.items()}


def streaming(sets: Sets, sizes, seeds: int) -> None:
    """30 to 120 ideas by ten; at each step one is withdrawn or says something else: how alike are two boards?"""
    rows = collections.defaultdict(list)
    for name, n, seed, texts, vectors, true in sets.tasks([120], seeds, english):
        for warm in (True, False):
            here, before, alike_by, changed = list(range(30)), {}, [], []
            texts_now, vectors_now = list(texts), vectors.copy()
            random = np.random.default_rng(seed)
            while True:
                labels = suggest([texts_now[i] for i in here], vectors_now[here],
                                 previous=[before.get(i) for i in here] if warm and before else None, strict=0).labels
                now = dict(zip(here, labels))
                both = [i for i in here if i in before]
                if both:
                    alike_by.append(adjusted_rand_score([before[i] for i in both], [now[i] for i in both]))
                    changed.append(len(set(now.values())) != len(set(before.values())))
                before = now
                if here[-1] >= len(texts) - 1:
                    break
                gone = here[random.integers(len(here) - 1)]
                if random.random() < .5:
                    here.remove(gone)
                else:
                    like = [j for j in range(len(texts)) if true[j] == true[gone] and j != gone]
                    texts_now[gone], vectors_now[gone] = texts[like[0]], vectors[like[0]]
                here += range(here[-1] + 1, min(here[-1] + 11, len(texts)))
            at_the_end = adjusted_rand_score(true[here], [now[i] for i in here])
            rows[warm].append([np.mean(alike_by), at_the_end, np.mean(changed)])
    say("streaming 30 to 120", "ARI between boards", "ARI at the end", "steps with another number")
    for warm, found in rows.items():
        say("with the last themes" if warm else "fresh each time", *np.mean(found, axis=0))


def names(sets: Sets, sizes, seeds: int) -> None:
    """Is a theme's name nearest to the right label's centre, among those of the workshop?  And the theme's own centre?

    A theme's right label is the one that most of its ideas have.  "As sorted by people": names for their themes.
    """
    right = collections.defaultdict(list)
    for name, _n, _seed, texts, vectors, true in sets.tasks([n for n in sizes if n <= 300], seeds, english):
        found = suggest(texts, vectors)
        people = np.unique(true, return_inverse=True)[1]
        named = suggest(texts, vectors, held=dict(enumerate(people.tolist())), strict=0).names
        read = sets.by[name].rows
        right[name].append([_told(found.names, np.array(found.labels), vectors, true, read),
                            _told(named, people, vectors, true, read),
                            _told(found.names, np.array(found.labels), vectors, true)])
    say("names nearest the right centre", "themes as found", "as sorted by people", "the found themes' own centres")
    say("all", *np.mean([np.mean(tasks, axis=0) for tasks in right.values()], axis=0))
    for name, tasks in right.items():
        say(name, *np.mean(tasks, axis=0))


def _told(named: dict[int, str], themes: np.ndarray, vectors: np.ndarray, true: np.ndarray, read=None) -> float:
    """The share of themes whose name, *read* by an encoder, is nearest the centre of the label that most of its ideas
    have; without *read* the theme's own centre stands for the name."""
    labels = sorted(set(true))
    centres = unit(np.array([vectors[true == label].mean(axis=0) for label in labels]))
    rows = read(list(named.values())) if read else np.array([vectors[themes == theme].mean(axis=0) for theme in named])
    own = [collections.Counter(true[themes == theme]).most_common(1)[0][0] for theme in named]
    return float(np.mean([labels[best] == label for best, label in zip((rows @ centres.T).argmax(axis=1), own)]))


def speed(sets: Sets, sizes, seeds: int) -> None:
    """``suggest`` against ``KMeans(8, n_init=10)`` on the same vectors, the better of three times."""
    texts = [row["text"] for name, rows in sets.rows.items() if not name.startswith("ml_") for row in rows]
    vectors = np.vstack([own for name, own in sets.vectors.items() if not name.startswith("ml_")])
    order = np.random.default_rng(0).permutation(len(texts))
    say("ideas", "suggest s", "KMeans s", "ratio", "alike s")
    for n in (30, 120, 300, 1000, 5000):
        some = order[:n]
        own, rows = [texts[i] for i in some], vectors[some]
        mine = fastest(lambda: suggest(own, rows))
        theirs = fastest(lambda: KMeans(8, n_init=10, random_state=0).fit(rows))
        say(len(some), mine, theirs, mine / theirs, fastest(lambda: alike(own, rows)))


def forming(sets: Sets, sizes, seeds: int) -> None:
    """12 to 120 ideas, looked at after every third, as a console shows them: what a facilitator sees change in all."""
    rows = []
    for _name, _n, _seed, texts, vectors, _true in sets.tasks([120], seeds, english):
        last, seen = Forming(), np.zeros(4)
        for n in range(12, len(texts) + 1, 3):
            now = looked_at(texts[:n], vectors[:n], last)
            if last.names:
                stay = set(last.names) & set(now.names)
                seen += [sum(now.names[t] != last.names[t] for t in stay), len(now.names) - len(stay), len(last.names) - len(stay),
                         sum(now.labels[i] != t for i, t in last.labels.items()) / len(last.labels)]
            last = now
        rows.append([*seen[:3], seen[3] / max(1, len(range(12, len(texts) + 1, 3)) - 1), len(last.names)])
    say("looks 12 to 120", "renamed", "opened", "gone", "ideas moved at each", "themes at the end")
    say("mean", *np.mean(rows, axis=0))


def looked_at(texts, vectors, last: Forming) -> Forming:
    """What the forming themes *last* become with these texts."""
    ids = [str(i) for i in range(len(texts))]
    found = suggest(texts, vectors, previous=[last.labels.get(i) for i in ids],
                    called={t: (name, [int(i) for i in last.named[t]]) for t, name in last.names.items()})
    return formed({"labels": dict(zip(ids, found.labels)), "names": {str(t): name for t, name in found.names.items()},
                   "examples": {str(t): map(str, own) for t, own in found.examples.items()}}, last)


def live(sets: Sets, sizes, seeds: int) -> None:
    """300 raw ideas on a real server with a warm model: seconds of encoding alone, until a console shows themes of all,
    and until the board suggests; the board after forming themes has to answer within a second."""
    say("300 ideas of", "encoding", "forming", "ratio", "raw board", "ratio", "board after forming")
    rows = []
    for name, _n, _seed, texts, _vectors, _true in sets.tasks([300], 1, english):
        told = subprocess.run([sys.executable, str(Path(__file__).with_name("forming.py"))], input=json.dumps(texts), capture_output=True,
                              text=True, check=True).stdout
        took = json.loads(told)
        rows.append([took["encoding"], took["forming"], took["forming"] / took["encoding"], took["raw"], took["raw"] / took["encoding"],
                     took["met"]])
        say(name, *rows[-1])
    say("mean", *np.mean(rows, axis=0))


def fastest(what, times: int = 3) -> float:
    """Seconds of processor time, which a busy machine changes less than those of the clock."""
    took = []
    for _time in range(times):
        start = time.process_time()
        what()
        took.append(time.process_time() - start)
    return min(took)


def say(*cells) -> None:
    print("| " + " | ".join(f"{cell:.3f}" if isinstance(cell, float) else str(cell) for cell in cells) + " |", flush=True)


PARTS = {part.__name__: part for part in (themes, encoders, tray, held, again, streaming, names, speed, forming, live)}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all of them by default")
    asked.add_argument("--data", type=Path, required=True, help="folder of labelled JSON lines files")
    asked.add_argument("--cache", type=Path, help="folder in which vectors are kept between runs")
    asked.add_argument("--seeds", type=int, default=4)
    asked.add_argument("--quick", action="store_true", help="one seed and at most 300 ideas: a few minutes")
    asked.add_argument("--sets", nargs="*", default=[], help="these data sets only")
    asked.add_argument("--encoder", choices=ENCODERS, default="product", help="who reads the texts (default: as the product)")
    told = asked.parse_args()
    warnings.simplefilter("ignore")
    sets = Sets(told.data, told.cache, told.sets).read_by(ENCODERS[told.encoder])
    for name, by in sets.by.items():
        print(f"{name}: {by.name}")
    for part in told.parts or PARTS:
        print(f"\n{part}: {PARTS[part].__doc__}\n" if PARTS[part].__doc__ else f"\n{part}\n")
        PARTS[part](sets, [n for n in SIZES if n <= 300] if told.quick else SIZES, 1 if told.quick else told.seeds)


if __name__ == "__main__":
    main()
