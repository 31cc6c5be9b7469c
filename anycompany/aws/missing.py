"""Operations that an endpoint does not have: emulators know a part of AWS, and say so in many ways."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

_CODES = {
    "InvalidAction",
    "NotImplemented",
    "NotImplementedException",
    "UnknownOperation",
    "UnknownOperationException",
    "UnsupportedOperation",
    "UnsupportedOperationException",
}


class MissingError(Exception):
    """The endpoint has no such operation; the message says which, and what it answered."""


@contextmanager
def unless_missing() -> Iterator[None]:
    """Within the block, the answer that there is no such operation raises :class:`MissingError`.

    Other errors of boto3's pass through unchanged: they belong to whoever explains them.
    """
    from botocore.exceptions import ClientError

    try:
        yield
    except ClientError as error:
        said, status = error.response.get("Error", {}), error.response.get("ResponseMetadata", {})
        code, http = str(said.get("Code", "")), status.get("HTTPStatusCode")
        without_code = code.isdigit() or code in ("", "Unknown")
        if (
            code in _CODES
            or http == HTTPStatus.NOT_IMPLEMENTED
            or (http == HTTPStatus.NOT_FOUND and without_code)
        ):
            what = f"The endpoint has no operation {error.operation_name} ({code or http})."
            raise MissingError(what) from None
        raise
