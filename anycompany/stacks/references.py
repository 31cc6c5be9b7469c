"""What in a template refers to its resources and parameters, and how to point it elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

_IN_TEXT = re.compile(r"\$\{([A-Za-z0-9]+)(?:\.([A-Za-z0-9.]+))?\}")


@dataclass(frozen=True, order=True)
class Reference:
    """A resource or parameter by its logical id and, where it is meant, an attribute."""

    name: str
    attribute: str = ""

    @property
    def flat(self) -> str:
        """A logical id that stands for it."""
        return f"{self.name}x{self.attribute.replace('.', '')}" if self.attribute else self.name


def references(value: Any) -> Iterator[Reference]:
    """Everything that a part of a template refers to, pseudo parameters left out."""
    found: list[Reference] = []

    def note(ref: Reference) -> Reference:
        found.append(ref)
        return ref

    pointed(value, note)
    yield from found


def pointed(value: Any, to: Callable[[Reference], Reference]) -> Any:
    """A part of a template with each reference replaced; the part itself is left as it is.

    >>> pointed({"Fn::Sub": "${A}/${A.Arn}"}, lambda ref: Reference("P", "Q") if ref.attribute else ref)
    {'Fn::Sub': '${A}/${P.Q}'}
    """
    if isinstance(value, list):
        return [pointed(one, to) for one in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        ((key, inner),) = value.items()
        if key == "Ref" and isinstance(inner, str) and "::" not in inner:
            return _as_written(to(Reference(inner)))
        if key == "Fn::GetAtt" and isinstance(inner, list) and all(isinstance(one, str) for one in inner):
            return _as_written(to(Reference(inner[0], ".".join(inner[1:]))))
        if key == "Fn::Sub" and isinstance(inner, str):
            return {key: _text_pointed(inner, to, ())}
        if key == "Fn::Sub" and isinstance(inner, list):
            return {key: [_text_pointed(inner[0], to, tuple(inner[1])), pointed(inner[1], to)]}
    return {key: pointed(one, to) for key, one in value.items()}


def _as_written(ref: Reference) -> dict[str, Any]:
    return {"Fn::GetAtt": [ref.name, ref.attribute]} if ref.attribute else {"Ref": ref.name}


def _text_pointed(text: str, to: Callable[[Reference], Reference], own: tuple[str, ...]) -> str:
    def one(found: re.Match[str]) -> str:
        if found[1] in own:
            return found[0]
        ref = to(Reference(found[1], found[2] or ""))
        return f"${{{ref.name}.{ref.attribute}}}" if ref.attribute else f"${{{ref.name}}}"

    return _IN_TEXT.sub(one, text)
