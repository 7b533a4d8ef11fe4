"""What is in a file that somebody says is an export, or the sentence that says why it is none."""
import msgspec

from workshop.words import N_, InWords

MOST = 40_000_000   # bytes; 5,000 ideas are two million


class NotAnExport(InWords):
    """A file that cannot be opened as a workshop: the sentence says why, and where."""


class Head(msgspec.Struct):
    """What tells an export from other JSON."""

    version: int
    plan: dict
    journal: dict


def read(contents: bytes):
    """The ``Export`` that *contents* are.  Raises ``NotAnExport``."""
    from workshop.charter.data.export import VERSION, Export   # with the writers of data, which no page needs
    contents = contents.removeprefix(b"\xef\xbb\xbf")
    if not contents.strip():
        raise NotAnExport(N_("This file is empty. Choose the workshop.json of a workshop."))
    if len(contents) > MOST:
        raise NotAnExport(N_("This file is larger than %(most)d MB, which no export is."), most=MOST // 1_000_000)
    head = _head(contents)
    if head.version > VERSION:
        raise NotAnExport(N_("This export has version %(version)d, from a newer release. Open it with that one."), version=head.version)
    try:
        return msgspec.json.decode(contents, type=Export)
    except (msgspec.MsgspecError, RecursionError) as wrong:
        what, _sep, path = str(wrong).partition(" - at `$.")
        raise NotAnExport(N_("This export cannot be read at %(where)s: %(what)s."), where=path.rstrip("`") or "its top", what=what) from wrong


def _head(contents: bytes) -> Head:
    try:
        return msgspec.json.decode(contents, type=Head)
    except msgspec.ValidationError as wrong:
        raise NotAnExport(N_("This is not the export of a workshop. Choose the file workshop.json.")) from wrong
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as wrong:
        raise NotAnExport(N_("This file is not JSON, or was cut short. Choose the workshop.json of a workshop.")) from wrong
