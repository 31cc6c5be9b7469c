"""Traces made ready to be watched: in order, short enough, and honest about what is left out."""

from __future__ import annotations

import math
from functools import cache

import pytest
from hypothesis import given, settings, strategies as st

from anycompany.bus.playback import ANSWER, APART, Playback, playback, things_in
from anycompany.bus.trace import Step, Trace
from anycompany.storm.model import Storm

from .storms import EXAMPLE, load


def trace_of(*steps: Step) -> Trace:
    return Trace("r", "local", "", "2026-11-26T00:00:00+00:00", 0.0, steps)


@pytest.fixture(scope="module")
def example() -> Storm:
    return load(EXAMPLE)


def payment(number: int, seconds: float, *, failed: bool = False, took: float = 0.3) -> tuple[Step, ...]:
    """An account that is created, and its payment."""
    outcome = "payment-failed" if failed else "payment-succeeded"
    here = f"{number}"
    return (
        Step(here, seconds, "account-created", event_id=f"a{number}"),
        Step(
            here,
            seconds + took,
            "payment-attempted",
            event_id=f"b{number}",
            after=f"a{number}",
            policy="take-payment",
            listeners=("high-value-payments",),
        ),
        Step(
            here,
            seconds + 2 * took,
            outcome,
            event_id=f"c{number}",
            after=f"b{number}",
            policy="settle-payment",
            failed=failed,
        ),
    )


def test_a_short_trace_is_played_whole(example: Storm) -> None:
    played = playback(trace_of(*payment(1, 0.0)), example, most=60)
    assert [(beat.after, beat.step.policy, beat.step.event) for beat in played.beats] == [
        ("", "", "account-created"),
        ("account-created", "take-payment", "payment-attempted"),
        ("payment-attempted", "settle-payment", "payment-succeeded"),
    ]
    assert played.left_out == ""
    assert played.totals["listeners/high-value-payments"] == 1


def test_the_eye_has_time_for_every_answer(example: Storm) -> None:
    at = [beat.at for beat in playback(trace_of(*payment(1, 0.0, took=0.001)), example, most=60).beats]
    assert at[1] - at[0] >= ANSWER - 1e-9
    assert at[2] - at[1] >= ANSWER - 1e-9


def test_what_happens_at_one_moment_is_played_at_one_moment(example: Storm) -> None:
    steps = (Step("1", 5.0, "account-created"), Step("2", 5.0, "operation-initiated"))
    first, second = playback(trace_of(*steps), example, most=60).beats
    assert first.at == second.at


def test_a_trace_that_is_not_in_order_is_put_in_order(example: Storm) -> None:
    played = playback(trace_of(*reversed(payment(1, 7.0, took=0.0))), example, most=60)
    assert [beat.step.event_id for beat in played.beats] == ["a1", "b1", "c1"]


def test_of_a_long_trace_every_way_that_was_seen_is_played(example: Storm) -> None:
    many = [step for number in range(3000) for step in payment(number, number * 60.0)]
    rare = payment(9000, 90_000.0, failed=True)
    played = playback(trace_of(*many, *rare), example, most=60)
    assert len(played.beats) <= 60
    assert played.length <= 26.0
    assert played.left_out == f"{len(played.beats)} of 9,003 steps are played; the counts are of all."
    assert "payment-failed" in {beat.step.event for beat in played.beats}
    assert played.totals["events/account-created"] == 3001
    counted: dict[str, int] = {}
    for beat in played.beats:
        counted |= beat.counts
    assert counted["events/account-created"] > 1000, "counts are of the whole trace so far"


def test_a_loop_that_never_ends_is_cut(example: Storm) -> None:
    steps = [Step("1", 0.0, "account-created", event_id="e0")]
    for number in range(1, 5000):
        before = f"e{number - 1}"
        steps.append(
            Step(
                "1",
                float(number),
                "account-created",
                event_id=f"e{number}",
                after=before,
                policy="take-payment",
            )
        )
    played = playback(trace_of(*steps), example, most=60)
    assert [beat.step.event_id for beat in played.beats] == [f"e{number}" for number in range(60)]


def test_what_the_storm_does_not_have_is_left_out_and_counted(example: Storm) -> None:
    steps = (
        Step("1", 0.0, "no-such-event", event_id="x"),
        Step(
            "1",
            1.0,
            "account-created",
            event_id="y",
            after="x",
            policy="no-such-policy",
            listeners=("nobody",),
        ),
    )
    played = playback(trace_of(*steps), example, most=60)
    [beat] = played.beats
    assert things_in(beat.step) == ["events/account-created"]
    assert played.left_out == "1 step is of things that the storm does not have."


def test_a_policy_that_emits_nothing_is_played(example: Storm) -> None:
    steps = (
        Step("1", 0.0, "customer-cancelled", event_id="x"),
        Step("1", 1.0, after="x", policy="wind-down"),
    )
    played = playback(trace_of(*steps), example, most=60)
    assert [beat.step.policy for beat in played.beats] == ["", "wind-down"]
    assert played.totals["policies/wind-down"] == 1


def test_nothing_is_played_of_an_empty_trace(example: Storm) -> None:
    assert playback(trace_of(), example, most=60) == Playback((), 0.0, 0.0, 0.0, 0, 0, {})


ids = st.sampled_from(["", "a", "b", "c", "d"])
any_steps = st.lists(
    st.builds(
        Step,
        scenario=st.just("s"),
        seconds=st.floats(allow_nan=True) | st.sampled_from([0.0, 1.0, 1.0, 2.0]),
        event=st.sampled_from(["", "account-created", "payment-failed", "none-such"]),
        event_id=ids,
        after=ids,
        policy=st.sampled_from(["", "take-payment", "none-such"]),
        listeners=st.lists(st.sampled_from(["everything", "none-such"]), max_size=3).map(tuple),
    ),
    max_size=30,
)


@settings(max_examples=60)
@given(any_steps, st.integers(1, 12))
def test_any_trace_is_played_in_order_within_its_bounds(steps: list[Step], most: int) -> None:
    played = playback(trace_of(*steps), load_once(), most=most, longest=9.0)
    times = [beat.at for beat in played.beats]
    assert len(times) <= most
    assert times == sorted(times)
    assert all(0 <= beat.start <= beat.at <= 9.0 + 1e-9 and math.isfinite(beat.at) for beat in played.beats)
    assert played.steps + played.unknown == len(steps)
    for beat in played.beats:
        for thing, count in beat.counts.items():
            assert 1 <= count <= played.totals[thing]


@cache
def load_once() -> Storm:
    return load(EXAMPLE)


def test_two_things_apart_in_time_are_told_apart(example: Storm) -> None:
    steps = (Step("1", 0.0, "account-created"), Step("2", 0.001, "operation-initiated"))
    first, second = playback(trace_of(*steps), example, most=60).beats
    assert second.at - first.at >= APART - 1e-9
