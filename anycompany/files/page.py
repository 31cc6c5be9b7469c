"""The text of a storm file, in pieces that can be changed one by one while the others stay byte for byte."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from ..storm.model import Storm
from . import rendering
from .document import Document, document_of
from .errors import StormFileError
from .patching import changed_text, comments_of, without_aliases
from .rendering import same
from .yaml_text import YamlError, parse

SCHEMA_FILE = "storm.schema.json"
"""The JSON Schema of the format, laid beside new storm files for editors that check while people type."""


@dataclass(frozen=True, slots=True)
class Page:
    """A text and the storm that it says; ``pieces`` has the text from each key at the margin to the next.

    The piece named ``""`` is all that stands before the first key, or the whole text where the keys do not
    begin lines of their own.
    """

    pieces: dict[str, str]
    storm: Storm

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(self.pieces.values())


def page_of(document: Document) -> Page:
    """A text that was read, cut into pieces."""
    text, root = document.text, document.root
    starts = [at for at, _, _ in (root.entries or {}).values()]
    if root.inline or any(text[at - 1 : at] not in ("", "\n") for at in starts):
        return Page({"": text}, document.storm)
    ends = [*starts[1:], len(text)]
    pieces = {key: text[at:end] for key, at, end in zip(root.entries or {}, starts, ends, strict=True)}
    return Page({"": text[: starts[0]], **pieces}, document.storm)


def new_page(storm: Storm) -> Page:
    """A fresh text for a storm, beginning with the line by which editors find the format's schema."""
    return page_of(_fresh(storm, [f"# yaml-language-server: $schema={SCHEMA_FILE}"]))


def page_after(page: Page, storm: Storm) -> Page:
    """The page, changed so that it says ``storm``: only what differs is written anew."""
    was, now = _changed_sections(page.storm, storm)
    if not was and not now:
        return Page(page.pieces, storm)
    try:
        return Page(_changed_pieces(page.pieces, was, now, list(_sections(storm))), storm)
    except (_OtherThanMeantError, YamlError, ValidationError):
        return page_of(_changed_as_a_whole(page, storm))


class _OtherThanMeantError(Exception):
    """A changed text does not say what it should."""


def _said(sections: dict[str, Any]) -> dict[str, Any]:
    """The sections with something in them; what is empty need not be written."""
    return {key: value for key, value in sections.items() if value not in (None, {}, [])}


def _sections(storm: Storm) -> dict[str, Any]:
    return _said(storm.document())


def _changed_sections(before: Storm, after: Storm) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the sections that differ said and say, without those that are absent."""
    was: dict[str, Any] = {}
    now: dict[str, Any] = {}
    extra = {**(before.__pydantic_extra__ or {}), **(after.__pydantic_extra__ or {})}
    for key in (*Storm.model_fields, *extra):
        said_by_both = key in before.model_fields_set and key in after.model_fields_set
        if said_by_both and getattr(before, key) is getattr(after, key):
            continue
        old, new = (
            _said(storm.model_dump(mode="json", by_alias=True, exclude_unset=True, include={key}))
            for storm in (before, after)
        )
        if not same(old, new):
            was |= old
            now |= new
    return was, now


def _changed_pieces(
    pieces: dict[str, str], was: dict[str, Any], now: dict[str, Any], order: list[str]
) -> dict[str, str]:
    """The pieces after a change of some keys; ``order`` is that of all keys."""
    standing = [key for key in pieces if key]
    if not standing:
        raise _OtherThanMeantError
    befores = {key: {key: was.get(key)} for key in standing if key in was or key in now}
    afters = {key: {key: now[key]} if key in now else {} for key in befores}
    staying = [key for key in standing if key not in was or key in now]
    for key in order:
        if key in now and key not in standing:
            earlier = [other for other in order[: order.index(key)] if other in staying]
            neighbour = earlier[-1] if earlier else staying[0]
            before = befores.setdefault(neighbour, {neighbour: None})
            after = afters.setdefault(neighbour, dict(before))
            afters[neighbour] = {**after, key: now[key]} if earlier else {key: now[key], **after}
    done: dict[str, str] = {"": ""}
    for key, text in pieces.items():
        if key not in befores:
            done[key] = text
            continue
        for part, piece in _changed_piece(text, befores[key], afters[key], now).items():
            last = part or next(reversed(done))
            done[last] = done.get(last, "") + piece
    return done


def _changed_piece(
    text: str, was: dict[str, Any], now: dict[str, Any], wanted: dict[str, Any]
) -> dict[str, str]:
    root = parse(text)
    if root is None or root.entries is None:
        raise _OtherThanMeantError
    changed = changed_text(text, root, was, now)
    root = parse(changed)
    if root is None:
        if now:
            raise _OtherThanMeantError
        return {"": changed}
    document = Document(changed, root, Storm.model_validate({"name": "", **root.value}))
    said = document.storm.document()
    if list(root.value) != list(now) or not all(same(said.get(k), wanted[k]) for k in now if k in wanted):
        raise _OtherThanMeantError
    return page_of(document).pieces


def _changed_as_a_whole(page: Page, storm: Storm) -> Document:
    """The text changed as one piece; without its aliases, or as a last resort anew, if that must be."""
    text, was, now = page.text, _sections(page.storm), _sections(storm)
    root = parse(text)
    for candidate in (text, without_aliases(text, root)) if root else ():
        nodes = parse(candidate)
        if nodes is None:
            continue
        try:
            document = document_of(changed_text(candidate, nodes, was, now), "")
        except StormFileError:
            continue
        if same(_sections(document.storm), now):
            return document
    return _fresh(storm, comments_of(text, root) if root else [])


def _fresh(storm: Storm, comments: list[str]) -> Document:
    return document_of("\n".join([*comments, rendering.block(_sections(storm), 0), ""]), "")
