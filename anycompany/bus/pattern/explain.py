"""Why an event does not match a pattern: which field failed which condition, in words, nearest miss first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from .elements import met, places_met
from .events import Event, as_event, is_entry
from .fields import Fields, flatten
from .misses import miss
from .model import Branch, Condition, Exists, Pattern, any_of, wanted
from .surroundings import nearest_field, what_is_there
from .words import first_met, of_condition, of_value, plain

MOST_BRANCHES_SAID = 10
_MOST_VALUES_LOOKED_AT = 100
_MOST_CONDITIONS_SAID = 10
_MOST_PARENTS = 5


@dataclass(frozen=True, slots=True)
class FailedField:
    """A field that an event does not meet.

    Parameters
    ----------
    path : the field, its keys joined by dots.
    found : what the event has there, in words.
    asked : its conditions in words, of which one would have to hold.
    why : in a sentence, for the condition that comes nearest.
    """

    path: str
    found: str
    asked: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class FailedBranch:
    """One combination of the pattern's ``$or`` that an event does not meet.

    Parameters
    ----------
    failed : the fields that failed, the nearest miss first.
    met : the paths of the fields that are met.
    apart : why fields that are each met do not count: they are not met in one element of an array; may be
        empty.
    """

    failed: tuple[FailedField, ...]
    met: tuple[str, ...]
    apart: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Whether an event matches a pattern, and why.

    Parameters
    ----------
    matches : whether it does.
    because : for an event that matches: what its fields are, and which condition holds of each.
    branches : for one that does not: the branches it comes nearest to, nearest first.
    more : how many branches more there are than are said.
    """

    matches: bool
    because: tuple[str, ...] = ()
    branches: tuple[FailedBranch, ...] = ()
    more: int = 0

    def as_json(self) -> dict[str, Any]:
        """The same as JSON data."""
        return asdict(self)

    def __str__(self) -> str:
        if self.matches:
            return "\n".join(["The event matches.", *(f"  {line}" for line in self.because)])
        lines = ["The event does not match."]
        for number, branch in enumerate(self.branches, 1):
            if len(self.branches) > 1 or self.more:
                lines.append(f"  Alternative {number} ({_count(branch)}):")
            indent = "    " if len(self.branches) > 1 or self.more else "  "
            for failed in branch.failed:
                lines.append(f"{indent}{failed.why}")
                if len(failed.asked) > 1:
                    lines.append(f"{indent}  Any of these would do: {'; '.join(failed.asked)}.")
            if branch.apart:
                lines.append(f"{indent}{branch.apart}")
        if self.more:
            lines.append(f"  And {self.more} more alternatives, which are further off.")
        return "\n".join(lines)


def explain(pattern: Pattern, event: str | bytes | Event) -> Explanation:
    """Say why an event matches a pattern, or why it does not.

    Parameters
    ----------
    pattern : as by ``parse``.
    event : any JSON object, as data or as JSON text.

    Raises
    ------
    EventError
        for what is no event.

    >>> from anycompany.bus.pattern.parse import parse
    >>> pattern = parse({"paid": [{"numeric": [">", 10000]}]})
    >>> print(explain(pattern, {"paid": "928309.42"}))
    The event does not match.
      paid is the text "928309.42", and numeric > 10000 asks for a number: a text never matches a number.
    """
    data = as_event(event)
    laid = flatten(data, pattern.wanted)
    for branch in pattern.branches:
        if met(branch, laid):
            return Explanation(True, tuple(_met_because(branch, laid)))
    failing = sorted(pattern.branches, key=lambda branch: len(_failing(branch, laid)))
    said = [_failed_branch(branch, laid, data) for branch in failing[:MOST_BRANCHES_SAID]]
    return Explanation(False, (), tuple(said), len(failing) - len(said))


def _count(branch: FailedBranch) -> str:
    fields = len(branch.failed) + len(branch.met)
    return f"{len(branch.met)} of {fields} {'field' if fields == 1 else 'fields'} met"


def _failing(branch: Branch, laid: Fields) -> list[tuple[str, tuple[Condition, ...]]]:
    """The fields of a branch that are not met whatever the others are."""
    return [
        (path, conditions)
        for path, conditions in branch.fields
        if not places_met(path, (asked := any_of(conditions)), laid)
        and not (asked.absent and (path not in laid.values or path in laid.places))
    ]


def _met_because(branch: Branch, laid: Fields) -> list[str]:
    lines = []
    for path, conditions in branch.fields:
        found = first_met(conditions, laid.values.get(path, []))
        if found:
            lines.append(f"{plain(path)} is {of_value(found[0])}: {of_condition(found[1])}")
        elif path in laid.values:
            lines.append(f"{plain(path)} is not there in the element that the other fields are met in")
        else:
            lines.append(f"{plain(path)} is not there")
    return lines


def _failed_branch(branch: Branch, laid: Fields, event: Mapping[str, Any]) -> FailedBranch:
    failing = _failing(branch, laid)
    names = {path for path, _ in failing}
    said = sorted(
        (_failed_field(path, conditions, laid, event) for path, conditions in failing),
        key=lambda one: -one[0],
    )
    fine = tuple(path for path, _ in branch.fields if path not in names)
    return FailedBranch(tuple(one for _, one in said), fine, "" if failing else _apart(branch, laid))


def _failed_field(
    path: str, conditions: tuple[Condition, ...], laid: Fields, event: Mapping[str, Any]
) -> tuple[float, FailedField]:
    """How near a field comes to being met, and what to say of it."""
    asked = tuple(of_condition(one) for one in conditions[:_MOST_CONDITIONS_SAID])
    if len(conditions) > len(asked):
        asked = (*asked, f"one of {len(conditions) - len(asked)} more")
    values = laid.values.get(path)
    if not values:
        found = what_is_there(event, path)
        why = _missing(path, conditions, found, _hint(event, path))
        return 0.0, FailedField(path, found, asked, why)
    nearest, condition, value = max(
        (
            (miss(condition, value), condition, value)
            for value in values[:_MOST_VALUES_LOOKED_AT]
            for condition in conditions[:_MOST_VALUES_LOOKED_AT]
        ),
        key=lambda one: one[0].nearness,
    )
    found = of_value(value) if len(values) == 1 else f"{len(values)} values, the nearest is {of_value(value)}"
    begins = f"{plain(path)} is {found}" if len(values) == 1 else f"{plain(path)} has {found}"
    why = f"{begins}, and {of_condition(condition)} {nearest.why}."
    return nearest.nearness, FailedField(path, found, asked, why)


def _missing(path: str, conditions: tuple[Condition, ...], found: str, hint: str) -> str:
    asked = of_condition(conditions[0])
    if found == "an object":
        why = f"{plain(path)} is an object: only its fields have values that can be asked for"
        if Exists(True) in conditions:
            why += ", and exists works on values alone"
        return why + "."
    if found != "nothing":
        return f"{plain(path)} is {found}, which counts as absent, and {asked} asks for a value there."
    return f"The event has no field {plain(path)}, and {asked} asks for a value there.{hint}"


def _hint(event: Event, path: str) -> str:
    if is_entry(event):
        return " This is an entry for PutEvents, whose Detail is still a text."
    parent = path
    for _ in range(_MOST_PARENTS):
        parent = parent.rpartition(".")[0]
        if values := flatten(event, wanted(iter([parent]))).values.get(parent):
            return f" {plain(parent)} is {of_value(values[0])}, which has no fields."
    near = nearest_field(event, path)
    return f" It has {plain(near)}." if near else ""


def _apart(branch: Branch, laid: Fields) -> str:
    """Which fields are each met, and the array of which no one element has them all."""
    fields, array = [path for path, _ in branch.fields], ""
    for one in sorted(set(laid.arrays), key=len, reverse=True):
        inside = [field for field in branch.fields if _lies_in(field[0], one)]
        if 1 < len(inside) < len(fields) and met(Branch(tuple(inside)), laid):
            continue
        if len(inside) > 1:
            fields, array = [path for path, _ in inside], one
            break
    return (
        f"{', '.join(plain(path) for path in fields)}: each is met, but not in the same element of "
        f"{plain(array) or 'an array'}, and fields of one array have to be met in one element."
    )


def _lies_in(path: str, array: str) -> bool:
    return path == array or path.startswith(array + ".")
