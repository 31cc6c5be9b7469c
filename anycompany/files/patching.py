"""Changing what a YAML text says and nothing else of it: comments, order, quotes, line ends and spaces stay.

A round trip through ruamel.yaml takes seconds on a large storm and still moves comments and breaks lines
anew. Here only the characters of what changed are replaced, at the places that ``yaml_text`` remembered.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from . import rendering
from .rendering import canonical, same
from .yaml_text import Node

_COMMENT = re.compile(r"(?:(?<=\s)|^)#[^\r\n]*")


def changed_text(text: str, root: Node, was: dict[str, Any], now: dict[str, Any]) -> str:
    """The text, changed so that it says ``now``.

    Parameters
    ----------
    text, root : a YAML text whose document is a mapping, and its nodes.
    was : what the text says, in the spelling of ``Storm.document()``.
    now : what it shall say, in the same spelling.

    The caller has to read the result again: a text with aliases, or one of YAML's odder forms, may come out
    saying something else.
    """
    kept = [key for key in root.entries or {} if key not in was or key in now]
    if not kept:
        return "".join(f"{comment}\n" for comment in comments_of(text, root))
    changer = _Changer(text)
    if not changer.mapping(root, was, now):
        changer.edit(root.start, root.end, rendering.block(now, 0))
    changer.keep_orphans(root.end, 0)
    return changer.result()


def without_aliases(text: str, root: Node) -> str:
    """The text with every alias written out and the anchors taken away."""
    changer = _Changer(text)
    for node in _all_nodes(root):
        if node.alias:
            changer.edit(node.start, node.end, rendering.flow(node.value))
        elif anchor := re.compile(r"&[^\s,\[\]{}]+[ ]?").match(text, node.start):
            changer.edit(anchor.start(), anchor.end(), "")
    return changer.result()


def comments_of(text: str, root: Node) -> list[str]:
    """All comments of a text, each from its ``#`` to the end of its line."""
    return _Changer(text).comments_within(root, 0, len(text))


def _all_nodes(node: Node) -> Iterator[Node]:
    yield node
    for child in [entry[2] for entry in (node.entries or {}).values()] + (node.elements or []):
        yield from _all_nodes(child)


class _Changer:
    """Collects replacements of stretches of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.edits: list[tuple[int, int, str]] = []
        self.orphans: list[str] = []  # comments whose place within a flow collection is gone

    def edit(self, start: int, end: int, replacement: str) -> None:
        self.edits.append((start, end, replacement))

    def result(self) -> str:
        newline = "\r\n" if "\r\n" in self.text else "\n"
        pieces: list[str] = []
        reached = 0
        for start, end, replacement in sorted(self.edits, key=lambda edit: edit[0]):
            pieces += [self.text[reached:start], replacement.replace("\n", newline)]
            reached = max(reached, end)
        return "".join([*pieces, self.text[reached:]])

    def line_start(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def line_end(self, index: int) -> int:
        """Where the line of an index ends, before its line break."""
        found = self.text.find("\n", index)
        end = len(self.text) if found < 0 else found
        return end - 1 if end > index and self.text[end - 1] == "\r" else end

    def begins_its_line(self, index: int) -> bool:
        return not self.text[self.line_start(index) : index].strip(" ")

    def column(self, index: int) -> int:
        return index - self.line_start(index)

    def comments_within(self, node: Node, start: int, end: int) -> list[str]:
        """The comments in a stretch of text that holds ``node``, and perhaps its key."""
        covered = []
        for one in _all_nodes(node):
            covered += [(at, behind) for at, behind, _ in (one.entries or {}).values()]
            if one.entries is None and one.elements is None:
                covered.append((one.start, one.end))
        comments, reached = [], start
        for at, behind in [*sorted(covered), (end, end)]:
            if at > reached:
                comments += _COMMENT.findall(self.text, reached, at)
            reached = max(reached, behind)
        return comments

    def keep_orphans(self, index: int, column: int) -> None:
        """Put comments that lost their place below the line of ``index``."""
        if self.orphans:
            end = self.line_end(index)
            self.edit(end, end, "".join(f"\n{' ' * column}{comment}" for comment in self.orphans))
            self.orphans = []

    def delete_lines(self, start: int, node: Node) -> None:
        """Delete the lines from that of ``start`` to the last of ``node``, all but their comments."""
        first, last = self.line_start(start), self.line_end(node.end)
        comments = [" " * (start - first) + one for one in self.comments_within(node, start, last)]
        if first:
            line_before = self.line_end(self.line_start(first - 1))
            self.edit(line_before, last, "".join(f"\n{comment}" for comment in comments))
        else:
            behind = self.text.find("\n", last) + 1
            self.edit(first, behind, "".join(f"{comment}\n" for comment in comments))

    def value(self, node: Node, was: Any, now: Any, flow: bool) -> bool:
        """Change within a list or mapping; False when it has to be written anew."""
        if node.alias:
            return False
        if node.entries and len(node.entries) == 1 and not isinstance(was, dict):
            (key, said), *_ = node.value.items()
            if same(said, was):  # a longer way to write the same, such as {events: […]} for a list
                was, now = {key: was}, now if isinstance(now, dict) else {key: now}
        if node.entries and isinstance(was, dict) and isinstance(now, dict) and now:
            return self.mapping(node, was, now)
        if node.elements and isinstance(was, list) and isinstance(now, list) and now:
            return self.sequence(node, was, now)
        return False

    def within_block(
        self, node: Node, was: Any, now: Any, *, head: int, column: int, written: Callable[[], str]
    ) -> None:
        """Change a value that stands in a block, behind the colon or dash that ends at ``head``.

        ``written()`` is the new value as it would be written anew behind the head.
        """
        if not self.value(node, was, now, False):
            first, *rest = written().split("\n")
            if not isinstance(now, dict | list) and node.entries is None and node.elements is None:
                quote = self.text[node.start : node.start + 1]
                first = " " + rendering.scalar(now, quote if quote in ("'", '"') else "")
            if node.inline and head < node.start and not rest and "\n" not in self.text[head : node.end]:
                self.edit(node.start, node.end, first.strip(" "))
            else:
                self.write_lines_anew(node, head, column, [first, *rest])
        self.keep_orphans(node.end, column)

    def write_lines_anew(self, node: Node, head: int, column: int, written: list[str]) -> None:
        """Write a value anew from behind its colon or dash on, with the comments that stood there."""
        end = self.line_end(max(node.end, head))
        comments = self.comments_within(node, head, end)
        beside = comments[:1] if comments and self.text.find(comments[0], head) < self.line_end(head) else []
        lines = [written[0] + "".join(f"  {comment}" for comment in beside)]
        lines += [" " * column + comment for comment in comments[len(beside) :]] + written[1:]
        self.edit(head, end, "\n".join(lines))

    def within_flow(self, node: Node, was: Any, now: Any, behind_key: int | None) -> None:
        """Change a value that stands in a flow collection."""
        if self.value(node, was, now, True):
            return
        quote = self.text[node.start : node.start + 1]
        plain = not isinstance(now, dict | list)
        written = (
            rendering.scalar(now, quote if quote in ("'", '"') else "") if plain else rendering.flow(now)
        )
        if node.start == node.end and behind_key is not None:
            written = (" " if ":" in self.text[behind_key : node.start] else ": ") + written
        self.orphans += self.comments_within(node, node.start, node.end)
        self.edit(node.start, node.end, written)

    def mapping(self, node: Node, was: dict[str, Any], now: dict[str, Any]) -> bool:
        entries = node.entries or {}
        kept = [key for key in entries if key not in was or key in now]
        gone = [key for key in entries if key not in kept]
        new = [key for key in now if key not in entries]
        if not kept or not set(was) <= set(entries):
            return False
        if not self.removable(node, [entries[key][0] for key in gone], entries[kept[0]][0] if new else None):
            return False
        behind: dict[str | None, list[str]] = {}
        last = None
        for key in now:
            last = key if key in entries else last
            if key not in entries:
                behind.setdefault(last, []).append(key)
        if node.inline:
            self.remove_from_flow(
                node,
                [(at, max(end, child.end), key in kept, child) for key, (at, end, child) in entries.items()],
            )
        for key, (at, end, child) in entries.items():
            if key in gone:
                if not node.inline:
                    self.delete_lines(at, child)
            elif key in now and not same(was.get(key), now[key]):
                if node.inline:
                    self.within_flow(child, was.get(key), now[key], end)
                else:
                    head, column = self.text.find(":", end) + 1, self.column(at)
                    written = partial(rendering.behind_key, key, now[key], column)
                    self.within_block(
                        child, was.get(key), now[key], head=head, column=column, written=written
                    )
            if key in behind:
                self.insert_entries(node, now, behind[key], max(end, child.end), self.column(at))
        if None in behind:
            self.insert_entries_first(node, now, behind[None], entries[kept[0]][0])
        return True

    def insert_entries(self, node: Node, now: dict[str, Any], keys: list[str], end: int, column: int) -> None:
        if node.inline:
            self.insert_into_flow(end, [rendering.flow({key: now[key]})[1:-1] for key in keys])
            return
        at = self.line_end(end)
        lines = [f"\n{' ' * column}{rendering.entry(key, now[key], column)}" for key in keys]
        self.edit(at, at, "".join(lines))

    def insert_entries_first(self, node: Node, now: dict[str, Any], keys: list[str], first: int) -> None:
        if node.inline:
            self.edit(first, first, "".join(rendering.flow({key: now[key]})[1:-1] + ", " for key in keys))
            return
        column, at = self.column(first), self.line_start(first)
        self.edit(at, at, "".join(f"{' ' * column}{rendering.entry(k, now[k], column)}\n" for k in keys))

    def removable(self, node: Node, gone: Sequence[int], first: int | None) -> bool:
        """Whether what begins at ``gone`` can be cut out, and something put before ``first``."""
        if node.inline:
            return self.text[node.start] in "{["
        return all(map(self.begins_its_line, gone)) and (first is None or self.begins_its_line(first))

    def sequence(self, node: Node, was: list[Any], now: list[Any]) -> bool:
        elements = node.elements or []
        if len(was) != len(elements):
            return False
        matcher = difflib.SequenceMatcher(
            None, [canonical(one) for one in was], [canonical(one) for one in now], autojunk=False
        )
        changed: list[tuple[int, int]] = []
        gone: list[int] = []
        new: dict[int, list[Any]] = {}
        for kind, i1, i2, j1, j2 in matcher.get_opcodes():
            if kind == "equal":
                continue
            both = min(i2 - i1, j2 - j1)
            changed += [(i1 + n, j1 + n) for n in range(both)]
            gone += range(i1 + both, i2)
            if j1 + both < j2:
                new[i1 + both - 1] = now[j1 + both : j2]
        ends = [0, *(element.end for element in elements)]
        dashes = [self.text.rfind("-", ends[n], element.start) for n, element in enumerate(elements)]
        if not self.removable(node, [dashes[n] for n in gone], dashes[0] if -1 in new else None):
            return False
        if node.inline:
            self.remove_from_flow(node, [(e.start, e.end, n not in gone, e) for n, e in enumerate(elements)])
        position = dict(changed)
        for n, element in enumerate(elements):
            if n in position:
                self.element(node, element, dashes[n], was[n], now[position[n]])
            elif n in gone and not node.inline:
                self.delete_lines(dashes[n], element)
            if n in new:
                self.insert_items(node, new[n], element.end, self.column(dashes[n]))
        if -1 in new and node.inline:
            first = elements[0].start
            self.edit(first, first, "".join(rendering.flow(one) + ", " for one in new[-1]))
        elif -1 in new:
            column, at = self.column(dashes[0]), self.line_start(dashes[0])
            self.edit(at, at, "".join(f"{' ' * column}{rendering.item(one, column)}\n" for one in new[-1]))
        return True

    def element(self, node: Node, element: Node, dash: int, was: Any, now: Any) -> None:
        if node.inline:
            self.within_flow(element, was, now, None)
        else:
            column = self.column(dash)
            written = partial(rendering.behind_dash, now, column)
            self.within_block(element, was, now, head=dash + 1, column=column, written=written)

    def insert_items(self, node: Node, items: list[Any], end: int, column: int) -> None:
        if node.inline:
            self.insert_into_flow(end, [rendering.flow(one) for one in items])
            return
        at = self.line_end(end)
        self.edit(at, at, "".join(f"\n{' ' * column}{rendering.item(one, column)}" for one in items))

    def insert_into_flow(self, end: int, pieces: list[str]) -> None:
        """Put pieces behind what ends at ``end``, on a new line where the line gets too wide."""
        start = self.line_start(end)
        width = self.line_end(end) - start
        indent = len(self.text[start:]) - len(self.text[start:].lstrip(" ")) + 4
        written = ""
        for piece in pieces:
            broken = width + len(piece) > rendering.WIDEST
            written += f",\n{' ' * indent}{piece}" if broken else f", {piece}"
            width = (indent if broken else width) + len(piece) + 2
        self.edit(end, end, written)

    def remove_from_flow(self, node: Node, members: Sequence[tuple[int, int, bool, Node]]) -> None:
        """Cut members out of a flow collection with the commas that they leave over."""
        first = next(at for at, _, kept, _ in members if kept)
        inside = next(n for n in range(node.start, len(self.text)) if self.text[n] in "{[") + 1
        reached = inside
        for at, end, kept, child in members:
            if not kept:
                self.orphans += self.comments_within(child, reached if at > first else at, end)
                if at > first:
                    self.edit(reached, end, "")
            reached = end
        if not members[0][2]:
            self.edit(inside, first, "")
