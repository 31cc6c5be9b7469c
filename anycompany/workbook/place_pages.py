"""What a page shows of a place: who we are, what stands in the way, what would change, what is deployed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .screen import Markup, bullets, callout, line
from .table import Table

if TYPE_CHECKING:
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
