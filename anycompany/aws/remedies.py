"""What to do about what CloudFormation says: its common reasons, and stacks that are in the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from anycompany.aws.deployed import STORM_TAG, StackState
from anycompany.aws.errors import AwsError, RefusedError, explaining
from anycompany.aws.session import Clients

# The reasons are AWS's own words, in the spellings of several services.
_REMEDIES = (
    (
        r"fetch parameters|SSM parameter .*does not exist|ParameterNotFound",
        "Deploy the bus first: its stack makes the parameters by which the others find it.",
    ),
    (
        r"registry.*(not exist|not found)|NotFound.*registry",
        "Deploy the bus first: its stack makes the registry.",
    ),
    (
        r"Unrecognized resource type|not (available|supported) in this region",
        "Choose a region that has this service; the schema registry is not in every one.",
    ),
    (
        r"_IN_PROGRESS state",
        "Somebody else is changing the stack: wait until that is done, then run it again.",
    ),
    (
        r"termination ?protection",
        "Switch the stack's termination protection off if it may go, and run it again.",
    ),
    (
        r"has rules|since it has rules",
        "Remove the rules that others made on the bus, and run it again.",
    ),
    (
        r"AccessDenied|Access ?Denied|not authorized|UnauthorizedOperation",
        "Ask whoever administers the account for that permission, or choose another profile.",
    ),
    (
        r"limit ?exceeded|exceeds? .*(limit|quota)|exceeded .*(limit|quota)|quota|maximum number",
        "Ask for a higher quota (Service Quotas in the AWS console) or remove what is not needed any longer.",
    ),
    (
        r"must wait \d+ seconds|recently deleted|being deleted|currently being",
        "Wait a minute, then run it again.",
    ),
    (r"throttl|rate exceeded", "Wait a minute, then run it again."),
    (
        r"already exists",
        "Something of that name is there which these stacks did not make: remove it or rename it "
        "(or the bus, or the note), and run it again.",
    ),
)
_ANYTHING_ELSE = "Put that right and run it again: what is done stays done."


def remedy_for(reason: str) -> str:
    """What to do about a reason that CloudFormation gives.

    >>> remedy_for("anycompany already exists in stack arn:aws:cloudformation:…").split(":")[0]
    'Something of that name is there which these stacks did not make'
    >>> remedy_for("Template format error: Unrecognized resource types: [AWS::EventSchemas::Registry]")
    'Choose a region that has this service; the schema registry is not in every one.'
    """
    return next(
        (remedy for words, remedy in _REMEDIES if re.search(words, reason, re.IGNORECASE)), _ANYTHING_ELSE
    )


@contextmanager
def explaining_with_remedy(doing: str, stack: str) -> Iterator[None]:
    """Like :func:`~anycompany.aws.errors.explaining`, with a remedy for every reason of CloudFormation's."""
    try:
        with explaining(doing, stack):
            yield
    except AwsError as error:
        if error.remedy:
            raise
        raise AwsError(error.what, error.where, remedy_for(error.what)) from error


def refuse_unless_ours(state: StackState, storm: str) -> None:
    """Make sure that a stack, if there is one, is this storm's.

    Parameters
    ----------
    state : the stack as it is now.
    storm : the value of the storm tag that it has to carry.

    Raises
    ------
    AwsError
        if it is another storm's, or was made another way.
    """
    if state.there and state.storm != storm:
        owner = f"belongs to the storm {state.storm}" if state.storm else "was not made from a storm"
        raise RefusedError(
            f"There is a stack of this name already, and it {owner}.",
            state.name,
            f"Give the bus another name; or, if the stack is yours, tag it {STORM_TAG}={storm} or delete it.",
        )


def aws_command(clients: Clients, verb: str, stack: str, *more: str) -> str:
    """The command of the AWS command line that does this to a stack where these clients point."""
    words = ["aws cloudformation", verb, "--stack-name", stack, *more, "--region", clients.region]
    if clients.target.profile:
        words += ["--profile", clients.target.profile]
    if clients.endpoint_url:
        words += ["--endpoint-url", clients.endpoint_url]
    return " ".join(words)
