"""Updates of nested stacks: MiniStack forgets what their resources were, and so what others refer to."""

from __future__ import annotations

from typing import Any


def install() -> None:
    """Have resources of nested stacks keep their attributes when they are updated."""
    from ministack.services import cloudformation
    from ministack.services.cloudformation import provisioners

    as_before = provisioners._update_resource

    def update(kind: str, physical_id: str, *more: Any) -> Any:
        old, new, stack_name, *logical = more
        stack = cloudformation._stacks.get(stack_name) or {}
        if len(logical) != 1 or "_parent_stack_name" not in stack:  # of other stacks it is told them
            return as_before(kind, physical_id, *more)
        had = stack["_resources"].get(logical[0], {}).get("Attributes", {})
        now, attributes = as_before(kind, physical_id, old, new, stack_name, *logical, had)
        return now, attributes if now != physical_id else {**had, **attributes}

    provisioners._update_resource = update
