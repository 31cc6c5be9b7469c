"""Which of thousands of rules an event matches: the answers of one by one, by an index."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ...storm.errors import StormError
from ..pattern.events import event_of_text, read_fast
from ..pattern.model import Pattern
from .matched import Matched
from .memory import Memory
from .shelf import Shelf

if TYPE_CHECKING:
    import pyarrow as pa

_MATCHES_BEFORE_MERGING = 1_000


class Router:
    """Rules by name, added and removed at any time, that an event is matched against all at once.

    Parameters
    ----------
    rules : the first rules: name and pattern.

    >>> from anycompany.bus.pattern import parse
    >>> router = Router({"paid": parse({"detail": {"amount": [{"numeric": [">", 100]}]}})})
    >>> router.add("all", parse({"source": [{"prefix": ""}]}))
    >>> router.match({"source": "com.inn", "detail": {"amount": 250}})
    ['paid', 'all']
    >>> router.remove("paid")
    >>> router.match_text('{"source": "com.inn", "detail": {"amount": 250}}')
    ['all']
    """

    def __init__(self, rules: Mapping[str, Pattern] | None = None) -> None:
        self._rules: dict[str, Pattern] = {}
        self._shelves: list[Shelf] = []
        self._new: dict[str, Pattern] = {}
        self._only: Shelf | None = None
        """The one shelf that has all rules, once it is so."""
        self._matches = 0
        self._memory = Memory()
        for name, pattern in (rules or {}).items():
            self.add(name, pattern)

    def __len__(self) -> int:
        return len(self._rules)

    @property
    def rules(self) -> Mapping[str, Pattern]:
        """The rules, in the order of adding."""
        return dict(self._rules)

    def add(self, name: str, pattern: Pattern) -> None:
        """Add a rule, after those that are there.

        Raises
        ------
        StormError
            if there is a rule of this name.
        """
        if name in self._rules:
            raise StormError(f"There is a rule {name!r} already.", "rules", "Remove it first.")
        self._rules[name] = self._new[name] = pattern
        self._only = None

    def remove(self, name: str) -> None:
        """Remove a rule.

        Raises
        ------
        StormError
            if there is no rule of this name.
        """
        if name not in self._rules:
            raise StormError(f"There is no rule {name!r}.", "rules", "Correct its name.")
        del self._rules[name]
        self._only = None
        if name in self._new:
            del self._new[name]
            return
        for place, shelf in enumerate(self._shelves):
            if name in shelf:
                shelf.remove(name)
                if not shelf.worth_keeping:
                    self._shelves[place : place + 1] = (
                        [Shelf(shelf.rules, self._memory)] if shelf.rules else []
                    )
                return

    def match(self, event: Mapping[str, Any]) -> list[str]:
        """The names of the rules that an event matches, in the order of adding.

        Raises
        ------
        EventError
            where a field that a rule asks for is no value of JSON.
        """
        if self._only is not None:
            return [*self._only.match(event)]
        return [name for shelf in self.shelves() for name in shelf.match(event)]

    def match_text(self, text: str | bytes) -> list[str]:
        """The same for an event as JSON text.

        Raises
        ------
        EventError
            for a text that is no event, as ``anycompany.bus.pattern.matches`` does.
        """
        event = read_fast(text)
        return self.match(event_of_text(text) if event is None else event)

    def match_batch(self, batch: pa.RecordBatch) -> Matched:
        """Which of the events in a batch match which rules; for events that are columns already.

        Parameters
        ----------
        batch : a row for each event, a column for each field: ``source``, ``detail-type``, ``detail`` as a
            struct, or ``detail.amount`` by itself. A null is a field that is not there.

        Raises
        ------
        EventError
            where a field that a rule asks for is no value of JSON.

        >>> import pyarrow
        >>> from anycompany.bus.pattern import parse
        >>> router = Router({"paid": parse({"detail": {"amount": [{"numeric": [">", 100]}]}})})
        >>> matched = router.match_batch(pyarrow.record_batch({"detail.amount": [250, None, 40, 101]}))
        >>> matched.counts(), matched.rows("paid").tolist(), matched.unheard().tolist()
        ({'paid': 2}, [0, 3], [1, 2])
        """
        from .columns import match_columns

        matched = Matched(self._rules, batch.num_rows)
        for shelf in self.shelves():
            match_columns(shelf, batch, matched)
        return matched

    def shelves(self) -> list[Shelf]:
        """The rules as they stand on shelves, in order; new rules are put there first.

        A shelf never changes but by what is removed. New rules take the last shelves with them where those
        hold no more than they do, so that a rule is put on a shelf few times however rules and events take
        turns; once events come without new rules, all of them go on one.
        """
        if self._new:
            rules = self._new
            while self._shelves and len(self._shelves[-1].rules) <= 2 * len(rules):
                rules = {**self._shelves.pop().rules, **rules}
            self._shelves.append(Shelf(rules, self._memory))
            self._new, self._matches = {}, 0
        elif len(self._shelves) > 1:
            self._matches += 1
            if self._matches > _MATCHES_BEFORE_MERGING:
                self._shelves = [Shelf(self._rules, self._memory)]
        self._only = self._shelves[0] if len(self._shelves) == 1 else None
        return self._shelves
