"""What MiniStack lacks of the AWS that our stacks use, added to it inside its own process.

MiniStack has no public way in, so this reaches for private names of one pinned version and refuses to run
without any of them.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator
from types import ModuleType
from typing import Any

# Every private name the completion uses, by module; for a function, with its first parameters.
_HOOKS: dict[str, dict[str, tuple[str, ...]]] = {
    "ministack.app": {"app": (), "SERVICE_HANDLERS": (), "SERVICE_REGISTRY": (), "_loaded_modules": ()},
    "ministack.core.arn": {"parse_arn": ()},
    "ministack.core.responses": {
        "AccountRegionScopedDict": (),
        "get_account_id": (),
        "get_region": (),
    },
    "ministack.core.router": {"SERVICE_PATTERNS": ()},
    "ministack.services.cloudformation": {"_stacks": ()},
    "ministack.services.cloudformation.provisioners": {
        "_RESOURCE_HANDLERS": (),
        "_REPLACING_PROPERTIES": (),
        "_physical_name": ("stack_name", "logical_id"),
        "_cw_metric_alarm_record": ("name", "props"),
        "_update_resource": ("resource_type", "physical_id", "old_props", "new_props", "stack_name"),
    },
    "ministack.services.cloudwatch_logs": {
        "_log_groups": (),
        "_create_log_stream": ("data",),
        "_put_log_events": ("data",),
    },
    "ministack.services.eventbridge": {
        "_archives": (),
        "_event_buses": (),
        "_event_bus_policies": (),
        "_create_archive": ("data",),
        "_delete_archive": ("data",),
        "_event_bus_name_from_ref": ("name",),
        "_invoke_target": ("target", "event", "rule", "view"),
        "_pattern_event_view": ("event",),
        "_put_events": ("data",),
        "_target_matches_request_scope": ("spec",),
        "_update_archive": ("data",),
    },
    "ministack.services.pipes": {
        "_arn_service": ("arn",),
        "_poll_pipe": ("_ddb", "pipe", "pipe_account_id"),
        "_start_state_machine_from_records": ("sm_arn", "pipe", "records"),
    },
    "ministack.services.stepfunctions": {
        "_run_sub_machine": ("states", "start_at", "input_data", "execution", "ctx"),
    },
    "ministack.services.sqs": {
        "_Err": (),
        "_delete_messages_for_esm": ("queue_url", "receipt_handles"),
        "_queue_url": ("name",),
        "_receive_messages_for_esm": ("queue_url", "max_number"),
    },
    "ministack.services.scheduler": {"_SCHEDULE_TICK_INTERVAL": ()},
}


class IncompatibleMiniStackError(Exception):
    """The installed MiniStack is not the one that the completion was made for."""


def completed_ministack() -> Any:
    """MiniStack's ASGI application, completed.

    Raises
    ------
    IncompatibleMiniStackError
        if MiniStack is missing or lacks any name that the completion hooks into.
    """
    try:
        modules = {name: importlib.import_module(name) for name in _HOOKS}
    except ImportError as error:
        raise IncompatibleMiniStackError(f"MiniStack cannot be completed: {error}.") from error
    missing = list(missing_hooks(modules))
    if missing:
        raise IncompatibleMiniStackError(f"MiniStack cannot be completed: it lacks {', '.join(missing)}.")

    from anycompany.aws.completions import (
        alarms,
        bus_resources,
        deliveries,
        nested,
        parallel,
        pipes,
        schema_api,
        schema_resources,
    )
    from anycompany.aws.completions.schema_registry import SchemaRegistry

    registry = SchemaRegistry()
    alarms.install()
    bus_resources.install()
    deliveries.install()
    nested.install()
    parallel.install()
    pipes.install()
    schema_api.install(registry)
    schema_resources.install(registry)
    return modules["ministack.app"].app


def missing_hooks(modules: dict[str, ModuleType]) -> Iterator[str]:
    """The names that the completion needs and does not find, or finds with other parameters.

    Parameters
    ----------
    modules : every module named in the completion's list of hooks, by its name.
    """
    for module_name, names in _HOOKS.items():
        for name, parameters in names.items():
            found = getattr(modules[module_name], name, None)
            if found is None or (
                parameters and tuple(inspect.signature(found).parameters)[: len(parameters)] != parameters
            ):
                yield f"{module_name}.{name}"
