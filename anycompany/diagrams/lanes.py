"""The lanes below the bus: each service's workflows, with an arrow down from what they hear and up to what they put."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ..storm.model import Storm
from .bar import EVENT, GUTTER, Bar
from .canvas import MARGIN, Canvas, LineStyle, Point
from .homes import hue_of_service
from .lettering import fit, listing
from .seen import Seen
from .sheet import note, spread

NO_SERVICE = ""
"""Stands for the service of policies that have none yet."""

_WORKFLOW = (142.0, 66.0)
_PITCH = _WORKFLOW[0] + 14
_CHANNEL = 64.0
_PADDING = 13.0
_BETWEEN = 10.0
_CHIP = 18.0


class _Link(NamedTuple):
    """One event that a workflow hears or puts."""

    event: str
    policy: str
    says: str


def lefts_of_workflows(policies: list[str], links: list[_Link], bar: Bar) -> dict[str, float]:
    """The left of each workflow's box: as near as can be below its events, and no two above each other.

    Since no box shares its x with another, a line can fall through the lanes without meeting one.
    """
    wanted = {}
    for place, policy in enumerate(policies):
        middles = [bar.middles[link.event] for link in links if link.policy == policy and link.event in bar.middles]
        wanted[policy] = (sum(middles) / len(middles) if middles else MARGIN + GUTTER, place)
    in_order = sorted(policies, key=wanted.__getitem__)
    targets = [wanted[policy][0] - _WORKFLOW[0] / 2 for policy in in_order]
    lefts = spread(targets, _PITCH, MARGIN + GUTTER, bar.right - _WORKFLOW[0] - 10)
    return dict(zip(in_order, lefts, strict=True))
