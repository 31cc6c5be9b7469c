"""Judging groups: what has a home, what belongs together and what not, and what the groups are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ...storm.checks.finding import listed, quoted
from ...storm.english import base_of, is_past, words_of
from ...storm.ids import slug
from ..reading import UnreadableError, data_in, texts_in
from ..verdict import Seen, slip


def groups_in(said: Any, things: Iterable[str] = ()) -> dict[str, list[str]]:
    """Groups as they were typed, in Python or as YAML: for each name, the things in it.

    Parameters
    ----------
    said : names with lists, pairs of both, or for each of the things the name of its group.
    things : what is to be grouped.

    Raises ``UnreadableError`` for what are no groups.

    >>> groups_in({"Ride": ["a", "b"]}), groups_in([["Ride", ["a", "b"]]])
    ({'Ride': ['a', 'b']}, {'Ride': ['a', 'b']})
    >>> groups_in([{"entity": "Ride", "events": ["a"]}]), groups_in({"a": "Ride", "b": "Ride"}, "abc")
    ({'Ride': ['a']}, {'Ride': ['a', 'b']})
    """
    data = data_in(said)
    if isinstance(data, list):
        pairs = [_pair(one) for one in data]
        if data and all(pairs):
            data = {pair[0]: pair[1] for pair in pairs if pair}
        elif all(isinstance(one, dict) for one in data):
            data = {key: value for one in data for key, value in one.items()}
    if isinstance(data, dict) and data and {slug(one[:200]) for one in data} <= {slug(one) for one in things}:
        names = [(name, thing) for thing, inner in data.items() for name in texts_in(inner)]
        data = {name: [thing for other, thing in names if other == name] for name, _ in names}
    if not isinstance(data, dict):
        raise UnreadableError('Write the groups as names with lists: {"name": ["…", "…"]}.')
    return {str(name): texts_in(things) for name, things in data.items() if texts_in(things)}


def _pair(said: Any) -> tuple[str, Any] | None:
    """A name and its things, from a row of two or a dict of two; None for anything else."""
    row = [*said.values()] if isinstance(said, dict) else said
    if not isinstance(row, list) or len(row) != 2 or not isinstance(row[0], str):
        return None
    return (row[0], row[1]) if isinstance(row[1], list) else None


@dataclass(frozen=True)
class Together:
    """Things that share a group, or must not (``apart``); and the misconception of who does otherwise."""

    things: tuple[str, ...]
    because: str
    misconception: str = ""
    apart: bool = False


def homes(groups: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """For each thing, by its slug, the groups that it is in."""
    found: dict[str, list[str]] = {}
    for name, things in groups.items():
        for thing in dict.fromkeys(slug(one[:200]) for one in things):
            found.setdefault(thing, []).append(name)
    return found


def every_one_once(groups: Mapping[str, list[str]], things: Iterable[str], in_two: str) -> Iterator[Seen]:
    """That each of the things is in one group, and that nothing else is; ``in_two`` is the misconception."""
    known = {slug(thing): thing for thing in things}
    where = homes(groups)
    for thing, names in where.items():
        if thing in known and len(names) > 1:
            yield Seen(in_two, f"{quoted(known[thing])} is in {listed([quoted(name) for name in names])}.")
    typed = {slug(one[:200]): one for group in groups.values() for one in group}
    if unknown := [typed[thing] for thing in where if thing not in known]:
        yield slip(f"Not among those of the task: {listed([quoted(one) for one in unknown])}.")
    if missing := [known[thing] for thing in known if thing not in where]:
        yield slip(f"Without a home: {listed([quoted(one) for one in missing])}.")


def not_all_alike(groups: Mapping[str, list[str]], things: int, each: str) -> Iterator[Seen]:
    """That there is neither one group for all nor, misconception ``each``, one for each."""
    if len(groups) == 1 and things > 3 and len(next(iter(groups.values()))) >= things - 1:
        yield Seen("one-for-all", f"{quoted(next(iter(groups)))} holds everything.")
    if len(groups) > 2 and len(groups) >= things - 1:
        yield Seen(each, f"There are {len(groups)} groups for {things} things.")


def together(groups: Mapping[str, list[str]], rules: Iterable[Together]) -> Iterator[Seen]:
    """What of these rules the groups do not keep."""
    where = homes(groups)
    for rule in rules:
        at = {where[slug(one)][0] for one in rule.things if slug(one) in where}
        known = [one for one in rule.things if slug(one) in where]
        if len(known) > 1 and (len(at) < len(known) if rule.apart else len(at) > 1):
            verb = "share a group" if rule.apart else "are apart"
            yield Seen(rule.misconception, f"{listed([quoted(one) for one in known])} {verb}: {rule.because}")


_TABLE = re.compile(
    r"(?i)(^|[\s_-])(tbl|tables?|rows?|records?|schema|database|db|dto|column|join|"
    r"crud|sql|data ?model)([\s_-]|$)"
    r"|_id\b|^t_|_lines\b"
)
_SOFTWARE = re.compile(
    r"(?i)(service|manager|handler|controller|\b(lambda|function|api|module|workflow|processor|engine|"
    r"backend|frontend|queue|system|app|repository|class))s?$"
)
_DEPARTMENT = re.compile(
    r"(?i)\b(department|dept\.?|team|division|office|unit)$"
    r"|^(hr|it|sales|marketing|finance|accounting|legal|support|operations|logistics|"
    r"customer (service|support|care|relations)|back ?office|front ?(desk|office))$"
)
_PROCESS = frozenset(
    (
        "process",
        "procedure",
        "management",
        "handling",
        "flow",
        "lifecycle",
        "cycle",
        "phase",
        "stage",
        "journey",
        "step",
    )
)
_HOW_IT_WENT = frozenset(
    ("success", "succeed", "failure", "fail", "error", "ok", "happy", "bad", "good", "outcome")
)


def fault_of_entity(name: str) -> str | None:
    """The misconception in the name of an entity, or None for a thing of the business.

    >>> [fault_of_entity(name) for name in ("Bike", "bikes_table", "BikeService", "Finance", "Sale process")]
    [None, 'table', 'software-as-entity', 'department', 'event-as-entity']
    >>> [fault_of_entity(name) for name in ("Bike Returned", "Malfunction", "success", "Booking")]
    ['event-as-entity', None, 'by-outcome', None]
    """
    text = name.strip()[:200]
    words = [word.lower() for word in words_of(text)]
    spaced = " ".join(words_of(text))
    if _TABLE.search(text) or _TABLE.search(spaced):
        return "table"
    if _DEPARTMENT.search(spaced):
        return "department"
    if _SOFTWARE.search(spaced):
        return "software-as-entity"
    if {base_of(word) for word in words if word != "goods"} & _HOW_IT_WENT:
        return "by-outcome"
    if _PROCESS & set(words) or (len(words) > 1 and is_past(words[-1])):
        return "event-as-entity"
    return None


OF_ENTITY = {
    "table": "is called like a table.",
    "department": "is a department: it looks after things, and is none of them.",
    "software-as-entity": "is a part of the software.",
    "by-outcome": "is a way in which things go, not a thing.",
    "event-as-entity": "is something that happens, not a thing that it happens to.",
}
"""How each of those is told of a name."""
