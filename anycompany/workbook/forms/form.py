"""What a form is: a few questions, a button, and the edit that the answers make."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from ...storm import edits as e
from ...storm.errors import EditError
from ...storm.model import Storm
from .. import choices as c

Answers = dict[str, Any]
"""By the key of each input: a text or None, a list of ids, or whether it is ticked."""


@dataclass(frozen=True)
class Input:
    """One question of a form.

    ``kind`` is ``text`` (one line), ``lines`` (a list, one a line), ``json``, ``one`` or ``many`` of the
    ``choices``, or ``tick``. An optional one may stay empty; of a ``preset`` one the first choice is chosen.
    """

    key: str
    label: str
    kind: Literal["text", "lines", "json", "one", "many", "tick"] = "text"
    choices: Callable[[Storm], c.Choices] | None = None
    optional: bool = False
    preset: bool = False


@dataclass(frozen=True)
class Form:
    """A few questions, a button, and the edit that the answers make."""

    title: str
    button: str
    inputs: tuple[Input, ...]
    edit: Callable[[Storm, Answers], e.AnyEdit]

    def edit_from(self, storm: Storm, answers: Answers) -> e.AnyEdit:
        """The edit that these answers make.

        Raises ``EditError`` when a question that must be answered is not, or an answer is not what it asks.
        """
        read = {asked.key: _read(asked, answers.get(asked.key), self.title) for asked in self.inputs}
        return self.edit(storm, read)


def _read(asked: Input, answer: Any, form: str) -> Any:
    if isinstance(answer, str):
        answer = answer.strip()
    if asked.kind == "lines":
        answer = [text.strip() for text in (answer or "").splitlines() if text.strip()]
    if asked.kind == "tick":
        return bool(answer)
    if not answer:
        if asked.optional:
            return [] if asked.kind in ("lines", "many") else None
        raise EditError(f"“{asked.label}” is empty.", form, "Fill it in.")
    if asked.kind == "json":
        try:
            answer = json.loads(answer)
        except ValueError as error:
            raise EditError(f"“{asked.label}” is not JSON: {error}.", form, "Correct it.") from None
        if not isinstance(answer, dict):
            raise EditError(f"“{asked.label}” is not a JSON object.", form, "Begin with { and end with }.")
    return list(answer) if asked.kind == "many" else answer


def one(key: str, label: str, choices: Callable[[Storm], c.Choices], optional: bool = False) -> Input:
    """A question that is answered by one of several choices."""
    return Input(key, label, "one", choices, optional)


def one_of(key: str, label: str, *choices: tuple[str, str]) -> Input:
    """A question that is answered by one of the same choices in every storm."""
    return Input(key, label, "one", lambda _: list(choices), preset=True)


def many(key: str, label: str, section: str, optional: bool = True) -> Input:
    """A question that is answered by any number of the things of a section."""
    return Input(key, label, "many", c.things(section), optional)


def rename(section: e.Section) -> Form:
    """The form that gives a thing of a section another name."""
    thing = e.SINGULAR[section]
    inputs = (one("id", thing.capitalize(), c.things(section)), Input("name", "New name"))
    return Form(f"Rename: {thing}", "Rename", inputs, lambda _, a: e.Rename(of=section, **a))


def remove(section: e.Section) -> Form:
    """The form that removes a thing of a section and every mention of it."""
    thing = e.SINGULAR[section]
    inputs = (one("id", thing.capitalize(), c.things(section)),)
    return Form(f"Remove: {thing}", "Remove", inputs, lambda _, a: e.Remove(of=section, **a))


def add(section: e.Section, *more: Input, name: str = "Name") -> Form:
    """The form that adds a thing to a section; ``more`` asks for its keys, by the names of the file."""

    def edit(_: Storm, answers: Answers) -> e.AnyEdit:
        keys = {key: value for key, value in answers.items() if key != "name" and value}
        return e.Add(to=section, name=answers["name"], keys=keys)

    thing = e.SINGULAR[section]
    return Form(f"Add: {thing}", "Add", (Input("name", name), *more), edit)


EVENT = one("event", "Event", c.things("events"))
ABOUT = one("about", "About", c.things("events"), optional=True)
