"""Schedule expressions: ``rate(…)``, ``cron(…)`` and ``at(…)`` as EventBridge Scheduler takes them."""

from __future__ import annotations

import re
from datetime import datetime

_MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()  # noqa: SIM905
_DAYS = "SUN MON TUE WED THU FRI SAT".split()  # noqa: SIM905

_CRON_FIELDS: tuple[tuple[str, int, int, list[str], str], ...] = (
    ("minutes", 0, 59, [], ""),
    ("hours", 0, 23, [], ""),
    ("day of month", 1, 31, [], r"\?|L|LW|(?:[1-9]|[12]\d|3[01])W"),
    ("month", 1, 12, _MONTHS, ""),
    ("day of week", 1, 7, _DAYS, r"\?|L|(?:[1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)(?:L|#[1-5])"),
    ("year", 1970, 2199, [], ""),
)
"""Name, least, greatest, names of values, and what else the field takes (EventBridge Scheduler)."""


def fault_in(expression: str) -> str | None:
    """What is wrong with a schedule expression, in words; None where AWS would take it.

    >>> fault_in("rate(1 day)"), fault_in("cron(0 3 * * ? *)"), fault_in("at(2026-03-01T09:00:00)")
    (None, None, None)
    >>> fault_in("every day")
    'it is none of rate(…), cron(…) and at(…)'
    """
    found = re.fullmatch(r"(rate|cron|at)\((.*)\)", expression[:500])
    if not found:
        return "it is none of rate(…), cron(…) and at(…)"
    kind, inside = found.groups()
    if kind == "rate":
        fits = re.fullmatch(r"[1-9]\d{0,9} (minute|hour|day)s?", inside, re.ASCII)
        return None if fits else "a rate is a whole number and minutes, hours or days: rate(5 minutes)"
    return _fault_in_cron(inside) if kind == "cron" else _fault_in_time(inside)


def _fault_in_time(text: str) -> str | None:
    wrong = "a point in time is written at(yyyy-mm-ddThh:mm:ss)"
    try:
        return None if datetime.fromisoformat(text).isoformat() == text else wrong
    except ValueError:
        return wrong


def _fault_in_cron(inside: str) -> str | None:
    fields = inside.upper().split()
    if len(fields) != len(_CRON_FIELDS):
        wanted = ", ".join(name for name, *_ in _CRON_FIELDS)
        return f"cron takes six fields ({wanted}), not {len(fields)}"
    for text, (name, least, greatest, names, special) in zip(fields, _CRON_FIELDS, strict=True):
        if special and re.fullmatch(special, text):
            continue
        if not all(_fits(part, least, greatest, names) for part in text.split(",")):
            return f"{text[:40]!r} is no {name}"
    if (fields[2] == "?") == (fields[4] == "?"):
        return "exactly one of day of month and day of week is ?"
    return None


def _fits(part: str, least: int, greatest: int, names: list[str]) -> bool:
    """Whether one item of a field is ``*``, a value or a range, with or without a step."""
    range_, slash, step = part.partition("/")
    if slash and not re.fullmatch(r"[1-9]\d{0,3}", step, re.ASCII):
        return False
    if range_ == "*":
        return True
    ends = range_.split("-")
    values = [
        names.index(end) + 1 if end in names else int(end) if re.fullmatch(r"\d{1,4}", end, re.ASCII) else -1
        for end in ends
    ]
    return len(ends) <= 2 and all(least <= value <= greatest for value in values)
