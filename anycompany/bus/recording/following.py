"""What should have followed and did not: each policy's answers, matched with what it heard.

An event that a policy hears opens an expectation; the next event of what the policy emits, in the same
subject, closes it. Which field makes the subject is decided at the end: the one by which most was answered,
since not every answer carries every id; of several the one that tells most flows apart.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ...storm.model import Storm
from .subjects import Subject, Subjects

WAITING_SECONDS = {"express": 300.0, "standard": 86_400.0}
"""How long an answer may take: an express workflow ends within five minutes, a standard one within a day."""

SAME_MOMENT = 1.0
"""Seconds by which an answer may seem to come before what it answers: EventBridge writes whole seconds."""

MOST_OPEN = 500_000
"""Expectations that are open at once; beyond that the oldest are given up, and counted."""

NO_SUBJECT = ""
"""The field of what is linked by order alone."""

_MOST_KEPT, _MOST_EARLY = 3, 1000
_TIMES_AS_LONG, _SHORTEST_PATIENCE = 10, 60.0


@dataclass(frozen=True, slots=True)
class Link:
    """An event that a policy hears, and one of those it then emits; any failure event answers as well."""

    policy: str
    heard: str
    emits: str


@dataclass(slots=True)
class Following:
    """What became of the expectations of one link by one field.

    ``longest`` is the longest that an answer took. Of the ``pending`` ones, whose time was not over when the
    log ended, ``overdue`` are those that wait ten times as long as any other did. ``cases`` are the first
    that went unanswered: line, and the value of the field.
    """

    opened: int = 0
    answered: int = 0
    missed: int = 0
    pending: int = 0
    overdue: int = 0
    longest: float = 0.0
    cases: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Tally(Following):
    """The expectations of one link by one field that are open, and the answers that came just before them."""

    by_value: dict[str, deque[tuple[float, int]]] = field(default_factory=dict)
    in_order: deque[tuple[float, int, str]] = field(default_factory=deque)
    early: OrderedDict[str, deque[float]] = field(default_factory=OrderedDict)

    def is_answered(self) -> bool:
        """Whether the oldest expectation was answered in the meantime."""
        time, line, value = self.in_order[0]
        waiting = self.by_value.get(value)
        return not waiting or waiting[0] > (time, line)

    def close(self, value: str) -> float:
        """Take away the oldest open expectation of a value; when it began."""
        waiting = self.by_value[value]
        began, _ = waiting.popleft()
        if not waiting:
            del self.by_value[value]
        return began

    def is_early(self, value: str, time: float) -> bool:
        """Whether an answer to what is heard now came a moment ago; it counts for one."""
        times = self.early.get(value)
        while times and times[0] < time - SAME_MOMENT:
            times.popleft()
        return bool(times and times.popleft() is not None)

    def note_early(self, value: str, time: float) -> None:
        """Keep an answer to nothing, in case that what it answers comes within a moment."""
        self.early.setdefault(value, deque(maxlen=_MOST_EARLY)).append(time)
        if len(self.early) > _MOST_EARLY:
            self.early.popitem(last=False)


class Followings:
    """Watches whether what should follow does.

    Parameters
    ----------
    storm : whose policies they are.
    within : seconds that an answer may take, for every policy; None: by the kind of its workflow.
    """

    def __init__(self, storm: Storm, within: float | None = None, most: int = MOST_OPEN) -> None:
        self._most = most
        self._given = within is not None
        self._open = 0
        self.given_up = 0
        self._waiting: dict[Link, float] = {}
        self._opens: dict[str, list[Link]] = {}
        self._answers: dict[str, list[Link]] = {}
        self._fails: dict[str, list[str]] = {}
        for key, policy in storm.policies.items():
            fails = self._fails[key] = [event for event in policy.fails if event in storm.events]
            for heard in dict.fromkeys(event for event in policy.when if event in storm.events):
                for emitted in dict.fromkeys(event for event in policy.emits if event in storm.events):
                    link = Link(key, heard, emitted)
                    self._waiting[link] = WAITING_SECONDS[policy.workflow_kind] if within is None else within
                    self._opens.setdefault(heard, []).append(link)
                    for answer in dict.fromkeys((emitted, *fails)):
                        self._answers.setdefault(answer, []).append(link)
        self._tallies: dict[tuple[Link, str], _Tally] = {}

    def note(self, event: str, line: int, time: float, subjects: Sequence[Subject]) -> None:
        """Take the next event in order of time, with the subjects that it belongs to."""
        for link in self._answers.get(event, ()):
            for by, value in (*subjects, (NO_SUBJECT, "")):
                self._answer(link, by, value, time)
        for link in self._opens.get(event, ()):
            for by, value in (*subjects, (NO_SUBJECT, "")):
                self._expect(link, by, value, line, time)

    def _expect(self, link: Link, by: str, value: str, line: int, time: float) -> None:
        tally = self._tally(link, by, time)
        tally.opened += 1
        if tally.early and tally.is_early(value, time):
            tally.answered += 1
            return
        waiting = tally.by_value.get(value)
        if waiting is None:
            waiting = tally.by_value[value] = deque()
        waiting.append((time, line))
        tally.in_order.append((time, line, value))
        self._open += 1
        if self._open > self._most:
            self._give_up()

    def _answer(self, link: Link, by: str, value: str, time: float) -> None:
        tally = self._tally(link, by, time)
        if value in tally.by_value:
            tally.longest = max(tally.longest, time - tally.close(value))
            self._open -= 1
            tally.answered += 1
        else:
            tally.note_early(value, time)

    def _tally(self, link: Link, by: str, now: float) -> _Tally:
        tally = self._tallies.get((link, by))
        if tally is None:
            tally = self._tallies[link, by] = _Tally()
        self._expire(tally, now - self._waiting[link])
        return tally

    def _expire(self, tally: _Tally, before: float) -> None:
        while tally.in_order and (tally.in_order[0][0] < before or tally.is_answered()):
            answered = tally.is_answered()
            _, line, value = tally.in_order.popleft()
            if not answered:
                tally.close(value)
                self._open -= 1
                tally.missed += 1
                if len(tally.cases) < _MOST_KEPT:
                    tally.cases.append((line, value))

    def _give_up(self) -> None:
        """Forget a quarter of the expectations where most are open."""
        tally = max(self._tallies.values(), key=lambda one: len(one.in_order))
        for _ in range(1 + len(tally.in_order) // 4):
            answered = tally.is_answered()
            _, _, value = tally.in_order.popleft()
            if not answered:
                tally.close(value)
                self._open -= 1
                self.given_up += 1

    def found(self, subjects: Subjects, last: float) -> Mapping[Link, tuple[str, Following]]:
        """For each link, the field it is judged by and what became of its expectations by the end of the log.

        What was still open then, and not longer than its time, is pending: a log's end is no failure.
        """
        chosen: dict[Link, tuple[str, Following]] = {}
        for (link, _), tally in self._tallies.items():
            self._expire(tally, last - self._waiting[link])
            tally.pending = sum(len(waiting) for waiting in tally.by_value.values())
            if not self._given and not tally.missed:
                self._count_overdue(tally, last)
        for link in self._waiting:
            kinds = (link.heard, link.emits) if subjects.knows(link.emits) else (link.heard,)
            fields = subjects.shared(*kinds) or [NO_SUBJECT]
            failed = [event for event in self._fails[link.policy] if subjects.knows(event)]
            if not all(set(fields).intersection(subjects.shared(event)) for event in failed):
                fields = [*fields, NO_SUBJECT]  # a failure event without the id still is an answer
            known = {by: self._tallies[link, by] for by in fields if (link, by) in self._tallies}
            opened = [by for by in known if known[by].opened]
            if opened:
                by = min(opened, key=lambda one: known[one].missed + known[one].pending)
                chosen[link] = (by, known[by])
        return chosen

    def _count_overdue(self, tally: _Tally, last: float) -> None:
        patience = _TIMES_AS_LONG * tally.longest if tally.answered else WAITING_SECONDS["express"]
        tally.overdue, tally.cases = 0, []
        for value, waiting in tally.by_value.items():
            for began, line in waiting:
                if last - began > max(patience, _SHORTEST_PATIENCE):
                    tally.overdue += 1
                    tally.cases.append((line, value))
        tally.cases = sorted(tally.cases)[:_MOST_KEPT]

    def waiting(self, link: Link) -> float:
        """The seconds that an answer of a link may take."""
        return self._waiting[link]
