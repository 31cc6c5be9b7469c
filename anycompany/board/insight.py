"""What the kernel finds out about a storm for its board: findings, coupling, progress, guesses.

Computed on a thread of its own, once people pause, for the newest storm; edits never wait for it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from ..storm.checks import SEVERITIES, Check, Finding, Findings, findings
from ..storm.coupling import Coupling, coupling
from ..storm.guesses import guesses
from ..storm.joining import alike, joining
from ..storm.method import STEPS, Step, next_step
from ..storm.model import Storm
from ..storm.workshop.agenda import phase_of
from .delta import Op, json_delta, plain

Insight = dict[str, Any]
"""The insight as the board reads it; see ``Insight`` in ``source/types.js``."""

MOST_MISSING = 5
"""How many of the things that a step lacks are named."""

MOST_ALIKE = 100
"""How many pairs that may mean the same are gathered at once."""

SECONDS_OF_QUIET = 0.35
"""For so long nobody has edited before the insight is computed."""

SECONDS_AT_MOST = 3.0
"""After so long it is computed even while people go on editing."""

NO_INSIGHT: Insight = {
    "findings": {},
    "coupling": {
        "score": 0.0,
        "communication": 0.0,
        "size": 0.0,
        "copies": 0.0,
        "reactions": 0,
        "guessed": False,
        "crossings": {},
    },
    "progress": {},
    "next": None,
    "guesses": [],
}
"""What there is to say before anything was computed."""


def all_checks() -> tuple[Check, ...]:
    """The checks of all rooms: on what was said, on the bus, on what would be deployed."""
    from ..bus import checks as on_the_bus
    from ..stacks import checks as on_the_stacks
    from ..storm import checks as on_the_storm

    return (*on_the_storm.CHECKS, *on_the_bus.CHECKS, *on_the_stacks.CHECKS)


def insight_of(storm: Storm, checks: tuple[Check, ...] | None = None) -> tuple[Insight, list[str]]:
    """What there is to know about a storm, and what could not be found out.

    Parameters
    ----------
    storm : the storm.
    checks : the checks to ask instead of all rooms'.

    A check that fails is a fault of ours and costs its own findings only. Returns the insight, and a sentence
    for each thing that failed.
    """
    faults: list[str] = []

    def tried(what: str, otherwise: Any, work: Callable[..., Any], *about: Any) -> Any:
        try:
            return work(*about)
        except Exception as error:
            faults.append(f"{what} could not be worked out for this storm ({type(error).__name__}).")
            return otherwise

    found: list[tuple[Finding, str | None]] = []
    for check in all_checks() if checks is None else checks:
        one = tried(f"The check “{check.id}”", Findings((), ()), findings, storm, None, [check])
        found += [*((finding, None) for finding in one.open), *one.dismissed]
    found.sort(key=lambda pair: (pair[1] is not None, SEVERITIES.index(pair[0].severity), pair[0].step))
    progress = {
        str(step.number): tried(f"The progress of step {step.number}", None, _progress, step, storm)
        for step in STEPS
    }
    insight = {
        "findings": {finding.key: _finding(finding, reason) for finding, reason in found},
        "coupling": tried("The coupling", NO_INSIGHT["coupling"], lambda: coupling_as_told(coupling(storm))),
        "progress": {number: one for number, one in progress.items() if one is not None},
        "next": tried("The next step", None, lambda: getattr(next_step(storm), "number", None)),
        "guesses": tried("The guesses", [], lambda: guesses(storm).record()["edits"]),
    }
    if _gathers(storm):
        insight["alike"] = tried("What is alike", [], _alike, storm)
    return plain(insight), faults


def _gathers(storm: Storm) -> bool:
    """Whether the team is reading what all have written: then duplicates and synonyms are gathered."""
    phase = phase_of(storm)
    return phase is not None and phase.step == 1


def _alike(storm: Storm) -> list[dict[str, Any]]:
    pairs = [pair for pair in alike(storm) if pair.section in ("events", "hotspots")]
    return [
        {
            "notes": [f"{pair.section}/{pair.keep}", f"{pair.section}/{pair.gone}"],
            "names": list(pair.names),
            "why": pair.why,
            "edit": joining(storm, pair.section, pair.keep, pair.gone).record(),
        }
        for pair in pairs[:MOST_ALIKE]
    ]


def coupling_as_told(found: Coupling) -> dict[str, Any]:
    """The coupling of a storm as the board reads it."""
    return {
        "score": found.score,
        "communication": found.communication,
        "size": found.size,
        "copies": found.copies,
        "reactions": found.reactions,
        "guessed": found.guessed,
        "crossings": {
            f"{one.event}>{one.policy}": {
                "event": one.event,
                "policy": one.policy,
                "giver": one.giver,
                "taker": one.taker,
                "copied": one.copied,
            }
            for one in found.crossings
        },
    }


class Told:
    """The insight that everybody was told last, by its number."""

    def __init__(self) -> None:
        self.latest = NO_INSIGHT
        self.number = 0

    def ops(self, insight: Insight) -> list[Op]:
        """What has changed since the last."""
        return json_delta(self.latest, insight)

    def news(self, revision: int, insight: Insight, ops: list[Op]) -> dict[str, Any]:
        """The message that tells another insight, and note that it was told."""
        self.latest, self.number = insight, self.number + 1
        numbers = {"revision": revision, "n": self.number, "from_n": self.number - 1}
        return {"type": "insight", **numbers, "delta": ops}


class Advisor:
    """A thread that computes the insight of the newest storm once people pause.

    Parameters
    ----------
    told : is called on that thread with a revision, its insight, and what could not be worked out.
    """

    def __init__(self, told: Callable[[int, Insight, list[str]], object]) -> None:
        self._told = told
        self._newest: tuple[int, Storm] | None = None
        self._asked = 0.0
        self._stopped = False
        self._wake = threading.Condition()
        threading.Thread(target=self._run, name="anycompany-insight", daemon=True).start()

    def ask(self, revision: int, storm: Storm) -> None:
        """This is the newest storm now."""
        with self._wake:
            self._newest, self._asked = (revision, storm), time.monotonic()
            self._wake.notify()

    def stop(self) -> None:
        """End the thread, at the latest when it has told what it is computing."""
        with self._wake:
            self._stopped = True
            self._wake.notify()

    def _run(self) -> None:
        while (newest := self._next()) is not None:
            revision, storm = newest
            try:
                self._told(revision, *insight_of(storm))
            except Exception as error:  # nobody else is on this thread to hear of it
                self._told(
                    revision, NO_INSIGHT, [f"The findings could not be worked out ({type(error).__name__})."]
                )

    def _next(self) -> tuple[int, Storm] | None:
        """The newest storm, once people pause; None when the thread is to end."""
        with self._wake:
            while self._newest is None and not self._stopped:
                self._wake.wait()
            begun = time.monotonic()
            while not self._stopped:
                now = time.monotonic()
                wait = min(self._asked + SECONDS_OF_QUIET, begun + SECONDS_AT_MOST) - now
                if wait <= 0:
                    break
                self._wake.wait(wait)
            newest, self._newest = self._newest, None
            return None if self._stopped else newest


def _finding(finding: Finding, reason: str | None) -> dict[str, Any]:
    return {
        "key": finding.key,
        "check": finding.check,
        "step": finding.step,
        "severity": finding.severity,
        "what": finding.what,
        "why": finding.why,
        "remedy": finding.remedy,
        "source": finding.source,
        "where": list(finding.where),
        "fix": finding.fix.record() if finding.fix else None,
        "dismissed": reason,
    }


def _progress(step: Step, storm: Storm) -> dict[str, Any]:
    found = step.progress(storm)
    return {
        "done": found.done,
        "total": found.total,
        "missing": list(found.missing[:MOST_MISSING]),
        "finished": found.finished,
    }
