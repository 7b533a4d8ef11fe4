"""Ideas to themes: vectors, a suggestion, and what says the same.

The names below are fetched when they are first asked for: the serving process
imports this package (to name the worker) and must not import numpy.
"""
from importlib import import_module

_HOMES = {"encode": "encoder", "suggest": "suggestion", "Suggestion": "suggestion", "alike": "likeness"}
__all__ = ["encode", "suggest", "Suggestion", "alike"]


def __getattr__(name: str):
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
