"""The options of every command that goes to a target, in one place."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from .output import WrongUseError

if TYPE_CHECKING:
    from anycompany.aws.session import Target

OPTIONS: dict[str, tuple[Any, Any]] = {
    "target": (
        Annotated[
            str, typer.Option("--target", help="local: the embedded AWS. aws: an account, or --endpoint-url.")
        ],
        "local",
    ),
    "region": (Annotated[str | None, typer.Option("--region", help="The AWS region.")], None),
    "profile": (
        Annotated[str | None, typer.Option("--profile", help="The AWS profile; with target aws.")],
        None,
    ),
    "endpoint_url": (
        Annotated[
            str | None,
            typer.Option("--endpoint-url", help="Another endpoint than AWS's own; with target aws."),
        ],
        None,
    ),
    "account": (
        Annotated[
            str | None, typer.Option("--account", help="The account it has to be, or nothing is done.")
        ],
        None,
    ),
    "stage": (
        Annotated[
            str | None,
            typer.Option("--stage", help="Adds to the names of bus and stacks, such as test or prod."),
        ],
        None,
    ),
}
"""The options by the names of their parameters, each with its default."""


@dataclass(frozen=True)
class Place:
    """What the options of a target mean: where to, and which stage of the storm."""

    target: Target
    stage: str | None = None


def on_target(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of a target; it is called with what they mean as ``place``.

    Parameters
    ----------
    command : a function with a keyword ``place`` of the type :class:`Place`.

    Raises
    ------
    WrongUseError
        when the command is called with an unknown kind of target, or options that do not go together.
    """

    @wraps(command)
    def with_options(**given: Any) -> None:
        chosen = {name: given.pop(name) for name in OPTIONS}
        stage = chosen.pop("stage")
        command(**given, place=Place(_target(chosen.pop("target"), **chosen), stage))

    hints = get_type_hints(command, include_extras=True)
    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters: list[inspect.Parameter] = []
    for one in inspect.signature(command).parameters.values():
        if one.name == "place":
            parameters += (
                inspect.Parameter(name, keyword, annotation=kind, default=default)
                for name, (kind, default) in OPTIONS.items()
            )
        else:
            parameters.append(one.replace(annotation=hints[one.name], kind=keyword))
    with_options.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    with_options.__annotations__ = {one.name: one.annotation for one in parameters}
    return with_options


def _target(kind: str, **more: str | None) -> Target:
    from anycompany.aws.errors import AwsError
    from anycompany.aws.session import Target

    try:
        return Target(kind, **more)  # type: ignore[arg-type]  # it checks the kind
    except AwsError as error:
        raise WrongUseError(error.what, error.where, error.remedy) from None
