"""YAML text as plain JSON-like data that remembers where in the text everything stands.

The C parser of ruamel.yaml finds the tokens; what they mean is decided here, because a storm file needs less
than YAML offers and must be safe with what YAML allows: the values are those of JSON under the rules of YAML
1.2 (`on` and dates are texts), keys are always texts, nothing may stand twice, refer to itself or unfold
without end. It is also four times as fast as building the data with ruamel.yaml.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

DEEPEST = 50
"""Levels of nesting allowed; a storm needs seven."""

MOST_COPIES = 200_000
"""Values that aliases (``*name``) may unfold to, so that a small file cannot become an enormous storm."""

_NULL = {"", "~", "null", "Null", "NULL"}
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_DECIMAL = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_MAY_BE_A_NUMBER = frozenset("0123456789+-.")
_TAGS_OF_JSON = {
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "map", "seq")
}
_MARKERS = re.compile(r"^(?:<{7}|={7}|>{7})(?: |$)", re.MULTILINE)


class YamlError(Exception):
    """Text that is not the YAML of a storm file.

    Parameters
    ----------
    what : what is wrong, one sentence.
    index : the character of the text where it is.
    remedy : what to do about it.
    """

    def __init__(self, what: str, index: int, remedy: str) -> None:
        super().__init__(what)
        self.what = what
        self.index = index
        self.remedy = remedy


@dataclass(slots=True)
class Node:
    """One value and its place: ``text[start:end]``, its anchor included, comments behind it not.

    A mapping has ``entries`` (for each key, where the key's own text stands, and the value), a sequence has
    ``elements``, anything else has neither. ``inline`` holds for all but block mappings and sequences.
    """

    value: Any
    start: int
    end: int
    inline: bool = True
    entries: dict[str, tuple[int, int, Node]] | None = None
    elements: list[Node] | None = None
    alias: bool = False


def parse(text: str, *, pure: bool = False) -> Node | None:
    """The one document of a YAML text (without byte order mark); None when there is nothing in it.

    ``pure`` takes the parser written in Python, which is ten times slower and knows all of YAML 1.2.
    Raises ``YamlError``.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError
    from ruamel.yaml.reader import ReaderError

    try:
        return _Builder(text, YAML(typ="safe", pure=pure).parse(text)).document()
    except ReaderError as error:
        strange = next((i for i, c in enumerate(text) if not _allowed(c)), 0)
        raise YamlError(
            f"There is a character that YAML forbids, U+{ord(text[strange]):04X}: {error.reason}.",
            strange,
            r'Delete it, or write it as an escape in double quotes, such as "\u0007".',
        ) from None
    except YAMLError as error:
        if not pure and "found unexpected ':'" in str(error):  # colons within texts in brackets, as in ARNs
            return parse(text, pure=True)
        raise _explained(text, error) from None


def line_of(text: str, index: int) -> int:
    """The line, from 1, of one character of a text, counted as editors count."""
    return text.count("\n", 0, index) + 1


def _allowed(character: str) -> bool:
    code = ord(character)
    return (
        code in (0x9, 0xA, 0xD, 0x85)
        or 0x20 <= code <= 0x7E
        or (code >= 0xA0 and not 0xD800 <= code < 0xE000)
    )


def _explained(text: str, error: Any) -> YamlError:
    """What the parser's complaint means for somebody who edits a storm file."""
    marker = _MARKERS.search(text)
    if marker:
        return YamlError(
            "There is a conflict marker of version control.",
            marker.start(),
            "Decide which of the two versions holds and delete the marker lines.",
        )
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    index = min(mark.index if mark else len(text), len(text))
    problem = str(getattr(error, "problem", None) or error)
    if "'\\t'" in problem or "tab" in problem or text[index : index + 1] == "\t":
        return YamlError("A tab is used where YAML wants spaces.", index, "Indent with spaces only.")
    if not text[index:].strip():
        return YamlError(
            f"The text ends in the middle of something ({problem}).",
            len(text.rstrip()),
            "Close what was opened, or fetch a whole copy of the file.",
        )
    return YamlError(
        f"This is not YAML: {problem}.",
        index,
        "Look at this line and the one above: indentation, a missing colon, quote or bracket.",
    )


class _Builder:
    """Builds the nodes of one document from the parser's events."""

    def __init__(self, text: str, events: Iterator[Any]) -> None:
        self.text = text
        self.events = events
        self.anchors: dict[str, tuple[Node | None, int]] = {}
        self.made = 0  # nodes so far, those that aliases repeat included
        self.copies = 0

    def document(self) -> Node | None:
        from ruamel.yaml import events as y

        root: Node | None = None
        for event in self.events:
            if isinstance(event, y.DocumentStartEvent):
                if root is not None:
                    raise YamlError(
                        "There is a second document (`---`) in this file.",
                        event.start_mark.index,
                        "Keep one storm in one file.",
                    )
                root = self.node(next(self.events), 0)
        return root if root is None or root.end > root.start else None

    def node(self, event: Any, depth: int) -> Node:
        kind = type(event).__name__
        start = event.start_mark.index
        if kind == "AliasEvent":
            return self.repeated(event, start)
        self.made += 1
        before = self.made
        if event.anchor is not None:
            self.anchors[event.anchor] = (None, 0)
        if event.tag is not None and event.tag not in _TAGS_OF_JSON and event.tag != "!":
            raise YamlError(f"The tag {event.tag[:80]!r} is not used in storm files.", start, "Delete it.")
        if depth > DEEPEST:
            raise YamlError(f"This is nested deeper than {DEEPEST} levels.", start, "Nest less deeply.")
        if kind == "ScalarEvent":
            end = event.end_mark.index
            if event.style in ("|", ">") and self.text[end - 1 : end] == "\n":
                end -= 1  # the parser has taken in the end of the last line
            node = Node(_scalar(event), start, end)
        elif kind == "MappingStartEvent":
            node = self.mapping(event, start, depth)
        else:
            node = self.sequence(event, start, depth)
        if event.anchor is not None:
            self.anchors[event.anchor] = (node, self.made - before + 1)
        return node

    def repeated(self, event: Any, start: int) -> Node:
        node, size = self.anchors.get(event.anchor, (None, 0))
        if node is None:
            wrong = "refers to itself" if event.anchor in self.anchors else "is nowhere above"
            raise YamlError(
                f"The anchor {event.anchor[:80]!r} {wrong}.", start, "Write out what is meant here."
            )
        self.made += size
        self.copies += size
        if self.copies > MOST_COPIES:
            raise YamlError(
                f"The aliases of this file unfold to more than {MOST_COPIES:,} values.",
                start,
                "Write out what is meant instead of referring to it again and again.",
            )
        return Node(node.value, start, event.end_mark.index, alias=True)

    def mapping(self, event: Any, start: int, depth: int) -> Node:
        value: dict[str, Any] = {}
        entries: dict[str, tuple[int, int, Node]] = {}
        end = start
        for key in self.events:
            kind = type(key).__name__
            if kind == "MappingEndEvent":
                end = key.end_mark.index if event.flow_style else end
                break
            at, behind = key.start_mark.index, key.end_mark.index
            if kind != "ScalarEvent" or (key.value == "<<" and not key.style):
                what = "A merge key (`<<`)" if kind == "ScalarEvent" else "A key that is not a plain text"
                raise YamlError(f"{what} is not used in storm files.", at, "Write the keys out.")
            if key.value in entries:
                raise YamlError(
                    f"The key {key.value[:80]!r} stands here for the second time.",
                    at,
                    "Keep one of the two, or give this one a key of its own.",
                )
            if key.anchor is not None:
                raise YamlError("A key carries an anchor.", at, "Take the anchor from the key.")
            node = self.node(next(self.events), depth + 1)
            value[key.value] = node.value
            entries[key.value] = (at, behind, node)
            end = max(node.end, behind)
        return Node(value, start, end, event.flow_style, entries)

    def sequence(self, event: Any, start: int, depth: int) -> Node:
        elements: list[Node] = []
        end = start + 1
        for item in self.events:
            if type(item).__name__ == "SequenceEndEvent":
                end = item.end_mark.index if event.flow_style else end
                break
            elements.append(self.node(item, depth + 1))
            end = elements[-1].end
        return Node([node.value for node in elements], start, end, event.flow_style, None, elements)


def _scalar(event: Any) -> Any:
    text: str = event.value
    if event.tag is None:
        return text if event.style else _meaning(text, event)
    return text if event.tag in ("!", "tag:yaml.org,2002:str") else _meaning(text, event)


def _meaning(text: str, event: Any) -> Any:
    """The value of a plain scalar by the core schema of YAML 1.2 (section 10.3.2)."""
    if text[:1] not in _MAY_BE_A_NUMBER:
        return None if text in _NULL else _TRUTH.get(text, text)
    if _NOT_FINITE.fullmatch(text):
        number = math.nan
    elif _INTEGER.fullmatch(text) and len(text) <= 300:
        return int(text, 0) if text[1:2] in ("o", "x") else int(text)
    elif _DECIMAL.fullmatch(text):
        number = float(text)
    else:
        return text
    if not math.isfinite(number):
        raise YamlError(
            f"{text[:80]!r} is not a number that an event can carry (JSON has no infinity).",
            event.start_mark.index,
            "Write a number, or put it in quotes.",
        )
    return number
