"""What notebooks leave for the report of the run they are part of: what was deployed, traced and plotted."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from anycompany.aws.deploy import Deployed
    from anycompany.aws.plan import Plan
    from anycompany.aws.session import Identity, Target
    from anycompany.bus.trace import Trace

    from .plots import Plot

OUT = "ANYCOMPANY_OUT"
"""The environment variable by which a run tells notebooks where to leave it; unset, they leave nothing."""

DEPLOYED = "deployed.json"
TRACE = "trace.json"
PLOTS = "plots.json"
_WOULD = {
    "create": "to be created",
    "delete-stuck": "to be made anew",
    "outdated": "outdated",
    "none": "unchanged",
}


def record_deploy(identity: Identity, target: Target, deployed: Deployed) -> None:
    """Leave what a deploy did, added to what earlier ones of the same run did."""
    _add_stacks(identity, target, deployed.actions, applied=True)


def record_plan(identity: Identity, target: Target, plan: Plan) -> None:
    """Leave what a deploy would do."""
    gone = {
        change.stack: "outdated" for change in plan.all if change.action == "delete" and not change.resource
    }
    first = {change.stack: change.action for change in reversed(plan.all)} | gone
    would = {stack: _WOULD.get(action, "to be updated") for stack, action in reversed(first.items())}
    _add_stacks(identity, target, would, applied=False)


def record_trace(trace: Trace) -> None:
    """Leave what was seen running."""
    _leave(TRACE, trace.as_json())


def record_plot(name: str, plot: Plot) -> None:
    """Leave a plot of the simulated day: drawing it anew would take as long as a notebook."""
    folder = os.environ.get(OUT)
    if folder:
        before = recorded(Path(folder), PLOTS) or {}
        _leave(PLOTS, {**before, name: asdict(plot)})


def recorded(folder: Path, name: str) -> dict[str, Any] | None:
    """What notebooks left under a name in a run's folder, or None."""
    try:
        found: dict[str, Any] = json.loads((folder / name).read_text("utf-8"))
    except FileNotFoundError:
        return None
    return found


def place_of(identity: Identity, target: Target) -> str:
    """Where something is deployed, in words for people who did not do it."""
    if target.kind == "local":
        return "the embedded AWS on the machine of the run"
    endpoint = f" at {target.endpoint_url}" if target.endpoint_url else ""
    return f"AWS account {identity.account} in {identity.region}{endpoint}"


def _add_stacks(identity: Identity, target: Target, did: dict[str, str], *, applied: bool) -> None:
    folder = os.environ.get(OUT)
    if not folder:
        return
    before = recorded(Path(folder), DEPLOYED) or {"applied": False, "stacks": {}}
    if before["applied"] and not applied:
        return  # what was done says more than what a later notebook would do
    stacks = before["stacks"] if before["applied"] == applied else {}
    stacks |= {name: done for name, done in did.items() if done != "unchanged" or name not in stacks}
    _leave(
        DEPLOYED,
        {
            "applied": applied,
            "where": place_of(identity, target),
            "account": identity.account,
            "region": identity.region,
            "endpoint": identity.endpoint,
            "stacks": stacks,
        },
    )


def _leave(name: str, document: dict[str, Any]) -> None:
    folder = os.environ.get(OUT)
    if folder:
        text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
        Path(folder, name).write_text(text, "utf-8", "backslashreplace")
