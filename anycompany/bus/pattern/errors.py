"""What is wrong with an event pattern, in AWS's own words, or with an event."""

from __future__ import annotations

from anycompany.storm.errors import StormError

_AWS_SAYS = "Event pattern is not valid. Reason: "


class PatternError(StormError):
    """An event pattern that EventBridge refuses; ``what`` is AWS's own text.

    Parameters
    ----------
    reason : the reason as AWS gives it.
    where : the place in the pattern; may be empty.
    remedy : what to do about it; may be empty.

    >>> print(PatternError("Filter is not an object"))
    Event pattern is not valid. Reason: Filter is not an object
    """

    def __init__(self, reason: str, where: str = "", remedy: str = "") -> None:
        super().__init__(_AWS_SAYS + reason, where, remedy)
        self.reason = reason


class EventError(StormError):
    """Something that is no event: not a JSON object, or with values that JSON does not have."""
