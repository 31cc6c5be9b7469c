"""What a team says to a simulation: how often events arrive, how long work takes, how often it fails."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, field_validator

from ...storm.errors import StormError
from ..marker import MOST_HOPS
from .distributions import Amount, Distribution, Positive, Said

Odds = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]

HOURS_A_MONTH = 730
"""Hours of a month, as AWS counts them in its prices."""

SECONDS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400, "month": HOURS_A_MONTH * 3_600}


class Rate(Said):
    """How often an event arrives: so many a second, minute, hour, day or month.

    ``comes`` says how they are spread: ``poisson`` (each on its own account, as customers do), ``regular``
    (as a clock does) or ``bursts`` (``burst`` at once, as a batch job does).
    """

    rate: Positive
    per: Literal["second", "minute", "hour", "day", "month"] = "hour"
    comes: Literal["poisson", "regular", "bursts"] = "poisson"
    burst: Annotated[int, Field(ge=1, le=1_000_000)] = 10

    @property
    def a_second(self) -> float:
        """How many arrive in a second."""
        return self.rate / SECONDS[self.per]


class Work(Said):
    """How the workflow of a policy works.

    Parameters
    ----------
    takes : the seconds that a try takes; of a list, those of its tasks, one after the other.
    fails : the odds that the work comes to nothing, as when the bank says no: the policy's failure branch.
    errs : the odds that a try breaks, as when the bank does not answer: it is tried again.
    retries : how often it is tried again, at most; after that the failure branch, where there is one, else
        the workflow fails and nothing more happens.
    backoff : the seconds before the first retry; twice as many before each next.
    at_once : how many may run at the same time; the others wait before it, first come first served.
    people : the hours until somebody has done their part, after the work; others may work meanwhile.
    """

    takes: Distribution | Annotated[list[Distribution], Field(max_length=100)] | None = None
    fails: Odds = 0.0
    errs: Odds = 0.0
    retries: Annotated[int, Field(ge=0, le=100)] = 3
    backoff: Amount = 1.0
    at_once: Annotated[int, Field(ge=1)] | None = None
    people: Distribution | None = None


class Down(Said):
    """A service whose workflows cannot be started for a while, from so many hours after the beginning."""

    service: str
    after: Amount = 1.0
    hours: Amount = 1.0


class Redrive(Said):
    """Dead letters put back, from so many hours after the beginning, so many a second."""

    after: Amount
    per_second: Positive = 500.0


class Settings(Said):
    """All that can be said to a simulation; nothing has to be.

    Parameters
    ----------
    seed : the same seed gives the same run.
    count : how many events arrive, at most; by rates 10,000 if nothing is said, else all that are given.
    arrivals : for each event that something starts, how often it arrives; schedules say it themselves.
    workflows : for each policy, how its workflow works.
    otherwise : how all other workflows work.
    traffic : so many times the traffic.
    down : services that are down for a while.
    redrive : when dead letters are put back; None leaves them where they are.
    twice : the odds that a workflow is started a second time for the same event: EventBridge delivers at
        least once. A policy with ``once`` then does nothing.
    most_hops : how many workflows that loop may answer each other in a row.
    most_events : how many events may be on the bus in all, before the run ends.
    traced : how many of the events that arrive are followed one by one, for the trace.
    """

    seed: int = 1
    count: Annotated[int, Field(ge=1, le=100_000_000)] | None = None
    arrivals: dict[str, Rate] = {}
    workflows: dict[str, Work] = {}
    otherwise: Work = Work()
    traffic: Positive = 1.0
    down: tuple[Down, ...] = ()
    redrive: Redrive | None = None
    twice: Odds = 0.0
    most_hops: Annotated[int, Field(ge=1, le=10_000)] = MOST_HOPS
    most_events: Annotated[int, Field(ge=1, le=1_000_000_000)] = 10_000_000
    traced: Annotated[int, Field(ge=0, le=10_000)] = 100

    @field_validator("arrivals", mode="before")
    @classmethod
    def _rates_from_numbers(cls, given: Any) -> Any:
        if not isinstance(given, Mapping):
            return given
        return {key: {"rate": rate} if isinstance(rate, int | float) else rate for key, rate in given.items()}


def settings_from(data: Any, where: str = "settings") -> Settings:
    """Settings from plain data, as a YAML file holds it.

    Parameters
    ----------
    data : a mapping with the keys of :class:`Settings`; None stands for an empty one.
    where : what to call the place in errors.

    Raises
    ------
    StormError
        for the first thing in it that cannot be meant.

    >>> settings_from({"arrivals": {"room-booked": 12}}).arrivals["room-booked"].a_second * 3600
    12.0
    """
    try:
        return Settings.model_validate({} if data is None else data)
    except ValidationError as error:
        # what may be of several types is an error in each of them; who came furthest meant that one
        first = max(error.errors(), key=lambda one: len(one["loc"]))
        place = "/".join([where, *_keys(first["loc"])])
        what = first["msg"].removeprefix("Value error, ")
        if first["type"] in ("model_type", "dict_type"):
            what = "Input should be a mapping"
        given = first.get("input")
        shown = f", not {given!r}" if isinstance(given, int | float | str) and len(repr(given)) < 80 else ""
        raise StormError(f"{what}{shown}.", place, _remedy(first["type"])) from None


def _keys(place: Iterable[int | str]) -> Iterator[str]:
    """The keys that lead to a place, as they are written: without the names of types, which nobody wrote."""
    before: int | str = ""
    for part in place:
        if before != "takes" or isinstance(part, int):
            yield str(part)[:80]
        before = part


def _remedy(kind: str) -> str:
    if kind == "extra_forbidden":
        return f"The keys of settings are {', '.join(Settings.model_fields)}; the manual says those inside."
    return "Correct it and simulate again."
