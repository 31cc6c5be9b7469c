"""From the text of a storm file to the Storm, or to one clear message with line, place and remedy."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..storm.ids import ID_PATTERN, slug
from ..storm.model import FORMAT, Storm
from .errors import StormFileError, refused_by_the_system
from .yaml_text import Node, YamlError, line_of, parse

LARGEST = 10_000_000
"""Bytes of the largest storm file that is read."""

_TYPES_OF_JSON: dict[type, str] = {
    str: "a text", bool: "true or false", list: "a list", dict: "keys and values",
}  # fmt: skip
_HOW_TO_WRITE = {
    "keys and values": "Write its keys below it, indented, or `{}`.",
    "a list": "Write one item a line after `- `, or `[]`.",
}
_WRONG_TYPE = {"string_type", "dict_type", "model_type", "list_type", "literal_error"}


@dataclass(frozen=True, slots=True)
class Document:
    """A storm and the text that says it."""

    text: str
    root: Node
    storm: Storm


def text_of_file(path: Path) -> str | None:
    """The text of a storm file without byte order mark, line ends as they are; None when there is no file.

    Raises ``StormFileError`` when it is larger than ``LARGEST``, not UTF-8, or cannot be read.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise StormFileError(
                f"The file has {size:,} bytes; a storm file has at most {LARGEST:,}.",
                str(path),
                "Check that this is the right file; split a storm that really is so large.",
            )
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise refused_by_the_system(path, "Reading the storm file", error) from None
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise StormFileError("The file is written in UTF-16.", f"{path}:1", "Save it as UTF-8.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise StormFileError(
            f"The byte 0x{data[error.start]:02X} is not UTF-8.", f"{path}:{line}", "Save the file as UTF-8."
        ) from None


def document_of(text: str, where: str) -> Document:
    """The storm that a text says.

    Parameters
    ----------
    text : the file's text.
    where : what to call the file in messages.

    Raises ``StormFileError`` for the first thing that is wrong.
    """
    try:
        root = parse(text)
    except YamlError as fault:
        raise StormFileError(fault.what, f"{where}:{line_of(text, fault.index)}", fault.remedy) from None
    if root is None or root.value is None:
        raise StormFileError(
            "There is nothing in the file.",
            where,
            "Begin with `name: …`, or make a new storm with `anycompany new`.",
        )
    if not isinstance(root.value, dict):
        raise StormFileError(
            f"A storm begins with keys such as `name:`, found {_kind(root.value)}.",
            f"{where}:{line_of(text, root.start)}",
            "Begin with `name: …` in the first column.",
        )
    _refuse_newer_format(root.value, f"{where}:{_line(text, root, ['format'])}")
    said = {key: value for key, value in root.value.items() if value is not None}
    try:
        return Document(text, root, Storm.model_validate(said))
    except ValidationError as error:
        raise _first_fault(error, text, root, where) from None


def _refuse_newer_format(said: dict[str, Any], where: str) -> None:
    given = said.get("format")
    if isinstance(given, int) and given > FORMAT:
        raise StormFileError(
            f"The file has format {given}, made by a newer version; this version reads format {FORMAT}.",
            where,
            "Upgrade with `pip install --upgrade anycompany`.",
            "format",
        )


def _first_fault(error: ValidationError, text: str, root: Node, where: str) -> StormFileError:
    """What pydantic found, as one error: the deepest complaint about the first place in the text."""
    faults = [(_path_in(root, fault["loc"]), fault) for fault in error.errors(include_url=False)]
    places = {"/".join(map(str, path[:2])) for path, _ in faults}
    first = min(
        faults, key=lambda one: (_line(text, root, one[0]), -len(one[0]), one[1]["type"] in _WRONG_TYPE)
    )
    path, fault = first
    alternatives = [other for at, other in faults if at == path]
    what, remedy, path = _said_plainly(fault, alternatives, path)
    others = len(places) - 1
    more = f" ({others} more {'place is' if others == 1 else 'places are'} wrong.)" if others else ""
    return StormFileError(what, f"{where}:{_line(text, root, path)}", remedy + more, "/".join(map(str, path)))


def _path_in(root: Node, location: Sequence[str | int]) -> list[str | int]:
    """The steps of pydantic's location that exist in the text; the others name types."""
    path: list[str | int] = []
    node: Any = root.value
    for step in location:
        if (isinstance(node, dict) and step in node) or (isinstance(node, list) and isinstance(step, int)):
            path.append(step)
            node = node[step]  # type: ignore[index]
    return path


def _line(text: str, root: Node, path: Sequence[str | int]) -> int:
    """The line on which the last step of a path stands."""
    node, index = root, root.start
    for step in path:
        if node.entries is not None and step in node.entries:
            index, _, node = node.entries[str(step)]
        elif node.elements is not None and isinstance(step, int):
            node = node.elements[step]
            index = node.start
        else:  # behind an alias, or a key that is missing
            break
    return line_of(text, index)


def _said_plainly(
    fault: Any, alternatives: Sequence[Any], path: list[str | int]
) -> tuple[str, str, list[str | int]]:
    """One pydantic complaint as what is wrong, the remedy, and the place."""
    given, kind, context = fault["input"], fault["type"], fault.get("ctx", {})
    message = str(fault["msg"]).removeprefix("Value error, ")
    if kind == "missing":
        return f"The key {fault['loc'][-1]!r} is missing.", "Add it.", path
    if kind == "string_pattern_mismatch" and context.get("pattern") == ID_PATTERN:
        proposed = slug(given[:400])[:100].strip("-")
        return (
            f"{given[:120]!r} is not an id: letters, digits, hyphens and underscores, at most 100.",
            f"Write {proposed!r} and keep the text as the name."
            if proposed
            else "Write an id such as 'a-1'.",
            path,
        )
    if kind in _WRONG_TYPE:
        expected = " or ".join(dict.fromkeys(_expected(one) for one in alternatives))
        if "a text" in expected and isinstance(given, int | float):
            remedy = f'Write it in quotes: "{given}".'
        else:
            remedy = "".join(how for one, how in _HOW_TO_WRITE.items() if one in expected) or "Correct it."
        return f"Expected {expected}, found {_kind(given)}.", remedy, path
    if unknown := re.match(r"unknown key '(?P<key>[^']*)'", message):
        return f"{message[0].upper()}{message[1:]}.", "Correct or delete it.", [*path, unknown["key"]]
    if kind == "value_error":
        return f"{message[0].upper()}{message[1:]}.", "Correct it.", path
    return f"{message[0].upper()}{message[1:]} (given: {str(given)[:80]!r}).", "Correct it.", path


def _expected(fault: Any) -> str:
    if fault["type"] == "literal_error":
        return str(fault["ctx"]["expected"])
    return {"string_type": "a text", "list_type": "a list"}.get(fault["type"], "keys and values")


def _kind(value: Any) -> str:
    """What a value is, and for short ones which."""
    if value is None:
        return "nothing"
    if isinstance(value, list | dict | bool):
        return _TYPES_OF_JSON[type(value)]
    return (
        f"{_TYPES_OF_JSON[type(value)]} ({str(value)[:60]!r})"
        if isinstance(value, str)
        else f"the number {value}"
    )
