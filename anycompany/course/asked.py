"""What somebody meant who typed a name that there is not."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def remedy_for(named: str, known: Iterable[str]) -> str:
    """The name that was probably meant, or all that there are.

    >>> remedy_for("silent-alram", ["busybody", "silent-alarm"]), remedy_for("x", ["busybody"])
    ("Did you mean 'silent-alarm'?", 'There are: busybody.')
    """
    names = list(known)
    near = difflib.get_close_matches(named[:80].strip().lower().replace("_", "-").replace(" ", "-"), names, 1)
    return f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(names) or 'none'}."
