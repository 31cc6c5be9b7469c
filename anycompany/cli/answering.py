"""The command that answers what workflows ask people."""

from __future__ import annotations

import getpass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from .arguments import StormArgument, read
from .asking import need_embedded, say_where
from .output import Format, FormatOption, WrongUseError, complain, show
from .targets import Place, on_target

if TYPE_CHECKING:
    from anycompany.aws.answering import Question
    from anycompany.aws.errors import ForbiddenError


class Answer(StrEnum):
    """What a person may say."""

    YES = "yes"
    NO = "no"


@on_target
def answer(
    storm: StormArgument,
    number: Annotated[
        str | None, typer.Argument(metavar="[NUMBER]", help="The number of the question, or its beginning.")
    ] = None,
    said: Annotated[Answer | None, typer.Argument(metavar="[yes|no]", help="The answer.")] = None,
    *,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.")] = "",
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="Whose answer it is; else the user's.")
    ] = None,
    place: Place,
    format_: FormatOption = Format.TABLE,
) -> None:
    """List what workflows ask people, or answer one of these questions.

    After a yes the workflow goes on, after a no it goes on by its failure branch. The reason, and whose
    answer it is, are handed to the workflow.

    For example:

        anycompany answer hotel.storm.yaml 3f2a yes --reason "A regular guest"
    """
    from anycompany.aws import answering
    from anycompany.workbook.deployment import Deployment

    if number is not None and said is None:
        raise WrongUseError(
            "The answer is missing.", "answer", f"Say anycompany answer STORM {number} yes, or no."
        )
    need_embedded(place.target)
    deployment = Deployment(read(storm), place.target, stage=place.stage)
    say_where(deployment)
    clients = deployment.clients
    hidden: list[ForbiddenError] = []
    queues = answering.queues_of(clients, deployment.storm, deployment.synthesis.stacks, hidden.append)
    if hidden and not queues:
        raise hidden[0]
    for error in hidden:
        complain(f"Not looked into, because you may not: {error.where}.")
    questions = answering.waiting(clients, queues)
    if number is None or said is None:
        answering.release(clients, questions)
        columns = ["number", "asks", "task", "policy", "event", "detail"]
        show([_row(one) for one in questions], columns, format_, empty="Nothing waits for an answer.")
        return
    try:
        question = answering.question_of(questions, number)
    except Exception:
        answering.release(clients, questions)
        raise
    answering.release(clients, [one for one in questions if one is not question])
    waited = answering.answer(
        clients, question, yes=said is Answer.YES, reason=reason, by=by if by is not None else _user()
    )
    row = _row(question) | {"answer": said.value, "waited": waited}
    show([row], ["number", "task", "policy", "answer", "waited"], format_, empty="")
    if not waited:
        raise typer.Exit(1)


def _row(question: Question) -> dict[str, object]:
    import json

    detail = question.event.get("detail")
    return {
        "number": question.number,
        "asks": question.asks,
        "task": question.task,
        "policy": question.policy,
        "event": str(question.event.get("detail-type", "")),
        "event_id": str(question.event.get("id", "")),
        "detail": json.dumps(detail, ensure_ascii=False)[:500] if isinstance(detail, dict) else "",
    }


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
