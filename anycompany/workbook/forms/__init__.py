"""The forms of each step as data: what they ask and the edit that the answers make."""

from __future__ import annotations

from . import architecture, business
from .anytime import anytime
from .form import Answers, Form, Input

__all__ = ["Answers", "Form", "Input", "forms_of"]


def forms_of(step: int) -> tuple[Form, ...]:
    """The forms of a step of the method, from 1 to 8: its own first, then those of every step."""
    return (*(business.FORMS | architecture.FORMS)[step], *anytime(step))
