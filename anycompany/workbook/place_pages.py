"""What a page shows of a place: who we are, what stands in the way, what would change, what is deployed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .screen import Markup, bullets, callout, line
from .table import Table

if TYPE_CHECKING:
    from ..aws.plan import Change
    from .deployment import Deployment


def who(deployment: Deployment) -> Table:
    """The account, the caller, the region and the stacks of a deployment."""
    who = deployment.who()
    rows = (
        ("target", deployment.target.kind),
        ("account", who.account),
        ("caller", who.arn),
        ("region", who.region),
        ("endpoint", who.endpoint),
        ("stacks", ", ".join(stack.name for stack in deployment.stacks)),
    )
    return Table("Where", ("what", "which"), rows)


def blocking(deployment: Deployment) -> Markup:
    """The findings with which nothing is deployed, and what is in no stack."""
    free = callout("good", "No finding keeps this storm from being deployed.")
    said = refused(deployment) if deployment.blocking() else free
    return said + bullets("In no stack yet", (line(left) for left in deployment.synthesis.left_out))


def refused(deployment: Deployment) -> Markup:
    """Why a storm is not deployed: the findings that are errors."""
    errors = [line(f"{finding.what} {finding.remedy}", 400) for finding in deployment.blocking()]
    return callout("warning", "A storm in which the checks find errors is not deployed:", *errors)


def is_deployed(deployment: Deployment) -> bool:
    """Whether the first of the stacks, the bus, is there."""
    from ..aws.deployed import describe_deployed

    return all(s.exists for s in describe_deployed(deployment.clients, deployment.stacks[:1]))


def counted(actions: list[str]) -> Markup:
    """How many stacks were created, updated, left alone."""
    said = ", ".join(f"{actions.count(action)} {action}" for action in dict.fromkeys(actions))
    return callout("good", f"Stacks: {said}." if said else "There was nothing to deploy.")


def ready(deployment: Deployment) -> Markup:
    """Whether everything is deployed as the storm has it."""
    if not deployment.plan().changes:
        return callout("good", "Everything is deployed.")
    return callout(
        "warning", "Not everything is deployed here as the storm has it.", "Deploy it with 09_deploy."
    )


def planned(deployment: Deployment) -> Markup:
    """What a deploy would do and what that means, what breaks, what is lost, and what was changed by hand."""
    plan = deployment.plan(drift=True)
    table = Table(
        "The plan",
        ("stack", "action", "resource", "note", "what"),
        tuple(_planned(change) for change in plan.all),
        "There is nothing to deploy.",
    )
    grave = [f"{c.resource or c.stack}: {'; '.join(c.means[:1]) or c.details}" for c in plan.all if c.grave]
    told = [
        ("A contract would break who hears the event; allow_breaking = True deploys it:", plan.breaks),
        ("A protected stack would lose something, so it is not deployed from here:", plan.losses),
        ("Changed by hand on the target, and perhaps changed back by a deploy:", plan.drifted),
        ("At work on these stacks just now:", (plan.turn,) if plan.turn else ()),
    ]
    said = table.markup()
    if grave:
        said += callout("error", "Deleted or made anew:", *(line(item, 400) for item in grave))
    for title, items in told:
        if items:
            said += callout("warning", title, *(line(str(item), 400) for item in items))
    return said


def _planned(change: Change) -> tuple[str, ...]:
    what = "; ".join(change.means) or change.details
    action = change.action.upper() if change.grave else change.action
    return (change.stack, action, change.resource, change.note, what)


def deployed(deployment: Deployment) -> Table:
    """What is deployed, stack by stack."""
    from ..aws.deployed import describe_deployed

    return rows(
        "What is deployed", [s.row() for s in describe_deployed(deployment.clients, deployment.stacks)]
    )


def rows(title: str, rows: list[dict[str, Any]]) -> Table:
    """Rows of a plan or of states as a table, without the columns that are empty."""
    columns = tuple(key for key in (rows[0] if rows else {}) if any(row[key] for row in rows))
    cells = tuple(tuple(_cell(row[key]) for key in columns) for row in rows)
    return Table(title, columns, cells, "There is nothing to deploy.")


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} = {text}" for key, text in value.items())
    return str(value)
