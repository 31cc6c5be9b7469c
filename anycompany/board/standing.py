"""What each tab is told of where the workshop stands: times as seconds left, never as somebody's clock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from ..storm.model import Storm
from ..storm.workshop.agenda import Phase, agenda_of, neighbour, phase_of, phases
from ..storm.workshop.state import Workshop
from ..storm.workshop.writers import SCREEN, Writers


def standing(storm: Storm, writers: Writers, person: str, facilitates: bool) -> dict[str, Any]:
    """The message to one tab, without its address.

    Parameters
    ----------
    storm : the whole storm.
    writers : who voted for what.
    person : whose tab it is.
    facilitates : whether the tab steers the workshop.
    """
    workshop, phase = storm.workshop or Workshop(), phase_of(storm)
    told: dict[str, Any] = {
        "type": "workshop",
        "facilitates": facilitates,
        "phase": _phase(phase) if phase else None,
        "left": workshop.left(datetime.now(UTC)),
        "running": workshop.since is not None,
        "agenda": [{**_phase(slot.phase), "minutes": slot.minutes} for slot in agenda_of(workshop)],
        "back": neighbour(workshop, -1),
        "next": neighbour(workshop, 1),
    }
    if facilitates:
        told["phases"] = [{**_phase(one), "minutes": one.minutes} for one in phases()]
    if workshop.voting is not None:
        voted = writers.voted(person, storm)
        told["dots"] = {
            "of": workshop.voting.dots,
            "on": {f"{section}/{key}": who for (section, key), who in voted.items()},
        }
    return told


def quiet(listed: Iterable[dict[str, Any]], writers: Writers, facilitators: Iterable[str]) -> list[str]:
    """The names of those who are here and have not written or voted since the workshop began."""
    apart = {SCREEN, *facilitators}
    found = {
        str(one.get("person")): str(one.get("name") or "Somebody")
        for one in listed
        if one.get("person") not in apart and not writers.spoke(str(one.get("person")))
    }
    return sorted(found.values(), key=str.casefold)


def _phase(phase: Phase) -> dict[str, Any]:
    return {"id": phase.id, "name": phase.name, "step": phase.step, "day": phase.day, "asks": phase.asks}
