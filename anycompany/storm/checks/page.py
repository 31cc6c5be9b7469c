"""The page that lists all checks, ``docs/checks.md``, written from the checks themselves."""

from __future__ import annotations

from collections.abc import Iterable

from ..method import STEPS
from .finding import SEVERITIES, Check

HEAD = """# All checks

What `anycompany check` looks for, step by step. Nothing here stops a workshop: every finding says why it
matters and what to do, many offer the edit that does it, and each can be dismissed with a reason that is kept
in the storm (`dismissed:`). An **error** means that deploying would fail or be wrong, a **warning** is
probably a mistake, a **note** is worth knowing. A step is judged when the team has begun it, or when it is
asked for (`--step`).

<!-- Written from the checks by `python docs/write_checks.py`; a test holds the two equal. -->
"""


def page(checks: Iterable[Check]) -> str:
    """All these checks as one page of Markdown, in the order of the steps and the gravest first."""
    by_step: dict[int, list[Check]] = {step.number: [] for step in STEPS}
    for check in checks:
        by_step[check.step].append(check)
    parts = [HEAD]
    for step in STEPS:
        parts.append(f"## Step {step.number}: {step.name}\n")
        for check in sorted(by_step[step.number], key=lambda one: SEVERITIES.index(one.severity)):
            parts.append(
                f"### `{check.id}` ({check.severity})\n\n{check.title}.\n\n"
                f"- Why: {check.why}\n- Remedy: {check.remedy}\n- Source: {check.source}\n"
            )
    return "\n".join(parts)
