"""A template too large for one stack, split into nested ones, and put together again.

CloudFormation takes up to 500 resources and 1 MB a template (quotas). What belongs together stays together;
what many need, or what needs many, such as the queue of dead letters, stays in the root. A part is given what
it needs of the root as parameters, and gives the root what that needs as outputs.

CloudFormation cannot move a resource to another stack. So which part something stands in follows from its
sticky note and the number of parts alone, and that number grows in large steps.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from .references import Reference, pointed, references
from .stack import LARGEST_TEMPLATE, Template

MOST_RESOURCES = 500
"""Resources of a template (CloudFormation)."""

_STEPS = (8, 32, 128)
"""Numbers of parts: the first with which all are small enough."""

_PATIENCE = 50
"""Resources that are put into the root one by one, before it is done by the handful."""

_ROOM = 0.8
"""How full a part may be: what it is given and gives takes room, too."""

_MOST_VALUES = 200
"""Parameters, or outputs, of a part (CloudFormation)."""

PART = "AWS::CloudFormation::Stack"
PART_TAG = "anycompany:part"
"""The tag by which a nested stack is known for one."""


@dataclass(frozen=True)
class Split:
    """The root's template and its parts', by the logical ids of the nested stacks."""

    root: Template
    parts: Mapping[str, Template]


def too_large(template: Template, size: int) -> bool:
    """Whether a template, of so many bytes as it goes over the wire, has to be split."""
    return size > LARGEST_TEMPLATE or len(template["Resources"]) > MOST_RESOURCES


def split(template: Template) -> Split:
    """Split a template that is too large.

    The ``TemplateURL`` of each nested stack is empty: whoever deploys it fills it in.

    >>> queue = {"Type": "AWS::SQS::Queue"}
    >>> whole = {f"T{i}": {"Type": "AWS::SNS::Topic", "Properties": {"Q": {"Ref": "Q"}}} for i in range(900)}
    >>> made = split({"Resources": {"Q": queue, **whole}})
    >>> len(made.parts), joined(made.root, made.parts) == {"Resources": {"Q": queue, **whole}}
    (8, True)
    """
    resources = template["Resources"]
    part_of = _placed(resources)
    given: dict[str, dict[str, Reference]] = {part: {} for part in sorted(set(part_of.values()))}

    def outside(ref: Reference) -> Reference:
        """What in the root stands for a resource of a part."""
        part = part_of.get(ref.name)
        if part is None:
            return ref
        given[part][ref.flat] = ref
        return Reference(part, f"Outputs.{ref.flat}")

    sections = {key: pointed(value, outside) for key, value in template.items() if key != "Resources"}
    root = {name: pointed(one, outside) for name, one in resources.items() if name not in part_of}
    parts = {part: _part(template, part, part_of) for part in given}
    for part, (body, takes) in parts.items():
        if given[part]:
            body["Outputs"] = {name: {"Value": _written(ref)} for name, ref in sorted(given[part].items())}
        passed = {name: _written(outside(ref)) for name, ref in sorted(takes.items())}
        root[part] = {
            "Type": PART,
            "Metadata": {"AnyCompany": {"Takes": _kept(takes), "Gives": _kept(given[part])}},
            "Properties": {
                "TemplateURL": "",
                **({"Parameters": passed} if passed else {}),
                "Tags": [{"Key": PART_TAG, "Value": part}],
            },
        }
    return Split({**sections, "Resources": root}, {part: body for part, (body, _) in parts.items()})


def moved(old: Template, new: Template, large: Callable[[Template], bool]) -> list[str]:
    """The resources of two templates, each split if it is ``large``, that do not stand where they stood."""
    before, after = (_placed(one["Resources"]) if large(one) else {} for one in (old, new))
    both = old.get("Resources", {}).keys() & new["Resources"].keys()
    return [name for name in sorted(both) if before.get(name) != after.get(name)]


def parts_of(root: Template) -> tuple[str, ...]:
    """The logical ids of the nested stacks that a template was split into; none if it is whole."""
    return tuple(
        name
        for name, one in root.get("Resources", {}).items()
        if one["Type"] == PART and "Takes" in one.get("Metadata", {}).get("AnyCompany", {})
    )


def joined(root: Template, parts: Mapping[str, Template]) -> Template:
    """The template that was split; without what stands in parts that are not there."""
    said = {part: root["Resources"][part]["Metadata"]["AnyCompany"] for part in parts}
    gives = {
        Reference(part, f"Outputs.{name}"): Reference(*ref)
        for part in parts
        for name, ref in said[part]["Gives"].items()
    }
    inside = {key: value for key, value in root.items() if key != "Resources"}
    whole = {name: one for name, one in root["Resources"].items() if name not in parts_of(root)}
    result = pointed({**inside, "Resources": whole}, partial(_either, gives))
    for part, body in parts.items():
        takes = {Reference(name): Reference(*ref) for name, ref in said[part]["Takes"].items()}
        result["Resources"] |= pointed(body["Resources"], partial(_either, takes))
    return dict(result)


def _either(instead: Mapping[Reference, Reference], ref: Reference) -> Reference:
    return instead.get(ref, ref)


def _placed(resources: Mapping[str, Any]) -> dict[str, str]:
    """The part that each resource stands in; those of the root are left out."""
    needs = {
        name: {ref.name for ref in references(one) if ref.name in resources and ref.name != name}
        for name, one in resources.items()
    }
    degree = Counter({name: len(needed) for name, needed in needs.items()})
    degree.update(needed for all_needed in needs.values() for needed in all_needed)
    left, by_degree = dict.fromkeys(resources), [name for name, _ in degree.most_common()]
    while True:
        groups = list(_connected(left, needs))
        if all(_fits(resources, needs, left, group) for group in groups):
            break
        at_once = 1 if len(by_degree) > len(resources) - _PATIENCE else 1 + len(left) // 50
        for name in by_degree[:at_once]:
            left.pop(name, None)
        del by_degree[:at_once]
        _without_what_the_root_needs_first(left, needs)
    for count in _STEPS:
        parts: dict[int, list[str]] = {}
        for group in groups:
            parts.setdefault(_slot(resources, group, count), []).extend(group)
        if all(_fits(resources, needs, left, members) for members in parts.values()):
            break
    return {name: f"Part{slot + 1}" for slot, members in parts.items() for name in members}


def _slot(resources: Mapping[str, Any], group: Sequence[str], count: int) -> int:
    """Where a group stands, by the sticky note that most of it comes from."""
    notes = Counter(
        resources[name].get("Metadata", {}).get("AnyCompany", {}).get("Note", "") for name in group
    )
    key = notes.most_common(1)[0][0] or min(group)
    return int(hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:8], 16) % count


def _fits(
    resources: Mapping[str, Any],
    needs: Mapping[str, set[str]],
    left: Mapping[str, None],
    members: Sequence[str],
) -> bool:
    """Whether these fit into one part."""
    taken = {need for name in members for need in needs[name] if need not in left}
    return (
        len(members) <= MOST_RESOURCES * _ROOM
        and len(taken) * 2 <= _MOST_VALUES
        and sum(len(json.dumps(resources[name])) for name in members) <= LARGEST_TEMPLATE * _ROOM
    )


def _without_what_the_root_needs_first(left: dict[str, None], needs: Mapping[str, set[str]]) -> None:
    """What a part needs of the root has to be there before any part: it and all that it needs stay there."""
    waiting = [need for name in left for need in needs[name] if need not in left]
    while waiting:
        for need in needs[waiting.pop()]:
            if need in left:
                del left[need]
                waiting.append(need)
                waiting += [other for other in needs[need] if other not in left]
        if not waiting:
            waiting = [
                need
                for name in left
                for need in needs[name]
                if need not in left and any(other in left for other in needs[need])
            ]


def _connected(left: Mapping[str, None], needs: Mapping[str, set[str]]) -> Iterator[list[str]]:
    near: dict[str, set[str]] = {name: {need for need in needs[name] if need in left} for name in left}
    for name in left:
        for need in tuple(near[name]):
            near[need].add(name)
    seen: set[str] = set()
    for name in left:
        if name not in seen:
            group, waiting = {name}, [name]
            while waiting:
                new = near[waiting.pop()] - group
                group |= new
                waiting += new
            seen |= group
            yield [one for one in left if one in group] if len(group) > 1 else [name]


def _part(template: Template, part: str, part_of: Mapping[str, str]) -> tuple[Template, dict[str, Reference]]:
    """A part's template, and what it takes as its parameters."""
    takes: dict[str, Reference] = {}
    known = template["Resources"].keys() | template.get("Parameters", {}).keys()

    def inside(ref: Reference) -> Reference:
        if ref.name not in known or part_of.get(ref.name) == part:
            return ref
        takes[ref.flat] = ref
        return Reference(ref.flat)

    resources = {
        name: pointed(one, inside) for name, one in template["Resources"].items() if part_of.get(name) == part
    }
    body: Template = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": f"{str(template.get('Description', ''))[:900]} ({part})",
    }
    if takes:
        body["Parameters"] = {name: {"Type": "String"} for name in sorted(takes)}
    return {**body, "Resources": resources}, takes


def _written(ref: Reference) -> Template:
    return {"Fn::GetAtt": [ref.name, ref.attribute]} if ref.attribute else {"Ref": ref.name}


def _kept(refs: Mapping[str, Reference]) -> dict[str, list[str]]:
    return {name: [ref.name, ref.attribute] for name, ref in sorted(refs.items())}
