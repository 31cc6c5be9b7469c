"""Stages: the same storm several times in one account and region, each under names of its own."""

from __future__ import annotations

import re

from ..bus.names import limited
from ..storm.errors import StormError
from ..storm.model import Storm

LONGEST_STAGE = 20
_LONGEST_BUS = 100
_STAGE = re.compile(rf"[a-z][a-z0-9-]{{0,{LONGEST_STAGE - 1}}}")


def staged(storm: Storm, stage: str | None) -> Storm:
    """The storm on a bus of the stage's own; all names of stacks and resources begin with that of the bus.

    Parameters
    ----------
    storm : the storm.
    stage : such as ``test``: lowercase letters, digits and hyphens, up to 20; None or nothing for the storm
        as it is.

    Raises
    ------
    StormError
        for a stage of other characters.

    >>> staged(Storm(name="Inn"), "test").bus_name
    'inn-test'
    """
    refuse_no_stage(stage)
    if not stage:
        return storm
    base = limited(storm.bus_name, _LONGEST_BUS - LONGEST_STAGE - 1)
    return storm.changed(bus=storm.bus.model_copy(update={"name": f"{base}-{stage}"}))


def refuse_no_stage(stage: object) -> None:
    """Raise ``StormError`` for what cannot be the name of a stage."""
    if not stage:
        return
    if not isinstance(stage, str) or not _STAGE.fullmatch(stage) or stage.endswith("-"):
        raise StormError(
            f"{str(stage)[:60]!r} is not the name of a stage.",
            "stage",
            f"Use up to {LONGEST_STAGE} lowercase letters, digits and hyphens, such as test or prod-2.",
        )
