"""Every exercise: what is right is right, each misconception is named, and nothing typed makes a check fail."""

import ast
import dataclasses
import itertools
import json
from collections import deque
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from anycompany.bus.pattern import matches, parse
from anycompany.course.exercises import IDS, exercise, exercises_of
from anycompany.course.exercises.step_10 import HEARD, PATTERNS
from anycompany.course.misconceptions import misconceptions
from anycompany.course.reading import LONGEST, MOST_THINGS
from anycompany.course.solutions import solution_of
from anycompany.storm.errors import StormError
from anycompany.storm.model import Storm

from .course_attempts import BORDERS, HIVES, RIGHT, WRONG

ALL = [one for step in IDS for one in exercises_of(step)]
ids = [one.id for one in ALL]


@pytest.mark.parametrize("one", ALL, ids=ids)
def test_what_is_right_in_another_way_than_the_solution_is_right(one) -> None:  # type: ignore[no-untyped-def]
    for attempt in RIGHT[one.id]:
        verdict = one.check(attempt)
        assert verdict.state == "right", (attempt, verdict.says)
        assert verdict.says == (one.why,) and not verdict.seen


@pytest.mark.parametrize("one", ALL, ids=ids)
def test_each_listed_misconception_is_named_with_its_own_text(one) -> None:  # type: ignore[no-untyped-def]
    listed = {misconception.id for misconception in one.misconceptions}
    assert listed == {shown for shown, _ in WRONG[one.id]}
    for shown, attempt in WRONG[one.id]:
        verdict = one.check(attempt)
        if attempt is not None:
            assert verdict.state == "wrong", attempt
            assert shown in [named.id for named in verdict.misconceptions], (attempt, verdict)
            told = [seen.what for seen in verdict.seen if seen.misconception == shown]
            assert told and told[0] in verdict.says


def test_misconceptions_have_a_name_and_a_right_way_of_their_own_and_all_are_used() -> None:
    known = misconceptions()
    assert set(known) == {misconception.id for one in ALL for misconception in one.misconceptions}
    for text in ("name", "instead"):
        texts = [getattr(one, text) for one in known.values()]
        assert all(texts) and len(set(texts)) == len(texts)
    assert all(one.source for one in known.values())


@pytest.mark.parametrize("one", ALL, ids=ids)
def test_an_attempt_that_was_not_begun_is_told_from_a_wrong_one(one) -> None:  # type: ignore[no-untyped-def]
    begun = ast.literal_eval(one.start)
    for attempt in (begun, None, "", "  \n", [], {}, (), [""], ["", None], {"": ""}, "...", ...):
        verdict = one.check(attempt)
        assert verdict.state == "not attempted" and not verdict.seen, attempt


@pytest.mark.parametrize("one", ALL, ids=ids)
def test_the_worked_solution_is_right_has_reasons_and_is_told_by_no_hint(one) -> None:  # type: ignore[no-untyped-def]
    worked = solution_of(one)
    assert one.check(ast.literal_eval(worked.answer)).right
    assert len(worked.because) >= 2 and all(worked.because)
    assert len(set(one.hints)) == 3
    assert not [hint for hint in one.hints if worked.answer.strip() in hint]


class _Hostile:
    def __getattribute__(self, name: str) -> Any:
        raise RuntimeError(name)

    def __repr__(self) -> str:
        raise RuntimeError("no words")

    __str__ = __iter__ = __len__ = __eq__ = __hash__ = __bool__ = __repr__  # type: ignore[assignment]


class _Text(str):
    def __str__(self) -> str:
        raise RuntimeError("no words")

    __repr__ = strip = lower = split = __str__  # type: ignore[assignment]


class _List(list):  # type: ignore[type-arg]
    def __iter__(self) -> Any:
        raise RuntimeError("no items")


def _recursive() -> list[Any]:
    inner: list[Any] = ["a"]
    inner.append(inner)
    return inner


def _recursive_dict() -> dict[str, Any]:
    inner: dict[str, Any] = {}
    inner["a"] = inner
    return inner


def _bomb() -> list[Any]:
    inner: Any = "x"
    for _ in range(60):
        inner = [inner] * 10
    return inner  # type: ignore[no-any-return]


HOSTILE: dict[str, Any] = {
    "a hostile object": _Hostile(),
    "hostile objects within": [_Hostile(), {"a": _Hostile()}],
    "a hostile text": _Text("Bike Booked"),
    "a hostile list": _List(["Bike Booked"]),
    "a class": _Hostile,
    "an endless generator": itertools.count(),
    "a generator that fails": (1 / 0 for _ in [1]),
    "recursive": _recursive(),
    "a recursive dict": _recursive_dict(),
    "a tree that is huge when walked": _bomb(),
    "too many": ["Bike Booked"] * (MOST_THINGS * 50),
    "too long": "Bike Booked " * LONGEST,
    "deep": json.loads("[" * 900 + "]" * 900),
    "deep text": "[" * 3000,
    "a YAML bomb": "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b]\nd: [*c,*c,*c]",
    "NaN": float("nan"),
    "infinite within": {"amount": [float("inf")]},
    "an astronomical number": [10**5000],
    "bytes": b"Bike Booked",
    "numbers": [1, 2.5, -3, True, False],
    "odd keys": {2: "a", None: "b", (1, 2): "c", True: ["d"]},
    "control characters": "\x00\x1b[31m\u202eBike\x07",
    "lone surrogates": "\ud800 Booked",
    "HTML": "<script>alert(1)</script>",
    "a set of texts": {"Bike Booked", "Bike Returned"},
    "a deque": deque(["a"]),
    "a function": len,
    "a module": json,
    "a storm": Storm(name="Inn").add_event("Room Booked"),
    "a type with fields": dataclasses.make_dataclass("Odd", [("x", int)])(1),
    "a pattern": {"source": [{"wildcard": "*" * 200}], "detail": {"amount": [{"numeric": [">", 200]}]}},
    "tags": "!!python/object/apply:os.system ['true']",
    "policies of nonsense": {"a": {"when": ["★"], "emits": [""]}, "": {"fails": ["\n"]}},
    "other letters": {"予約": ["自転車"], "Ω": "ω"},
}


@pytest.mark.parametrize("what", HOSTILE)
def test_whatever_is_typed_a_check_says_something_and_never_raises(what: str) -> None:
    for one in ALL:
        verdict = one.check(HOSTILE[what])
        assert verdict.state in ("wrong", "not attempted"), one.id
        assert verdict.says and all(len(text) < 2000 for text in verdict.says)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=30)
    | st.sampled_from(["a", "Bike Returned", "Ride"]),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(
            st.text(max_size=12) | st.sampled_from(["when", "Payment", "source", "detail"]), inner, max_size=5
        )
    ),
    max_leaves=25,
)


@settings(max_examples=60, deadline=None)
@given(JSON)
def test_no_data_makes_a_check_fail_or_gives_another_verdict_the_second_time(attempt: Any) -> None:
    for one in ALL:
        verdict = one.check(attempt)
        assert "cannot be judged (" not in " ".join(verdict.says), (one.id, verdict.says)
        assert one.check(attempt) == verdict


def test_an_exercise_that_is_misspelt_or_none_is_answered_with_the_ones_there_are() -> None:
    assert exercise("Name Events ") is exercise("name_events")
    with pytest.raises(StormError, match="Did you mean 'name-events'"):
        exercise("name-event")
    for nonsense in (None, 3, [], "", _Hostile(), "x" * 10_000):
        with pytest.raises(StormError):
            exercise(nonsense)


def test_a_storm_drawn_on_a_board_is_judged_like_what_is_typed() -> None:
    borders, hives = exercise("draw-borders"), exercise("group-events")
    assert borders.practice and hives.practice
    storm = borders.practice()
    assert borders.check(storm).state == "not attempted"
    for name, entities in BORDERS.items():
        storm = storm.add_context(name, [entity.lower() for entity in entities])
    assert borders.check(storm).right
    grouped = hives.practice()
    assert hives.check(grouped).state == "not attempted"
    for name, events in HIVES.items():
        grouped = grouped.add_entity(name, [event.lower().replace(" ", "-") for event in events])
    assert hives.check(grouped).right
    order = exercise("put-in-order")
    assert order.practice and order.check(order.practice()).state == "not attempted"
    assert exercise("name-events").check(storm).state == "wrong"


def test_the_patterns_of_the_last_step_match_as_eventbridge_does() -> None:
    said = [letter for letter, pattern in PATTERNS.items() if matches(parse(pattern), HEARD)]
    assert exercise("who-heard-it").check(said).right
