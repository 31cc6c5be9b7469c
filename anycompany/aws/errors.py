"""What AWS and its client library say, turned into errors a person can act on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from traceback import walk_tb

from anycompany.storm.errors import StormError

_SIGN_IN = (
    "Sign in (aws sso login, or aws configure) or choose another profile; the embedded AWS, target local, "
    "needs no credentials."
)
_EXPIRED = "Sign in again (aws sso login), or fetch new credentials, and repeat."

# Error codes of services, by what a person can do about them. The messages that AWS sends with the first
# two groups are left out: they may quote the request, and with it whose key signed it.
_EXPIRED_CODES = {"ExpiredToken", "ExpiredTokenException", "RequestExpired"}
_REFUSED_CODES = {
    "AuthFailure",
    "IncompleteSignature",
    "InvalidAccessKeyId",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "MissingAuthenticationToken",
    "SignatureDoesNotMatch",
    "UnrecognizedClientException",
}
_FORBIDDEN_CODES = {"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"}
_BUSY_CODES = {
    "InternalError",
    "InternalFailure",
    "InternalServerError",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "ServiceUnavailable",
    "ServiceUnavailableException",
    "SlowDown",
    "Throttling",
    "ThrottledException",
    "ThrottlingException",
    "TooManyRequestsException",
    "TooManyUpdates",
}
_ASKED_WRONGLY = {"InvalidRegionError", "NoRegionError", "ProfileNotFound"}
_CHECK_ADDRESS = "Check the endpoint's address and port, and the proxy between."
_NOT_AWS = "the endpoint does not answer like AWS."


class AwsError(StormError):
    """AWS, or the way to it, did not do what was asked; see :class:`~anycompany.storm.errors.StormError`."""


class RefusedError(AwsError):
    """What was asked for is not done, nor if the same is asked again: its remedy says what to ask."""


class ForbiddenError(AwsError):
    """The credentials are good, but lack the permission for this."""


@contextmanager
def explaining(doing: str, where: str = "") -> Iterator[None]:
    """Turn the errors of boto3 inside the block into :class:`AwsError`.

    Parameters
    ----------
    doing : what the block does, to be read after "Could not": ``"ask AWS who we are"``.
    where : the stack, resource or endpoint it is done to; may be empty.

    Raises
    ------
    AwsError
        for every error of boto3 and botocore; other errors pass through unchanged.
    """
    try:
        yield
    except Exception as error:
        reason = _reason_and_remedy(error)
        if reason is None:
            raise
        raise _kind(error)(f"Could not {doing}: {reason[0]}", where, reason[1]) from error


def _kind(error: Exception) -> type[AwsError]:
    from botocore.exceptions import ClientError

    if isinstance(error, ClientError) and error.response.get("Error", {}).get("Code") in _FORBIDDEN_CODES:
        return ForbiddenError
    return RefusedError if type(error).__name__ in _ASKED_WRONGLY else AwsError


def _reason_and_remedy(error: Exception) -> tuple[str, str] | None:
    """Why the call failed and what to do, or None for an error that is not boto3's."""
    from boto3.exceptions import Boto3Error
    from botocore import exceptions as raised
    from botocore.parsers import ResponseParserError

    if isinstance(error, raised.ClientError):
        said = error.response.get("Error") or {}
        return _answer_and_remedy(str(said.get("Code") or ""), str(said.get("Message") or ""))
    if isinstance(error, raised.NoCredentialsError):
        return "no AWS credentials were found.", _SIGN_IN
    if isinstance(error, raised.PartialCredentialsError):
        return f"the AWS credentials are incomplete: {error.kwargs['cred_var']} is missing.", _SIGN_IN
    if isinstance(error, raised.ProfileNotFound):
        return (
            f"there is no AWS profile named {error.kwargs['profile']!r}.",
            "Correct the profile, or omit it.",
        )
    if isinstance(error, raised.ConfigParseError):
        return f"the AWS configuration file {error.kwargs['path']} cannot be read.", "Correct that file."
    if isinstance(error, raised.NoRegionError | raised.InvalidRegionError):
        return "no valid AWS region was given.", "Name one, for example --region eu-central-1."
    if isinstance(error, raised.SSOError | raised.LoginError | raised.TokenRetrievalError):
        return "the AWS sign-in is missing or has expired.", _EXPIRED
    if isinstance(error, raised.CredentialRetrievalError | raised.MetadataRetrievalError):
        return "the AWS credentials could not be fetched from where the profile points.", _SIGN_IN
    if isinstance(error, raised.HTTPClientError | raised.ConnectionError):
        return (
            f"the endpoint cannot be reached ({type(error).__name__}).",
            "Check the endpoint, the region, the network and its proxy; if it is local, that it runs.",
        )
    if isinstance(error, ResponseParserError) or _while_reading_an_answer(error):
        return _NOT_AWS, _CHECK_ADDRESS
    if isinstance(error, raised.BotoCoreError | Boto3Error):
        return f"{str(error).rstrip('.')}.", ""
    return None


def _answer_and_remedy(code: str, message: str) -> tuple[str, str]:
    """What the error a service answered with means for a person."""
    if code in _EXPIRED_CODES:
        return "the AWS credentials have expired.", _EXPIRED
    if code in _REFUSED_CODES:
        return f"AWS does not accept the credentials ({code}).", _SIGN_IN
    said = f"AWS says {code}: {message.rstrip('.')}."
    if code in _FORBIDDEN_CODES:
        return said, "Ask whoever administers the account for that permission, or choose another profile."
    if code in _BUSY_CODES:
        return said, "Wait a minute and repeat."
    if code.isdigit() or code in ("", "Unknown"):
        # where an answer has no code, botocore takes its status for one
        return f"{_NOT_AWS.rstrip('.')} (HTTP status {code}).", _CHECK_ADDRESS
    return said, ""


def _while_reading_an_answer(error: Exception) -> bool:
    """Whether botocore met what it did not expect in an answer, such as a text in place of a list."""
    modules = [frame.f_globals.get("__name__", "") for frame, _ in walk_tb(error.__traceback__)]
    return "botocore.parsers" in modules or modules[-1:] == ["botocore.endpoint"]
