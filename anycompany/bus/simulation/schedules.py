"""How often a schedule comes, on average: what a simulation needs to know of it."""

from __future__ import annotations

from ...storm.schedule import fault_in

_UNITS = {"minute": 60.0, "hour": 3_600.0, "day": 86_400.0}
_DAYS_A_MONTH, _DAYS_A_YEAR = 30.4375, 365.25


def comes_once(schedule: str) -> bool:
    """Whether a schedule is a single point in time.

    >>> comes_once("at(2026-03-01T09:00:00)"), comes_once("rate(1 day)")
    (True, False)
    """
    return schedule.startswith("at(")


def seconds_between(schedule: str) -> float | None:
    """The seconds from one time to the next, on average; None for a single time, or none at all.

    >>> seconds_between("rate(30 days)") / 86_400, seconds_between("cron(0 3 * * ? *)") / 3_600
    (30.0, 24.0)
    >>> round(seconds_between("cron(0 22-2 ? * FRI-MON *)"))  # 5 times on four of seven days
    30240
    >>> seconds_between("cron(0/15 9-16 ? * MON-FRI *)") / 60  # 32 times on five of seven days
    63.0
    """
    if comes_once(schedule) or fault_in(schedule):
        return None
    kind, _, inside = schedule.removesuffix(")").partition("(")
    if kind == "rate":
        number, unit = inside.split()
        return int(number) * _UNITS[unit.removesuffix("s")]
    minutes, hours, days, months, weekdays, _years = inside.upper().split()
    a_day = _values(minutes, 0, 59) * _values(hours, 0, 23)
    if weekdays not in ("?", "*"):
        share = _values(weekdays, 1, 7) / 7 if "#" not in weekdays and "L" not in weekdays else 1 / 30.4375
    else:
        share = _values(days, 1, 31) / _DAYS_A_MONTH if days not in ("?", "*") else 1.0
    times = a_day * min(share, 1.0) * _values(months, 1, 12) / 12
    return 86_400 / times if times else None


def _values(field: str, least: int, greatest: int) -> int:
    """How many values a field of a cron expression stands for."""
    total = 0
    for part in field.split(","):
        range_, _, step = part.partition("/")
        every = int(step) if step else 1
        first, dash, last = range_.partition("-")
        if range_ == "*":
            low, high = least, greatest
        elif dash:
            low, high = _number(first, least), _number(last, greatest)
        else:
            low = _number(first, least)
            high = greatest if step else low
        low, high = max(low, least), min(high, greatest)
        if high < low:  # over the end of the day, week or year: FRI-MON
            high += greatest - least + 1
        total += (high - low) // every + 1
    return min(total, greatest - least + 1)


_NAMES = {
    name: number
    for names in (
        "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC",
        "SUN MON TUE WED THU FRI SAT",
    )
    for number, name in enumerate(names.split(), 1)
}


def _number(text: str, otherwise: int) -> int:
    if text in _NAMES:
        return _NAMES[text]
    return int(text) if text.isdecimal() else otherwise
