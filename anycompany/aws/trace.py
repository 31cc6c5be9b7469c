"""trace: put test events on the bus of a deployed storm, and see what follows."""

from __future__ import annotations

import secrets
import time
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from anycompany.aws.answering import answer, queues_of, release, waiting
from anycompany.aws.deployed import state_of
from anycompany.aws.errors import AwsError
from anycompany.aws.executions import Execution, Executions, start, workflows_of
from anycompany.aws.hunt import Hunt
from anycompany.aws.listening import ears_of
from anycompany.aws.session import Clients
from anycompany.aws.unseen import not_observable, not_seen
from anycompany.aws.watch import Watcher, put, watching
from anycompany.bus.marker import marked
from anycompany.bus.scenarios import Scenario, expected
from anycompany.bus.trace import Trace
from anycompany.stacks.names import bus_stack_name
from anycompany.stacks.stack import Stack
from anycompany.storm.model import Storm

_CLOCKS_MAY_DIFFER = timedelta(minutes=2)


def trace(
    clients: Clients,
    storm: Storm,
    stacks: Sequence[Stack],
    scenarios: Sequence[Scenario],
    *,
    progress: Callable[[int, int, str], None] | None = None,
    timeout_seconds: float | None = None,
) -> Trace:
    """Try every scenario on the deployed stacks at once, and see what follows.

    The test events carry a marker, which the workflows hand on, so that what is seen on the bus tells who
    answered what. They reach the real listeners: whoever reads a log, a queue or a topic gets them too.

    Parameters
    ----------
    clients : where the stacks are deployed.
    storm : the storm they were made from.
    stacks : its stacks.
    scenarios : what to try, as made by :func:`anycompany.bus.scenarios.scenarios`.
    progress : called with how many events have been seen, how many are expected, and the latest's name.
    timeout_seconds : when to stop waiting in any case; it also stops when nothing new has come for a while.

    Raises
    ------
    AwsError
        if the bus is not deployed, or AWS refuses something.
    """
    if not state_of(clients, bus_stack_name(storm)).exists:
        raise AwsError("The bus is not deployed.", bus_stack_name(storm), "Deploy first, then trace.")
    began, clock = datetime.now(UTC), time.monotonic()
    ears = ears_of(clients, storm, stacks)
    workflows, translators = workflows_of(clients, storm, stacks)
    hunt = Hunt(
        storm, scenarios, secrets.token_hex(8), workflows, translators, {ear.listener for ear in ears}
    )
    known: dict[str, Executions] = {}

    def executions(policy: str) -> Sequence[Execution] | None:
        since = began - _CLOCKS_MAY_DIFFER
        return known.setdefault(policy, Executions(clients, workflows[policy], since)).seen()

    asked = queues_of(clients, storm, stacks)

    def answer_questions() -> None:
        """Answer what the test events have made workflows ask; questions of others are put back."""
        questions = waiting(clients, asked)
        ours = [one for one in questions if hunt.has_seen(str(one.event.get("id", "")))]
        release(clients, [one for one in questions if one not in ours])
        for one in ours:
            refused = hunt.is_refused(str(one.event.get("id", "")), one.policy)
            answer(clients, one, yes=not refused, reason="a test", by="anycompany trace")

    with watching(clients, storm, hunt.run, ears, since=began - _CLOCKS_MAY_DIFFER) as watcher:
        _begin(clients, hunt)
        _wait(
            clients,
            hunt,
            watcher,
            executions,
            progress=progress,
            timeout_seconds=timeout_seconds,
            answer_questions=answer_questions,
        )
    hunt.deaf |= watcher.deaf
    steps, seconds = hunt.steps(), time.monotonic() - clock
    return Trace(
        run=hunt.run,
        region=clients.region,
        endpoint=clients.endpoint_url or "",
        started=began.isoformat(timespec="seconds"),
        seconds=round(seconds, 3),
        steps=steps,
        not_seen=tuple(not_seen(hunt, steps, seconds)),
        not_observable=tuple(not_observable(hunt)),
    )


def _begin(clients: Clients, hunt: Hunt) -> None:
    """Put the first event of every scenario on the bus; AWS's own events are given to their workflows."""
    events, numbers = [], []
    for number, scenario in enumerate(hunt.scenarios):
        trigger = hunt.storm.triggers.get(scenario.event)
        detail = marked(scenario.detail, hunt.trace_of(number), scenario.fails)
        if scenario.kind == "aws" and trigger and trigger.aws:
            if scenario.event in hunt.translators:
                identifier = str(uuid.uuid4())
                event = {
                    "id": identifier,
                    "source": trigger.aws.source,
                    "detail-type": trigger.aws.detail_type,
                    "detail": detail,
                }
                start(clients, hunt.translators[scenario.event], event)
                hunt.begun[number] = identifier
        else:
            source, detail_type = hunt.storm.relations.address_of[scenario.event]
            events.append({"source": source, "detail-type": detail_type, "detail": detail})
            numbers.append(number)
    hunt.begun |= dict(zip(numbers, put(clients, hunt.storm, events), strict=True))


def _wait(
    clients: Clients,
    hunt: Hunt,
    watcher: Watcher,
    executions: Callable[[str], Sequence[Execution] | None],
    *,
    progress: Callable[[int, int, str], None] | None,
    timeout_seconds: float | None,
    answer_questions: Callable[[], None],
) -> None:
    """Look until all is seen, nothing new has come for a while, or the time is over."""
    patience, pause, longest = (5.0, 0.05, 60.0) if clients.endpoint_url else (30.0, 2.0, 300.0)
    until = time.monotonic() + (longest if timeout_seconds is None else timeout_seconds)
    total = sum(len(expected(hunt.storm, scenario).events) for scenario in hunt.scenarios)
    seen, quiet_since, known = 0, time.monotonic(), None
    while time.monotonic() < until:
        new = hunt.note_sightings(watcher.see(wait_seconds=1 if hunt.awaits_events else 0))
        for detail_type in new:
            seen += 1
            if progress:
                progress(seen, max(total, seen), detail_type)
        if not new:
            answer_questions()
            hunt.note_sightings(watcher.listen() if hunt.awaits_listeners else [])
            hunt.deaf |= watcher.deaf
            for policy in hunt.awaits_runs_of | (hunt.awaits_answers_of - hunt.unlisted):
                hunt.note_executions(policy, executions(policy))
        awaited = (hunt.awaits_events, hunt.awaits_listeners, frozenset(hunt.awaits_runs_of))
        if new or awaited != known:
            quiet_since, known = time.monotonic(), awaited
        elif not any(awaited) or time.monotonic() > quiet_since + patience:
            break
        elif not hunt.awaits_events:
            time.sleep(pause)
    hunt.note_sightings([*watcher.see(wait_seconds=0), *watcher.listen()])
