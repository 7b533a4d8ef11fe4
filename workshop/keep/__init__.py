"""Keeping what was run: check, repair, backup and restore, export.  All of it works without a server."""
import sys


def says(code: int, *sentences: str) -> int:
    """Print *sentences*, to stderr where the exit *code* says that something is wrong; returns the code."""
    for sentence in sentences:
        print(sentence, file=sys.stderr if code else sys.stdout)
    return code
