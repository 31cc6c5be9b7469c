"""How long something takes, or how far apart things come: a distribution, as people write it down."""

from __future__ import annotations

from collections.abc import Callable
from math import exp, log
from random import Random
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

Amount = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]
"""Seconds or hours: not negative, and no more than a simulation can hold apart from the next second."""


def _countable(value: float) -> float:
    if value < 1e-9:
        raise ValueError("this is too little to count with, at least 0.000000001 is needed")
    return value


Positive = Annotated[float, Field(gt=0, le=1e9, allow_inf_nan=False), AfterValidator(_countable)]
"""The same, and not nothing either."""

_P95_OF_NORMAL = 1.6448536269514722


class Said(BaseModel):
    """Base of what people say to a simulation: immutable, strict about keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Lognormal(Said):
    """Mostly near the median, now and then much longer: the shape that most work has."""

    median: Positive
    p95: Positive

    @model_validator(mode="after")
    def _in_order(self) -> Lognormal:
        if self.p95 < self.median:
            raise ValueError("p95 is at least the median: 95 of 100 are no longer than it")
        return self


class Uniform(Said):
    """Anything between two bounds, all as likely."""

    least: Amount
    most: Amount

    @model_validator(mode="after")
    def _in_order(self) -> Uniform:
        if self.most < self.least:
            raise ValueError("most is at least as much as least")
        return self


class Distribution(Said):
    """One of several shapes; a number alone is a constant.

    >>> Distribution.model_validate(2).mean, Distribution.model_validate({"exponential": 3}).mean
    (2.0, 3.0)
    """

    constant: Amount | None = None
    exponential: Positive | None = None
    lognormal: Lognormal | None = None
    uniform: Uniform | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_number(cls, given: Any) -> Any:
        return {"constant": given} if isinstance(given, int | float) else given

    @model_validator(mode="after")
    def _exactly_one_shape(self) -> Distribution:
        if len(self.model_fields_set) != 1 or getattr(self, next(iter(self.model_fields_set))) is None:
            shapes = ", ".join(type(self).model_fields)
            raise ValueError(f"a distribution is a number, or has exactly one of {shapes}")
        return self

    @property
    def mean(self) -> float:
        """The mean of all that it gives."""
        if self.lognormal:
            spread = log(self.lognormal.p95 / self.lognormal.median) / _P95_OF_NORMAL
            return self.lognormal.median * exp(spread * spread / 2)
        if self.uniform:
            return (self.uniform.least + self.uniform.most) / 2
        return self.exponential or self.constant or 0.0

    def sampler(self, random: Random) -> Callable[[], float]:
        """A function that draws from it, by this source of randomness."""
        if self.exponential:
            rate, draw = 1 / self.exponential, random.expovariate
            return lambda: draw(rate)
        if self.lognormal:
            middle = log(self.lognormal.median)
            spread = log(self.lognormal.p95 / self.lognormal.median) / _P95_OF_NORMAL
            normal = random.gauss
            return lambda: exp(normal(middle, spread))
        if self.uniform:
            least, most, any_between = self.uniform.least, self.uniform.most, random.uniform
            return lambda: any_between(least, most)
        always = self.constant or 0.0
        return lambda: always
