"""What makes a workflow and a service operable: logs, traces, and the alarms that belong to them."""

from __future__ import annotations

from typing import Any

from ..bus.rules import Rule
from ..storm.model import Storm
from .alarms import topic_parameter
from .failures import failure_share, share_parameter
from .logging import log_group
from .stack import Template
from .watched import dead_letters_alarm, rule_alarm, waiting_alarm, workflow_alarm


def workflow_operations(storm: Storm, rule: Rule, workflow: str, definition: dict[str, Any]) -> Template:
    """The log group of a workflow, and the alarms of its rule, of itself and of its outcomes.

    Parameters
    ----------
    storm : the storm.
    rule : that starts it.
    workflow : the logical id of its state machine.
    definition : the state machine.
    """
    group = log_of(workflow)
    return {
        group: log_group(storm, rule),
        **(rule_alarm(storm, rule) if rule.led_by in ("", rule.id) else {}),
        **(waiting_alarm(storm, rule) if rule.led_by else {}),
        **workflow_alarm(storm, rule, workflow),
        **failure_share(storm, rule, definition, workflow, group),
    }


def log_of(workflow: str) -> str:
    """The logical id of a workflow's log group, by that of its state machine."""
    return f"{workflow}Log"


def service_alarms(storm: Storm, service: str) -> Template:
    """The alarm on the dead letters of a service."""
    return dead_letters_alarm(storm, f"services/{service}", storm.services[service].title(service))


def operating_parameters(storm: Storm) -> Template:
    """The template parameters that alarms may need."""
    return topic_parameter(storm) | share_parameter()
