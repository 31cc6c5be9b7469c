"""Where the stacks of a storm stand: their states, their templates, and which are as they should be."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from anycompany.aws.bucket import Noted, noted_from
from anycompany.aws.deployed import StackState, all_states, deployed_template, storm_tag_of
from anycompany.aws.errors import AwsError, RefusedError
from anycompany.aws.ledger import Head, head_from, path_of, read_parameters
from anycompany.aws.remedies import aws_command, refuse_unless_ours
from anycompany.aws.session import Clients
from anycompany.aws.turn import Turn, turn_from
from anycompany.aws.waves import in_waves
from anycompany.stacks.splitting import moved
from anycompany.stacks.stack import Stack, Template
from anycompany.stacks.synth import is_too_large, template_body


@dataclass(frozen=True)
class Standing:
    """The stacks of a storm as they are.

    ``states`` has every stack that is wanted, also where there is none; ``outdated`` are those that the
    storm no longer has. ``templates`` are the deployed ones, of outdated stacks too; ``same`` names the
    stacks whose template is the wanted one. ``turn`` is who is at work, if anybody; ``bucket`` what is noted
    of the storm's own bucket.
    """

    states: Mapping[str, StackState]
    outdated: tuple[StackState, ...]
    templates: Mapping[str, Template]
    same: frozenset[str]
    head: Head
    turn: Turn | None
    bucket: Noted | None

    @property
    def unsettled(self) -> list[StackState]:
        """The stacks that somebody is changing, or that an update left halfway."""
        return [state for state in self.states.values() if state.in_progress or state.halted]


def standing(
    clients: Clients, stacks: Sequence[Stack], *, whole: bool, trusting: bool | None = None
) -> Standing:
    """Look where the stacks stand.

    Parameters
    ----------
    clients : where to look.
    stacks : the stacks of a storm, or some of them.
    whole : whether these are all of its stacks, so that others with its tag are outdated.
    trusting : whether what was noted of the stacks when they were deployed last may stand for their
        templates, where they were not changed since; None unless somebody is, or was, at work on them.

    Raises
    ------
    AwsError
        if AWS cannot be asked, or a stack is not this storm's.
    """
    storm = storm_tag_of(stacks)
    names = [path_of(storm, what) for what in ("deployed", "deploying", "bucket")]
    with ThreadPoolExecutor(1) as beside:
        reading = beside.submit(read_parameters, clients, names)
        found = all_states(clients)
        noted = reading.result()
    head, turn = head_from(noted.get(names[0])), turn_from(noted.get(names[1]))
    trusts = turn is None if trusting is None else trusting
    states = {stack.name: found.get(stack.name, StackState(stack.name)) for stack in stacks}
    for state in states.values():
        refuse_unless_ours(state, storm)
    outdated = tuple(s for s in found.values() if whole and s.storm == storm and s.name not in states)
    templates: dict[str, Template] = {}
    unknown = []
    for stack in stacks:
        state = states[stack.name]
        if trusts and state.exists and not state.in_progress and head.knows(stack, state):
            templates[stack.name] = stack.template
        elif state.exists:
            unknown.append(stack.name)
    templates |= _fetched(clients, [*unknown, *(state.name for state in outdated if state.exists)])
    same = frozenset(s.name for s in stacks if s.name in templates and _is_same(s, templates[s.name]))
    return Standing(states, outdated, templates, same, head, turn, noted_from(noted.get(names[2])))


def refuse_moves(clients: Clients, stacks: Sequence[Stack], now: Standing) -> None:
    """Make sure that no resource would have to move between the nested stacks of a stack, or out of it.

    Raises
    ------
    AwsError
        if a stack has outgrown how it was split; CloudFormation cannot move resources.
    """
    for stack in stacks:
        old = now.templates.get(stack.name) if now.states[stack.name].exists else None
        moves = moved(old, stack.template, is_too_large) if old and stack.name not in now.same else []
        if moves:
            raise RefusedError(
                f"It has outgrown how it was deployed: {len(moves)} resources, {moves[0]} first, would have "
                "to move to another nested stack, which CloudFormation cannot do. Nothing was deployed.",
                stack.name,
                "Give some of its entities a context, and so a service, of their own; or delete the stack, "
                f"which loses what its queues hold, and run it again: "
                f"{aws_command(clients, 'delete-stack', stack.name)}",
            )


def _is_same(stack: Stack, deployed: Template) -> bool:
    return deployed is stack.template or deployed == json.loads(template_body(stack))


def _fetched(clients: Clients, names: Sequence[str]) -> dict[str, Template]:
    """The deployed templates of these stacks, asked for side by side."""

    def work(name: str, _: Callable[[None], None], __: threading.Event) -> Template:
        return deployed_template(clients, name)

    outcome = in_waves(dict.fromkeys(names, ()), work, lambda *_: None)
    for error in outcome.failed.values():
        raise error
    if outcome.interrupted:
        raise AwsError("Looking was stopped; nothing was changed.", ", ".join(outcome.broken_off))
    return outcome.done
