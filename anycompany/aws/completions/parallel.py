"""Parallel rows of a workflow, each with a context of its own: two may wait for a task token at once."""

from __future__ import annotations

from typing import Any


def install() -> None:
    """Give each row a copy of the context, in which it notes its state and its task token."""
    from ministack.services import stepfunctions

    run_as_before = stepfunctions._run_sub_machine

    def run(states: Any, start_at: Any, input_data: Any, execution: Any, ctx: dict[str, Any]) -> Any:
        return run_as_before(states, start_at, input_data, execution, dict(ctx))

    stepfunctions._run_sub_machine = run
