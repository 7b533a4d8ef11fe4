"""The themes worker, ``python -m workshop.themes.worker``: vectors and suggestions as JSON lines.

Jobs and answers, one JSON object a line (``workshop.worker`` says how they travel):

- ``{"job": "hello"}`` -> ``{"encoder": name, "why": sentence}``; what people should know of the encoder, if anything.
- ``{"job": "embed", "texts": [...], "keep": PATH, "language": "pl"}`` -> ``{"embedded": n}``
- ``{"job": "hint", "text": str, "ideas": [[id, text], ...], "keep": PATH, "language": "pl"}`` -> ``{"ideas": [id, ...]}``,
  those that say nearly the same as *text*, the nearest first; of *text* nothing is kept
- ``{"job": "split", "ideas": [[id, text], ...], "options": {key: [id, ...]}, "themes": bool, "keep": PATH, "language": "pl"}``
  -> ``{"pairs": [[key, key], ...]}``, options so alike that they would split a vote, the most alike first; *themes*: the options are themes, else ideas
- ``{"job": "suggest", "ideas": [[id, text], ...]}`` and, all optional, ``held {id: label}``,
  ``previous {id: label}``, ``names {label: name}``, ``called {label: [name, [id]]}``, ``about n``, ``into [name]``,
  ``strict``, ``language``, ``keep PATH`` -> ``labels {id: int}``, ``names {label: str}``, ``examples {label: [id]}``,
  ``confidence {id: float}``, ``theme_confidence {label: float}``, ``near {id: [label, label]}``, ``alike [[id, id]]``,
  ``encoder name``
"""
import os

from workshop.jobs import answer_jobs

NICE = 19              # with 10 what people wrote was seen after 74 ms (p95) while vectors were made, with 19 after 47; these took as long
PAIRS = 100            # that say nearly the same, at most, beside a suggestion
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def hello(language: str | None = None) -> dict:
    from workshop.themes.encoder import encoder
    by = encoder(language)
    return {"encoder": by.name, "why": by.why}


def embed(texts: list[str], keep: str | None = None, language: str | None = None) -> dict:
    from workshop.themes.encoder import encoder
    from workshop.themes.vectors import kept_rows
    by = encoder(language)
    return {"embedded": len(kept_rows(by, texts, keep)) if by.settled else 0}


def hint(text: str, ideas: list[list[str]], keep: str | None = None, language: str | None = None) -> dict:
    from workshop.themes.encoder import encoder
    from workshop.themes.likeness import alike
    from workshop.themes.vectors import kept_rows
    by, said = encoder(language), [words for _, words in ideas]
    vectors = [*by.rows([text]), *kept_rows(by, said, keep)] if by.settled else by.rows([text, *said])
    return {"ideas": [ideas[j - 1][0] for i, j, _ in alike([text, *said], vectors) if i == 0]}


def split(ideas: list[list[str]], options: dict[str, list[str]], themes: bool, keep: str | None = None, language: str | None = None) -> dict:
    from workshop.themes.encoder import encoder
    from workshop.themes.likeness import alike, splitting
    from workshop.themes.vectors import kept_rows
    texts, at, keys = [text for _, text in ideas], {id: i for i, (id, _) in enumerate(ideas)}, list(options)
    vectors, own = kept_rows(encoder(language), texts, keep), [[at[id] for id in options[key] if id in at] for key in keys]
    if themes:
        return {"pairs": [(keys[i], keys[j]) for i, j, _score in splitting(texts, vectors, own)]}
    of = {positions[0]: key for key, positions in zip(keys, own) if positions}
    return {"pairs": [(of[i], of[j]) for i, j, _score in alike(texts, vectors) if i in of and j in of][:PAIRS]}


def suggest(ideas: list[list[str]], held: dict | None = None, previous: dict | None = None, names: dict | None = None,
            called: dict | None = None, keep: str | None = None, language: str | None = None, **wishes) -> dict:
    from workshop.themes.encoder import encoder
    from workshop.themes.likeness import alike
    from workshop.themes.suggestion import suggest as suggested
    from workshop.themes.vectors import kept_rows
    ids, texts = [id for id, _ in ideas], [text for _, text in ideas]
    by, held, previous, at = encoder(language), held or {}, previous or {}, {id: i for i, id in enumerate(ids)}
    called = {int(label): (name, [at.get(id, -1 - k) for k, id in enumerate(own)]) for label, (name, own) in (called or {}).items()}
    vectors = kept_rows(by, texts, keep)
    found = suggested(texts, vectors,
                      held={i: held[id] for i, id in enumerate(ids) if id in held},
                      previous=[previous.get(id) for id in ids], names=names, called=called, language=language, **wishes)
    return {"labels": dict(zip(ids, found.labels)), "names": found.names,
            "examples": {label: [ids[i] for i in own] for label, own in found.examples.items()},
            "confidence": dict(zip(ids, found.confidence)), "theme_confidence": found.theme_confidence,
            "near": dict(zip(ids, found.near)), "alike": [(ids[i], ids[j]) for i, j, _score in alike(texts, vectors)[:PAIRS]], "encoder": by.name}


def main() -> None:
    os.environ.update(dict.fromkeys(THREADS, "1"))   # before numpy is imported, or it takes every core
    answer_jobs({"hello": hello, "embed": embed, "hint": hint, "split": split, "suggest": suggest}, nice=NICE)


if __name__ == "__main__":
    main()
