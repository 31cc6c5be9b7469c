"""The marker that the workbook's own test events carry in their detail.

It makes every branch visible before a line of business logic is written: it tells placeholders to fail, and
tells the trace which workflow answered which event. Production stacks know nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

MARKER = "anycompany-test"
"""The key in an event's detail."""


MOST_HOPS = 12
"""How many workflows may answer one test event in a row where policies loop; then the round ends."""


def marked(detail: dict[str, Any], trace: str, fails: Iterable[str] = ()) -> dict[str, Any]:
    """An event's detail with the marker of one trace, telling the workflows of these policies to fail."""
    return {**detail, MARKER: {"trace": trace, "fails": list(fails), "hops": 0}}


def marker_of(event: dict[str, Any]) -> dict[str, Any]:
    """The marker of an event as EventBridge delivers it, or ``{}``: trace, fails, hops, who answered what.

    ``by`` is the policy whose workflow put the event on the bus, ``after`` the id of the event it heard.
    """
    detail = event.get("detail")
    found = detail.get(MARKER) if isinstance(detail, dict) else None
    return found if isinstance(found, dict) else {}
