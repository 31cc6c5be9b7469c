"""How a deployment that did not reach its end is told: what is done, what is not, and how it goes on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from anycompany.aws.errors import AwsError
from anycompany.aws.waves import Outcome

GOES_ON = "CloudFormation goes on by itself with the stack, if it was told in time."
"""Where a stack stands whose deployment has, or may have, begun."""


class DeployError(AwsError):
    """A deployment that did not reach its end: ``actions`` of stacks done, ``failed``, ``not_applied``."""

    def __init__(self, what: str, where: str, remedy: str, outcome: Outcome[str]) -> None:
        super().__init__(what, where, remedy)
        self.actions = outcome.done
        self.failed = outcome.failed
        self.not_applied = (*outcome.broken_off, *outcome.not_begun)


class StoppedError(AwsError):
    """Ctrl-C between the work on stacks."""


def raise_unless_complete(outcome: Outcome[str]) -> None:
    """Raise ``DeployError`` if something failed or was interrupted."""
    if outcome.complete:
        return
    done = [f"{name} ({action})" for name, action in outcome.done.items()]
    left = [*outcome.broken_off, *outcome.not_begun]
    account = f"Done: {', '.join(done) or 'nothing'}." + (f" Not done: {', '.join(left)}." if left else "")
    if outcome.failed:
        (name, first), *others = outcome.failed.items()
        also = "".join(f" Also, {other}: {error.what}" for other, error in others)
        again = "" if "run it again" in first.remedy else " Then run the same again to continue."
        raise DeployError(
            f"{first.what}{also} {account}", first.where or name, f"{first.remedy}{again}".strip(), outcome
        ) from first
    what = f"Stopped. CloudFormation goes on by itself with what it has begun. {account}"
    raise DeployError(what, "", "Run the same again to continue.", outcome)


@contextmanager
def adding(sentence: str, where: str = "", remedy: str = "") -> Iterator[None]:
    """Within the block, errors also say this of where things stand, and what to do then."""
    try:
        yield
    except DeployError:
        raise
    except AwsError as error:
        raise AwsError(
            f"{error.what} {sentence}", where or error.where, f"{error.remedy} {remedy}".strip()
        ) from error


@contextmanager
def stopped_in_words() -> Iterator[None]:
    """Within the block, Ctrl-C between the work on stacks is an error that says so, too."""
    try:
        yield
    except KeyboardInterrupt:
        raise StoppedError(
            "Stopped. CloudFormation goes on by itself with what it has begun.",
            "",
            "Run the same again to continue; with --plan it says where each stack stands.",
        ) from None
