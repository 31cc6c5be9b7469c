"""Questions that workflows put to people: what waits for an answer, and answering it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from anycompany.aws.deployed import physical_ids, state_of
from anycompany.aws.errors import AwsError, ForbiddenError, explaining
from anycompany.aws.session import Clients
from anycompany.stacks.stack import Stack
from anycompany.stacks.workflow.places import asks_id
from anycompany.stacks.workflow.retries import REFUSED
from anycompany.storm.model import Storm

_PEEK_SECONDS = 5
_MOST_PEEKED = 200
_LONGEST_REASON = 1_000


@dataclass(frozen=True)
class Question:
    """A question that waits: of which policy and task, whom it asks, and about which event.

    ``number`` is the one it is answered by: the first characters of a digest of its token.
    """

    number: str
    policy: str
    task: str
    asks: str
    event: dict[str, Any]
    token: str
    queue: str
    receipt: str


def queues_of(
    clients: Clients,
    storm: Storm,
    stacks: Sequence[Stack],
    hidden: Callable[[ForbiddenError], object] | None = None,
) -> dict[str, str]:
    """The queues in which the questions of policies wait, by policy, as far as they are deployed.

    Parameters
    ----------
    clients, storm, stacks : where to look, and for what.
    hidden : is told of each service that we may not look into, as who answers for another one may not; left
        out, that is an error.

    Raises
    ------
    AwsError
        if AWS cannot be asked.
    """
    ids = {asks_id(policy): policy for policy in storm.policies}
    asking = [
        stack for stack in stacks if stack.kind == "service" and not ids.keys().isdisjoint(_resources(stack))
    ]
    found: dict[str, str] = {}
    for stack in asking:
        try:
            deployed = physical_ids(clients, stack.name) if state_of(clients, stack.name).exists else {}
        except ForbiddenError as error:
            if hidden is None:
                raise
            hidden(error)
            continue
        found |= {ids[logical]: url for logical, url in deployed.items() if logical in ids}
    return found


def _resources(stack: Stack) -> set[str]:
    return set(stack.template["Resources"])


def waiting(clients: Clients, queues: dict[str, str]) -> tuple[Question, ...]:
    """The questions that wait in queues; they stay there, out of sight of others for a few seconds.

    Parameters
    ----------
    clients : where the queues are.
    queues : their URLs, by policy.

    Raises
    ------
    AwsError
        if AWS refuses.
    """
    sqs = clients.client("sqs")
    found: list[Question] = []
    for policy, url in queues.items():
        with explaining("look at the questions that wait", url):
            for _ in range(_MOST_PEEKED // 10):
                messages = sqs.receive_message(
                    QueueUrl=url,
                    MaxNumberOfMessages=10,
                    VisibilityTimeout=_PEEK_SECONDS,
                    WaitTimeSeconds=0 if clients.endpoint_url else 1,  # on AWS a short look may see nothing
                ).get("Messages", [])
                found += [one for one in (_question(message, policy, url) for message in messages) if one]
                if not messages:
                    break
    return tuple({one.token: one for one in found}.values())


def release(clients: Clients, questions: Sequence[Question]) -> None:
    """Let others see questions again that were only looked at.

    Raises
    ------
    AwsError
        if AWS refuses.
    """
    sqs = clients.client("sqs")
    with explaining("put the questions back", "queues of questions"):
        for one in questions:
            sqs.change_message_visibility(QueueUrl=one.queue, ReceiptHandle=one.receipt, VisibilityTimeout=0)


def answer(clients: Clients, question: Question, *, yes: bool, reason: str = "", by: str = "") -> bool:
    """Answer a question: its workflow goes on after a yes, and to its failure branch after a no.

    Parameters
    ----------
    clients : where the workflow waits.
    question : the question.
    yes : the answer.
    reason, by : why, and whose answer it is; the workflow knows both.

    Returns
    -------
    bool
        whether the workflow still waited; if not, the question is taken away all the same.

    Raises
    ------
    AwsError
        if AWS refuses.
    """
    stepfunctions = clients.client("stepfunctions")
    gone = (stepfunctions.exceptions.TaskDoesNotExist, stepfunctions.exceptions.TaskTimedOut)
    waited = True
    with explaining("answer the question", question.task):
        try:
            if yes:
                said = {"approved": True, "reason": reason[:_LONGEST_REASON], "approved-by": by}
                stepfunctions.send_task_success(taskToken=question.token, output=json.dumps(said))
            else:
                cause = reason[:_LONGEST_REASON] or "No reason was given."
                stepfunctions.send_task_failure(taskToken=question.token, error=REFUSED, cause=cause)
        except gone:
            waited = False
        sqs = clients.client("sqs")
        with suppress(sqs.exceptions.ReceiptHandleIsInvalid):  # somebody else took it away meanwhile
            sqs.delete_message(QueueUrl=question.queue, ReceiptHandle=question.receipt)
    return waited


def question_of(questions: Sequence[Question], number: str) -> Question:
    """The question that a number, or its beginning, stands for.

    Raises
    ------
    AwsError
        if it stands for none, or for several.
    """
    fitting = [one for one in questions if number and one.number.startswith(number.lower())]
    if len(fitting) == 1:
        return fitting[0]
    several = f"{len(fitting)} questions begin" if fitting else "no question that waits begins"
    raise AwsError(
        f"{several[0].upper()}{several[1:]} with {number[:40]!r}.",
        "questions",
        "List what waits with `anycompany answer STORM`, and give the number of one.",
    )


def _question(message: dict[str, Any], policy: str, url: str) -> Question | None:
    """A message as a question; None if it is none."""
    from hashlib import sha256

    try:
        said = json.loads(message["Body"])
        token = said["token"]
    except (ValueError, KeyError, TypeError):
        return None
    if not isinstance(token, str):
        return None
    event = said.get("event")
    return Question(
        sha256(token.encode()).hexdigest()[:8],
        policy,
        str(said.get("task", "")),
        str(said.get("asks", "")),
        event if isinstance(event, dict) else {},
        token,
        url,
        message["ReceiptHandle"],
    )
