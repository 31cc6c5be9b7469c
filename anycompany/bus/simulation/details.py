"""What stands in the detail of an event: what of it matters to rules, and what workflows hand on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...storm.model import Storm
from ...storm.tasks import branching_tasks, is_written, single_tasks
from ..contract import example_detail, fields_of
from ..outcomes import forks
from ..rules import Rule
from .routing import Routing, keys_asked_by

Address = tuple[str, str]
"""An event's ``source`` and ``detail-type``."""


class Details:
    """Which fields of a detail some rule may ask about, now or later in the flow, and how details are made.

    Parameters
    ----------
    storm : whose contracts say which fields an event may carry.
    found : the rules that run.
    asked : which fields the rules of the storm's own bus ask about.
    """

    def __init__(self, storm: Storm, found: Sequence[Rule], asked: Routing) -> None:
        self._address_of = address_of = storm.relations.address_of
        ways = {rule.note: _asked_by_ways(storm, rule) for rule in found}
        self._everything = every = frozenset[str]().union(*asked.detail_keys.values(), *ways.values())
        self._handed_on = {event: frozenset(fields_of(storm, event)) & every for event in storm.events}
        self._examples = {
            event: {key: value for key, value in example_detail(storm, event).items() if key in every}
            for event in storm.events
        }
        self._written = {key for key, said in storm.policies.items() if is_written(said.does)}
        needed: dict[Address, frozenset[str]] = dict.fromkeys(address_of.values(), frozenset())
        for rule in found:
            if rule.bus == "own":
                for event in rule.hears:
                    needed[address_of[event]] |= asked.detail_keys.get(rule.note, frozenset())
                    needed[address_of[event]] |= ways[rule.note]
        self._needed = self._with_what_follows(storm, found, needed)

    def _with_what_follows(
        self, storm: Storm, found: Sequence[Rule], needed: dict[Address, frozenset[str]]
    ) -> Mapping[Address, frozenset[str]]:
        """The fields that matter to what an event leads to matter to it too, as far as they are handed on."""
        address_of = storm.relations.address_of
        answers = [_answer(storm, rule) for rule in found]
        leading_to: dict[Address, list[tuple[int, str]]] = {}
        for number, (_, puts) in enumerate(answers):
            for event in puts:
                leading_to.setdefault(address_of[event], []).append((number, event))
        passed: list[frozenset[str]] = [frozenset()] * len(answers)
        waiting = [address for address, keys in needed.items() if keys]
        while waiting:
            address = waiting.pop()
            for number, event in leading_to.get(address, ()):
                new = needed[address] & self._handed_on[event]
                if new <= passed[number]:
                    continue
                passed[number] |= new
                for before in answers[number][0]:
                    if not new <= needed.get(before, frozenset()):
                        needed[before] = needed.get(before, frozenset()) | new
                        waiting.append(before)
        return needed

    def asked_at(self, address: Address) -> frozenset[str]:
        """The keys of the detail that matter in events of an address; all of them in unknown ones."""
        return self._needed.get(address, self._everything)

    def of_answer(self, known: Mapping[str, Any], policy: str, event: str) -> tuple[Address, dict[str, Any]]:
        """The address of an event that a workflow puts on the bus, and its detail, as far as rules ask.

        It is what is known of its contract's fields and, as long as the business logic is a placeholder, its
        contract's example, exactly as the deployed workflows make it.
        """
        handed_on = self._handed_on[event]
        detail = {} if policy in self._written else self._examples[event]
        known = {key: value for key, value in known.items() if key in handed_on}
        return self._address_of[event], {**detail, **known}


def _asked_by_ways(storm: Storm, rule: Rule) -> frozenset[str]:
    """The fields that decide which way work goes, where that decides what follows or whom it asks."""
    if rule.section != "policies":
        return frozenset()
    does = storm.policies[rule.id].does
    if not forks(storm, rule.id) and all(task.ask is None for task in single_tasks(does)):
        return frozenset()
    ways = (way for task in branching_tasks(does) for way in task.branch or ())
    return frozenset().union(*(keys_asked_by(way.where) for way in ways if way.where))


def _answer(storm: Storm, rule: Rule) -> tuple[list[Address], list[str]]:
    """The addresses that a workflow's rule hears, and the events that may be put on the bus in answer."""
    if rule.section == "policies":
        said = storm.policies[rule.id]
        puts = [event for event in dict.fromkeys((*said.emits, *said.fails)) if event in storm.events]
        return [storm.relations.address_of[event] for event in rule.hears], puts
    aws = storm.triggers[rule.id].aws if rule.section == "triggers" else None
    return ([(aws.source, aws.detail_type)], [rule.id]) if aws else ([], [])
