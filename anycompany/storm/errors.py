"""Errors that name the thing, the place, what was expected and the remedy."""

from __future__ import annotations


class StormError(Exception):
    """Something a person can put right; the base of every error this package raises on purpose.

    Parameters
    ----------
    what : one sentence that names the thing and what is wrong with it.
    where : the place: ``file:line``, ``events/account-created``, a step, a stack; may be empty.
    remedy : what to do about it, as an instruction; may be empty.

    >>> print(StormError("There is no event 'paid'.", "policies/settle", "Add it, or correct its id."))
    policies/settle: There is no event 'paid'. Add it, or correct its id.
    """

    def __init__(self, what: str, where: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        remedy = f" {self.remedy}" if self.remedy else ""
        return f"{place}{self.what}{remedy}"


class EditError(StormError):
    """An edit that cannot be applied to this storm; the storm is unchanged."""
