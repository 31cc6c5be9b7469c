"""A stack: a CloudFormation template with a name and what has to be there before it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

Template = dict[str, Any]

LARGEST_TEMPLATE_BODY = 51_200
"""Bytes of a template in an API call (CloudFormation); a larger one has to go through S3, up to 1 MB."""

LARGEST_TEMPLATE = 1_048_576
"""Bytes of a template in S3 (CloudFormation)."""


@dataclass(frozen=True)
class Stack:
    """One stack: ``kind`` is what it holds, ``of`` the service or audience it belongs to."""

    name: str
    kind: Literal["bus", "contracts", "service", "listeners"]
    template: Template = field(repr=False)
    depends_on: tuple[str, ...] = ()
    of: str = ""

    @cached_property
    def body(self) -> str:
        """The template as compact JSON, as it goes over the wire; worked out once."""
        return json.dumps(self.template, separators=(",", ":"), ensure_ascii=False)

    def notes(self) -> dict[str, str]:
        """For each logical id, the sticky note it comes from, as ``section/id``."""
        return {
            logical: resource["Metadata"]["AnyCompany"]["Note"]
            for logical, resource in self.template["Resources"].items()
            if "Note" in resource.get("Metadata", {}).get("AnyCompany", {})
        }
