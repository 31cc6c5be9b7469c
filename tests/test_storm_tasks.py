"""The work of a policy: what can be said of it, what is refused, and what kind of workflow it asks for."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from anycompany.storm.checks import findings
from anycompany.storm.checks.work import CHECKS
from anycompany.storm.model import Storm
from anycompany.storm.parts import Policy, Task
from anycompany.storm.shaping import fault_in_expression
from anycompany.storm.spans import seconds_of
from anycompany.storm.worklines import work_lines

SAID = [
    "Check it",
    {"do": "Ask the bank", "run": "functions/ask", "needs": ["amount"], "within": "30 seconds", "retry": 5},
    {"parallel": [["a", "b"], [{"do": "c", "table": "orders", "key": "id"}]]},
    {"do": "Which", "branch": [{"where": {"n": [1]}, "does": ["d"]}, {"does": []}]},
    {"do": "Tell", "topic": "news", "input": '{"a": $known.b}'},
    {
        "do": "Try",
        "queue": "q",
        "retry": {"times": 2, "after": "2 seconds", "backoff": 1.5, "most": "1 hour"},
    },
]


def policy(*does: Any, **more: Any) -> Policy:
    return Policy.model_validate({"does": list(does), **more})


def test_what_is_said_of_tasks_comes_back_as_it_was_said() -> None:
    assert policy(*SAID).document() == {"does": SAID}


def test_edits_keep_what_is_said_of_tasks() -> None:
    storm = Storm(name="Inn").add_events(["Room Booked", "Room Cleaned"])
    storm = storm.add_policy("Clean", when=["room-booked"], does=SAID).rename("policies", "clean", "Tidy up")
    assert storm.document()["policies"]["clean"]["does"] == SAID


@pytest.mark.parametrize(
    ("expression", "fault"),
    [
        (r"$match($known.a, /\(/)", None),
        (r'$contains($known.a, /[/)]"x/i) and $known.b', None),
        (r'{"a": $known.x /* ( */ / 2}', None),
        ("$known.total / ($known.count + 1) / 2", None),
        ("$known.a in /x/", None),
        ("$replace($known.a, /(/, 'x')", "the / is never closed"),
        ("$known.a ~> /x", "the / is never closed"),
        ("$known.a /* what", "the /* is never closed"),
        ("$known.total / (2", "the ( is never closed"),
    ],
)
def test_brackets_in_texts_regular_expressions_and_comments_are_no_brackets(
    expression: str, fault: str | None
) -> None:
    assert fault_in_expression(expression) == fault


@pytest.mark.parametrize(
    ("task", "says"),
    [
        ({}, "needs a name"),
        ({"run": "x", "ask": "Boss"}, "not by run and ask"),
        ({"do": "x", "table": "t"}, "table and key go together"),
        ({"do": "x", "table": "../t", "key": "id"}, "names no table"),
        ({"do": "x", "topic": "arn:aws:sqs:eu-central-1:123456789012:q"}, "names no topic"),
        ({"do": "x", "within": "soon"}, "no span of time"),
        ({"do": "x", "within": "400 days"}, "no span of time"),
        ({"do": "x", "retry": -1}, "greater than or equal to 0"),
        ({"do": "x", "retry": {"times": 1, "backoff": 0.5}}, "greater than or equal to 1"),
        ({"do": "x", "input": "$known.["}, "the [ is never closed"),
        ({"do": "x", "output": "{% $known %}"}, "without {% and %}"),
        ({"do": "x", "output": "1) & (2"}, "closes nothing"),
        ({"do": "x", "reads": ["t"]}, "say what it runs"),
        ({"parallel": [["a"]]}, "at least 2 items"),
        ({"parallel": [["a"], ["b"]], "needs": []}, "belongs to a single task"),
        ({"branch": [{"does": []}, {"where": {}, "does": []}]}, "is the last one"),
        ({"paralel": [["a"], ["b"]]}, "did you mean 'parallel'"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(task: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError) as refused:
        policy(task)
    assert says in str(refused.value)


@pytest.mark.parametrize("levels", [6, 60, 2_000])
def test_work_that_stands_too_deep_is_refused(levels: int) -> None:
    task: Any = "x"
    for _ in range(levels):
        task = {"parallel": [[task], ["y"]]}
    with pytest.raises(ValidationError):
        policy(task)


@pytest.mark.parametrize(
    ("does", "more", "kind"),
    [
        (["x"], {}, "express"),
        (["x"], {"kind": "standard"}, "standard"),
        (["x"], {"once": True}, "standard"),
        ([{"do": "x", "ask": "Boss"}], {}, "standard"),
        ([{"parallel": [["a"], [{"do": "x", "ask": "Boss"}]]}], {}, "standard"),
        ([{"do": "x", "within": "4 minutes"}], {}, "express"),
        ([{"do": "x", "within": "4 minutes"}, {"do": "y", "within": "2 minutes"}], {}, "standard"),
        ([{"parallel": [[{"do": "x", "within": "4 minutes"}], [{"do": "y", "within": "2 minutes"}]]}], {}, "express"),
        ([{"do": "x", "within": "2 minutes", "retry": 2}], {}, "standard"),
        ([{"do": "x", "retry": {"times": 10, "after": "10 seconds", "backoff": 1}}], {}, "express"),
        ([{"do": "x", "retry": {"times": 10, "after": "10 seconds"}}], {}, "standard"),
    ],
)  # fmt: skip
def test_the_kind_of_a_workflow_follows_from_its_work(does: Any, more: Any, kind: str) -> None:
    assert policy(*does, **more).workflow_kind == kind


def found(storm: Storm) -> dict[str, str]:
    return {one.check: one.what for one in findings(storm, 6, CHECKS).open}


def inn(*does: Any, **more: Any) -> Storm:
    storm = Storm(name="Inn").add_events(["Room Booked", "Room Cleaned"])
    storm = storm.add_contract("room-booked", {"nights": {"type": "number"}})
    return storm.add_policy("Clean", when=["room-booked"], does=list(does), **more)


def test_an_express_workflow_that_has_to_be_a_standard_one_is_found_and_mended() -> None:
    storm = inn({"do": "Ask", "ask": "Owner"}, kind="express", fails=["room-cleaned"])
    (finding,) = findings(storm, 6, CHECKS).open
    assert finding.check == "express-cannot-do-it"
    assert "waits for a person" in finding.what
    assert finding.fix is not None and not found(storm.do(finding.fix))


def test_questions_and_needs_that_lead_nowhere_are_found() -> None:
    storm = inn({"do": "Count", "needs": ["night"]}, {"do": "Ask", "ask": "Owner", "within": "3 weeks"})
    assert set(found(storm)) == {
        "question-outlives-its-queue",
        "refusal-without-event",
        "needs-an-unknown-field",
    }


def test_a_table_that_is_found_by_two_fields_is_found() -> None:
    puts = [{"do": "a", "table": "t", "key": "x"}, {"do": "b", "table": "t", "key": "y"}]
    assert set(found(inn(*puts))) == {"table-with-two-keys"}


def test_expressions_with_brackets_in_texts_are_in_order() -> None:
    assert fault_in_expression("$known.`a)` & \")\" & '('") is None
    assert fault_in_expression('"never ends') is not None


def test_spans_are_counted_in_seconds() -> None:
    assert [seconds_of(text) for text in ("1 second", "2 minutes", "1 week")] == [1, 120, 604_800]


def test_work_is_read_in_lines() -> None:
    lines = list(work_lines([Task.model_validate(task) for task in SAID]))
    assert [(line.level, line.text) for line in lines if not line.is_work] == [
        (0, "Side by side"),
        (1, "at once"),
        (1, "at once"),
        (0, "Which"),
        (1, 'if {"n": [1]}'),
        (1, "otherwise"),
    ]
