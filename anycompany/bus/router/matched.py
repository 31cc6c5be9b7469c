"""Which rows of a batch of events each rule matches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Rows = np.ndarray[Any, np.dtype[np.int64]]


class Matched:
    """What a batch of events came to: the rows that each rule matches, and those that none does.

    Parameters
    ----------
    names : of all rules, in order.
    count : how many rows the batch has.
    """

    def __init__(self, names: Iterable[str], count: int) -> None:
        import numpy as np

        self.count = count
        self._found: dict[str, list[Rows]] = {name: [] for name in names}
        self._heard = np.zeros(count, dtype=bool)

    def add(self, name: str, rows: Rows | Sequence[int]) -> None:
        """Take rows that a rule matches, none of them twice."""
        import numpy as np

        if len(rows):
            self._found[name].append(np.asarray(rows, dtype=np.int64))
            self._heard[rows] = True

    def counts(self) -> dict[str, int]:
        """How many rows each rule matches, in the order of the rules."""
        return {name: sum(map(len, found)) for name, found in self._found.items()}

    def rows(self, name: str) -> Rows:
        """The rows that a rule matches, ascending."""
        import numpy as np

        found = self._found[name]
        return np.sort(np.concatenate(found)) if found else np.empty(0, dtype=np.int64)

    def unheard(self) -> Rows:
        """The rows that no rule matches, ascending."""
        import numpy as np

        return np.flatnonzero(~self._heard)
