"""The difference between two templates in sentences: what is heard, allowed, promised, done differently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeGuard

from ..bus.contract.comparing import compare
from ..storm.errors import StormError
from .grants import differences, told
from .meaning import Meaning, meaning
from .stack import Template
from .wording import difference, short, shown

MOST_SENTENCES = 40
"""Sentences about one resource; more are counted."""


@dataclass(frozen=True)
class Meant:
    """What is different about one resource, or where ``resource`` is empty about the template's own parts.

    ``says`` are sentences without a full stop. Where there is none, the difference is one that means nothing
    to anybody: another order, a comment, a tag.
    """

    resource: str
    action: Literal["new", "gone", "changed"]
    type: str
    note: str
    says: tuple[str, ...]


def changes(old: Template | None, new: Template | None) -> tuple[Meant, ...]:
    """What a template means that another does not, resource by resource in the order of the new one.

    Parameters
    ----------
    old, new : the templates before and after; None where there is none.

    >>> was = {"Type": "AWS::Events::Rule", "Properties": {"EventPattern": {"source": ["a"]}}}
    >>> is_ = {"Type": "AWS::Events::Rule", "Properties": {"EventPattern": {"source": ["a", "b"]}}}
    >>> changes({"Resources": {"Rule": was}}, {"Resources": {"Rule": is_}})[0].says
    ('rule also hears source "b"',)
    """
    before, after = meaning(old or {}), meaning(new or {})
    old_resources, new_resources = ((one or {}).get("Resources", {}) for one in (old, new))
    found = []
    for name, now in after.items():
        was = before.get(name)
        if was is None:
            found.append(Meant(name, "new", now.type, now.note, _limited(_new(now))))
        elif old_resources[name] != new_resources[name]:
            found.append(Meant(name, "changed", now.type, now.note, _limited(_changed(was, now))))
    for name, was in before.items():
        if name not in after:
            found.append(Meant(name, "gone", was.type, was.note, _limited(_gone(was))))
    own = _limited(_own(old or {}, new or {}))
    return (*found, *([Meant("", "changed", "", "", own)] if own else []))


def _limited(sentences: Iterator[str]) -> tuple[str, ...]:
    found = list(dict.fromkeys(sentences))
    more = len(found) - MOST_SENTENCES
    return (*found[:MOST_SENTENCES], f"and {more} more") if more > 0 else tuple(found)


def _new(now: Meaning) -> Iterator[str]:
    heard = "; ".join(f"{path} {', '.join(values)}" for path, values in now.pattern.items())
    yield f"new {now.kind}" + (f" hears {heard}" if heard else "")
    yield from (f"{now.kind} {said}" for said in told(now.grants))
    if isinstance(now.schema, Mapping):
        yield from _fields(now.schema)
    if now.steps:
        yield f"{now.kind} does {', '.join(name for name in now.steps if not name.endswith('the start'))}"
    yield from _where_to(now, "goes to", {})
    for name in (
        "ScheduleExpression",
        "State",
        "Value",
        "AlarmDescription",
        "RetentionInDays",
        "RetentionDays",
    ):
        if name in now.settings:
            yield f"{now.kind} {name}: {short(now.settings[name])}"


def _gone(was: Meaning) -> Iterator[str]:
    heard = "; ".join(f"{path} {', '.join(values)}" for path, values in was.pattern.items())
    yield f"{was.kind} is gone" + (f": nobody hears {heard} for it any more" if heard else "")
    yield from (f"{was.kind} {said}" for said in differences(was.grants, ()))
    yield from _where_to(was, "no longer goes to", {})


def _changed(was: Meaning, now: Meaning) -> Iterator[str]:
    if was.type != now.type:
        yield f"{was.kind} becomes another kind of thing: {now.kind}"
    yield from _hearing(was, now)
    yield from (f"{now.kind} {said}" for said in differences(was.grants, now.grants))
    yield from _steps(was, now)
    if was.schema != now.schema:
        yield from _promised(was.schema, now.schema)
    yield from _where_to(now, "also goes to", _targets(was))
    yield from _where_to(was, "no longer goes to", _targets(now))
    targets_before, targets_after = _targets(was), _targets(now)
    for name, target in targets_after.items():
        if name in targets_before and targets_before[name] != target:
            yield from _settings(f"{now.kind}, target {name}", targets_before[name], target)
    body = ("DashboardBody",) if was.settings.get("shows") != now.settings.get("shows") else ()
    yield from _settings(now.kind, was.settings, now.settings, without=("Targets", *body))


def _hearing(was: Meaning, now: Meaning) -> Iterator[str]:
    for path in dict.fromkeys((*was.pattern, *now.pattern)):
        before, after = was.pattern.get(path), now.pattern.get(path)
        if before is None:
            yield f"{now.kind} hears less: now only with {path} {', '.join(after or ())}"
        elif after is None:
            yield f"{now.kind} hears more: whatever {path} is, not only {', '.join(before)}"
        else:
            fresh = [value for value in after if value not in before]
            lost = [value for value in before if value not in after]
            if fresh:
                yield f"{now.kind} also hears {path} {', '.join(fresh)}"
            if lost:
                yield f"{now.kind} no longer hears {path} {', '.join(lost)}"


def _steps(was: Meaning, now: Meaning) -> Iterator[str]:
    for name in dict.fromkeys((*was.steps, *now.steps)):
        before, after = was.steps.get(name), now.steps.get(name)
        if before is None:
            yield f"{now.kind} has a new step: {shown(name)}"
        elif after is None:
            yield f"{now.kind} lacks a step: {shown(name)}"
        elif before != after:
            yield from _settings(f"{now.kind}, step {shown(name)}", before, after)


def _promised(was: Any, now: Any) -> Iterator[str]:
    if not isinstance(was, Mapping) or not isinstance(now, Mapping):
        yield "contract changes in a way that cannot be read"
        return
    try:
        differences = compare(was, now).differences
    except StormError as error:
        yield f"contract changes: {error.what}"
        return
    for one in differences:
        broken = f" (breaks {' and '.join(one.breaks)})" if one.breaks else ""
        yield f"contract: {shown(one.what.rstrip('.'))}{broken}"
    if was.get("x-version") != now.get("x-version"):
        yield f"contract: version {difference(was.get('x-version'), now.get('x-version'))}"


def _fields(schema: Mapping[str, Any]) -> Iterator[str]:
    said: Any = schema
    for key in ("properties", "detail", "properties"):
        said = said.get(key) if isinstance(said, Mapping) else None
    if isinstance(said, Mapping) and said:
        yield f"contract has the fields {shown(', '.join(str(name) for name in said))}"


def _targets(of: Meaning) -> dict[str, Any]:
    targets = of.settings.get("Targets")
    return {
        str(one.get("Id", number)): one
        for number, one in enumerate(targets if isinstance(targets, list) else ())
        if isinstance(one, Mapping)
    }


def _where_to(of: Meaning, says: str, others: Mapping[str, Any]) -> Iterator[str]:
    for name, target in _targets(of).items():
        if name not in others:
            yield f"{of.kind} {says} {shown(target.get('Arn', name))}"


def _settings(
    of: str, was: Mapping[str, Any], now: Mapping[str, Any], without: tuple[str, ...] = ()
) -> Iterator[str]:
    """Properties that differ, each as before → after; what stands deeper is named by its path."""
    for name in dict.fromkeys((*was, *now)):
        if name in without or was.get(name) == now.get(name):
            continue
        before, after = was.get(name), now.get(name)
        if isinstance(before, Mapping) and isinstance(after, Mapping) and len(before) > 1:
            yield from _settings(f"{of}, {shown(name)}", before, after)
        elif _is_list_of_texts(before) and _is_list_of_texts(after) and sorted(before) != sorted(after):
            new, lost = (
                [x for x in one if x not in other] for one, other in ((after, before), (before, after))
            )
            also = [f"also {short(new)}"] if new else []
            yield f"{of}, {shown(name)}: {'; '.join(also + ([f'no longer {short(lost)}'] if lost else []))}"
        else:
            yield f"{of}, {shown(name)}: {difference(before, after)}"


def _own(old: Template, new: Template) -> Iterator[str]:
    """Outputs and parameters; a template's description says nothing that is done."""
    for section, word in (("Outputs", "output"), ("Parameters", "parameter"), ("Conditions", "condition")):
        was, now = old.get(section) or {}, new.get(section) or {}
        if not old:
            continue
        for name in dict.fromkeys((*was, *now)):
            if name not in was:
                yield f"new {word} {shown(name)}"
            elif name not in now:
                yield f"{word} {shown(name)} is gone"
            elif was[name] != now[name]:
                yield f"{word} {shown(name)}: {difference(was[name], now[name])}"


def _is_list_of_texts(value: Any) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)
