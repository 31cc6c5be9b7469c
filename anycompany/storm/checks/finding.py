"""Checks and findings: what every check has in common, and how one is written.

A check is a pure function from a storm to what it found, with its identity and its reasons attached:
``@check(...)`` turns the function into a ``Check``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from ..edits import AnyEdit
from ..model import Storm

Severity = Literal["error", "warning", "note"]
"""``error``: deploying would fail, or be wrong. ``warning``: probably a mistake. ``note``: worth knowing."""

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
"""All severities, the gravest first."""


class Found(NamedTuple):
    """What a check says about one place: where, a sentence, and its own remedy or edit where it knows one."""

    where: tuple[str, ...]
    what: str
    remedy: str | None = None
    fix: AnyEdit | None = None


@dataclass(frozen=True)
class Finding:
    """Something worth a look in what a team said.

    ``check`` is the id of the check, ``where`` the notes it is about (``"events/account-created"``, deeper
    places behind further slashes), ``what`` one sentence about this case, ``why`` it matters, ``remedy`` what
    to do, ``source`` where the rule comes from, ``fix`` an edit that would remedy it where the check knows
    one. Texts are plain and quote names as they are: escape them for where they go.
    """

    check: str
    severity: Severity
    step: int
    where: tuple[str, ...]
    what: str
    why: str
    remedy: str
    source: str
    fix: AnyEdit | None = None

    @property
    def key(self) -> str:
        """What stands for this finding in ``dismissed``: the same as long as it is about the same notes."""
        return f"{self.check}:{','.join(self.where)}"


@dataclass(frozen=True)
class Check:
    """One rule: ``id`` in kebab case, the step of the method it belongs to, and what it says to people.

    ``title`` names the rule for the page of all checks, ``source`` says who made it.
    """

    id: str
    severity: Severity
    step: int
    title: str
    why: str
    remedy: str
    source: str
    find: Callable[[Storm], Iterator[Found]] = field(repr=False)

    def findings(self, storm: Storm) -> Iterator[Finding]:
        """What this check finds in a storm; each place once."""
        seen: set[tuple[str, ...]] = set()
        for where, what, remedy, fix in self.find(storm):
            if where not in seen:
                seen.add(where)
                yield Finding(
                    self.id,
                    self.severity,
                    self.step,
                    where,
                    what,
                    self.why,
                    remedy or self.remedy,
                    self.source,
                    fix,
                )


def check(
    id: str,  # noqa: A002
    severity: Severity,
    step: int,
    *,
    title: str,
    why: str,
    remedy: str,
    source: str,
) -> Callable[[Callable[[Storm], Iterator[Found]]], Check]:
    """Turn a function that yields what it found into a ``Check`` of this identity."""
    return lambda find: Check(id, severity, step, title, why, remedy, source, find)


def quoted(text: str, longest: int = 60) -> str:
    r"""A text a person typed, as it stands in a sentence: on one line, in quotes, not longer than a note.

    >>> quoted("Order\nPlaced"), quoted("a" * 99, 5)
    ('“Order Placed”', '“aaaa…”')
    """
    line = re.sub(r"[\s\x00-\x1f\x7f]+", " ", text[: longest * 4]).strip()
    return f"“{line if len(line) <= longest else line[: longest - 1].rstrip() + '…'}”"


def called(storm: Storm, event: str) -> str:
    """An event's name in quotes, or its id where there is no such event."""
    return quoted(storm.events[event].name) if event in storm.events else repr(event)


def listed(things: list[str], most: int = 6) -> str:
    """Things in a sentence; of many only the first.

    >>> listed(["a", "b", "c"]), listed(list("abcdefgh"), 2)
    ('a, b and c', 'a, b and 6 more')
    """
    if len(things) > most:
        return f"{', '.join(things[:most])} and {len(things) - most} more"
    return " and ".join([", ".join(things[:-1]), things[-1]] if len(things) > 1 else things)
