"""synth: a storm as the stacks that run it, in the order they are deployed, and as files of plain YAML."""

from __future__ import annotations

import json
from dataclasses import dataclass

from ..bus.rules import rules
from ..storm.code import NO_CODE, Codes
from ..storm.model import Storm
from .bus import bus_stack
from .contracts import contracts_stack
from .dashboard import with_dashboard
from .encryption import with_key
from .listeners import listeners_stacks
from .reasons import with_reasons
from .service import service_stack
from .splitting import split, too_large
from .stack import Stack, Template
from .tags import with_tags


@dataclass(frozen=True)
class Synthesis:
    """The stacks of a storm, and what of the storm is in none of them, with the reason."""

    stacks: tuple[Stack, ...]
    left_out: tuple[str, ...]


def synth(
    storm: Storm, *, with_marker: bool = True, code: Codes = NO_CODE, stage: str | None = None
) -> Synthesis:
    """Everything that is deployed for a storm.

    ``with_marker`` builds in what the workbook's test events need to make every branch seen; production
    stacks leave it out. ``code`` are the folders of code that tasks name, as they were read: each becomes a
    function; a task whose folder is not among them is a placeholder. ``stage`` is for the resources' tags:
    the names are those of the storm, which ``staged`` gives the stage's own.
    """
    found = rules(storm)
    stacks: list[Stack | None] = [bus_stack(storm)]
    stacks += [contracts_stack(storm, service) for service in storm.services]
    stacks += [
        service_stack(storm, service, found, with_marker=with_marker, code=code) for service in storm.services
    ]
    stacks += listeners_stacks(storm)
    finished = [with_reasons(with_key(storm, stack)) for stack in stacks if stack]
    tagged = tuple(with_tags(storm, stack, stage) for stack in with_dashboard(storm, finished))
    return Synthesis(tagged, tuple(_left_out(storm)))


def _left_out(storm: Storm) -> list[str]:
    relations = storm.relations
    homeless = [key for key in storm.policies if relations.service_of_policy(key) is None]
    deaf = [key for key, policy in storm.policies.items() if not policy.when and key not in homeless]
    unowned = [
        event for event in storm.triggers if event in storm.events and relations.owner_of(event) is None
    ]
    unpublished = [event for event in storm.contracts if relations.owner_of(event) is None]
    return [
        *(f"policy {key}: no service owns what it emits or hears (steps 4 to 6)" for key in homeless),
        *(f"policy {key}: it hears no event (step 3)" for key in deaf),
        *(f"the trigger of {event}: no service owns the event (steps 4 to 6)" for event in unowned),
        *(f"the contract of {event}: no service owns the event (steps 4 to 6)" for event in unpublished),
    ]


def template_body(stack: Stack) -> str:
    """The template as compact JSON, as it goes over the wire: CloudFormation counts its bytes."""
    return stack.body


def text_of(template: Template) -> str:
    """A template as compact JSON."""
    return json.dumps(template, separators=(",", ":"), ensure_ascii=False)


def is_too_large(template: Template) -> bool:
    """Whether a template has to be split into nested stacks."""
    return too_large(template, len(text_of(template).encode()))


def template_files(stack: Stack) -> dict[str, str]:
    """The files that a stack is written as, the one to deploy first: more than one if it has nested stacks.

    ``aws cloudformation package`` takes the first and puts the others into a bucket.
    """
    if not is_too_large(stack.template):
        return {f"{stack.name}.yaml": template_yaml(stack)}
    made = split(stack.template)
    for part in made.parts:
        made.root["Resources"][part]["Properties"]["TemplateURL"] = f"./{stack.name}-{part}.yaml"
    parts = {f"{stack.name}-{part}.yaml": _yaml(template) for part, template in made.parts.items()}
    return {f"{stack.name}.yaml": _yaml(made.root), **parts}


def template_yaml(stack: Stack) -> str:
    """The template as YAML for people, state machines as they would be read; plain CloudFormation."""
    return _yaml(stack.template)


def _yaml(template: Template) -> str:
    import yaml

    class Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
        def ignore_aliases(self, data: object) -> bool:
            return True

    def text(dumper: yaml.SafeDumper, data: str) -> yaml.ScalarNode:
        style = "|" if "\n" in data else None
        return dumper.represent_scalar("tag:yaml.org,2002:str", data, style=style)

    Dumper.add_representer(str, text)
    return str(yaml.dump(template, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=110))
