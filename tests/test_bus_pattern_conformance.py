"""Event patterns against what AWS and its own matcher answered."""

import json
from pathlib import Path
from typing import Any

import pytest

from anycompany.bus.pattern import PatternError, matches, parse
from anycompany.bus.pattern.wildcards import complexity, wildcards_of

HERE = Path(__file__).parent
SHARED = HERE.parent.parent / "shared" / "conformance"
FILES = [
    *(SHARED / f"{name}.jsonl" for name in ("aws_validated", "event_ruler", "quamina")),
    HERE / "conformance" / "generated.jsonl",
]
OF_THE_JSON_READER = ("Unexpected ", "Unrecognized token ", "Unrecognized character escape ")


def cases(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def answer(case: dict[str, Any]) -> tuple[object, str]:
    try:
        pattern = parse(case["pattern_raw"] if "pattern_raw" in case else case["pattern"])
        return matches(pattern, case["event_raw"] if "event_raw" in case else case["event"]), ""
    except PatternError as error:
        return "error", error.what


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_answer_is_that_of_eventbridge(file: Path) -> None:
    found = cases(file)
    assert len(found) > 100
    wrong = [case["name"] for case in found if answer(case)[0] != case["expected"]]
    assert not wrong


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_error_has_the_words_of_aws(file: Path) -> None:
    wrong = []
    for case in cases(file):
        said = case.get("error", "").removeprefix("Event pattern is not valid. Reason: ")
        if said and not said.startswith(OF_THE_JSON_READER):
            got = answer(case)[1]
            if got != f"Event pattern is not valid. Reason: {said}":
                wrong.append((case["name"], said, got))
    assert not wrong


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_pattern_and_an_event_as_data_are_answered_as_their_text_is(file: Path) -> None:
    wrong = []
    for case in cases(file):
        if case["expected"] == "error" or not isinstance(case.get("pattern"), dict) or "event" not in case:
            continue
        as_data = matches(parse(case["pattern"]), case["event"])
        as_text = matches(parse(json.dumps(case["pattern"])), json.dumps(case["event"]))
        if as_data != as_text:
            wrong.append(case["name"])
    assert not wrong


def test_wildcards_are_as_complex_as_event_ruler_finds_them() -> None:
    known = [case for case in cases(SHARED / "event_ruler.jsonl") if "wildcard_complexity" in case]
    assert len(known) > 100
    wrong = []
    for case in known:
        found = 0
        for branch in parse(case["pattern_raw"]).branches:
            for _, asked in branch.fields:
                found = max(
                    found, complexity([group for one in asked if (group := wildcards_of(one))], most=99)
                )
        if found != case["wildcard_complexity"]:
            wrong.append((case["name"], found))
    assert not wrong
