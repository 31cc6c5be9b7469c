"""Scoring an attempt at a domain: step by step against the reference, with credit for other good answers."""

from __future__ import annotations

from ...storm.model import Storm
from ..domains import Domain, reference_of
from .card import Score, StepScore, not_attempted
from .causing import causes
from .dividing import boundaries, entities, services
from .in_time import events_found, in_order
from .matching import match
from .wiring import bus, contracts

__all__ = ["Score", "StepScore", "score"]

_JUDGES = (events_found, in_order, causes, entities, boundaries, services, bus, contracts)


def score(storm: Storm, domain: Domain, reference: Storm | None = None) -> Score:
    """How far an attempt is at each step, against the reference of its domain. Never raises for any storm.

    Parameters
    ----------
    storm : the attempt.
    domain : the domain that it is an attempt at.
    reference : the reference storm; None for that of the domain.

    Raises
    ------
    StormError
        where the domain has no reference, as in a learner edition.

    >>> from anycompany.course.domains import domain, reference_of
    >>> bicycles = domain("bicycle-repair")
    >>> score(reference_of(bicycles), bicycles).full, score(Storm(name="Empty"), bicycles).attempted
    (True, False)
    """
    found = match(domain, reference or reference_of(domain), storm)
    steps = []
    for number, judge in enumerate(_JUDGES, 1):
        try:
            steps.append(judge(found))
        except (
            Exception
        ) as error:  # a storm may be anything, and the other steps are to be scored all the same
            told = f"This step cannot be judged ({type(error).__name__})."
            steps.append(StepScore(number, not_attempted(number).title, "scored", 0.0, wrong=(told,)))
    return Score(domain.id, tuple(steps), dict(found.of))
