"""``workshop themes FILE``: the themes of a list of ideas, printed or as JSON."""
import json
import sys
from pathlib import Path

from workshop.ideas_file import Ideas, NotIdeas, read
from workshop.words import N_, _, counted

FINE, WRONG, MISUSED, UNREACHABLE = 0, 1, 2, 3


def report(path: str | Path, language: str | None = None) -> dict:
    """The object that ``workshop themes --json`` prints, described in docs/interfaces.md.

    Raises ``OSError`` and ``NotIdeas`` as ``workshop.ideas_file.read`` does.
    """
    return themes_of(read(path), language)


def themes_of(ideas: Ideas, language: str | None = None) -> dict:
    """``report`` of ideas already read."""
    from workshop.themes.encoder import encoder
    from workshop.themes.likeness import alike
    from workshop.themes.suggestion import suggest
    rows, texts = [row for row, _text in ideas.rows], [text for _row, text in ideas.rows]
    by = encoder(language)
    vectors = by.rows(texts)
    found = suggest(texts, vectors, language=language)
    themes = [{"id": label, "name": found.names[label], "confidence": round(found.theme_confidence[label], 4),
               "size": found.labels.count(label), "examples": [rows[i] for i in found.examples[label]]}
              for label in sorted(found.names, key=lambda label: (-found.labels.count(label), label))]
    return {"version": 1, "encoder": by.name, "why": by.why, "n": len(texts), "themes": themes,
            "ideas": [{"row": row, "text": text, "theme": None if label < 0 else label, "confidence": sure,
                       "near": list(near)}
                      for row, text, label, sure, near in zip(rows, texts, found.labels, found.confidence, found.near)],
            "alike": [[rows[i], rows[j], similarity] for i, j, similarity in alike(texts, vectors)],
            "rejected": [{"row": row, "why": why} for row, why in ideas.rejected]}


def printed(found: dict) -> str:
    """*found*, a ``report``, as text for a terminal."""
    lines = [counted(N_("%(n)d idea, gathered by %(encoder)s"), N_("%(n)d ideas, gathered by %(encoder)s"), found["n"],
                     encoder=found["encoder"]), *filter(None, [found["why"]])]
    for theme in found["themes"]:
        lines += ["", f"{_plain(theme['name'])} ({theme['size']})", *_ideas(found, theme["id"])]
    if tray := _ideas(found, None):
        lines += ["", _(N_("In the tray (%(n)d)"), n=len(tray)), *tray]
    if found["rejected"]:
        lines += ["", _(N_("Left out (%(n)d)"), n=len(found["rejected"]))]
        lines += [_(N_("  Row %(row)d: %(why)s"), row=rejected["row"], why=rejected["why"])
                  for rejected in found["rejected"]]
    return "\n".join(lines)


def _ideas(found: dict, theme: int | None) -> list[str]:
    return [f"  - {_plain(idea['text'])}" for idea in found["ideas"] if idea["theme"] == theme]


def _plain(text: str) -> str:
    """*text* without what could steer a terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def run(path: str, as_json: bool, language: str | None = None) -> int:
    """Print the themes of the file at *path*, whose ideas are in *language*; returns the exit code of the command.

    0 done, 1 done but some rows were left out, 2 no ideas can be read from it, 3 there is no such file.
    """
    try:
        found = report(path, language)
    except OSError as fault:
        print(_(N_("%(path)s cannot be opened: %(why)s."), path=path, why=fault.strerror), file=sys.stderr)
        return UNREACHABLE
    except NotIdeas as fault:
        print(f"{path}: {fault}", file=sys.stderr)
        return MISUSED
    print(json.dumps(found, ensure_ascii=False) if as_json else printed(found))
    return WRONG if found["rejected"] else FINE
