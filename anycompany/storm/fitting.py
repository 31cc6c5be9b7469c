"""Edits that were made on another storm: as much of each as fits."""

from __future__ import annotations

from typing import TypeVar

from . import edits as e
from .apply import apply
from .errors import EditError
from .model import Storm

S = TypeVar("S", bound=Storm)


def fitted(storm: S, edit: e.AnyEdit) -> S:
    """The storm after an edit, of several edits at once after those that fit.

    Only in logs that were put together from copies does an edit not fit what stands before it. All who read
    such a log pass over the same, so they see one storm.
    """
    try:
        return apply(storm, edit)
    except EditError:
        for one in edit.edits if isinstance(edit, e.Batch) else ():
            storm = fitted(storm, one)
        return storm
