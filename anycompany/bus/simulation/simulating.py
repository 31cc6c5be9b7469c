"""Simulate a storm: events arrive, rules route, workflows work, and all of it is counted."""

from __future__ import annotations

import difflib
import gc
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager

from ...storm.errors import StormError
from ...storm.model import Storm
from .arrivals import Arrival, ByRate
from .engine import Engine, Progress
from .network import Network
from .results import run_of
from .run import Run
from .settings import Settings


def simulate(
    storm: Storm,
    arrivals: Iterable[Arrival] | None = None,
    settings: Settings | None = None,
    *,
    progress: Progress | None = None,
) -> Run:
    """Let events through the storm as its deployed rules and workflows would, without deploying anything.

    Parameters
    ----------
    storm : the storm; what is not finished does not run, and the notes of the run say so.
    arrivals : what arrives: made by ``of_scenarios`` or ``of_events``, or any :class:`Arrival` in order of
        time. None lets the storm's own triggers start events at the rates in the settings.
    settings : how often, how long, how it fails; the same settings give the same run.
    progress : called now and then with how many events have arrived, of how many (0: nobody knows), and what
        is done.

    Raises
    ------
    StormError
        for settings that name something the storm does not have, and for what arrives and is no event.

    >>> storm = Storm(name="Inn").add_event("Room Booked").add_event("Room Cleaned")
    >>> storm = storm.trigger("room-booked", actor="Guest")
    >>> storm = storm.add_policy("Clean", when=["room-booked"], emits=["room-cleaned"])
    >>> run = simulate(storm, settings=Settings(count=100))
    >>> {use.event: use.count for use in run.events}
    {'room-booked': 100, 'room-cleaned': 100}
    """
    settings = settings or Settings()
    for policy in settings.workflows:
        _must_be(policy, storm.policies, "policy", "settings/workflows")
    for number, down in enumerate(settings.down):
        _must_be(down.service, storm.services, "service", f"settings/down/{number}")
    if arrivals is None:
        arrivals = ByRate(storm, settings)
    engine = Engine(Network(storm), settings)
    with _what_is_there_left_alone():
        engine.run(arrivals, progress)
    return run_of(engine, arrivals)


@contextmanager
def _what_is_there_left_alone() -> Iterator[None]:
    """Keep the garbage collector from looking again and again through a million events in a list."""
    if gc.get_freeze_count():  # somebody else's doing
        yield
        return
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _must_be(key: str, known: Collection[str], what: str, where: str) -> None:
    if key not in known:
        near = difflib.get_close_matches(key[:80], list(known), 1)
        remedy = f"Did you mean {near[0]!r}?" if near else f"Use the id of a {what} of the storm."
        raise StormError(f"There is no {what} {key[:80]!r} in the storm.", where, remedy)
