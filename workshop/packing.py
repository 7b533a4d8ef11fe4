"""A workshop on its way to another process, or from one: in pieces, so that the loop is never held for long, at any size."""
import io
import pickle
from dataclasses import fields

import gevent

from workshop.state import Workshop


def packed(w: Workshop) -> bytes:
    """*w* pickled field by field.  One pickler for all of them: what fields share is written once."""
    whole = io.BytesIO()
    pickler = pickle.Pickler(whole, pickle.HIGHEST_PROTOCOL)
    for one in fields(w):
        pickler.dump(getattr(w, one.name))
        gevent.sleep(0)
    return whole.getvalue()


def unpacked(whole: bytes) -> Workshop:
    """The workshop that was ``packed`` by a process of ours.  Raises ``UnpicklingError`` or ``EOFError`` where it is not all there."""
    unpickler, found = pickle.Unpickler(io.BytesIO(whole)), {}
    for one in fields(Workshop):
        found[one.name] = unpickler.load()
        gevent.sleep(0)
    return Workshop(**found)
