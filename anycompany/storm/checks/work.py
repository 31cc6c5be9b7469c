"""Checks on the work of policies: what their tasks say together, and whether a workflow can be that."""

from __future__ import annotations

from collections.abc import Iterator

from ..edits import Change
from ..model import Storm
from ..spans import said, seconds_of
from ..tasks import branching_tasks, is_arn, single_tasks
from ..workflow_kind import reasons_for_standard
from .finding import Check, Found, called, check, listed, quoted

LONGEST_QUESTION = 1_209_600
"""Seconds that a queue keeps a message (SQS)."""

CHOOSING = "AWS Step Functions developer guide: choosing a workflow type"


@check(
    "express-cannot-do-it",
    "error",
    6,
    title="An express workflow is short, waits for nobody, and may run twice",
    why="Express workflows end after five minutes, cannot wait for an answer, and may run more than once.",
    remedy="Leave kind out, or write kind: standard.",
    source=CHOOSING,
)
def express_cannot_do_it(storm: Storm) -> Iterator[Found]:
    """Policies that say they are express workflows, and have to be standard ones."""
    for key, policy in storm.policies.items():
        reasons = reasons_for_standard(policy.does, policy.once)
        if policy.kind == "express" and reasons:
            yield Found(
                (f"policies/{key}",),
                f"{quoted(policy.title(key))} cannot be an express workflow: {listed(list(reasons))}.",
                None,
                Change(of="policies", id=key, keys={"kind": None}),
            )


@check(
    "question-outlives-its-queue",
    "error",
    6,
    title="A question is answered while its queue keeps it",
    why="A queue keeps a message for fourteen days; after that nobody can find the question any more.",
    remedy="Give the person fourteen days at most, and ask again by a schedule where it may take longer.",
    source="Amazon SQS quotas: message retention",
)
def question_outlives_its_queue(storm: Storm) -> Iterator[Found]:
    """Tasks that ask a person and wait longer than a queue keeps the question."""
    for key, policy in storm.policies.items():
        for task in single_tasks(policy.does):
            if task.ask is not None and task.within and seconds_of(task.within) > LONGEST_QUESTION:
                waits = said(seconds_of(task.within))
                yield Found(
                    (f"policies/{key}/does",), f"{quoted(task.title)} waits {waits} for {quoted(task.ask)}."
                )


@check(
    "refusal-without-event",
    "warning",
    6,
    title="Where a person may say no, something follows from a no",
    why="After a no, or no answer in time, the workflow fails, and nobody hears of it.",
    remedy="Name the event that follows failure: fails: […].",
    source=CHOOSING,
)
def refusal_without_event(storm: Storm) -> Iterator[Found]:
    """Policies that ask a person, and have no event for a no."""
    for key, policy in storm.policies.items():
        asked = next((task for task in single_tasks(policy.does) if task.ask is not None), None)
        if asked is not None and not policy.fails:
            what = f"{quoted(policy.title(key))} asks {quoted(asked.ask or '')}, and names no event for a no."
            yield Found((f"policies/{key}",), what)


@check(
    "table-with-two-keys",
    "error",
    6,
    title="A table has one key",
    why="A table finds its items by one field; the second task could not put anything into it.",
    remedy="Give both tasks the same key, or tables of their own.",
    source="Amazon DynamoDB developer guide: primary key",
)
def table_with_two_keys(storm: Storm) -> Iterator[Found]:
    """Tables that tasks of one service put into under different keys."""
    keys: dict[tuple[str | None, str], dict[str, str]] = {}
    for key, policy in storm.policies.items():
        for task in single_tasks(policy.does):
            if task.table and task.key and not is_arn(task.table):
                home = (storm.relations.service_of_policy(key), task.table)
                keys.setdefault(home, {}).setdefault(task.key, key)
    for (_, table), found in keys.items():
        if len(found) > 1:
            named = listed([quoted(one) for one in found])
            where = tuple(f"policies/{policy}" for policy in dict.fromkeys(found.values()))
            yield Found(where, f"The table {quoted(table)} would be found by {named}.")


@check(
    "needs-an-unknown-field",
    "warning",
    6,
    title="A task needs fields that its event has",
    why="A task gets only the fields that it names; one that no contract has is never there.",
    remedy="Correct the name, add the field to the contract, or leave needs out.",
    source="The file format: needs",
)
def needs_an_unknown_field(storm: Storm) -> Iterator[Found]:
    """Fields that a task needs, and that neither the events it hears nor tasks before it can give."""
    for key, policy in storm.policies.items():
        contracts = [storm.contracts.get(event) for event in policy.when if event in storm.events]
        if not contracts or any(one is None or not one.fields_ for one in contracts):
            continue
        known = {field for one in contracts if one for field in one.fields_}
        for task in single_tasks(policy.does):
            unknown = [field for field in task.needs or () if field not in known]
            if unknown:
                named = listed([quoted(field) for field in unknown])
                yield Found((f"policies/{key}/does",), f"{quoted(task.title)} needs {named}.")
            if task.run is not None or task.ask is not None or task.output is not None:
                break  # from here on more is known than contracts say


@check(
    "way-leads-to-an-unsaid-event",
    "error",
    6,
    title="What a way of a branch leads to, its policy emits, and one branch decides",
    why="The policy's emits say what it may put on the bus; an event that two branches decide is put by the "
    "first alone.",
    remedy="Name the event under the policy's emits, too, and under the ways of one branch only.",
    source="The file format: emits of a branch",
)
def way_leads_to_an_unsaid_event(storm: Storm) -> Iterator[Found]:
    """Events of ways that their policy does not emit, or that an earlier branch of it has named."""
    for key, policy in storm.policies.items():
        decided: set[str] = set()
        for task in branching_tasks(policy.does):
            named = list(dict.fromkeys(event for way in task.branch or () for event in way.emits))
            for event in named:
                if event in policy.emits and event not in decided:
                    continue
                why = "a branch before it has decided" if event in decided else "the policy does not emit"
                what = f"A way of {quoted(task.title)} leads to {called(storm, event)}, which {why}."
                yield Found((f"policies/{key}/does/{event}",), what)
            decided |= set(named)


CHECKS: tuple[Check, ...] = (
    express_cannot_do_it,
    question_outlives_its_queue,
    refusal_without_event,
    table_with_two_keys,
    needs_an_unknown_field,
    way_leads_to_an_unsaid_event,
)
"""Every check on the work of policies."""
