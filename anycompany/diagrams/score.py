"""The score of a playback: for every mark and every arrow of a flow, when it is played."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..bus.playback import Beat, Playback, things_in
from .motion import Span
from .strip import track

TRAVEL = 0.8
"""Seconds that an event is on its way along an arrow, at most; less where the playback is in a hurry."""

_SHARE = 0.42
_GLOW = 0.7
_LAST = 1.0
_MOST_COUNTS = 400
"""Numbers of what was left out that are written while it plays, about."""


@dataclass
class Score:
    """When everything happens, in seconds of the playback; every list is in order.

    Attributes
    ----------
    end : when all that happens is over.
    shown : for each thing of the storm (``section/id``), when it takes part.
    glows : for each thing and the colour role of its light, when it is alight.
    counts : for each thing, from when on it was seen how often.
    travels : for each arrow (``strip.track``), when an event is on its way along it.
    """

    end: float
    shown: dict[str, list[float]] = field(default_factory=dict)
    glows: dict[tuple[str, str], list[Span]] = field(default_factory=dict)
    counts: dict[str, list[tuple[float, int]]] = field(default_factory=dict)
    travels: dict[str, list[Span]] = field(default_factory=dict)


def score(played: Playback) -> Score:
    """When everything happens."""
    found = Score(played.length + _LAST)
    heard: set[tuple[str, str]] = set()
    now: dict[str, int] = {}
    pause = math.ceil(len(played.beats) * max(1, len(played.totals)) / _MOST_COUNTS)
    for number, beat in enumerate(played.beats):
        now.update(beat.counts)
        if number % pause == 0:
            _count_left_out(found, beat, now)
        _run(found, beat, now, new=(beat.step.policy, beat.step.after) not in heard)
        heard.add((beat.step.policy, beat.step.after))
        _come(found, beat, now)
    for spans in (*found.travels.values(), *found.glows.values()):
        spans.sort()
    for counts in found.counts.values():
        counts[:] = _rising(sorted(counts))
    for shows in found.shown.values():
        shows.sort()
    return found


def _run(found: Score, beat: Beat, now: Mapping[str, int], *, new: bool) -> None:
    """A policy hears, works, and emits; what it hears travels once, whatever number of events it emits."""
    step = beat.step
    if not step.policy:
        return
    way = min(TRAVEL, (beat.at - beat.start) * _SHARE)
    arrives, leaves = beat.start + way, beat.at - way
    thing = f"policies/{step.policy}"
    if new:
        if beat.after:
            arrow = track("whenever", beat.after, step.policy)
            found.travels.setdefault(arrow, []).append(Span(beat.start, arrives))
        _happen(found, thing, arrives, now)
    light = "crossing" if step.failed else "policy"
    found.glows.setdefault((thing, light), []).append(Span(arrives, max(leaves, arrives + 0.1)))
    if step.event:
        arrow = track("fails" if step.failed else "then", step.policy, step.event)
        found.travels.setdefault(arrow, []).append(Span(leaves, beat.at))


def _come(found: Score, beat: Beat, now: Mapping[str, int]) -> None:
    """An event comes on the bus, and listeners hear it."""
    step = beat.step
    if not step.event:
        return
    thing = f"events/{step.event}"
    _happen(found, thing, beat.at, now)
    light = "crossing" if step.failed else "event"
    found.glows.setdefault((thing, light), []).append(Span(beat.at, beat.at + _GLOW))
    for listener in step.listeners:
        arrives = beat.at + TRAVEL
        arrow = track("hears", step.event, listener)
        found.travels.setdefault(arrow, []).append(Span(beat.at, arrives))
        _happen(found, f"listeners/{listener}", arrives, now)
        found.glows.setdefault((f"listeners/{listener}", "frame"), []).append(Span(arrives, arrives + 0.2))


def _count_left_out(found: Score, beat: Beat, now: Mapping[str, int]) -> None:
    """Bring up to date what was seen in steps that are not played."""
    for thing, counts in found.counts.items():
        if counts[-1][1] < now[thing] and thing not in things_in(beat.step):
            counts.append((beat.at, now[thing]))


def _rising(counts: list[tuple[float, int]]) -> list[tuple[float, int]]:
    """Without what is no more than was counted before: what travels may come late."""
    rising: list[tuple[float, int]] = []
    for at, count in counts:
        if not rising or count > rising[-1][1]:
            rising.append((at, count))
    return rising


def _happen(found: Score, thing: str, at: float, now: Mapping[str, int]) -> None:
    found.shown.setdefault(thing, []).append(at)
    found.counts.setdefault(thing, []).append((at, now[thing]))
