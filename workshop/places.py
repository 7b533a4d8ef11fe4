"""Where the files that come with the product are."""
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent


@cache
def shipped(name: str) -> Path:
    """The place of *name*: ``templates``, ``static``, ``sessions`` or a file in one of them.

    In a checkout beside the package, else inside it, where the wheel carries them.  Whether it exists is not checked.
    """
    return (CHECKOUT if (CHECKOUT / "pyproject.toml").exists() else PACKAGE) / name
