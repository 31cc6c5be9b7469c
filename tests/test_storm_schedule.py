"""Schedule expressions, as EventBridge Scheduler takes them."""

import pytest

from anycompany.storm.schedule import fault_in


@pytest.mark.parametrize(
    "expression",
    [
        *("rate(1 day)", "rate(30 minutes)", "rate(5 hours)", "at(2026-03-01T09:00:00)", "cron(0 3 * * ? *)"),
        *(
            "cron(30 22 ? * MON-SAT *)",
            "cron(0/15 8-17 ? * mon,wed *)",
            "cron(0 9 L * ? *)",
            "cron(0 9 15W * ? *)",
        ),
        *("cron(0 9 ? JAN-MAR 6#3 2026-2030)", "cron(0 9 ? * FRIL *)", "cron(0 0 1 1/3 ? *)"),
    ],
)
def test_a_schedule_that_aws_takes_is_taken(expression: str) -> None:
    assert fault_in(expression) is None


@pytest.mark.parametrize(
    ("expression", "fault"),
    [
        ("every day", "none of"),
        ("rate(0 minutes)", "whole number"),
        ("rate(1.5 hours)", "whole number"),
        ("rate(1 week)", "whole number"),
        ("rate (1 day)", "none of"),
        ("cron(0 3 * * ?)", "six fields"),
        ("cron(0 3 * * * *)", "exactly one of"),
        ("cron(0 3 ? * ? *)", "exactly one of"),
        ("cron(60 3 * * ? *)", "'60' is no minutes"),
        ("cron(0 24 * * ? *)", "no hours"),
        ("cron(0 3 0 * ? *)", "no day of month"),
        ("cron(0 3 * FOO ? *)", "no month"),
        ("cron(0 3 ? * 8 *)", "no day of week"),
        ("cron(0 3 * * ? 1969)", "no year"),
        ("cron(0/0 3 * * ? *)", "no minutes"),
        ("cron(1-2-3 3 * * ? *)", "no minutes"),
        ("at(tomorrow)", "yyyy-mm-dd"),
        ("at(2026-02-30T09:00:00)", "yyyy-mm-dd"),
        ("at(2026-03-01)", "yyyy-mm-dd"),
        ("", "none of"),
    ],
)
def test_a_schedule_that_aws_refuses_is_explained(expression: str, fault: str) -> None:
    assert fault in (fault_in(expression) or "")
