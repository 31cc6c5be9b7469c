"""The rows of the report: what its template shows of a storm, a run and a trace, as plain data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from anycompany.storm.checks import SEVERITIES
from anycompany.storm.coupling import Coupling
from anycompany.storm.ids import words
from anycompany.storm.method import STEPS, next_step
from anycompany.storm.model import Storm
from anycompany.storm.parts import Alternatives, HotSpot, Listener, Policy, events_of

from .findings import Findings
from .rule_tables import hearings
from .tables import triggers

if TYPE_CHECKING:
    from .report import Page

_LONGEST_SOURCE = 400_000
"""Characters of templates that the page carries; beyond that it names the files."""


def steps(storm: Storm) -> list[dict[str, Any]]:
    """The step bar: which of the eight steps are done, where the team is, and what is missing first."""
    now = next_step(storm)
    bar = []
    for step in STEPS:
        progress = step.progress(storm)
        state = "done" if progress.finished else "here" if step is now else "open"
        missing = progress.missing[0] if progress.missing and state == "here" else ""
        bar.append({"step": step, "state": state, "missing": missing})
    return bar


def figures(page: Page, measured: Coupling) -> list[dict[str, Any]]:
    """The numbers that matter, each with what it counts; ``tone`` says whether it asks for attention."""
    storm = page.storm
    graves = Counter(finding.severity for finding in page.findings.open)
    events, crossing = len(storm.events), len({one.event for one in measured.crossings})
    found = [
        _figure(events, "domain event"),
        _figure(len(storm.contexts), "bounded context"),
        _figure(crossing, "event crosses a border", "events cross a border", of=events, bad=crossing),
        _figure(graves["error"], "error", bad=graves["error"]),
        _figure(graves["warning"], "warning"),
        _figure(len(page.synthesis.stacks), "stack"),
    ]
    never = sum(one.answer in ("never", "refused") for one in hearings(storm))
    if never:
        found.append(_figure(never, "rule can never match", "rules can never match", bad=never))
    if page.trace:
        parts = len(storm.events) + len(storm.policies) + len(storm.listeners)
        unseen = len({note for note, _ in page.trace.not_seen})
        found.append(_figure(parts - unseen, "part seen running", "parts seen running", of=parts))
    return found


def _figure(number: int, one: str, many: str = "", *, of: int = 0, bad: int | None = None) -> dict[str, Any]:
    """A number with what it counts; where it can be ``bad``, whether it is."""
    tone = "" if bad is None else "crossing" if bad else "good"
    return {"number": number, "of": of, "what": one if number == 1 else many or f"{one}s", "tone": tone}


def hotspots(storm: Storm) -> list[HotSpot]:
    """The open hot spots, those with the most votes first."""
    return sorted(storm.hotspots.values(), key=lambda one: -len(one.votes))


def moments(storm: Storm) -> list[dict[str, Any]]:
    """The events by moment, each with its owner, what starts it and who hears it; unplaced ones last."""
    relations = storm.relations
    starts = dict(zip(relations.in_order, (row[1] for row in triggers(storm).rows), strict=True))

    def row(event: str) -> dict[str, Any]:
        owner = relations.owner_of(event)
        heard = [storm.policies[key].title(key) for key in relations.hearers_of.get(event, ())]
        heard += [storm.listeners[key].title(key) for key in relations.listeners_of.get(event, ())]
        return {
            "name": storm.events[event].name,
            "pivotal": storm.events[event].pivotal,
            "owner": storm.services[owner].title(owner) if owner else "",
            "starts": starts[event],
            "heard": heard,
        }

    moments = [
        {
            "number": number,
            "either": isinstance(moment, Alternatives),
            "events": [row(event) for event in dict.fromkeys(events_of(moment)) if event in storm.events],
        }
        for number, moment in enumerate(storm.timeline, 1)
    ]
    unplaced = [row(event) for event in storm.events if event not in relations.moment_of]
    moments.append({"number": None, "either": False, "events": unplaced})
    return [moment for moment in moments if moment["events"]]


def borders(storm: Storm, measured: Coupling) -> list[dict[str, Any]]:
    """From which context to which what crosses."""
    return [
        {
            "giver": storm.contexts[giver].title(giver),
            "taker": storm.contexts[taker].title(taker),
            "events": [storm.events[event].name for event in events],
        }
        for (giver, taker), events in measured.between.items()
    ]


def suggestions(page: Page) -> list[dict[str, Any]]:
    """Other boundaries: what each context would hold, the score, and why."""
    storm = page.storm
    return [
        {
            "contexts": [
                (
                    storm.contexts[key].title(key) if key in storm.contexts else words(key),
                    [storm.entities[entity].title(entity) for entity in entities if entity in storm.entities],
                )
                for key, entities in suggestion.contexts.items()
                if entities
            ],
            "score": suggestion.after.score,
            "reasons": suggestion.reasons,
        }
        for suggestion in page.suggestions
    ]


def by_severity(findings: Findings) -> list[tuple[str, list[Any]]]:
    """The open findings, the gravest first."""
    groups = ((grade, [one for one in findings.open if one.severity == grade]) for grade in SEVERITIES)
    return [(grade, found) for grade, found in groups if found]


def stacks(page: Page) -> list[dict[str, Any]]:
    """Every stack: what it holds, which notes it comes from, its template, and what the deploy did to it."""
    done = page.deployed["stacks"] if page.deployed else {}
    left = _LONGEST_SOURCE
    rows = []
    for stack in page.synthesis.stacks:
        kinds = Counter(resource["Type"] for resource in stack.template["Resources"].values())
        source = page.templates[stack.name]
        left -= len(source)
        rows.append(
            {
                "name": stack.name,
                "kind": stack.kind,
                "after": stack.depends_on,
                "resources": sum(kinds.values()),
                "kinds": [(kind.removeprefix("AWS::"), count) for kind, count in sorted(kinds.items())],
                "notes": sorted(set(stack.notes().values())),
                "source": source if left >= 0 else "",
                "done": done.get(stack.name, "not reached"),
            }
        )
    return rows


def scenarios(page: Page) -> list[dict[str, Any]]:
    """The trace, scenario by scenario: each step with what put it on the bus and who heard it."""
    if page.trace is None:
        return []
    policies, listeners = page.storm.policies, page.storm.listeners
    return [
        {
            "name": name,
            "steps": [
                {
                    "seconds": step.seconds,
                    "event": step.name,
                    "by": _title(policies, step.policy),
                    "failed": step.failed,
                    "runs": [name for name in dict.fromkeys((step.rule, step.workflow)) if name],
                    "heard": [_title(listeners, key) for key in step.listeners],
                }
                for step in steps
            ],
        }
        for name, steps in groupby(page.trace.steps, key=attrgetter("scenario"))
    ]


def _title(things: Mapping[str, Policy] | Mapping[str, Listener], key: str) -> str:
    """What people call a thing; the trace may name one that only the order of events suggests."""
    return things[key].title(key) if key in things else words(key)
