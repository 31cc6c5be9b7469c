"""Judging policies and the connections between services: who hears what, and by which way."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ...storm.checks.finding import listed, quoted
from ...storm.ids import slug
from ...storm.model import Storm
from ..reading import UnreadableError, data_in, is_numbered, texts_in
from ..verdict import Seen, slip

_KEYS = {
    "when": "when",
    "whenever": "when",
    "on": "when",
    "true": "when",
    "hears": "when",
    "does": "does",
    "do": "does",
    "emits": "emits",
    "then": "does",
    "fails": "fails",
    "else": "fails",
}


def policy_in(said: Any, where: str = "The policy") -> dict[str, list[str]]:
    r"""A policy as it was typed, in Python or as YAML: its parts as lists of texts.

    Raises ``UnreadableError`` for what is none.

    >>> policy_in("when: Bike Returned\ndoes: [Charge the card]")
    {'when': ['Bike Returned'], 'does': ['Charge the card'], 'emits': [], 'fails': []}
    """
    data = data_in(said)
    if not isinstance(data, dict):
        raise UnreadableError(f"{where} has four parts: when, does, emits, fails.")
    if len(data) == 1 and isinstance(inner := next(iter(data.values())), dict):
        data = inner  # under its name
    parts: dict[str, list[str]] = {"when": [], "does": [], "emits": [], "fails": []}
    for key, value in data.items():
        part = _KEYS.get(key.strip().lower())
        if part is None:
            raise UnreadableError(f"{where} has a part {quoted(key)}; there are when, does, emits and fails.")
        parts[part] += [value.strip()] if isinstance(value, str) and value.strip() else texts_in(value)
    return parts


def storm_of(name: str, policies: Mapping[str, Mapping[str, list[str]]]) -> Storm:
    """A storm in which these policies react to each other's events."""
    storm = Storm(name=name)
    ids: dict[str, str] = {}
    for event in (
        one for policy in policies.values() for part in ("when", "emits", "fails") for one in policy[part]
    ):
        if slug(event[:200]) not in ids:
            storm = storm.add_event(event[:200])
            ids[slug(event[:200])] = list(storm.events)[-1]
    for title, policy in policies.items():
        parts = {
            part: list(dict.fromkeys(ids[slug(one[:200])] for one in policy[part]))
            for part in ("when", "emits", "fails")
        }
        storm = storm.add_policy(
            title[:200] or "policy", when=parts["when"], emits=parts["emits"], fails=parts["fails"]
        )
    return storm


def follows(policies: Iterable[Mapping[str, list[str]]], first: str) -> set[str]:
    """The events, by their slugs, that may follow an event when these policies react."""
    reached, waiting = {slug(first)}, [slug(first)]
    reacting = [
        ({slug(one) for one in policy["when"]}, {slug(one) for one in (*policy["emits"], *policy["fails"])})
        for policy in policies
    ]
    while waiting:
        event = waiting.pop()
        for when, then in reacting:
            if event in when:
                waiting += then - reached
                reached |= then
    return reached


def arrows_in(said: Any) -> list[tuple[str, str]]:
    """Connections as they were typed: pairs, or texts with an arrow.

    >>> arrows_in([["Rentals", "bus"], "bus -> Audit"]), arrows_in("Rentals <-> bus")
    ([('Rentals', 'bus'), ('bus', 'Audit')], [('Rentals', 'bus'), ('bus', 'Rentals')])
    """
    data = data_in(said) if isinstance(said, str) and "->" not in said and "→" not in said else said
    if isinstance(data, dict):
        data = (
            [*data.values()]
            if is_numbered(data)
            else [[one, other] for one, others in data.items() for other in texts_in(others)]
        )
    if isinstance(data, str) and "\n" not in data.strip():
        data = data.replace(",", "\n").replace(";", "\n")
    rows: list[Any] = (
        data if isinstance(data, list) else [line for line in str(data).splitlines() if line.strip()]
    )
    found = []
    for row in rows:
        if isinstance(row, list | dict):
            ends = texts_in([*row.values()] if isinstance(row, dict) else row)
            ways = ["->"] * (len(ends) - 1)
        else:
            ends, ways = _ARROW.split(str(row))[::2], [way.strip() for way in _ARROW.findall(str(row))]
        if len(ends) < 2 or not all(one.strip() for one in ends):
            raise UnreadableError('Write each connection as a pair: ["from", "to"].')
        for (one, other), way in zip(itertools.pairwise(one.strip() for one in ends), ways, strict=True):
            found += [(one, other)] if way[-1] in ">→,↔" else []
            found += [(other, one)] if way[0] in "<←↔" else []
    return found


_ARROW = re.compile(r"(\s*(?:<-+>?|<=+>|[-=]+>|[→←↔,])\s*)")
_BUS, _QUEUE = (
    re.compile(r"(?i)\bbus(\d|\b)|eventbridge|eventbus"),
    re.compile(r"(?i)queue|\bsqs\b|topic|\bsns\b|stream|kafka"),
)


def judge_connections(
    arrows: list[tuple[str, str]], services: Iterable[str], hears: Mapping[str, Iterable[str]], silent: str
) -> Iterator[Seen]:
    """What is wrong with a way of connecting services.

    Parameters
    ----------
    arrows : who gives to whom.
    services : all of them.
    hears : for each taker, the givers that it has to hear.
    silent : the one that only listens.
    """
    known = {slug(one): one for one in services}
    arrows = [(_one_bus(one, known), _one_bus(other, known)) for one, other in arrows]
    nodes = {end: _kind(end, known) for arrow in arrows for end in arrow}
    for one, other in arrows:
        kinds = nodes[one], nodes[other]
        if kinds == ("service", "service"):
            yield Seen("point-to-point", f"{quoted(one)} gives to {quoted(other)} directly.")
        if kinds == ("service", "queue"):
            yield Seen(
                "queue-per-pair",
                f"{quoted(one)} puts its events into {quoted(other)}: it has to know who is behind it.",
            )
        if nodes[one] == "service" and slug(one) == slug(silent):
            yield Seen("listener-answers", f"{quoted(one)} gives something back.")
    if strange := [end for end, kind in nodes.items() if kind == "unknown"]:
        yield slip(
            f"What is {listed([quoted(one) for one in strange])}? There are "
            f"{listed(list(known.values()))}, a bus, and perhaps queues."
        )
    if default := [end for end, kind in nodes.items() if kind == "bus" and re.search(r"(?i)default", end)]:
        yield Seen("default-bus", f"{quoted(default[0])} is AWS's own.")
    buses = {slug(end) for end, kind in nodes.items() if kind == "bus"}
    if len(buses) > 1:
        yield Seen("two-buses", f"There are {len(buses)} buses.")
    graph: dict[str, set[str]] = {}
    for one, other in arrows:
        graph.setdefault(slug(one), set()).add(slug(other))
    for taker, givers in hears.items():
        for giver in givers:
            if not _leads(graph, slug(giver), slug(taker), set(known)):
                yield slip(f"{quoted(taker)} does not hear {quoted(giver)} yet.")


_FILLERS = frozenset(
    ("the", "a", "an", "our", "one", "central", "custom", "event", "events", "own", "spoke", "s")
)


def _one_bus(end: str, known: Mapping[str, str]) -> str:
    """The name of a bus without the words that make no other bus of it: “the event bus” is the bus."""
    if _kind(end, known) != "bus":
        return end
    return " ".join(word for word in re.split(r"[\W_]+", end) if word.lower() not in _FILLERS) or end


def _kind(end: str, known: Mapping[str, str]) -> str:
    if slug(end) in known:
        return "service"
    if _QUEUE.search(end):
        return "queue"
    return "bus" if _BUS.search(end) else "unknown"


def _leads(graph: Mapping[str, set[str]], start: str, end: str, services: set[str]) -> bool:
    """Whether there is a way that no other service has to pass on."""
    waiting, seen = list(graph.get(start, ())), set()
    while waiting:
        node = waiting.pop()
        if node == end:
            return True
        if node not in seen and node not in services:
            seen.add(node)
            waiting += graph.get(node, ())
    return False
