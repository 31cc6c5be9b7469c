"""How a plan is printed: a table for people, JSON for programs, Markdown for a pull request."""

from __future__ import annotations

import itertools
import json
import re
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .output import Format, complain, plain, say, show

if TYPE_CHECKING:
    from anycompany.aws.plan import Change, Plan

MOST_CHARACTERS = 60_000
"""Characters of a plan as Markdown; a comment on GitHub may have 65,536."""

_BUCKET = (
    "A deploy makes the bucket {} for large templates and code: private, encrypted, removed by destroy. "
    "To use one of yours: --bucket NAME."
)
_NOT_ASKED = (
    "CloudFormation was not asked what it would replace: the template needs a bucket, which a deploy makes."
)
_DRIFT = "It stays so until a deploy changes that resource: take it into the storm, or put it back by hand."
_IN_THE_WAY = (
    "which the storm no longer has, holds names that others need. To have it deleted first: --prune."
)
_NOTHING = "Everything is deployed already; nothing would be changed."


class PlanFormat(StrEnum):
    """How a plan is printed."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"

    @property
    def rest(self) -> Format:
        """How what is no plan is printed."""
        return Format.JSON if self is PlanFormat.JSON else Format.TABLE


PlanFormatOption = Annotated[
    PlanFormat,
    typer.Option("--format", help="A table for people, JSON for programs, Markdown for a pull request."),
]


def show_plan(planned: Plan, format_: PlanFormat, where: str = "") -> None:
    """Print a plan: what is done to each resource, what that means, what breaks, is lost, or drifted.

    Parameters
    ----------
    planned : the plan.
    format_ : how.
    where : the account and region, for Markdown.
    """
    if format_ is PlanFormat.JSON:
        print(json.dumps(records(planned), indent=2))
    elif format_ is PlanFormat.MARKDOWN:
        print(markdown(planned, where))
    else:
        rows = [_row(change) for change in planned.all if change.action != "none"]
        for before, row in itertools.pairwise(rows):
            row["heads"] = row["stack"] != before["stack"]
        for row in rows:
            row["stack"] = row["stack"] if row.pop("heads", True) else ""
        columns = ["stack", "action", "resource", "note", "what"]
        show(rows, columns, Format.TABLE, empty=_NOTHING, red=lambda row: bool(row["grave"]))
        for one in planned.drifted:
            complain(f"Drift: {one}.")
        if any(one.resource for one in planned.drifted):
            complain(_DRIFT)
        for broken in planned.breaks:
            complain(f"BREAKS: {broken}")
        for loss in planned.losses:
            complain(f"LOST: {loss}.")
        for stack in planned.not_asked:
            complain(f"{stack}: {_NOT_ASKED}")
        if planned.bucket:
            complain(_BUCKET.format(planned.bucket))
        for stack in planned.in_the_way:
            complain(f"IN THE WAY: {stack}, {_IN_THE_WAY}")
        if planned.turn:
            complain(f"At work on these stacks just now: {planned.turn}.")
        if planned.kept:
            say(f"Change sets were kept under the name {planned.kept}.")
        for stack, why in planned.not_kept:
            complain(f"No change set was kept of {stack}: {why}")


def records(planned: Plan) -> list[dict[str, Any]]:
    """A plan as JSON data: its rows, then what breaks, is lost, drifted, and was kept."""
    more: list[dict[str, Any]] = [
        {"action": "breaks", "note": one.contract, "means": [one.what], "consumers": list(one.consumers)}
        for one in planned.breaks
    ]
    more += [{"action": "loses", "means": [loss]} for loss in planned.losses]
    more += [
        {
            "action": "drift",
            "stack": one.stack,
            "resource": one.resource,
            "type": one.type,
            "means": [one.what],
        }
        for one in planned.drifted
    ]
    more += [{"action": "kept", "details": planned.kept}] if planned.kept else []
    more += [{"action": "not kept", "stack": stack, "details": why} for stack, why in planned.not_kept]
    more += [{"action": "not asked", "stack": stack, "details": _NOT_ASKED} for stack in planned.not_asked]
    more += [{"action": "make bucket", "details": planned.bucket}] if planned.bucket else []
    more += [{"action": "in the way", "stack": stack, "details": _IN_THE_WAY} for stack in planned.in_the_way]
    more += [{"action": "at work", "details": planned.turn}] if planned.turn else []
    return [*planned.rows(), *more]


def markdown(planned: Plan, where: str = "") -> str:
    """A plan as Markdown in which no text of the storm is anything but text.

    GitHub mentions nobody, links nothing and draws nothing within a fence; the colours are those of a diff:
    ``-`` is red, ``+`` green, ``!`` orange.
    """
    changed = [change for change in planned.all if change.action != "none"]
    lines: list[str] = []
    for stack in dict.fromkeys(change.stack for change in changed):
        lines.append(f"@@ {_flat(stack)} @@")
        lines += [line for change in changed if change.stack == stack for line in _diff_lines(change)]
    lines += [f"- BREAKS {_flat(one)}" for one in planned.breaks]
    lines += [f"- LOST {_flat(loss)}" for loss in planned.losses]
    lines += [f"! DRIFT {_flat(one)}" for one in planned.drifted]
    lines += [f"! {_flat(stack)}: {_NOT_ASKED}" for stack in planned.not_asked]
    lines += [f"  {_BUCKET.format(_flat(planned.bucket))}"] if planned.bucket else []
    lines += [f"- IN THE WAY {_flat(stack)}, {_IN_THE_WAY}" for stack in planned.in_the_way]
    lines += [f"! AT WORK just now: {_flat(planned.turn)}"] if planned.turn else []
    lines += [f"  KEPT change sets: {_flat(planned.kept)}"] if planned.kept else []
    lines += [f"! NOT KEPT {_flat(stack)}: {_flat(why)}" for stack, why in planned.not_kept]
    grave = sum(change.grave for change in changed)
    count = f"{len(changed)} change{'s' if len(changed) != 1 else ''}"
    head = f"### Plan: {count}, {grave} of them replace or delete something"
    title = head if changed else f"### Plan: {_NOTHING}"
    return "\n\n".join(
        part for part in (title, _fenced([where] if where else [], ""), _fenced(lines, "diff")) if part
    )


def _diff_lines(change: Change) -> list[str]:
    mark = "-" if change.grave else {"create": "+", "outdated": " "}.get(change.action, "!")
    of = f" ({change.note})" if change.note else ""
    head = f"{mark} {change.action.upper()} {change.resource or change.stack}{of}"
    details = f": {change.details}" if change.details and not change.means else ""
    return [_flat(head + details, keep=2), *(f"{mark}     {_flat(one)}" for one in change.means)]


def _fenced(lines: list[str], language: str) -> str:
    """Lines as a block of code whose fence no text within can end; cut where it would be too long."""
    if not lines:
        return ""
    kept: list[str] = []
    length = 0
    for line in lines:
        length += len(line) + 1
        if length > MOST_CHARACTERS:
            kept.append(f"  … and {len(lines) - len(kept)} lines more")
            break
        kept.append(line)
    longest = max((len(found) for line in kept for found in re.findall("`+|~+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join((f"{fence}{language}", *kept, fence))


def _flat(text: object, keep: int = 0) -> str:
    """A text in one line without anything that a terminal or a page would obey."""
    said = str(text)
    return said[:keep] + " ".join(plain(said[keep:]).split())


def _row(change: Change) -> dict[str, Any]:
    return {
        "stack": change.stack,
        "action": change.action,
        "resource": change.resource,
        "note": change.note,
        "what": "; ".join(change.means) or change.details,
        "grave": change.grave,
    }
