"""A trace as the board plays it: what browsers are told, bounded whatever its length."""

from __future__ import annotations

import time
import uuid
from typing import Any

from ..bus.playback import Beat, Playback, playback, things_in
from ..bus.trace import Trace
from ..storm.model import Storm

MOST_BEATS = 200
"""Steps of a trace that a board plays: more than a picture, for it can be paused and gone through."""

LONGEST = 120.0
"""Seconds that the playing takes, at most."""

MOST_LISTENERS = 20
"""Listeners of one step to which an event is seen travelling."""

MOST_COUNTS = 5_000
"""Counts of what is not played, at most; beyond, only what is played is counted as it goes."""

SECONDS_FRESH = 60.0
"""Whoever comes in so soon is shown it at once: the board of a cell appears after the cell has run."""


class Playing:
    """The trace that was played last in a room, for those who are in it and those who come later."""

    def __init__(self, trace: Trace, storm: Storm) -> None:
        self._began = time.monotonic()
        self._message = _message(playback(trace, storm, most=MOST_BEATS, longest=LONGEST))

    def told(self, to: str | None = None) -> dict[str, Any]:
        """The message to everybody, or to one tab that has come in later."""
        fresh = time.monotonic() - self._began < SECONDS_FRESH
        return self._message | {"fresh": fresh} | ({"to": to} if to else {})


def _message(played: Playback) -> dict[str, Any]:
    brief = sum(len(beat.counts) for beat in played.beats) > MOST_COUNTS
    runs: set[tuple[str, str]] = set()
    beats = []
    for beat in played.beats:
        run = (beat.step.policy, beat.step.after)
        beats.append(_beat(beat, played.began, new=run not in runs, brief=brief))
        runs.add(run)
    return {
        "type": "play",
        "id": uuid.uuid4().hex,
        "length": played.length,
        "lasted": played.lasted,
        "steps": played.steps,
        "left_out": played.left_out,
        "beats": beats,
        "totals": {thing: played.totals[thing] for beat in played.beats for thing in things_in(beat.step)},
    }


def _beat(beat: Beat, began: float, *, new: bool, brief: bool) -> dict[str, Any]:
    """One beat; ``new`` says whether its policy runs for it, or ran already for the beat before."""
    step = beat.step
    counts = {thing: beat.counts[thing] for thing in things_in(step) if thing in beat.counts}
    return {
        "start": round(beat.start, 3),
        "at": round(beat.at, 3),
        "seconds": step.seconds - began,
        "event": step.event,
        "after": beat.after,
        "policy": step.policy,
        "new": new,
        "failed": step.failed,
        "listeners": list(step.listeners[:MOST_LISTENERS]),
        "counts": counts if brief else dict(beat.counts),
    }
