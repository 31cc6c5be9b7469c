"""Orders of events that the timeline does not allow, found in one pass over a log.

Of the events of one subject only the first of each kind says something about order, since flows go round: a
subscription is renewed, and then operations come again. Where that could be what is seen, nothing is found:

- an event that comes to a subject more than once may have come before the log began; it counts as too late
  only where an event of an earlier moment shows that the log has seen the subject's beginning;
- an event that stands at several places of the timeline may come at any of them;
- an event that comes again and again (a renewal) may come before others of its round, unless by the policies
  it can only follow them.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ...storm.model import Storm
from ...storm.parts import Alternatives, events_of
from .subjects import Subject, Subjects

MOST_FLOWS = 200_000
"""Subjects that are followed at once; of more, those that were quiet longest are forgotten."""

_MOST_KEPT = 3
_SELDOM = 0.02


@dataclass(slots=True)
class Reversal:
    """Two events in the order that the timeline does not have: the cases of one field.

    ``both`` counts the subjects to which both came; ``begun`` and ``unbegun`` those to which the later
    moment's came first, by whether the subject's beginning was seen; ``tied`` those of one and the same time.
    """

    both: int = 0
    tied: int = 0
    begun: int = 0
    unbegun: int = 0
    examples: list[tuple[int, int, Subject]] = field(default_factory=list)


class Wrong(NamedTuple):
    """Two events whose order is wrong, by which field, in how many flows.

    ``race`` says that both are put on the bus by policies, and that none makes the later one wait.
    """

    earlier: str
    later: str
    by: str
    flows: int
    cases: Reversal
    race: bool


@dataclass(slots=True)
class Both:
    """Two alternatives that both happened: how often, and cases of it."""

    count: int = 0
    examples: list[tuple[int, int, Subject]] = field(default_factory=list)


@dataclass(slots=True)
class _Round:
    openings: int = 0
    outcomes: int = 0
    seen: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Flow:
    """What has come to one subject: lines and times of the first of each kind, and alternatives' rounds."""

    first: dict[str, tuple[int, float]] = field(default_factory=dict)
    again: set[str] | None = None
    rounds: dict[int, _Round] | None = None


class Orders:
    """Watches the order of events in every flow of a log.

    Parameters
    ----------
    storm : whose timeline it is.
    most : the most flows that are followed at once.
    """

    def __init__(self, storm: Storm, most: int = MOST_FLOWS) -> None:
        self._most = most
        self._moment_of = storm.relations.moment_of
        self._last = {event: at for at, moment in enumerate(storm.timeline) for event in events_of(moment)}
        self._starts = starts_of(storm)
        self._either = {
            number for number, moment in enumerate(storm.timeline) if isinstance(moment, Alternatives)
        }
        self._opens: dict[str, set[int]] = {}
        self._caused: set[int] = set()
        for event, moment in self._moment_of.items():
            if moment in self._either and self._last[event] == moment:
                for policy in storm.relations.emitters_of.get(event, ()):
                    for cause in storm.policies[policy].when:
                        self._opens.setdefault(cause, set()).add(moment)
                        self._caused.add(moment)
        self._flows: OrderedDict[Subject, _Flow] = OrderedDict()
        self._subjects_of: Counter[tuple[str, str]] = Counter()
        self._repeated: Counter[tuple[str, str]] = Counter()
        self.reversals: dict[tuple[str, str, str], Reversal] = {}
        self.both: dict[tuple[str, str, str], Both] = {}
        self.forgotten = 0

    def note(self, event: str, line: int, time: float, subjects: Sequence[Subject]) -> None:
        """Take the next event in order of time, with the subjects that it belongs to."""
        for subject in subjects:
            flow = self._flows.get(subject)
            if flow is None:
                flow = self._flows[subject] = _Flow()
                if len(self._flows) > self._most:
                    self._flows.popitem(last=False)
                    self.forgotten += 1
            else:
                self._flows.move_to_end(subject)
            if event not in flow.first:
                self._compare(flow, event, line, time, subject)
                self._subjects_of[event, subject[0]] += 1
                flow.first[event] = (line, time)
            elif flow.again is None or event not in flow.again:
                flow.again = flow.again or set()
                flow.again.add(event)
                self._repeated[event, subject[0]] += 1
            self._note_alternatives(flow, event, line, subject)

    def _compare(self, flow: _Flow, event: str, line: int, time: float, subject: Subject) -> None:
        here = self._moment_of.get(event)
        if here is None:
            return
        moments = [(self._moment_of[other], other) for other in flow.first if other in self._moment_of]
        begun = any(moment < here for moment, _ in moments)
        for moment, other in moments:
            if moment == here:
                continue
            wrong = moment > self._last[event]
            pair = (event, other, subject[0]) if moment > here else (other, event, subject[0])
            found = self.reversals.get(pair)
            if found is None:
                found = self.reversals[pair] = Reversal()
            found.both += 1
            if wrong:
                first, at = flow.first[other]
                if at == time:
                    found.tied += 1
                elif begun:
                    found.begun += 1
                else:
                    found.unbegun += 1
                if len(found.examples) < _MOST_KEPT:
                    found.examples.append((first, line, subject))

    def _note_alternatives(self, flow: _Flow, event: str, line: int, subject: Subject) -> None:
        here = self._moment_of.get(event)
        opens = self._opens.get(event, ())
        if here is None or (here not in self._either and not opens and not flow.rounds):
            return
        if flow.rounds is None:
            flow.rounds = {}
        for moment in opens:
            flow.rounds.setdefault(moment, _Round()).openings += 1
        for moment, opened in flow.rounds.items():
            if here < moment and moment not in self._caused and opened.outcomes:
                opened.openings = opened.outcomes + 1
        if here not in self._either or self._last[event] != here:
            return
        turn = flow.rounds.setdefault(here, _Round())
        turn.outcomes += 1
        other = next((one for one in turn.seen if one != event), None)
        if other is not None and turn.outcomes > max(1, turn.openings):
            first, second = sorted((other, event))
            found = self.both.setdefault((first, second, subject[0]), Both())
            found.count += 1
            if len(found.examples) < _MOST_KEPT:
                found.examples.append((turn.seen[other], line, subject))
        turn.seen.setdefault(event, line)

    def repeats(self, event: str, by: str) -> bool:
        """Whether an event comes to a subject again, more than by mishap."""
        return self._repeated[event, by] > _SELDOM * self._subjects_of[event, by]

    def wrong(self, storm: Storm, subjects: Subjects, *, times_tell: bool) -> Iterator[Wrong]:
        """The pairs of events whose order is wrong.

        Each pair is judged by the shared field that tells most flows apart.
        """
        only_after: dict[str, frozenset[str]] = {}
        for (earlier, later, by), found in self.reversals.items():
            if not (found.begun or found.unbegun or (found.tied and not times_tell)):
                continue
            if next(iter(subjects.shared(earlier, later)), None) != by:
                continue
            if earlier not in only_after:
                only_after[earlier] = _only_after(storm, earlier)
            bound, again = later in only_after[earlier], self.repeats(earlier, by)
            count = 0 if times_tell else found.tied
            count += found.begun if bound or not self.repeats(later, by) else 0
            count += found.unbegun if not again else 0
            if count:
                race = not bound and not {earlier, later} & self._starts
                yield Wrong(earlier, later, by, count, found, race)

    def both_happened(self, subjects: Subjects) -> Iterator[tuple[str, str, str, Both]]:
        """The pairs of alternatives that both happened to one subject in one round."""
        for (one, other, by), found in self.both.items():
            if next(iter(subjects.shared(one, other)), None) == by:
                yield one, other, by, found


def starts_of(storm: Storm) -> frozenset[str]:
    """The events that do not, or not only, follow from a policy."""
    emitted = storm.relations.emitters_of
    return frozenset(one for one in storm.events if one in storm.triggers or one not in emitted)


def _only_after(storm: Storm, event: str) -> frozenset[str]:
    """The events that by the policies nothing leads to but this one."""
    relations, starts = storm.relations, starts_of(storm)

    def reached(without: str) -> set[str]:
        found = {one for one in starts if one != without}
        waiting = list(found)
        while waiting:
            for policy in relations.hearers_of.get(waiting.pop(), ()):
                said = storm.policies[policy]
                for after in (*said.emits, *said.fails):
                    if after in storm.events and after != without and after not in found:
                        found.add(after)
                        waiting.append(after)
        return found

    return frozenset(reached("") - reached(event) - {event})
