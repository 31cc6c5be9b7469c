"""A table of prices, as plain data with the date and the place each was taken from."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, ValidationError, model_validator

from ...storm.errors import StormError
from .distributions import Said

NEEDED = (
    "custom-events",
    "archived-gigabytes",
    "schedule-invocations",
    "registry-schemas",
    "express-requests",
    "express-gigabyte-seconds",
    "standard-transitions",
    "lambda-requests",
    "lambda-gigabyte-seconds",
    "topic-publishes",
    "queue-requests",
    "logged-gigabytes",
)
"""What a table has to have a price of."""

FURTHER = (
    "alarm-metrics",
    "archive-gigabyte-months",
    "custom-metrics",
    "customer-keys",
    "dashboards",
    "kept-log-gigabyte-months",
    "pipe-requests",
    "table-writes",
)
"""What it may have a price of; without one that is left out of the bill."""


class Price(Said):
    """So many dollars for so many of a unit, of a service of AWS, as of a date, from a source."""

    dollars: Annotated[float, Field(ge=0, le=1e6, allow_inf_nan=False)]
    per: Annotated[int, Field(ge=1, le=10**12)]
    unit: str
    of: str
    as_of: Annotated[str, Field(alias="as-of", pattern=r"^\d{4}-\d{2}(-\d{2})?$")]
    source: str


class Prices(Said):
    """The prices of one region, by what is paid for."""

    region: str
    currency: str = "USD"
    prices: dict[str, Price]

    @model_validator(mode="after")
    def _complete(self) -> Prices:
        missing = [key for key in NEEDED if key not in self.prices]
        if missing:
            raise ValueError(f"there is no price of {', '.join(missing)}")
        return self


def prices_from(data: Any, where: str) -> Prices:
    """Prices from plain data, as the table's file holds it.

    Raises
    ------
    StormError
        for the first thing in it that is no price table.
    """
    try:
        return Prices.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = "/".join([where, *(str(part)[:80] for part in first["loc"])])
        what = first["msg"].removeprefix("Value error, ")
        raise StormError(f"{what}.", place, "Compare it with the table that comes with AnyCompany.") from None
