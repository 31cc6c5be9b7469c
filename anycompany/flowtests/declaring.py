"""What a test says of its flow before it runs: so that all flows of a session are tried in one round."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

Test = TypeVar("Test", bound=Callable[..., None])

_DECLARED = "__anycompany_flow__"


@dataclass(frozen=True)
class Declared:
    """A flow as its test declares it.

    Parameters
    ----------
    storm : the storm file.
    about : the sticky note that it is about, ``section/id``.
    when : the id of the event that is put on the bus.
    detail : the event's detail.
    fails : the ids of the policies whose work fails.
    refused : the ids of the policies whose questions people answer with no.
    """

    storm: Path
    about: str
    when: str
    detail: Mapping[str, Any]
    fails: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def flow(
    storm: str | os.PathLike[str],
    about: str = "",
    *,
    when: str,
    detail: Mapping[str, Any] | None = None,
    fails: Sequence[str] = (),
    refused: Sequence[str] = (),
) -> Callable[[Test], Test]:
    """Declare the flow of a test: what is given, and the event that is put on the bus.

    The test takes ``then``, a :class:`Then`, and says what follows.

    Parameters
    ----------
    storm : the storm file; a path that is not absolute is one from where pytest was started.
    about : the sticky note that the flow is about, such as ``policies/settle-payment``.
    when : the id of the first event.
    detail : its detail; empty by default.
    fails : the ids of the policies whose work fails in this flow.
    refused : the ids of the policies whose questions people answer with no.
    """
    declared = Declared(Path(storm), about, when, dict(detail or {}), tuple(fails), tuple(refused))

    def declare(test: Test) -> Test:
        setattr(test, _DECLARED, declared)
        return test

    return declare


def declared_by(test: Any) -> Declared | None:
    """The flow that a test function declares, or None."""
    found = getattr(test, _DECLARED, None)
    return found if isinstance(found, Declared) else None
