"""Step 6, microservices: one for each context, each policy in one of them, each function small."""

from __future__ import annotations

from collections.abc import Iterator

from ..edits import Change
from ..model import Storm
from ..tasks import single_tasks
from .finding import Found, called, check, listed, quoted

STEP_6 = "“App 2025”, episode 1, step 6: naming the microservices"
LAMBDA_LITH = (
    "“App 2025”, episode 1: resist the temptation to put everything about one service into one function"
)


@check(
    "context-without-service",
    "warning",
    6,
    title="Every context has a service",
    why="Without a service nobody may put the context's events on the bus, and its policies are not built.",
    remedy="Give the microservice of the context a name.",
    source=STEP_6,
)
def context_without_service(storm: Storm) -> Iterator[Found]:
    """Contexts that no service is named for."""
    for key, context in storm.contexts.items():
        if key not in storm.relations.services_of:
            yield Found((f"contexts/{key}",), f"{quoted(context.title(key))} has no service.")


@check(
    "context-with-two-services",
    "error",
    6,
    title="A context has one service only",
    why="An event has one owner; of two services only the first would be built.",
    remedy="Keep one, or draw a border between the two.",
    source=STEP_6,
)
def context_with_two_services(storm: Storm) -> Iterator[Found]:
    """Contexts that several services are named for."""
    for key, services in storm.relations.services_of.items():
        if len(services) > 1 and key in storm.contexts:
            names = [quoted(storm.services[service].title(service)) for service in services]
            what = f"{quoted(storm.contexts[key].title(key))} has {len(names)} services: {listed(names)}."
            yield Found((f"contexts/{key}",), what)


@check(
    "service-without-context",
    "warning",
    6,
    title="A service belongs to a context",
    why="It owns no event and runs no policy, so that there is nothing to build.",
    remedy="Say whose service it is.",
    source=STEP_6,
)
def service_without_context(storm: Storm) -> Iterator[Found]:
    """Services that name no context."""
    for key, service in storm.services.items():
        if not service.context:
            yield Found((f"services/{key}",), f"{quoted(service.title(key))} belongs to no context.")


@check(
    "homeless-event",
    "error",
    6,
    title="What a policy emits belongs to a service",
    why="No service may put the event on the bus, so that the policy's workflow is built for nobody.",
    remedy="Put the event into an entity, the entity into a context, and name the context's service.",
    source="the design: an event is owned by the service of its entity's context",
)
def homeless_event(storm: Storm) -> Iterator[Found]:
    """Events that policies emit and no service owns."""
    for event in storm.relations.emitters_of:
        if event in storm.events and storm.relations.owner_of(event) is None:
            yield Found(
                (f"events/{event}",), f"{called(storm, event)} is emitted, but belongs to no service."
            )


@check(
    "homeless-trigger",
    "warning",
    6,
    title="What an actor, a system or a schedule starts belongs to a service",
    why="Nobody gets the permission to put the event on the bus.",
    remedy="Put the event into an entity, the entity into a context, and name the context's service.",
    source="the design: an event is owned by the service of its entity's context",
)
def homeless_trigger(storm: Storm) -> Iterator[Found]:
    """Events with a trigger that no service owns."""
    for event in storm.triggers:
        emitted = event in storm.relations.emitters_of
        if event in storm.events and not emitted and storm.relations.owner_of(event) is None:
            yield Found(
                (f"events/{event}",), f"{called(storm, event)} has a trigger, but belongs to no service."
            )


@check(
    "homeless-policy",
    "error",
    6,
    title="A policy runs in a service",
    why="It would not be deployed: the workflow of nobody is in no stack.",
    remedy="Say which: `service:` on the policy, or a home for the events it reacts to.",
    source="the design: a policy belongs to the service whose events it emits",
)
def homeless_policy(storm: Storm) -> Iterator[Found]:
    """Policies that emit nothing and hear nothing that a service owns."""
    for key, policy in storm.policies.items():
        emits = any(event in storm.events for event in (*policy.emits, *policy.fails))
        if policy.when and not emits and storm.relations.service_of_policy(key) is None:
            yield Found((f"policies/{key}",), f"{quoted(policy.title(key))} runs in no service.")


@check(
    "policy-with-two-owners",
    "error",
    6,
    title="A policy emits the events of one service",
    why="Its workflow may put only its own service's events on the bus; it would speak in a foreign name.",
    remedy="Split it: let the other service react to the first event and emit its own.",
    source="the design: that service alone emits the event",
)
def policy_with_two_owners(storm: Storm) -> Iterator[Found]:
    """Policies that emit events of several services."""
    for key, policy in storm.policies.items():
        owners = storm.relations.owners_of_policy(key)
        if len(owners) > 1:
            names = [quoted(storm.services[owner].title(owner)) for owner in owners]
            yield Found((f"policies/{key}",), f"{quoted(policy.title(key))} emits events of {listed(names)}.")


@check(
    "policy-in-another-service",
    "warning",
    6,
    title="A policy runs where the events it emits are at home",
    why="`service:` decides only for a policy that emits nothing; here it is passed over.",
    remedy="Take `service:` away, or move the events' entity.",
    source="the design: a policy belongs to the service whose events it emits",
)
def policy_in_another_service(storm: Storm) -> Iterator[Found]:
    """Policies whose ``service`` is not the owner of what they emit."""
    for key, policy in storm.policies.items():
        owners = storm.relations.owners_of_policy(key)
        if policy.service in storm.services and owners and policy.service not in owners:
            names = [quoted(storm.services[owner].title(owner)) for owner in owners]
            yield Found(
                (f"policies/{key}",),
                f"{quoted(policy.title(key))} says {policy.service!r}, but emits events of {listed(names)}.",
                None,
                Change(of="policies", id=key, keys={"service": None}),
            )


@check(
    "shared-function",
    "warning",
    6,
    title="A function does one piece of work",
    why="A function for several works needs the permissions of all, starts slower, and breaks as one.",
    remedy="Give each piece of work a function of its own.",
    source=LAMBDA_LITH,
)
def shared_function(storm: Storm) -> Iterator[Found]:
    """Functions (``run``) that do different works for several policies; reuse for the same work is fine."""
    users: dict[str, dict[str, set[str]]] = {}
    for key, policy in storm.policies.items():
        for task in single_tasks(policy.does):
            if task.run:
                users.setdefault(task.run, {}).setdefault(key, set()).add(task.do.strip().casefold())
    for run, works in users.items():
        different = set().union(*works.values())
        if len(works) > 1 and len(different) > 1:
            yield Found(
                tuple(f"policies/{policy}" for policy in works),
                f"{quoted(run)} does {len(different)} different works for {len(works)} policies.",
            )


@check(
    "one-policy-service",
    "warning",
    6,
    title="A service is more than one function",
    why="What reacts to everything and answers everything is one monolithic function, whatever it is called.",
    remedy="Let each policy take one kind of event, do one business operation, and give one kind of answer.",
    source=LAMBDA_LITH,
)
def one_policy_service(storm: Storm) -> Iterator[Found]:
    """Services whose only policy reacts to three or more events and emits three or more."""
    for service, policies in storm.relations.policies_of.items():
        policy = storm.policies[policies[0]]
        heard, put = len(set(policy.when)), len({*policy.emits, *policy.fails})
        if len(policies) == 1 and heard >= 3 and put >= 3 and service in storm.services:
            title = quoted(storm.services[service].title(service))
            yield Found(
                (f"services/{service}", f"policies/{policies[0]}"),
                f"All of {title} is one policy: it reacts to {heard} events and emits {put}.",
            )


CHECKS = (
    context_without_service,
    context_with_two_services,
    service_without_context,
    homeless_event,
    homeless_trigger,
    homeless_policy,
    policy_with_two_owners,
    policy_in_another_service,
    shared_function,
    one_policy_service,
)
