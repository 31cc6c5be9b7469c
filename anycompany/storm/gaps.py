"""The longest time from one run of a schedule to the next: how long silence is no sign of trouble."""

from __future__ import annotations

from .schedule import _DAYS, fault_in

_UNITS = {"minute": 60, "hour": 3_600, "day": 86_400}
_MINUTES_A_DAY = 1_440


def longest_gap(schedule: str) -> int | None:
    """The seconds between two runs at most; None where there is no next one, or it may take over a week.

    >>> longest_gap("rate(5 minutes)"), longest_gap("cron(0 3 * * ? *)")
    (300, 86400)
    >>> longest_gap("cron(0 9 ? * MON-FRI *)") / 86_400, longest_gap("at(2026-03-01T09:00:00)")
    (3.0, None)
    """
    if fault_in(schedule) or schedule.startswith("at("):
        return None
    kind, _, inside = schedule.removesuffix(")").partition("(")
    if kind == "rate":
        number, unit = inside.split()
        return int(number) * _UNITS[unit.removesuffix("s")]
    minutes, hours, day, month, weekday, year = inside.upper().split()
    if day not in ("*", "?") or month != "*" or year != "*" or "#" in weekday or "L" in weekday:
        return None
    of_day = [
        hour * 60 + minute for hour in _values(hours, 0, 23, []) for minute in _values(minutes, 0, 59, [])
    ]
    days = range(7) if weekday in ("*", "?") else [value - 1 for value in _values(weekday, 1, 7, _DAYS)]
    times = sorted(a_day * _MINUTES_A_DAY + minute for a_day in days for minute in of_day)
    if not times:
        return None
    following = [*times[1:], times[0] + 7 * _MINUTES_A_DAY]
    return 60 * max(after - before for before, after in zip(times, following, strict=True))


def _values(field: str, least: int, greatest: int, names: list[str]) -> list[int]:
    """The values that a field stands for, in order; a range may go over the end, as FRI-MON does."""
    found: set[int] = set()
    for part in field.split(","):
        range_, slash, step = part.partition("/")
        ends = [least, greatest] if range_ == "*" else [_value(end, names) for end in range_.split("-")]
        first, last = ends[0], ends[-1] if len(ends) > 1 or not slash else greatest
        if last < first:
            last += greatest - least + 1
        run = range(first, last + 1, int(step) if slash else 1)
        found |= {least + (value - least) % (greatest - least + 1) for value in run}
    return sorted(found)


def _value(text: str, names: list[str]) -> int:
    return names.index(text) + 1 if text in names else int(text)
