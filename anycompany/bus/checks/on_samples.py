"""Sample and recorded events against a storm: which it does not know, and why who does not hear them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ...storm.checks.finding import called, quoted
from ...storm.model import Storm
from ..contract import json_schema, violations
from ..pattern import EventError, Explanation, Pattern, explain
from .patterns import filters, heard_by, types_at_odds

MOST_VIOLATIONS = 5
"""Violations that are told of one sample."""


@dataclass(frozen=True, slots=True)
class SampleFinding:
    """What is to be said about one sample event.

    Parameters
    ----------
    sample : its number, from 1.
    event : the id of the event that it is, empty where the storm has none such.
    kind : ``unknown``: the storm does not have it; ``contract``: it breaks its contract; ``never``: a filter
        compares a field with another type than the sample has, so that it never matches; ``filter``: a filter
        does not let these values through.
    where : the sticky note it is about, as ``listeners/alarm``; may be empty.
    what : a sentence.
    """

    sample: int
    event: str
    kind: Literal["unknown", "contract", "never", "filter"]
    where: str
    what: str


def sample_findings(storm: Storm, events: Iterable[Any]) -> tuple[SampleFinding, ...]:
    """What a storm's contracts and filters say about sample or recorded events, event by event.

    Parameters
    ----------
    storm : the design.
    events : as EventBridge delivers them: ``source``, ``detail-type``, ``detail``; the rest may be missing.

    >>> storm = Storm(name="Bank").add_event("Payment Made")
    >>> storm = storm.add_listener("Alarm", for_="Fraud", where={"amount": [{"numeric": [">", 5]}]})
    >>> sample = {"source": "com.bank", "detail-type": "payment-made", "detail": {"amount": "928309.42"}}
    >>> [finding.kind for finding in sample_findings(storm, [sample])]
    ['never']
    """
    return tuple(Samples(storm).findings(events))


class Samples:
    """A storm, made ready to be asked about many events; see ``sample_findings``."""

    def __init__(self, storm: Storm) -> None:
        self.storm = storm
        self.by_address = {address: event for event, address in storm.relations.address_of.items()}
        self.by_name: dict[str, list[str]] = {}
        for (_, name), event in self.by_address.items():
            self.by_name.setdefault(name, []).append(event)
        self.filters: dict[str, list[tuple[str, Pattern]]] = {}
        for key, pattern in filters(storm):
            for event in heard_by(storm, key):
                self.filters.setdefault(event, []).append((key, pattern))
        self.schemas: dict[str, dict[str, Any]] = {}

    def findings(self, events: Iterable[Any]) -> Iterator[SampleFinding]:
        """What is to be said about each event, in their order."""
        for number, event in enumerate(events, 1):
            if not isinstance(event, Mapping):
                yield SampleFinding(number, "", "unknown", "", "It is no event: an event is a JSON object.")
                continue
            known, doubt = self._event(event)
            if doubt:
                yield SampleFinding(number, known, "unknown", f"events/{known}" if known else "", doubt)
            if known:
                yield from self._broken(number, known, event)
                yield from self._unheard(number, known, event)

    def _event(self, event: Mapping[str, Any]) -> tuple[str, str]:
        """Which event of the storm this is, if any, and what is strange about it."""
        source, name = event.get("source"), event.get("detail-type")
        if not isinstance(source, str) or not isinstance(name, str):
            return "", "It has no source and detail-type, by which the bus tells events apart."
        if (source, name) in self.by_address:
            return self.by_address[source, name], ""
        namesakes = self.by_name.get(name, [])
        said = f"The storm has no {quoted(name)} from {quoted(source)}"
        if not namesakes:
            return "", f"{said}."
        owner = self.storm.source_of(namesakes[0])
        return namesakes[0], f"{said}; it has {called(self.storm, namesakes[0])} from {quoted(owner)}."

    def _broken(self, number: int, known: str, event: Mapping[str, Any]) -> Iterator[SampleFinding]:
        if known not in self.storm.contracts:
            return
        if known not in self.schemas:
            self.schemas[known] = json_schema(self.storm, known)["properties"]["detail"]
        for one in violations(self.schemas[known], event.get("detail"))[:MOST_VIOLATIONS]:
            path = f"detail.{one.path}" if one.path else "detail"
            what = f"{called(self.storm, known)} breaks its contract: {quoted(path, 120)} {one.what}."
            yield SampleFinding(number, known, "contract", f"contracts/{known}", what)

    def _unheard(self, number: int, known: str, event: Mapping[str, Any]) -> Iterator[SampleFinding]:
        detail = {"detail": event.get("detail")}
        for key, pattern in self.filters.get(known, ()):
            listener = quoted(self.storm.listeners[key].title(key))
            try:
                explanation = explain(pattern, detail)
                at_odds = [] if explanation.matches else types_at_odds(pattern, detail)
            except EventError as error:
                yield SampleFinding(number, known, "filter", f"listeners/{key}", f"{listener}: {error.what}")
                continue
            if at_odds:
                what = f"{listener} never hears such events: {'; '.join(at_odds[:3])}."
                yield SampleFinding(number, known, "never", f"listeners/{key}", what)
            elif not explanation.matches:
                what = f"{listener} does not hear it: {_why(explanation)}"
                yield SampleFinding(number, known, "filter", f"listeners/{key}", what)


def _why(explanation: Explanation) -> str:
    """The reasons of the alternative that comes nearest."""
    nearest = explanation.branches[0]
    return " ".join(
        [*(failed.why for failed in nearest.failed[:3]), *([nearest.apart] if nearest.apart else [])]
    )
