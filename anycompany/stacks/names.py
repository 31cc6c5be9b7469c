"""Names of stacks and resources: made from ids, legal for AWS, never two the same."""

from __future__ import annotations

import re

from ..bus.names import digest, limited, resource_name
from ..storm.ids import slug
from ..storm.model import Storm

_CANONICAL = re.compile(r"[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*")


def logical_id(kind: str, identifier: str = "") -> str:
    """The logical id of a resource in a template: letters and digits only (CloudFormation).

    An id that another id would be written like carries a digest.

    >>> logical_id("Rule", "take-payment"), logical_id("Rule", "a-1") != logical_id("Rule", "a1")
    ('RuleTakePayment', True)
    """
    camel = "".join(word[:1].upper() + word[1:] for word in re.findall(r"[A-Za-z0-9]+", identifier))
    if identifier and not _CANONICAL.fullmatch(identifier):
        camel += f"x{digest(identifier)}"
    return f"{kind}{camel}"


def stack_base(storm: Storm) -> str:
    """What the names of all stacks of a storm begin with; a stack's name begins with a letter (AWS)."""
    base = slug(storm.bus_name) or "storm"
    return limited(base if base[0].isalpha() else f"s-{base}", 60)


def bus_stack_name(storm: Storm) -> str:
    """The name of the bus stack."""
    return f"{stack_base(storm)}-bus"


def service_stack_name(storm: Storm, service: str) -> str:
    """The name of a service's stack."""
    return limited(f"{stack_base(storm)}-service-{_dashed(service)}", 128)


def contracts_stack_name(storm: Storm, service: str) -> str:
    """The name of the stack of a service's contracts."""
    return limited(f"{stack_base(storm)}-contracts-{_dashed(service)}", 128)


def listeners_stack_name(storm: Storm, audience: str) -> str:
    """The name of the stack of one audience's listeners; ``audience`` is a key of ``audiences``."""
    return limited(f"{stack_base(storm)}-listeners-{audience}", 128)


def dead_letters_name(storm: Storm, service: str) -> str:
    """The name of the queue of what a service's targets could not take."""
    return resource_name(storm, "dead-letters", 80, service)


def unheard_name(storm: Storm, audience: str) -> str:
    """The name of the queue of what an audience could not be told; ``audience`` is of ``audience_of``."""
    return resource_name(storm, "not-heard", 80, audience)


def audience_of(for_: str | None) -> str:
    """Which listeners stack an audience's listeners stand in.

    >>> audience_of("IT Security"), audience_of(None), audience_of("監査") == audience_of("監査")
    ('it-security', 'unnamed', True)
    """
    written = slug(for_ or "unnamed")[:40].strip("-")
    return written or f"audience-{digest(for_ or '')}"


def _dashed(identifier: str) -> str:
    """An id in the letters, digits and hyphens of a stack name."""
    if re.fullmatch(r"[A-Za-z0-9-]+", identifier):
        return identifier
    return f"{identifier.replace('_', '-')}-{digest(identifier)}"


def parameter_name(storm: Storm, what: str) -> str:
    """The SSM parameter by which other stacks find the bus: ``what`` is ``"arn"`` or ``"name"``."""
    return f"/{storm.bus_name}/event-bus/{what}"


def schema_name(storm: Storm, event: str) -> str:
    """The name of an event's schema in the registry: ``source@detail-type``, as EventBridge does it."""
    return limited(
        re.sub(r"[^A-Za-z0-9._@-]+", "-", f"{storm.source_of(event)}@{storm.detail_type(event)}"), 128
    )
